"""Identifiers that sort by the moment they were made at, so that an index grows at its end."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

_RANDOM_BITS = 74
_HIGH_BITS = 12
_VERSION, _VARIANT = 0x7, 0x2


def new_id(at: datetime) -> UUID:
    """Give a fresh identifier of a moment.

    Source:
        RFC 9562, section 5.7 (UUID version 7).
    """
    milliseconds = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    drawn = secrets.randbits(_RANDOM_BITS)
    high, low = drawn >> (_RANDOM_BITS - _HIGH_BITS), drawn & ((1 << (_RANDOM_BITS - _HIGH_BITS)) - 1)
    return UUID(int=milliseconds << 80 | _VERSION << 76 | high << 64 | _VARIANT << 62 | low)
