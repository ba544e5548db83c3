"""An establishment whose family and officer have programs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from locutorio.actions import clock
from locutorio.web.api import limiting
from tests.databases import Store
from tests.web.api.worlds import World, made_world, now


@pytest.fixture(autouse=True)
def _unlimited(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Count no requests, but in the tests of it."""
    for limit in (limiting.BY_TOKEN, limiting.BY_ADDRESS, limiting.OF_WRONG_TOKENS):
        monkeypatch.setattr(limit, "most", 1_000_000)
    yield
    for limit in (limiting.BY_TOKEN, limiting.BY_ADDRESS, limiting.OF_WRONG_TOKENS):
        limit._counts.clear()


@pytest.fixture
def world(store: Store, quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """Give it four days before a Saturday, at half past nine."""
    monkeypatch.setattr(clock, "now", now)
    return made_world()
