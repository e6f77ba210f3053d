"""What accounts offer on other pages: the corner of the header, the links of the personal page."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.core.entry_points import EntryPoint, OfferedEntry, Place, list_entry_points
from cms.core.entry_points import register as register_entry
from cms.core.page_frame import AccountFrame, FooterColumn, FrameLink, register_account
from services.accounts.selectors import get_actor

SECTIONS = ((Place.SERVICE_MENU, _("Public services")), (Place.ACCOUNT_MENU, _("Personal page")))
MORE = ((Place.ACCOUNT_MORE, _("Security and privacy")),)
# What each place of the menus lists of the personal page: (label, URL name), in order.
MENU = (
    (_("Overview"), "personal_page"),
    (_("Personal details"), "personal_details"),
    (_("My data"), "personal_data"),
)
SIDE = (
    (_("Sign-in in two steps"), "mfa_index"),
    (_("History of the account"), "personal_history"),
    (_("Who looked at my record"), "personal_views"),
    (_("Where you are signed in"), "personal_sessions"),
    (_("Receiving news"), "personal_channels"),
    (_("Consents"), "personal_consents"),
)


def describe_account(request: HttpRequest) -> AccountFrame:
    """Return the account's corner of the header. Who is not signed in comes back to this page."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        back = _way_back(request)
        return AccountFrame(
            sign_in_url=reverse("account_login") + back,
            register_url=reverse("account_signup") + back,
        )
    acting = get_actor(request).enterprise
    return AccountFrame(
        name=user.get_full_name() or user.get_username(),
        acting_for=acting.name if acting else "",
        sections=_sections(SECTIONS, request),
        more=_sections(MORE, request),
        sign_out_url=reverse("account_logout"),
    )


def has_desk(request: HttpRequest, **context: Any) -> bool:
    """Whether the reader works in the administration."""
    user: Any = request.user
    return bool(user.has_perm("wagtailadmin.access_admin"))


def _sections(
    places: tuple[tuple[Place, Any], ...], request: HttpRequest
) -> tuple[FooterColumn, ...]:
    """Return the sections that hold anything."""
    columns = (
        FooterColumn(title=str(title), links=tuple(_links(place, request)))
        for place, title in places
    )
    return tuple(column for column in columns if column.links)


def _links(place: Place, request: HttpRequest) -> list[FrameLink]:
    return [
        FrameLink(label=entry.label, url=entry.url, current=_current(entry, request))
        for entry in list_entry_points(place, request)
    ]


def _current(entry: OfferedEntry, request: HttpRequest) -> str:
    """Mark the page itself, or the part to which the page belongs."""
    if entry.is_current:
        return "page"
    is_part = entry.url != reverse("personal_page") and request.path.startswith(entry.url)
    return "true" if is_part else ""


def _way_back(request: HttpRequest) -> str:
    """The page to come back to; none from the pages of signing in themselves, or after a form."""
    is_entrance = "/tai-khoan/" in request.path
    if is_entrance or request.method not in ("GET", "HEAD") or request.path in ("/", "/en/"):
        return ""
    return "?next=" + quote(request.get_full_path())


def register() -> None:
    """Register the offers; called once when the app is ready."""
    register_account(describe_account)
    register_entry(
        EntryPoint(
            place=Place.ACCOUNT_MENU,
            label=_("Administration"),
            url="wagtailadmin_home",
            order=900,
            is_visible=has_desk,
        )
    )
    register_entry(
        EntryPoint(
            place=Place.ACCOUNT_MENU,
            label=_("Enterprises and organisations"),
            url="enterprises",
            order=50,
        )
    )
    for place, entries in ((Place.ACCOUNT_MENU, MENU), (Place.ACCOUNT_MORE, SIDE)):
        for number, (label, name) in enumerate(entries, start=1):
            register_entry(EntryPoint(place=place, label=label, url=name, order=number * 10))
