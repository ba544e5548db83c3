"""A little law for tests that need no more: provisions written on the spot, decided on facts given on the
spot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent, indent

from locutorio.decisions.decide import Judge
from locutorio.decisions.decision import Decision
from locutorio.facts.snapshot import Paper, Question, Snapshot
from locutorio.facts.vocabulary import Value
from locutorio.rules.packs import read_pack
from locutorio.rules.provision import Pack
from locutorio.rules.rulebook import Shelf

DAY = date(2026, 6, 1)
MANIFEST = """
pack: little
title: {en: A little law, es: Una ley pequeña}
zone: UTC
first_day: 2020-01-01
ladder: {1: {en: statute, es: ley}, 2: {en: order, es: orden}, 3: {en: rule, es: regla}, 4: {en: policy,
es: política}}
sources: {S: {title: {en: invented, es: inventada}}}
kinds:
  court_order: {label: {en: order, es: orden}, reaches: [visit, entry], may_permit: yes, ask: court}
  sanction: {label: {en: sanction, es: sanción}, reaches: [visit, entry], ask: warden}
"""
SECTION = """
instrument: {instrument}
section: section 1
rank: 3
source: S
read_on: 2026-01-01
status: verified
from: 2020-01-01
provisions:
"""
RESIDUAL = """
- id: residual
  citation: section 9
  says: {en: nothing else is allowed, es: no se permite nada más}
  when: ['request.about in ["visit", "entry"]']
  then: [prohibit: yes]
  residual: yes
"""
FORM = """
form: {form}
kind: {kind}
title: {{en: {form}, es: {form}}}
citation: section 8
rank: {rank}
status: verified
source: S
read_on: 2026-01-01
from: 2020-01-01
parameters: [decider, signed_on, names_contact, evidence]
provisions:
"""


def provision(name: str, then: str, *, when: str = "", **more: str) -> str:
    """Write one provision; ``when`` is one line a row."""
    lines = [
        f"- id: {name}",
        f"  citation: section {name}",
        f"  says: {{en: {name}, es: {name}}}",
        *(f"  {key}: {value}" for key, value in more.items()),
    ]
    if when:
        lines += ["  when:", *(f"    - {line.strip()}" for line in dedent(when).strip().splitlines())]
    return "\n".join([*lines, f"  then: [{then}]"]) + "\n"


def little_pack(
    *provisions: str,
    forms: Mapping[str, tuple[str, int, Sequence[str]]] | None = None,
    contested: str = "",
    separate: bool = False,
) -> Pack:
    """Read a pack made of these provisions; ``forms`` maps a form to (kind, rank, provisions)."""
    with TemporaryDirectory() as where:
        folder = Path(where) / "little"
        folder.mkdir()
        (folder / "pack.yaml").write_text(MANIFEST, encoding="utf-8")
        written = [*provisions, RESIDUAL]
        parts = [[one] for one in written] if separate else [written]
        for at, part in enumerate(parts):
            body = indent("".join(part), "  ")
            text = SECTION.format(instrument=f"Act {at}") + body
            (folder / f"section_{at}.yaml").write_text(text, encoding="utf-8")
        for form, (kind, rank, own) in (forms or {}).items():
            text = FORM.format(form=form, kind=kind, rank=rank) + indent("".join(own), "  ")
            (folder / f"form_{form}.yaml").write_text(text, encoding="utf-8")
        if contested:
            (folder / "contested.yaml").write_text(dedent(contested), encoding="utf-8")
        return read_pack(folder)


def ask(
    pack: Pack,
    facts: Mapping[str, Value] | None = None,
    *,
    about: str = "visit",
    papers: Sequence[Paper] = (),
    complete: frozenset[str] | None = None,
    on: date = DAY,
) -> Decision:
    """Decide one contact by a little law; every kind of paper is known unless ``complete`` says otherwise."""
    snapshot = Snapshot(
        Question("contact", on, about, on),
        dict(facts or {}),
        tuple(papers),
        frozenset(pack.kinds) if complete is None else complete,
    )
    return Judge(Shelf(pack).on(on)).decide(snapshot)


def paper(form: str, **facts: Value) -> Paper:
    """Make a paper in force since the beginning of the year, with these facts."""
    stated: dict[str, Value] = {"instrument.from": date(2026, 1, 1)}
    stated.update({f"instrument.{name}": value for name, value in facts.items()})
    return Paper(form, form, stated)
