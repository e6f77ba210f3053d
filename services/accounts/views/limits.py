"""The answer to whoever was stopped by a limit: how long to wait."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from services.accounts.selectors import seconds_to_wait


def answer_429(request: HttpRequest) -> HttpResponse:
    """Say after how many minutes to come back; `cms.urls` names this view."""
    seconds = seconds_to_wait(request) or 60
    minutes = max(1, -(-seconds // 60))
    words = ngettext("Try again in %(count)d minute.", "Try again in %(count)d minutes.", minutes)
    context = {"wait": words % {"count": minutes}}
    answer = render(request, "429.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    answer["Retry-After"] = str(seconds)
    return answer
