"""Django's settings of the store alone: the tables and their database, no pages."""

from locutorio.store.databases import from_environment, with_keys

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "locutorio.store.borrowed.AllauthAccount",
    "allauth.mfa",
    "locutorio.store",
]
AUTH_USER_MODEL = "store.Account"
MIGRATION_MODULES = {"account": None}  # its tables are for e-mail, which nobody needs here
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TRUST_ENABLED = False
MFA_ADAPTER = "locutorio.store.seeds.Seeds"
DATABASES = with_keys(from_environment())
USE_TZ = True
TIME_ZONE = "UTC"
