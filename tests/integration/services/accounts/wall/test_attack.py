"""Every registered address of the admin, asked for with another agency's objects.

Nothing of theirs is shown (planted words) and nothing in any table changes.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, TestCase
from django.utils.http import urlencode

from services.accounts.guard.rules import anonymous
from services.accounts.guard.table import RULES
from services.accounts.states import Role
from tests.integration.services.accounts.wall.addresses import admin_views, fill
from tests.integration.services.accounts.wall.world import (
    SEARCHED,
    TOKEN,
    Side,
    World,
    Writes,
    changes,
    fingerprint,
    make_world,
)

SKIPPED = {"wagtailadmin_logout"}  # it would end the attack
# What changes only the attacker's own account.
OWN_EFFECT = {"wagtailadmin_account", "wagtailadmin_dismissibles"}
QUERIES = (
    {},
    {"q": SEARCHED},
    {"export": "csv"},
    {"export": "xlsx"},
    {"layout": "list"},
    {"page_type": "catalogue.procedurepage"},
    {"allow_external_link": "true", "page_type": "catalogue.agencypage", "multiple": "1"},
    {"term": "nhan"},
    {"for_explorer": "1", "fields": "*"},
)


def harm(world: World) -> dict[str, Any]:
    """This function will return a form that would do harm, as far as one fits all views."""
    side = world.theirs
    page = side.draft.pk
    return {
        "title": "Bị đổi", "official_name": "Bị đổi", "slug": "bi-doi", "name": "Bị đổi",
        "headline": "Bị đổi", "number": "9/9999", "new_title": "Bị đổi", "new_slug": "bi-doi",
        "new_parent_page": page, "parent_page": page, "chooser": page, "destination": page,
        "locales": [2], "include_subtree": "on", "publish_translations": "on",
        "action-publish": "1", "comment": "x", "value": "Bị đổi",
        "collection": side.extra["collection"].pk, "role": "head", "agency": side.agency.pk,
        "account": side.people[Role.EDITOR].username, "procedures": [side.live.pk],
        "user": side.people[Role.EDITOR].pk, "restriction_type": "none", "move_applies": "1",
        "tags": "x", "id": [page, side.live.pk], "mode": "publish", "kind": "sector_add",
        "sector": 1, "kept": f"{page},{side.live.pk}", "page": [page], "continue": "1",
    }  # fmt: skip


def listed_ids(name: str, address: str, side: Side) -> dict[str, Any]:
    """This function will return the `id`s by which a list of objects is asked for."""
    media = {
        "portalimage": side.image.pk,
        "portaldocument": side.document.pk,
        "outagenotice": side.extra["outage"].pk,
        "procedurepage": side.live.pk,
        "page": side.draft.pk,
    }
    if name == "wagtail_bulk_action":
        return {"id": [media[address.split("/")[-3]]]}
    if name.endswith("chosen_multiple"):
        kind = "image" if "image" in name else "document" if "docs" in name else ""
        terms = {"sector", "lifeevent", "legaldocument"}
        if any(term in name for term in terms):
            return {}
        outage = side.extra["outage"].pk if "outage" in name else side.draft.pk
        return {"id": [media.get(f"portal{kind}", outage)]}
    return {}


@contextmanager
def quiet() -> Iterator[None]:
    """This context will keep thousands of refusals out of the log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.slow
