"""Everything said of the rows of a table, and on which side of which contested question it is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from locutorio.decisions.assess import ROLE, SIDES_MAX, adopts_of
from locutorio.kernel.faults import Fault
from locutorio.rules.columns import Cells
from locutorio.rules.kleene import MAYBE, NO, YES, Node
from locutorio.survey.papers import Judged, judge
from locutorio.survey.said import Said, Sitting

Chosen = Mapping[str, str]


@dataclass(frozen=True)
class Hearing:
    """What was gathered for one question of contact.

    ``asked`` says how surely each contested question arises, ``turning`` where something rests on its
    sides. ``unknown`` says by kind where a paper nobody knows of may bear on the answer, ``removable`` by
    index what it could override.
    """

    judged: Sequence[Judged]
    said: Sequence[Said]
    asked: Mapping[str, Node]
    turning: Mapping[str, Node]
    unknown: Mapping[str, Node]
    removable: Mapping[int, Node]


def hear(sitting: Sitting) -> Hearing:
    """Gather what general law and the papers of the table say."""
    book, about = sitting.book, sitting.about
    judged = [judge(slot, sitting) for slot in sitting.table.slots]
    said = sitting.speaking(book.general(about).indices, sitting.table.facts)
    for paper in judged:
        makes = book.form(paper.slot.form, about).indices
        said += sitting.speaking(
            makes, paper.facts, paper=paper.slot.name, most=paper.binds, referred=paper.referred
        )
    asked = _asked(judged, sitting)
    unknown = _unknown(sitting)
    return Hearing(
        judged,
        said,
        asked,
        _turning(judged, said, asked, sitting),
        unknown,
        _removable(said, unknown, sitting),
    )


def _open_kind(kind: str, sitting: Sitting) -> Node:
    return sitting.table.open_kind(kind, sitting.complete, sitting.book, sitting.logic)


def _asked(judged: Sequence[Judged], sitting: Sitting) -> dict[str, Node]:
    logic, book, facts = sitting.logic, sitting.book, sitting.table.facts
    found = {}
    for question in book.contested:
        arises = YES
        if question.papers:
            may_be = logic.some(_open_kind(kind, sitting) for kind in question.papers)
            bound = [one.binds for one in judged if book.pack.forms[one.slot.form].kind in question.papers]
            arises = logic.some((logic.every((may_be, MAYBE)), *bound))
        state = logic.every((arises, sitting.printer.condition(question.when, facts, {})))
        if state != NO:
            found[question.name] = state
    return found


def _turning(
    judged: Sequence[Judged], said: Sequence[Said], asked: Mapping[str, Node], sitting: Sitting
) -> dict[str, Node]:
    logic = sitting.logic
    found = {}
    for name, state in sorted(asked.items()):
        resting = [
            logic.possible(one.state) for one in said if one.provision.side and one.provision.side[0] == name
        ]
        resting += [
            logic.every((logic.possible(paper.binds), sure))
            for paper in judged
            for question, sure in paper.referred
            if question == name
        ]
        turning = logic.every((logic.possible(state), logic.some(resting)))
        if turning != NO:
            found[name] = turning
    return found


def _unknown(sitting: Sitting) -> dict[str, Node]:
    """Say by kind where a paper that nobody knows of could bear on the question."""
    logic, book, facts = sitting.logic, sitting.book, sitting.table.facts
    found = {}
    for name, kind in book.pack.kinds.items():
        if sitting.about not in kind.reaches:
            continue
        bears = logic.possible(sitting.printer.condition(kind.when, facts, {}))
        if not adopts_of(name, sitting.adopted, book):
            bears = logic.but(bears, logic.sure(_is_one_of(kind.not_roles, sitting)))
        state = logic.every((_open_kind(name, sitting), bears))
        if state != NO:
            found[name] = state
    return found


def _is_one_of(roles: Iterable[str], sitting: Sitting) -> Node:
    given = sitting.table.facts.get(ROLE)
    if not isinstance(given, Cells):
        return YES if given in tuple(roles) else NO
    return sitting.logic.some(
        sitting.logic.leaf(f"{given.name} == {role}", given.equals(role)) for role in roles
    )


def _removable(said: Sequence[Said], unknown: Mapping[str, Node], sitting: Sitting) -> dict[int, Node]:
    logic, book = sitting.logic, sitting.book
    found = {}
    for index in {one.index for one in said}:
        forms = {book.provisions[over].form for over in book.overriders.get(index, ())}
        kinds = {book.pack.forms[form].kind for form in forms if form is not None}
        state = logic.some(unknown[kind] for kind in sorted(kinds) if kind in unknown)
        counted = logic.some(_counts(one, sitting) for one in said if one.index == index)
        if (removable := logic.every((state, counted))) != NO:
            found[index] = removable
    return found


def _counts(one: Said, sitting: Sitting) -> Node:
    """Say where what is said counts on every side: no contested question leaves its paper open."""
    logic = sitting.logic
    if not one.referred:
        return YES
    return logic.but(logic.possible(one.state), logic.some(sure for _, sure in one.referred))


def combinations(names: Sequence[str], sitting: Sitting) -> list[Chosen]:
    """Give every combination of sides of some contested questions; the first is the interim's.

    Raises:
        Fault: there are more than can be laid side by side.
    """
    contested = sitting.book.pack.contested
    if prod(len(contested[name].sides) for name in names) > SIDES_MAX:
        raise Fault(
            f"too many disputed questions meet in one row: {', '.join(names)}",
            why=f"their sides can be combined in more than {SIDES_MAX} ways",
            remedy="ask without the text that raises some of them",
        )
    choices = [[(name, side.name) for side in contested[name].sides] for name in names]
    return [dict(sides) for sides in product(*choices)]


def on_side(hearing: Hearing, chosen: Chosen, sitting: Sitting) -> list[Node]:
    """Say how surely each speaks on these sides; every other question takes its first side."""
    logic = sitting.logic
    first = {name: question.sides[0].name for name, question in sitting.book.pack.contested.items()}
    taken = {**first, **chosen}
    found = []
    for one in hearing.said:
        state = one.state
        for name, sure in one.referred:
            counts = hearing.asked.get(name, NO) if taken[name] == first[name] else NO
            state = logic.every((state, logic.some((logic.contrary(sure), logic.possible(counts)))))
        side = one.provision.side
        if side is not None:
            asked = hearing.asked.get(side[0], NO) if taken[side[0]] == side[1] else NO
            state = logic.every((state, asked))
        found.append(state)
    return found
