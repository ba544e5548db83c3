"""Says what is not known and what follows from it, and what would change the answer."""

from __future__ import annotations

from datetime import date

from locutorio.decisions.decision import Branch, Change, Outcome
from locutorio.facts.vocabulary import Value
from locutorio.notices.findings import Teller
from locutorio.notices.letter import Block, Items, Paragraph
from locutorio.notices.words import KIND_OF_PAPER, clean, sentence

_NO_PAPER = "none"
_DAY = "request.on"
_VALUES_TOLD = 3
_NEAR = ("contact", "person", "counsel")
_WHOLE_PAPER = "instrument"


def _kind(teller: Teller, path: str) -> tuple[str, str]:
    """Give the words for a kind of paper, and the office that can say whether one is in force."""
    name = path.removeprefix(KIND_OF_PAPER)
    label, office = teller.decision.kinds.get(name, ({}, "establishment"))
    return clean(label.get(teller.words.lang, name)), office


def unknown(teller: Teller) -> list[Block]:
    """Give what nobody said, by who can tell it, and the answer in each case."""
    decision, words = teller.decision, teller.words
    told: list[Block] = []
    for office, asked in _by_who_can_tell(teller).items():
        reach = words.reach(office)
        key = "unknown.ask" if reach is None else "unknown.ask_reach"
        intro = words.say(key, office=words.office(office), reach=reach or "")
        told.append(Items(tuple(dict.fromkeys(asked)), sentence(intro)))
    if decision.branches:
        cases = tuple(_branch(teller, branch) for branch in decision.branches)
        told.append(Items(cases, words.say("unknown.branches")))
    if decision.more_branches:
        told.append(Paragraph(words.say("unknown.more")))
    return told


def _by_who_can_tell(teller: Teller) -> dict[str, list[str]]:
    """Give the questions that are open, each under the one nearest to the reader who can answer it."""
    words = teller.words
    asked: dict[str, list[str]] = {}
    for path in teller.decision.unknown:
        if path.startswith(KIND_OF_PAPER):
            label, office = _kind(teller, path)
            asked.setdefault(office, []).append(words.say("unknown.kind", kind=label))
            continue
        fact = words.kind_of(path)
        known_by = fact.known_by if fact is not None and fact.known_by else ("establishment",)
        nearest = next((near for near in _NEAR if near in known_by), known_by[0])
        asked.setdefault(nearest, []).append(words.ask(path))
    return asked


def _branch(teller: Teller, branch: Branch) -> str:
    words = teller.words
    outcome = _then(teller, branch)
    if branch.reasons:
        by = words.apart(dict.fromkeys(clean(reason) for reason in branch.reasons))
        outcome = words.say("unknown.under", outcome=outcome, citations=by)
    papers = [_paper(teller, path, value) for path, value in branch.when if path.startswith(KIND_OF_PAPER)]
    asked = [
        words.say("unknown.asked", ask=words.ask(path), value=sentence(_answered(teller, branch, at)))
        for at, (path, _) in enumerate(branch.when)
        if not path.startswith(KIND_OF_PAPER)
    ]
    if papers and not asked:
        return words.say("unknown.if_one", condition=words.all_of(papers), outcome=outcome)
    so = [sentence(paper) for paper in papers] + asked
    return words.say("unknown.then", conditions=" ".join(so), outcome=outcome)


def _answered(teller: Teller, branch: Branch, at: int) -> str:
    """Say one answer of a case. An amount stands for all up to the next case's, the lowest for all below."""
    path, value = branch.when[at]
    words, decision = teller.words, teller.decision
    beside = {
        other.when[at][1]
        for other in decision.branches
        if other.when[:at] == branch.when[:at] and other.when[at : at + 1] and other.when[at][0] == path
    }
    ordered = sorted(beside, key=_order)
    if decision.more_branches or len(ordered) == 1 or isinstance(value, bool | str):
        return words.value(path, value)
    kind = "days" if isinstance(value, date) else "amounts"
    place = ordered.index(value)
    above = words.value(path, ordered[place + 1]) if place + 1 < len(ordered) else None
    if place == 0 and above is not None:
        return words.say(f"{kind}.below", above=above)
    if above is None:
        return words.say(f"{kind}.from", value=words.value(path, value))
    if _order(ordered[place + 1]) == _order(value) + 1:
        return words.value(path, value)
    return words.say(f"{kind}.between", value=words.value(path, value), above=above)


