"""Tells of calls: one that was owed and not made, what became of that, and that nobody recorded one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from locutorio.decisions.decision import Decision
from locutorio.notices.audience import Reader
from locutorio.notices.findings import Teller
from locutorio.notices.letter import Block, Letter, Paragraph, Section
from locutorio.notices.words import Words, clean, closed, sentence

UNPLACED, ESCALATED, UNRECORDED = "call_unplaced", "call_escalated", "call_unrecorded"
OWED = "owed"


@dataclass(frozen=True, slots=True)
class NotMade:
    """A call that was allowed and not made. ``why`` is no_monitor, no_interpreter, no_answer_here or fault.

    ``due`` is the day by which it is to be made up, where the establishment sets one.
    """

    establishment: str
    person: str
    contact: str
    on: date
    why: str
    due: date | None
    reference: str


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """A call that nobody recorded: its times as HH:MM by the establishment's clock, its length in seconds.

    ``identifier`` is that of the call in the record.
    """

    establishment: str
    person: str
    contact: str
    on: date
    begun: str
    seconds: int
    identifier: str
    stated_on: date


def unplaced(one: NotMade, reader: Reader, decision: Decision | None, says: str, lang: str) -> Letter:
    """Tell one reader that a call was not made, that it is still owed, and what the law says of that.

    Args:
        one: the call.
        reader: who is told.
        decision: what the law says of a call that is owed; None where it has no answer.
        says: what staff wrote; only the person reads it.
        lang: "en" or "es".
    """
    words = Words(lang, "call")
    why = [Paragraph(words.say(f"calls.why.{one.why}"))]
    if says and reader is Reader.PERSON:
        why.append(Paragraph(words.say("calls.wrote", says=closed(says))))
    return _headed(
        UNPLACED,
        words,
        one,
        reader,
        Section("why", words.say("heading.why"), (*why, *_law(decision, reader, lang))),
        Section("next", words.say("calls.next"), (Paragraph(_due(words, one)),)),
        Section("contest", words.say("heading.contest"), (Paragraph(words.say("calls.ask")),)),
    )


def escalated(one: NotMade, reader: Reader, lang: str) -> Letter:
    """Tell one reader that a call was not made up in time, and that the governor has it now."""
    words = Words(lang, "call")
    said = Section("next", words.say("calls.next"), (Paragraph(words.say("calls.with_governor")),))
    return _headed(ESCALATED, words, one, reader, said)


def unrecorded(one: Unrecorded, lang: str) -> Letter:
    """State to a contact that a call with them was not recorded, so that they can show it to others."""
    words = Words(lang, "call")
    lead = words.say(
        "calls.lead.unrecorded",
        person=clean(one.person),
        contact=clean(one.contact),
        establishment=clean(one.establishment),
        day=words.day(one.on),
        begun=one.begun,
        length=words.say("calls.length", minutes=str(one.seconds // 60), seconds=str(one.seconds % 60)),
    )
    facts = ("plane", "grant", "recorder", "recording")
    record = (*(words.say(f"calls.unrecorded.{fact}") for fact in facts),)
    return Letter(
        lang=lang,
        outcome="permit",
        title=words.say(f"calls.title.{UNRECORDED}", day=words.day(one.on)),
        headline=words.say(f"calls.headline.{UNRECORDED}"),
        lead=(sentence(lead),),
        sections=(
            Section("why", words.say("calls.what_record_says"), tuple(map(Paragraph, record))),
            Section("next", words.say("calls.how_to_check"), (Paragraph(words.say("calls.check")),)),
        ),
        foot=(
            words.say("calls.identifier", identifier=clean(one.identifier)),
            words.say("calls.stated_on", day=words.day(one.stated_on)),
        ),
    )


def _headed(kind: str, words: Words, one: NotMade, reader: Reader, *sections: Section) -> Letter:
    lead = words.say(
        f"calls.lead.unplaced.{reader.value}",
        person=clean(one.person),
        contact=clean(one.contact),
        establishment=clean(one.establishment),
        day=words.day(one.on),
    )
    return Letter(
        lang=words.lang,
        outcome="pending",
        title=words.say(f"calls.title.{kind}", day=words.day(one.on)),
        headline=words.say(f"calls.headline.{kind}"),
        lead=(sentence(lead), words.say("calls.no_refusal")),
        sections=sections,
        foot=(words.say("calls.reference", reference=clean(one.reference)),),
    )


def _law(decision: Decision | None, reader: Reader, lang: str) -> Iterator[Block]:
    """Give what the law says of what is owed, in words; a contact is told no count of the person's calls."""
    if decision is None:
        return
    teller = Teller(decision, lang)
    for beside in decision.beside:
        if beside.kind == OWED:
            yield teller.block(beside.finding, brief=reader is Reader.CONTACT)


def _due(words: Words, one: NotMade) -> str:
    return words.say("calls.due", day=words.day(one.due)) if one.due else words.say("calls.with_governor")
