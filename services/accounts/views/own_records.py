"""What happened to the account, who looked at the record, where the person is signed in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from cms.core.formatting import format_datetime
from cms.core.paging import build_paging
from services.accounts import actions
from services.accounts.models import AccountEvent, RecordView
from services.accounts.selectors import (
    get_session,
    list_events,
    list_record_views,
    list_sessions,
)
from services.accounts.states import ConsentPurpose, EventKind
from services.accounts.views.devices import describe_device
from services.accounts.views.frames import PersonalPage

PER_PAGE = 20


class ListPage(PersonalPage, TemplateView):
    """A list of the person's own, in pages."""

    def list_rows(self) -> QuerySet[Any]:
        """Return the rows of the person."""
        raise NotImplementedError

    def describe(self, row: Any) -> dict[str, Any]:
        """Return a row in words."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the rows of a page in words."""
        page = Paginator(self.list_rows(), PER_PAGE).get_page(self.request.GET.get("trang"))
        paging = build_paging(page.number, page.paginator.num_pages, lambda n: f"?trang={n}")
        rows = [self.describe(row) for row in page.object_list]
        return super().get_context_data(rows=rows, paging=paging, **kwargs)


class HistoryView(ListPage):
    """*Lịch sử tài khoản*."""

    template_name = "accounts/history.html"

    def list_rows(self) -> QuerySet[AccountEvent]:
        """Return the events."""
        return list_events(self.request.user)

    def describe(self, row: AccountEvent) -> dict[str, Any]:
        """Return what happened, when, by whom, and what was there before."""
        who = row.actor.get_full_name() if row.actor else ""
        return {
            "what": row.get_kind_display(),
            "at": format_datetime(row.at),
            "who": who,
            "details": _details(row),
        }


class RecordViewsView(ListPage):
    """*Ai đã xem hồ sơ của tôi*."""

    template_name = "accounts/record_views.html"

    def list_rows(self) -> QuerySet[RecordView]:
        """Return who looked."""
        return list_record_views(self.request.user)

    def describe(self, row: RecordView) -> dict[str, Any]:
        """Return who looked, of which agency, at what, why and when."""
        return {
            "who": row.viewer_name,
            "agency": row.agency_name,
            "what": row.get_what_display(),
            "reason": row.reason,
            "at": format_datetime(row.at),
        }


class SessionsView(PersonalPage, TemplateView):
    """*Phiên đăng nhập*."""

    template_name = "accounts/sessions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the sessions in words, this one first."""
        key = self.request.session.session_key
        rows = [
            {
                "pk": row.pk,
                "device": describe_device(row.user_agent),
                "since": format_datetime(row.created_at),
                "ip": row.ip,
                "is_current": row.session_key == key,
            }
            for row in list_sessions(self.request.user)
        ]
        rows.sort(key=lambda row: not row["is_current"])
        others = sum(not row["is_current"] for row in rows)
        return super().get_context_data(rows=rows, others=others, **kwargs)


class EndSessionView(PersonalPage, View):
    """End one session of the person; nobody else's is there."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End it."""
        session = get_session(request.user, pk)
        if session is None:
            raise Http404
        if session.session_key == request.session.session_key:
            return redirect("account_logout")
        actions.end_sessions(request.user, [session])
        messages.success(request, _("Signed out there."))
        return redirect("personal_sessions")


class EndOtherSessionsView(PersonalPage, View):
    """End all sessions but this one."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """End them."""
        key = request.session.session_key
        others = [row for row in list_sessions(request.user) if row.session_key != key]
        actions.end_sessions(request.user, others)
        messages.success(request, _("Signed out everywhere else."))
        return redirect("personal_sessions")


def _details(event: AccountEvent) -> str:
    """Return the details of an event in a line."""
    known = event.details
    if event.kind == EventKind.SESSIONS_ENDED and "count" in known:
        count = int(known["count"])
        return ngettext("%(n)d session", "%(n)d sessions", count) % {"n": count}
    if event.kind in (EventKind.CONSENT_GIVEN, EventKind.CONSENT_WITHDRAWN):
        return str(dict(ConsentPurpose.choices).get(known.get("field"), ""))
    field = _field_name(str(known.get("field", "")))
    if "before" not in known:
        return field or str(known.get("name", ""))
    if known.get("field") == "commune_id":
        return field
    before, after = (str(known.get(end) or _("nothing")) for end in ("before", "after"))
    return f"{field}: {before} → {after}"


def _field_name(field: str) -> str:
    return {
        "full_name": _("Full name"),
        "identity_number": _("Identity number"),
        "date_of_birth": _("Date of birth"),
        "commune_id": _("Ward or commune"),
        "hamlet": _("Hamlet, area"),
        "street": _("Number and street"),
        "language": _("Language of messages"),
        "phone": _("Phone number"),
        "email": _("E-mail address"),
    }.get(field, "")
