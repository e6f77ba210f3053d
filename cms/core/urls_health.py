"""The two health addresses, mounted outside the language prefixes; nothing else belongs here."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.core.health import get_readiness

app_name = "health"


@never_cache
@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """This function will answer 200 while the process can answer at all; it asks no database."""
    return JsonResponse({"status": "alive"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """This function will answer 200 when requests can be served and 503 when they cannot."""
    readiness = get_readiness()
    return JsonResponse(readiness.as_dict(), status=200 if readiness.ready else 503)


urlpatterns = [
    path("alive", alive, name="alive"),
    path("ready", ready, name="ready"),
]
