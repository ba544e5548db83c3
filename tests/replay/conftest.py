"""The rules of an establishment of its own, made once for these tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from locutorio.actions import house_rules, shelf

EXAMPLE = Path(__file__).parents[2] / "examples" / "house" / "oak-county.yaml"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of the pack that the example's form makes."""
    before = [*shelf._known]
    folder = tmp_path_factory.mktemp("rules")
    adopted = house_rules.adopt(house_rules.read_rules(EXAMPLE.read_bytes(), EXAMPLE.name), folder)
    shelf.known(folder)
    yield adopted.pack
    shelf._known[:] = before
