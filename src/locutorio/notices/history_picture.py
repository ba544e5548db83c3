"""Draws how each contact stood through the years as SVG that can be read in black and white.

Text keeps its size on every screen and on paper; only the bars grow with the width. All is told in words too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby

from locutorio.chronicle.cells import Cell, Standing, Value
from locutorio.chronicle.days import Days
from locutorio.chronicle.telling import Lane
from locutorio.notices.history_words import HistoryWords
from locutorio.notices.words import closed, sentence

LABEL, BAR, APART, AXIS = 18, 16, 10, 20
YEARS_MAX = 8
_INK = "#1b1b1b"
# Of each state: the lines of its pattern on white, in a square of 8. The first is filled.
PATTERNS = {
    "yes": f'<rect width="8" height="8" fill="{_INK}"/>',
    "claimed": f'<path d="M-2 2L2 -2M0 8L8 0M6 10L10 6" stroke="{_INK}" stroke-width="2.4"/>',
    "no": "",
    "claimed_no": f'<path d="M0 4H8" stroke="{_INK}" stroke-width=".8"/>',
    "unknown": f'<circle cx="4" cy="4" r="1.5" fill="{_INK}"/>',
    "ordered": f'<path d="M0 0L8 8M8 0L0 8" stroke="{_INK}" stroke-width="1.2"/>',
}


class Svg(str):
    """Markup that was made here, every text in it escaped; a template takes it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class Strip:
    """One contact: its picture, and the same in words, a line for each channel."""

    name: str
    heading: str
    svg: Svg
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole picture: patterns (once on a page), what they mean, and a strip for each contact."""

    what: str
    patterns: Svg
    key: tuple[tuple[Svg, str], ...]
    strips: tuple[Strip, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days along the width, in percent."""

    begins: date
    ends: date

    def x(self, day: date) -> float:
        days = (min(max(day, self.begins), self.ends) - self.begins).days
        return round(100 * days / max((self.ends - self.begins).days, 1), 2)


def state_of(cell: Cell) -> str:
    """Name what a bar shows: what is claimed is never drawn as what is in force."""
    match cell.value:
        case Value.YES:
            return "yes" if cell.standing is Standing.IN_FORCE else "claimed"
        case Value.NO:
            return "no" if cell.standing is Standing.IN_FORCE else "claimed_no"
        case Value.UNKNOWN:
            return "unknown"
        case _:
            return "ordered"


def picture(lanes: Sequence[Lane], days: Days, on: date | None, words: HistoryWords) -> Picture:
    """Draw the lanes of each contact between the first and the last day, with a line at a day."""
    scale = _Scale(days.first.replace(month=1, day=1), date(days.last.year + 1, 1, 1))
    groups = [(whom, list(found)) for whom, found in groupby(lanes, key=lambda lane: lane.whom)]
    return Picture(
        what=words.say("history.picture.what"),
        patterns=_patterns(),
        key=tuple(_key(words)),
        strips=tuple(
            Strip(
                f"strip-{number}",
                sentence(words.contact(whom)).rstrip("."),
                _svg(found, scale, on, words),
                tuple(_told(lane, words) for lane in found),
            )
            for number, (whom, found) in enumerate(groups, 1)
        ),
    )


def _patterns() -> Svg:
    made = "".join(
        f'<pattern id="history-{name}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="#fff"/>{lines}</pattern>'
        for name, lines in PATTERNS.items()
    )
    hidden = 'width="0" height="0" aria-hidden="true" focusable="false"'
    return Svg(f'<svg class="patterns" {hidden}><defs>{made}</defs></svg>')


def _key(words: HistoryWords) -> Iterator[tuple[Svg, str]]:
    for name in PATTERNS:
        square = f'<rect x="1" y="1" width="26" height="14" fill="url(#history-{name})" stroke="{_INK}"/>'
        yield _small(square), words.say(f"history.picture.key.{name}")
    for name in ("yes", "no"):
        yield (
            _small(f'<g transform="translate(14 8)">{_mark(name)}</g>'),
            words.say(f"history.picture.mark.{name}"),
        )


def _small(drawn: str) -> Svg:
    return Svg(f'<svg width="28" height="16" aria-hidden="true" focusable="false">{drawn}</svg>')


def _mark(name: str) -> str:
    if name == "yes":
        return f'<circle r="5" fill="#fff" stroke="{_INK}" stroke-width="2.5"/>'
    cross = "M-5-5L5 5M5-5L-5 5"
    wide = f'<path d="{cross}" stroke="#fff" stroke-width="6"/>'
    return f'{wide}<path d="{cross}" stroke="{_INK}" stroke-width="2.5"/>'


def _svg(lanes: Sequence[Lane], scale: _Scale, on: date | None, words: HistoryWords) -> Svg:
    height = len(lanes) * (LABEL + BAR + APART) + AXIS
    drawn = [*_years(scale, height)]
    for at, lane in enumerate(lanes):
        drawn.extend(_lane(lane, at * (LABEL + BAR + APART), scale, words))
    if on is not None:
        x = scale.x(on)
        drawn.append(
            f'<line x1="{x}%" x2="{x}%" y1="0" y2="{height - AXIS}" stroke="{_INK}" stroke-width="2" '
            f'stroke-dasharray="5 3"/>'
        )
    label = escape(words.contact(lanes[0].whom))
    return Svg(
        f'<svg class="strip" width="100%" height="{height}" role="img" aria-label="{label}" font-size="13" '
        f'fill="{_INK}">{"".join(drawn)}</svg>'
    )


def _years(scale: _Scale, height: int) -> Iterator[str]:
    years = range(scale.begins.year, scale.ends.year)
    step = -(-len(years) // YEARS_MAX)
    for at, year in enumerate(years):
        x = scale.x(date(year, 1, 1))
        dotted = 'stroke="#a9aeb1" stroke-dasharray="1 3"'
        yield f'<line x1="{x}%" x2="{x}%" y1="0" y2="{height - AXIS + 4}" {dotted}/>'
        if at % step == 0:
            yield f'<text x="{x}%" dx="2" y="{height - 5}" font-size="12">{year}</text>'


def _lane(lane: Lane, top: int, scale: _Scale, words: HistoryWords) -> Iterator[str]:
    label = escape(words.say(f"history.channel.{lane.channel}"))
    yield f'<text x="0" y="{top + LABEL - 5}" font-weight="700">{label}</text>'
    for one in lane.stretches:
        x = scale.x(one.days.first)
        width = max(round(scale.x(one.days.last) - x, 2), 0.4)
        yield (
            f'<rect x="{x}%" y="{top + LABEL}" width="{width}%" height="{BAR}" '
            f'fill="url(#history-{state_of(one.cell)})" stroke="{_INK}"/>'
        )
    for fact in lane.facts:
        if fact.amount is None:
            x = scale.x(fact.since.last)
            name = "yes" if fact.yes else "no"
            yield f'<svg x="{x}%" y="{top + LABEL + BAR // 2}" overflow="visible">{_mark(name)}</svg>'


def _told(lane: Lane, words: HistoryWords) -> str:
    """Tell one lane in words: how it stood from when to when."""
    parts = [
        words.say(
            "history.picture.stretch",
            first=words.day(one.days.first),
            last=words.day(one.days.last),
            value=words.say(f"history.picture.key.{state_of(one.cell)}"),
        )
        for one in lane.stretches
    ]
    channel = words.say(f"history.channel.{lane.channel}")
    return closed(words.say("history.picture.lane", channel=channel, told=words.apart(parts)))
