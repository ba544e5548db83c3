"""The one file that asks what time it is; only the doors call it."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """Give the day on this machine's clock."""
    return datetime.now().astimezone().date()


def now() -> datetime:
    """Give this moment, in UTC."""
    return datetime.now(UTC)
