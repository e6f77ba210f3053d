"""How often one address may ask, so that nobody fills the table or the processor.

A count a minute in the cache. Addresses are kept as keyed hashes and forgotten with the minute.
"""

from __future__ import annotations

import ipaddress
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

A_MINUTE = {"challenge": 60, "drawing": 240}
_IPV6_HOME = 64  # the bits that one subscriber's addresses share


def allows(request: HttpRequest, what: str) -> bool:
    """Count one more `what` of this client; False when the minute's share is used up."""
    minute = int(time.time() // 60)
    name = salted_hmac("cms.core.captcha.limits", client_address(request)).hexdigest()
    key = f"captcha:{what}:{minute}:{name}"
    if cache.add(key, 1, timeout=120):
        return True
    try:
        return cache.incr(key) <= A_MINUTE[what]
    except ValueError:  # thrown out of the cache in between
        return True


def client_address(request: HttpRequest) -> str:
    """Return who asks: what the outermost trusted proxy saw; of IPv6 the subscriber's part."""
    address = str(request.META.get("REMOTE_ADDR") or "")
    if proxies := settings.TRUSTED_PROXY_COUNT:
        seen = str(request.META.get("HTTP_X_FORWARDED_FOR") or "").split(",")
        address = seen[-min(proxies, len(seen))].strip() or address
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return address
    return str(ipaddress.ip_network(f"{known}/{_IPV6_HOME}", strict=False).network_address)
