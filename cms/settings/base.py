"""Settings shared by every environment, safe by themselves; `dev` and `test` loosen them."""

from __future__ import annotations

from csp.constants import NONE, SELF

from cms.settings import env

BASE_DIR = env.BASE_DIR
DATA_DIR = env.read("DATA_DIR")

SECRET_KEY = env.read("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.read("SECRET_KEY_FALLBACKS")
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
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "cms.core.logs.RequestIdMiddleware",
    "cms.core.urls_health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
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
AUTHENTICATION_BACKENDS = ["services.accounts.backends.passwords.PortalBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
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
# The person's own pages change these: with a proof of the address, a confirmation and a message.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
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
EMAIL_TIMEOUT = 30  # seconds; a silent mail server must not hold up the worker
vars().update(env.email())
DEFAULT_FROM_EMAIL = env.read("DEFAULT_FROM_EMAIL")
SMS = env.sms()

# Security
TRUSTED_PROXY_COUNT = env.read("TRUSTED_PROXY_COUNT")
CSRF_TRUSTED_ORIGINS = env.read("CSRF_TRUSTED_ORIGINS")
CSRF_FAILURE_VIEW = "services.accounts.views.expired.form_expired"
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
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *env.national_origins()],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "manifest-src": [SELF],
    }
}

# Accounts: allauth signs in and keeps sessions; registration and codes are our own (ADR 0009).
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "personal_page"
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "services.accounts.backends.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "services.accounts.forms.SignInForm",
    "reauthenticate": "services.accounts.forms.ConfirmPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}  # our backend reads it as name, phone or e-mail
# Counters, schools and mobile networks put thousands behind one address: it may do much. A name may
# not: five wrong passwords in five minutes, from wherever they come.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,600/h/ip,5/5m/key",
    "signup": "60/m/ip,600/h/ip",
    "reset_password": "60/m/ip,600/h/ip",
    "reset_password_from_key": "120/m/ip,1200/h/ip",
    "reauthenticate": "10/m/user",
}
# Searches of one officer at the counter: all, and those that find nobody, as tried numbers do.
COUNTER_SEARCH_LIMITS = {"all": "30/10m,300/d", "fruitless": "10/10m,60/d"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # ours is a stage of the sign-in
ACCOUNT_EMAIL_NOTIFICATIONS = False  # ours are kept and sent by the worker
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGIN_TIMEOUT = 24 * 60 * 60  # an interrupted activation goes on within a day
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USERNAME_MIN_LENGTH = 4
ALLAUTH_TRUSTED_PROXY_COUNT = env.read("TRUSTED_PROXY_COUNT")
MFA_ADAPTER = "services.accounts.backends.second_step.SecondStepAdapter"
MFA_FORMS = {
    "activate_totp": "services.accounts.forms.SetUpAppForm",
    "authenticate": "services.accounts.forms.SecondStepForm",
    "deactivate_totp": "services.accounts.forms.RemoveAppForm",
    "generate_recovery_codes": "services.accounts.forms.NewCodesForm",
    "reauthenticate": "services.accounts.forms.SecondStepAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
STAFF_SECOND_FACTOR = env.read("STAFF_SECOND_FACTOR")
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = WAGTAIL_SITE_NAME
USERSESSIONS_TRACK_ACTIVITY = False  # no write at every page
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_ADAPTER = "services.accounts.backends.NationalAdapter"
SOCIALACCOUNT_PROVIDERS = env.national_sign_on()
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an address says nothing about who somebody is
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
NATIONAL_SIGN_ON_NAME = env.read("NATIONAL_SIGN_ON_NAME")
NATIONAL_SIGN_ON_AUTH_TIME = env.read("NATIONAL_SIGN_ON_AUTH_TIME")

# Numbers on public pages
PROCEDURES_PER_PAGE = 20

# Search: how many days counts of queries are kept.
SEARCH_LOG_DAYS = env.read("SEARCH_LOG_DAYS")
