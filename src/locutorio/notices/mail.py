"""Tells that an item of mail is not let through: by law, or because it was rejected; and of an appeal."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from locutorio.decisions.decision import Decision
from locutorio.facts.vocabulary import Text
from locutorio.notices.audience import Reader, told_to
from locutorio.notices.letter import Letter, Paragraph, Section
from locutorio.notices.withdrawn import with_a_route
from locutorio.notices.words import Words, clean, sentence

STOPPED, REJECTED, APPEAL = "mail_stopped", "mail_rejected", "mail_appeal"
UPHELD, OVERTURNED = "upheld", "overturned"
_OF_A_REJECTION = ("told", "contest", "clocks")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of mail as its notices name it. ``kind`` is letter, package or publication."""

    establishment: str
    person: str
    contact: str
    direction: str
    kind: str
    on: date
    reference: str


def stopped(item: Item, reader: Reader, decision: Decision, naming: Collection[str], lang: str) -> Letter:
    """Tell one reader that the rules do not let an item through, and who can contest that.

    Args:
        item: what it is.
        reader: who is told.
        decision: the answer, whole.
        naming: the names of the papers that name the reader.
        lang: "en" or "es".
    """
    words = Words(lang, decision.about)
    told = told_to(decision, reader, naming, lang)
    return with_a_route(_headed(told, words, STOPPED, item, reader), words, decision, reader)


def rejected(
    item: Item, reader: Reader, decision: Decision, ground: Text, why: str, paper: str, lang: str
) -> Letter:
    """Tell one reader that an officer rejected an item: the ground, the reasons, and how to contest it.

    Args:
        item: what it is.
        reader: who is told.
        decision: what the law says of the rejection itself, with its notices and routes.
        ground: in each language.
        why: what the officer wrote, which both sides read.
        paper: the name of the rejection in the decision.
        lang: "en" or "es".
    """
    words = Words(lang, decision.about)
    told = told_to(decision, reader, {paper}, lang)
    kept = tuple(section for section in told.sections if section.name in _OF_A_REJECTION)
    given = (
        words.say("mail.ground", ground=sentence(words.text(ground))),
        words.say("mail.why", why=clean(why)),
    )
    reasons = Section("why", words.say("heading.why"), tuple(Paragraph(one) for one in given))
    letter = _headed(replace(told, lead=()), words, REJECTED, item, reader)
    letter = replace(letter, outcome="refuse", sections=(reasons, *kept))
    return with_a_route(letter, words, decision, reader)


def appealed(item: Item, reader: Reader, outcome: str, why: str, lang: str) -> Letter:
    """Tell one reader what another official decided of a rejection.

    Args:
        item: what it is.
        reader: who is told.
        outcome: upheld or overturned.
        why: what that official wrote, which both sides read.
        lang: "en" or "es".
    """
    words = Words(lang)
    said = (words.say(f"mail.appeal.{outcome}"), words.say("mail.why", why=clean(why)))
    reasons = Section("why", words.say("heading.why"), tuple(Paragraph(one) for one in said))
    result = "refuse" if outcome == UPHELD else "permit"
    return _headed(Letter(lang, result, "", "", (), (reasons,), ()), words, APPEAL, item, reader)


def _headed(letter: Letter, words: Words, kind: str, item: Item, reader: Reader) -> Letter:
    name = words.say(f"mail.item.{item.kind}")
    return replace(
        letter,
        title=words.say(f"mail.title.{kind}", item=name, day=words.day(item.on)),
        headline=words.say(f"mail.headline.{kind}"),
        lead=(*_lead(words, item, reader, name), *letter.lead),
        foot=(words.say("mail.reference", reference=clean(item.reference)), *letter.foot),
    )


def _lead(words: Words, item: Item, reader: Reader, name: str) -> Iterator[str]:
    yield sentence(
        words.say(
            f"mail.lead.{item.direction}.{reader.value}",
            item=name,
            person=clean(item.person),
            contact=clean(item.contact),
            establishment=clean(item.establishment),
            day=words.day(item.on),
        )
    )
