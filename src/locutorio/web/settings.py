"""Settings of the page: no database, no accounts, no sessions, no cookies, nothing kept about anyone."""

import secrets
from pathlib import Path

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
    "locutorio.web.errors.only_reading",
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

USE_TZ = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}, "nowhere": {"class": "logging.NullHandler"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
