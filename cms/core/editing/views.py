"""Stands before Wagtail's page editor, which saves whatever it is sent.

Everything that a POST reads and writes happens under a lock of the page, so that of two saves at
once the second sees the first. A save that starts from an older version than the newest gets the
form back, merged and unsaved, or the question which of two values holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.models import EditingSession
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.models import Page, Revision, get_default_page_content_type

from cms.core.editing import forms_seen
from cms.core.editing.merging import MINE, THEIRS, Merge, Path, Rules, merge
from cms.core.editing.report import PATH_MARK, Difference, Wording
from cms.core.editing.sameness import Sameness, content_of, row_keys
from cms.core.formatting import format_datetime
from cms.core.publishing import PublishRefusedError

CONFLICT = 409
MERGE_TEMPLATE = "wagtailadmin/merge/ask.html"
CHOICE = "merge:"  # begins the names of the form's own fields on the page of questions
ONTO = "merge-onto"
TRANSLATION = "action"  # in a form of the translation package, which saves segment by segment


@dataclass(frozen=True)
class MergeHelp:
    """What a person must know whose save was refused."""

    message: str
    theirs: list[Difference] = field(default_factory=list)
    mine: list[Difference] = field(default_factory=list)
    conflicts: list[Difference] = field(default_factory=list)
    is_incomplete: bool = False  # choices were sent, but not for every question


class StaleSaveMixin:
    """For views of the page editor: refuses to save on top of what the person has not seen."""

    merge_help: MergeHelp | None = None
    is_locked = False

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        """Lock the page before it is read. A refused publication keeps the draft that it saved."""
        answer: Any = super().dispatch  # type: ignore[misc]
        if request.method != "POST" or TRANSLATION in request.POST:
            return answer(request, page_id, **kwargs)
        self.is_locked = True
        with transaction.atomic():
            list(Page.objects.select_for_update(no_key=True).filter(pk=page_id).values_list("pk"))
            try:
                return answer(request, page_id, **kwargs)
            except PublishRefusedError as error:
                refusal = error
        raise refusal

    def post(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, unless somebody else has saved since the form was loaded."""
        if not self.is_locked:
            raise BadRequest("no form of this editor")
        if self.page.alias_of_id or self.locked_for_user or not self.is_stale:
            return self._save(partial(super().post, request, *args, **kwargs))  # type: ignore[misc]
        if self.expects_json_response:
            return self.json_error_response(
                "invalid_revision", _("Somebody else has saved a newer version.")
            )
        return self.refuse()

    def _save(self: Any, save: Callable[[], HttpResponse]) -> HttpResponse:
        self.keep_seen_version()
        try:
            response = save()
        except PublishRefusedError:
            self.remember_form()
            raise
        self.remember_form()
        return response

    @property
    def is_stale(self: Any) -> bool:
        """Whether the newest version is not the one that the form was made from, nor its own."""
        return not self.is_newest and not self.is_own_autosave

    @property
    def is_newest(self: Any) -> bool:
        """Whether the form knows the newest version."""
        latest, data = self.latest_revision, self.request.POST
        if latest is None:
            return True
        if own := data.get("overwrite_revision_id"):
            return bool(own == str(latest.pk))
        loaded = data.get("loaded_revision_id"), data.get("loaded_revision_created_at")
        return bool(loaded == (str(latest.pk), latest.created_at.isoformat()))

    @property
    def is_own_autosave(self: Any) -> bool:
        """Whether this form itself saved all that is newer: the answer is still under way."""
        data, base = self.request.POST, self._find_base()
        if base is None and (data.get("loaded_revision_id") or data.get("overwrite_revision_id")):
            return False
        return forms_seen.saved_all_since(self.real_page_record, base, data)

    def keep_seen_version(self: Any) -> None:
        """Let autosave write over its own last version only while nobody else has it open."""
        data = self.request.POST
        if self.latest_revision is None:
            return
        others = EditingSession.objects.available().filter(
            content_type=get_default_page_content_type(), object_id=self.page.pk
        )
        has_own = bool(data.get("overwrite_revision_id"))
        if not self.is_newest or (has_own and others.exclude(user=self.request.user).exists()):
            data = data.copy()
            data.pop("overwrite_revision_id", None)
            data["loaded_revision_id"] = str(self.latest_revision.pk)
            data["loaded_revision_created_at"] = self.latest_revision.created_at.isoformat()
            self.request.POST = data

    def remember_form(self: Any) -> None:
        """Note that this form made the newest version, if it made one."""
        before = self.latest_revision and self.latest_revision.pk
        forms_seen.remember(self.page, before, self.request.POST)

    def get_context_data(self: Any, **kwargs: Any) -> dict[str, Any]:
        """Give the form its name; it keeps it when it is shown again."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        field = forms_seen.FIELD, forms_seen.form_name(self.request.POST)
        return {**context, "editing_form": field}

    def refuse(self: Any) -> HttpResponse:
        """Answer with both versions merged, with questions, or with the form as it was sent."""
        base = self._find_base()
        theirs = self.latest_revision.as_object()
        mine = self._read_mine(base.as_object() if base else self.latest_revision.as_object())
        if mine is None:
            return self._show_invalid()
        start = base.as_object() if base else None
        merged, wording = self._merge(start, theirs, mine)
        is_answer = self.request.POST.get(ONTO) == str(self.latest_revision.pk)
        shown = MergeHelp(
            message=self._name_saver(),
            theirs=wording.describe(merged.theirs),
            mine=wording.describe(merged.mine),
            conflicts=wording.describe(merged.conflicts),
            is_incomplete=is_answer,
        )
        if merged.open:
            return self._ask(shown)
        return self._show_merged(merged, shown)

    def _find_base(self: Any) -> Revision | None:
        """Return the version that the form was made from, if it still stands as it was."""
        data = self.request.POST
        revisions = self.real_page_record.revisions
        own = data.get("overwrite_revision_id", "")
        key = own or data.get("loaded_revision_id", "")
        found: Revision | None = revisions.filter(pk=key).first() if key.isdecimal() else None
        loaded_at = data.get("loaded_revision_created_at")
        if found and not own and found.created_at.isoformat() != loaded_at:
            return None
        return found

    def _make_form(self: Any, page: Page, *data: Any) -> Any:
        return self.form_class(
            *data,
            instance=page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=self.request.user,
        )

    def _read_mine(self: Any, start: Page) -> Page | None:
        """Return the page as it was sent; None when the form has faults."""
        self.form = self._make_form(start, self.request.POST, self.request.FILES)
        self.form.defer_required_fields()
        if not self.form.is_valid():
            self.form.restore_required_fields()
            return None
        mine: Page = self.form.save(commit=False)
        return mine

    def _merge(self: Any, start: Page | None, theirs: Page, mine: Page) -> tuple[Merge, Wording]:
        same = Sameness(self.page_class)
        form = self.form
        sent = self.request.POST
        choices: dict[Path, str] = {}
        if sent.get(ONTO) == str(self.latest_revision.pk):
            choices = {
                tuple(name.removeprefix(CHOICE).split(PATH_MARK)): value
                for name, value in sent.items()
                if name.startswith(CHOICE) and value in {THEIRS, MINE}
            }

        def editable(path: Path) -> bool:
            if path[0] not in form.formsets:
                return path[0] in form.fields
            return len(path) < 3 or path[2] in form.formsets[path[0]].empty_form.fields

        merged = merge(
            content_of(start) if start is not None else None,
            content_of(theirs),
            content_of(mine),
            Rules(same, row_keys(self.page_class), editable, choices),
        )
        panel = self.edit_handler.get_bound_panel(instance=theirs, request=self.request, form=None)
        return merged, Wording(panel, same, start, theirs, mine)

    def _name_saver(self: Any) -> str:
        revision = self.latest_revision
        when = format_datetime(revision.created_at)
        if revision.user_id == self.request.user.pk:
            return _("You saved a newer version in another window on %(when)s.") % {"when": when}
        who = get_user_display_name(revision.user) if revision.user else _("The portal")
        return _("%(who)s saved a newer version on %(when)s.") % {"who": who, "when": when}

    def _show_invalid(self: Any) -> HttpResponse:
        text = _("Nothing was saved. Mend the fields that are marked, then save again.")
        messages.validation_error(self.request, f"{self._name_saver()} {text}", self.form)
        self.errors_debug = repr(self.form.errors)
        self._stay_at(self._find_base())
        return self._answer_form()

    def _stay_at(self: Any, base: Revision | None) -> None:
        """Let the form go on from the version that it was made from: it is still not merged."""
        data = self.request.POST
        self.page = self.form.instance
        key = data.get("overwrite_revision_id") or data.get("loaded_revision_id", "")
        self.page.latest_revision_id = int(key) if key.isdecimal() else None
        self.latest_revision_created_at = (
            base.created_at.isoformat() if base else data.get("loaded_revision_created_at", "")
        )

    def _show_merged(self: Any, merged: Merge, shown: MergeHelp) -> HttpResponse:
        """Show the form with both versions in it; what is saved next starts from the newest."""
        comments = self.form.formsets.get("comments")
        self.page = self.latest_revision.content_object.with_content_json(merged.content)
        self.form = self._make_form(self.page)
        if comments is not None:  # those of the margin are in no version: show them as sent
            self.form.serialize_comments = partial(comments.serialize, True)
        self.merge_help = shown
        return self._answer_form()

    def _answer_form(self: Any) -> HttpResponse:
        self.has_unsaved_changes = True
        self.autosave_enabled = False  # the person looks first
        context = {**self.get_context_data(), "merge_help": self.merge_help}
        response: HttpResponse = self.render_to_response(context)
        response.status_code = CONFLICT
        return response

    def _ask(self: Any, shown: MergeHelp) -> HttpResponse:
        """Ask which value holds; the page carries everything that was sent."""
        own = ("csrfmiddlewaretoken", ONTO)
        carried = [
            (name, value)
            for name, values in self.request.POST.lists()
            if name not in own and not name.startswith((CHOICE, "action-"))
            for value in values
        ]
        context = {
            "merge_help": shown,
            "carried": carried,
            "onto": (ONTO, self.latest_revision.pk),
            "choice": CHOICE,
            "page": self.page,
            "page_title": _("Two people changed the same"),
            "page_subtitle": self.page.get_admin_display_title(),
            "header_icon": "warning",
            "action_url": self.get_edit_url(),
            "sent": self.request.POST,
        }
        return TemplateResponse(self.request, MERGE_TEMPLATE, context, status=CONFLICT)


class PageEditView(StaleSaveMixin, EditView):
    """The page editor."""


class PageRevertView(StaleSaveMixin, RevisionsRevertView):
    """The page editor, filled with an older version."""
