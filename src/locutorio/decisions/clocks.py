"""Windows of time: the last day, how it was counted, and whether it has gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from locutorio.decisions.decision import ClockSeen, Outcome
from locutorio.decisions.findings import Findings
from locutorio.decisions.papers import speaking
from locutorio.decisions.weigh import YES, Said, standings
from locutorio.kernel.moments import NEVER, plus_days
from locutorio.rules.generate import Raw
from locutorio.rules.provision import Window
from locutorio.rules.rulebook import Rulebook, clocks_of


@dataclass(slots=True)
class ClockWeighed:
    """What speaks of a clock on each side of a contested question; the first is the interim's."""

    said: Sequence[Said]
    standing: Sequence[int]
    window: tuple[Said, Window] | None
    seen: ClockSeen | None
    outcome: Outcome | None


@cache
def _holidays(country: str, year: int) -> frozenset[date]:
    from holidays import country_holidays

    return frozenset(country_holidays(country, years=year))


def is_holiday(country: str, day: date) -> bool:
    """Tell whether a day is a public holiday of a country (ISO 3166 alpha-2)."""
    return day in _holidays(country, day.year)


def last_day(start: date, days: int, count: str, country: str | None) -> tuple[date | None, tuple[date, ...]]:
    """Count days from the day after ``start``.

    Args:
        start: the day of the event; it is not counted.
        days: how many days the window has.
        count: "calendar", or "work": Saturdays, Sundays and public holidays are passed over.
        country: whose public holidays, as ISO 3166 alpha-2; None for none.

    Returns:
        The last day in time (None if it cannot be written as a date) and the holidays passed over.
    """
    if count == "calendar":
        return plus_days(start, days), ()
    skipped = []
    found = start
    left = days
    while left > 0:
        found += timedelta(days=1)
        if found.weekday() >= 5:
            continue
        if country and is_holiday(country, found):
            skipped.append(found)
            continue
        left -= 1
    return found, tuple(skipped)


def weigh_clock(
    name: str,
    facts: Mapping[str, Raw],
    on: date,
    findings: Findings,
    adopted: frozenset[str],
    sides: Mapping[str, str],
) -> ClockWeighed:
    """Weigh what speaks of one clock on given sides of contested questions."""
    book = findings.book
    said = [
        one
        for one in speaking(book.clocks(name), book, facts, adopted)
        if one.provision.side is None or sides.get(one.provision.side[0]) == one.provision.side[1]
    ]
    standing = standings(said, book.overriders)
    windows = [
        (one, effect, standing[at])
        for at, one in enumerate(said)
        if standing[at]
        for effect in one.provision.effects
        if isinstance(effect, Window) and effect.name == name
    ]
    if not windows:
        return ClockWeighed(said, standing, None, None, None)
    one, window, state = max(windows, key=lambda entry: entry[2])
    seen = see(one, window, facts, on, findings)
    firm = state == YES and sum(1 for entry in windows if entry[2]) == 1
    return ClockWeighed(said, standing, (one, window), seen, seen.outcome if firm else None)


def see(one: Said, window: Window, facts: Mapping[str, Raw], on: date, findings: Findings) -> ClockSeen:
    """Compute one window with its arithmetic."""
    book = findings.book
    start = book.compute(one.index, window.start, facts)
    days = book.compute(one.index, window.days, facts)
    acted = facts.get(window.acted) if window.acted else NEVER.toordinal()
    acted_on = date.fromordinal(int(acted)) if acted is not None else None
    end: date | None = None
    skipped: tuple[date, ...] = ()
    if start is not None and days is not None and start < NEVER.toordinal():
        end, skipped = last_day(date.fromordinal(start), days, window.count, book.pack.holidays)
    outcome = None
    if end is not None and acted_on is not None and acted_on < NEVER:
        outcome = Outcome.OPEN if acted_on <= end else Outcome(window.past)
    elif end is not None and (acted_on == NEVER or on <= end):
        outcome = Outcome.OPEN if on <= end else Outcome(window.past)
    return ClockSeen(
        name=window.name,
        start=date.fromordinal(start) if end is not None and start is not None else None,
        days=days,
        count=window.count,
        last_day=end,
        acted_on=acted_on if acted_on != NEVER else None,
        asked_about=on,
        outcome=outcome,
        finding=findings.of(one),
        skipped=skipped,
    )


def known_clocks(book: Rulebook) -> list[str]:
    """Give the names of the clocks a pack sets."""
    return sorted({name for p in book.provisions if p.about == "clock" for name in clocks_of(p)})
