"""Makes a synthetic population: a table of people and contacts, from published shares and plain fits.

The same seed gives the same rows, whatever the size of a batch. Memory does not grow with the population.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from locutorio.actions.population.contacts import Contacts
from locutorio.actions.population.papers import Papers
from locutorio.actions.population.people import People
from locutorio.actions.population.published import Published, read_published
from locutorio.actions.tables import write_parquet
from locutorio.kernel.faults import Fault

ROWS_AT_ONCE = 100_000
PEOPLE_MAX, CONTACTS_MAX, SEED_MAX = 20_000_000, 100, 2**63 - 1
DRAWN_FROM = ("age", "sentence", "citizenship", "foreign", "never_visited", "visited", "listed", "numbers")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to make: how many people, with how many contacts each, from which seed, seen from which day, and
    how many of a hundred rows lack each of the facts that records often lack.
    """

    people: int
    contacts: int
    seed: int
    on: date
    unknown_pct: float = 4.0


def check(wanted: Wanted) -> None:
    """Refuse a population that cannot be made.

    Raises:
        Fault: a number is out of bounds.
    """
    for name, value, least, most in (
        ("people", wanted.people, 1, PEOPLE_MAX),
        ("contacts", wanted.contacts, 1, CONTACTS_MAX),
        ("seed", wanted.seed, 0, SEED_MAX),
        ("unknown", wanted.unknown_pct, 0, 100),
    ):
        if not least <= value <= most:
            raise Fault(f"--{name} {value} cannot be used", remedy=f"write a number from {least} to {most}")


def drawn(published: Published, wanted: Wanted) -> Iterator[pl.DataFrame]:
    """Give the rows in batches, with what they were drawn from beside the facts."""
    people = People(published, wanted.seed, wanted.on)
    contacts = Contacts(wanted.seed, wanted.on, wanted.contacts)
    papers = Papers(wanted.seed, wanted.on, wanted.unknown_pct)
    at_once = max(ROWS_AT_ONCE // wanted.contacts, 1)
    for first in range(0, wanted.people, at_once):
        some = people.frame(first, min(at_once, wanted.people - first))
        yield papers.frame(contacts.frame(some, first)).drop("pair")


def generate(distributions: Path, wanted: Wanted, out: Path, progress: Progress | None = None) -> int:
    """Write a population as Parquet and give its number of rows.

    Args:
        distributions: a file of published shares.
        wanted: what to make.
        out: the file to write; an older one is replaced when the new one is whole.
        progress: told rows made and rows in all.

    Raises:
        Fault: the shares or the wish cannot be used, or the file cannot be written.
    """
    check(wanted)
    published = read_published(distributions)
    rows = wanted.people * wanted.contacts

    def batches() -> Iterator[pl.DataFrame]:
        done = 0
        for batch in drawn(published, wanted):
            done += len(batch)
            yield batch.drop(DRAWN_FROM)
            if progress is not None:
                progress(done, rows)

    write_parquet(batches(), out)
    return rows
