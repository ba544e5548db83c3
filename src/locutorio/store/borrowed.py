"""What second factors borrow of django-allauth."""

from __future__ import annotations

from django.apps import AppConfig


class AllauthAccount(AppConfig):
    """The part of django-allauth that its second factors import. Its pages and its tables are not used."""

    name = "allauth.account"
    default_auto_field = "django.db.models.BigAutoField"
