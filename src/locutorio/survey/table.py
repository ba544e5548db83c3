"""Reads the columns of a table of people and contacts as facts, papers, and what is completely known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from locutorio.decisions.papers import FROM, UNTIL
from locutorio.decisions.usual import plain_value
from locutorio.facts.vocabulary import FactKind
from locutorio.kernel.faults import Fault, suggestion
from locutorio.rules.columns import Cells, Given, Known, Span
from locutorio.rules.kleene import NO, YES, Kleene, Node
from locutorio.rules.rulebook import ABOUT, Rulebook

CARRIED = ("person", "contact")
COMPLETE = "complete"
PAPER = "paper."
INSTRUMENT = "instrument."
ON, ASKED_ON = "request.on", "request.asked_on"
SET_BY_RUN = (ABOUT, ON, ASKED_ON)
_AGAIN = re.compile(r"-([2-9]|[1-9][0-9])")
_WANTED = {
    "yes_no": "a column of yes and no (Boolean)",
    "choice": "a column of words (String or Enum)",
    "office": "a column of words (String or Enum)",
    "quantity": "a column of whole numbers",
    "day": "a column of days (Date)",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A paper that a person may have: its name in the table, its form, and the facts it states there."""

    name: str
    form: str
    own: Mapping[str, Cells]

    @property
    def column(self) -> str:
        return PAPER + self.name


@dataclass(frozen=True)
class Table:
    """The columns of a table as a question of contact reads them.

    ``facts`` holds a column, or a value for all rows; a fact that is not there is unknown. ``stated`` names
    those that have a column of their own, ``assumed`` those taken at their plain value. ``base`` are columns
    to add first: words by their place in the vocabulary, and whole years. ``words`` has those places by fact.
    """

    facts: Known
    stated: tuple[str, ...]
    words: Mapping[str, Mapping[str, int]]
    slots: tuple[Slot, ...]
    base: Mapping[str, pl.Expr]
    assumed: tuple[str, ...]
    has_complete: bool

    def exists(self, slot: Slot, logic: Kleene) -> Node:
        """Say of each row whether there is such a paper; where nobody knows, none is counted."""
        return logic.leaf(slot.column, pl.col(slot.column).fill_null(False), two_valued=True)

    def open_kind(self, kind: str, complete: frozenset[str], book: Rulebook, logic: Kleene) -> Node:
        """Say of each row whether there may be other papers of a kind."""
        found = [
            logic.leaf(f"{slot.column} unknown", pl.col(slot.column).is_null(), two_valued=True)
            for slot in self.slots
            if book.pack.forms[slot.form].kind == kind
        ]
        if kind not in complete and self.has_complete:
            found.append(logic.leaf(COMPLETE, ~pl.col(COMPLETE).fill_null(False), two_valued=True))
        elif kind not in complete:
            found.append(YES)
        return logic.some(found) if found else NO


def words_of(kind: FactKind, book: Rulebook) -> list[str]:
    """Give the words that a choice or an office can be, in the order of the vocabulary."""
    return list(kind.values) if kind.type == "choice" else list(book.words.offices)


def enum_of(kind: FactKind, book: Rulebook) -> pl.Enum:
    """Give the words of a choice or an office as a type of Polars."""
    return pl.Enum(words_of(kind, book))


