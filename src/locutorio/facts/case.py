"""A case as a person writes it: dated facts, papers, one question. Read from YAML, seen as of a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from locutorio.facts.question import read_question
from locutorio.facts.snapshot import Paper, Question, Snapshot, refuse_contradictions
from locutorio.facts.vocabulary import FactKind, Value, Vocabulary, vocabulary
from locutorio.facts.words import Word, words_of
from locutorio.kernel.faults import FAULTS_MAX, Fault, Faults, Place, suggestion
from locutorio.kernel.moments import NEVER, day, moment
from locutorio.kernel.texts import Node

UNKNOWN = "unknown"
NONE = "none"
NAME_LENGTH_MAX = 60
PAPERS_MAX = 20
ENTRIES_MAX = 100
_TEMPLATE = "`locutorio decide --template visit` prints every fact that can matter to a visit"
_ASKED = ("request.about", "request.on", "request.asked_on")
_PAPER = ("id", "form")
_PAPER_OPTIONAL = ("from", "until", "known_at", "source", "facts")


@dataclass(frozen=True, slots=True)
class Dated:
    """A value true from a day up to (not including) another, known since a moment. None is "I don't know"."""

    value: Value | None
    since: date | None = None
    until: date | None = None
    known_at: str | None = None
    source: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class CasePaper:
    """A paper about one person as the case gives it."""

    name: str
    form: str
    facts: Mapping[str, Dated]
    known_at: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """What a person knows and asks.

    ``complete`` is None for "all", else the kinds of paper of which all are known. ``words`` are those that
    the law has still to know.
    """

    law: str
    question: Question
    facts: Mapping[str, tuple[Dated, ...]]
    papers: tuple[CasePaper, ...] = ()
    complete: frozenset[str] | None = frozenset()
    adopt: frozenset[str] = field(default_factory=frozenset)
    words: tuple[Word, ...] = field(default=(), compare=False)


def read_value(node: Node, kind: FactKind, words: Vocabulary) -> Value | None:
    """Read one value of a fact; ``unknown`` is None.

    Raises:
        Fault: the value is not of the fact's type.
    """
    text = node.text()
    if text == UNKNOWN:
        return None
    match kind.type:
        case "yes_no":
            if text not in {"yes", "no", "true", "false"}:
                node.fail(f'"{text}" is not an answer to {kind.path}', remedy="write yes, no or unknown")
            return text in {"yes", "true"}
        case "choice" | "office":
            known = kind.values if kind.type == "choice" else words.offices
            if text not in known:
                node.fail(
                    f'"{text}" is not a value of {kind.path}', remedy=suggestion(text, [*known, UNKNOWN])
                )
            return text
        case "day":
            return NEVER if text == NONE else day(text, node.place)
        case _:
            number = node.whole()
            if number < 0:
                node.fail(
                    f"{kind.path} cannot be less than 0 {kind.unit}",
                    remedy="write it without the sign, or unknown",
                )
            return number


def read_facts(node: Node, words: Vocabulary, faults: list[Fault]) -> dict[str, tuple[Dated, ...]]:
    """Read the ``facts:`` block; every fault is added to ``faults``, so that one reading reports all."""
    found: dict[str, tuple[Dated, ...]] = {}
    for path, entry in node.entries().items():
        if len(faults) >= FAULTS_MAX:
            break
        try:
            kind = words.facts.get(path)
            if kind is None:
                entry.name.fail(
                    f'"{path}" is not a fact of the vocabulary',
                    remedy=suggestion(path, words.facts, otherwise=_TEMPLATE),
                )
            if path.startswith("instrument."):
                entry.name.fail(
                    f"{path} is a fact of a paper",
                    remedy="write it under `instruments:`, in the paper's `facts:`",
                )
            found[path] = _timeline(entry, kind, words)
        except Fault as fault:
            faults.append(fault)
    return found


def _timeline(node: Node, kind: FactKind, words: Vocabulary) -> tuple[Dated, ...]:
    if not isinstance(node.value, list):
        return (_dated(node, kind, words),)
    if not 1 <= len(node.value) <= ENTRIES_MAX:
        node.fail(
            f"{kind.path} has a list of {len(node.value)} values",
            remedy=f"write a value, unknown, or a list of at most {ENTRIES_MAX} values with their days",
        )
    return tuple(_dated(item, kind, words) for item in node.items())


def _dated(node: Node, kind: FactKind, words: Vocabulary) -> Dated:
    if isinstance(node.value, str):
        return Dated(read_value(node, kind, words), place=node.place)
    entries = node.entries(required=["value"], optional=["from", "until", "known_at", "source"])
    since = day(entries["from"].text(), entries["from"].place) if "from" in entries else None
    until = day(entries["until"].text(), entries["until"].place) if "until" in entries else None
    _refuse_backwards(kind.path, since, until, node)
    return Dated(
        read_value(entries["value"], kind, words),
        since,
        until,
        _known_at(entries),
        entries["source"].text() if "source" in entries else None,
        node.place,
    )


def _refuse_backwards(what: str, since: object, until: object, node: Node) -> None:
    if isinstance(since, date) and isinstance(until, date) and until <= since:
        node.fail(
            f"{what} ends on {until.isoformat()}, before it begins",
            why="`until` is the first day on which it is no longer so",
            remedy="check the two days",
        )


def _known_at(entries: Mapping[str, Node]) -> str | None:
    if "known_at" not in entries:
        return None
    text = entries["known_at"].text()
    moment(text, "UTC", entries["known_at"].place)
    return text


def read_paper(node: Node, words: Vocabulary, faults: list[Fault]) -> CasePaper:
    """Read one entry of ``instruments:``."""
    entries = node.entries(required=_PAPER, optional=_PAPER_OPTIONAL)
    name = entries["id"].text()
    if len(name) > NAME_LENGTH_MAX or ":" in name:
        entries["id"].fail(
            f"a paper's name has at most {NAME_LENGTH_MAX} characters and no colon",
            remedy="give it a short name, such as s1",
        )
    facts: dict[str, Dated] = {}
    for bound in ("from", "until"):
        if bound in entries:
            facts[f"instrument.{bound}"] = _dated(entries[bound], words.facts[f"instrument.{bound}"], words)
    stated = {path: dated.value for path, dated in facts.items()}
    _refuse_backwards(name, stated.get("instrument.from"), stated.get("instrument.until"), node)
    for word, entry in (entries["facts"].entries() if "facts" in entries else {}).items():
        path = word if word.startswith("instrument.") else f"instrument.{word}"
        try:
            kind = words.facts.get(path)
            if kind is None:
                known = [known for known in words.facts if known.startswith("instrument.")]
                entry.name.fail(f'"{word}" is not a fact of a paper', remedy=suggestion(path, known))
            if path in facts:
                entry.name.fail(f'"{word}" is said twice of this paper', remedy="keep one of them")
            facts[path] = _dated(entry, kind, words)
        except Fault as fault:
            faults.append(fault)
    return CasePaper(
        name,
        entries["form"].text(),
        facts,
        _known_at(entries),
        entries["source"].text() if "source" in entries else None,
    )


def read_case(node: Node, words: Vocabulary, *, law: str | None = None) -> Case:
    """Read a case.

    Args:
        node: the whole document.
        words: the vocabulary.
        law: the pack, where the case does not name one itself.

    Raises:
        Faults: everything that cannot be used, in one report.
    """
    required = ["question"] if law else ["law", "question"]
    entries = node.entries(required=required, optional=["law", "facts", "instruments", "complete", "adopt"])
    faults: list[Fault] = []
    question = None
    try:
        question = read_question(entries["question"], words)
    except Fault as fault:
        faults.append(fault)
    facts = _own_facts(entries["facts"], words, faults) if "facts" in entries else {}
    papers = _papers(entries["instruments"], words, faults) if "instruments" in entries else {}
    if faults or question is None:
        raise Faults(faults)
    if question.kind == "instrument" and question.subject not in papers:
        entries["question"].fail(
            f'the question is about the paper "{question.subject}", and the case has none of that name',
            remedy=suggestion(question.subject or "", papers)
            if papers
            else "add the paper under `instruments:`, with this id",
        )
    return Case(
        law=entries["law"].text() if "law" in entries else law or "",
        question=question,
        facts=facts,
        papers=tuple(papers.values()),
        complete=_complete(entries.get("complete")),
        adopt=frozenset(item.text() for item in entries["adopt"].items())
        if "adopt" in entries
        else frozenset(),
        words=tuple(words_of(entries)),
    )


def _own_facts(node: Node, words: Vocabulary, faults: list[Fault]) -> dict[str, tuple[Dated, ...]]:
    for path, entry in node.entries().items():
        if path in _ASKED:
            faults.append(
                Fault(
                    f"{path} is said in the question",
                    where=entry.name.place,
                    remedy="take the line out of the facts, and check the question",
                )
            )
    return read_facts(node, words, faults)


def _papers(node: Node, words: Vocabulary, faults: list[Fault]) -> dict[str, CasePaper]:
    papers: dict[str, CasePaper] = {}
    if len(node.items()) > PAPERS_MAX:
        node.fail(f"a case has at most {PAPERS_MAX} papers", remedy="keep those that bear on the question")
    for item in node.items():
        try:
            paper = read_paper(item, words, faults)
            if paper.name in papers:
                item.fail(f'two papers are called "{paper.name}"', remedy="give each its own id")
            papers[paper.name] = paper
        except Fault as fault:
            faults.append(fault)
    return papers


def _complete(node: Node | None) -> frozenset[str] | None:
    if node is None:
        return frozenset()
    if isinstance(node.value, str):
        if node.text() != "all":
            node.fail(
                f'"{node.text()}" does not say which papers are all known',
                remedy="write all, or a list of kinds of paper in [ ], or leave the line out",
            )
        return None
    return frozenset(item.text() for item in node.items())


def see(case: Case, *, on: date, zone: str, kinds: Iterable[str], known_at: str | None = None) -> Snapshot:
    """See a case as of a day and a moment of knowledge.

    Args:
        case: as read.
        on: the day of the contact.
        zone: the establishment's time zone.
        kinds: the kinds of paper of the pack.
        known_at: only what was known by then counts; None for everything.

    Raises:
        Fault: what is said of that day contradicts itself, the paper asked about was not yet known, or a kind
            of paper is not one of the pack's.
    """
    by = moment(known_at, zone) if known_at else None
    question = replace(case.question, on=on)
    _refuse_unseen(case, question, zone, by)
    facts: dict[str, Value] = {}
    sources: dict[str, str] = {}
    places: dict[str, Place | None] = {}
    for path, timeline in case.facts.items():
        found = _holding(path, timeline, on, zone, by)
        if found is not None and found.value is not None:
            facts[path] = found.value
            places[path] = found.place
            if found.source:
                sources[path] = found.source
    refuse_contradictions({**facts, "request.on": on}, places, vocabulary())
    all_kinds = frozenset(kinds)
    for kind in case.complete or ():
        if kind not in all_kinds:
            raise Fault(f'"{kind}" is no kind of paper of this pack', remedy=suggestion(kind, all_kinds))
    return Snapshot(
        question=question,
        facts=facts,
        papers=tuple(
            _seen_paper(paper, on, zone, by) for paper in case.papers if _known(paper.known_at, zone, by)
        ),
        complete=all_kinds if case.complete is None else case.complete,
        adopted=case.adopt,
        sources=sources,
        known_at=known_at,
    )


def _refuse_unseen(case: Case, question: Question, zone: str, by: datetime | None) -> None:
    """Refuse a day before the question was asked, and a moment at which its paper was not yet known."""
    if question.asked_on and question.asked_on > question.on:
        raise Fault(
            f"the day asked about, {question.on.isoformat()}, is before the day the question was asked, "
            f"{question.asked_on.isoformat()}",
            remedy="ask about that day or a later one, or correct `asked_on` in the question",
        )
    asked = next((one for one in case.papers if one.name == question.subject), None)
    if by and asked and question.kind == "instrument" and not _known(asked.known_at, zone, by):
        raise Fault(
            f'the paper "{asked.name}" was not yet known on {by.date().isoformat()}',
            why=f"by its `known_at` it became known on {asked.known_at}",
            remedy="ask with a later --known-at, or without it",
        )


def _seen_paper(paper: CasePaper, on: date, zone: str, by: datetime | None) -> Paper:
    facts: dict[str, Value] = {}
    sources: dict[str, str] = {}
    for path, dated in paper.facts.items():
        found = _holding(path, (dated,), on, zone, by)
        if found is None:
            continue
        if found.value is not None or path == "instrument.until":
            facts[path] = found.value  # type: ignore[assignment]
        if found.source:
            sources[path] = found.source
    return Paper(paper.name, paper.form, facts, paper.source, sources)


def _known(known_at: str | None, zone: str, by: datetime | None) -> bool:
    return by is None or known_at is None or moment(known_at, zone) <= by


def _holding(
    path: str, timeline: tuple[Dated, ...], on: date, zone: str, by: datetime | None
) -> Dated | None:
    """Give the entry that holds on a day: the one known latest; two of one moment must agree."""
    holding = [
        entry
        for entry in timeline
        if (entry.since is None or entry.since <= on)
        and (entry.until is None or on < entry.until)
        and _known(entry.known_at, zone, by)
    ]
    if not holding:
        return None
    known = [moment(entry.known_at, zone) if entry.known_at else None for entry in holding]
    latest = max((at for at in known if at), default=None)
    chosen = [entry for entry, at in zip(holding, known, strict=True) if at == latest]
    if len({entry.value for entry in chosen}) > 1:
        raise Fault(
            f"{path} has two values on {on.isoformat()}",
            where=chosen[1].place,
            remedy="end one period where the other begins, or give each the day it became known",
        )
    return chosen[-1]
