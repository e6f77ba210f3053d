"""The measure: a bare Django view with one query and a template, no Wagtail.

It has the middleware and context processors that `django-admin startproject` writes, so it is what
the plainest Django site does for a page.

Run as `granian --interface wsgi tests.bench.bare:application` with BARE_DATABASE naming a file.
"""

from __future__ import annotations

import os
import sys

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="bench-only",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="tests.bench.bare",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    DATABASES={
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["BARE_DATABASE"]}
    },
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ],
                "loaders": [
                    (
                        "django.template.loaders.cached.Loader",
                        [
                            (
                                "django.template.loaders.locmem.Loader",
                                {
                                    "row.html": "<!doctype html><html lang=vi><title>{{ row.name }}"
                                    "</title><h1>{{ row.name }}</h1><p>{{ row.text }}</p></html>"
                                },
                            )
                        ],
                    )
                ],
            },
        }
    ],
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402


class Row(models.Model):
    """One row to read."""

    name = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        app_label = "bare"

    def __str__(self) -> str:
        return self.name


def show(request: HttpRequest) -> HttpResponse:
    """Read one row and draw it."""
    return render(request, "row.html", {"row": Row.objects.get(pk=1)})


def prepare() -> None:
    """Make the table with its one row."""
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    Row.objects.create(name="Thủ tục đăng ký khai sinh", text="Miễn phí")


urlpatterns = [path("", show)]
application = get_wsgi_application()

if __name__ == "__main__" and "prepare" in sys.argv:
    prepare()
