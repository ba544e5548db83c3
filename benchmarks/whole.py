"""Times a survey and an impact in a new process, and how much memory it came to hold."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.cold import ROOT
from benchmarks.populations import ON
from locutorio.actions import shelf
from locutorio.actions.laws import draft
from locutorio.actions.survey import Asked, survey

PACK = "us-federal"
ASKED = Asked("visit", ON, usual=True)
KILOBYTES = 1024


@dataclass(frozen=True)
class Run:
    """Seconds once the law is read, processor time meanwhile, seconds of the process, most memory in MB."""

    rows: int
    seconds: float
    processor: float
    process: float
    megabytes: int


def surveyed(people: Path) -> Run:
    """Survey a table in a new process: from Parquet to every count of the report."""
    return _run("survey", people)


def compared(people: Path, new: Path) -> Run:
    """Compare the shipped law with a draft in a new process: from Parquet to matrix, reasons and examples."""
    return _run("impact", people, new)


def _run(*arguments: str | Path) -> Run:
    command = [sys.executable, "-m", "benchmarks.whole", *map(str, arguments)]
    start = perf_counter()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    return Run(process=perf_counter() - start, **json.loads(done.stdout))


@dataclass(frozen=True)
class _Measured:
    rows: int
    seconds: float
    processor: float
    megabytes: int


def _measured(what: str, people: Path, new: str | None) -> _Measured:
    shelf.shelf(PACK).on(ON)
    if new is not None:
        draft(PACK).on(ON)
        draft(new).on(ON)
    start, used = perf_counter(), process_time()
    if what == "survey":
        rows = survey(people, PACK, ASKED).scope.rows
    else:
        from locutorio.actions.impact import impact

        assert new is not None
        rows = impact(people, PACK, new, ASKED, "en").scope.rows
    seconds, processor = perf_counter() - start, process_time() - used
    return _Measured(rows, seconds, processor, _most_held() // KILOBYTES)


def _most_held() -> int:
    """Give the most memory this process held, in kB: as Linux counts it for the program run here."""
    status = Path("/proc/self/status")
    lines = status.read_text("utf-8").splitlines() if status.exists() else []
    held = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
    return held[0] if held else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    what, people, *new = sys.argv[1:]
    print(json.dumps(asdict(_measured(what, Path(people), new[0] if new else None))))
