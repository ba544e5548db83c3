"""Tells the person and each contact of a party what became of their visit, in the language of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from locutorio.actions import shelf
from locutorio.actions.deciding import MemberDecision, PartyDecision, language
from locutorio.decisions.decision import Decision, Outcome
from locutorio.notices import at_risk, withdrawn
from locutorio.notices import refused as refusal
from locutorio.notices.audience import Reader, may_know
from locutorio.notices.booked import Booked, Time
from locutorio.notices.letter import Letter
from locutorio.notices.refused import AskedFor
from locutorio.rules.tree import facts_of, lines_of, sums_of
from locutorio.store import notices
from locutorio.store.knowledge import Knowledge
from locutorio.store.replaying import Standing
from locutorio.store.transaction import Transaction

ComposeOf = Callable[[Booked, Reader, Decision, Collection[str], str], Letter]
Compose = Callable[[Booked, Reader, str], Letter]


def by_law(tx: Transaction, known: Knowledge, one: Standing, found: PartyDecision, *, kind: str) -> None:
    """Tell what was decided again: each contact of themselves, the person of those who may not come.

    Args:
        tx: the change.
        known: what is known of the person.
        one: the booking.
        found: what was decided.
        kind: withdrawn or at_risk.
    """
    told = withdrawn if kind == withdrawn.KIND else at_risk
    booked = booked_of(known, one)
    for member in found.members:
        lang = language(known.contacts[member.contact].language)
        outcome = member.decision.outcome
        if kind == withdrawn.KIND and outcome is not found.outcome:
            letter = withdrawn.with_others(booked, lang, outcome.value)
        elif outcome is Outcome.PERMIT:
            letter = at_risk.with_others(booked, lang)
        else:
            naming = known.naming(member.contact)
            decision = _asking(known, member.decision, Reader.CONTACT)
            letter = told.by_law(booked, Reader.CONTACT, decision, naming, lang)
        notices.keep(tx, kind=kind, letter=letter, contact=member.contact, request=one.request)
    lang = language(known.person.language)
    for member in _different(found):
        decision = _asking(known, member.decision, Reader.PERSON)
        letter = told.by_law(booked, Reader.PERSON, decision, (), lang)
        notices.keep(tx, kind=kind, letter=letter, person=known.person.id, request=one.request)


def conditions(
    tx: Transaction, known: Knowledge, one: Standing, found: PartyDecision, kind: str, compose: ComposeOf
) -> None:
    """Tell on what conditions it is permitted now: each contact their own, the person each set once."""
    booked = booked_of(known, one)
    different: dict[frozenset[str], Decision] = {}
    for member in found.members:
        different.setdefault(frozenset(c.token for c in member.decision.conditions), member.decision)
        decision = _asking(known, member.decision, Reader.CONTACT)
        lang = language(known.contacts[member.contact].language)
        letter = compose(booked, Reader.CONTACT, decision, known.naming(member.contact), lang)
        notices.keep(tx, kind=kind, letter=letter, contact=member.contact, request=one.request)
    lang = language(known.person.language)
    for of_one in different.values():
        letter = compose(booked, Reader.PERSON, _asking(known, of_one, Reader.PERSON), (), lang)
        notices.keep(tx, kind=kind, letter=letter, person=known.person.id, request=one.request)


def refused(tx: Transaction, known: Knowledge, request: UUID, found: PartyDecision) -> None:
    """Tell of a refused request: each contact who is refused, and the person, with reason and route."""
    asked = AskedFor(
        establishment=known.establishment.name,
        person=known.person.name,
        party=tuple(known.contacts[member.contact].name for member in found.members),
        reference=str(request)[-8:],
    )
    for member in found.members:
        if member.decision.outcome is Outcome.REFUSE:
            decision = _asking(known, member.decision, Reader.CONTACT)
            lang = language(known.contacts[member.contact].language)
            letter = refusal.refused(asked, Reader.CONTACT, decision, known.naming(member.contact), lang)
            notices.keep(tx, kind=refusal.KIND, letter=letter, contact=member.contact, request=request)
    lang = language(known.person.language)
    for member in _different(found):
        decision = _asking(known, member.decision, Reader.PERSON)
        letter = refusal.refused(asked, Reader.PERSON, decision, (), lang)
        notices.keep(tx, kind=refusal.KIND, letter=letter, person=known.person.id, request=request)


def stands_again(tx: Transaction, known: Knowledge, one: Standing) -> None:
    """Tell that what put it at risk is settled."""
    everybody(tx, known, one, at_risk.AGAIN, at_risk.stands_again)


def under_way(tx: Transaction, known: Knowledge, one: Standing) -> None:
    """Tell that something changed while the visit takes place."""
    everybody(tx, known, one, at_risk.KIND, at_risk.under_way)


def by_the_house(
    tx: Transaction,
    known: Knowledge,
    one: Standing,
    why: str,
    *,
    ground: Mapping[str, str],
    times: Sequence[Time] = (),
) -> None:
    """Tell that the establishment cannot hold it, and when there was a place instead."""

    def compose(booked: Booked, reader: Reader, lang: str) -> Letter:
        return withdrawn.by_the_house(booked, reader, why, lang, ground=ground.get(lang, ""), times=times)

    everybody(tx, known, one, withdrawn.KIND, compose)


def booked_of(known: Knowledge, one: Standing) -> Booked:
    """Give a booking as its notices name it."""
    zone = known.establishment.zone
    return Booked(
        establishment=known.establishment.name,
        person=known.person.name,
        party=tuple(known.contacts[contact].name for contact in one.contacts),
        on=one.on,
        starts=clock_time(zone, one.starts),
        ends=clock_time(zone, one.ends),
        reference=str(one.id)[-8:],
    )


def clock_time(zone: str, moment: datetime) -> str:
    """Give the time of a moment by the establishment's clock, HH:MM."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"


def everybody(tx: Transaction, known: Knowledge, one: Standing, kind: str, compose: Compose) -> None:
    """Tell the person and everybody of the party, in the words that are composed for each."""
    booked = booked_of(known, one)
    lang = language(known.person.language)
    letter = compose(booked, Reader.PERSON, lang)
    notices.keep(tx, kind=kind, letter=letter, person=known.person.id, request=one.request)
    for contact in one.contacts:
        letter = compose(booked, Reader.CONTACT, language(known.contacts[contact].language))
        notices.keep(tx, kind=kind, letter=letter, contact=contact, request=one.request)


def _asking(known: Knowledge, decision: Decision, reader: Reader) -> Decision:
    """Leave out contested questions that arise only from what the reader cannot know."""
    questions = shelf.pack(known.establishment.law).contested

    def may_ask(name: str) -> bool:
        asked = questions[name]
        if asked.papers and reader is Reader.CONTACT:
            return False
        lines = lines_of(asked.when) if asked.when else ()
        return all(may_know(reader, path) for line in lines for path in facts_of(sums_of(line)))

    return replace(decision, contested=tuple(one for one in decision.contested if may_ask(one.name)))


def _different(found: PartyDecision) -> list[MemberDecision]:
    """Give those whose answer made the party's, one for each set of reasons."""
    by_reasons: dict[tuple[tuple[str, str | None], ...], MemberDecision] = {}
    for member in found.members:
        if member.decision.outcome is found.outcome:
            reasons = tuple((one.provision, one.instrument) for one in member.decision.reasons)
            by_reasons.setdefault(reasons, member)
    return [*by_reasons.values()]
