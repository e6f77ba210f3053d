"""The only module that reads the environment.

`VARIABLES` declares every variable with its type, its default and one line of
explanation; `docs/environment.md` lists the same and a test compares the two. A
value that cannot be read raises `ImproperlyConfigured` when the settings load.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Variable:
    """One environment variable: `kind` is str, bool, int, list or path."""

    name: str
    kind: str
    default: Any
    help: str


VARIABLES: dict[str, Variable] = {
    v.name: v
    for v in (
        Variable("SECRET_KEY", "str", "", "Signs sessions. Required in production."),
        Variable("SECRET_KEY_FALLBACKS", "list", [], "Old keys: read with, not signed with."),
        Variable("DEBUG", "bool", False, "Shows error details. Only for development."),
        Variable("ALLOWED_HOSTS", "list", [], "Host names that the portal answers to."),
        Variable("PORTAL_URL", "str", "http://127.0.0.1:8000", "Public address, no final slash."),
        Variable("DATABASE_URL", "str", "", "Database address; empty means SQLite."),
        Variable("DATABASE_CONN_MAX_AGE", "int", 60, "Seconds that a connection is kept."),
        Variable("CACHE_URL", "str", "", "Shared cache; empty means the database."),
        Variable("DATA_DIR", "path", "var", "Folder of the SQLite file and of uploads."),
        Variable("STATIC_DIR", "path", "var/static", "Folder that collectstatic fills."),
        Variable("EMAIL_URL", "str", "consolemail://", "Mail server address."),
        Variable("DEFAULT_FROM_EMAIL", "str", "motcua@localhost", "Sender of mails."),
        Variable(
            "SMS_BACKEND", "str", "outbox", "Way out of text messages: outbox, console, http."
        ),
        Variable("SMS_HTTP_URL", "str", "", "Address of the carrier, for http."),
        Variable("SMS_HTTP_TEMPLATE", "str", "", "Body for the carrier: JSON or a form."),
        Variable("SMS_HTTP_SECRET", "str", "", "Sent as Authorization: Bearer."),
        Variable("SMS_SENDER", "str", "", "Sender of text messages, as agreed with the carrier."),
        Variable("SMS_TIMEOUT_SECONDS", "int", 10, "Wait for the carrier, seconds."),
        Variable("ELASTICSEARCH_URL", "list", [], "Search nodes; none means the database."),
        Variable("ELASTICSEARCH_API_KEY", "str", "", "API key of the search cluster."),
        Variable("ELASTICSEARCH_CA_FILE", "str", "", "Certificate authority of its nodes."),
        Variable("ELASTICSEARCH_PREFIX", "str", "mot-cua", "Begins the names of indices."),
        Variable("ELASTICSEARCH_SHARDS", "int", 1, "Shards of an index."),
        Variable("ELASTICSEARCH_REPLICAS", "int", 1, "Copies of a shard, as nodes allow."),
        Variable(
            "ELASTICSEARCH_TIMEOUT_MS",
            "int",
            700,
            "Longest wait for the cluster in one page, milliseconds.",
        ),
        Variable("SEARCH_LOG_DAYS", "int", 90, "Days that counts of searches are kept."),
        Variable("NATIONAL_SIGN_ON_URL", "str", "", "National sign-on; empty: none."),
        Variable("NATIONAL_SIGN_ON_CLIENT_ID", "str", "", "The portal's name there."),
        Variable("NATIONAL_SIGN_ON_SECRET", "str", "", "The portal's secret there."),
        Variable("NATIONAL_SIGN_ON_NAME", "str", "VNeID", "What citizens call it."),
        Variable("NATIONAL_SIGN_ON_AUTH_TIME", "bool", True, "Confirmations need its auth_time."),
        Variable("NATIONAL_SIGN_ON_ACR", "str", "", "Level of assurance that is asked for."),
        Variable("TRUSTED_PROXY_COUNT", "int", 0, "Reverse proxies in front of the portal."),
        Variable("STAFF_SECOND_FACTOR", "bool", True, "Staff sign in with an app's code too."),
        Variable("CSRF_TRUSTED_ORIGINS", "list", [], "Origins trusted for form posts."),
        Variable("SECURE_SSL", "bool", True, "HTTPS only: redirect, HSTS, secure cookies."),
        Variable("LOG_LEVEL", "str", "INFO", "Lowest level that is logged."),
        Variable("LOG_FORMAT", "str", "json", "json or text."),
        Variable("TEST_DATABASE_FILE", "path", "var/test.sqlite3", "SQLite file of the tests."),
    )
}

_env = environ.Env()


def read(name: str, **otherwise: Any) -> Any:
    """Return the typed value of a declared variable, or its default (or `default`, if given).

    Raises `ImproperlyConfigured` when the variable is not declared or malformed.
    """
    try:
        variable = VARIABLES[name]
    except KeyError:
        raise ImproperlyConfigured(f"{name} is not declared in cms/settings/env.py") from None
    if variable.kind == "path":
        return (BASE_DIR / os.environ.get(name, variable.default)).resolve()
    reader = getattr(_env, variable.kind)
    try:
        return reader(name, default=otherwise.get("default", variable.default))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}") from error


def database(default_file: Path) -> dict[str, Any]:
    """Return the DATABASES entry for `DATABASE_URL`, or SQLite at `default_file`."""
    url = read("DATABASE_URL") or f"sqlite:///{default_file}"
    config: dict[str, Any] = environ.Env.db_url_config(url)
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    config["CONN_MAX_AGE"] = read("DATABASE_CONN_MAX_AGE")
    config["CONN_HEALTH_CHECKS"] = not config["ENGINE"].endswith("sqlite3")
    return config


def cache() -> dict[str, Any]:
    """Return the CACHES entry for `CACHE_URL`; a database table by default."""
    url = read("CACHE_URL")
    if url:
        return dict(environ.Env.cache_url_config(url))
    return {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        # Beyond this, entries are thrown away at random, and limits forget what they have counted.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }


def email() -> dict[str, Any]:
    """Return the e-mail settings for `EMAIL_URL`."""
    return dict(environ.Env.email_url_config(read("EMAIL_URL")))


def sms() -> dict[str, Any]:
    """Return how text messages leave the portal."""
    return {
        "backend": read("SMS_BACKEND"),
        "url": read("SMS_HTTP_URL"),
        "template": read("SMS_HTTP_TEMPLATE"),
        "secret": read("SMS_HTTP_SECRET"),
        "sender": read("SMS_SENDER"),
        "timeout": read("SMS_TIMEOUT_SECONDS"),
    }


def elasticsearch() -> dict[str, Any]:
    """Return how to reach the search cluster; no hosts means that there is none."""
    return {
        "hosts": read("ELASTICSEARCH_URL"),
        "api_key": read("ELASTICSEARCH_API_KEY"),
        "ca_certs": read("ELASTICSEARCH_CA_FILE"),
        "prefix": read("ELASTICSEARCH_PREFIX"),
        "shards": read("ELASTICSEARCH_SHARDS"),
        "replicas": read("ELASTICSEARCH_REPLICAS"),
        "timeout": read("ELASTICSEARCH_TIMEOUT_MS") / 1000,
    }


def national_sign_on() -> dict[str, Any]:
    """Return allauth's providers: the national sign-on (OpenID Connect), or none."""
    url = read("NATIONAL_SIGN_ON_URL")
    if not url:
        return {}
    settings: dict[str, Any] = {"server_url": url, "fetch_userinfo": True, "scope": ["openid"]}
    if acr := read("NATIONAL_SIGN_ON_ACR"):
        settings["auth_params"] = {"acr_values": acr}
    app = {
        "provider_id": "quoc-gia",
        "name": read("NATIONAL_SIGN_ON_NAME"),
        "client_id": read("NATIONAL_SIGN_ON_CLIENT_ID"),
        "secret": read("NATIONAL_SIGN_ON_SECRET"),
        "settings": settings,
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def national_origins() -> list[str]:
    """Return where the button of the national sign-on leads, for the policy of our pages."""
    address = urlsplit(read("NATIONAL_SIGN_ON_URL"))
    return [f"{address.scheme}://{address.netloc}"] if address.netloc else []
