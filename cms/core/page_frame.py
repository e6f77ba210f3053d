"""The frame of every public page: whose portal it is, the other language, notices of the day.

It turns the portal's settings and what the apps registered into words and addresses for
`base.html`. It knows no app and reads the one row of `cms.core.frame_state`; nothing here grows
with the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.core.entry_points import Place, list_entry_points

ENGLISH_PREFIX = "/en/"
LONGEST_NUMBER = 5  # of a page of a list


@dataclass(frozen=True, kw_only=True)
class Portal:
    """Whose portal this is, in the language of the page."""

    name: str
    province: str
    full_name: str
    owner: str
    support_phone: str
    support_hours: str
    support_email: str
    home_url: str


@dataclass(frozen=True, kw_only=True)
class FrameLink:
    """A link of the frame; `current` is "page", "true" (a page below it) or empty.

    `lang` is the language of the label if it is not the page's.
    """

    label: str
    url: str
    current: str = ""
    lang: str = ""


@dataclass(frozen=True, kw_only=True)
class FooterColumn:
    """A column of the footer."""

    title: str
    links: tuple[FrameLink, ...]


@dataclass(frozen=True, kw_only=True)
class LanguageSwitch:
    """The addresses of this page in both languages."""

    vi_url: str
    en_url: str


@dataclass(frozen=True, kw_only=True)
class PageNotice:
    """A notice over the whole width, for example of an outage; `lang` if not the page's."""

    title: str
    label: str = ""
    text: str = ""
    url: str = ""
    link_label: str = ""
    lang: str = ""


NoticeProvider = Callable[[HttpRequest], Iterable[PageNotice]]
_notice_providers: list[NoticeProvider] = []


def register_notices(provider: NoticeProvider) -> None:
    """Let `provider(request)` add notices to every page; registering twice changes nothing."""
    if provider not in _notice_providers:
        _notice_providers.append(provider)


def list_notices(request: HttpRequest) -> list[PageNotice]:
    """Return the notices of the day, in the order in which the apps are installed."""
    return [notice for provider in _notice_providers for notice in provider(request)]


@dataclass(frozen=True, kw_only=True)
class AccountFrame:
    """The account's corner of the header: `name` of who is signed in, or the ways in.

    `acting_for` is the enterprise for which the person acts just now, "" for themself. `more` are
    sections that stand beside the person's own pages alone: too much for a menu of the header.
    """

    name: str = ""
    acting_for: str = ""
    sections: tuple[FooterColumn, ...] = ()
    more: tuple[FooterColumn, ...] = ()
    sign_in_url: str = ""
    register_url: str = ""
    sign_out_url: str = ""


AccountProvider = Callable[[HttpRequest], AccountFrame]
_account_providers: list[AccountProvider] = []


def register_account(provider: AccountProvider) -> None:
    """Let `provider(request)` fill the account's corner; registering twice changes nothing."""
    if provider not in _account_providers:
        _account_providers.append(provider)


def find_account(request: HttpRequest) -> AccountFrame | None:
    """Return what stands in the account's corner, None where no app has accounts."""
    return next((provider(request) for provider in _account_providers), None)


FooterProvider = Callable[[HttpRequest], Iterable[FrameLink]]
_footer_providers: dict[Place, list[FooterProvider]] = {}


def register_footer_links(place: Place, provider: FooterProvider) -> None:
    """Let `provider(request)` add links to a footer column; registering twice changes nothing."""
    providers = _footer_providers.setdefault(place, [])
    if provider not in providers:
        providers.append(provider)


