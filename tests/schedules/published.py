"""Real schedules, read only where they are present, and invented ones of the same shapes for everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.source import ROOT

SHARED = ROOT.parent / "shared" / "data"
SAMPLES = Path(__file__).with_name("samples")
EXAMPLES = ROOT / "examples" / "schedules"


def shared(path: str) -> Path:
    """Give a real file, or skip the test with the reason."""
    found = SHARED / path
    if not found.exists():
        pytest.skip("needs ../shared")
    return found


def seeds() -> list[Path]:
    """Give the real seed files."""
    return sorted(shared("uk_prison_seeds/prisons").glob("*.yml"))


def examples() -> list[Path]:
    """Give the example schedules."""
    return sorted(EXAMPLES.glob("*.yaml"))
