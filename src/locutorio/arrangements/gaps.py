"""The days between contacts: since the last one, and the longest time without any."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from locutorio.arrangements.promises import OPEN, Happened, Record, What


@dataclass(frozen=True, slots=True)
class Gap:
    """Days from one contact to the next; ``to_now`` where it runs to the day of the answer."""

    begins: date
    ends: date
    to_now: bool = False

    @property
    def days(self) -> int:
        """How many days lie from one to the other."""
        return (self.ends - self.begins).days


@dataclass(frozen=True, slots=True)
class Between:
    """The contacts of a kind and the time without them.

    ``last`` is the last sure contact, None where there is none: then time is counted from ``since``, the
    first day of the file. ``longest_if`` is the longest gap if every open event took place; it is None where
    nothing is open that would shorten it. ``complete``: the file holds all that happened since ``since``.
    """

    since: date
    days: tuple[date, ...]
    last: date | None
    now: Gap
    now_if: Gap | None
    longest: Gap
    longest_if: Gap | None
    complete: bool


def between(record: Record, on: date, what: Collection[What]) -> Between | None:
    """Give the days between contacts of some kinds up to a day; None where the file speaks of none."""
    concerned = [event for event in record.events if event.what in what]
    promised = [one.since for one in record.promises if set(one.what) & set(what) and one.since <= on]
    if not concerned and not promised:
        return None
    sure = sorted({event.on for event in concerned if event.happened is Happened.YES})
    maybe = sorted(
        {event.on for event in concerned if event.happened is Happened.YES or event.happened in OPEN}
    )
    since = min(
        [
            *promised,
            *(event.on for event in concerned),
            *([record.complete_from] if record.complete_from else []),
        ]
    )
    since = min(since, on)
    gaps, gaps_if = _gaps(sure, since, on), _gaps(maybe, since, on)
    longest, longest_if = max(gaps, key=_length), max(gaps_if, key=_length)
    return Between(
        since=since,
        days=tuple(sure),
        last=sure[-1] if sure else None,
        now=gaps[-1],
        now_if=gaps_if[-1] if gaps_if[-1].days < gaps[-1].days else None,
        longest=longest,
        longest_if=longest_if if longest_if.days < longest.days else None,
        complete=record.complete(since, on),
    )


def _length(gap: Gap) -> tuple[int, int]:
    return gap.days, -gap.begins.toordinal()


def _gaps(days: list[date], since: date, on: date) -> list[Gap]:
    points = [*([since] if not days or days[0] > since else []), *days]
    inner = [Gap(begins, ends) for begins, ends in pairwise(points)]
    return [*inner, Gap(points[-1], on, to_now=True)]
