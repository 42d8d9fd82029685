"""Settings of an installation. Every choice an operator has is an environment variable.

``DATABASE_URL``   the database; unset means the SQLite file ``var/db.sqlite3``
``ALLOWED_HOSTS``  the host names of the site, separated by commas
``HTTPS``          true if the site is served by https: secure cookies, redirect, HSTS
``TRUSTED_PROXIES``  reverse proxies: addresses, networks or ``unix``, separated by commas. Only
                   their X-Forwarded headers are trusted.
``SECRET_KEY``     the signing key; unset means the file ``var/secret_key``, made on first start
``EMAIL_URL``      the mail server; unset means that mails are printed on the console
``DEFAULT_FROM_EMAIL``  the sender of every mail
``SITE_URL``       the address of the site in mails, such as https://sheets.example.jp
``AUDIT_HEADS_FILE``  the heads file of the audit log, shared by all web processes; unset means a
                   file beside the SQLite file, or in ``var/``
``PRINT_BACKEND``  the class that makes PDFs; unset means worker processes with limits
``PRINT_WORKERS``  the number of printing processes of each web process or command, of up to 1 GB
                   each
``DEBUG``          true for development, never in production
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from config.databases import database_settings, default_heads_file
from config.logs import LOGGING as LOGGING
from config.proxies import parse_proxies
from config.secret_key import load_or_create_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = Env()

DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=False)
TRUSTED_PROXIES = parse_proxies(env.list("TRUSTED_PROXIES", default=[]))
SECRET_KEY = env.str("SECRET_KEY", default="") or load_or_create_secret_key(VAR_DIR / "secret_key")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])

INSTALLED_APPS = [
    "accounts.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "django_htmx",
    "django_structlog",
    "django_tasks",
    "django_tasks_db",
    "printing",
    "audit",
    "accounts",
    "notices",
    "contributions",
    "staffing",
    "editions",
    "evaluations",
    "booklets",
    "bulk_steps",
    "help",
    "config",
]

MIDDLEWARE = [
    "config.proxies.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.AddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "config.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "notices.context_processors.unread_messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("dads",)
CRISPY_TEMPLATE_PACK = "dads"
CRISPY_FAIL_SILENTLY = not DEBUG

DATABASES = {"default": database_settings(env.str("DATABASE_URL", ""), VAR_DIR / "db.sqlite3")}
AUDIT_HEADS_FILE = env.path(
    "AUDIT_HEADS_FILE", default=default_heads_file(DATABASES["default"], VAR_DIR)
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits of sign-ins and uploads, shared by all processes. Above MAX_ENTRIES expired rows are
# deleted first; only a flood from dozens of addresses leaves more unexpired ones.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# The task queue in the database, for the worker (manage.py db_worker).
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "ja"
# Sentences of Django's in our words; see locale/ja/LC_MESSAGES/django.po.
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.storage.StaticFilesStorage"},
}

PRINT_BACKEND = env.str("PRINT_BACKEND", default="printing.backends.WorkerPoolBackend")
PRINT_WORKERS = env.int("PRINT_WORKERS", default=2)

# --- authentication --------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
# A whole ministry may share one address, so failures are counted per account and address
# (accounts/adapter.py). Verifying a PDF takes a tenth of a second, at worst five seconds, which an
# address may cause a few times a minute.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/5m/key",
    "login": "300/m/ip",
    "verify_pdf": "60/m/ip",
    "verify_pdf_at_cost": "3/m/ip",
}

# Allows an admin form with 200 inline rows of eight fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2500

# --- browser security ------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
# ProxyMiddleware removes both unless they come from a trusted proxy.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
IPWARE_META_PRECEDENCE_ORDER = ("REMOTE_ADDR",)  # the address in the log
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
CSRF_FAILURE_VIEW = "config.resubmission.csrf_failure"

# --- mail ------------------------------------------------------------------------------------
MAIL_SERVER = env.dj_email_url("EMAIL_URL", default="console:")
# Without a timeout, an unresponsive mail server would block the sender for ever.
EMAIL_TIMEOUT = 20
if "EMAIL_BACKEND" not in MAIL_SERVER:
    raise ImproperlyConfigured(
        "EMAIL_URL を読めません。submission://利用者:パスワード@ホスト:587 又は "
        "smtp://ホスト:25 の形で指定してください。"
    )
EMAIL_BACKEND = MAIL_SERVER["EMAIL_BACKEND"]
EMAIL_FILE_PATH = MAIL_SERVER["EMAIL_FILE_PATH"]
EMAIL_HOST = MAIL_SERVER["EMAIL_HOST"]
EMAIL_PORT = MAIL_SERVER["EMAIL_PORT"]
EMAIL_HOST_USER = MAIL_SERVER["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = MAIL_SERVER["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = MAIL_SERVER.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = MAIL_SERVER.get("EMAIL_USE_SSL", False)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="noreply@localhost")
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
