"""Answers of the search that are not pages."""

from __future__ import annotations

from dataclasses import asdict

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from search.log.recording import note_opened
from search.suggestions import suggest


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Pages that what was typed may be the beginning of: {"items": [{text, lang, url, kind}]}."""
    language = get_language() or settings.LANGUAGE_CODE
    found = suggest(request.GET.get("q", ""), language)
    response = JsonResponse({"items": [asdict(item) for item in found]})
    response["X-Robots-Tag"] = "noindex"
    return response


@csrf_exempt  # it reads no cookie and changes nothing but a count
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """Hear that a page was opened from the answers to a query; the answer says nothing."""
    note_opened(request)
    return HttpResponse(status=204)
