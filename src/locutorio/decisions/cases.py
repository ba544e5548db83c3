"""Worked cases: examples that travel with the law, and what comes of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from locutorio.facts.case import Case, Dated, read_case, read_facts, read_paper, read_value, see
from locutorio.facts.snapshot import Snapshot, derived
from locutorio.facts.vocabulary import Text, Value, Vocabulary, bilingual
from locutorio.kernel.faults import Fault, Faults
from locutorio.kernel.texts import Node, read_bytes, read_documents
from locutorio.rules.provision import Pack
from locutorio.rules.rulebook import facts_of_provision

_CASE = ("case", "title", "question", "expect")
_CASE_OPTIONAL = ("facts", "instruments", "complete", "adopt", "reading", "law")
_EXPECT_LISTS = (
    "conditions",
    "keys",
    "notices",
    "routes",
    "findings",
    "contested",
    "comments",
    "basis",
    "reasons",
    "defeated",
)
_EXPECT_MAPS = ("clocks", "limits", "instruments", "within")


@dataclass(frozen=True, slots=True)
class Expected:
    """What the answer must be. Lists are at least, but ``conditions`` and ``keys`` exactly, when given."""

    outcome: str
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    maps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    earliest: str | None = None


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One example with its expected answer. ``usual`` names the facts that were filled in with their plain
    value.
    """

    name: str
    area: str
    title: Text
    case: Case
    expected: Expected
    reading: int | None
    usual: frozenset[str]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class MicroCase:
    """Facts on which one provision speaks, and changes of them on which it is silent."""

    provision: str
    facts: Mapping[str, Value]
    silent: tuple[Mapping[str, Value | None], ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class CaseBook:
    """Every case of a pack."""

    worked: tuple[WorkedCase, ...]
    micro: tuple[MicroCase, ...]


def case_documents(folder: Path) -> Iterator[tuple[str, str, Node]]:
    """Give (area, shown name, document) for every document of cases in a pack's folder."""
    for path in sorted(folder.rglob("*.yaml")):
        shown = f"{folder.name}/{path.relative_to(folder).as_posix()}"
        documents = read_documents(read_bytes(path), shown, most=2)
        alone = path.parent.name == "cases"
        for document in documents if alone else documents[1:]:
            yield path.stem, shown, document


def read_cases(folder: Path, pack: Pack, words: Vocabulary) -> CaseBook:
    """Read every case of a pack. A worked case starts from the plain value of each fact the pack reads.
    One of an overlay names the law it is decided under.

    Raises:
        Faults: everything that cannot be used, in one report.
    """
    law = None if pack.overlay else pack.name
    worked: dict[str, WorkedCase] = {}
    micro: list[MicroCase] = []
    faults: list[Fault] = []
    read = {path for p in pack.provisions.values() for path in facts_of_provision(p)}
    read |= {start for path in read if (start := words.facts[path].years_from)}
    for area, shown, document in case_documents(folder):
        for node in document.entries(required=["cases"])["cases"].items():
            try:
                if "speaks" in node.entries():
                    micro.append(_micro(node, shown, words))
                    continue
                one = _worked(node, area, shown, law, words, read)
                if one.name in worked:
                    node.fail(f'the case "{one.name}" stands twice', why=f"also in {worked[one.name].file}")
                worked[one.name] = one
            except Fault as fault:
                faults.append(fault)
            except Faults as several:
                faults.extend(several.faults)
    if faults:
        raise Faults(faults)
    return CaseBook(tuple(worked.values()), tuple(micro))


def _worked(
    node: Node, area: str, shown: str, law: str | None, words: Vocabulary, read: set[str]
) -> WorkedCase:
    entries = node.entries(required=_CASE, optional=_CASE_OPTIONAL)
    inner = {
        key: entries[key]
        for key in ("law", "question", "facts", "instruments", "complete", "adopt")
        if key in entries
    }
    case = read_case(Node(inner, node.file, node.line, node.column), words, law=law)
    stated = {start for path in case.facts if (start := words.facts[path].years_from)} | set(case.facts)
    plain = sorted(path for path in read if words.facts[path].plain is not None and path not in stated)
    return WorkedCase(
        name=entries["case"].text(),
        area=area,
        title=bilingual(entries["title"]),
        case=with_plain(case, plain, words),
        expected=_expected(entries["expect"]),
        reading=entries["reading"].whole() if "reading" in entries else None,
        usual=frozenset(plain),
        file=shown,
        line=node.line,
    )


def _expected(node: Node) -> Expected:
    entries = node.entries(required=["outcome"], optional=[*_EXPECT_LISTS, *_EXPECT_MAPS, "earliest"])
    return Expected(
        entries["outcome"].text(),
        {
            name: tuple(item.text() for item in entries[name].items())
            for name in _EXPECT_LISTS
            if name in entries
        },
        {
            name: {key: value.text() for key, value in entries[name].entries().items()}
            for name in _EXPECT_MAPS
            if name in entries
        },
        entries["earliest"].text() if "earliest" in entries else None,
    )


def with_plain(case: Case, paths: Iterable[str], words: Vocabulary) -> Case:
    """Give the case with the plain value of some facts it says nothing of."""
    facts = dict(case.facts)
    for path in paths:
        node = Node(words.facts[path].plain or "", "vocabulary", 1, 1)
        facts[path] = (Dated(read_value(node, words.facts[path], words)),)
    return replace(case, facts=facts)


def _micro(node: Node, shown: str, words: Vocabulary) -> MicroCase:
    entries = node.entries(required=["speaks", "facts"], optional=["silent", "adopt"])
    base = {path: value for path, value in micro_facts(entries["facts"], words).items() if value is not None}
    silent = (
        tuple(micro_facts(item, words) for item in entries["silent"].items()) if "silent" in entries else ()
    )
    return MicroCase(entries["speaks"].text(), base, silent, shown, node.line)


def micro_facts(node: Node, words: Vocabulary) -> dict[str, Value | None]:
    """Read plain facts, those of papers included."""
    faults: list[Fault] = []
    own = {path: entry for path, entry in node.entries().items() if path.startswith("instrument.")}
    rest = {path: entry for path, entry in node.entries().items() if path not in own}
    read = read_facts(Node(rest, node.file, node.line, node.column), words, faults)
    found = {path: timeline[0].value for path, timeline in read.items()}
    if own:
        block = Node(own, node.file, node.line, node.column)
        shell = {"id": Node("paper", *_at(node)), "form": Node("any", *_at(node)), "facts": block}
        paper = read_paper(Node(shell, *_at(node)), words, faults)
        found.update({path: dated.value for path, dated in paper.facts.items()})
    if faults:
        raise Faults(faults)
    return found


def _at(node: Node) -> tuple[str, int, int]:
    return node.file, node.line, node.column


def snapshot_of(case: Case, zone: str, kinds: Sequence[str]) -> Snapshot:
    """See a worked case on its own day with everything known."""
    return see(case, on=case.question.on, zone=zone, kinds=kinds)


def micro_values(facts: Mapping[str, Value | None], words: Vocabulary) -> dict[str, Value]:
    """Give the facts of a micro-case, derived ones added and unknown ones left out."""
    return derived({path: value for path, value in facts.items() if value is not None}, words)
