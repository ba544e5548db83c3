"""Writes tables that need not fit into memory: whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from locutorio.actions.writing import unwritten, whole
from locutorio.kernel.faults import Fault

ROWS_IN_GROUP = 100_000


def write_parquet(batches: Iterator[pl.DataFrame], out: Path) -> None:
    """Write batches of one shape as Parquet, a batch at a time, and then put the file in its place.

    Raises:
        Fault: it cannot be written. What was at ``out`` before is left as it was.
    """
    if out.exists() and not out.is_file():
        raise Fault(f"{out} is not a file, so nothing is written there", remedy="name a file")
    first = next(batches)
    failed: list[BaseException] = []

    def source(
        columns: list[str] | None, _where: pl.Expr | None, _rows: int | None, _at_once: int | None
    ) -> Iterator[pl.DataFrame]:
        try:
            for batch in chain([first], batches):
                yield batch if columns is None else batch.select(columns)
        except (Exception, KeyboardInterrupt) as error:
            failed.append(error)
            raise

    try:
        with whole(out) as beside:
            register_io_source(source, schema=first.schema).sink_parquet(beside, row_group_size=ROWS_IN_GROUP)
    except (OSError, pl.exceptions.PolarsError) as error:
        if failed:
            raise failed[0] from None
        raise unwritten(out, error) from error


def worked_through(batches: Iterator[pl.DataFrame], out: Path | None) -> None:
    """Take every batch, and write them as Parquet if a file is named.

    Raises:
        Fault: it cannot be written.
    """
    if out is not None:
        write_parquet(batches, out)
        return
    for _ in batches:
        pass
