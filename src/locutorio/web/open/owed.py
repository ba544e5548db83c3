"""What the page of promises shows: the account, its tables and time line, the file, and what can be added."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from locutorio.actions import owed as action
from locutorio.arrangements.asking import Owed
from locutorio.notices.letter import Letter
from locutorio.notices.owed import Table, compose, tables
from locutorio.web.faults import ToldFault
from locutorio.web.open import owed_adding
from locutorio.web.open.letters import DrawnSection, draw
from locutorio.web.open.owed_chart import Chart, chart
from locutorio.web.open.search import Choice
from locutorio.web.words import words

FILE_NAME = "owed.yaml"
CELLS = ("kept", "missing", "open", "nothing", "running")
MARKS = ("took", "failed", "open", "late")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and the field to look at."""

    at: str
    says: str


@dataclass(frozen=True, slots=True)
class TableCell:
    """What a cell says, and the head of its column."""

    label: str
    says: str


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise: its paragraphs, its table, and the cells of that."""

    section: DrawnSection
    table: Table
    rows: tuple[tuple[TableCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Key:
    """What a sign of the time line means."""

    state: str
    says: str


@dataclass(frozen=True, slots=True)
class Keys:
    """The signs of the time line."""

    cells: tuple[Key, ...]
    marks: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of what can be added. ``optional`` says that it may stay empty, or nothing."""

    name: str
    type: str
    value: str
    label: str
    optional: str
    problem: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A promise or an event to add."""

    name: str
    says: str
    go: str
    open: bool
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The account as it is drawn. ``promised`` stands with its tables, ``sections`` are the rest."""

    letter: Letter
    promised: tuple[Promised, ...]
    chart: Chart | None
    keys: Keys
    sections: tuple[DrawnSection, ...]


@dataclass(frozen=True, slots=True)
class OwedPage:
    """The whole page: the account of the file, what is wrong with it, and what can be added."""

    action: str
    text: str
    on: str
    shown: Shown | None
    problems: tuple[Problem, ...]
    wrong: Mapping[str, str]
    faults: tuple[ToldFault, ...]
    parts: tuple[Part, ...]
    added: str


def read_and_count(text: str, on: date) -> Owed:
    """Count what stands in a file.

    Raises:
        Fault, Faults: it cannot be used, and why.
    """
    return action.owed(action.read(text.encode("utf-8", "replace"), FILE_NAME), on)


def shown(owed: Owed, lang: str, address_of: Mapping[str, str]) -> Shown:
    """Give the account in one language; ``address_of`` holds the addresses of provisions by name."""
    letter = compose(owed, lang)
    drawn = draw(letter.sections, lambda name: address_of.get(name, ""))
    of_table = {table.section: table for table in tables(owed, lang)}
    return Shown(
        letter=letter,
        promised=tuple(_promised(one, of_table[one.name]) for one in drawn if one.name in of_table),
        chart=chart(owed.account, lang),
        keys=Keys(_keys("cell", CELLS, lang), _keys("mark", MARKS, lang)),
        sections=tuple(one for one in drawn if one.name not in of_table),
    )


def _promised(section: DrawnSection, table: Table) -> Promised:
    rows = tuple(
        tuple(TableCell(label, says) for label, says in zip(table.columns, row, strict=True))
        for row in table.rows
    )
    return Promised(section, table, rows)


def _keys(sort: str, states: tuple[str, ...], lang: str) -> tuple[Key, ...]:
    return tuple(Key(state, words(lang)[f"owed_{sort}_{state}"]) for state in states)


def parts(given: Mapping[str, str], wrong: Mapping[str, str], opened: str, lang: str) -> tuple[Part, ...]:
    """Give what can be added, with what was typed; ``wrong`` holds the problem of each field."""
    told, listed = words(lang), owed_adding.lists(given, lang)

    def field(name: str) -> Field:
        return Field(
            name=name,
            type=owed_adding.kind(name),
            value=given[name],
            label=told[f"owed_{name}"],
            optional="" if name in owed_adding.NEEDED else told["owed_optional"],
            problem=wrong.get(name, ""),
            choices=listed.get(name, ()),
        )

    return tuple(
        Part(
            name,
            told[f"owed_add_{name}"],
            told[f"owed_do_{name}"],
            opened == name,
            tuple(field(one) for one in shown_fields),
        )
        for name, shown_fields in (("promise", owed_adding.PROMISE), ("event", owed_adding.EVENT))
    )


def problems(wrong: Mapping[str, str], told: Mapping[str, str]) -> tuple[Problem, ...]:
    """Give the problems of fields, in the order of the fields."""
    labels = {"file": "owed_open", **{field: f"owed_{field}" for field in ("on", *owed_adding.FIELDS)}}
    return tuple(
        Problem(field, f"{told[label]} — {told[wrong[field]]}")
        for field, label in labels.items()
        if field in wrong
    )
