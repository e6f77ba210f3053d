"""The two health addresses, outside the language prefixes; nothing else belongs here.

A probe asks by the address of the machine, without a host name and without TLS: a middleware
answers it before those are checked.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
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


class HealthMiddleware:
    """Answers the health addresses whatever host the probe names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a probe; hand on every other request."""
        view = PROBES.get(request.path_info)
        return view(request) if view else self.get_response(request)


PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/health/alive": alive,
    "/health/ready": ready,
}
urlpatterns = [
    path("alive", alive, name="alive"),
    path("ready", ready, name="ready"),
]
