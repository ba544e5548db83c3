"""Django's settings of the store alone: the tables and their database, no pages."""

from locutorio.store.databases import from_environment, with_keys

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "locutorio.store",
]
AUTH_USER_MODEL = "store.Account"
DATABASES = with_keys(from_environment())
USE_TZ = True
TIME_ZONE = "UTC"
