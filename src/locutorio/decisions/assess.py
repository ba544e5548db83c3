"""Assesses one question of contact: gathers what speaks, weighs it, and takes each side of contested
questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, product
from math import prod

from locutorio.decisions.decision import Outcome
from locutorio.decisions.papers import Judged, judge, speaking
from locutorio.decisions.weigh import MAYBE, NO, YES, Said, Weighed, weigh
from locutorio.facts.snapshot import Snapshot
from locutorio.facts.vocabulary import Value
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import years_between
from locutorio.rules.explain import truth
from locutorio.rules.generate import Raw
from locutorio.rules.provision import ContestedQuestion, Refer
from locutorio.rules.rulebook import ABOUT, Rulebook

ROLE = "contact.role"
SIDES_MAX = 64


@dataclass(frozen=True, slots=True)
class View:
    """A snapshot in raw values, cheap to copy with one thing changed."""

    about: str
    facts: Mapping[str, Raw]
    papers: tuple[tuple[str, str, Mapping[str, Raw]], ...]
    open_kinds: tuple[str, ...]
    adopted: frozenset[str]


@dataclass(slots=True)
class Assessment:
    """The outcome of a view, with the weighing of each combination of sides. The first is the interim's."""

    outcome: Outcome | None
    judged: Sequence[Judged]
    disregarded: Sequence[Said]
    said: Sequence[Said]
    asked: Mapping[str, int]
    weighed: Mapping[tuple[tuple[str, str], ...], Weighed]
    turning: Sequence[str] = ()
    unknown_kinds: Sequence[str] = ()
    by_sides: Mapping[tuple[tuple[str, str], ...], Sequence[Said]] = field(default_factory=dict)

    @property
    def first(self) -> Weighed:
        return next(iter(self.weighed.values()))

    @property
    def first_said(self) -> Sequence[Said]:
        return next(iter(self.by_sides.values()))


def view_of(snapshot: Snapshot, book: Rulebook) -> View:
    """Turn a snapshot of a question of contact into raw values, with the derived facts added.

    Raises:
        Fault: a paper has a form that this pack does not know, or the pack has nothing on what is asked.
    """
    about = snapshot.question.about or ""
    refuse_unanswered(about, book)
    for paper in snapshot.papers:
        if paper.form not in book.pack.forms:
            raise Fault(f'the paper "{paper.name}" has a form "{paper.form}" that this pack does not know')
    facts: dict[str, Value] = {**snapshot.facts, ABOUT: about, "request.on": snapshot.question.on}
    if snapshot.question.asked_on is not None:
        facts["request.asked_on"] = snapshot.question.asked_on
    return View(
        about,
        with_years(_raw(facts, book), [one for one in book.derived if one[0] not in facts]),
        tuple((paper.name, paper.form, _raw(dict(paper.facts), book)) for paper in snapshot.papers),
        tuple(sorted(kind for kind in book.pack.kinds if kind not in snapshot.complete)),
        snapshot.adopted,
    )


def refuse_unanswered(about: str, book: Rulebook) -> None:
    """Refuse a question of contact to which the pack has no answer.

    Raises:
        Fault: it has none.
    """
    if not book.general(about).residual:
        raise Fault(
            f'the pack {book.pack.name} has nothing on "{about}" yet',
            why="it holds no residual provision for that question, so a refusal could not be cited",
            remedy="ask about another kind of contact",
        )


def _raw(facts: dict[str, Value], book: Rulebook) -> dict[str, Raw]:
    """Turn days into ordinals, in place."""
    for path in book.days:
        value = facts.get(path)
        if isinstance(value, date):
            facts[path] = value.toordinal()
    return facts  # type: ignore[return-value]


def with_years(facts: dict[str, Raw], derived: Iterable[tuple[str, str, str]]) -> dict[str, Raw]:
    """Add to raw facts the whole years between two days, where both are known."""
    for path, start, end in derived:
        since, until = facts.get(start), facts.get(end)
        if since is not None and until is not None:
            facts[path] = years_between(date.fromordinal(int(since)), date.fromordinal(int(until)))
    return facts


def unknown_kinds(view: View, book: Rulebook) -> list[str]:
    """Give the kinds of paper that may exist unknown and could bear on this question."""
    return [kind for kind in view.open_kinds if _bears(kind, view, book)]


def _bears(name: str, view: View, book: Rulebook) -> bool:
    """Say whether a paper of a kind could turn the answer; adopted text of its forms may reach every role."""
    kind = book.pack.kinds[name]
    if view.about not in kind.reaches or truth(kind.when, view.facts, {}) is False:
        return False
    return view.facts.get(ROLE) not in kind.not_roles or adopts_of(name, view.adopted, book)


def adopts_of(kind: str, adopted: frozenset[str], book: Rulebook) -> bool:
    """Say whether text is adopted that papers of a kind hold."""
    return bool(adopted) and any(
        provision.form is not None
        and book.pack.forms[provision.form].kind == kind
        and (provision.name in adopted or not adopted.isdisjoint(provision.rows))
        for provision in book.provisions
    )


