"""Looks for secrets, known weaknesses and licences that do not fit: `python -m tests.scans [UV]`."""

import sys
from pathlib import Path

from tests.scans import licences, planted
from tests.scans.advisories import Result, ask

ROOT = Path(__file__).parents[2]


def main(uv: str | None) -> int:
    """Print what is wrong; the exit code is 1 if anything is. Weaknesses are looked up by uv, if named."""
    files = planted.tracked(ROOT)
    lines = [*planted.wrong(ROOT, files, planted.known()), *licences.wrong()]
    print(f"secrets: {len(files):,} files looked through")
    print(f"licences: {len(licences.run_time())} packages at run time")
    if uv is not None:
        asked = ask(uv, ROOT)
        print(f"weaknesses: {asked.result.value}")
        lines += [asked.said] if asked.result is Result.FOUND else []
    print(*lines, sep="\n", end="\n" if lines else "")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else None))
