"""Gives the law to read: rows to list and search, and one provision whole with its cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from locutorio.actions import shelf
from locutorio.facts.vocabulary import Text
from locutorio.kernel.faults import Fault, suggestion
from locutorio.notices.catalogue import say
from locutorio.notices.letter import Items, Letter, Section
from locutorio.notices.sheet import sheet as provision_sheet
from locutorio.notices.text import letter_as_text
from locutorio.rules.provision import STATUSES, Provision
from locutorio.rules.tree import Condition, Group


@dataclass(frozen=True, slots=True)
class Row:
    """One provision in a list; ``searched`` is the text a search looks in."""

    name: str
    citation: str
    section: str
    instrument: str
    status: str
    read_on: date
    says: str
    searched: str


def rows(law: str, lang: str, *, status: str | None = None, by_day: bool = False) -> list[Row]:
    """List the provisions of a pack, by section or by the day their text was read.

    Raises:
        Fault: the pack or the status is not known.
    """
    if status is not None and status not in STATUSES:
        raise Fault(f'"{status}" is no status', remedy=suggestion(status, STATUSES))
    found = [_row(p, lang) for p in shelf.pack(law).provisions.values() if status in (None, p.status)]
    return sorted(found, key=lambda row: (row.read_on, row.name) if by_day else (date.min, row.name))


def _row(provision: Provision, lang: str) -> Row:
    says = provision.says[lang]
    searched = " ".join([provision.name, provision.citation, *provision.rows, *provision.says.values()])
    return Row(
        provision.name,
        provision.citation,
        provision.section,
        provision.instrument,
        provision.status,
        provision.read_on,
        says,
        searched,
    )


def provision(law: str, name: str) -> Provision:
    """Give one provision.

    Raises:
        Fault: the pack has none of that name.
    """
    provisions = shelf.pack(law).provisions
    if name not in provisions:
        raise Fault(f'there is no provision "{name}" in {law}', remedy=suggestion(name, provisions))
    return provisions[name]


def condition_lines(condition: Condition | None, depth: int = 0) -> Iterator[tuple[int, str]]:
    """Give the lines of a condition with their depth; a nested group begins with "any:" or "all:"."""
    if condition is None:
        return
    if not isinstance(condition, Group):
        yield depth, condition.source
        return
    for part in condition.parts:
        if isinstance(part, Group):
            yield depth, "all:" if part.every else "any:"
            yield from condition_lines(part, depth + 1)
        else:
            yield depth, part.source


def cases_of(law: str, name: str) -> list[tuple[str, Text, str]]:
    """Give (case, title, expected outcome) of the worked cases whose basis is this provision's citation."""
    citation = provision(law, name).citation
    return [
        (one.name, one.title, one.expected.outcome)
        for one in shelf.cases(law).worked
        if name in one.expected.lists.get("defeated", ())
        or any(citation.startswith(basis) for basis in one.expected.lists.get("basis", ()))
    ]


def sheet(law: str, name: str, lang: str) -> str:
    """Tell one provision whole, in plain text: its words, conditions, effects, numbers, source and cases.

    Raises:
        Fault: the pack has none of that name.
    """
    one = provision(law, name)
    pack = shelf.pack(law)
    cases = tuple(f"{case}: {title[lang]} ({outcome})" for case, title, outcome in cases_of(law, name))
    sections = provision_sheet(one, pack, lang)
    if cases:
        sections = (*sections, Section("cases", say(lang, "sheet.heading.cases"), (Items(cases),)))
    status = say(lang, "sheet.known", name=one.name, status=one.status, day=one.read_on.isoformat())
    return letter_as_text(Letter(lang, "", one.citation, one.says[lang], (status,), sections, ()))
