"""What every decision promises, on any law and any facts. Each function draws a case; a failure shows it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from locutorio.decisions.assess import assess, view_of
from locutorio.decisions.clocks import known_clocks
from locutorio.decisions.decide import Judge
from locutorio.decisions.decision import Decision, Outcome
from locutorio.decisions.weigh import NO, YES
from locutorio.facts.snapshot import Question, Snapshot
from locutorio.kernel.moments import NEVER
from locutorio.rules.effects import sums_of_effect
from locutorio.rules.explain import truth, value_of
from locutorio.rules.generate import Facts
from locutorio.rules.provision import Pack, Window
from locutorio.rules.rulebook import Rulebook, Speakers
from tests.properties.drawing import Drawer
from tests.properties.solver import Solved


def shown(snapshot: Snapshot) -> str:
    """Write what a question was decided on, for a person to read after a failure."""
    question = snapshot.question
    lines = [
        f"{question.kind} {question.about or question.subject} on {question.on}, asked {question.asked_on}"
    ]
    lines += [f"  {path}: {value}" for path, value in sorted(snapshot.facts.items())]
    for paper in snapshot.papers:
        lines.append(f"  {paper.name} ({paper.form})")
        lines += [f"    {path}: {value}" for path, value in sorted(paper.facts.items())]
    return "\n".join(
        [*lines, f"  complete: {sorted(snapshot.complete)}", f"  adopted: {sorted(snapshot.adopted)}"]
    )


def difference(less: Snapshot, more: Snapshot) -> str:
    """Write what one snapshot knows that another does not."""
    lines = [
        f"  {path}: {value}" for path, value in sorted(more.facts.items()) if less.facts.get(path) != value
    ]
    own = {paper.name: paper for paper in less.papers}
    for paper in more.papers:
        known = own[paper.name].facts if paper.name in own else {}
        lines += [f"  {paper.name} ({paper.form})"] if paper.name not in own else []
        lines += [
            f"  {paper.name}: {path}: {value}"
            for path, value in sorted(paper.facts.items())
            if known.get(path) != value
        ]
    gained = sorted(more.complete - less.complete)
    return "\n".join([*lines, f"  no other paper of: {gained}", f"  asked on: {more.question.asked_on}"])


NO_NAMES: Mapping[str, str] = {}
LEFT_OUT = {"pack_hash", "branches", "more_branches", "unknown", "also_unknown", "assumed"}


def told(value: Any, names: Mapping[str, str] = NO_NAMES) -> Any:
    """Give everything a decision tells, whatever the order; ``names`` maps new names of provisions to old."""
    if is_dataclass(value):
        kept = [field.name for field in fields(value) if field.name not in LEFT_OUT]
        return tuple((name, told(getattr(value, name), names)) for name in kept)
    if isinstance(value, Mapping):
        return tuple(sorted(((key, told(one, names)) for key, one in value.items()), key=repr))
    if isinstance(value, tuple | list):
        return tuple(sorted((told(one, names) for one in value), key=repr))
    return names.get(value, value) if isinstance(value, str) else value


def firm(judge: Judge, snapshot: Snapshot, *, deep: bool) -> Outcome | None:
    """Give the outcome that no further fact can turn, if the answer is firm."""
    outcome = judge.outcome(snapshot) if snapshot.question.kind == "contact" else None
    if outcome is not None or (snapshot.question.kind == "contact" and not deep):
        return outcome
    decision = judge.decide(snapshot)
    return decision.outcome if decision.firm else None


def never_turns(judge: Judge, steps: Sequence[Snapshot], *, deep: bool) -> None:
    """Fail if a firm answer changes on the way from less to more that is known."""
    known: tuple[Outcome, Snapshot] | None = None
    for more in steps:
        found = firm(judge, more, deep=deep)
        assert known is None or found == known[0], (
            f"{known[0]} became {found}\n{shown(known[1])}\nmore becomes known:\n{difference(known[1], more)}"
        )
        known = known or (None if found is None else (found, more))


def steps_to(full: Snapshot, drawer: Drawer, rng: random.Random) -> list[Snapshot]:
    """Draw a few steps from knowing little to knowing everything."""
    steps = [full]
    for _ in range(rng.choice([1, 2, 2, 3])):
        steps.append(drawer.fewer(steps[-1], rng))
    return steps[::-1]


def more_facts_never_turn(judge: Judge, drawer: Drawer, rng: random.Random, *, deep: bool) -> None:
    """A firm answer on a contact stays what it is as more becomes known."""
    never_turns(judge, steps_to(drawer.full(rng, most=2), drawer, rng), deep=deep)


def more_facts_never_turn_papers(judge: Judge, drawer: Drawer, rng: random.Random) -> None:
    """A firm answer on whether a paper stands stays what it is as more becomes known."""
    full = drawer.full(rng, most=1)
    if full.papers:
        name = rng.choice(full.papers).name
        steps = [
            replace(step, question=replace(step.question, kind="instrument", about=None, subject=name))
            for step in steps_to(full, drawer, rng)
            if name in {paper.name for paper in step.papers}
        ]
        never_turns(judge, steps, deep=True)


def more_facts_never_turn_clocks(judge: Judge, drawer: Drawer, rng: random.Random) -> None:
    """A firm answer on a window of time stays what it is as more becomes known.

    An act is done by the day that is asked about, or has not happened.
    """
    book = judge.book
    if not known_clocks(book):
        return
    full = drawer.full(rng, most=1)
    on = full.question.on
    acts = {e.acted for p in book.provisions for e in p.effects if isinstance(e, Window)}
    late = {path: NEVER for path in acts if path is not None and full.facts.get(path, on) > on}  # type: ignore[operator]
    question = Question("clock", on, None, full.question.asked_on, rng.choice(known_clocks(book)))
    asked = replace(full, question=question, facts={**full.facts, **late}, papers=())
    never_turns(judge, steps_to(asked, drawer, rng), deep=True)


def order_changes_nothing(
    judge: Judge, other: Judge, names: Mapping[str, str], drawer: Drawer, rng: random.Random, *, deep: bool
) -> None:
    """The same law in another order, under other names, gives the same decision.

    ``names`` maps the names of the other law's provisions to the first one's.
    """
    snapshot = drawer.any(rng)
    back = {old: new for new, old in names.items()}
    renamed = replace(snapshot, adopted=frozenset(back.get(name, name) for name in snapshot.adopted))
    one, two = judge.reasoned(snapshot), other.reasoned(renamed)
    assert told(one) == told(two, names), f"{differing(one, two, names)}\n{shown(snapshot)}"
    if deep:
        one, two = judge.decide(snapshot), other.decide(renamed)
        assert told(one) == told(two, names), f"{differing(one, two, names)}\n{shown(snapshot)}"


def differing(one: Decision, two: Decision, names: Mapping[str, str] = NO_NAMES) -> str:
    """Write the parts in which two decisions differ."""
    return "\n".join(
        f"{name}:\n  {told(getattr(one, name))}\n  {told(getattr(two, name), names)}"
        for name in (field.name for field in fields(one))
        if name not in LEFT_OUT and told(getattr(one, name)) != told(getattr(two, name), names)
    )


def renamed_law(pack: Pack, rng: random.Random) -> tuple[Pack, Mapping[str, str]]:
    """Give the same law with its provisions renamed and in another order; new names mapped to old ones."""
    old = list(pack.provisions)
    new = [f"{rng.randrange(10**9):09}.{at}" for at in range(len(old))]
    back = dict(zip(old, new, strict=True))
    changed = []
    for name, provision in pack.provisions.items():
        overrides = [back[other] for other in provision.overrides]
        rng.shuffle(overrides)
        changed.append(replace(provision, name=back[name], overrides=tuple(overrides)))
    rng.shuffle(changed)
    forms = {
        name: replace(form, provisions=tuple(back[own] for own in form.provisions))
        for name, form in rng.sample(list(pack.forms.items()), len(pack.forms))
    }
    contested = dict(rng.sample(list(pack.contested.items()), len(pack.contested)))
    provisions = {provision.name: provision for provision in changed}
    return replace(pack, provisions=provisions, forms=forms, contested=contested), dict(
        zip(new, old, strict=True)
    )


def papers_in_any_order(judge: Judge, drawer: Drawer, rng: random.Random) -> None:
    """The order in which papers are listed changes nothing."""
    snapshot = drawer.any(rng, most=3)
    shuffled = replace(snapshot, papers=tuple(rng.sample(snapshot.papers, len(snapshot.papers))))
    one, two = judge.reasoned(snapshot), judge.reasoned(shuffled)
    assert told(one) == told(two), f"{differing(one, two)}\n{shown(snapshot)}"


def removed_removes_nothing(judge: Judge, drawer: Drawer, rng: random.Random) -> int:
    """What is overridden in every source removes nothing: without it the answer is the same."""
    snapshot = drawer.full(rng, most=2)
    book, view = judge.book, view_of(snapshot, judge.book)
    assessment = assess(view, book)
    gone: set[int] = {one.index for one in assessment.said if one.provision.side is None}
    for sides, weighed in assessment.weighed.items():
        said = assessment.by_sides[sides]
        gone &= {one.index for one in said if one.state == YES}
        gone -= {one.index for at, one in enumerate(said) if weighed.standing[at] != NO}
    for index in sorted(gone):
        name = book.provisions[index].name
        kept = {key: p for key, p in book.pack.provisions.items() if key != name}
        without = assess(view, Rulebook(replace(book.pack, provisions=kept), book.day, book.words))
        assert without.outcome == assessment.outcome, f"without {name}: {without.outcome}\n{shown(snapshot)}"
    return len(gone)


def readers_agree(book: Rulebook, drawer: Drawer, rng: random.Random) -> int:
    """The generated Python and the explaining reader say the same of every provision and every operand."""
    view = view_of(drawer.any(rng, most=2), book)
    counted = _agree(book, book.general(view.about), view.facts)
    for _, form, own in view.papers:
        facts = {**view.facts, **own}
        counted += _agree(book, book.form(form, view.about), facts) + _agree(book, book.judges(form), facts)
    for name in known_clocks(book):
        counted += _agree(book, book.clocks(name), view.facts)
    for question in book.pack.contested.values():
        expected = {True: 2, None: 1, False: 0}[truth(question.when, view.facts, {})]
        assert book.asks(question, view.facts) == expected, f"{question.name}: {view.facts}"
        counted += 1
    return counted


def _agree(book: Rulebook, speakers: Speakers, facts: Facts) -> int:
    sure, maybe = speakers.speak(facts)
    assert len({*sure, *maybe}) == len(sure) + len(maybe)
    for index in speakers.indices:
        provision, numbers = book.provisions[index], book.numbers[index]
        said = True if index in sure else None if index in maybe else False
        assert said is truth(provision.when, facts, numbers), f"{provision.name} on {facts}"
        for operand in (part for effect in provision.effects for part in sums_of_effect(effect)):
            assert book.compute(index, operand, facts) == value_of(operand, facts, numbers), (
                f"{provision.name}: {operand} on {facts}"
            )
    return len(speakers.indices)


def formulas_agree(book: Rulebook, solved: Solved, drawer: Drawer, rng: random.Random) -> int:
    """The solver's formulas hold exactly the outcome that was weighed, on each side of what is contested."""
    snapshot = drawer.full(rng)
    assessment = assess(view_of(snapshot, book), book)
    for sides, weighed in assessment.weighed.items():
        found = solved.outcomes(snapshot, sides)
        assert found == [weighed.outcome], f"{found}, weighed {weighed.outcome} on {sides}\n{shown(snapshot)}"
    return len(assessment.weighed)


def never_raises(judge: Judge, drawer: Drawer, rng: random.Random) -> Decision:
    """Every question that is well typed gets a decision, and every refusal cites."""
    snapshot = drawer.any(rng, most=2)
    try:
        decision = judge.decide(snapshot)
        for name in [paper.name for paper in snapshot.papers]:
            judge.decide(
                replace(snapshot, question=Question("instrument", snapshot.question.on, subject=name))
            )
        for name in known_clocks(judge.book):
            judge.decide(replace(snapshot, question=Question("clock", snapshot.question.on, subject=name)))
        if decision.outcome is Outcome.REFUSE:
            assert decision.reasons, "a refusal without a citation"
            assert all(finding.citation for finding in decision.reasons)
    except Exception as error:
        error.add_note(shown(snapshot))
        raise
    return decision


def refusals_show_a_route(judge: Judge, drawer: Drawer, rng: random.Random) -> None:
    """Nobody is refused by a shipped pack without being told how to contest it."""
    decision = never_raises(judge, drawer, rng)
    if decision.outcome is Outcome.REFUSE:
        assert decision.routes, [finding.provision for finding in decision.reasons]
