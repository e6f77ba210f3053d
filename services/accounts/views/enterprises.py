"""Pages of the enterprises for which a person acts. What is somebody else's answers 404."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from services.accounts import actions
from services.accounts.exceptions import (
    GoneError,
    LastOwnerError,
    TooManyInvitationsError,
    WorksForItError,
)
from services.accounts.forms import EnterpriseForm, InvitationForm, MemberForm, RequestForm
from services.accounts.models import EnterpriseRequest
from services.accounts.permissions import user_can_manage_enterprise
from services.accounts.selectors import (
    ACTING_FOR,
    find_invitation,
    get_actor,
    get_invitation_of,
    get_join_request,
    get_member,
    get_membership,
    get_request_of,
    has_claim,
    list_invitations,
    list_join_requests,
    list_members,
    list_memberships,
    list_owners,
    list_requests_of,
)
from services.accounts.states import EnterpriseRole, RequestKind, RequestState
from services.accounts.views.frames import PersonalPage

MOST_DIGITS = 20


class EnterprisesView(PersonalPage, TemplateView):
    """For which enterprises the person acts, and what they asked about others."""

    template_name = "accounts/enterprises.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return memberships and requests."""
        actor = get_actor(self.request)
        return super().get_context_data(
            memberships=list_memberships(self.request.user),
            requests=list_requests_of(self.request.user),
            acting=actor.enterprise,
            **kwargs,
        )


class AddEnterpriseView(PersonalPage, FormView):  # type: ignore[type-arg]
    """Add an enterprise, or go on to ask about one that is registered."""

    form_class = EnterpriseForm
    template_name = "accounts/enterprise_add.html"

    def form_valid(self, form: EnterpriseForm) -> HttpResponse:
        """Add it."""
        data = form.cleaned_data
        try:
            made = actions.add_enterprise(
                user=self.request.user,
                tax_code=data["tax_code"],
                name=data["name"],
                address=form.address,
            )
        except WorksForItError:
            form.add_error("tax_code", _("You act for this enterprise already."))
            return self.form_invalid(form)
        if isinstance(made, EnterpriseRequest):
            return redirect("enterprise_request", made.pk)
        return redirect("enterprise", made.pk)


class EnterprisePage(PersonalPage):
    """A page about an enterprise for which the person acts; `needs_owner` for owners alone."""

    needs_owner = False
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the membership, or nothing."""
        if request.user.is_authenticated:
            member = get_membership(request.user, kwargs["pk"])
            if member is None or (self.needs_owner and not user_can_manage_enterprise(member)):
                raise Http404
            self.membership = member
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the membership."""
        return super().get_context_data(
            membership=self.membership, enterprise=self.membership.enterprise, **kwargs
        )

    def back(self) -> HttpResponse:
        """Go back to the enterprise."""
        return redirect("enterprise", self.membership.enterprise_id)


class EnterpriseView(EnterprisePage, TemplateView):
    """One enterprise: its data, who acts for it, and for owners whom they invited."""

    template_name = "accounts/enterprise.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return members, and for owners what waits."""
        enterprise = self.membership.enterprise
        is_owner = user_can_manage_enterprise(self.membership)
        acting = get_actor(self.request).enterprise
        return super().get_context_data(
            members=list_members(enterprise),
            is_owner=is_owner,
            invitations=list_invitations(enterprise, now=timezone.now()) if is_owner else [],
            requests=list_join_requests(enterprise) if is_owner else [],
            is_acting=acting is not None and acting.pk == enterprise.pk,
            **kwargs,
        )


class InviteView(EnterprisePage, FormView):  # type: ignore[type-arg]
    """Invite somebody by phone or e-mail."""

    needs_owner = True
    form_class = InvitationForm
    template_name = "accounts/enterprise_invite.html"

    def form_valid(self, form: InvitationForm) -> HttpResponse:
        """Send the invitation."""
        try:
            actions.invite_member(
                enterprise=self.membership.enterprise,
                actor=self.request.user,
                address=form.cleaned_data["address"],
                role=EnterpriseRole(form.cleaned_data["role"]),
                now=timezone.now(),
            )
        except TooManyInvitationsError:
            form.add_error(None, _("Too many invitations wait for an answer. Take some back."))
            return self.form_invalid(form)
        except GoneError:
            return redirect("enterprises")
        messages.success(self.request, _("The invitation is on its way."))
        return self.back()


