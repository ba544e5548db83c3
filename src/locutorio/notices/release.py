"""Tells the days that follow from a sentence, with the arithmetic and the law, and whom to visit then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from locutorio.decisions.decision import Finding
from locutorio.decisions.projected import Phase, Projected
from locutorio.notices.answer import foot
from locutorio.notices.document import Json, letter_as_json
from locutorio.notices.findings import Teller
from locutorio.notices.letter import Block, Items, Letter, Paragraph, Section
from locutorio.notices.words import Words, sentence

FORMAT = "locutorio-release-1"
MONTHS = "months"


def compose(projected: Projected, lang: str) -> Letter:
    """Tell a projection.

    Raises:
        Fault: the catalogue does not have this language.
    """
    words = Words(lang)
    teller = Teller(projected.phases[0].decision, lang)
    return Letter(
        lang=lang,
        outcome="open",
        title=words.say("release.title", day=words.day(projected.sentence.began)),
        headline=words.say("release.headline", day=words.day(projected.release)),
        lead=(words.say("release.lead"), words.say("release.not_official")),
        sections=(
            Section("days", words.say("release.heading.days"), (Items(tuple(_glance(words, projected))),)),
            Section("release", words.say("release.heading.release"), tuple(_release(teller, projected))),
            Section("outside", words.say("release.heading.outside"), tuple(_outside(teller, projected))),
            Section("visits", words.say("release.heading.visits"), tuple(_visits(projected, lang))),
            Section("left_out", words.say("release.heading.left_out"), (_left_out(words),)),
        ),
        foot=foot(teller),
    )


def _glance(words: Words, one: Projected) -> Iterator[str]:
    days = (
        ("full", one.full_term),
        ("release", one.release),
        ("outside", one.outside_from),
        ("home", one.home_from),
    )
    for name, day in days:
        yield words.say(f"release.glance.{name}", day=words.day(day))


def _release(teller: Teller, one: Projected) -> Iterator[Block]:
    words, said = teller.words, one.sentence
    yield Paragraph(
        words.say(
            "release.term",
            began=words.day(said.began),
            length=_length(words, one),
            credit=words.quantity(said.credit_days, "days"),
            day=words.day(one.full_term),
        )
    )
    yield from _blocks(
        teller,
        one.a_year.findings,
        words.say(
            "release.good",
            a_year=words.quantity(one.a_year.value, "days"),
            length=_length(words, one),
            lost=words.quantity(said.lost_days, "days"),
            good=words.quantity(one.good_days, "days"),
        ),
    )
    yield Paragraph(
        words.say(
            "release.day",
            full=words.day(one.full_term),
            good=words.quantity(one.good_days, "days"),
            day=words.day(one.release),
        )
    )
    if one.weekday_before is not None:
        head = words.say("release.weekday", day=words.day(one.weekday_before))
        yield from _blocks(teller, one.weekday_law, head)
    if one.told is not None and one.told.last_day is not None:
        head = words.say("release.police", day=words.day(one.told.last_day))
        yield teller.block(one.told.finding, head, brief=True)


def _outside(teller: Teller, one: Projected) -> Iterator[Block]:
    words = teller.words
    head = words.say(
        "release.outside",
        months=words.quantity(one.outside.value, MONTHS),
        day=words.day(one.outside_from),
    )
    yield from _blocks(teller, one.outside.findings, head)
    head = words.say(
        "release.home",
        months=words.quantity(one.home.value, MONTHS),
        term=words.quantity(one.term_days, "days"),
        tenth=words.quantity(one.tenth.value, "days"),
        day=words.day(one.home_from),
    )
    yield from _blocks(teller, (*one.home.findings, *one.tenth.findings), head)


def _visits(one: Projected, lang: str) -> Iterator[Block]:
    for phase in one.phases:
        yield from _phase(phase, lang)


def _phase(phase: Phase, lang: str) -> Iterator[Block]:
    teller = Teller(phase.decision, lang)
    words = teller.words
    where = sentence(words.value("contact.supervision", phase.name)).rstrip(".")
    if not phase.keys and not phase.beside:
        yield Paragraph(words.say("release.nothing_more", where=where))
    for key in phase.keys:
        head = words.say(
            "release.needs", where=where, what=words.label(key.fact), office=words.office(key.office)
        )
        yield teller.block(key.finding, head, brief=True)
    for one in phase.beside:
        yield teller.block(one.finding, words.say("release.beside", where=where), brief=True)


def _left_out(words: Words) -> Items:
    kinds = ("credits", "other_terms", "supervised", "convention")
    return Items(tuple(words.say(f"release.left_out.{kind}") for kind in kinds))


def _blocks(teller: Teller, findings: Iterable[Finding], head: str) -> Iterator[Block]:
    for finding in findings:
        yield teller.block(finding, head, brief=True)
        head = ""


def _length(words: Words, one: Projected) -> str:
    said = one.sentence
    parts = ((said.years, "years"), (said.months, MONTHS), (said.days, "days"))
    return words.all_of(words.quantity(count, unit) for count, unit in parts if count)


def as_json_document(projected: Projected, lang: str) -> dict[str, Json]:
    """Give a projection as a JSON object; days are written YYYY-MM-DD.

    Raises:
        Fault: the catalogue does not have this language.
    """
    return {
        "format": FORMAT,
        "lang": lang,
        "full_term": projected.full_term.isoformat(),
        "good_days": projected.good_days,
        "release": projected.release.isoformat(),
        "weekday_before": projected.weekday_before.isoformat() if projected.weekday_before else None,
        "outside_from": projected.outside_from.isoformat(),
        "home_from": projected.home_from.isoformat(),
        "told_by": projected.told.last_day.isoformat()
        if projected.told and projected.told.last_day
        else None,
        "letter": letter_as_json(compose(projected, lang)),
    }
