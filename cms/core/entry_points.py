"""
Who offers which link or box where: the one register through which an app adds to shared pages.

An app registers its entries when it is ready; the page frame and the pages list them. Nothing here
knows an app, so what is not built is simply absent. Registration belongs to start-up code only.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

UrlSource = str | Callable[..., str | None]
Condition = Callable[..., bool]
ContextSource = Callable[..., dict[str, Any]]


class Place(StrEnum):
    """The places of the portal's pages that take entries."""

    HEADER = "header"
    FOOTER_USE = "footer_use"
    FOOTER_TRANSPARENCY = "footer_transparency"
    HOME_BOX = "home_box"
    PROCEDURE_ACTION = "procedure_action"
    SERVICE_MENU = "service_menu"
    ACCOUNT_MENU = "account_menu"
    ACCOUNT_MORE = "account_more"
    SUGGESTIONS = "suggestions"
    OPENED_RESULT = "opened_result"


@dataclass(frozen=True, kw_only=True)
class EntryPoint:
    """
    This class will describe what an app offers in one place.

    `url` is a URL name without arguments, or a callable `(request, **context)` that returns the
    address or None for "not here"; a box without a link of its own leaves it empty.
    `is_visible(request, **context)` decides for one request. `template` with `get_context(request,
    **context)` is for boxes and actions that are more than a link. `order` is ascending.
    """

    place: Place
    label: str | Promise
    url: UrlSource = ""
    icon: str = ""
    order: int = 100
    is_visible: Condition | None = None
    template: str = ""
    get_context: ContextSource | None = None


@dataclass(frozen=True, kw_only=True)
class OfferedEntry:
    """This class will hold an entry made ready for one request: words, address and context."""

    label: str
    url: str
    icon: str = ""
    template: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    is_current: bool = False


_entries: dict[Place, list[EntryPoint]] = {}


def register(entry: EntryPoint) -> None:
    """
    This function will add `entry` to its place.

    Registering an equal entry again changes nothing. Entries of one order stay in the order in
    which their apps are installed.
    """
    entries = _entries.setdefault(entry.place, [])
    if entry not in entries:
        entries.append(entry)
        entries.sort(key=lambda known: known.order)


def unregister(entry: EntryPoint) -> None:
    """This function will take an entry out again; it is there for tests."""
    _entries.get(entry.place, []).remove(entry)


def list_entry_points(
    place: Place | str, request: HttpRequest, **context: Any
) -> list[OfferedEntry]:
    """
    This function will return what is offered at `place` for this request, in order.

    `context` is what the place is about (for a procedure's actions: the procedure) and is handed
    to the entries' callables. An entry that is not visible or whose callable gives no address is
    left out; a URL name that does not exist is an error of its app and raises NoReverseMatch.
    """
    offered = (_offer(entry, request, context) for entry in _entries.get(Place(place), []))
    return [entry for entry in offered if entry is not None]


def _offer(entry: EntryPoint, request: HttpRequest, context: dict[str, Any]) -> OfferedEntry | None:
    if entry.is_visible is not None and not entry.is_visible(request, **context):
        return None
    url = entry.url(request, **context) if callable(entry.url) else _reverse(entry.url)
    if url is None:
        return None
    own_context = entry.get_context(request, **context) if entry.get_context else {}
    return OfferedEntry(
        label=str(entry.label),
        url=url,
        icon=entry.icon,
        template=entry.template,
        context=own_context,
        is_current=bool(url) and request.path == url,
    )


def _reverse(name: str) -> str:
    return reverse(name) if name else ""
