"""The table of attacks is whole, and every test that it names exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| +(\d+) \| ([^|]+) \| ([^|]+) \|([^|]*)\|$", re.MULTILINE)
LAST = 136
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
NOT_YET = "not yet: "


def rows() -> list[tuple[int, str, str, str]]:
    """Give the rows: number, what is tried, what becomes of it, the tests."""
    text = (ROOT / "docs" / "reference" / "attacks.md").read_text("utf-8")
    return [(int(number), tried, became, shown) for number, tried, became, shown in ROW.findall(text)]


def test_each_scenario_stands_in_the_table_once() -> None:
    """Numbers 1 to 136 in their order, each with what is tried and what becomes of it."""
    assert [number for number, *_ in rows()] == list(range(1, LAST + 1))


def test_each_names_tests_that_exist_or_says_why_it_has_none() -> None:
    """A test that was renamed or removed is found; so is a row that says nothing of either."""
    wrong = []
    for number, _, became, shown in rows():
        named = NAMED.findall(shown)
        if bool(named) == became.startswith(NOT_YET):
            wrong.append((number, "says neither a test nor why there is none"))
        for file, test in named:
            path = ROOT / file
            if not path.is_file() or not re.search(
                rf"^ *def {test}\(", path.read_text("utf-8"), re.MULTILINE
            ):
                wrong.append((number, f"{file}::{test}"))
    assert wrong == []
