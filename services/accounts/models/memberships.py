"""Who works for which agency in which role, and what Wagtail holds for an agency because of it.

The catalogue never reads these tables: an action turns them into Wagtail's groups, permissions,
collections and workflows.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from services.accounts.states import Role


class AgencyMembership(models.Model):
    """A person's role in an agency and everything below it. Somebody may have several roles."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    agency = models.ForeignKey(
        "catalogue.AgencyPage",
        verbose_name=_("agency"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("The Vietnamese page of the agency."),
    )
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    created_at = models.DateTimeField(_("member since"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("member of an agency")
        verbose_name_plural = _("members of agencies")
        ordering = ["agency__title", "user__last_name", "user__username", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "role"],
                name="accounts_membership_once",
                violation_error_message=_("This person has this role already."),
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="accounts_membership_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"


class AgencyGroup(models.Model):
    """Wagtail's group of the people with one role in one agency."""

    agency = models.ForeignKey(
        "catalogue.AgencyPage", on_delete=models.CASCADE, related_name="+", editable=False
    )
    role = models.CharField(max_length=16, choices=Role.choices, editable=False)
    group = models.OneToOneField(
        Group, on_delete=models.CASCADE, related_name="agency_role", editable=False
    )

    class Meta:
        verbose_name = _("group of an agency")
        verbose_name_plural = _("groups of agencies")
        constraints = [
            models.UniqueConstraint(fields=["agency", "role"], name="accounts_group_once"),
        ]

    def __str__(self) -> str:
        return self.group.name


class AgencyAccess(models.Model):
    """The collection and the workflow that belong to an agency."""

    agency = models.OneToOneField(
        "catalogue.AgencyPage",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="+",
        editable=False,
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    workflow = models.OneToOneField(
        "wagtailcore.Workflow",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    task = models.OneToOneField(
        "wagtailcore.GroupApprovalTask",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    class Meta:
        verbose_name = _("access of an agency")
        verbose_name_plural = _("access of agencies")

    def __str__(self) -> str:
        return str(self.agency)
