"""What the view of a form with a captcha does: another picture without JavaScript, and a limit."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from cms.core.captcha.limits import allows

REFRESH = "captcha_refresh"


class CaptchaViewMixin:
    """Stands before FormView. The button `captcha_refresh` draws the form again, nothing judged."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse a flood of new challenges."""
        if not allows(request, "challenge"):
            return render(request, "429.html", status=429)
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Draw the form with another picture, or go on with it."""
        view: Any = super()
        if REFRESH not in request.POST:
            answer: HttpResponse = view.post(request, *args, **kwargs)
            return answer
        form = self.get_form()  # type: ignore[attr-defined]
        form.renew_captcha()
        context = self.get_context_data(form=form)  # type: ignore[attr-defined]
        drawn: HttpResponse = self.render_to_response(context)  # type: ignore[attr-defined]
        return drawn
