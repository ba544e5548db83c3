"""Fail if a JUnit report names a skipped test: where every tool is there, nobody ran it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import fromstring


def skipped(report: str) -> Iterator[str]:
    """Give one line for each skipped test of a JUnit report; an expected failure is no skip.

    Raises:
        ValueError: the report holds no test at all.
    """
    tests = list(fromstring(report).iter("testcase"))
    if not tests:
        raise ValueError("the report holds no test")
    for test in tests:
        for skip in test.findall("skipped"):
            if skip.get("type") != "pytest.xfail":
                yield f"{test.get('classname')}.{test.get('name')}: {skip.get('message')}"


def main(path: str) -> int:
    """Print what was skipped; the exit code is 1 if anything was."""
    lines = list(skipped(Path(path).read_text("utf-8")))
    for line in lines:
        print("skipped:", line)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
