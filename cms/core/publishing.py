"""The one gate that every publication of a page passes, whoever asks for it; all or nothing.

Wagtail publishes through one action: the editor, lists of pages, approval, the API, the
translation package and the clock all end there. An upper room registers what must be true; it
answers with complaints. What a person or the clock publishes is refused when there are any.
Code that publishes by itself (imports, the demo) passes: nobody is there to mend the page.

A publication or withdrawal and everything that follows from it (lists, totals, index, frame) is one
transaction, so that a killed process leaves no page that is gone and still listed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

Complaints = list[str]
Gate = Callable[[Any], Complaints]
SCHEDULED = "wagtail.publish.scheduled"
CLOCK = (SCHEDULED, "wagtail.unpublish.scheduled")
REFUSED = "core.publish.refused"

logger = logging.getLogger(__name__)
_gates: list[Gate] = []
_in_admin: ContextVar[bool] = ContextVar("publishing_in_admin", default=False)
_is_open: ContextVar[bool] = ContextVar("publishing_is_open", default=False)


class PublishRefusedError(Exception):
    """A page was not published; its draft stands."""

    def __init__(self, page: Any, complaints: Complaints) -> None:
        super().__init__(f"page {page.pk}: {'; '.join(complaints)}")
        self.page = page
        self.complaints = complaints


def register_gate(gate: Gate) -> None:
    """Ask `gate(page)` for complaints before every publication by a person or the clock."""
    if gate not in _gates:
        _gates.append(gate)


def complaints_about(page: Any) -> Complaints:
    """Return what keeps `page` from being published."""
    return [complaint for gate in _gates for complaint in gate(page)]


@contextmanager
def in_admin() -> Iterator[None]:
    """Mark that somebody's request is being answered: also what names no user is theirs."""
    token = _in_admin.set(True)
    try:
        yield
    finally:
        _in_admin.reset(token)


@contextmanager
def open_gate() -> Iterator[None]:
    """Let everything pass, for code that publishes on its own account within a request."""
    token = _is_open.set(True)
    try:
        yield
    finally:
        _is_open.reset(token)


def _is_asked(action: Any) -> bool:
    if _is_open.get():
        return False
    return bool(action.user) or _in_admin.get() or action.log_action == SCHEDULED


def install() -> None:
    """Put the gate before Wagtail's action; called once when the app is ready."""
    execute = PublishPageRevisionAction.execute
    if hasattr(execute, "is_gated"):
        return
    UnpublishPageAction.execute = _at_once(UnpublishPageAction.execute)
    execute = _at_once(execute)

    @wraps(execute)
    def gated(action: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_asked(action):
            return execute(action, *args, **kwargs)
        complaints = complaints_about(action.object)
        if not complaints:
            try:
                return execute(action, *args, **kwargs)
            except ValidationError as error:  # another page has taken its address meanwhile
                complaints = error.messages
        if action.log_action == SCHEDULED:
            return _take_off_schedule(action, complaints)
        raise PublishRefusedError(action.object, complaints)

    gated.is_gated = True  # type: ignore[attr-defined]
    PublishPageRevisionAction.execute = gated


def _at_once(execute: Callable[..., Any]) -> Callable[..., Any]:
    """Carry an action out in one transaction; one that the clock asks for holds up no other."""

    @wraps(execute)
    def carried_out(action: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            with transaction.atomic():
                return execute(action, *args, **kwargs)
        except ValidationError:
            raise
        except Exception:
            if action.log_action not in CLOCK:
                raise
            logger.exception("page %s: the clock will try again", action.object.pk)

    return carried_out


def _take_off_schedule(action: Any, complaints: Complaints) -> None:
    """Nobody is there to tell: note it, and do not try again every minute."""
    action.revision.approved_go_live_at = None
    action.revision.save(update_fields=["approved_go_live_at"])
    log(
        instance=action.object,
        action=REFUSED,
        data={"complaints": complaints},
        revision=action.revision,
    )
