"""What the reading of a file has to say: of one cell, of one line, or of the whole file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from locutorio.kernel.faults import shortened

SHOWN_MAX = 60
SECRET_COLUMNS = frozenset({"pin"})


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say.

    ``key`` is its sentence under ``importing`` in the catalogue: ``changed.suffix``, ``refused.day``,
    ``whole.encoding``. ``line`` is 0 where it is said of the whole file, ``column`` empty where it is said of
    the whole line; ``found`` is what was written there.
    """

    line: int
    column: str
    found: str
    key: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def refuses(self) -> bool:
        return self.key.startswith("refused.")

    @property
    def shown(self) -> str:
        """What was found, as it can be shown: short, with unseen signs named, and never a secret."""
        return "****" if self.column in SECRET_COLUMNS else shortened(self.found, SHOWN_MAX)


class Unread(Exception):
    """A cell cannot be read. ``key`` is the sentence that says why, without its ``refused.``."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