class MemberView(EnterprisePage, FormView):  # type: ignore[type-arg]
    """Change the role of a member, or take them out."""

    needs_owner = True
    form_class = MemberForm
    template_name = "accounts/enterprise_member.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the member, or nothing."""
        if request.user.is_authenticated:
            own = get_membership(request.user, kwargs["pk"])
            found = get_member(own, kwargs["member"]) if own else None
            if found is None:
                raise Http404
            self.member = found
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Return the role as it is."""
        return {"role": self.member.role}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the member."""
        return super().get_context_data(member=self.member, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take out, or change the role."""
        if "remove" in request.POST:
            return self._change(None, self.get_form())
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def form_valid(self, form: MemberForm) -> HttpResponse:
        """Change the role."""
        return self._change(EnterpriseRole(form.cleaned_data["role"]), form)

    def _change(self, role: EnterpriseRole | None, form: Any) -> HttpResponse:
        try:
            actions.change_member(
                member=self.member, role=role, actor=self.request.user, now=timezone.now()
            )
        except LastOwnerError:
            form.full_clean()
            form.add_error(None, _("An enterprise keeps at least one owner. Name another first."))
            return self.form_invalid(form)
        except GoneError:
            pass
        if self.member.user_id == self.request.user.pk:
            return redirect("enterprises")
        return self.back()


class LeaveView(EnterprisePage, TemplateView):
    """Leave an enterprise, after a question."""

    template_name = "accounts/enterprise_leave.html"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Leave."""
        try:
            actions.change_member(
                member=self.membership, role=None, actor=request.user, now=timezone.now()
            )
        except LastOwnerError:
            messages.error(
                request, _("You are its only owner. Name another owner before you leave.")
            )
            return self.back()
        except GoneError:
            pass
        return redirect("enterprises")


class RevokeInvitationView(EnterprisePage, View):
    """Take an invitation back."""

    needs_owner = True
    http_method_names = ["post"]

    def post(self, request: HttpRequest, invitation: int, **kwargs: Any) -> HttpResponse:
        """Take it back; one that was answered stays as it is."""
        found = get_invitation_of(self.membership, invitation)
        if found is None:
            raise Http404
        try:
            actions.revoke_invitation(invitation=found, actor=request.user, now=timezone.now())
        except GoneError:
            messages.info(request, _("This invitation has been answered or has ended."))
        return self.back()


class DecideRequestView(EnterprisePage, View):
    """Accept or decline somebody who asks to join."""

    needs_owner = True
    http_method_names = ["post"]

    def post(self, request: HttpRequest, asked: int, **kwargs: Any) -> HttpResponse:
        """Decide, once."""
        found = get_join_request(self.membership, asked)
        if found is None:
            raise Http404
        try:
            actions.decide_request(
                request=found,
                actor=request.user,
                is_accepted="accept" in request.POST,
                now=timezone.now(),
            )
        except GoneError:
            messages.info(request, _("This request has been decided or taken back."))
        return self.back()


class RequestView(PersonalPage, FormView):  # type: ignore[type-arg]
    """A tax code that somebody has registered: ask to join, or dispute."""

    form_class = RequestForm
    template_name = "accounts/enterprise_request.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the person's own request, or nothing."""
        if request.user.is_authenticated:
            found = get_request_of(request.user, kwargs["pk"])
            if found is None:
                raise Http404
            self.asked = found
            self.has_owners = bool(list_owners(found.enterprise))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer to join where somebody could accept it."""
        return {**super().get_form_kwargs(), "has_owners": self.has_owners}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the request, and whether the tax code is free for the person to take."""
        return super().get_context_data(
            asked=self.asked,
            has_owners=self.has_owners,
            is_free=not self.has_owners and not has_claim(self.asked.enterprise),
            is_draft=self.asked.state == RequestState.DRAFT,
            is_open=self.asked.state == RequestState.OPEN,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take back, or send."""
        if "withdraw" in request.POST:
            try:
                actions.withdraw_request(request=self.asked, now=timezone.now())
            except GoneError:
                return redirect("enterprise_request", self.asked.pk)
            return redirect("enterprises")
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def form_valid(self, form: RequestForm) -> HttpResponse:
        """Send it; sent twice it is sent once."""
        data = form.cleaned_data
        with suppress(GoneError):
            actions.send_request(
                request=self.asked, kind=RequestKind(data["kind"]), text=data["text"]
            )
        return redirect("enterprise_request", self.asked.pk)


class InvitationView(PersonalPage, TemplateView):
    """An invitation to act for an enterprise; whoever has no account registers first."""

    template_name = "accounts/invitation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return who invites, None when the link counts no more."""
        found = find_invitation(self.kwargs["token"], now=timezone.now())
        inviter = found.invited_by if found else None
        return super().get_context_data(
            invitation=found, inviter=inviter.get_full_name() if inviter else "", **kwargs
        )

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Accept or decline, once."""
        found = find_invitation(token, now=timezone.now())
        is_accepted = "accept" in request.POST
        try:
            if found is None:
                raise GoneError
            actions.answer_invitation(
                invitation=found, user=request.user, is_accepted=is_accepted, now=timezone.now()
            )
        except GoneError:
            return redirect("invitation", token)
        if is_accepted:
            return redirect("enterprise", found.enterprise_id)
        return redirect("enterprises")


class ActForView(PersonalPage, View):
    """Act for an enterprise from now on, or for oneself again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the choice in the session."""
        chosen = request.POST.get("enterprise", "")
        request.session.pop(ACTING_FOR, None)
        if chosen:
            is_key = chosen.isascii() and chosen.isdecimal() and len(chosen) < MOST_DIGITS
            member = get_membership(request.user, int(chosen)) if is_key else None
            if member is None:
                raise Http404
            request.session[ACTING_FOR] = member.enterprise_id
        return redirect("enterprises")
