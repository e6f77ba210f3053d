"""Tests: quick hashes, tasks at once, a database file that may be reused."""

from tempfile import mkdtemp

from cms.settings import env
from cms.settings.base import *  # noqa: F403
from cms.settings.base import BASE_DIR, DATABASES, ELASTICSEARCH, SMS

SECRET_KEY = "only-for-tests-" + "x" * 40
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEBUG = False
STAFF_SECOND_FACTOR = False  # dedicated tests switch it on
DATABASES["default"]["TEST"] = (
    {"NAME": str(env.read("TEST_DATABASE_FILE"))}
    if DATABASES["default"]["ENGINE"].endswith("sqlite3")
    else {}
)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    # A folder: whoever asks for this storage anew, after other settings, finds the same files.
    "private": {
        "BACKEND": "cms.core.private_files.PrivateStorage",
        "OPTIONS": {"location": mkdtemp(prefix="mot-cua-private-")},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
        "QUEUES": ["default", "mail"],
    },
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SMS = {**SMS, "backend": "memory"}
# A cluster is for the tests that ask for it.
ELASTICSEARCH = {**ELASTICSEARCH, "hosts": []}
