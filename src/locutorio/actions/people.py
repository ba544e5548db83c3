"""Opens a table of people and contacts, and gives its rows in batches of bounded size."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from locutorio.actions.writing import reason
from locutorio.kernel.faults import Fault

ROWS_AT_ONCE = 100_000
BATCHES_READ = 5  # at once: each reading looks through the whole index of the file
_MAGIC = b"PAR1"


@dataclass(frozen=True, slots=True)
class People:
    """A Parquet file: its columns by name and type, and how many rows it has."""

    path: Path
    columns: Mapping[str, pl.DataType]
    rows: int

    def batches(self, columns: Collection[str]) -> Iterator[tuple[int, pl.DataFrame]]:
        """Give the rows in their order, some at a time, with these columns only and the number of the first,
        from 0.

        Raises:
            Fault: the file was changed meanwhile, or is damaged.
        """
        wanted = [name for name in self.columns if name in columns]
        at_once = ROWS_AT_ONCE * BATCHES_READ
        for start in range(0, self.rows, at_once):
            try:
                rows = _scanned(self.path).select(wanted).slice(start, at_once).collect()
            except (OSError, pl.exceptions.PolarsError) as error:
                raise _unread(self.path, error) from error
            for inside in range(0, len(rows), ROWS_AT_ONCE):
                yield start + inside, rows[inside : inside + ROWS_AT_ONCE]

    def row(self, number: int) -> Mapping[str, object]:
        """Give one row whole, by its number from 0."""
        found = _scanned(self.path).slice(number, 1).collect()
        return dict(found.row(0, named=True))


def open_people(path: Path) -> People:
    """Open a table.

    Raises:
        Fault: there is no such file, it is not Parquet, or it has no rows.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise Fault(
                    f"{path} is not a Parquet file",
                    why="a table of people is read from Parquet only, which holds the type of every column",
                    remedy="save the table as Parquet; docs/reference/survey.md says which columns it has",
                )
        scanned = _scanned(path)
        columns = dict(scanned.collect_schema())
        rows = scanned.select(pl.len()).collect().item()
    except (OSError, ValueError, pl.exceptions.PolarsError) as error:
        raise _unread(path, error) from error
    if not rows:
        raise Fault(f"{path} has no rows", remedy="give a table with a row for each person and contact")
    return People(path, columns, rows)


def keep(people: People, rows_to: Path | None) -> None:
    """Refuse to write the rows of answers over the table they answer.

    Raises:
        Fault: both are one file.
    """
    if rows_to is not None and rows_to.exists() and rows_to.samefile(people.path):
        raise Fault(
            f"{rows_to} is the table itself, and the rows of answers would be written over it",
            remedy="name another folder with --out",
        )


def _scanned(path: Path) -> pl.LazyFrame:
    """Read this one file, whatever signs its name has."""
    return pl.scan_parquet(path, glob=False, hive_partitioning=False)


def _unread(path: Path, error: Exception) -> Fault:
    return Fault(
        f"{path} cannot be read ({reason(error)})",
        remedy="check the name of the file, that you may read it, and that it was written to its end",
    )
