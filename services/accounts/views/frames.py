"""What pages with a form share: the frame, errors above the form, where to go afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from cms.core.addresses import localise
from services.accounts.exceptions import CodeError, SpentCodeError, WrongCodeError
from services.accounts.selectors import find_linked_provider, is_confirmed
from services.accounts.views import kept


class PersonalPage(LoginRequiredMixin):
    """A part of the personal page: for who is signed in, kept by no cache, beside the side menu.

    What was typed in its form outlasts a session that ended meanwhile.
    """

    request: HttpRequest
    http_method_names: Sequence[str]
    has_kept = False

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask strangers to sign in first."""
        return super().dispatch(request, *args, **kwargs)

    @property
    def own_form(self) -> Any | None:
        """The class of the form of this page, None where there are but buttons."""
        return self.get_form_class() if hasattr(self, "get_form_class") else None

    def handle_no_permission(self) -> HttpResponseRedirect:
        """Keep what a stranger has sent, then lead over the sign-in back to the page."""
        if self.request.method == "POST":
            kept.keep(self.request, self.own_form)
        return redirect_to_login(self._way_back())

    def _way_back(self) -> str:
        if "get" in self.http_method_names and hasattr(self, "get"):
            return self.request.get_full_path()
        return page_before(self.request) or reverse("personal_page")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Fill the form with what was typed before the sign-in; what is sent now replaces it."""
        given: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        typed = kept.take(self.request)
        if self.request.method == "GET" and typed:
            self.has_kept = True
            given["initial"] = {**given["initial"], **typed}
        return given

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the way back, and for whom the form is drawn."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context["has_kept"] = self.has_kept
        context["form_owner"] = kept.name_owner(self.request, self.own_form)
        context["robots"] = "noindex"
        context["breadcrumbs"] = [
            {"label": _("Home"), "url": localise("/")},
            {"label": _("Personal page"), "url": reverse("personal_page")},
        ]
        return context


class ConfirmedPage:
    """A page in which something important is done: the password once more, if it was not just now.

    A session that was left open or stolen does not suffice. Who has no password confirms with an
    app or the national sign-on. The press of a button without a form is carried out afterwards.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for a confirmation, then come back."""
        if request.user.is_authenticated and self.asks_to_confirm(request):
            return self.ask_to_confirm(request)
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    def asks_to_confirm(self, request: HttpRequest) -> bool:
        """Say whether it must be confirmed now."""
        return not is_confirmed(request)

    def ask_to_confirm(self, request: HttpRequest) -> HttpResponseBase:
        """Lead to the page that asks."""
        raise ReauthenticationRequired


class ImportantPage(ConfirmedPage, PersonalPage):
    """A part of the personal page in which something important is done.

    What was typed is in the form again after the confirmation.
    """

    def ask_to_confirm(self, request: HttpRequest) -> HttpResponseBase:
        """Keep what was typed, then lead to the page that asks."""
        if request.method != "POST" or not self.own_form:
            return super().ask_to_confirm(request)
        kept.keep(request, self.own_form)
        [way, *_others] = get_adapter().get_reauthentication_methods(request.user)
        return redirect_to_login(request.get_full_path(), way["url"])


class FormPage:
    """A page of the portal around one form; a refused form is drawn again with its errors."""

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form, breadcrumbs and where to go afterwards."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context["breadcrumbs"] = [{"label": _("Home"), "url": localise("/")}]
        context["robots"] = "noindex"
        context["national"] = national_sign_on()
        context["next"] = safe_next(self.request)
        return context


def safe_next(request: HttpRequest) -> str:
    """Return the address of this portal that was asked for before, "" if none or a foreign one."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    is_own = url_has_allowed_host_and_scheme(asked, hosts, require_https=request.is_secure())
    return asked if is_own else ""


def page_before(request: HttpRequest) -> str:
    """Return the page of this portal whose button was pressed, "" if it is not known."""
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    if came_from.netloc != request.get_host():
        return ""
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")


def developer_messages() -> str:
    """Return where messages can be read while developing, "" wherever DEBUG is off."""
    if not settings.DEBUG:
        return ""
    try:
        return reverse("developer_messages")
    except NoReverseMatch:
        return ""


def national_sign_on() -> dict[str, str]:
    """Return name and address of the national sign-on; empty where there is none."""
    for provider in settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", []):
        url = reverse("openid_connect_login", args=[provider["provider_id"]])
        return {"name": provider["name"], "url": url}
    return {}


def national_confirmation(user: Any) -> dict[str, str]:
    """Return name and address of the sign-on that confirms this person; empty without one."""
    provider = find_linked_provider(user)
    if not provider:
        return {}
    url = reverse("national_confirm", args=[provider])
    return {"name": settings.NATIONAL_SIGN_ON_NAME, "url": url}


def say_refused(error: CodeError) -> str:
    """Return why a one-time code was not accepted."""
    if isinstance(error, WrongCodeError):
        words = ngettext(
            "The code is not right. %(count)d attempt is left.",
            "The code is not right. %(count)d attempts are left.",
            error.left,
        )
        return words % {"count": error.left}
    if isinstance(error, SpentCodeError):
        return _("Too many wrong entries. Ask for a new code below.")
    return _("This code counts no more. Ask for a new one below.")


def say_wait(seconds: int) -> str:
    """Return words for a wait."""
    if seconds < 90:
        words = ngettext(
            "Another code can be sent in %(count)d second.",
            "Another code can be sent in %(count)d seconds.",
            seconds,
        )
        return words % {"count": seconds}
    minutes = -(-seconds // 60)
    words = ngettext(
        "Another code can be sent in %(count)d minute.",
        "Another code can be sent in %(count)d minutes.",
        minutes,
    )
    return words % {"count": minutes}


def sign_in_address(request: HttpRequest) -> str:
    """Return the sign-in page that leads back to what is asked for now."""
    return f"{reverse('account_login')}?next={request.get_full_path()}"
