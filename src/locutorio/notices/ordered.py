"""Tells that a paper changes with whom somebody may have contact, as far as the reader may know of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from locutorio.decisions.decision import Decision
from locutorio.facts.vocabulary import Text
from locutorio.notices.audience import Reader, told_to
from locutorio.notices.letter import Letter, Paragraph, Section
from locutorio.notices.words import Words, clean, quoted, sentence

__all__ = ["KIND", "Decision", "Paper", "by_itself", "to_contact", "to_person"]

KIND = "paper"
_WAITS = "pending"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as its notices name it.

    ``awaits`` is the event that it still waits for, empty for none; ``ended`` how it ended, empty while it
    has not.
    """

    establishment: str
    person: str
    title: Text
    cited: str
    since: date | None
    until: date | None
    awaits: str = ""
    ended: str = ""


def to_contact(paper: Paper, decision: Decision, naming: Collection[str], lang: str) -> Letter:
    """Tell a contact what they may do from now on; of the paper only those whom it names.

    Args:
        paper: what changes it.
        decision: what was decided of the contact alone, whole.
        naming: the name of the paper, if it names the contact.
        lang: "en" or "es".
    """
    words = Words(lang, decision.about)
    told = told_to(_unasked(decision), Reader.CONTACT, naming, lang)
    lead = [
        words.say("ordered.contact", person=clean(paper.person), establishment=clean(paper.establishment))
    ]
    if naming:
        lead.extend(_of_paper(words, paper))
    title = words.say(f"ordered.title.{decision.about}.contact", person=clean(paper.person))
    return _closed(replace(told, title=title, lead=(*lead, *told.lead)), words, decision, Reader.CONTACT)


def to_person(paper: Paper, decision: Decision, names: Collection[str], lang: str) -> Letter:
    """Tell the person in custody what a paper changes, with whom, and how to contest it."""
    words = Words(lang, decision.about)
    told = told_to(_unasked(decision), Reader.PERSON, (), lang)
    whom = words.say("ordered.person", names=words.all_of(clean(name) for name in names))
    lead = (*_of_paper(words, paper), whom, *told.lead)
    title = words.say(f"ordered.title.{decision.about}.person", paper=words.text(paper.title))
    letter = replace(told, title=title, lead=lead)
    return _closed(letter, words, decision, Reader.PERSON)


def by_itself(paper: Paper, judged: Decision | None, lang: str) -> Letter:
    """Tell the person of a paper that changes nobody's contact now: what it is by itself.

    Args:
        paper: which.
        judged: what it is on its first day; None where it waits for an event.
        lang: "en" or "es".
    """
    words = Words(lang)
    if judged is None:
        bare = Letter(lang, _WAITS, "", words.say("ordered.headline.waits"), (), (), ())
        letter = replace(bare, title=_title(words, paper), lead=tuple(_of_paper(words, paper)))
        return _asking(letter, words)
    told = told_to(judged, Reader.PERSON, (), lang)
    lead = (*_of_paper(words, paper), words.say("ordered.nobody"), *told.lead)
    return _closed(replace(told, title=_title(words, paper), lead=lead), words, judged, Reader.PERSON)


def _unasked(decision: Decision) -> Decision:
    """Leave out the day of asking: nobody asked."""
    return replace(decision, asked_on=None)


def _title(words: Words, paper: Paper) -> str:
    return words.say("ordered.title.person", paper=words.text(paper.title))


def _of_paper(words: Words, paper: Paper) -> Iterator[str]:
    """Say which paper it is, since when it holds and until when, and what it waits for."""
    said = words.text(paper.title)
    if paper.ended:
        yield words.say(f"ordered.{paper.ended}", paper=said, cited=quoted(paper.cited) or said)
    elif paper.cited:
        yield words.say("ordered.paper", paper=said, cited=quoted(paper.cited))
    else:
        yield words.say("ordered.paper_alone", paper=said)
    if paper.awaits:
        yield words.say("ordered.waits", event=quoted(paper.awaits))
    elif paper.since is not None and not paper.ended:
        yield words.say("ordered.since", day=words.day(paper.since))
    if paper.until is not None:
        yield words.say("ordered.until", day=words.day(paper.until))


def _closed(letter: Letter, words: Words, decision: Decision, reader: Reader) -> Letter:
    """Say who can contest it where the law gives the reader no way."""
    if any(section.name == "contest" for section in letter.sections):
        return letter
    others = dict.fromkeys(route.recipient for route in decision.routes if route.recipient != reader)
    if not others:
        return _asking(letter, words)
    who = words.any_of(words.office(other) for other in others)
    return _asking(letter, words, sentence(words.say("change.others_contest", who=who)))


def _asking(letter: Letter, words: Words, said: str = "") -> Letter:
    contest = Section(
        "contest", words.say("change.heading.contest"), (Paragraph(said or words.say("ordered.ask_here")),)
    )
    return replace(letter, sections=(*letter.sections, contest))
