"""Every route outside a short list refuses a stranger: nothing becomes public by forgetting it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC = {
    "health:alive", "health:ready", "robots", "sitemap", "sitemap_index", "component_gallery",
    "developer_messages",
    "procedure_list", "procedure_feed", "procedure_by_key", "procedure_forms", "procedure_qr",
    "search_suggestions", "search_opened",
    "account_signup", "account_login", "account_logout", "account_inactive",
    "account_deleted", "admin_sign_in",
    "openid_connect_login", "openid_connect_callback", "socialaccount_login_cancelled",
    "national_conflict",
    "captcha_image", "captcha_audio", "captcha_new",
    "account_reset_password", "account_reset_password_code", "account_reset_password_resend",
    "sector_list", "sector", "life_event_list", "life_event", "audience", "legal_document",
    "news_feed",
    # Wagtail's own: pages and files whose privacy it checks itself, and the way to log in.
    "wagtail_serve", "wagtaildocs_serve", "wagtaildocs_authenticate_with_password",
    "wagtailcore_authenticate_with_password", "wagtailcore_login", "wagtailimages_serve",
    "wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite", "javascript_catalog",
}  # fmt: skip
PUBLIC_PATTERNS = {r"^media/(?P<path>images/.+)$"}  # pictures of public pages
SAMPLES = {
    "int": "1",
    "str": "x",
    "slug": "x",
    "path": "x/y",
    "uuid": "0" * 8 + "-0000-0000-0000-" + "0" * 12,
}


def walk(
    resolver: URLResolver, prefix: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from walk(pattern, route, inner)
        elif isinstance(pattern, URLPattern):
            yield route, ":".join((*spaces, pattern.name or ""))


def private_routes() -> list[tuple[str, str]]:
    routes = sorted(set(walk(get_resolver())))
    return [(r, n) for r, n in routes if n not in PUBLIC and r not in PUBLIC_PATTERNS]


def sample_address(route: str) -> str:
    """Fills a route's parameters with something that fits."""
    address = re.sub(r"\(\?P<\w+>[^()]*\)|\((?!\?)[^()]*\)", "1", route)
    address = re.sub(r"<(?:(\w+):)?\w+>", lambda m: SAMPLES.get(m[1] or "str", "x"), address)
    return "/" + re.sub(r"[\^$]|\\Z", "", address).replace("\\", "")


# Resetting passwords by e-mail is switched off; its routes stay and answer 404.
SWITCHED_OFF = re.compile(r"wagtailadmin_password_reset")


def is_refused(status: int, location: str) -> bool:
    return status in {401, 403} or (
        status == 302 and ("/login/" in location or "/dang-nhap/" in location)
    )


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("route", "name"), private_routes())
def test_strangers_are_refused(client: Client, method: str, route: str, name: str) -> None:
    answer = getattr(client, method)(sample_address(route))
    if SWITCHED_OFF.match(name):
        assert answer.status_code == 404
        return
    location = answer.headers.get("Location", "")
    assert is_refused(answer.status_code, location), (
        f"{route} ({name}) answers {answer.status_code}"
    )


@pytest.mark.django_db
def test_the_administration_is_not_open_to_citizens(client: Client, django_user_model) -> None:
    citizen = django_user_model.objects.create_user(
        **{django_user_model.USERNAME_FIELD: "a@example.vn"}
    )
    client.force_login(citizen)
    answer = client.get("/admin/")
    assert answer.status_code in {302, 403}
    assert settings.LOGIN_URL
