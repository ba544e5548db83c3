"""Draws tables of people and contacts for a rulebook: rows like the cases of its pack, with unknowns."""

from __future__ import annotations

import random
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import polars as pl

from locutorio.decisions.papers import UNTIL
from locutorio.facts.snapshot import Snapshot
from locutorio.facts.vocabulary import Value
from locutorio.kernel.moments import NEVER
from locutorio.rules.provision import DECIDING, Provision
from locutorio.rules.rulebook import ABOUT, Rulebook
from locutorio.survey.survey import Survey
from locutorio.survey.table import enum_of
from tests.properties.drawing import ON, Drawer

Row = dict[str, Any]


@dataclass(frozen=True)
class Drawn:
    """A table and the survey of it."""

    survey: Survey
    rows: pl.DataFrame


def draw(drawer: Drawer, rng: random.Random, size: int, about: str | None = None) -> Drawn:
    """Draw a table for one question on one day."""
    book = drawer.book
    lead = leading(drawer, rng)
    named = lead.get(ABOUT)
    about = about or (str(named) if named in drawer.abouts else rng.choice(drawer.abouts))
    own = focused(drawer, about)
    speaking = able(book, about)
    to_contact = [one for one in speaking if one.about == "contact"]
    snapshots = []
    for _ in range(size):
        full = own.full(rng, most=2)
        if rng.random() < 0.6:
            full = towards(full, rng.choice(rng.choice([speaking, to_contact])), drawer, rng)
        snapshots.append(full if rng.random() < 0.6 else own.fewer(full, rng))
    day = lead.get(ON)
    on = day if isinstance(day, date) and day >= book.day else rng.choice(snapshots).question.on
    kinds = sorted(book.pack.kinds)
    share = rng.choice([0.1, 0.9, 1, 1, 1])
    complete = frozenset(kind for kind in kinds if rng.random() < share)
    rows = [row(one, on, book, rng) for one in snapshots]
    columns = sorted({name for one in rows for name in one})
    lose = rng.random() < 0.15
    lost = {name for name in columns if not name.startswith("paper.") and lose and rng.random() < 0.02}
    kept = {name: dtype(name, book, rng) for name in columns if name not in lost}
    frame = pl.DataFrame({name: [one.get(name) for one in rows] for name in kept}, schema=kept)
    if rng.random() < 0.7:
        flags = [rng.choice([True, True, True, False, None]) for _ in rows]
        frame = frame.with_columns(pl.Series("complete", flags, dtype=pl.Boolean))
    survey = Survey(
        book,
        about,
        on,
        frame.schema,
        complete=complete,
        usual=rng.random() < 0.3,
        adopted=adopted(book, rng),
        asked_on=rng.choice([None, on, on - timedelta(14)]),
    )
    return Drawn(survey, frame)


def leading(drawer: Drawer, rng: random.Random) -> Mapping[str, Value]:
    """Draw the case of a provision that sets the question and the day of a table: often one that is rarely
    met, because it names its days or its text is not adopted.
    """
    rare = [
        one
        for one in drawer.micro
        if ON in one.facts or drawer.provisions[one.provision].status not in DECIDING
    ]
    drawn = rng.choice(rare if rare and rng.random() < 0.5 else drawer.micro or [None])
    return drawn.facts if drawn else {}


def focused(drawer: Drawer, about: str) -> Drawer:
    """Give a drawer that asks one question, and starts from the cases that ask it or ask none."""
    found = copy(drawer)
    found.abouts = [about]
    found.micro = [one for one in drawer.micro if one.facts.get(ABOUT, about) == about]
    found.worked = [one for one in drawer.worked if one.case.question.about == about]
    return found


def able(book: Rulebook, about: str) -> list[Provision]:
    """Give the provisions that can speak to a question, those of papers and their judges included."""
    found = set(book.general(about).indices)
    for form in book.pack.forms:
        found.update(book.form(form, about).indices, book.judges(form).indices)
    return [book.provisions[index] for index in sorted(found)]


def towards(full: Snapshot, provision: Provision, drawer: Drawer, rng: random.Random) -> Snapshot:
    """Give a snapshot in which one provision is likelier to speak: by a case and a paper of its own."""
    cases = [one for one in drawer.micro if one.provision == provision.name]
    stated = dict(rng.choice(cases).facts) if cases else {}
    facts = {**full.facts, **{path: value for path, value in stated.items() if path in drawer.general}}
    forms = [provision.form] if provision.form else list(provision.of)
    papers = full.papers
    if forms:
        own = {path: value for path, value in stated.items() if path.startswith("instrument.")}
        drawn = drawer._paper(rng.choice(forms), rng, full.question.on, own)
        papers = (*(one for one in papers if one.form != drawn.form), drawn)
    return replace(full, facts=facts, papers=papers)


def adopted(book: Rulebook, rng: random.Random) -> frozenset[str]:
    """Draw what is adopted of the text that does not decide by itself: nothing, or most of it."""
    off = [one.name for one in book.provisions if one.status not in DECIDING]
    return frozenset(name for name in off if rng.random() < 0.8) if rng.random() < 0.6 else frozenset()


def row(one: Snapshot, on: date, book: Rulebook, rng: random.Random) -> Row:
    """Give a snapshot as a row, its days as far from ``on`` as they were from its own day."""
    moved = on - one.question.on
    born = {start for _, start, _ in book.derived}
    found: Row = {path: _moved(value, moved) for path, value in one.facts.items()}
    found = {path: min(value, on) if path in born else value for path, value in found.items()}
    found = {path: max(value, 0) if type(value) is int else value for path, value in found.items()}
    found = {path: value for path, value in found.items() if not path.startswith("instrument.")}
    seen: dict[str, int] = {}
    for paper in one.papers:
        seen[paper.form] = seen.get(paper.form, 0) + 1
        name = paper.form if seen[paper.form] == 1 else f"{paper.form}-{seen[paper.form]}"
        found[f"paper.{name}"] = True if rng.random() < 0.99 else None
        stated = {"from", "until", *book.pack.forms[paper.form].parameters}
        for path, value in paper.facts.items():
            if (fact := path.removeprefix("instrument.")) in stated:
                found[f"paper.{name}.{fact}"] = _moved(value, moved)
        if UNTIL not in paper.facts and rng.random() < 0.5:
            found[f"paper.{name}.until"] = NEVER
    for form in book.pack.forms:
        for name in (f"paper.{form}", f"paper.{form}-2"):
            if name not in found:
                found[name] = False if rng.random() < 0.999 else None
    return found


def _moved(value: Any, by: timedelta) -> Any:
    return value + by if isinstance(value, date) and value != NEVER and value.year < 9000 else value


def dtype(name: str, book: Rulebook, rng: random.Random) -> pl.DataType:
    """Give one of the types that a column may have."""
    if name == "complete" or (name.startswith("paper.") and name.count(".") == 1):
        return pl.Boolean()
    path = f"instrument.{name.rsplit('.', 1)[1]}" if name.startswith("paper.") else name
    kind = book.words.facts[path]
    match kind.type:
        case "yes_no":
            return pl.Boolean()
        case "quantity":
            return rng.choice([pl.Int64(), pl.Int32(), pl.UInt32()])
        case "day":
            return pl.Date()
        case _:
            return rng.choice([pl.String(), enum_of(kind, book), pl.Categorical()])