def assess(view: View, book: Rulebook, *, bare: bool = False) -> Assessment:
    """Say what the answer is on what is known; ``bare``: weigh only what can move the outcome."""
    on = view.facts["request.on"]
    assert isinstance(on, int)
    judged = [
        judge(name, form, {**view.facts, **own}, book, on, view.adopted, bare=bare)
        for name, form, own in view.papers
    ]
    said = speaking(book.general(view.about, bare=bare), book, view.facts, view.adopted)
    disregarded: list[Said] = []
    referred: list[Judged] = []
    for paper in judged:
        if paper.binds and paper.questions:
            referred.append(paper)
        elif paper.binds:
            said += _makes(paper, view, book, bare=bare)
        elif paper.begun and not bare:
            makes = book.form(paper.form, view.about)
            disregarded += speaking(makes, book, paper.facts, view.adopted, paper.name)
    return _each_side(view, book, judged, said, disregarded, referred, bare=bare)


def _each_side(
    view: View,
    book: Rulebook,
    judged: Sequence[Judged],
    said: list[Said],
    disregarded: Sequence[Said],
    referred: Sequence[Judged],
    *,
    bare: bool,
) -> Assessment:
    of_referred = [(set(paper.questions), _makes(paper, view, book, bare=bare)) for paper in referred]
    left_open = {name for names, _ in of_referred for name in names}
    every = chain(said, *(made for _, made in of_referred))
    sided = {one.provision.side[0] for one in every if one.provision.side}
    asked = {}
    sure, maybe = book.questions(view.about).speak(view.facts)
    for index in sorted([*sure, *maybe]):
        question = book.contested[index]
        name = question.name
        if question.when is not None or question.papers or name in sided or name in left_open:
            state = min(_arises(question, view, book, judged), YES if index in sure else MAYBE)
            if state:
                asked[name] = state
    turning = [name for name in sorted(asked) if name in sided or name in left_open]
    choices = [[(name, side.name) for side in book.pack.contested[name].sides] for name in turning]
    unknown = unknown_kinds(view, book)
    may_permit = [book.pack.kinds[kind].may_permit for kind in unknown]
    removable = _removable(said, unknown, book) if unknown else frozenset()
    gate = view.about == "entry"
    weighed: dict[tuple[tuple[str, str], ...], Weighed] = {}
    by_sides: dict[tuple[tuple[str, str], ...], Sequence[Said]] = {}
    if prod(len(sides) for sides in choices) > SIDES_MAX:
        raise Fault(
            f"too many disputed questions meet in this answer: {', '.join(turning)}",
            why=f"their sides can be combined in more than {SIDES_MAX} ways",
            remedy="ask without the text that raises some of them",
        )
    for sides in product(*choices):
        first = {name for name, side in sides if side == book.pack.contested[name].sides[0].name}
        everything = [*said, *(one for names, made in of_referred if names <= first for one in made)]
        on_side = _on_side(everything, sides, asked) if sided else everything
        weighed[sides] = weigh(on_side, book, gate=gate, unknown_papers=may_permit, removable=removable)
        by_sides[sides] = on_side
    outcome = _agreed([one.outcome for one in weighed.values()], asked, turning)
    return Assessment(outcome, judged, disregarded, said, asked, weighed, turning, unknown, by_sides)


def _removable(said: Sequence[Said], unknown: Sequence[str], book: Rulebook) -> frozenset[int]:
    """Give what speaks and a paper of an unknown kind could override."""

    def by_unknown(index: int) -> bool:
        form = book.provisions[index].form
        return form is not None and book.pack.forms[form].kind in unknown

    return frozenset(
        one.index for one in said if any(by_unknown(index) for index in book.overriders.get(one.index, ()))
    )


def _makes(paper: Judged, view: View, book: Rulebook, *, bare: bool) -> list[Said]:
    """Give what a paper makes of the question, as certain as that it binds."""
    makes = book.form(paper.form, view.about, bare=bare)
    return speaking(makes, book, paper.facts, view.adopted, paper.name, paper.binds)


def _arises(question: ContestedQuestion, view: View, book: Rulebook, judged: Sequence[Judged]) -> int:
    """Say whether a paper that the question needs binds: YES, MAYBE or NO."""
    if not question.papers:
        return YES
    found = MAYBE if any(kind in view.open_kinds for kind in question.papers) else NO
    for paper in judged:
        if book.pack.forms[paper.form].kind in question.papers:
            found = max(found, paper.binds)
    return found


def _on_side(
    said: Sequence[Said], sides: tuple[tuple[str, str], ...], asked: Mapping[str, int]
) -> list[Said]:
    chosen = dict(sides)
    found = []
    for one in said:
        side = one.provision.side
        if side is None:
            found.append(one)
        elif chosen.get(side[0]) == side[1]:
            state = min(one.state, asked.get(side[0], NO))
            if state:
                found.append(Said(one.index, one.provision, state, one.facts, one.paper))
    return found


def _agreed(
    outcomes: Sequence[Outcome | None], asked: Mapping[str, int], turning: Sequence[str]
) -> Outcome | None:
    """Give the outcome all sides share; refer if firm outcomes differ and every question is surely asked."""
    if None in outcomes:
        return None
    if len(set(outcomes)) == 1:
        return outcomes[0]
    return None if any(asked[name] == MAYBE for name in turning) else Outcome.REFER


def forced_questions(assessment: Assessment) -> list[str]:
    """Name the contested questions that provisions force upon a person."""
    weighed, said = assessment.first, assessment.first_said
    return [
        effect.question
        for at, one in enumerate(said)
        if weighed.standing[at] == YES
        for effect in one.provision.effects
        if isinstance(effect, Refer)
    ]
