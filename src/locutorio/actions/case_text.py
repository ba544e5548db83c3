"""Writes a case as the file that `locutorio decide` reads. Reading it back gives the same case."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from textwrap import indent

import yaml

from locutorio.facts.case import NONE, UNKNOWN, Case, CasePaper, Dated
from locutorio.facts.snapshot import Question
from locutorio.facts.vocabulary import Value
from locutorio.kernel.moments import NEVER

WIDTH = 110
USUAL = "# As usual in the worked cases:"
_BOUNDS = ("from", "until")

Written = str | list["Written"] | Mapping[str, "Written"]


class _Inline(dict[str, Written]):
    """A block written on one line: {value: no, until: 2026-12-01}."""


class _Dumper(yaml.SafeDumper):
    """Writes every scalar as plain text where it can: our reader gives no scalar a type."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, object]]] = {}  # noqa: RUF012 - as in the class above

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT002
        super().increase_indent(flow, indentless=False)


_Dumper.add_representer(
    _Inline, lambda dumper, block: dumper.represent_mapping("tag:yaml.org,2002:map", block, flow_style=True)
)


def case_text(case: Case, usual: Collection[str] = ()) -> str:
    """Give the text of a case file. The facts named in ``usual`` stand last, under a comment."""
    facts = {path: _timeline(timeline) for path, timeline in case.facts.items()}
    own = {path: written for path, written in facts.items() if path not in usual}
    rest = {path: written for path, written in facts.items() if path in usual}
    written = _dump({"law": case.law, "question": _question(case.question)})
    if facts:
        written += "facts:\n" + indent(_dump(own) + (f"{USUAL}\n{_dump(rest)}" if rest else ""), "  ")
    return written + _papers_text(case)


def fact_text(path: str, timeline: tuple[Dated, ...]) -> str:
    """Give the lines of one fact, whole, as the facts of a case file hold it."""
    return _dump({path: _timeline(timeline)})


def paper_text(paper: CasePaper) -> str:
    """Give the lines of one paper, as a case file holds it."""
    return _dump(_paper(paper))


def write_value(value: Value | None) -> str:
    """Give a value as a case file has it."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value == NEVER:
        return NONE
    return value.isoformat() if isinstance(value, date) else str(value)


def _papers_text(case: Case) -> str:
    """Write the papers and what is said of all of them."""
    parts: dict[str, Written] = {}
    if case.papers:
        parts["instruments"] = [_paper(paper) for paper in case.papers]
    if case.complete is None:
        parts["complete"] = "all"
    elif case.complete:
        parts["complete"] = [*sorted(case.complete)]
    if case.adopt:
        parts["adopt"] = [*sorted(case.adopt)]
    return _dump(parts)


def _dump(parts: Mapping[str, Written]) -> str:
    if not parts:
        return ""
    return yaml.dump(
        dict(parts),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=WIDTH,
        default_flow_style=False,
    )


def _question(question: Question) -> Written:
    subject = {"instrument": "instrument", "clock": "clock"}.get(question.kind, "about")
    parts = {
        "kind": question.kind,
        subject: question.subject or question.about or "",
        "on": question.on.isoformat(),
    }
    if question.asked_on:
        parts["asked_on"] = question.asked_on.isoformat()
    return _Inline(parts)


def _timeline(timeline: tuple[Dated, ...]) -> Written:
    entries = [_dated(entry) for entry in timeline]
    return entries[0] if len(entries) == 1 and isinstance(entries[0], str) else entries


def _dated(entry: Dated) -> Written:
    parts: dict[str, Written] = {"value": write_value(entry.value)}
    if entry.since:
        parts["from"] = entry.since.isoformat()
    if entry.until:
        parts["until"] = entry.until.isoformat()
    if entry.known_at:
        parts["known_at"] = entry.known_at
    if entry.source:
        parts["source"] = entry.source
    return _Inline(parts) if len(parts) > 1 else parts["value"]


def _paper(paper: CasePaper) -> dict[str, Written]:
    parts: dict[str, Written] = {"id": paper.name, "form": paper.form}
    stated = {path.removeprefix("instrument."): _dated(entry) for path, entry in paper.facts.items()}
    for bound in _BOUNDS:
        if bound in stated:
            parts[bound] = stated.pop(bound)
    if paper.known_at:
        parts["known_at"] = paper.known_at
    if paper.source:
        parts["source"] = paper.source
    if stated:
        parts["facts"] = _Inline(stated)
    return parts
