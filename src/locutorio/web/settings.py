"""Settings of the pages. Without a database there are the open ones alone, which keep nothing about anyone.

Sessions and cookies belong to the pages of an establishment: `seats.py` puts them on those and on no other.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from locutorio.store.settings import (
    AUTH_USER_MODEL,
    DATABASES,
    INSTALLED_APPS,
    MFA_ADAPTER,
    MFA_SUPPORTED_TYPES,
    MFA_TRUST_ENABLED,
    MIGRATION_MODULES,
)
from locutorio.web.limits import FILE_BYTES_MAX, SESSION_SECONDS_MAX

__all__ = [
    "AUTH_USER_MODEL",
    "DATABASES",
    "INSTALLED_APPS",
    "MFA_ADAPTER",
    "MFA_SUPPORTED_TYPES",
    "MFA_TRUST_ENABLED",
    "MIGRATION_MODULES",
]

HERE = Path(__file__).parent

# The address under which others reach the pages, through a server in front that speaks https with them.
SITE = urlsplit(os.environ.get("LOCUTORIO_SITE", ""))
BEHIND_HTTPS = SITE.scheme == "https"

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *([SITE.hostname] if SITE.hostname else [])]
# It signs what a session holds: a new one at each start signs everybody out. Several processes share one.
SECRET_KEY = os.environ.get("LOCUTORIO_SECRET") or secrets.token_urlsafe(48)
ROOT_URLCONF = "locutorio.web.urls"

MIDDLEWARE = [
    "locutorio.web.headers.strict",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "locutorio.web.posts.guarded",
    "django.middleware.common.CommonMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            HERE / "templates",
            *(HERE / part / "templates" for part in ("open", "family", "person", "staff")),
        ],
    }
]

SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-seat", "__Host-form") if BEHIND_HTTPS else ("seat", "form")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = SESSION_SECONDS_MAX
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_ENGINE = "locutorio.store.sessions"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "locutorio.web.errors.forged"
if BEHIND_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

STATIC_URL = "/static/"
STATIC_ROOT = HERE / "static"
WHITENOISE_MAX_AGE = 300

# A form holds the answers of one person, an upload one file: both stay in memory, and no larger one is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 120_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_MAX_MEMORY_SIZE = FILE_BYTES_MAX
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

USE_TZ = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without_words": {"()": "locutorio.web.logs.WithoutWords"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "without_words"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["nowhere"], "propagate": False},
    },
}
