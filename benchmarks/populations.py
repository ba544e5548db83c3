"""The tables that surveys are timed on: made once, by seed, and kept in the build folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl

from benchmarks.cold import ROOT
from locutorio.actions.generate import Wanted, generate

PUBLISHED = ROOT.parent / "shared" / "data" / "distributions.yaml"
INVENTED = ROOT / "examples" / "populations" / "invented.yaml"
ON = date(2026, 12, 5)
SEED = 20261205
CONTACTS = 10
PEOPLE, NATION = 155_000, 1_550_000


def distributions() -> Path:
    """Give the published distributions where they stand beside the project, else the invented ones."""
    return PUBLISHED if PUBLISHED.exists() else INVENTED


def table(people: int, *, unknown_pct: float = 4) -> Path:
    """Give a table of so many people with ten contacts each; made if it is not there yet."""
    name = f"people-{people}-{SEED}-{unknown_pct:g}-{distributions().stem}.parquet"
    path = ROOT / "build" / "populations" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        generate(distributions(), Wanted(people, CONTACTS, SEED, ON, unknown_pct), path)
    return path


def known(rows: pl.DataFrame, defaults: Mapping[str, pl.Expr]) -> pl.DataFrame:
    """Give rows in which every one of some facts is known: as drawn, or else by its default."""
    return rows.select(
        (pl.col(path).fill_null(value) if path in rows.columns else value).alias(path)
        for path, value in defaults.items()
    )
