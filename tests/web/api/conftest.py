"""An establishment whose family and officer have programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from locutorio.actions import clock
from locutorio.actions.create_account import Role
from locutorio.store.models import Establishment
from locutorio.web.api import limiting
from tests.databases import Store
from tests.gate.at_oak import MINUTE, SCHEDULE, TEN, Gate, at_the_gate
from tests.web.api.programs import Program, token_of
from tests.web.seated import account


@dataclass
class World:
    """An establishment, a family's program, another family's, and an officer's."""

    gate: Gate
    family: Program
    others: Program
    officer: Program


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
    monkeypatch.setattr(clock, "now", lambda: TEN - 4 * 24 * 60 * MINUTE)
    gate = at_the_gate()
    Establishment.objects.update(schedule=SCHEDULE)
    account(gate.oak, "of family", Role.FAMILY, contact=gate.oak.contacts["alder"])
    account(gate.oak, "of others", Role.FAMILY, contact=gate.oak.contacts["laurel"])
    account(gate.oak, "of visits", Role.VISITS)
    family, others, officer = (
        Program(token_of(gate.oak, name)) for name in ("of family", "of others", "of visits")
    )
    return World(gate, family, others, officer)
