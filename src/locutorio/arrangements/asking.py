"""What the law says of what is missing: the decisions it was asked for, beside what they were asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from locutorio.arrangements.account import Account, Row
from locutorio.arrangements.promises import Promise
from locutorio.decisions.decision import Decision

MONTHS_MAX = 24


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when the first form can be filed about one missing thing, counted from ``event_on``."""

    promise: Promise
    row: Row
    event_on: date
    decision: Decision


@dataclass(frozen=True, slots=True)
class Month:
    """What the law says of the contacts of one kind in a calendar month that has ended."""

    begins: date
    last: date
    about: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Owed:
    """The account with what can be asked. ``law_begins``: months before it were not asked about."""

    account: Account
    deadlines: tuple[Deadline, ...] = ()
    months: tuple[Month, ...] = ()
    law_begins: date | None = None
