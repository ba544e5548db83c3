"""One row of a file, taken or not."""

from __future__ import annotations

from dataclasses import dataclass, replace

from locutorio.actions.importing.remarks import Remark
from locutorio.actions.importing.sheet import Line
from locutorio.actions.importing.values import Row


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of a file: taken (``row`` is there) or not taken (a remark says why).

    ``same_as`` is the line that it repeats, 0 for none.
    """

    line: Line
    row: Row | None
    remarks: tuple[Remark, ...] = ()
    same_as: int = 0

    @property
    def taken(self) -> bool:
        return self.row is not None

    def without(self, *remarks: Remark) -> ReadRow:
        """Give the entry as not taken, for these reasons."""
        return replace(self, row=None, remarks=(*self.remarks, *remarks))
