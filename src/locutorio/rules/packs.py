"""Reads a pack of law from its folder into typed provisions, forms and contested questions."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from locutorio.facts.vocabulary import FOLDER as VOCABULARY
from locutorio.facts.vocabulary import Text, Vocabulary, bilingual, vocabulary
from locutorio.kernel.faults import FAULTS_MAX, Fault, Faults, suggestion
from locutorio.kernel.moments import day
from locutorio.kernel.texts import Node, read_bytes, read_documents, read_first
from locutorio.rules import manifest
from locutorio.rules.effects import OF_CLOCKS, OF_INSTRUMENTS, read_effects
from locutorio.rules.language import Scope, parse_conditions
from locutorio.rules.overlay import refuse_deciding
from locutorio.rules.provision import (
    STATUSES,
    ContestedQuestion,
    DatedNumber,
    Effect,
    Form,
    NumberRow,
    Pack,
    Provision,
    Source,
    Window,
)

FOLDER = Path(__file__).parent / "packs"
PROOF = "proof.json"
_PROVISION_REQUIRED = ("id", "citation", "says", "then")
_PROVISION_OPTIONAL = (
    *("rows", "status", "reading", "from", "until", "numbers", "when", "overrides", "side", "residual"),
    *("about", "of", "rank", "source", "read_on"),
)
_SECTION = ("instrument", "section", "rank", "source", "read_on", "provisions")
_FORM = (
    "form",
    "kind",
    "title",
    "citation",
    "rank",
    "status",
    "source",
    "read_on",
    "from",
    "parameters",
    "provisions",
)


@dataclass
class _Reader:
    """Collects what the files hold; every fault is kept, so that one reading reports all."""

    words: Vocabulary
    provisions: dict[str, Provision] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    contested: dict[str, ContestedQuestion] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    omitted: dict[str, Text] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def trying(self, read: Callable[[], object]) -> None:
        if len(self.faults) >= FAULTS_MAX:
            return
        try:
            read()
        except Fault as fault:
            self.faults.append(fault)

    def add(self, into: dict[str, object], name: str, node: Node, value: object) -> None:
        if name in into:
            node.fail(f'"{name}" stands twice in this pack', remedy="give one of them another name")
        into[name] = value


def _numbers(node: Node | None) -> Mapping[str, DatedNumber]:
    if node is None:
        return {}
    found: dict[str, DatedNumber] = {}
    for name, entry in node.entries().items():
        block = entry.entries(required=["unit", "label", "rows"])
        rows = []
        for row in block["rows"].items():
            cells = row.entries(required=["from", "value", "citation"])
            rows.append(
                NumberRow(
                    day(cells["from"].text(), cells["from"].place),
                    manifest.amount(cells["value"]),
                    cells["citation"].text(),
                )
            )
        if not rows:
            entry.name.fail(
                f'the number "{name}" has no row', remedy="give it a value from a day, with its citation"
            )
        if [row.since for row in rows] != sorted({row.since for row in rows}):
            entry.fail(
                f'the rows of "{name}" are not in the order of their days',
                remedy="oldest first, each day once",
            )
        found[name] = DatedNumber(name, block["unit"].text(), bilingual(block["label"]), tuple(rows))
    return found


@dataclass(frozen=True)
class _Section:
    """What the provisions of one file inherit."""

    entries: Mapping[str, Node]
    instrument: str
    section: str
    form: str | None
    numbers: Mapping[str, DatedNumber]


def _provision(node: Node, section: _Section, reader: _Reader) -> None:
    entries = node.entries(required=_PROVISION_REQUIRED, optional=_PROVISION_OPTIONAL)
    inherited = {**section.entries, **entries}
    for needed in ("rank", "status", "from", "source", "read_on"):
        if needed not in inherited:
            node.fail(
                f'"{needed}" is missing', remedy=f"add a line `{needed}: ...` here or at the top of the file"
            )
    name = manifest.name(entries["id"])
    if section.form:
        name = f"{section.form}.{name}"
    numbers = {**section.numbers, **_numbers(entries.get("numbers"))}
    for number in numbers.values():
        if number.unit not in reader.words.units:
            node.fail(
                f'"{number.unit}" is not a unit of the vocabulary',
                remedy=suggestion(number.unit, reader.words.units),
            )
    scope = Scope(reader.words, {key: number.unit for key, number in numbers.items()})
    about = entries["about"].choice(["contact", "instrument", "clock"]) if "about" in entries else "contact"
    effects = read_effects(entries["then"], scope)
    _check_about(entries["then"], about, effects)
    provision = Provision(
        name=name,
        about=about,
        of=(section.form,) if section.form else manifest.names(entries.get("of")),
        form=section.form,
        rows=manifest.names(entries.get("rows")),
        citation=entries["citation"].text(),
        section=section.section,
        instrument=section.instrument,
        rank=inherited["rank"].whole(),
        status=inherited["status"].choice(STATUSES),
        reading=entries["reading"].whole() if "reading" in entries else None,
        since=day(inherited["from"].text(), inherited["from"].place),
        until=day(entries["until"].text(), entries["until"].place) if "until" in entries else None,
        source=inherited["source"].text(),
        read_on=day(inherited["read_on"].text(), inherited["read_on"].place),
        says=bilingual(entries["says"]),
        numbers=numbers,
        when=parse_conditions(entries["when"], scope) if "when" in entries else None,
        effects=effects,
        overrides=manifest.names(entries.get("overrides")),
        side=_side(entries.get("side")),
        residual="residual" in entries and entries["residual"].yes(),
        place=node.place,
    )
    reader.add(reader.provisions, name, node, provision)  # type: ignore[arg-type]


def _check_about(node: Node, about: str, effects: tuple[Effect, ...]) -> None:
    for effect in effects:
        if isinstance(effect, Window) and about != "clock":
            node.fail(
                "a window of time is set in a provision about a clock",
                remedy="add a line `about: clock` to this provision",
            )
        if about == "clock" and not isinstance(effect, OF_CLOCKS):
            node.fail(
                "this effect has no meaning for a clock", remedy="use clock, flag, route, notice or refer"
            )
        if isinstance(effect, OF_INSTRUMENTS) and about != "instrument":
            node.fail(
                "defect, void, supersede and lapse judge a paper", remedy="add `about: instrument` and `of:`"
            )


def _side(node: Node | None) -> tuple[str, str] | None:
    if node is None:
        return None
    question, _, side = node.text().rpartition(".")
    if not question:
        node.fail(
            "a side is named after its question", remedy="write QUESTION.SIDE, as contested.yaml has them"
        )
    return question, side


def _section(document: Node, reader: _Reader) -> None:
    entries = document.entries(required=_SECTION, optional=["status", "from"])
    inherited = {
        key: entries[key] for key in ("rank", "source", "read_on", "status", "from") if key in entries
    }
    section = _Section(inherited, entries["instrument"].text(), entries["section"].text(), None, {})
    for node in entries["provisions"].items():
        reader.trying(lambda node=node: _provision(node, section, reader))  # type: ignore[misc]


def _form(document: Node, reader: _Reader) -> None:
    entries = document.entries(required=_FORM, optional=["numbers", "rows"])
    name = manifest.name(entries["form"])
    parameters = manifest.names(entries["parameters"])
    for parameter in entries["parameters"].items():
        if f"instrument.{parameter.text()}" not in reader.words.facts:
            parameter.fail(
                f'"instrument.{parameter.text()}" is not a fact of the vocabulary',
                remedy=suggestion(f"instrument.{parameter.text()}", reader.words.facts),
            )
    inherited = {key: entries[key] for key in ("rank", "source", "read_on", "status", "from")}
    title = bilingual(entries["title"])
    section = _Section(
        inherited, title["en"], entries["citation"].text(), name, _numbers(entries.get("numbers"))
    )
    before = set(reader.provisions)
    for node in entries["provisions"].items():
        reader.trying(lambda node=node: _provision(node, section, reader))  # type: ignore[misc]
    form = Form(
        name=name,
        kind=entries["kind"].text(),
        title=title,
        citation=entries["citation"].text(),
        rank=entries["rank"].whole(),
        status=entries["status"].choice(STATUSES),
        rows=manifest.names(entries.get("rows")),
        parameters=parameters,
        provisions=tuple(key for key in reader.provisions if key not in before),
        place=document.place,
    )
    reader.add(reader.forms, name, document, form)  # type: ignore[arg-type]


def _question(node: Node, reader: _Reader) -> None:
    question = manifest.contested(node, reader.words)
    reader.add(reader.contested, question.name, node, question)  # type: ignore[arg-type]


def _listed(name: str, node: Node, reader: _Reader) -> None:
    reader.add(reader.sources, name, node, manifest.source(node))  # type: ignore[arg-type]


def _loose(document: Node, reader: _Reader) -> None:
    """Read a file of contested questions, sources or omitted rows."""
    sections = document.entries(optional=["contested", "sources", "omitted"])
    for node in sections["contested"].items() if "contested" in sections else []:
        reader.trying(lambda node=node: _question(node, reader))  # type: ignore[misc]
    for name, node in sections["sources"].entries().items() if "sources" in sections else []:
        reader.trying(lambda name=name, node=node: _listed(name, node, reader))  # type: ignore[misc]
    for node in sections["omitted"].items() if "omitted" in sections else []:
        block = node.entries(required=["row", "reason"])
        reader.add(reader.omitted, block["row"].text(), node, bilingual(block["reason"]))  # type: ignore[arg-type]


def law_files(folder: Path) -> Iterator[Path]:
    """Give the files of a pack that hold law, in a fixed order."""
    yield from (path for path in sorted(folder.rglob("*.yaml")) if path.parent.name != "cases")


def pack_hash(folder: Path, vocabulary_folder: Path = VOCABULARY) -> str:
    """Give the SHA-256 over names and bytes of the law files and the vocabulary, in hexadecimal."""
    digest = hashlib.sha256()
    for base, paths in (
        (folder, law_files(folder)),
        (vocabulary_folder, sorted(vocabulary_folder.glob("*.yaml"))),
    ):
        for path in paths:
            raw = path.read_bytes()
            digest.update(f"{path.relative_to(base).as_posix()}\0{len(raw)}\0".encode())
            digest.update(raw)
    return digest.hexdigest()


def read_pack(folder: Path, words: Vocabulary | None = None) -> Pack:
    """Read a pack. Only well-formedness and types are checked here; see checks.py for what makes it valid.

    Raises:
        Faults: everything that could not be read, in one report.
    """
    words = words or vocabulary()
    head = _head(folder)
    reader = _Reader(words)
    for name, node in head["sources"].entries().items():
        _listed(name, node, reader)
    files = []
    for path in law_files(folder):
        shown = f"{folder.name}/{path.relative_to(folder).as_posix()}"
        files.append(shown)
        if path.name != "pack.yaml":
            reader.trying(lambda path=path, shown=shown: _file(path, shown, reader))  # type: ignore[misc]
    if reader.faults:
        raise Faults(reader.faults)
    overlay = _comments(head)
    if overlay:
        refuse_deciding(reader.provisions.values(), reader.forms.values(), reader.contested.values())
    return Pack(
        name=head["pack"].text(),
        title=bilingual(head["title"]),
        zone=manifest.zone(head["zone"]),
        first_day=_first_day(head, reader),
        holidays=manifest.country(head["holidays"]) if "holidays" in head else None,
        reviewed_by=head["reviewed_by"].text() if "reviewed_by" in head else "nobody",
        ladder=manifest.ladder(head["ladder"]),
        sources=reader.sources,
        kinds={name: manifest.kind(node, words) for name, node in head["kinds"].entries().items()},
        provisions=reader.provisions,
        forms=reader.forms,
        contested=reader.contested,
        omitted=reader.omitted,
        safety=tuple(
            manifest.safety(node, words) for node in (head["safety"].items() if "safety" in head else ())
        ),
        hash=pack_hash(folder),
        files=tuple(files),
        overlay=overlay,
    )


def _head(folder: Path) -> Mapping[str, Node]:
    shown = f"{folder.name}/pack.yaml"
    documents = read_documents(read_bytes(folder / "pack.yaml"), shown)
    if not documents:
        raise Fault(f"{shown} is empty", remedy="write the name, zone, ladder, sources and kinds of the pack")
    return documents[0].entries(
        required=["pack", "title", "zone", "ladder", "sources", "kinds"],
        optional=["reviewed_by", "holidays", "first_day", "safety", "overlay"],
    )


def _comments(head: Mapping[str, Node]) -> bool:
    return "overlay" in head and head["overlay"].yes()


def _first_day(head: Mapping[str, Node], reader: _Reader) -> date:
    """Give the first day the pack vouches for: as stated, or the earliest of its provisions."""
    if "first_day" in head:
        return day(head["first_day"].text(), head["first_day"].place)
    return min((provision.since for provision in reader.provisions.values()), default=date.min)


def _file(path: Path, shown: str, reader: _Reader) -> None:
    document = read_first(read_bytes(path), shown)
    if document is None:
        raise Fault(f"{shown} is empty", remedy="delete it or write a provision")
    keys = document.entries()
    if "form" in keys:
        _form(document, reader)
    elif "provisions" in keys:
        _section(document, reader)
    else:
        _loose(document, reader)


def folder_of(pack: str) -> Path:
    """Give the folder of a shipped pack by its name.

    Raises:
        Fault: no pack of that name is shipped.
    """
    folder = FOLDER / pack.replace("-", "_")
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,40}", pack) or not (folder / "pack.yaml").is_file():
        raise Fault(f'there is no pack "{pack}"', remedy=suggestion(pack, shipped()))
    return folder


def shipped() -> list[str]:
    """Give the names of the shipped packs."""
    return sorted(path.parent.name.replace("_", "-") for path in FOLDER.glob("*/pack.yaml"))


def is_overlay(pack: str) -> bool:
    """Say whether a shipped pack only comments; no more than the head of the pack is read for it.

    Raises:
        Fault: no pack of that name is shipped, or its head cannot be read.
    """
    return _comments(_head(folder_of(pack)))


def proved_hash(folder: Path) -> str | None:
    """Give the hash of the pack that was last proved, or None if none was."""
    try:
        stored = json.loads((folder / PROOF).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    found = stored.get("hash") if isinstance(stored, dict) else None
    return found if isinstance(found, str) else None
