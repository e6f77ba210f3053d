"""The choices of accounts, and the roles in an agency with what each means in the admin.

A right is a Wagtail action on the agency's pages, its pictures and files, or a permission on the
portal as a whole. Approval is not a right: a workflow names the roles that approve.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# The stage of a sign-in in which an account is activated.
ACTIVATION_STAGE = "activate"
# The key of the session under which a national e-identity waits to be linked.
NATIONAL_PENDING = "national_pending"
# Wrong entries after which a one-time code counts no more.
ATTEMPTS = 5
# What a national sign-on is for that only confirms who is signed in.
NATIONAL_CONFIRM = "confirm"


class Role(models.TextChoices):
    """What somebody does for an agency."""

    EDITOR = "editor", _("editor")
    TRANSLATOR = "translator", _("translator")
    REVIEWER = "reviewer", _("reviewer")
    OFFICER = "officer", _("officer")
    HEAD = "head", _("head")
    ADMINISTRATOR = "administrator", _("administrator of the agency")


class AccountKind(models.TextChoices):
    """For whom somebody registers; the words of the citizens' guide."""

    CITIZEN = "citizen", _("Citizen")
    ENTERPRISE = "enterprise", _("Enterprise, organisation")


class Channel(models.TextChoices):
    """How a message reaches a person."""

    PHONE = "phone", _("phone")
    EMAIL = "email", _("e-mail")


class CodePurpose(models.TextChoices):
    """What a one-time code is for."""

    ACTIVATE = "activate", _("activation of the account")
    RESET = "reset", _("new password")
    NEW_PHONE = "new_phone", _("new phone number")
    NEW_EMAIL = "new_email", _("new e-mail address")


class EventKind(models.TextChoices):
    """What may happen to an account."""

    REGISTERED = "registered", _("registered")
    ACTIVATED = "activated", _("activated")
    SIGNED_IN = "signed_in", _("signed in")
    PASSWORD_CHANGED = "password_changed", _("password changed")
    PASSWORD_RESET = "password_reset", _("new password by code")
    PHONE_CHANGED = "phone_changed", _("phone number changed")
    EMAIL_CHANGED = "email_changed", _("e-mail address changed")
    CONTACT_VERIFIED = "contact_verified", _("phone number or e-mail address verified")
    DETAILS_CHANGED = "details_changed", _("details changed")
    IDENTITY_VERIFIED = "identity_verified", _("identity verified")
    ENTERPRISE_VERIFIED = "enterprise_verified", _("tax code verified")
    CHANNELS_CHANGED = "channels_changed", _("notifications changed")
    CONSENT_GIVEN = "consent_given", _("consent given")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("consent withdrawn")
    SESSIONS_ENDED = "sessions_ended", _("signed out on other devices")
    SECOND_FACTOR = "second_factor", _("second step of the sign-in changed")
    DATA_EXPORTED = "data_exported", _("own data downloaded")
    ENTERPRISE_JOINED = "enterprise_joined", _("joined an enterprise")
    ENTERPRISE_LEFT = "enterprise_left", _("left an enterprise")
    LINKED = "linked", _("national e-identity linked")
    DELETED = "deleted", _("deleted")


class ConsentPurpose(models.TextChoices):
    """Uses of personal data that a person agrees to one by one."""

    TERMS = "terms", _("Keep an account for public services")
    REUSE = "reuse", _("Fill in my details in forms for me")
    SURVEY = "survey", _("Ask me about the quality of services")


class RecordPart(models.TextChoices):
    """What of a citizen's record staff may open."""

    RECORD = "record", _("account, contact and identity details")
    ACCOUNT = "account", _("account and contact details")
    IDENTITY = "identity", _("identity details")
    ENTERPRISE = "enterprise", _("enterprise details")


class VerifiedBy(models.TextChoices):
    """How an identity number or tax code was verified."""

    OFFICER = "officer", _("by an officer")
    NATIONAL = "national", _("by the national e-identity")


class EnterpriseRole(models.TextChoices):
    """What somebody may do for an enterprise."""

    OWNER = "owner", _("owner")
    STAFF = "staff", _("staff")


class SearchKey(models.TextChoices):
    """By what an officer looked for somebody at the counter."""

    IDENTITY = "identity", _("identity number")
    TAX_CODE = "tax_code", _("tax code")
    PHONE = "phone", _("phone number")
    USERNAME = "username", pgettext_lazy("account", "user name")


class RequestKind(models.TextChoices):
    """What somebody asks about an enterprise that is registered already."""

    JOIN = "join", _("join")
    DISPUTE = "dispute", _("dispute")


class RequestState(models.TextChoices):
    """Where an invitation or a request to join stands."""

    DRAFT = "draft", _("not sent yet")
    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


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


@dataclass(frozen=True)
class Retention:
    """An app's answer when somebody wants their account deleted, in words for that person.

    `kept` stays because a law says so; `refusals` are why the account cannot be deleted yet.
    """

    kept: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
