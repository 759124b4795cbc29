"""Django's settings. What an installation may choose comes from `environment`; the defaults run on a laptop."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from gongkai.site import environment, logs

ENV, _WRONG = environment.read(os.environ)
if _WRONG:
    raise ImproperlyConfigured("\n".join(_WRONG))

VAR = Path(ENV["GONGKAI_VAR"]).resolve()
DEBUG = ENV["GONGKAI_DEBUG"]
_HTTPS = ENV["GONGKAI_HTTPS"]


def _secret_key() -> str:
    """The key from the environment, or one kept beside the database and readable by its owner only."""
    if ENV["GONGKAI_SECRET_KEY"]:
        return str(ENV["GONGKAI_SECRET_KEY"])
    VAR.mkdir(parents=True, exist_ok=True)
    path = VAR / "secret-key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii")
    key = secrets.token_urlsafe(50)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = ENV["GONGKAI_HOSTS"]

INSTALLED_APPS = [
    "gongkai.portal",
    "gongkai.reporting",
    "gongkai.disclosure",
    "gongkai.office",
    "gongkai.access",
    "gongkai.agencies",
    "gongkai.search",
    "gongkai.audit",
    "wagtail.users",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.embeds",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "gongkai.site.observed.observed",
    "gongkai.portal.page_cache.page_cache",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.site.middleware.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "gongkai.access.middleware.Gate",
]
ROOT_URLCONF = "gongkai.site.urls"
WSGI_APPLICATION = "gongkai.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongkai.portal.shell.context",
            ]
        },
    }
]

# ----------------------------------------------------------------------------------------------- database and files

_SQLITE: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-64000;",
}
_DATABASE = dj_database_url.parse(
    ENV["DATABASE_URL"] or f"sqlite:///{VAR / 'gongkai.sqlite3'}", conn_max_age=60, conn_health_checks=True
)
if _DATABASE["ENGINE"].endswith("sqlite3"):
    _DATABASE["OPTIONS"] = _SQLITE
DATABASES = {"default": _DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_CACHE: dict[str, Any] = (
    {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": ENV["GONGKAI_CACHE_URL"]}
    if ENV["GONGKAI_CACHE_URL"]
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
)
CACHE_IS_SHARED = bool(ENV["GONGKAI_CACHE_URL"])
CACHES = {
    "default": _CACHE,
    # Public pages have a place of their own: whoever fills it pushes no limit or lock out.
    "pages": {
        **_CACHE,
        "KEY_PREFIX": "pages",
        **({} if ENV["GONGKAI_CACHE_URL"] else {"LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 4000}}),
    },
}
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
if ENV["GONGKAI_S3_BUCKET"]:
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": ENV["GONGKAI_S3_BUCKET"],
            "endpoint_url": ENV["GONGKAI_S3_ENDPOINT"] or None,
            "access_key": ENV["GONGKAI_S3_KEY"] or None,
            "secret_key": ENV["GONGKAI_S3_SECRET"] or None,
            "file_overwrite": False,
            "default_acl": None,
        },
    }
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if ENV["GONGKAI_TASKS"] == "immediate"
        else "django_tasks_db.DatabaseBackend"
    }
}

# --------------------------------------------------------------------------------------------- language and addresses

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise wants the folder, even empty
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "/media/"

PAGE_SECONDS = ENV["GONGKAI_PAGE_SECONDS"]
REPORT_CHECK_IS_PUBLIC = ENV["GONGKAI_REPORT_CHECK"]

WAGTAIL_SITE_NAME = "公开 · 工作台"
WAGTAILADMIN_BASE_URL = ""
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = False

# --------------------------------------------------------------------------------------------------------- who gets in

AUTH_USER_MODEL = "agencies.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "gongkai.access.backends.PostBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "gongkai.access.passwords.MixedValidator"},
]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = ENV["GONGKAI_SESSION_HOURS"] * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = False  # Wagtail's scripts read it
CSRF_FAILURE_VIEW = "gongkai.portal.errors.csrf_failure"
REVIEW_CHAIN = ENV["GONGKAI_REVIEW"]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "/office/login/"
PROXIES = ENV["GONGKAI_PROXIES"]
IDLE_MINUTES = ENV["GONGKAI_IDLE_MINUTES"]
SESSIONS_EACH = ENV["GONGKAI_SESSIONS_EACH"]
PASSWORD_DAYS = ENV["GONGKAI_PASSWORD_DAYS"]
OIDC_ISSUER = ENV["GONGKAI_OIDC_ISSUER"]
OIDC_CLIENT = ENV["GONGKAI_OIDC_CLIENT"]
OIDC_SECRET = ENV["GONGKAI_OIDC_SECRET"]
OIDC_CLAIM = ENV["GONGKAI_OIDC_CLAIM"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "gongkai.access.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "gongkai.agencies.doer.address_of"
OTP_TOTP_ISSUER = "公开 Gongkai"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

# -------------------------------------------------------------------------------------------------------------- uploads

UPLOADS = VAR / "uploads"
INCOMING = VAR / "incoming"  # halves of uploads; on the disk that will hold them, not on /tmp
INCOMING.mkdir(parents=True, exist_ok=True, mode=0o700)
FILE_UPLOAD_TEMP_DIR = str(INCOMING)
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 3_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 200

LOGGING = logs.configuration(ENV["GONGKAI_LOG"], ENV["GONGKAI_LOG_FORMAT"])