def read_table(
    columns: Mapping[str, pl.DataType],
    book: Rulebook,
    about: str,
    on: date,
    asked_on: date | None,
    *,
    usual: bool,
    reads: frozenset[str],
) -> Table:
    """Read the columns of a table.

    Args:
        columns: names and types, as a frame's schema gives them.
        book: the law of the day.
        about: what is asked of every row.
        on: the day asked about.
        asked_on: the day it was asked.
        usual: facts without a column take the plain value of the vocabulary, if it has one.
        reads: the facts that the question can read; no other is assumed.

    Raises:
        Fault: a column has a name that means nothing, or another type than its fact.
    """
    base: dict[str, pl.Expr] = {}
    facts: dict[str, Given] = {ABOUT: about, ON: on.toordinal()}
    if asked_on is not None:
        facts[ASKED_ON] = asked_on.toordinal()
    papers: dict[str, dict[str, Cells]] = {}
    forms: dict[str, str] = {}
    for name, dtype in columns.items():
        if name in CARRIED:
            continue
        if name == COMPLETE:
            _need_yes_no(name, dtype)
        elif name.startswith(PAPER):
            paper, form, fact = _paper_column(name, book)
            if fact is None:
                _need_yes_no(name, dtype)
                forms[paper] = form
            else:
                papers.setdefault(paper, {})[fact] = _cells(name, book.words.facts[fact], dtype, book, base)
        else:
            facts[name] = _cells(name, _fact(name, book), dtype, book, base)
    for paper in papers:
        if paper not in forms:
            raise Fault(
                f'the table says what the paper "{paper}" states, and not who has it',
                why=f"the column {PAPER}{paper} is missing",
                remedy=f"add a column {PAPER}{paper} of yes and no",
            )
    stated = tuple(path for path, given in facts.items() if isinstance(given, Cells))
    assumed = _plain(facts, book, reads) if usual else {}
    facts |= assumed
    facts |= _years(facts, book, base)
    slots = tuple(Slot(name, form, papers.get(name, {})) for name, form in forms.items())
    words = {path: given.words for path, given in facts.items() if isinstance(given, Cells) and given.words}
    return Table(facts, stated, words, slots, base, tuple(assumed), COMPLETE in columns)


def _fact(name: str, book: Rulebook) -> FactKind:
    kind = book.words.facts.get(name)
    if name in SET_BY_RUN:
        raise Fault(
            f'the table has a column "{name}", which is the same for all rows',
            remedy="leave the column out, and give --about and --on",
        )
    if kind is None or name.startswith(INSTRUMENT):
        known = [*CARRIED, COMPLETE, *(path for path in book.words.facts if not path.startswith(INSTRUMENT))]
        raise Fault(
            f'the table has a column "{name}", which is no fact of the vocabulary',
            why=f"what a paper states stands in a column {PAPER}NAME.FACT" if kind else "",
            remedy=suggestion(name, known, otherwise="rename it to the fact it holds, or leave it out"),
        )
    return kind


def _paper_column(name: str, book: Rulebook) -> tuple[str, str, str | None]:
    """Give (name of the paper, its form, the fact it states or None)."""
    rest = name.removeprefix(PAPER)
    for form in sorted(book.pack.forms, key=len, reverse=True):
        if not rest.startswith(form):
            continue
        again = _AGAIN.match(rest, len(form))
        end = again.end() if again else len(form)
        paper, fact = rest[:end], rest[end:]
        if not fact:
            return paper, form, None
        if fact.startswith("."):
            stated = {path.removeprefix(INSTRUMENT): path for path in (FROM, UNTIL)}
            stated |= {one: INSTRUMENT + one for one in book.pack.forms[form].parameters}
            if fact[1:] not in stated:
                raise Fault(
                    f'the column "{name}": a paper of the form {form} does not state "{fact[1:]}"',
                    remedy=suggestion(fact[1:], stated),
                )
            return paper, form, stated[fact[1:]]
    raise Fault(
        f'the table has a column "{name}", and this law has no such form of paper',
        remedy=suggestion(rest.split(".")[0], book.pack.forms),
    )


def _need_yes_no(name: str, dtype: pl.DataType) -> None:
    if dtype not in (pl.Boolean, pl.Null):
        _refuse(name, "yes_no", dtype)


def _refuse(name: str, kind: str, dtype: pl.DataType) -> None:
    raise Fault(
        f'the column "{name}" holds {dtype}', why=f"it must be {_WANTED[kind]}", remedy="convert the column"
    )


