"""A survey: one question put to every row of a table, with the law compiled for its columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from locutorio.decisions.assess import ROLE, refuse_unanswered
from locutorio.facts.snapshot import Snapshot
from locutorio.facts.vocabulary import Value
from locutorio.kernel.faults import Fault
from locutorio.rules.columns import Amount
from locutorio.rules.kleene import NO, Node, Pair, Reckoner
from locutorio.rules.provision import Provision
from locutorio.rules.rulebook import Rulebook
from locutorio.rules.tree import facts_of, lines_of, sums_of
from locutorio.survey.check import check
from locutorio.survey.deciders import Deciding
from locutorio.survey.masks import WORD, Packer, answer
from locutorio.survey.rows import Row, assumed, snapshot
from locutorio.survey.said import Sitting, standings
from locutorio.survey.sides import combinations, hear, on_side
from locutorio.survey.table import CARRIED, read_table
from locutorio.survey.weigh import OPEN, OUTCOMES, Weighed, collect, conditions, outcomes

OUTCOME = pl.Enum(OUTCOMES)
STANDING = pl.Enum(("stands", "defective", "void", "lapsed", "superseded", "refer", "pending", "open"))
TURNING = "~turning"


@dataclass(frozen=True, slots=True)
class Bit:
    """What one bit of a mask stands for: a provision of general law, or of one paper of the table."""

    provision: Provision
    paper: str | None


@dataclass(frozen=True)
class Compiled:
    """What to work out of a batch: nodes by what they say, and the numbers of limits."""

    base: Sequence[pl.Expr]
    reckoner: Reckoner
    answers: Mapping[str, tuple[Mapping[str, Node], pl.Enum]]
    wide: Mapping[str, Sequence[Node]]
    narrow: Mapping[str, Sequence[Node]]
    numbers: Mapping[str, tuple[Node, pl.Expr]]

    def on(self, rows: pl.DataFrame, carried: Sequence[str]) -> pl.DataFrame:
        """Give one row for each row, in the same order."""
        based = rows.with_columns(self.base)
        found = self.reckoner.over(based)
        size = len(rows)
        columns = [rows.get_column(name) for name in carried]
        columns += [
            answer(name, states, found, among, size) for name, (states, among) in self.answers.items()
        ]
        packer = Packer(
            found, [n for nodes in (*self.wide.values(), *self.narrow.values()) for n in nodes], size
        )
        for name, nodes in self.wide.items():
            columns += packer.words(name, nodes)
        columns += [packer.word(name, nodes) for name, nodes in self.narrow.items()]
        return pl.DataFrame([*columns, *self._limits(based, found)])

    def _limits(self, rows: pl.DataFrame, found: Mapping[Node, Pair]) -> list[pl.Series]:
        counting = {name: (found[node][0], number) for name, (node, number) in self.numbers.items()}
        given = [
            (number if counts is True else pl.when(counts).then(number)).alias(name)
            for name, (counts, number) in counting.items()
            if counts is not False
        ]
        limits = rows.with_columns(given)
        nothing = pl.repeat(None, len(rows), dtype=pl.Int64, eager=True)
        return [
            nothing.alias(name) if counts is False else limits.get_column(name)
            for name, (counts, _) in counting.items()
        ]


class Survey:
    """One question of contact, compiled for the columns of a table.

    Args:
        book: the law in force on ``on``.
        about: what is asked of every row, as in request.about.
        on: the day asked about.
        columns: names and types of the table's columns.
        complete: the kinds of paper of which the table holds all.
        usual: facts without a column take their plain value.
        adopted: provisions or catalogue rows whose unverified text the survey relies on.
        asked_on: the day it was asked; None: not known.

    Raises:
        Fault: the pack has nothing on this question, a column means nothing, or papers bring too much.
    """

    def __init__(
        self,
        book: Rulebook,
        about: str,
        on: date,
        columns: Mapping[str, pl.DataType],
        *,
        complete: frozenset[str] = frozenset(),
        usual: bool = False,
        adopted: frozenset[str] = frozenset(),
        asked_on: date | None = None,
    ) -> None:
        refuse_unanswered(about, book)
        reads = book.reach_of_contact(about) | _asked_of(book)
        table = read_table(columns, book, about, on, asked_on, usual=usual, reads=reads)
        self.sitting = Sitting(book, about, on, table, complete, adopted)
        self.asked_on = asked_on
        self.hearing = hear(self.sitting)
        self.carried = tuple(name for name in CARRIED if name in columns)
        said = [*self.hearing.said, *(one for paper in self.hearing.judged for one in paper.said)]
        self.provisions = tuple(Bit(one.provision, one.paper) for one in said)
        self.papers = tuple(paper.slot.name for paper in self.hearing.judged)
        first = self._first
        self.conditions = tuple(conditions(self.hearing.said, first.standing, self.sitting))
        self.keys = tuple((at, effect) for at, effect, _ in first.keys)
        self.counts = tuple((count.said, count.effect) for count in first.counts)
        self._refuse_too_much()
        self._compiled: dict[tuple[tuple[str, ...], bool | str], Compiled] = {}
        self.kinds = tuple(self.hearing.unknown)
        self.assumed: Mapping[str, Value] = assumed(self.sitting)
        self.columns = self._read(columns)
        self.unread = tuple(name for name in table.stated if name not in self.columns)

    def _refuse_too_much(self) -> None:
        """Refuse a table whose papers need more bits than one number has."""
        most = max(len(one) for one in (self.conditions, self.keys, self.counts, self.hearing.turning))
        if most > WORD:
            raise Fault(
                f"the papers of this table can bring {most} keys, conditions or limits to one contact",
                why=f"a survey keeps at most {WORD} of each for a row",
                remedy="leave out columns of papers, or make two tables",
            )

    def _read(self, columns: Collection[str]) -> tuple[str, ...]:
        """Name the columns of the table on which some answer may rest, and those that are carried through."""
        self._compile((), True)
        for name in self.hearing.turning:
            self._outcome((name,))
        base = self.sitting.table.base
        counted = [one for _, one in self._numbers([NO] * len(self._first.counts)).values()]
        read = {*self.sitting.logic.columns(), *(name for one in counted for name in one.meta.root_names())}
        read |= {name for made in read & set(base) for name in base[made].meta.root_names()}
        return tuple(name for name in columns if name in read or name in self.carried)

    @cached_property
    def _first(self) -> Weighed:
        return self._weighed(on_side(self.hearing, {}, self.sitting))

    def _weighed(self, states: Sequence[Node], removable: Mapping[int, Node] | None = None) -> Weighed:
        said, sitting = self.hearing.said, self.sitting
        return collect(said, standings(said, states, sitting, removable), sitting)

    def snapshot(self, row: Row) -> Snapshot:
        """Give what one row of the table says, as a single decision sees it."""
        return snapshot(row, self.sitting, self.asked_on)

    def evaluate(self, rows: pl.DataFrame, *, masks: bool | str = True, first: int = 1) -> pl.DataFrame:
        """Decide every row; one row each, in the same order.

        Args:
            rows: with at least the columns named in ``columns``.
            masks: True: what made the outcome and what holds beside it; "deciders": only what made it;
                False: the outcome alone.
            first: the number of the first row, for a fault to name.

        Raises:
            Fault: a row holds what cannot be, or raises too many contested questions at once.
        """
        check(rows, self.sitting.table, self.sitting.book, first)
        found = self._compile((), masks).on(rows, self.carried)
        names = list(self.hearing.turning)
        if not names:
            return found
        turning = found.drop_in_place(TURNING)
        for pattern in turning.unique().sort().to_list() if turning.max() else ():
            if pattern:
                asked = tuple(name for at, name in enumerate(names) if pattern >> at & 1)
                here = (turning == pattern).arg_true()
                part = self._compile(asked, "deciders" if masks else False).on(rows[here], ())
                found = found.with_columns(found.get_column(one.name).scatter(here, one) for one in part)
        return found

    def _compile(self, turning: tuple[str, ...], masks: bool | str) -> Compiled:
        key = (turning, masks)
        if key not in self._compiled:
            self._compiled[key] = self._made(turning, masks)
        return self._compiled[key]

    def _made(self, turning: tuple[str, ...], masks: bool | str) -> Compiled:
        outcome = self._outcome(turning)
        answers: dict[str, tuple[Mapping[str, Node], pl.Enum]] = {"outcome": (outcome, OUTCOME)}
        wide: dict[str, list[Node]] = {}
        narrow: dict[str, list[Node]] = {}
        numbers: dict[str, tuple[Node, pl.Expr]] = {}
        if masks:
            wide["deciders"] = self._deciders(outcome)
        if masks is True:
            wide |= self._spoken()
            narrow |= self._held()
            numbers = self._numbers(narrow["counts"])
            answers |= {f"standing.{one.slot.name}": (one.becomes, STANDING) for one in self.hearing.judged}
        if self.hearing.turning and not turning:
            narrow[TURNING] = list(self.hearing.turning.values())
        said = [node for states, _ in answers.values() for node in states.values()]
        masked = [node for nodes in (*wide.values(), *narrow.values()) for node in nodes]
        reckoner = self.sitting.logic.over({*said, *masked})
        return Compiled(self._base(reckoner, numbers), reckoner, answers, wide, narrow, numbers)

    def _deciders(self, outcome: Mapping[str, Node]) -> list[Node]:
        gate = self.sitting.about == "entry"
        made = Deciding(self._first, outcome, self.hearing.unknown, self.sitting, gate).deciders()
        return [*made, *([NO] * (len(self.provisions) - len(made)))]

    def _spoken(self) -> dict[str, list[Node]]:
        """Say of each provision where it speaks, may speak, and stands: on the interim's sides."""
        logic, hearing, first = self.sitting.logic, self.hearing, self._first
        states = on_side(hearing, {}, self.sitting)
        states += [one.state for paper in hearing.judged for one in paper.said]
        standing = [*first.standing, *(state for paper in hearing.judged for state in paper.standing)]
        return {
            "fired": [logic.sure(state) for state in states],
            "maybe": [logic.open(state) for state in states],
            "standing": [logic.sure(state) for state in standing],
        }

    def _held(self) -> dict[str, list[Node]]:
        """Say where each condition holds, each key is missing, and each limit counts."""
        logic, first = self.sitting.logic, self._first
        held = list(conditions(self.hearing.said, first.standing, self.sitting).values())
        missing = [state for _, _, state in first.keys]
        return {
            "conditions": [logic.sure(state) for state in held],
            "conditions_maybe": [logic.open(state) for state in held],
            "missing": [logic.sure(state) for state in missing],
            "missing_maybe": [logic.open(state) for state in missing],
            "counts": [logic.possible(count.standing) for count in first.counts],
            "unknown_kinds": [logic.possible(state) for state in self.hearing.unknown.values()],
        }

    def _numbers(self, counting: Sequence[Node]) -> dict[str, tuple[Node, pl.Expr]]:
        found = {}
        for at, (count, node) in enumerate(zip(self._first.counts, counting, strict=True)):
            for name, value in (("limit", count.limit), ("used", count.used)):
                number = value.value if isinstance(value, Amount) else pl.lit(value, dtype=pl.Int64)
                found[f"{name}_{at}"] = (node, number)
        return found

    def _outcome(self, turning: tuple[str, ...]) -> dict[str, Node]:
        """Say where each outcome is firm, when these contested questions turn in a row and no other does."""
        logic, gate = self.sitting.logic, self.sitting.about == "entry"
        each = []
        for chosen in combinations(turning, self.sitting):
            states = on_side(self.hearing, chosen, self.sitting)
            weighed = self._weighed(states, self.hearing.removable)
            each.append(outcomes(weighed, self.hearing.unknown, self.sitting, gate=gate))
        agreed = {name: logic.every(one[name] for one in each) for name in OUTCOMES if name != OPEN}
        some_open = logic.some(one[OPEN] for one in each)
        differ = logic.but(logic.contrary(some_open), logic.some(agreed.values()))
        perhaps = logic.some(logic.open(self.hearing.asked[name]) for name in turning)
        agreed["refer"] = logic.some((agreed["refer"], logic.but(differ, perhaps)))
        return {**agreed, OPEN: logic.some((some_open, logic.every((differ, perhaps))))}

    def _base(self, reckoner: Reckoner, numbers: Mapping[str, tuple[Node, pl.Expr]]) -> list[pl.Expr]:
        """Give the columns to add before anything is worked out."""
        read = {*reckoner.columns(), *(name for _, one in numbers.values() for name in one.meta.root_names())}
        return [one for name, one in self.sitting.table.base.items() if name in read]


def _asked_of(book: Rulebook) -> frozenset[str]:
    """Give the facts on which it depends whether a contested question arises or a kind of paper exists."""
    whens = [*(one.when for one in book.contested), *(kind.when for kind in book.pack.kinds.values())]
    return frozenset(
        [
            ROLE,
            *(path for when in whens if when for line in lines_of(when) for path in facts_of(sums_of(line))),
        ]
    )
