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
    told = _usual_course(teller) if decision.assumed else []
    for office, asked in _by_who_can_tell(teller).items():
        reach = words.reach(office)
        key = "unknown.ask" if reach is None else "unknown.ask_reach"
        intro = words.say(key, office=words.office(office), reach=reach or "")
        told.append(Items(tuple(dict.fromkeys(asked)), sentence(intro)))
    if decision.also_unknown:
        told.append(Paragraph(words.say("unknown.also", number=str(len(decision.also_unknown)))))
    if decision.branches and not decision.assumed:
        cases = tuple(_branch(teller, branch) for branch in decision.branches)
        told.append(Items(cases, words.say("unknown.branches")))
    if decision.more_branches:
        told.append(Paragraph(words.say("unknown.more")))
    return told


def _usual_course(teller: Teller) -> list[Block]:
    """Give the answer if nothing unusual applies, what that takes for granted, and every other answer."""
    decision, words = teller.decision, teller.words
    told: list[Block] = []
    others: dict[str, list[Branch]] = {}
    for branch in decision.branches:
        if branch.when:
            others.setdefault(outcome_of(teller, branch), []).append(branch)
        else:
            told.append(Paragraph(words.say("unknown.usual", outcome=outcome_of(teller, branch))))
    turning = [(path, value) for path, value in decision.assumed if path in decision.unknown]
    if turning:
        granted = tuple(sentence(_so(teller, path, value)) for path, value in turning)
        told.append(Items(granted, words.say("unknown.assumed")))
    if others:
        otherwise = tuple(_cases(teller, branches, outcome) for outcome, branches in others.items())
        told.append(Items(otherwise, words.say("unknown.otherwise")))
    return told


def _cases(teller: Teller, branches: list[Branch], outcome: str) -> str:
    """Say several cases with one answer; those that differ in one fact only are told as one."""
    words = teller.words
    values: dict[str, list[str]] = {}
    cases = []
    for branch in branches:
        path, value = branch.when[0]
        if len(branch.when) == 1 and not path.startswith(KIND_OF_PAPER):
            values.setdefault(path, []).append(words.value(path, value))
        else:
            cases.append(words.all_of(_so(teller, one, is_so) for one, is_so in branch.when))
    for path, told in values.items():
        cases.append(words.say("finding.fact", label=words.label(path), value=words.any_of(told)))
    key = "unknown.then" if len(cases) == 1 else "unknown.any_of"
    return words.say(key, conditions=sentence(words.apart(cases)), outcome=outcome)


def _so(teller: Teller, path: str, value: Value) -> str:
    """Say that a fact is so: "no court order is in force", "the visit is by video: yes"."""
    words = teller.words
    if path.startswith(KIND_OF_PAPER):
        return _paper(teller, path, value)
    return words.say("finding.fact", label=words.label(path), value=words.value(path, value))


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
    outcome = outcome_of(teller, branch)
    if not branch.when:
        return words.say("unknown.always", outcome=outcome)
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


def outcome_of(teller: Teller, branch: Branch) -> str:
    """Say the outcome of a case with its citations; one that is still open says on what it depends."""
    words = teller.words
    if branch.reasons:
        by = words.apart(dict.fromkeys(clean(reason) for reason in branch.reasons))
        return words.say("unknown.under", outcome=teller.outcome(branch.outcome), citations=by)
    if branch.outcome is not Outcome.PENDING:
        return teller.outcome(branch.outcome)
    papers = [value for path, value in branch.when if path.startswith(KIND_OF_PAPER) and value != _NO_PAPER]
    return words.say("outcome.paper_says" if papers else "outcome.more_facts")


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
