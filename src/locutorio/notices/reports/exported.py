"""Tells what stands in one person's file that is given to somebody: a page to begin with, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from locutorio.notices.reports.report import Cell, Column, Report, Table
from locutorio.notices.words import Words, clean

FIGURES = 4
_NAMES = ("name", "number", "establishment", "at", "to", "ground")
_LEAD, _LEAD_OF_PART = ("what", "why", "all", "files"), ("part", "why", "part_files")

Decision = tuple[str, str, str, str, str]
"""When, of which day, of which contact, outcome, law."""
LetterLine = tuple[str, str, str, str]
"""When, to which contact (empty: to the person), headline, file."""
Told = tuple[str, str, str, str, str]
"""When, kind, to whom, what, why."""
EntryLine = tuple[int, str, str, int, bool, bool]
"""Number, when, act, index in the log, whether it can be read, whether its proof is here."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What the page says; every moment is written out already, on the establishment's clock.

    ``tables`` counts rows by table. ``for_person``: it holds what may reach the person, and no entry.
    """

    name: str
    number: str
    establishment: str
    at: str
    to: str
    ground: str
    tables: Mapping[str, int]
    decisions: tuple[Decision, ...]
    letters: tuple[LetterLine, ...]
    told: tuple[Told, ...]
    entries: tuple[EntryLine, ...]
    for_person: bool = False


def tell_export(what: Exported, lang: str) -> Report:
    """Tell it in one language.

    Raises:
        Fault: the catalogue does not have this language.
    """
    words = Words(lang)
    said = {name: clean(getattr(what, name)) for name in _NAMES}
    count = str(len(what.entries))
    lead, foot = (_LEAD_OF_PART, ("copy",)) if what.for_person else (_LEAD, ("others", "copy"))
    every = _table(words, "entries", [_entry(words, one) for one in what.entries])
    entries = () if what.for_person else (every,)
    return Report(
        lang=lang,
        name="index",
        title=words.say("exported.title", **said),
        lead=tuple(words.say(f"exported.lead.{one}", count=count, **said) for one in lead),
        tables=(
            _table(words, "held", [(_held(words, name), rows) for name, rows in what.tables.items()]),
            _table(words, "decisions", [_decision(words, one) for one in what.decisions]),
            _table(words, "letters", [_letter(words, one) for one in what.letters]),
            _table(words, "told", [_told(words, one) for one in what.told]),
            *entries,
        ),
        foot=tuple(words.say(f"exported.foot.{one}") for one in foot),
    )


_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "held": ("what", "rows"),
    "decisions": ("when", "day", "contact", "outcome", "law"),
    "letters": ("when", "whom", "says", "file"),
    "told": ("when", "what", "whom", "why"),
    "entries": ("when", "number", "act", "index", "proof"),
}
_COUNTS = frozenset({"rows", "number", "index"})


def _table(words: Words, name: str, rows: list[tuple[Cell, ...]]) -> Table:
    columns = tuple(
        Column(column, words.say(f"exported.column.{column}"), "count" if column in _COUNTS else "text")
        for column in _COLUMNS[name]
    )
    about = {one: words.say(f"exported.{name}.{one}") for one in ("heading", "intro", "empty")}
    return Table(name, about["heading"], about["intro"], columns, tuple(rows), about["empty"])


def _held(words: Words, table: str) -> str:
    return words.say(f"exported.table.{table.removeprefix('store_')}")


def _decision(words: Words, one: Decision) -> tuple[Cell, ...]:
    when, day, contact, outcome, law = one
    return when, day, clean(contact), words.say(f"report.outcome.{outcome}"), law


def _letter(words: Words, one: LetterLine) -> tuple[Cell, ...]:
    when, to, says, file = one
    return when, clean(to) or words.say("exported.the_person"), clean(says), file


def _told(words: Words, one: Told) -> tuple[Cell, ...]:
    when, kind, to, what, why = one
    return when, clean(what) or words.say(f"exported.kind.{kind}"), clean(to), clean(why)


def _entry(words: Words, one: EntryLine) -> tuple[Cell, ...]:
    number, when, act, index, readable, proved = one
    state = "proved" if proved else "later"
    proof = words.say(f"exported.proof.{state if readable else 'erased'}")
    return when, number, act.replace("_", " "), index, proof
