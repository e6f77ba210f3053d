"""The provider's pages: allauth's, and a sign-in that takes the claims from a test's form."""

from __future__ import annotations

import json
import time
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

CLAIMS: dict[int, dict[str, Any]] = {}  # by the person's key; one process serves all
PAGE = """<!doctype html><title>Định danh mẫu</title><form method="post">
<label>Công dân <input name="claims" value='{}'></label>
<input type="hidden" name="next" value="%s"><button>Đồng ý</button></form>"""


class Adapter(DefaultOIDCAdapter):
    """Tells the claims that were given at the sign-in."""

    def get_claims(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the standard claims and those of the national sign-on."""
        claims = super().get_claims(*args, **kwargs)
        user = kwargs["user"] if "user" in kwargs else args[1]
        return {**claims, **CLAIMS.get(user.pk, {})}


@csrf_exempt
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in whom the form describes; the subject is the user's name."""
    if request.method != "POST":
        return HttpResponse(PAGE % request.GET.get("next", "/"))
    claims = json.loads(request.POST["claims"])
    people = get_user_model()._default_manager
    user, _made = people.get_or_create(username=claims.pop("TechID", "tech-1"))
    CLAIMS[user.pk] = {"auth_time": int(time.time()), **claims}
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return HttpResponseRedirect(request.POST["next"])


urlpatterns = [
    path("dang-nhap/", sign_in, name="account_login"),
    path("dang-nhap/lai/", sign_in, name="account_reauthenticate"),
    path("", include("allauth.idp.urls")),
]
