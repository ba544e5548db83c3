"""Looks for secrets, known weaknesses and licences that do not fit: `python -m tests.scans`.

Where ``LOCUTORIO_WEAKNESSES=needed`` is set, weaknesses that could not be looked up are a failure too.
"""

import os
import sys
from pathlib import Path

from tests.scans import advisories, licences, planted

ROOT = Path(__file__).parents[2]
VARIABLE, NEEDED = "LOCUTORIO_WEAKNESSES", "needed"


def main() -> int:
    """Print what was looked through, and what is wrong; the exit code is 1 if anything is."""
    files = planted.tracked(ROOT)
    lines = [*planted.wrong(ROOT, files, planted.known()), *licences.wrong()]
    print(f"secrets: {len(files):,} files looked through")
    print(f"licences: {len(licences.run_time())} packages at run time")
    lines += weaknesses()
    print(*lines, sep="\n", end="\n" if lines else "")
    return 1 if lines else 0


def weaknesses(service: str = advisories.SERVICE) -> list[str]:
    """Print of how many packages weaknesses were looked up, or that they were not; give what is wrong."""
    packages = advisories.locked(ROOT)
    try:
        found = advisories.ask(packages, service)
    except advisories.NotLookedUp as reason:
        print(f"weaknesses: NOT LOOKED UP, of none of the {len(packages)} packages of uv.lock: {reason}")
        return ["weaknesses must be looked up, and were not"] if os.environ.get(VARIABLE) == NEEDED else []
    print(f"weaknesses: {len(packages)} packages of uv.lock looked up at {service}, {len(found)} are weak")
    return [f"weaknesses are known of {one}" for one in found]


if __name__ == "__main__":
    sys.exit(main())
