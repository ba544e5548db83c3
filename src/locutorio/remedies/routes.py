"""Where somebody may still turn with what a petition asked, and where not, on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from locutorio.decisions.decision import Outcome as Found
from locutorio.remedies.rungs import Deadlines, Rung
from locutorio.remedies.telling import Seen, Stage
from locutorio.remedies.values import Outcome


class Standing(StrEnum):
    """Whether a route can be taken. `not_yet`: it comes after an answer that is still owed."""

    OPEN = "open"
    NOT_YET = "not_yet"
    LATE = "late"
    CLOSED = "closed"


class Why(StrEnum):
    """What a route rests on."""

    PUT_RIGHT = "put_right"
    ASK_AGAIN = "ask_again"
    RULED = "ruled"
    NO_POWER = "no_power"
    NAMED = "named"
    CONTEST = "contest"
    SILENCE = "silence"
    AFTER_ANSWER = "after_answer"
    AFTER_LAST = "after_last"


@dataclass(frozen=True, slots=True)
class Route:
    """One way: to whom, whether it is open, until when where a day is known, and the event it rests on."""

    to: str
    standing: Standing
    why: Why
    until: date | None = None
    clock: str = ""
    because: str | None = None


def routes(one: Seen, rung: Rung | None, known: Mapping[str, Rung], due: Deadlines, on: date) -> list[Route]:
    """Give every route of a petition on a day, its own office first, the last resort last."""
    if one.stage is Stage.WITHDRAWN or one.outcome is Outcome.GRANTED:
        return []
    found = [*_same_office(one, on), *_named(one)]
    if rung is not None:
        found += [*_following(one, rung, known, due), *_last(one, rung, known, due)]
    return found


def _contestable(one: Seen, due: Deadlines) -> Why | None:
    """Say why what follows may be done now, if it may: an answer was given, or its time is over."""
    if one.ruling is not None:
        return Why.CONTEST
    return Why.SILENCE if due.silent and one.stage is Stage.PENDING else None


def _same_office(one: Seen, on: date) -> Iterator[Route]:
    if one.ruling is None:
        return
    to, because = one.petition.office, one.ruling.id
    if one.ruling.closes:
        yield Route(to, Standing.CLOSED, Why.NO_POWER, because=because)
    elif one.outcome is Outcome.REJECTED and one.ruling.until is not None:
        standing = Standing.OPEN if on <= one.ruling.until else Standing.LATE
        yield Route(to, standing, Why.PUT_RIGHT, one.ruling.until, because=because)
    elif one.outcome is Outcome.WITHOUT_PREJUDICE:
        yield Route(to, Standing.OPEN, Why.ASK_AGAIN, because=because)
    else:
        yield Route(to, Standing.CLOSED, Why.RULED, because=because)


def _named(one: Seen) -> Iterator[Route]:
    if one.ruling is not None and one.ruling.next:
        yield Route(one.ruling.next, Standing.OPEN, Why.NAMED, because=one.ruling.id)


def _following(one: Seen, rung: Rung, known: Mapping[str, Rung], due: Deadlines) -> Iterator[Route]:
    why = _contestable(one, due)
    because = one.ruling.id if one.ruling else None
    for name in rung.next:
        to = known[name].office if name in known else ""
        if why is None:
            yield Route(to, Standing.NOT_YET, Why.AFTER_ANSWER, clock=name)
            continue
        found = due.next.get(name)
        late = found is not None and found.outcome is Found.LATE
        yield Route(
            to,
            Standing.LATE if late else Standing.OPEN,
            why,
            found.last_day if found else None,
            name,
            because,
        )


def _last(one: Seen, rung: Rung, known: Mapping[str, Rung], due: Deadlines) -> Iterator[Route]:
    """Give where the law leads after the last rung: open only once that one is answered or silent."""
    if rung.last_to:
        why = _contestable(one, due)
        because = one.ruling.id if one.ruling else None
        for to in rung.last_to:
            standing = Standing.NOT_YET if why is None else Standing.OPEN
            yield Route(to, standing, why or Why.AFTER_ANSWER, because=because)
        return
    for to in dict.fromkeys(to for last in _ends(rung, known) for to in last.last_to):
        yield Route(to, Standing.NOT_YET, Why.AFTER_LAST)


def _ends(rung: Rung, known: Mapping[str, Rung]) -> Iterator[Rung]:
    """Give the last rungs that follow one."""
    waiting, gone = [rung], set()
    while waiting:
        one = waiting.pop(0)
        if one.last_to:
            yield one
        for name in one.next:
            if name in known and name not in gone:
                gone.add(name)
                waiting.append(known[name])
