"""Production, with files as they lie in the tree and a limit of registrations that is soon met."""

from cms.settings.production import *  # noqa: F403
from cms.settings.production import ACCOUNT_RATE_LIMITS, STORAGES

ACCOUNT_RATE_LIMITS = {**ACCOUNT_RATE_LIMITS, "signup": "6/h/ip"}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
