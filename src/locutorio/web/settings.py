"""Settings of the page: no database, no accounts, no sessions, no cookies, nothing kept about anyone."""

import secrets
from pathlib import Path

from locutorio.web.limits import BODY_BYTES_MAX

HERE = Path(__file__).parent

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SECRET_KEY = secrets.token_urlsafe(
    48
)  # Django wants one; nothing is signed with it, so it need not outlive the process
ROOT_URLCONF = "locutorio.web.urls"
DATABASES: dict[str, dict[str, str]] = {}
INSTALLED_APPS: list[str] = []

MIDDLEWARE = [
    "locutorio.web.headers.strict",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "locutorio.web.posts.guarded",
    "django.middleware.common.CommonMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates", HERE / "open" / "templates"],
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = HERE / "static"
WHITENOISE_MAX_AGE = 300

# A form holds the answers of one person, an upload one file: both stay in memory, and no larger one is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 120_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_MAX_MEMORY_SIZE = BODY_BYTES_MAX
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
