"""What somebody typed on a personal page when their session had ended, kept over the sign-in.

It waits in the session for an hour and is shown once, to whom the form was drawn for: each form
names that person in a signed field. Whoever else signs in makes it vanish. Nothing is saved by
itself. Refused: secrets (passwords, codes), files, fields of a kind not listed here, and floods.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from cms.core.forms import Radios
from services.accounts.forms.fields import DayField, MailField, ReadField
from services.accounts.tokens import read_owner, seal_owner

KEPT = "kept_form"  # in the session
OWNER = "form_owner"  # the hidden field
LASTS = 60 * 60  # seconds
MOST = 20_000  # bytes
FIELDS = {
    *(forms.CharField, forms.EmailField, forms.BooleanField, forms.ChoiceField),
    *(forms.ModelChoiceField, ReadField, DayField, MailField),
}
WIDGETS = {
    *(forms.TextInput, forms.EmailInput, forms.Textarea, forms.CheckboxInput),
    *(forms.Select, Radios),
}
SECRETS = {"one-time-code", "current-password", "new-password"}


def list_keepable(form_class: Any) -> dict[str, Any]:
    """Return the fields of a form that may be kept: of a known kind, and not secret."""
    return {
        name: field
        for name, field in getattr(form_class, "base_fields", {}).items()
        if type(field) in FIELDS
        and type(field.widget) in WIDGETS
        and field.widget.attrs.get("autocomplete") not in SECRETS
    }


def name_owner(request: HttpRequest, form_class: Any) -> str:
    """Return the hidden field: for whom this form is drawn, and where; "" if it keeps nothing."""
    if not list_keepable(form_class):
        return ""
    user: Any = request.user
    return seal_owner(user_id=user.pk, place=_place(request))


def keep(request: HttpRequest, form_class: Any) -> None:
    """Keep what was posted, if this person may be told of it again."""
    user: Any = request.user
    _keep(request, form_class, user.pk if user.is_authenticated else _owner(request))


def keep_expired(request: HttpRequest, form_class: Any) -> bool:
    """Keep what was posted without a security mark, if the form was surely this person's."""
    user: Any = request.user
    owner = _owner(request)
    return owner == user.pk and _keep(request, form_class, owner)


def _owner(request: HttpRequest) -> int | None:
    """For whom the form was drawn that was posted; None without a proof."""
    return read_owner(request.POST.get(OWNER, ""), place=_place(request))


def _keep(request: HttpRequest, form_class: Any, owner: int | None) -> bool:
    fields = list_keepable(form_class)
    if owner is None or not fields:
        return False
    found = {
        name: field.widget.value_from_datadict(request.POST, {}, name)
        for name, field in fields.items()
    }
    typed = {name: _plain(value) for name, value in found.items() if value is not None}
    if len(json.dumps(typed, ensure_ascii=False).encode(errors="replace")) > MOST:
        return False
    now = timezone.now().timestamp()
    kept = {"owner": owner, "place": _place(request), "at": now, "typed": typed}
    request.session[KEPT] = kept
    shorten(request)
    return True


def shorten(request: HttpRequest) -> None:
    """Let the session of a stranger end with what it keeps, so that it is erased."""
    if KEPT in request.session and not request.user.is_authenticated:
        request.session.set_expiry(LASTS)


def is_waiting(request: HttpRequest) -> bool:
    """Say whether something is kept for who signs in."""
    return KEPT in request.session


def take(request: HttpRequest) -> dict[str, Any]:
    """Take out what this person typed in this form; empty if there is nothing."""
    kept = request.session.get(KEPT)
    if kept is None:
        return {}
    is_own = _is_of(kept, request.user)
    if is_own and kept["place"] != _place(request):
        return {}
    del request.session[KEPT]
    return dict(kept["typed"]) if is_own else {}


def settle(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Once somebody has signed in, forget what is not theirs; their session lasts as all do."""
    kept = request.session.get(KEPT)
    if kept is None:
        return
    request.session.set_expiry(None)
    if not _is_of(kept, user):
        del request.session[KEPT]


@contextmanager
def over_sign_out(request: HttpRequest) -> Iterator[None]:
    """Hold what is kept while a forgotten password ends the session."""
    held = request.session.get(KEPT)
    yield
    if held is not None:
        request.session[KEPT] = held
        shorten(request)


def _plain(value: Any) -> Any:
    """The value without NUL, of which no database knows."""
    return value.replace("\x00", " ") if isinstance(value, str) else value


def _is_of(kept: dict[str, Any], user: Any) -> bool:
    is_recent = timezone.now().timestamp() - kept["at"] < LASTS
    return is_recent and bool(kept["owner"] == user.pk)


def _place(request: HttpRequest) -> str:
    """Return what names a page in all languages."""
    match: Any = request.resolver_match
    return "/".join([match.view_name, *map(str, match.kwargs.values())])
