"""What is written of each failure of the telephone is shown by tests that exist, and names every part."""

from __future__ import annotations

import re

from locutorio.telephony import supervise
from tests.architecture.source import ROOT, read

WRITTEN = "docs/adr/0030-when-parts-of-the-telephone-fail.md"
NAMED = re.compile(r"`(test_\w+\.py)::(test_\w+)`")
CALLED = {"monitored": "monitored relay", "private": "private relay", "kamailio": "engine"}


def rows() -> list[str]:
    """Give the rows of the table of failures."""
    return [line for line in read(WRITTEN).splitlines() if line.startswith("| ")][1:]


def test_each_failure_names_a_test_that_exists() -> None:
    """Every row of the table has one, and a test that was renamed or removed is found."""
    wrong = []
    for row in rows()[1:]:
        named = NAMED.findall(row)
        if not named:
            wrong.append(row)
        for file, test in named:
            path = ROOT / "tests" / "telephony" / file
            if not path.is_file() or not re.search(rf"^def {test}\(", path.read_text("utf-8"), re.MULTILINE):
                wrong.append(f"{file}::{test}")

    assert len(rows()) > 15
    assert wrong == []


def test_each_part_of_a_plane_can_fail() -> None:
    """No part is left out of what is written."""
    failing = "\n".join(row.split(" | ")[0] for row in rows())

    assert [part for part in supervise.PARTS if CALLED.get(part, part) not in failing] == []
