"""Reads a catalogue of law (Markdown tables) and says where a pack departs from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from locutorio.decisions.cases import CaseBook, WorkedCase
from locutorio.rules.provision import STATUSES, Pack, Provision

PREMISES = "### 0.6"
RULES = "# PART I."
CASES = "# PART II."
QUESTIONS = "## III.4"
ADDRESSES = "### 0.5"
PARTS = (PREMISES, RULES, CASES, QUESTIONS, ADDRESSES)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of rules."""

    name: str
    section: str
    status: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One row of a table of cases: what the answer must be, what must be told besides, what it rests on."""

    number: str
    decision: str
    also: str
    basis: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Rules, contested questions, cases, and the addresses of the sources by their key."""

    rows: Mapping[str, Row]
    questions: tuple[str, ...]
    cases: Mapping[str, Asked]
    addresses: Mapping[str, str]

    def of(self, sections: Iterable[str]) -> tuple[Row, ...]:
        """Give the rows of some sections."""
        wanted = frozenset(sections)
        return tuple(row for row in self.rows.values() if row.section in wanted)


def read_catalogue(text: str) -> Catalogue:
    """Read every table of a catalogue."""
    rows: dict[str, Row] = {}
    cases: dict[str, Asked] = {}
    questions: list[str] = []
    addresses: dict[str, str] = {}
    for part, section, cells in _table_rows(text):
        if part in (PREMISES, RULES) and len(cells) > 2:
            rows[cells[0]] = Row(cells[0], section, cells[-1])
        elif part == CASES and len(cells) == 5:
            cases[cells[0]] = Asked(cells[0], cells[2], cells[3], cells[4])
        elif part == QUESTIONS:
            questions.append(cells[0])
        elif part == ADDRESSES:
            addresses[cells[0]] = cells[1]
    return Catalogue(rows, tuple(questions), cases, addresses)


def _table_rows(text: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    part = section = ""
    above: tuple[str, ...] = ()
    for line in text.splitlines():
        if line.startswith("#"):
            part = next((p for p in PARTS if line.startswith(p)), _kept(part, line))
            section = found[1] if (found := re.match(r"#+ (\d+[A-Z]?)\.? ", line)) else section
        if not line.startswith("|"):
            above = ()
            continue
        cells = tuple(re.split(r"\s*\|\s*", line.strip()[1:-1].strip()))
        if above and not set(line) <= set("|-: "):
            yield part, section, cells
        above = cells


def _kept(part: str, heading: str) -> str:
    """A part goes on through its own sections and ends with the next part or, for a small table, heading."""
    return "" if heading.startswith(("# ", "## III.", "### 0.")) else part


def uncovered(rows: Iterable[Row], questions: Iterable[str], pack: Pack) -> list[str]:
    """Name the rows that no provision carries and the questions nobody asks, if they are not left out."""
    carried = {name for provision in pack.provisions.values() for name in provision.rows}
    known = carried | set(pack.contested) | set(pack.omitted)
    return [name for name in (*(row.name for row in rows), *questions) if name not in known]


def unheard(catalogue: Catalogue, pack: Pack) -> list[str]:
    """Name what provisions carry, or the pack leaves out, that is nowhere in the catalogue."""
    named = {name for provision in pack.provisions.values() for name in provision.rows}
    return sorted((named | set(pack.omitted)) - set(catalogue.rows) - set(catalogue.questions))


def misjudged(catalogue: Catalogue, pack: Pack) -> list[str]:
    """Name the provisions whose text is said to be better, or other, than the catalogue says.

    A conclusion from verified rows is derived; otherwise a provision has the status of its weakest row.
    """
    found = []
    for provision in pack.provisions.values():
        rows = [catalogue.rows[name] for name in provision.rows if name in catalogue.rows]
        statuses = {row.status for row in rows} & set(STATUSES)
        if not statuses:
            continue
        weakest = max(statuses, key=STATUSES.index)
        if provision.status not in {weakest, "derived" if weakest == "verified" else weakest}:
            known = ", ".join(sorted(statuses))
            found.append(f"{provision.name} is {provision.status}; its rows are {known}")
    return found


def family(number: str, book: CaseBook) -> tuple[WorkedCase, ...]:
    """Give the worked case of a number and those that follow from it: A16, A16b, A16-visit."""
    return tuple(one for one in book.worked if re.fullmatch(rf"{re.escape(number)}([a-z]|-.+)?", one.name))


def asserted(cases: Sequence[WorkedCase], pack: Pack) -> tuple[Provision, ...]:
    """Give the provisions on which the expected answers are said to rest."""
    basis = tuple(text for one in cases for text in one.expected.lists.get("basis", ()))
    names = {
        name for one in cases for key in ("reasons", "defeated") for name in one.expected.lists.get(key, ())
    }
    return tuple(
        p for p in pack.provisions.values() if p.name in names or (basis and p.citation.startswith(basis))
    )


def unasserted_basis(
    asked: Asked, cases: Sequence[WorkedCase], catalogue: Catalogue, pack: Pack
) -> list[str]:
    """Name the rows, sources and sections of a case's basis that no expected answer of it rests on."""
    provisions = asserted(cases, pack)
    texts = [text for one in cases for text in one.expected.lists.get("basis", ())]
    texts += [provision.citation for provision in provisions]
    rows = {name for provision in provisions for name in provision.rows}
    sources = {provision.source for provision in provisions}
    missing = []
    for wanted in re.split(r"[;,]\s*", asked.basis):
        word = wanted.split(" ")[0]
        section = re.search(r"\d[\d.]*(?:\(\w+\))*", wanted)
        if word.endswith("_*"):
            met = any(row.startswith(word[:-1]) for row in rows)
        elif word in catalogue.rows:
            met = word in rows
        elif word in catalogue.addresses:
            met = word in sources or any(_host(catalogue.addresses[word]) in text for text in texts)
        elif wanted.startswith("Part III"):
            met = any(provision.rank == int(wanted[-1]) for provision in provisions)
        else:
            met = section is not None and any(section[0] in text for text in texts)
        if not met:
            missing.append(wanted)
    return missing


def _host(address: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", address).split("/")[0]


def unasserted_words(asked: Asked, cases: Sequence[WorkedCase], words: Iterable[str]) -> list[str]:
    """Name the flags and conditions that a case's other columns name and no expected answer of it holds."""
    wanted = {word.lower() for word in re.findall(r"`(\w+)", f"{asked.decision} {asked.also}")}
    wanted |= {word for word in words if re.search(rf"\b{word}\b", asked.also)}
    held = {
        token
        for one in cases
        for key in ("findings", "conditions")
        for token in one.expected.lists.get(key, ())
    }
    return sorted(wanted - held)
