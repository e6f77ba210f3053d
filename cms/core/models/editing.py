"""Which form of the page editor a version came from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision


class RevisionForm(models.Model):
    """The form that saved a version: a name that each form gets when it is opened.

    Written in the transaction that saves the version, and gone with it.
    """

    revision = models.OneToOneField(
        Revision, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    form = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("form of a version")
        verbose_name_plural = _("forms of versions")

    def __str__(self) -> str:
        return self.form
