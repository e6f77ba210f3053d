"""One row with what every public page needs, so that the frame costs one query.

A room above adds a part with `register_part`; each part says what it is made of and is
rebuilt by `refresh_frame_state`, which the signal handlers of its sources call in the
transaction of the change. Parts are JSON: whoever reads one turns it into values.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.forms.models import model_to_dict
from django.http import HttpRequest
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.core.models import CalendarOverride, FrameState, PortalSettings
from cms.core.stored_rows import fetch_texts

STATE_ID = 1
Part = Callable[[], Any]
State = dict[str, Any]
_parts: dict[str, Part] = {}


def register_part(name: str, build: Part) -> None:
    """Add a part; `build` reads its sources and returns JSON."""
    _parts[name] = build


def get_frame_state() -> State:
    """Return the stored state (one query); it is built when it is missing or incomplete.

    It is shared by the requests that find the same state: nobody may change it.
    """
    row = fetch_texts(FrameState, "data")
    data = _read(*row) if row else None
    if data is None or data.keys() != _parts.keys():
        return refresh_frame_state()
    return data


@lru_cache(maxsize=4)
def _read(text: str) -> State:
    data: State = json.loads(text)
    return data


def frame_of(request: HttpRequest) -> State:
    """Return the state, read once a request."""
    state: State | None = getattr(request, "frame_state", None)
    if state is None:
        state = get_frame_state()
        request.frame_state = state  # type: ignore[attr-defined]
    return state


def refresh_frame_state() -> State:
    """Rebuild every part. Waits for another refresh, then sees what that one committed."""
    with transaction.atomic():
        FrameState.objects.get_or_create(pk=STATE_ID)
        row = FrameState.objects.select_for_update().get(pk=STATE_ID)
        row.data = {name: build() for name, build in _parts.items()}
        row.save()
    return dict(row.data)


def _site() -> State:
    """The home pages of the default site.

    `roots` is {language: url_path}, `homes` {language: [page id, content type id, locale id]}.
    """
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return {"roots": {}, "homes": {}}
    homes = Page.objects.filter(translation_key=site.root_page.translation_key)
    roots, found = {}, {}
    for home in homes.select_related("locale"):
        language = home.locale.language_code
        roots[language] = home.url_path
        found[language] = [home.pk, home.content_type_id, home.locale_id]
    return {"roots": roots, "homes": found}


def _settings() -> State:
    return model_to_dict(portal_settings(), exclude=["id", "site"])


def portal_settings() -> PortalSettings:
    """Return the settings of the default site; what stands in them anew when there are none."""
    found = PortalSettings.objects.order_by("-site__is_default_site", "pk").first()
    return found or PortalSettings()


def _corrections() -> list[list[Any]]:
    rows = CalendarOverride.objects.order_by("date")
    return [[row.date.isoformat(), row.is_working, row.reason] for row in rows]


def _locales() -> dict[str, int]:
    return dict(Locale.objects.values_list("language_code", "pk"))


register_part("site", _site)
register_part("settings", _settings)
register_part("locales", _locales)
register_part("corrections", _corrections)
register_part("has_restrictions", PageViewRestriction.objects.exists)


def default_root(state: State) -> str:
    """The `url_path` of the Vietnamese home page, "" when there is no site."""
    return str(state["site"]["roots"].get(settings.LANGUAGE_CODE, ""))
