"""Tells the deadlines of a petition and the ways that are open, closed, too late or not open yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from locutorio.decisions.decision import Outcome as Found
from locutorio.notices.letter import Block, Items, Paragraph
from locutorio.notices.words import Words
from locutorio.remedies.routes import Route, Standing, Why
from locutorio.remedies.rungs import Deadlines
from locutorio.remedies.telling import Seen, Stage
from locutorio.remedies.values import Outcome

_UNTIL = (Why.CONTEST, Why.SILENCE)
_OVER = (Stage.RULED, Stage.REJECTED, Stage.WITHDRAWN)


def due(words: Words, found: Deadlines, one: Seen) -> Iterator[Block]:
    """Tell until when it is filed, and until when the answer is owed."""
    if one.stage is Stage.WITHDRAWN:
        return
    told = [*_filing(words, found, one), *_answer(words, found, one)]
    if told:
        yield Items(tuple(told))
    elif one.ruling is None:
        yield Paragraph(words.say("petition.due.none"))


def _filing(words: Words, found: Deadlines, one: Seen) -> Iterator[str]:
    if found.file is not None:
        in_time = "done" if one.filed else "open"
        key = "late" if found.file.outcome is Found.LATE else in_time
        told = {"day": words.day(found.file.last_day), "citation": found.file.citation}
        yield words.say(f"petition.due.file_{key}", **told)


def _answer(words: Words, found: Deadlines, one: Seen) -> Iterator[str]:
    if found.answer is None or one.filed is None:
        return
    ruled_on = one.ruling.on if one.ruling else None
    if one.stage in _OVER:
        late = ruled_on is not None and ruled_on > found.answer.last_day
        key = "came_late" if late else "done"
    else:
        key = "late" if found.silent else "open"
    told = {"day": words.day(found.answer.last_day), "citation": found.answer.citation}
    yield words.say(f"petition.due.answer_{key}", **told)
    if one.stage in _OVER:
        return
    if found.emergency is not None:
        yield words.say("petition.due.emergency", day=words.day(found.emergency))
    if found.longest is not None:
        yield words.say("petition.due.longest", day=words.day(found.longest))


def routes(words: Words, found: Sequence[Route], one: Seen) -> Iterator[Block]:
    """Tell every way, and whether it is open."""
    if one.outcome is Outcome.GRANTED:
        yield Paragraph(words.say("petition.all_granted"))
    if found:
        yield Items(tuple(_route(words, route) for route in found))
    over = one.stage in (Stage.RULED, Stage.REJECTED) and one.outcome is not Outcome.GRANTED
    if over and not any(route.standing is Standing.OPEN for route in found):
        yield Paragraph(words.say("petition.none_open"))


def _route(words: Words, route: Route) -> str:
    key = f"petition.route.{route.why.value}"
    if route.why in _UNTIL and route.until is not None:
        why = words.say(f"{key}_until", day=words.day(route.until))
    elif route.why is Why.PUT_RIGHT and route.until is not None:
        why = words.say(key, day=words.day(route.until))
    else:
        why = words.say(key)
    return words.say(f"petition.route.{route.standing.value}", office=words.office(route.to), why=why)
