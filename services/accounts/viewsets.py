"""The members' screen: an agency's administrator adds people, changes roles, takes them away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms.core.viewsets import ScopedViewSetMixin
from services.accounts import actions
from services.accounts.exceptions import AccountError
from services.accounts.forms import AddMemberForm, ChangeRoleForm
from services.accounts.models import AgencyMembership
from services.accounts.states import Role


class MemberIndexView(generic.IndexView):
    """The members of the agencies that the reader administers."""

    def get_base_queryset(self) -> Any:
        """Return memberships with what a row shows."""
        return super().get_base_queryset().select_related("user", "agency", "created_by")


class RefusalMixin:
    """Show a refusal of the domain as an error of the form."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Save; when the domain refuses, show the form again."""
        try:
            answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except AccountError as refusal:
            form.add_error(None, str(refusal))
            self.produced_error_message = str(refusal)
            answer = self.form_invalid(form)  # type: ignore[attr-defined]
        return answer


class AddMemberView(RefusalMixin, generic.CreateView):
    """Add a person to an agency."""

    def save_instance(self) -> AgencyMembership:
        """Make the account if it is new; give the role."""
        data = self.form.cleaned_data
        actor = self.request.user
        person = data.get("person")
        if person is None:
            person, password = actions.create_person(actor=actor, **self.form.new_person)
            text = _t("Temporary password of %(name)s, shown only now: %(password)s")
            messages.warning(
                self.request, text % {"name": person.get_username(), "password": password}
            )
        return actions.grant_membership(
            user=person, agency=data["agency"], role=Role(data["role"]), actor=actor
        )


class ChangeRoleView(RefusalMixin, generic.EditView):
    """Change the role of a member."""

    def save_instance(self) -> AgencyMembership:
        """Give the other role."""
        return actions.change_role(
            membership=self.form.instance,
            role=Role(self.form.cleaned_data["role"]),
            actor=self.request.user,
        )


class RemoveMemberView(generic.DeleteView):
    """Take a role away."""

    def delete_action(self) -> None:
        """Revoke the membership."""
        actions.revoke_membership(membership=self.object, actor=self.request.user)

    def form_valid(self, form: Any) -> HttpResponse:
        """Revoke; when the domain refuses, say so above the list."""
        try:
            answer: HttpResponse = super().form_valid(form)
        except AccountError as refusal:
            messages.error(self.request, str(refusal))
            answer = redirect(reverse(self.index_url_name))
        return answer


class MemberViewSet(ScopedViewSetMixin, ModelViewSet):
    """Members of agencies, scoped to the agencies that one administers."""

    model = AgencyMembership
    name = "agency_members"
    url_prefix = "members"
    icon = "group"
    menu_label = _("Members")
    menu_order = 610
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 50
    search_fields = ["user__username", "user__last_name", "user__first_name"]
    list_filter = ["role"]
    list_display = [
        TitleColumn(
            "user",
            label=_("Person"),
            accessor=lambda row: row.user.get_full_name() or row.user.get_username(),
            get_url=lambda row: reverse("agency_members:edit", args=[row.pk]),
        ),
        Column("username", label=_("User name"), accessor="user.username"),
        Column("role", label=_("Role"), accessor=lambda row: capfirst(row.get_role_display())),
        Column("agency", label=_("Agency"), accessor="agency.title"),
        DateColumn("created_at", label=_("Member since")),
    ]
    index_view_class = MemberIndexView
    add_view_class = AddMemberView
    edit_view_class = ChangeRoleView
    delete_view_class = RemoveMemberView

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        """Return the form that adds a member, or the one that changes a role."""
        return ChangeRoleForm if for_update else AddMemberForm
