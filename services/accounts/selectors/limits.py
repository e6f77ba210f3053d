"""How long somebody must wait whom a limit has stopped. It counts nothing itself."""

from __future__ import annotations

import time
from collections.abc import Iterable

from allauth.account import app_settings
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

APP = "allauth.account"


def seconds_to_wait(
    request: HttpRequest, actions: Iterable[str] = (), *, key: str | None = None
) -> int:
    """Return the seconds until all of these actions are open again, 0 if they are; of all unless
    told. Limits by name are looked at with a `key` alone, those by person when signed in."""
    durations: dict[str, float] = {}
    for action in actions or app_settings.RATE_LIMITS:
        for rate in ratelimit.get_rates(app=APP, action=action):
            is_known = rate.per != "key" or key is not None
            if is_known and (rate.per != "user" or request.user.is_authenticated):
                name = ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key)
                durations[f"{name}|{rate.amount}"] = rate.duration
    histories = cache.get_many([name.rsplit("|", 1)[0] for name in durations])
    now, wait = time.time(), 0.0
    for name, duration in durations.items():
        plain, amount = name.rsplit("|", 1)
        hits = [at for at in histories.get(plain, ()) if at > now - duration]
        if len(hits) >= int(amount):
            wait = max(wait, min(hits) + duration - now)
    return int(wait + 0.999)
