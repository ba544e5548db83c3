"""A small synthetic population, and the single decisions of its rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from locutorio.actions.generate import Wanted, generate

INVENTED = Path(__file__).parents[2] / "examples" / "populations" / "invented.yaml"
ON = date(2026, 12, 5)


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a table of 1,500 rows with some facts unknown."""
    path = tmp_path_factory.mktemp("people") / "people.parquet"
    generate(INVENTED, Wanted(150, 10, 4, ON), path)
    return path
