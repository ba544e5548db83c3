"""Tells the engine which telephones there are, whenever that has changed."""

from __future__ import annotations

from uuid import UUID

from locutorio.store import calls
from locutorio.telephony.config import renew_telephones
from locutorio.telephony.plane import Plane
from locutorio.telephony.sip import Engine, EngineGone, EngineRefused


class TelephonesTold:
    """The telephones of an establishment, and whether its engine was told them as they are."""

    def __init__(self, at: UUID, plane: Plane, engine: Engine) -> None:
        self._at, self._plane, self._engine = at, plane, engine
        self._told = False

    def all(self) -> None:
        """Write and tell them, if they are others than before or the engine was not told them yet."""
        known = {one.name: one.ha1 for one in calls.telephones(self._at)}
        if not renew_telephones(self._plane, known) and self._told:
            return
        try:
            self._engine.reload_telephones()
            self._told = True
        except (EngineGone, EngineRefused):
            self._told = False
