"""The page on which a developer reads what the portal has sent; it exists in DEBUG only."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from services.notifications.outbox import list_copies
from services.notifications.selectors import count_waiting


@require_safe
@never_cache
def show_messages(request: HttpRequest) -> HttpResponse:
    """Show mails and text messages with their words, the newest first; 404 outside DEBUG."""
    if not settings.DEBUG:
        raise Http404
    context = {"messages_sent": list_copies(), "waiting": count_waiting(), "robots": "noindex"}
    return render(request, "notifications/sent.html", context)
