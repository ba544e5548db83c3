"""The store as Django knows it, and what is seen to at each connection and before each migration."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.migrations import Migration
from django.db.models.signals import pre_migrate

from locutorio.kernel.faults import Fault
from locutorio.store.databases import lacking


class Store(AppConfig):
    """The tables of the store."""

    name = "locutorio.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have every connection looked at, and every migration."""
        connection_created.connect(_connected, dispatch_uid="locutorio.store")
        pre_migrate.connect(_migrating, sender=self, dispatch_uid="locutorio.store")


def _connected(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Refuse a database that could lose what it said it kept."""
    fault = lacking(connection)
    if fault is not None:
        connection.close()
        raise fault


def _migrating(plan: list[tuple[Migration, bool]], using: str, apps: Any, **_: object) -> None:
    """Refuse to take away tables that hold rows."""
    if not any(back and one.app_label == "store" and one.initial for one, back in plan):
        return
    from locutorio.store import policies

    with transaction.atomic(using=using):
        policies.take_away(connections[using])
        for model in apps.get_app_config("store").get_models():
            if model.objects.using(using).exists():
                raise Fault(
                    f"the tables cannot be taken away: {model.__name__} holds rows",
                    why="what was kept would be lost",
                    remedy="nothing was changed: to begin anew, name another database, and keep this one",
                )