def _order(value: Value) -> int:
    if isinstance(value, date):
        return value.toordinal()
    return value if isinstance(value, int) else 0


def _then(teller: Teller, branch: Branch) -> str:
    """Say the outcome of a case; one that is still open says on what it depends."""
    if branch.outcome is not Outcome.PENDING or branch.reasons:
        return teller.outcome(branch.outcome)
    papers = [value for path, value in branch.when if path.startswith(KIND_OF_PAPER) and value != _NO_PAPER]
    return teller.words.say("outcome.paper_says" if papers else "outcome.more_facts")


def _paper(teller: Teller, path: str, value: object) -> str:
    key = "unknown.no_paper" if value == _NO_PAPER else "unknown.some_paper"
    return teller.words.say(key, kind=_kind(teller, path)[0])


def changes(teller: Teller) -> list[Block]:
    """Give what somebody could do to change the answer, and the first later day on which it is better."""
    decision, words = teller.decision, teller.words
    told: list[Block] = []
    different = tuple(dict.fromkeys(_change(teller, like) for like in _alike(teller)))
    if different:
        told.append(Items(different, words.say("changes.intro")))
    if decision.earliest is not None:
        told.append(Paragraph(words.say("changes.earliest", day=words.day(decision.earliest))))
    return told


def _alike(teller: Teller) -> list[list[Change]]:
    """Group the changes somebody can make: the values of one fact that lead to one outcome stand together."""
    groups: dict[tuple[str, str | None, Outcome], list[Change]] = {}
    for change in teller.decision.changes:
        fact = teller.words.kind_of(change.path)
        past = change.path == _DAY and isinstance(change.then, date) and change.then <= teller.decision.on
        if change.path == _WHOLE_PAPER or (fact is not None and fact.changes and not past):
            groups.setdefault((change.path, change.instrument, change.outcome), []).append(change)
    return [_nearest(group) for group in groups.values()]


def _nearest(group: list[Change]) -> list[Change]:
    """Keep of days and quantities the nearest on each side of what is so now."""
    now = group[0].now
    if isinstance(now, date):
        away = {(one.then - now).days: one for one in group if isinstance(one.then, date)}
    elif isinstance(now, int) and not isinstance(now, bool):
        away = {one.then - now: one for one in group if isinstance(one.then, int)}
    else:
        return group
    nearest = [max((d for d in away if d < 0), default=None), min((d for d in away if d > 0), default=None)]
    return [away[distance] for distance in nearest if distance is not None] or group


def _values(teller: Teller, path: str, alike: list[Change]) -> list[str]:
    words = teller.words
    told = [words.value(path, one.then) for one in alike[:_VALUES_TOLD]]
    return told if len(alike) <= _VALUES_TOLD else [*told, words.say("value.other")]


def _change(teller: Teller, alike: list[Change]) -> str:
    words, change = teller.words, alike[0]
    outcome = teller.outcome(change.outcome)
    if change.path == _WHOLE_PAPER and change.instrument is not None:
        return words.say(
            "changes.ended", paper=sentence(teller.paper(change.instrument))[:-1], outcome=outcome
        )
    path = change.path if change.instrument is None else f"{change.instrument}:{change.path}"
    told = words.say(
        "changes.change",
        label=words.label(path),
        then=words.any_of(_values(teller, path, alike)),
        now=words.value(path, change.now),
        outcome=outcome,
    )
    offices = [key.office for key in teller.decision.keys if key.fact == change.path]
    fact = words.kind_of(path)
    if offices:
        told = words.say("changes.office", change=told, office=words.offices(dict.fromkeys(offices)))
    elif fact is not None and fact.known_by:
        told = words.say("changes.knows", change=told, offices=words.offices(fact.known_by))
    return sentence(told)
