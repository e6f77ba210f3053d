"""Settings shared by every environment, safe by themselves; `dev` and `test` loosen them."""

from __future__ import annotations

from csp.constants import NONE, SELF

from cms.settings import env

BASE_DIR = env.BASE_DIR
DATA_DIR = env.read("DATA_DIR")

SECRET_KEY = env.read("SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = env.read("ALLOWED_HOSTS")
PORTAL_URL = env.read("PORTAL_URL")

INSTALLED_APPS = [
    "home",
    "search",
    "catalogue",
    "services.accounts",
    "services.notifications",
    "cms.core",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "cms.core.logs.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "services.accounts.guard.middleware.AdminGuardMiddleware",
    "cms.core.middleware.PublishRefusedMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms.core.middleware.AdminContentSecurityPolicyMiddleware",
    "cms.core.middleware.NulCharacterMiddleware",
    "cms.core.middleware.MovedMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
ASGI_APPLICATION = "cms.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "cms.core.template_folding.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "cms.core.vendor_templates.Loader",
                    ],
                )
            ],
            "builtins": ["django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.core.context_processors.portal",
            ],
        },
    }
]

DATABASES = {"default": env.database(DATA_DIR / "portal.sqlite3")}
CACHES = {"default": env.cache()}
ELASTICSEARCH = env.elasticsearch()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["services.accounts.backends.PortalBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a procedure with 137 papers posts 1,606 fields

# Language and time: Vietnamese is the source language of all content.
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale_vendor"]
FORMAT_MODULE_PATH = ["cms.core.formats"]

# Files
STATIC_URL = "/static/"
STATIC_ROOT = env.read("STATIC_DIR")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "cms.core.private_files.PrivateStorage",
        "OPTIONS": {
            "location": DATA_DIR / "private",  # beside the public uploads, not below them
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Wagtail
WAGTAIL_SITE_NAME = "Một Cửa"
WAGTAILADMIN_BASE_URL = PORTAL_URL
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt")]
WAGTAIL_USER_TIME_ZONES = ["Asia/Ho_Chi_Minh"]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILADMIN_USER_LOGIN_FORM = "services.accounts.forms.PortalLoginForm"
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False  # mails go to the agency's own people
WAGTAIL_FINISH_WORKFLOW_ACTION = "services.accounts.gateways.publish_approved"
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False  # a translation begins as a draft
WAGTAILIMAGES_IMAGE_MODEL = "core.PortalImage"
WAGTAILDOCS_DOCUMENT_MODEL = "core.PortalDocument"
WAGTAILDOCS_EXTENSIONS = ["doc", "docx", "odt", "pdf", "xls", "xlsx", "ods", "zip"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.core.adminsearch"}}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []

# Tasks: kept in the database, carried out by `manage.py run_worker`.
TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]},
}

# Mail and text messages
vars().update(env.email())
DEFAULT_FROM_EMAIL = env.read("DEFAULT_FROM_EMAIL")
SMS = env.sms()

# Security
CSRF_TRUSTED_ORIGINS = env.read("CSRF_TRUSTED_ORIGINS")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the admin previews pages in a frame
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "manifest-src": [SELF],
    }
}

LOGIN_URL = "wagtailadmin_login"

# Numbers on public pages
PROCEDURES_PER_PAGE = 20

# Search: how many days counts of queries are kept.
SEARCH_LOG_DAYS = env.read("SEARCH_LOG_DAYS")
