"""A report in one language: tables with their charts, ready to draw. Nothing here carries markup."""

from __future__ import annotations

from dataclasses import dataclass

from locutorio.notices.letter import Letter

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``kind``: text, count (whole numbers) or share (percent)."""

    name: str
    heading: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart; ``pattern`` is the outcome whose pattern fills it."""

    label: str
    count: int
    share: float
    pattern: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heading. ``name`` is the same in every language, fit for a file or an anchor.
    ``empty`` is told where there are no rows; ``bars`` make its chart, if it has one.
    """

    name: str
    heading: str
    intro: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """One example: what the row is, and its two decisions."""

    heading: str
    old: Letter
    new: Letter


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``name`` is its file's; ``examples`` stand under their heading, if there are any."""

    lang: str
    name: str
    title: str
    lead: tuple[str, ...]
    tables: tuple[Table, ...]
    foot: tuple[str, ...]
    examples_heading: str = ""
    old_heading: str = ""
    new_heading: str = ""
    examples: tuple[Pair, ...] = ()
