"""Settings of an installation. Every choice an operator has is an environment variable.

``DATABASE_URL``   the database; unset means the SQLite file ``var/db.sqlite3``
``ALLOWED_HOSTS``  the names under which the site is reached, parted by commas
``HTTPS``          true where the site is reached by https: secure cookies, redirect, HSTS
``TRUSTED_PROXIES``  the reverse proxies before the site: addresses, networks or ``unix``, parted by
                   commas. Only what these forward is believed: the client's address, https.
``SECRET_KEY``     the signing key; unset means the file ``var/secret_key``, made on first start
``EMAIL_URL``      the mail server; unset means that mails are printed on the console
``DEFAULT_FROM_EMAIL``  the sender of every mail
``SITE_URL``       the address of the site in mails, such as https://sheets.example.jp
``AUDIT_HEADS_FILE``  where the hashes of the audit log are noted outside the database; unset means
                   a file beside the SQLite file, or in ``var/``. One for all web processes.
``PRINT_BACKEND``  the class that makes PDFs; unset means worker processes, each job within bounds
``PRINT_WORKERS``  how many processes of each web process, or command, make PDFs, of up to 1 GB
                   each
``DEBUG``          true while developing, never in use
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from config.databases import database_from, heads_file_of
from config.logs import LOGGING as LOGGING
from config.proxies import proxies_from
from config.secret_key import secret_key_from

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = Env()

DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=False)
TRUSTED_PROXIES = proxies_from(env.list("TRUSTED_PROXIES", default=[]))
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key_from(VAR_DIR / "secret_key")
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

DATABASES = {"default": database_from(env.str("DATABASE_URL", ""), VAR_DIR / "db.sqlite3")}
AUDIT_HEADS_FILE = env.path(
    "AUDIT_HEADS_FILE", default=heads_file_of(DATABASES["default"], VAR_DIR)
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Limits on sign-ins and uploads, counted by all processes together. Beyond so many rows, what has
# expired is deleted first; more than that is left only by a flood from dozens of addresses.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# What a worker does (manage.py db_worker): the queue stands in the database, nothing else is run.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["booklets"]}}

LANGUAGE_CODE = "ja"
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

# --- who may come in -------------------------------------------------------------------------
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
# A whole ministry may sit behind one address, so failures are counted by account and address
# together (accounts/adapter.py). To verify a PDF takes a tenth of a second; at worst five seconds,
# which an address may ask for a few times a minute.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/5m/key",
    "login": "300/m/ip",
    "verify_pdf": "60/m/ip",
    "verify_pdf_at_cost": "3/m/ip",
}

# A record of the admin is sent with its rows, some of eight fields; 200 rows still are.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2500

# --- the browser's walls ---------------------------------------------------------------------
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
# Both are what ProxyMiddleware leaves: what trusted proxies have said.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
IPWARE_META_PRECEDENCE_ORDER = ("REMOTE_ADDR",)  # the address in the log
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
CSRF_FAILURE_VIEW = "config.sending_again.csrf_failure"

# --- mail ------------------------------------------------------------------------------------
MAIL_SERVER = env.dj_email_url("EMAIL_URL", default="console:")
# Without a limit, a mail server that says nothing would hold its sender for ever.
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
