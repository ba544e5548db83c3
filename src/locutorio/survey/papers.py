"""Judges the papers of every row: does each bind on the day, and if not, why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from locutorio.decisions.papers import FROM, UNTIL
from locutorio.rules.columns import EPOCH, Amount, Cells, Known
from locutorio.rules.kleene import MAYBE, NO, YES, Kleene, Node
from locutorio.rules.provision import Defect, Lapse, Refer, Supersede, Void
from locutorio.survey.said import Said, Sitting, standings
from locutorio.survey.table import Slot


@dataclass(frozen=True, slots=True)
class Judged:
    """One paper of the table. ``referred`` says where each contested question surely leaves its standing
    open; ``becomes`` what it is on the day, ``open`` where an unknown fact could turn that.
    """

    slot: Slot
    facts: Known
    said: Sequence[Said]
    standing: Sequence[Node]
    binds: Node
    referred: tuple[tuple[str, Node], ...]
    becomes: Mapping[str, Node]


def judge(slot: Slot, sitting: Sitting) -> Judged:
    """Judge one paper on the day of the question."""
    logic, book = sitting.logic, sitting.book
    exists = sitting.table.exists(slot, logic)
    facts = {**sitting.table.facts, **slot.own}
    said = sitting.speaking(book.judges(slot.form).indices, facts, paper=slot.name, most=exists)
    standing = standings(said, [one.state for one in said], sitting)
    strongest: dict[type, Node] = {Void: NO, Defect: NO, Supersede: NO}
    ended = [] if UNTIL not in facts else [reached(facts, UNTIL, sitting)]
    questions: dict[str, Node] = {}
    open_questions = []
    for at, one in enumerate(said):
        for effect in book.weighed[one.index]:
            if type(effect) in strongest:
                strongest[type(effect)] = logic.some((strongest[type(effect)], standing[at]))
            elif isinstance(effect, Lapse):
                ends = sitting.printer.amount(effect.on, facts, book.numbers[one.index])
                over = sitting.printer.compare("<=", ends, sitting.on.toordinal())
                ended.append(logic.every((standing[at], over)))
            elif isinstance(effect, Refer):
                asked = questions.get(effect.question, NO)
                questions[effect.question] = logic.some((asked, logic.sure(standing[at])))
                open_questions.append(logic.open(standing[at]))
    begun = logic.every((exists, reached(facts, FROM, sitting)))
    referred = {name: state for name, state in questions.items() if state != NO}
    perhaps = logic.but(logic.some(open_questions), logic.some(referred.values()))
    gone = logic.every((exists, logic.some(ended)))
    against = logic.some((gone, *strongest.values()))
    binds = logic.every((logic.but(begun, against), logic.at_most_maybe(perhaps)))
    becomes = first_of(
        [
            ("superseded", strongest[Supersede]),
            ("void", strongest[Void]),
            ("lapsed", gone),
            ("refer", logic.some((*referred.values(), logic.every((perhaps, MAYBE))))),
            ("defective", strongest[Defect]),
            ("pending", logic.contrary(begun)),
        ],
        "stands",
        logic,
    )
    here = {name: logic.every((exists, state)) for name, state in becomes.items()}
    return Judged(slot, facts, said, standing, binds, tuple(referred.items()), here)


def reached(facts: Known, path: str, sitting: Sitting) -> Node:
    """Say whether the day of the question is on or after a day that the paper states."""
    given = facts.get(path)
    if given is None:
        return MAYBE
    kept = Amount(given.name, given.expression, EPOCH) if isinstance(given, Cells) else int(given)
    return sitting.printer.compare("<=", kept, sitting.on.toordinal())


def first_of(steps: Sequence[tuple[str, Node]], rest: str, logic: Kleene) -> dict[str, Node]:
    """Give, each where it is so, the first of some answers that surely holds, ``rest`` where none can, and
    ``open`` where one that may hold comes first.
    """
    found: dict[str, Node] = {}
    open_at, left = [], YES
    for name, state in steps:
        found[name] = logic.every((left, logic.sure(state)))
        open_at.append(logic.every((left, logic.open(state))))
        left = logic.but(left, logic.possible(state))
    return {**found, rest: left, "open": logic.some(open_at)}
