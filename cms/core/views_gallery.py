"""The gallery of components, for those who build the portal; it exists in DEBUG only."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from cms.core.gallery_samples import build_samples


def show_gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every variant; 404 outside DEBUG."""
    if not settings.DEBUG:
        raise Http404
    samples = build_samples(get_language() or "vi")
    return render(request, "gallery/components.html", {"sample": samples, "robots": "noindex"})