def _cells(name: str, kind: FactKind, dtype: pl.DataType, book: Rulebook, base: dict[str, pl.Expr]) -> Cells:
    column = pl.col(name)
    match kind.type:
        case "yes_no" if dtype in (pl.Boolean, pl.Null):
            return Cells(name, column.cast(pl.Boolean) if dtype == pl.Null else column, kind.type)
        case "quantity" if dtype.is_integer() or dtype == pl.Null:
            narrow = dtype in (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16)
            return Cells(name, column if narrow else column.cast(pl.Int64), kind.type)
        case "day" if dtype in (pl.Date, pl.Null):
            return Cells(name, column.cast(pl.Date).to_physical(), kind.type)
        case "choice" | "office" if dtype in (pl.String, pl.Categorical, pl.Enum, pl.Null):
            enum = dtype if isinstance(dtype, pl.Enum) else enum_of(kind, book)
            words = {word: at for at, word in enumerate(enum.categories)}
            if isinstance(dtype, pl.Enum):
                return Cells(name, column.to_physical(), kind.type, words)
            base[f"={name}"] = column.cast(pl.String).cast(enum, strict=False).to_physical().alias(f"={name}")
            return Cells(name, pl.col(f"={name}"), kind.type, words)
        case _:
            _refuse(name, kind.type, dtype)
    raise AssertionError(name)


def _plain(facts: Mapping[str, Given], book: Rulebook, reads: frozenset[str]) -> dict[str, Given]:
    """Give the plain value of each fact that is read, has one, and has no column."""
    started = {start for path, start, _ in book.derived if path in facts}
    wanted = reads | {start for path, start, _ in book.derived if path in reads}
    return {
        path: value
        for path in sorted(wanted)
        if path not in facts
        and path not in started
        and not path.startswith(INSTRUMENT)
        and path not in SET_BY_RUN
        and (value := plain_value(book.words.facts[path])) is not None
    }


def _years(facts: Mapping[str, Given], book: Rulebook, base: dict[str, pl.Expr]) -> dict[str, Given]:
    """Give the derived facts: whole years between two days, where the table does not state them itself."""
    found: dict[str, Given] = {}
    for path, start, end in book.derived:
        since, until, stated = facts.get(start), facts.get(end), facts.get(path)
        if since is None or until is None or (stated is not None and not isinstance(stated, Cells)):
            continue
        counted, span = years_between(since, until), None
        if isinstance(stated, Cells):
            counted = pl.coalesce(stated.expression.cast(pl.Int64), counted)
        elif isinstance(since, Cells) and isinstance(until, int):
            span = Span(since.name, since.expression, date.fromordinal(until))
        base[f"={path}"] = counted.alias(f"={path}")
        found[path] = Cells(path, pl.col(f"={path}"), "quantity", span=span)
    return found


def counted_years(table: Table, book: Rulebook) -> Iterator[tuple[str, Cells, Given, pl.Expr]]:
    """Give each derived fact with the column of the day it counts from, its last day, and its whole years."""
    for path, start, end in book.derived:
        since, until = table.facts.get(start), table.facts.get(end)
        if isinstance(since, Cells) and until is not None:
            yield path, since, until, years_between(since, until)


def years_between(since: Given, until: Given) -> pl.Expr:
    """Print the whole years between two days, as kernel.moments.years_between counts them."""
    (born_year, born_day), (year, day) = (_year_and_day(one) for one in (since, until))
    return year - born_year - (day < born_day).cast(pl.Int32)


def _year_and_day(given: Given) -> tuple[pl.Expr, pl.Expr]:
    if isinstance(given, Cells):
        day = given.expression.cast(pl.Int32).cast(pl.Date)
        return day.dt.year(), day.dt.month().cast(pl.Int32) * 32 + day.dt.day()
    assert isinstance(given, int)
    known = date.fromordinal(given)
    return pl.lit(known.year, dtype=pl.Int32), pl.lit(known.month * 32 + known.day, dtype=pl.Int32)
