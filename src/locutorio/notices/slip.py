"""Writes the slip that an officer gives to the person refused: what, why, by whom, until when, what next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from locutorio.decisions.decision import Decision, Outcome
from locutorio.facts.case import Case, CasePaper
from locutorio.notices import answer, contest, terms
from locutorio.notices.findings import Teller
from locutorio.notices.handout import Blank, Handout, Part
from locutorio.notices.letter import Block, FindingBlock, Paragraph
from locutorio.notices.words import closed, sentence

SHOWN_MAX = 4
_STATED = ("instrument.decider", "instrument.evidence")


def can_slip(decision: Decision) -> bool:
    """Tell whether there is something to give a slip about: a contact refused, or an approval missing."""
    missing = decision.outcome is Outcome.PENDING and decision.firm
    return decision.kind == "contact" and (decision.outcome is Outcome.REFUSE or missing)


def slip(case: Case, decision: Decision, lang: str) -> Handout:
    """Give the slip of a decision for which ``can_slip`` holds, on one page.

    Who signs, who gets it and when are left as spaces to fill by hand.
    """
    teller = Teller(decision, lang)
    words = teller.words
    refused = decision.outcome is Outcome.REFUSE
    what = "refuse" if refused else "missing"
    grounds = [*teller.blocks(decision.reasons)] if refused else terms.needed(teller)
    ways = [one for one in contest.contest(teller) if isinstance(one, FindingBlock) and one.head]
    parts = (
        Part(words.say(f"slip.what_{what}"), (closed(answer.title(teller)),)),
        Part(words.say(f"slip.why_{what}"), items=told_briefly(teller, grounds)),
        Part(words.say("slip.decides"), items=tuple(_decides(case, teller))),
        Part(words.say("slip.until"), tuple(_until(teller))),
        Part(words.say("slip.contest"), items=told_briefly(teller, ways)),
        Part(words.say("slip.told"), items=told_briefly(teller, contest.told(teller))),
        Part(words.say("slip.by_hand"), blanks=tuple(_blanks(teller))),
    )
    return Handout(
        lang=lang,
        title=words.say(f"slip.title_{what}"),
        lead=(words.say(f"slip.lead_{what}"),),
        parts=tuple(part for part in parts if part.paragraphs or part.items or part.blanks),
        foot=(words.say("slip.foot"), *answer.foot(teller)[:2]),
    )


def told_briefly(teller: Teller, blocks: Sequence[Block], most: int = SHOWN_MAX) -> tuple[str, ...]:
    """Tell findings in a sentence or two each with its citation; what is too many is only counted."""
    told: list[str] = []
    for block in blocks:
        if isinstance(block, FindingBlock) and (block.head or block.says):
            says = block.head or block.says
            told.append(teller.words.say("slip.cited", says=says, citation=block.citation))
        elif isinstance(block, Paragraph) and told:
            told[-1] = teller.words.say("list.sentences", first=told[-1], then=block.text)
    if len(told) > most:
        told[most:] = [teller.words.say("slip.more", number=str(len(told) - most))]
    return tuple(told)


def _decides(case: Case, teller: Teller) -> Iterator[str]:
    """Name who can give what is missing, and who signed the papers behind a refusal, on what evidence."""
    words, decision = teller.words, teller.decision
    behind = {reason.instrument for reason in decision.reasons}
    for paper in case.papers:
        if paper.name in behind and not paper.facts.keys().isdisjoint(_STATED):
            yield sentence(_signed(paper, teller))
    offices = dict.fromkeys(key.office for key in decision.keys)
    if offices:
        yield words.say("slip.offices", offices=words.offices(offices))
    yield words.say("slip.decides_blank")


def _signed(paper: CasePaper, teller: Teller) -> str:
    words = teller.words
    stated = (
        words.say("said.fact", label=words.label(path), value=words.value(path, paper.facts[path].value))
        for path in _STATED
        if path in paper.facts
    )
    return words.apart((teller.paper(paper.name), *stated))


def _until(teller: Teller) -> Iterator[str]:
    """Say how long it holds: for this day only, until a paper ends, or until a first better day."""
    words, decision = teller.words, teller.decision
    if decision.about == "entry":
        yield words.say("slip.this_day", day=words.day(decision.on))
    behind = {reason.instrument for reason in decision.reasons}
    for paper in decision.instruments:
        if paper.name in behind and paper.ends_on is not None:
            yield words.say("slip.paper_ends", paper=teller.paper(paper.name), day=words.day(paper.ends_on))
    if decision.earliest is not None:
        yield words.say("changes.earliest", day=words.day(decision.earliest))
    yield words.say("slip.until_blank")


def _blanks(teller: Teller) -> Iterator[Blank]:
    for name in ("person", "contact", "officer", "given_to", "day", "signature"):
        yield Blank(teller.words.say(f"slip.blank.{name}"))
