"""The counter in the administration: find a citizen, open the record, confirm, settle complaints.

A record has no address of its own: its address is the opening, which is written down first and
counts for half an hour for who opened it.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form, Media
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from services.accounts import actions
from services.accounts.exceptions import (
    AccountError,
    AlreadyActiveError,
    AlreadyVerifiedError,
    GoneError,
    TooManySearchesError,
)
from services.accounts.forms.desk import CardForm, CertificateForm, DecisionForm, FindForm
from services.accounts.models import Enterprise, EnterpriseRequest, Person, RecordView
from services.accounts.permissions import user_can_serve_citizens
from services.accounts.selectors import desk
from services.accounts.tokens import read_finding
from services.accounts.validators import show_phone


def _draw(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    """Draw a screen of the counter below its breadcrumbs."""
    trail = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    if name != "accounts/desk/find.html":
        trail.append({"url": reverse("citizen_desk:find"), "label": _("Find a citizen")})
    context.update(page_title=title, header_title=title, header_icon="user", media=Media())
    trail.append({"url": "", "label": title})
    context["breadcrumbs_items"] = trail
    return render(request, name, context)


def _refuse_strangers(request: HttpRequest) -> None:
    if not user_can_serve_citizens(request.user):
        raise PermissionDenied


def _get_opening(request: HttpRequest, pk: int) -> RecordView:
    _refuse_strangers(request)
    opening = desk.get_opening(request.user, pk, now=timezone.now())
    if opening is None:
        raise Http404
    return opening


@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """Find by an exact number or name; numbers are posted, so that no log holds them."""
    _refuse_strangers(request)
    form = FindForm(request.POST if request.method == "POST" else None)
    found = None
    if form.is_valid():
        data = form.cleaned_data
        try:
            found = actions.search_records(
                viewer=request.user, text=data["text"], reason=data["reason"], now=timezone.now()
            )
        except TooManySearchesError as refusal:
            form.add_error("text", _say_too_many(refusal.seconds))
    return _draw(request, "accounts/desk/find.html", _("Find a citizen"), form=form, found=found)


def _say_too_many(seconds: int) -> str:
    minutes = -(-seconds // 60)
    if minutes < 90:
        words = ngettext(
            "You have looked for too many people in a short time. Try again in %(count)d minute.",
            "You have looked for too many people in a short time. Try again in %(count)d minutes.",
            minutes,
        )
        return words % {"count": minutes}
    hours = -(-minutes // 60)
    words = ngettext(
        "You have looked for too many people today. Try again in %(count)d hour.",
        "You have looked for too many people today. Try again in %(count)d hours.",
        hours,
    )
    return words % {"count": hours}


@never_cache
@require_GET
def disputes(request: HttpRequest) -> HttpResponse:
    """List the complaints that wait for a decision."""
    _refuse_strangers(request)
    reason = _("Decision on a complaint about who acts for the enterprise")
    rows = desk.list_disputes(reason=reason, viewer=request.user)
    title = _("Complaints about enterprises")
    return _draw(request, "accounts/desk/disputes.html", title, rows=rows)


@require_POST
def open_record(request: HttpRequest) -> HttpResponse:
    """Open what was found a short while ago; the opening is written down first."""
    _refuse_strangers(request)
    viewer: Any = request.user
    finding = read_finding(request.POST.get("found", ""), viewer_id=viewer.pk)
    if finding is None:
        messages.warning(request, _("Please look it up again: this has run out."))
        return redirect("citizen_desk:find")
    given = {"viewer": viewer, "reason": finding["reason"]}
    try:
        if finding["kind"] == desk.PERSON:
            person = get_object_or_404(Person, pk=finding["pk"], user__deleted_at=None)
            opening = actions.open_person(user=person.user, **given)
        else:
            firm = get_object_or_404(Enterprise, pk=finding["pk"])
            opening = actions.open_enterprise(enterprise=firm, **given)
    except AccountError as refusal:
        messages.error(request, str(refusal))
        return redirect("citizen_desk:find")
    return redirect("citizen_desk:record", opening.pk)


@never_cache
@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an opened record."""
    return _show(request, _get_opening(request, pk))


