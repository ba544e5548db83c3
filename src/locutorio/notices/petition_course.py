"""Tells what happened to a petition: its events, how its papers went, what was against it, the ruling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from locutorio.notices.letter import Block, Items, Paragraph
from locutorio.notices.words import Words, clean, closed, quoted, sentence
from locutorio.remedies.telling import Seen, Service
from locutorio.remedies.values import TRAVELS, Carried, Event, Kind


def events(words: Words, found: Sequence[Event]) -> Iterator[Block]:
    """Tell events in their order, each with its day, who did it, and what shows it."""
    if found:
        yield Items(tuple(event(words, one) for one in found))


def event(words: Words, one: Event) -> str:
    """Tell one event."""
    kind = words.say(f"petition.kind.{one.kind.value}")
    if one.carried is Carried.RULING:
        kind = words.say("petition.carried_ruling", what=kind)
    told = {"day": _day(words, one), "what": kind}
    first = (
        words.say("petition.event_by", **told, by=quoted(one.by))
        if one.by
        else words.say("petition.event", **told)
    )
    return f"{first} {_proof(words, one)}"


def _day(words: Words, one: Event) -> str:
    return words.day(one.on) if one.on else words.say("petition.day_unknown")


def _proof(words: Words, one: Event) -> str:
    if one.proof:
        return words.say("petition.proof", proof=quoted(one.proof))
    return words.say("petition.no_proof")


def service(words: Words, one: Seen) -> Iterator[Block]:
    """Tell how the petition reached its office, and the ruling its reader: each fact by itself."""
    yield from _service(words, one.service, Carried.PETITION)
    if one.ruling is not None:
        yield from _service(words, one.ruling_service, Carried.RULING)


def _service(words: Words, found: Service, carried: Carried) -> Iterator[Block]:
    paper = words.say(f"petition.service.{carried.value}")
    told = tuple(event(words, one) for kind in TRAVELS for one in getattr(found, kind.value))
    if not told:
        yield Paragraph(words.say("petition.service.none", paper=paper))
        return
    yield Items(told, closed(paper).replace(".", ":"))
    if found.disputed:
        yield Paragraph(words.say("petition.service.disputed", paper=paper))


def opposed(words: Words, one: Seen) -> Iterator[Block]:
    """Tell each ground against it, whether it is spent, and what less strict means were offered."""
    items = []
    for ground in one.grounds:
        said = {"says": quoted(ground.event.says), "by": sentence(ground.event.by).rstrip(".")}
        parts = [words.say("petition.ground" if ground.event.by else "petition.ground_somebody", **said)]
        if ground.event.ends_with:
            parts.append(words.say("petition.ground_ends", event=quoted(ground.event.ends_with)))
        if ground.spent_by is not None:
            parts.append(words.say("petition.ground_spent", day=_day(words, ground.spent_by)))
        items.append(" ".join(parts))
    for offer in one.offers:
        parts = [words.say("petition.offer", says=quoted(offer.event.says))]
        if offer.answered_by is None:
            parts.append(words.say("petition.offer_unanswered"))
        else:
            parts.append(words.say("petition.offer_answered", says=quoted(offer.answered_by.says)))
        items.append(" ".join(parts))
    if items:
        yield Items(tuple(items))


def ruled(words: Words, one: Seen) -> Iterator[Block]:
    """Tell every ruling, the last one last, with its reasons."""
    for found in one.events:
        if found.kind is not Kind.RULED or found.outcome is None:
            continue
        outcome = words.say(f"petition.headline.{found.outcome.value}")
        yield Paragraph(words.say("petition.ruled", day=_day(words, found), outcome=outcome))
        if found.says:
            yield Paragraph(words.say("petition.reasons", says=closed(clean(found.says))))
        if found.closes:
            yield Paragraph(words.say("petition.no_power"))
