"""What provisions say of every row of a table, and what of it stands: three values, in columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from locutorio.rules.columns import Known, Printer
from locutorio.rules.kleene import NO, YES, Kleene, Node
from locutorio.rules.provision import Provision
from locutorio.rules.rulebook import Rulebook
from locutorio.survey.table import Table


@dataclass(frozen=True, slots=True)
class Said:
    """One provision that may speak, of general law or of one paper. ``referred`` says where contested
    questions leave the standing of that paper open.
    """

    index: int
    provision: Provision
    state: Node
    facts: Known
    paper: str | None = None
    referred: tuple[tuple[str, Node], ...] = ()


@dataclass(frozen=True)
class Sitting:
    """One question put to all rows: the law, the table, and the logic in which answers are written."""

    book: Rulebook
    about: str
    on: date
    table: Table
    complete: frozenset[str]
    adopted: frozenset[str]
    logic: Kleene = field(default_factory=Kleene)

    @property
    def printer(self) -> Printer:
        return Printer(self.logic)

    def speaking(
        self,
        indices: Iterable[int],
        facts: Known,
        *,
        paper: str | None = None,
        most: Node = YES,
        referred: tuple[tuple[str, Node], ...] = (),
    ) -> list[Said]:
        """Give what may speak in some row, each at most as certain as ``most``."""
        book, off = self.book, self.book.off(self.adopted)
        found = []
        for index in indices:
            if index in off:
                continue
            truth = self.printer.condition(book.provisions[index].when, facts, book.numbers[index])
            state = self.logic.every((truth, most))
            if state != NO:
                found.append(Said(index, book.provisions[index], state, facts, paper, referred))
        return found


def standings(
    said: Sequence[Said],
    states: Sequence[Node],
    sitting: Sitting,
    removable: Mapping[int, Node] | None = None,
) -> list[Node]:
    """Say of each whether it stands: it speaks, and nothing that stands overrides it.

    A removed one removes nothing. ``removable`` says by index where a paper nobody knows of could override.
    """
    logic, overriders = sitting.logic, sitting.book.overriders
    by_index: dict[int, list[int]] = {}
    for at, one in enumerate(said):
        by_index.setdefault(one.index, []).append(at)
    settled: dict[int, Node] = {}

    def stand(at: int) -> Node:
        if at not in settled:
            index = said[at].index
            against = logic.some(
                stand(other) for over in overriders.get(index, ()) for other in by_index.get(over, ())
            )
            found = logic.but(states[at], against)
            if removable and index in removable:
                found = logic.every((found, logic.at_most_maybe(removable[index])))
            settled[at] = found
        return settled[at]

    return [stand(at) for at in range(len(said))]
