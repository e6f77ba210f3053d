"""What `manage.py check --deploy` says about accounts: limits need a cache that is shared."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage
from django.core.checks import Warning as Doubt

ALONE = ("locmem.LocMemCache", "dummy.DummyCache")


def check_shared_cache(**kwargs: Any) -> list[CheckMessage]:
    """Warn when each process would count wrong passwords for itself, or none would."""
    backend = str(settings.CACHES["default"]["BACKEND"])
    if not backend.endswith(ALONE):
        return []
    text = "CACHE_URL names a cache that processes do not share: limits of the sign-in do not hold."
    hint = "Leave it empty for the database, or name a server: rediscache://host:6379/0"
    return [Doubt(text, hint=hint, id="accounts.W001")]
