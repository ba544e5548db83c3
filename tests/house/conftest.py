"""An establishment's home: a folder of adopted rules that the shelf knows."""

from pathlib import Path

import pytest

from locutorio.actions import shelf
from locutorio.actions.house_rules import adopt
from tests.house.forms import example, rules_of


@pytest.fixture(scope="session")
def oak_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of Oak County Jail, its rules adopted once; tests only read it."""
    home = tmp_path_factory.mktemp("oak")
    adopt(rules_of(example()), home / shelf.RULES)
    return home


@pytest.fixture
def at_home(oak_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shelf knows the rules of Oak County Jail by LOCUTORIO_HOME."""
    monkeypatch.setattr(shelf, "_known", [])
    monkeypatch.setenv(shelf.HOME, str(oak_home))
    return oak_home


@pytest.fixture
def new_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An establishment that adopted nothing yet."""
    monkeypatch.setattr(shelf, "_known", [])
    monkeypatch.setenv(shelf.HOME, str(tmp_path))
    return tmp_path
