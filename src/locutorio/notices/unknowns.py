"""Says what is not known and what follows from it, and what would change the answer."""

from __future__ import annotations

from locutorio.decisions.decision import Branch, Change
from locutorio.notices.findings import Teller
from locutorio.notices.letter import Block, Items, Paragraph
from locutorio.notices.words import KIND_OF_PAPER, clean, sentence

_NO_PAPER = "none"


def _kind(teller: Teller, path: str) -> tuple[str, str]:
    """Give the words for a kind of paper, and the office that can say whether one is in force."""
    name = path.removeprefix(KIND_OF_PAPER)
    label, office = teller.decision.kinds.get(name, ({}, "establishment"))
    return clean(label.get(teller.words.lang, name)), office


def unknown(teller: Teller) -> list[Block]:
    """Give what nobody said, who can tell, and the answer in each case."""
    decision, words = teller.decision, teller.words
    told: list[Block] = []
    if decision.unknown:
        asked = tuple(dict.fromkeys(_who_can_tell(teller, path) for path in decision.unknown))
        told.append(Items(asked, words.say("unknown.facts")))
    if decision.branches:
        cases = tuple(_branch(teller, branch) for branch in decision.branches)
        told.append(Items(cases, words.say("unknown.branches")))
    if decision.more_branches:
        told.append(Paragraph(words.say("unknown.more")))
    return told


def _who_can_tell(teller: Teller, path: str) -> str:
    words = teller.words
    if path.startswith(KIND_OF_PAPER):
        label, office = _kind(teller, path)
        reach = words.reach(office)
        if reach is None:
            return words.say("unknown.kind", kind=label, office=words.office(office))
        return words.say("unknown.kind_reach", kind=label, office=words.office(office), reach=reach)
    fact = words.kind_of(path)
    if fact is None or not fact.known_by:
        return words.ask(path)
    return words.say("unknown.fact", ask=words.ask(path), offices=words.offices(fact.known_by))


def _branch(teller: Teller, branch: Branch) -> str:
    words = teller.words
    outcome = teller.outcome(branch.outcome)
    if branch.reasons:
        by = words.listing(dict.fromkeys(clean(reason) for reason in branch.reasons))
        outcome = words.say("unknown.under", outcome=outcome, citations=by)
    papers = [_paper(teller, path, value) for path, value in branch.when if path.startswith(KIND_OF_PAPER)]
    asked = [
        words.say("unknown.asked", ask=words.ask(path), value=sentence(words.value(path, value)))
        for path, value in branch.when
        if not path.startswith(KIND_OF_PAPER)
    ]
    if papers and not asked:
        return words.say("unknown.if_one", condition=words.listing(papers), outcome=outcome)
    so = [sentence(paper) for paper in papers] + asked
    return words.say("unknown.then", conditions=" ".join(so), outcome=outcome)


def _paper(teller: Teller, path: str, value: object) -> str:
    key = "unknown.no_paper" if value == _NO_PAPER else "unknown.some_paper"
    return teller.words.say(key, kind=_kind(teller, path)[0])


def changes(teller: Teller) -> list[Block]:
    """Give each single fact that would change the answer, and the first day on which it changes by itself."""
    decision, words = teller.decision, teller.words
    told: list[Block] = []
    if decision.changes:
        different = tuple(_change(teller, change) for change in decision.changes)
        told.append(Items(different, words.say("changes.intro")))
    if decision.earliest is not None:
        told.append(Paragraph(words.say("changes.earliest", day=words.day(decision.earliest))))
    return told


def _change(teller: Teller, change: Change) -> str:
    words = teller.words
    path = change.path if change.instrument is None else f"{change.instrument}:{change.path}"
    told = words.say(
        "changes.change",
        label=words.label(path),
        then=words.value(path, change.then),
        now=words.value(path, change.now),
        outcome=teller.outcome(change.outcome),
    )
    offices = [key.office for key in teller.decision.keys if key.fact == change.path]
    fact = words.kind_of(path)
    if offices:
        told = words.say("changes.office", change=told, office=words.offices(dict.fromkeys(offices)))
    elif fact is not None and fact.known_by:
        told = words.say("changes.knows", change=told, offices=words.offices(fact.known_by))
    return sentence(told)
