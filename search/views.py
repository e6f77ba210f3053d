"""Answers of the search that are not pages."""

from __future__ import annotations

from dataclasses import asdict

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search.suggestions import suggest


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Pages that what was typed may be the beginning of: {"items": [{text, lang, url, kind}]}."""
    language = get_language() or settings.LANGUAGE_CODE
    found = suggest(request.GET.get("q", ""), language)
    response = JsonResponse({"items": [asdict(item) for item in found]})
    response["X-Robots-Tag"] = "noindex"
    return response
