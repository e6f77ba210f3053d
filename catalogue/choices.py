"""The controlled words of the catalogue: stored codes and the words shown for them.

Pure: no model, no query. Sources: the fields of the national catalogue of procedures; the
service levels of Nghị định 42/2022/NĐ-CP (full and partial online services).
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    """Who a procedure is for (đối tượng thực hiện)."""

    CITIZEN = "citizen", _("Vietnamese citizens")
    OVERSEAS = "overseas_vietnamese", _("Vietnamese living abroad")
    FOREIGNER = "foreigner", _("Foreigners")
    CIVIL_SERVANT = "civil_servant", _("Officials and public employees")
    ENTERPRISE = "enterprise", _("Enterprises")
    FOREIGN_INVESTED = "foreign_invested", _("Foreign-invested enterprises")
    ORGANISATION = "organisation", _("Organisations (other than enterprises and cooperatives)")
    FOREIGN_ORGANISATION = "foreign_organisation", _("Foreign organisations")
    COOPERATIVE = "cooperative", _("Cooperatives")
    PARTY_MEMBER = "party_member", _("Party members")
    PARTY_ORGANISATION = "party_organisation", _("Party organisations")


class ServiceLevel(TextChoices):
    """How much of a procedure can be done online."""

    FULL = "full", _("Full online service")
    PARTIAL = "partial", _("Partial online service")
    INFORMATION = "information", _("Information only")


class AuthorityLevel(TextChoices):
    """The level of government that carries a procedure out (cấp thực hiện)."""

    MINISTRY = "ministry", _("Ministry")
    PROVINCE = "province", _("Province")
    COMMUNE = "commune", _("Commune")
    OTHER = "other", _("Other body")


class Method(TextChoices):
    """How a dossier is handed in (cách thức thực hiện)."""

    ONLINE = "online", _("Online")
    IN_PERSON = "in_person", _("In person")
    POST = "post", _("By public post")


class TimeUnit(TextChoices):
    """Unit of a processing time (thời hạn giải quyết)."""

    HOUR = "hour", _("working hours")
    WORKING_DAY = "working_day", _("working days")
    DAY = "day", _("calendar days")
    MONTH = "month", _("months")


class FeeKind(TextChoices):
    """How a fee is stated. A procedure without a fee row has an unpublished fee."""

    FREE = "free", _("free of charge")
    AMOUNT = "amount", _("amount in đồng")
    PERCENTAGE = "percentage", _("percentage")
    TEXT = "text", _("in words")


class FilingMode(TextChoices):
    """Where a dossier is filed online."""

    NONE = "none", _("not online")
    HERE = "here", _("on this portal")
    LINK = "link", _("on another portal")


class FactsStatus(TextChoices):
    """How far the facts of a procedure were checked against their source."""

    VERIFIED = "verified", _("checked against the announcing decision")
    PARTLY = "partly_verified", _("partly checked")
    UNVERIFIED = "unverified", _("illustrative, not checked")


class AgencyKind(TextChoices):
    """What kind of body an agency page describes."""

    DEPARTMENT = "department", _("Departments of the province")
    UNIT = "unit", _("Units of agencies")
    GROUP = "group", _("Communes, wards and other groups of counters")
    COMMUNE = "commune", _("Counters of communes and wards")
    CENTRAL = "central", _("Central agencies in the province")
    HOLDING = "holding", _("Other agencies")


class TranslationState(TextChoices):
    """How far the English words of a page are."""

    MISSING = "missing", _("not translated")
    DRAFT = "draft", _("not published in English")
    STALE = "stale", _("out of date")
    PARTIAL = "partial", _("partly translated")
    DONE = "done", _("up to date")
