"""Sessions in the database, each seen only by whoever shows its key."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as InDatabase

from locutorio.store.context import of_session


class SessionStore(InDatabase):
    """Django's own, which says of which session it reads or writes the row."""

    def _get_session_from_db(self) -> Any:
        with of_session(self.session_key or ""):
            return super()._get_session_from_db()  # type: ignore[misc] # Django's, but not in its stubs

    def exists(self, session_key: str) -> bool:
        """Tell whether there is a session of a key."""
        with of_session(session_key):
            return super().exists(session_key)

    def save(self, must_create: bool = False) -> None:  # noqa: FBT002 - Django's own words
        """Keep it, under a new key where it has none."""
        if self.session_key is None:
            self.create()
            return
        with of_session(self.session_key):
            super().save(must_create)

    def delete(self, session_key: str | None = None) -> None:
        """Forget it, or the one of another key."""
        with of_session(session_key or self.session_key or ""):
            super().delete(session_key)
