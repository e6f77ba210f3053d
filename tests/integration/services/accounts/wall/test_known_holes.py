"""Every hole that Wagtail and wagtail-localize are known to have as shipped, each by name.

`test_attack` tries every address; here stand those through which another agency's things were
once seen or changed, with the form that did it, so that none opens again unseen. Two more have
rooms of their own: what a page's own form may point at (`test_references`) and files that are
fetched without signing in (`test_files`).
"""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page

from services.accounts.states import Role
from tests.factories.trees import locale
from tests.integration.services.accounts.wall.test_attack import quiet
from tests.integration.services.accounts.wall.world import (
    SEARCHED,
    TOKEN,
    World,
    changes,
    fingerprint,
    make_world,
)

LOCALIZE, REPORTS = "wagtail_localize:", "wagtailadmin_reports:"


class Holes(TestCase):
    """Asked by the head of our agency, who has the most rights, and by its editor."""

    world: World
    before: dict[str, str]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = make_world()

    def setUp(self) -> None:
        self.enterContext(quiet())
        self.clients = []
        for role in (Role.HEAD, Role.EDITOR):
            client = Client(raise_request_exception=False)
            client.force_login(self.world.ours.people[role])
            self.clients.append(client)
        self.theirs = self.world.theirs
        self.before = fingerprint()

    def try_all(
        self, name: str, *arguments: Any, query: Any = None, form: Any = None
    ) -> list[HttpResponse]:
        """Ask as each reader, by GET or with a form: nothing is shown, nothing changes."""
        answers = []
        for client in self.clients:
            url = reverse(name, args=arguments)
            answer = client.get(url, query) if form is None else client.post(url, form)
            content = b"".join(answer) if answer.streaming else answer.content
            assert TOKEN not in content.decode(errors="replace"), name
            assert answer.status_code < 500, name
            answers.append(answer)
        assert not changes(self.before), name
        return answers

    def refuse(self, name: str, *arguments: Any, query: Any = None, form: Any = None) -> None:
        """As above, and the view itself is not reached."""
        for answer in self.try_all(name, *arguments, query=query, form=form):
            assert answer.status_code in {302, 403, 404}, name
            if answer.status_code == 302:
                assert answer["Location"] == reverse("wagtailadmin_home"), name

    def both(self, name: str, *arguments: Any, form: dict[str, Any]) -> None:
        """Refuse the view and its form."""
        self.refuse(name, *arguments)
        self.refuse(name, *arguments, form=form)

    # ── translations ──────────────────────────────────────────────────────────────────────────

    def test_translating_their_draft(self) -> None:
        for page in (self.theirs.submitted, self.theirs.draft, self.theirs.live):
            form = {"locales": [locale("en").pk], "include_subtree": "on"}
            self.both(f"{LOCALIZE}submit_page_translation", page.pk, form=form)

    def test_publishing_their_english_page(self) -> None:
        source = self.theirs.extra["source"]
        form = {"publish_translations": "on"}
        self.both(f"{LOCALIZE}update_translations", source.pk, form=form)
        self.refuse(f"{LOCALIZE}update_translations", source.pk, form={"x": ""})

    def test_publishing_the_own_english_page_without_that_right(self) -> None:
        source = self.world.ours.extra["source"]
        editor = self.clients[1]
        url = reverse(f"{LOCALIZE}update_translations", args=[source.pk])
        assert editor.post(url, {"publish_translations": "on"}).status_code == 404
        assert not changes(self.before)

    def test_translating_a_live_page_publishes_nothing(self) -> None:
        """An editor has no right to publish; the translation begins as a draft."""
        page = self.world.ours.submitted
        Page.objects.filter(pk=page.pk).update(live=True)
        url = reverse(f"{LOCALIZE}submit_page_translation", args=[page.pk])
        answer = self.clients[1].post(url, {"locales": [locale("en").pk]})
        assert answer.status_code == 302
        made = Page.objects.get(translation_key=page.translation_key, locale=locale("en"))
        assert not made.live

    def test_their_translation(self) -> None:
        key, segment = self.theirs.extra["translation"].pk, self.theirs.extra["segment"].pk
        for view in ("download_pofile", "preview_translation"):
            arguments = [key, "default"] if view == "preview_translation" else [key]
            self.refuse(LOCALIZE + view, *arguments)
        for view in ("stop_translation", "upload_pofile", "machine_translate"):
            self.both(LOCALIZE + view, key, form={"confirm": "on"})
        self.both(f"{LOCALIZE}edit_string_translation", key, segment, form={"value": "x"})

    def test_snippets_and_report_of_translations(self) -> None:
        for view in ("translations_report", "translations_report_results"):
            self.refuse(LOCALIZE + view)
        for view in ("snippets_api_listing", "snippets_api_detail"):
            key = [self.theirs.extra["outage"].pk] if view.endswith("detail") else []
            self.refuse(LOCALIZE + view, "catalogue", "outagenotice", *key)

    # ── choosers, API, labels ─────────────────────────────────────────────────────────────────

    def test_api_of_pictures_and_files(self) -> None:
        for kind, key in (
            ("images", self.theirs.image.pk),
            ("documents", self.theirs.document.pk),
        ):
            self.refuse(f"wagtailadmin_api:{kind}:listing", query={"fields": "*"})
            self.refuse(f"wagtailadmin_api:{kind}:detail", key)
        self.try_all("wagtailadmin_api:pages:listing", query={"search": SEARCHED, "fields": "*"})
        for name in ("wagtailapi", "api", "wagtail_api"):
            with pytest.raises(NoReverseMatch):
                reverse(f"{name}:images:listing")

    def test_drafts_in_the_page_chooser(self) -> None:
        self.try_all("wagtailadmin_choose_page_child", self.theirs.agency.pk)
        self.try_all("wagtailadmin_choose_page_search", query={"q": SEARCHED})
        ids = {"id": [self.theirs.draft.pk, self.theirs.submitted.pk]}
        self.refuse("wagtailadmin_choose_page_chosen_multiple", query=ids)

    def test_draft_titles_of_their_live_pages(self) -> None:
        """A live page is found by its public title, and shown by it."""
        words, above = {"q": "cấp giấy phép binh"}, self.theirs.agency.get_parent().pk
        found = self.try_all("wagtailadmin_choose_page_search", query=words)
        assert all("Cấp giấy phép Binh" in answer.content.decode() for answer in found)
        self.try_all("wagtailadmin_choose_page", query={**words, "page_type": "wagtailcore.page"})
        self.try_all("wagtailadmin_pages:search", query=words)
        self.try_all("wagtailadmin_choose_page_child", above)
        ids = {"id": [self.theirs.live.pk]}
        self.try_all("wagtailadmin_choose_page_chosen_multiple", query=ids)

    def test_labels_of_their_pictures(self) -> None:
        self.refuse("wagtailadmin_tag_autocomplete", query={"term": "nhan"})
        self.try_all("wagtailimages:index")
        self.try_all("wagtailimages_chooser:choose")
        self.try_all("wagtaildocs:index")
        self.try_all("wagtaildocs_chooser:choose")

    # ── reports, lists and what they offer to filter by ───────────────────────────────────────

    def test_reports_of_workflows_and_their_filters(self) -> None:
        for view in ("workflow", "workflow_tasks", "aging_pages", "locked_pages"):
            self.try_all(REPORTS + view)
            self.try_all(REPORTS + view, query={"export": "csv"})

    def test_reports_of_the_whole_portal(self) -> None:
        for view in ("site_history", "page_types_usage"):
            self.refuse(REPORTS + view)
            self.refuse(f"{REPORTS}{view}_results")

    def test_names_of_their_people_in_the_explorer(self) -> None:
        above = self.theirs.agency.get_parent()
        self.try_all("wagtailadmin_explore", above.pk)
        self.try_all("wagtailadmin_explore", self.world.ours.agency.pk)
        self.try_all("wagtailadmin_pages:search")
        self.refuse("wagtailadmin_pages:type_use", "catalogue", "procedurepage")

    def test_their_workflows(self) -> None:
        access = self.theirs.extra["access"]
        self.refuse("wagtailadmin_workflows:task_chooser")
        self.refuse("wagtailadmin_workflows:task_chosen", access.task_id)
        self.both("wagtailadmin_workflows:edit", access.workflow_id, form={"name": "x"})
        self.refuse("wagtailadmin_pages:confirm_workflow_cancellation", self.theirs.submitted.pk)

    # ── snippets and many at once ─────────────────────────────────────────────────────────────

    def test_their_notices(self) -> None:
        for view in ("edit", "delete", "copy", "history", "usage"):
            name = f"wagtailsnippets_catalogue_outagenotice:{view}"
            self.both(name, self.theirs.extra["outage"].pk, form={"headline": "x"})
        self.try_all("wagtailsnippets_catalogue_outagenotice:list")

    def test_shared_terms_are_not_theirs_to_change(self) -> None:
        for model, key in (("sector", "sector"), ("lifeevent", "life_event")):
            for view in ("edit", "delete"):
                name = f"wagtailsnippets_catalogue_{model}:{view}"
                self.both(name, self.world.shared[key].pk, form={"name": "x"})

    def test_many_at_once(self) -> None:
        outage, agency = self.theirs.extra["outage"].pk, self.theirs.agency.pk
        for app, model, action, query in (
            ("catalogue", "outagenotice", "delete", f"id={outage}"),
            ("wagtailcore", "page", "delete", f"id={self.theirs.draft.pk}"),
            ("wagtailcore", "page", "publish", "id=all"),
            ("wagtailcore", "page", "unpublish", f"id=all&childOf={agency}"),
            ("core", "portalimage", "delete", "id=all"),
        ):
            url = reverse("wagtail_bulk_action", args=[app, model, action]) + f"?{query}"
            for client in self.clients:
                for answer in (client.get(url), client.post(url)):
                    assert answer.status_code == 404, url
                    assert TOKEN not in answer.content.decode()
        assert not changes(self.before)

    def test_their_bulk_changes(self) -> None:
        for change in self.theirs.extra["changes"]:
            for view in ("show", "describe", "progress", "report"):
                self.refuse(f"bulk_changes:{view}", change.pk)
            for view in ("apply", "retry", "describe"):
                self.refuse(f"bulk_changes:{view}", change.pk, form={"mode": "draft"})
        self.try_all("bulk_changes:choose", query={"q": SEARCHED, "agency": self.theirs.agency.pk})
        kept = {"kept": str(self.theirs.draft.pk), "continue": "1"}
        self.try_all("bulk_changes:choose", form=kept)
