"""Prints one plain line for each worked case of the shipped packs, and the counts."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from locutorio.actions import check, shelf
from locutorio.kernel.faults import Fault, Faults


def lines(name: str) -> Iterator[tuple[str, bool]]:
    """Give (line, passed) for each worked case of a pack: its number, pass or fail, its outcome, its
    marks.
    """
    for result in check.worked(name):
        marks = []
        if result.adopted:
            marks.append(f"adopted {', '.join(result.adopted)}")
        if result.worked.reading is not None:
            marks.append(f"reading {result.worked.reading}")
        outcome = result.decision.outcome.value if result.decision else "none"
        tail = f"  ({'; '.join(marks)})" if marks else ""
        yield f"{result.worked.name} {'pass' if result.passed else 'FAIL'} {outcome}{tail}", result.passed
        for difference in result.differences:
            yield f"    {result.worked.file}:{result.worked.line}: {difference}", True


def main(names: list[str]) -> int:
    """Print every worked case of the packs named, or of all. Exit 4 if one fails."""
    passed = failed = 0
    for name in names or shelf.packs():
        print(name)
        for line, good in lines(name):
            print(line)
            if not line.startswith(" "):
                passed += good
                failed += not good
    print(f"{passed} pass, {failed} fail")
    return 4 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (Fault, Faults) as fault:
        print(fault, file=sys.stderr)
        sys.exit(3)
