"""Where everything stands on the time line of promises: plain numbers, drawn by a template without styles."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from locutorio.arrangements.account import Account, Kept, Row, Span
from locutorio.arrangements.periods import month_of
from locutorio.arrangements.promises import FAILED, OPEN, Event
from locutorio.notices.owed_words import OwedWords
from locutorio.notices.words import sentence

WIDTH = 720
LANE, TOP = 74, 34
DIGIT = 9
NARROWEST_WITH_NUMBERS = 34
TICKS_MAX = 12
_LEFT = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """A period: where it stands, how it came out (kept, missing, open, nothing, running), "1/2" if it fits.

    The numbers stand in the middle, on a box that begins at ``left``.
    """

    x: float
    width: float
    state: str
    numbers: str
    middle: float
    left: float
    box: float


@dataclass(frozen=True, slots=True)
class Mark:
    """An event: took (place), failed, open or late."""

    x: float
    state: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One promise. ``y`` is its top; the other heights are counted from there."""

    y: int
    says: str
    cells: tuple[Cell, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month, written as 2026-01."""

    x: float
    says: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole time line."""

    width: int
    height: int
    bottom: int
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]


def chart(account: Account, lang: str) -> Chart | None:
    """Give the time line of an account; None where nothing was promised by its day."""
    if not account.kept:
        return None
    begins = min(kept.promise.since for kept in account.kept)
    scale = _Scale(begins, max(account.on, begins) + timedelta(days=1))
    words = OwedWords(lang)
    lanes = tuple(
        Lane(
            TOP + number * LANE,
            sentence(words.promise(kept.promise)).rstrip("."),
            tuple(_cell(row, scale) for row in kept.rows),
            tuple(dict.fromkeys(_marks(kept, scale, account.on))),
        )
        for number, kept in enumerate(account.kept)
    )
    bottom = TOP + len(lanes) * LANE
    return Chart(WIDTH, bottom + 8, bottom, lanes, tuple(_ticks(scale)))


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days along the width of the chart."""

    begins: date
    ends: date

    def x(self, day: date) -> float:
        days = (min(max(day, self.begins), self.ends) - self.begins).days
        return round(_LEFT + days * (WIDTH - 2 * _LEFT) / (self.ends - self.begins).days, 1)


def _cell(row: Row, scale: _Scale) -> Cell:
    begins, ends = scale.x(row.period.begins), scale.x(row.period.ends)
    width = round(max(ends - begins, 1), 1)
    numbers = f"{_short(row.tally.delivered)}/{_short(row.tally.owed)}"
    fits = width >= NARROWEST_WITH_NUMBERS and len(numbers) * DIGIT < width
    middle, box = round(begins + width / 2, 1), len(numbers) * DIGIT
    return Cell(begins, width, _state(row), numbers if fits else "", middle, round(middle - box / 2, 1), box)


def _short(span: Span) -> str:
    return str(span.low) if span.exact else f"{span.low}-{span.high}"


def _state(row: Row) -> str:
    if not row.tally.owed.high:
        return "nothing"
    if row.running:
        return "running"
    if any(span.low for span in row.missing):
        return "missing"
    return "open" if any(span.high for span in row.missing) else "kept"


def _marks(kept: Kept, scale: _Scale, on: date) -> Iterator[Mark]:
    for row in kept.rows:
        late = {one.event for one in row.late}
        for event in row.events:
            if event.on <= on:
                yield Mark(round(scale.x(event.on), 1), "late" if event in late else _happened(event))


def _happened(event: Event) -> str:
    if event.happened in FAILED:
        return "failed"
    return "open" if event.happened in OPEN else "took"


def _ticks(scale: _Scale) -> Iterator[Tick]:
    """Give the firsts of months, not more than fit."""
    starts = []
    begins, ends = month_of(scale.begins)
    while begins < scale.ends:
        if begins >= scale.begins:
            starts.append(begins)
        begins, ends = month_of(ends)
    step = -(-len(starts) // TICKS_MAX) or 1
    for start in starts[::step]:
        if scale.x(start) <= WIDTH - 60:
            yield Tick(scale.x(start), f"{start.year}-{start.month:02}")
