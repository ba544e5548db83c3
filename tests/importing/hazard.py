"""What real files hold in place of what a column should hold, as rows, and what becomes of each.

The words of ``says`` are those of the published list of columns, to tell which of its hazards a case is of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.importing.files import FILES, LOCAL_CALLS, good

TAKEN = ""


@dataclass(frozen=True)
class Hazard:
    """One hazard: rows, and of each the sentence that must be said (``TAKEN``: it is taken and none is).

    ``holds`` says of the rows taken what must be in them. ``codes`` is the file for --codes.
    """

    file: str
    column: str
    says: str
    rows: tuple[Mapping[str, str], ...]
    expects: tuple[str, ...]
    holds: Callable[..., bool] = lambda *_: True
    codes: str = LOCAL_CALLS

    @property
    def kind(self) -> str:
        return FILES[self.file]


def hazard(
    file: str,
    column: str,
    says: str,
    *rows: Mapping[str, str],
    expects: str | tuple[str, ...] = TAKEN,
    holds: Callable[..., Any] = lambda *_: True,
    codes: str = LOCAL_CALLS,
) -> Hazard:
    """Give a hazard of rows that are good but for these cells."""
    apart = [{"from": f"phone {at}"} if file == "calls.csv" else {} for at, _ in enumerate(rows)]
    made = tuple(good(FILES[file], **{**own, **row}) for own, row in zip(apart, rows, strict=True))
    expected = (expects,) * len(rows) if isinstance(expects, str) else expects
    return Hazard(file, column, says, made, expected, holds, codes)
