"""Development and `make run`: readable errors, no HTTPS, a throw-away key."""

from cms.core.logs import logging_config
from cms.settings import env
from cms.settings.base import *  # noqa: F403
from cms.settings.base import STORAGES

DEBUG = True
STAFF_SECOND_FACTOR = env.read("STAFF_SECOND_FACTOR", default=False)
SECRET_KEY = env.read("SECRET_KEY") or "only-for-development-" + "x" * 40
ALLOWED_HOSTS = env.read("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False  # collected and compressed by `make run`; runserver finds its own
LOGGING = logging_config(level=env.read("LOG_LEVEL"), style="text")
