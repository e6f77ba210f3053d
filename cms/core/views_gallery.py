"""The gallery of components, for those who build the portal; it exists in DEBUG only."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from cms.core.captcha.challenges import digits_of, make_challenge
from cms.core.captcha.forms import CaptchaMixin
from cms.core.forms import PortalForm
from cms.core.gallery_samples import build_samples


def show_gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every variant; 404 outside DEBUG."""
    if not settings.DEBUG:
        raise Http404
    samples = build_samples(get_language() or "vi")
    samples["captchas"] = _captchas()
    return render(request, "gallery/components.html", {"sample": samples, "robots": "noindex"})


class SampleForm(CaptchaMixin, PortalForm):
    """A form of nothing but the captcha."""


def _captchas() -> list[SampleForm]:
    """Return a captcha that waits, one that expired and one that was passed."""
    passed = make_challenge()
    return [
        SampleForm(auto_id="mau_1_%s"),
        SampleForm({"captcha_token": "x", "captcha": "123456"}, auto_id="mau_2_%s"),
        SampleForm({"captcha_token": passed, "captcha": digits_of(passed)}, auto_id="mau_3_%s"),
    ]
