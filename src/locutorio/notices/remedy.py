"""Tells deadlines reckoned from a few days: the asked one, what follows it, and where each step goes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from locutorio.decisions.reckoned import Reckoned, Step, Told
from locutorio.notices.calendar import CalendarEvent
from locutorio.notices.clock_sheet import what
from locutorio.notices.compose import compose as compose_decision
from locutorio.notices.contest import counted, way
from locutorio.notices.document import Json, as_document, as_json, letter_as_json
from locutorio.notices.findings import Teller
from locutorio.notices.letter import Block, Items, Letter, Paragraph, Section
from locutorio.notices.words import Words, sentence

FORMAT = "locutorio-remedy-1"
_SAID_HERE = ("why", "clocks", "contest", "changes")


def compose(reckoned: Reckoned, lang: str) -> Letter:
    """Tell a deadline and those that follow it.

    Raises:
        Fault: the catalogue does not have this language.
    """
    words, first = Words(lang), reckoned.first
    asked = compose_decision(first.decision, lang)
    sure = first.seen.outcome is first.decision.outcome
    headline = f"remedy.headline_{first.decision.outcome.value}" if sure else "remedy.headline"
    steps = tuple(_section(words, number, reckoned) for number in range(1, len(reckoned.steps) + 1))
    rest = tuple(section for section in asked.sections if section.name not in _SAID_HERE)
    return Letter(
        lang=lang,
        outcome=asked.outcome,
        title=words.say(
            "remedy.title", what=sentence(_what(words, first)).rstrip("."), day=words.day(reckoned.on)
        ),
        headline=words.say(headline, day=words.day(first.last_day)),
        lead=tuple(_lead(words, reckoned)),
        sections=(*_days(words, reckoned), steps[0], *rest, *steps[1:]),
        foot=asked.foot,
    )


def _days(words: Words, reckoned: Reckoned) -> Iterator[Section]:
    """Give the last day of every step at a glance, where there are several."""
    if len(reckoned.steps) > 1:
        lines = (
            words.say(
                "remedy.at_a_glance_longer" if step.longest else "remedy.at_a_glance",
                what=sentence(_what(words, step.usual)).rstrip("."),
                day=words.day(step.usual.last_day),
                longest=words.day(step.longest.last_day) if step.longest else "",
            )
            for step in reckoned.steps
        )
        yield Section("days", words.say("remedy.heading_days"), (Items(tuple(lines)),))


def _lead(words: Words, reckoned: Reckoned) -> Iterator[str]:
    if len(reckoned.steps) > 1:
        yield words.say("remedy.lead.order")
        yield words.say("remedy.lead.later")
    if any(step.longest for step in reckoned.steps):
        yield words.say("remedy.lead.longest")


def _what(words: Words, told: Told) -> str:
    """Name a clock by its days and the act that stops it."""
    return what(words, told.kind)


def _section(words: Words, number: int, reckoned: Reckoned) -> Section:
    step, later = reckoned.steps[number - 1], {one.usual.kind.name for one in reckoned.steps[number:]}
    heading = words.say("remedy.step", n=str(number), what=sentence(_what(words, step.usual)).rstrip("."))
    return Section(f"step-{number}", heading, tuple(_blocks(words, step, later)))


def _blocks(words: Words, step: Step, later: Collection[str]) -> Iterator[Block]:
    usual, longest = step.usual, step.longest
    teller = Teller(usual.decision, words.lang)
    yield teller.block(usual.seen.finding, counted(words, usual.seen))
    if longest is not None:
        told = words.say("remedy.at_longest", told=counted(words, longest.seen))
        yield Teller(longest.decision, words.lang).block(longest.seen.finding, told)
    if usual.kind.by_silence:
        yield Paragraph(_silence(words, usual.last_day, longest.last_day if longest else None))
    for route in usual.decision.routes:
        if route.clock is None or route.clock.name not in later:
            yield teller.block(route.finding, way(words, route))
    if usual.assumed:
        facts = words.apart(
            words.say("remedy.fact", label=words.label(path), value=words.value(path, value))
            for path, value in usual.assumed
        )
        yield Paragraph(words.say("remedy.taken", facts=facts))


def _silence(words: Words, day: date, longest: date | None) -> str:
    if longest is None:
        return words.say("remedy.silence", day=words.day(day))
    return words.say("remedy.silence_two", day=words.day(day), longest=words.day(longest))


def as_json_document(reckoned: Reckoned, lang: str) -> dict[str, Json]:
    """Give a deadline and those that follow it as a JSON object; days are written YYYY-MM-DD.

    Raises:
        Fault: the catalogue does not have this language.
    """
    words = Words(lang)
    steps: list[Json] = [
        {
            "clock": step.usual.kind.name,
            "what": _what(words, step.usual),
            "silence_is_denial": step.usual.kind.by_silence,
            "usual": _course(step.usual),
            "longest": _course(step.longest) if step.longest else None,
        }
        for step in reckoned.steps
    ]
    return {
        "format": FORMAT,
        "lang": lang,
        "law": reckoned.law,
        "on": reckoned.on.isoformat(),
        "given": {path: as_json(value) for path, value in reckoned.given.items()},
        "steps": steps,
        "answer": as_document(reckoned.first.decision, lang),
        "letter": letter_as_json(compose(reckoned, lang)),
    }


def _course(told: Told) -> dict[str, Json]:
    seen = told.seen
    return {
        "start": as_json(seen.start),
        "days": seen.days,
        "count": seen.count,
        "last_day": as_json(seen.last_day),
        "holidays_passed_over": as_json(seen.skipped),
        "citation": seen.finding.citation,
        "provision": seen.finding.provision,
        "assumed": {path: as_json(value) for path, value in told.assumed},
    }


def events(reckoned: Reckoned, lang: str) -> Iterator[CalendarEvent]:
    """Give each last day as a day of a calendar.

    Raises:
        Fault: the catalogue does not have this language.
    """
    words = Words(lang)
    for number, step in enumerate(reckoned.steps, 1):
        for key, told in (("event", step.usual), ("event_longest", step.longest)):
            if told is not None:
                yield CalendarEvent(
                    uid=f"{key}-{number}-{told.kind.name}-{told.last_day}-{told.seen.start}.locutorio.invalid",
                    starts=told.last_day,
                    summary=words.say(f"remedy.{key}", what=_what(words, told)),
                    description=f"{counted(words, told.seen)} {told.seen.finding.citation}.",
                )
