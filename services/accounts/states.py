"""The roles that a person may have in an agency, and what each means in the admin.

A right is a Wagtail action on the agency's pages, its pictures and files, or a permission on the
portal as a whole. Approval is not a right: a workflow names the roles that approve.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody does for an agency."""

    EDITOR = "editor", _("editor")
    TRANSLATOR = "translator", _("translator")
    REVIEWER = "reviewer", _("reviewer")
    OFFICER = "officer", _("officer")
    HEAD = "head", _("head")
    ADMINISTRATOR = "administrator", _("administrator of the agency")


@dataclass(frozen=True)
class Rights:
    """Wagtail's actions on pages and media; permissions as ``app_label.codename``.

    `translations` are actions on translated pages alone, beside those on all `pages`.
    """

    pages: frozenset[str] = frozenset()
    translations: frozenset[str] = frozenset()
    media: frozenset[str] = frozenset()
    portal: frozenset[str] = frozenset({"wagtailadmin.access_admin"})
    approves: bool = False


MEDIA = frozenset({"add", "change", "choose"})
WRITING = frozenset({"wagtailadmin.access_admin", "wagtail_localize.submit_translation"})
OUTAGES = frozenset(
    f"catalogue.{action}_outagenotice" for action in ("add", "change", "delete", "view")
)

RIGHTS: dict[Role, Rights] = {
    Role.EDITOR: Rights(pages=frozenset({"add", "change"}), media=MEDIA, portal=WRITING),
    Role.TRANSLATOR: Rights(translations=frozenset({"add", "change"}), portal=WRITING),
    Role.REVIEWER: Rights(
        pages=frozenset({"add", "change", "lock", "unlock"}),
        media=MEDIA,
        portal=WRITING | OUTAGES,
        approves=True,
    ),
    Role.OFFICER: Rights(),
    Role.HEAD: Rights(
        pages=frozenset({"add", "change", "publish", "lock", "unlock"}),
        media=MEDIA,
        portal=WRITING | OUTAGES,
        approves=True,
    ),
    Role.ADMINISTRATOR: Rights(),
}