def build_portal(settings: Mapping[str, Any], language: str) -> Portal:
    """Return the names and contacts of the portal in `language`, Vietnamese where English lacks.

    `settings` are the fields of `PortalSettings`.
    """
    english = language == "en"

    def either(name: str) -> str:
        own = settings[f"{name}_en"] if english else ""
        return str(own or settings[name])

    name, province = either("portal_name"), either("province_name")
    full_name = name
    if province:
        # Translators: the portal's name in a title, "Cổng dịch vụ công thành phố Cần Thơ".
        words = pgettext("portal name", "%(province)s %(name)s")
        full_name = words % {"name": name, "province": province}
    return Portal(
        name=name,
        province=province or name,
        full_name=full_name,
        owner=either("owner") or province or name,
        support_phone=settings["support_phone"],
        support_hours=either("support_hours"),
        support_email=settings["support_email"],
        home_url=ENGLISH_PREFIX if english else "/",
    )


def build_language_switch(request: HttpRequest) -> LanguageSwitch:
    """Return this page's two addresses: slugs are the same, English adds a prefix.

    The home page of both languages is the root of its prefix. The query string is kept.
    """
    path, query = request.path, request.META.get("QUERY_STRING", "")
    bare = path[len(ENGLISH_PREFIX) - 1 :] if path.startswith(ENGLISH_PREFIX) else path
    bare = "/" + bare.lstrip("/")  # two slashes would lead to another host
    tail = f"?{query}" if query else ""
    return LanguageSwitch(vi_url=bare + tail, en_url=ENGLISH_PREFIX.rstrip("/") + bare + tail)


def list_nav_links(request: HttpRequest, home_url: str) -> list[FrameLink]:
    """Return the links of the header, the one that leads here or above here marked.

    A page whose address lies elsewhere than its subject sets `request.nav_path`.
    """
    path = getattr(request, "nav_path", request.path)
    return [
        FrameLink(label=entry.label, url=entry.url, current=_current(entry.url, path, home_url))
        for entry in list_entry_points(Place.HEADER, request)
    ]


def find_suggestions(request: HttpRequest) -> str:
    """Return the address that search fields ask for suggestions, "" when no app offers one."""
    return next((entry.url for entry in list_entry_points(Place.SUGGESTIONS, request)), "")


def list_footer_columns(request: HttpRequest) -> list[FooterColumn]:
    """Return the footer's columns that have a link."""
    places = (
        (Place.FOOTER_USE, _("Using the portal")),
        (Place.FOOTER_TRANSPARENCY, _("Transparency")),
    )
    columns = [
        FooterColumn(
            title=title,
            links=(
                *(
                    FrameLink(label=entry.label, url=entry.url)
                    for entry in list_entry_points(place, request)
                ),
                *(
                    link
                    for provider in _footer_providers.get(place, ())
                    for link in provider(request)
                ),
            ),
        )
        for place, title in places
    ]
    return [column for column in columns if column.links]


def describe_address(request: HttpRequest, switch: LanguageSwitch) -> dict[str, Any]:
    """Return what search engines need: canonical address, the other language, `robots`.

    A page shown under an English address with its Vietnamese words (`request.untranslated`)
    belongs to its Vietnamese address and is not indexed. Of the query only the number of the
    page of a list is part of a canonical address.
    """
    host = f"{request.scheme}://{request.get_host()}"
    number = request.GET.get("trang", "")
    is_number = number.isdecimal() and len(number) <= LONGEST_NUMBER
    tail = f"?trang={number}" if is_number and int(number) > 1 else ""
    vietnamese, english = (
        host + address.split("?")[0] + tail for address in (switch.vi_url, switch.en_url)
    )
    if getattr(request, "untranslated", False):
        return {
            "canonical_url": vietnamese,
            "alternates": (),
            "robots": "noindex",
            "origin": host,
            "host": request.get_host(),
        }
    own = english if request.path.startswith(ENGLISH_PREFIX) else vietnamese
    return {
        "canonical_url": own,
        "alternates": (
            {"code": "vi", "url": vietnamese},
            {"code": "en", "url": english},
            {"code": "x-default", "url": vietnamese},
        ),
        "robots": "",
        "origin": host,
        "host": request.get_host(),
    }


def _current(url: str, path: str, home_url: str) -> str:
    if url == path:
        return "page"
    return "true" if url != home_url and path.startswith(url) else ""