def _show(request: HttpRequest, opening: RecordView, **forms: Form) -> HttpResponse:
    if opening.enterprise is not None:
        return _show_enterprise(request, opening, **forms)
    user: Any = opening.subject
    person = user.person
    return _draw(
        request,
        "accounts/desk/person.html",
        user.get_full_name() or user.get_username(),
        opening=opening,
        subject=user,
        person=person,
        phone=show_phone(user.phone) if user.phone else "",
        is_own=user.pk == request.user.pk,
        memberships=desk.list_memberships_of(user),
        verify_form=forms.get("verify_form") or CardForm(prefix="verify"),
        activate_form=forms.get("activate_form") or CardForm(prefix="activate"),
    )


def _show_enterprise(request: HttpRequest, opening: RecordView, **forms: Form) -> HttpResponse:
    found = desk.describe_enterprise(opening, viewer=request.user)
    return _draw(
        request,
        "accounts/desk/enterprise.html",
        found.enterprise.name,
        opening=opening,
        found=found,
        is_own=any(member.user_id == request.user.pk for member, _sealed in found.members),
        disputes=[
            (row, sealed, forms.get(_prefix(row)) or DecisionForm(prefix=_prefix(row)))
            for row, sealed in found.disputes
        ],
        verify_form=forms.get("verify_form") or CertificateForm(prefix="verify"),
    )


def _prefix(dispute: EnterpriseRequest) -> str:
    return f"decision-{dispute.pk}"


@require_POST
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the number of an opened record."""
    opening = _get_opening(request, pk)
    firm = opening.enterprise
    form = (CertificateForm if firm else CardForm)(request.POST, prefix="verify")
    if form.is_valid():
        number = form.cleaned_data["number"]
        common: dict[str, Any] = {"actor": request.user, "now": timezone.now()}
        try:
            if firm:
                actions.verify_tax_code(enterprise=firm, tax_code=number, **common)
            else:
                actions.verify_identity(user=opening.subject, number=number, **common)
            return _done(request, opening, _("The number is verified."))
        except AlreadyVerifiedError as refusal:
            return _come_too_late(request, opening, str(refusal))
        except AccountError as refusal:
            form.add_error("number", str(refusal))
    return _show(request, opening, verify_form=form)


@require_POST
def activate(request: HttpRequest, pk: int) -> HttpResponse:
    """Activate an opened account whose owner cannot get the code."""
    opening = _get_opening(request, pk)
    if opening.enterprise is not None:
        raise Http404
    form = CardForm(request.POST, prefix="activate")
    if form.is_valid():
        try:
            actions.activate_at_counter(
                user=opening.subject,
                number=form.cleaned_data["number"],
                actor=request.user,
                now=timezone.now(),
            )
            return _done(request, opening, _("The account is activated."))
        except AlreadyActiveError as refusal:
            return _come_too_late(request, opening, str(refusal))
        except AccountError as refusal:
            form.add_error("number", str(refusal))
    return _show(request, opening, activate_form=form)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide a complaint about an opened enterprise."""
    opening = _get_opening(request, pk)
    if opening.enterprise is None:
        raise Http404
    waiting = {str(row.pk): row for row in desk.list_open_disputes(opening.enterprise)}
    dispute = waiting.get(request.POST.get("dispute", ""))
    gone = _("This complaint is decided or withdrawn already.")
    if dispute is None:
        return _come_too_late(request, opening, gone)
    form = DecisionForm(request.POST, prefix=_prefix(dispute))
    if form.is_valid():
        try:
            actions.settle_dispute(
                request=dispute,
                actor=request.user,
                is_accepted=form.cleaned_data["decision"] == "transfer",
                answer=form.cleaned_data["reason"],
                now=timezone.now(),
            )
            return _done(request, opening, _("The decision is kept; both sides are told."))
        except GoneError:
            return _come_too_late(request, opening, gone)
        except AccountError as refusal:
            form.add_error("decision", str(refusal))
    return _show(request, opening, **{_prefix(dispute): form})


def _come_too_late(request: HttpRequest, opening: RecordView, words: str) -> HttpResponse:
    messages.warning(request, words)
    return redirect("citizen_desk:record", opening.pk)


def _done(request: HttpRequest, opening: RecordView, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("citizen_desk:record", opening.pk)
