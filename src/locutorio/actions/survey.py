"""Surveys a table of people and contacts: one question, asked of every row, by the law of one day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from locutorio.actions import shelf
from locutorio.actions.abreast import abreast
from locutorio.actions.answer import known_words
from locutorio.actions.laws import law_of
from locutorio.actions.people import People, keep, open_people
from locutorio.actions.rows import Decoder
from locutorio.actions.tables import worked_through
from locutorio.actions.totals import Totals
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault, suggestion
from locutorio.notices.reports.values import Scope, Surveyed
from locutorio.rules.rulebook import ABOUT, Rulebook
from locutorio.survey.survey import Survey
from locutorio.survey.table import PAPER

ALL = "all"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of every row.

    ``complete`` holds the kinds of paper of which the table has all, or "all"; with ``usual`` a fact without
    a column takes its plain value; ``asked_on`` is the day it was asked, where that is known.
    """

    about: str
    on: date
    complete: tuple[str, ...] = ()
    usual: bool = False
    adopt: tuple[str, ...] = ()
    asked_on: date | None = None


def survey(
    path: Path, law: str, asked: Asked, *, rows_to: Path | None = None, progress: Progress | None = None
) -> Surveyed:
    """Decide every row of a table, and count.

    Args:
        path: a Parquet file; docs/reference/survey.md says which columns it has.
        law: a shipped pack whose safety is proved.
        asked: the question.
        rows_to: where to write each row's own answer, as Parquet, if anywhere.
        progress: told rows done and rows in all.

    Raises:
        Fault: the table, the law or the question cannot be used, or the rows cannot be written.
    """
    _known("--law", law, shelf.laws())
    people = open_people(path)
    keep(people, rows_to)
    book = shelf.shelf(law).on(asked.on)
    compiled = compiled_for(people, book, asked)
    totals, decoder = Totals(compiled), Decoder(compiled)

    def worker() -> Callable[[tuple[int, pl.DataFrame]], tuple[pl.DataFrame, pl.DataFrame]]:
        own = compiled_for(people, book, asked)
        return lambda batch: (batch[1], own.evaluate(batch[1], first=batch[0] + 1))

    def answered() -> Iterator[pl.DataFrame]:
        for rows, answers in abreast(people.batches(compiled.columns), worker):
            totals.add(rows, answers)
            if progress is not None:
                progress(totals.rows, people.rows)
            yield answers if rows_to is None else decoder.told(answers)

    worked_through(answered(), rows_to)
    return totals.surveyed(
        scope_of(people, asked, [compiled]),
        law_of(law, shelf.pack(law), (bit.provision for bit in compiled.provisions)),
    )


def compiled_for(people: People, book: Rulebook, asked: Asked) -> Survey:
    """Compile a law for the columns of a table.

    Raises:
        Fault: the question names something the law does not know, or a column means nothing.
    """
    pack = book.pack
    _known("--about", asked.about, vocabulary().facts[ABOUT].values)
    for kind in asked.complete:
        _known("--complete", kind, [ALL, *pack.kinds])
    for name in asked.adopt:
        _known("--adopt", name, known_words(pack)["adopt"])
    complete = frozenset(pack.kinds) if ALL in asked.complete else frozenset(asked.complete)
    return Survey(
        book,
        asked.about,
        asked.on,
        people.columns,
        complete=complete,
        usual=asked.usual,
        adopted=frozenset(asked.adopt),
        asked_on=asked.asked_on,
    )


def scope_of(people: People, asked: Asked, surveys: Collection[Survey]) -> Scope:
    """Say what was asked of how many rows, and what was taken for granted by any of some laws."""
    assumed = {path: value for one in surveys for path, value in one.assumed.items()}
    read = {name for one in surveys for name in one.columns}
    return Scope(
        file=people.path.name,
        rows=people.rows,
        about=asked.about,
        on=asked.on,
        complete=asked.complete,
        assumed=tuple(sorted(assumed.items())),
        adopted=asked.adopt,
        unread=tuple(name for name in people.columns if name not in read and not _states(name)),
    )


def _states(column: str) -> bool:
    """Say whether a column tells what a paper states; the paper's own column speaks for it."""
    return column.startswith(PAPER) and "." in column.removeprefix(PAPER)


def _known(option: str, word: str, known: Collection[str]) -> None:
    if word not in known:
        raise Fault(f'{option} "{word}" is not known here', remedy=suggestion(word, known))