class Attack(TestCase):
    """The attack by each role of our agency, by a citizen and by a stranger."""

    world: World

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.world = make_world()
        cls.enterClassContext(quiet())

    def addresses(self) -> Iterator[tuple[str, str, bool]]:
        """Yield view name, address, and whether it names an object of theirs."""
        ours, theirs = self.world.ours, self.world.theirs
        for name, signatures in sorted(admin_views().items()):
            if name in SKIPPED:
                continue
            for arguments in signatures:
                sides = [(theirs,)]
                if len(arguments) > 1:
                    sides += [(ours, theirs), (theirs, ours)]
                seen = set()
                for mix in sides:
                    for address in fill(name, arguments, mix, self.world):
                        if address not in seen:
                            seen.add(address)
                            yield name, address, bool(arguments) and mix == (theirs,)

    def queries(self, name: str, address: str) -> list[dict[str, Any]]:
        side = self.world.theirs
        ids = listed_ids(name, address, side) or {"id": [page.pk for page in side.pages]}
        if name == "wagtail_bulk_action":
            collection = side.extra["collection"].pk
            return [
                ids, {"id": ["all"]}, {"id": ["all"], "childOf": side.agency.pk},
                {"id": ["all"], "childOf": collection},
                {"id": [self.world.ours.draft.pk, *ids["id"]]},
            ]  # fmt: skip
        if re.search(r"/\d+/", address):
            return [{}]
        extra = [{"collection_id": side.extra["collection"].pk}, {"child_of": side.agency.pk}]
        extra.append({"translation_of": side.agency.pk})
        return [*QUERIES, ids, *extra]

    def attack(self, client: Client, role: str, *, thorough: bool = True) -> None:
        """Ask for every address, look at what is shown, and at what is written."""
        problems: list[str] = []
        before = fingerprint()
        for name, address, foreign in self.addresses():
            queries = self.queries(name, address)
            for query in queries if thorough else queries[:1]:
                problems += self.ask(client, "get", role, name, address, foreign, query, before)
            for query in queries if name == "wagtail_bulk_action" else [{}]:
                where = f"{address}?{urlencode(query, doseq=True)}"
                problems += self.ask(client, "post", role, name, where, foreign, None, before)
                if "edit_" in name:
                    problems += self.ask(client, "put", role, name, where, foreign, None, before)
        assert not problems, "\n".join([f"{len(problems)} holes", *problems])

    def ask(
        self, client: Client, method: str, role: str, name: str, address: str,
        foreign: bool, query: dict[str, Any] | None, before: dict[str, str],
    ) -> list[str]:  # fmt: skip
        """Make one request and take it back; return what was wrong with it."""
        what = f"{role} {name} {method} {address} {query or ''}"
        writes = Writes()
        with transaction.atomic(), connection.execute_wrapper(writes):
            if method == "put":
                kind = "application/x-www-form-urlencoded"
                answer = client.put(address, "value=B%E1%BB%8B", content_type=kind)
            else:
                answer = getattr(client, method)(address, query or harm(self.world))
            shown = self.judge(name, what, answer, foreign and method == "get")
            if writes.found and name not in OWN_EFFECT and (changed := changes(before)):
                shown.append(f"{what} changed {changed}")
            transaction.set_rollback(True)
        return shown

    def judge(self, name: str, what: str, answer: HttpResponse, foreign: bool) -> list[str]:
        """Return what an answer shows that it must not."""
        content = b"".join(answer) if answer.streaming else answer.content
        text = content.decode(errors="replace") + str(dict(answer.headers))
        text = text.replace(self.world.theirs.people[Role.EDITOR].username, "")  # what we sent
        if TOKEN in text:
            place = text.index(TOKEN)
            return [f"{what} shows …{text[max(0, place - 90) : place + 60]}…"]
        if answer.status_code >= 500 and name not in BROKEN:
            return [f"{what} fails"]
        if foreign and answer.status_code == 200 and name not in OPEN_TO_ALL:
            return [f"{what} answers 200"]
        return []

    def sign_in(self, role: Role) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(self.world.ours.people[role])
        return client

    def test_editor(self) -> None:
        self.attack(self.sign_in(Role.EDITOR), "editor")

    def test_head(self) -> None:
        self.attack(self.sign_in(Role.HEAD), "head")

    def test_administrator(self) -> None:
        self.attack(self.sign_in(Role.ADMINISTRATOR), "administrator", thorough=False)

    def test_reviewer(self) -> None:
        self.attack(self.sign_in(Role.REVIEWER), "reviewer", thorough=False)

    def test_officer(self) -> None:
        self.attack(self.sign_in(Role.OFFICER), "officer", thorough=False)

    def test_translator(self) -> None:
        self.attack(self.sign_in(Role.TRANSLATOR), "translator")

    def test_who_has_no_desk_sees_and_changes_nothing(self) -> None:
        """A citizen, a demo account of theirs where DEBUG is off, and somebody not signed in."""
        clients = [Client(raise_request_exception=False) for _number in range(3)]
        clients[0].force_login(self.world.shared["citizen"])
        clients[1].force_login(self.world.shared["demo"])
        before = fingerprint()
        for client in clients:
            for name, address, _foreign in self.addresses():
                if RULES[name] is anonymous:
                    continue
                for answer in (client.get(address), client.post(address, harm(self.world))):
                    assert answer.status_code == 302, f"{name} {address}: {answer.status_code}"
                    assert "/dang-nhap/" in answer["Location"], f"{name} {address}"
        assert not changes(before)

    def test_the_attack_is_not_blind(self) -> None:
        """Somebody who may see these things is reported, so that silence means something."""
        client = Client(raise_request_exception=False)
        client.force_login(self.world.theirs.people[Role.HEAD])
        names = {
            "wagtailadmin_pages:edit", "wagtailadmin_pages:history", "wagtailimages:edit",
            "wagtaildocs:edit", "wagtail_localize:download_pofile", "wagtailadmin_explore",
            "wagtailsnippets_catalogue_outagenotice:edit", "wagtailadmin_pages:usage",
        }  # fmt: skip
        seen, before = set(), fingerprint()
        for name, address, foreign in self.addresses():
            if name in names and self.ask(
                client, "get", "head", name, address, foreign, {}, before
            ):
                seen.add(name)
        assert seen == names


# Wagtail's own views that fail on a form without the field they ask for.
BROKEN = {"wagtailadmin_choose_page_external_link"}
# Addresses with arguments that name nobody's own things.
OPEN_TO_ALL = {
    "wagtailadmin_password_reset_confirm",
    "wagtailsnippetchoosers_catalogue_sector:chosen",
    "wagtailsnippetchoosers_catalogue_lifeevent:chosen",
    "wagtailsnippetchoosers_catalogue_legaldocument:chosen",
    "wagtailadmin_choose_page_child",  # live pages may be browsed
}
