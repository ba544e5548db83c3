"""`make bench`: calls a second through the engine with decision, debit and record, beside two that do less.

Four ways in the same run, under the same load, on the same machine: the engine as a bare proxy; the engine
of this project asking a point that always says yes and keeps nothing; and the same engine asking the decision
point on an embedded database, by the machine's own SQLite and by a current one. A call is asked for,
answered, talked for a tenth of a second and ended, each in the record. The rate of a way is the highest of
those tried at which no call failed. Telephones are not asked for their digest here, in any of them: Debian's
sipp cannot show one. Everybody has called before, by way of most processes of the point. Media relays are
part of all ways but the first.
"""

from __future__ import annotations

import csv
import json
import math
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks import machine
from benchmarks.telephone import world
from locutorio.store import sqlite
from locutorio.telephony import config
from locutorio.telephony.plane import LOOPBACK, Plane

HERE = Path(__file__).resolve().parent
REPORT = Path("build") / "bench_telephone.json"
BASE, TRUNK, CALLER, MEDIA = 24_000, 24_050, 24_060, 26_000
RATES = (100, 200, 300, 400, 500, 600, 750, 1_000, 1_500, 2_000, 3_000, 4_000, 6_000, 8_000)
SECONDS, FIRST_AT, WARM_AT, WARM_ROUNDS, DELAYS_AT, CALLS_MAX = 6, 40, 100, 12, 100, 2_400
QUARTER, LEAST, DELAY_MAX_MS = 0.25, 500, 50.0
_PARTS = "monitored,private,kamailio"
POINT = "current SQLite"


@dataclass(frozen=True)
class Load:
    """What came of a load: calls that ended well, those that did not, and the delay of each answer in ms."""

    rate: int
    well: int
    failed: int
    delays: tuple[float, ...]

    def cuts(self) -> tuple[float, float]:
        """Give the median of the delays in ms, and what one in a hundred exceeds; infinite for none."""
        cut = quantiles(self.delays, n=100) if len(self.delays) > 1 else [math.inf] * 99
        return cut[49], cut[98]


def main() -> int:
    """Measure, print and keep the figures."""
    for program in ("sipp", "kamailio", "rtpengine"):
        if config.found(program) is None:
            print(f"not measured: needs {program}")
            return 0
    ways: dict[str, Callable[[], object]] = {
        "engine alone": _alone,
        "always yes": _yes,
        "decision point": lambda: _point(sqlite.SYSTEM),
        POINT: lambda: _point(sqlite.CURRENT),
    }
    found: dict[str, dict[str, object]] = {}
    for name, way in ways.items():
        with way():  # type: ignore[attr-defined]
            found[name] = _measured(name)
    _told(found)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps({"machine": machine.described(), **found}, indent=1) + "\n", "utf-8")
    return 0


def _measured(name: str) -> dict[str, object]:
    _load(FIRST_AT, world.PEOPLE)  # who calls for the first time is read, slowly
    _load(WARM_AT, WARM_ROUNDS * world.PEOPLE)  # everybody has called before, by most processes
    best, found = 0, {}
    for rate in RATES:
        load = _load(rate, rate * SECONDS)
        half, most = load.cuts()
        said = f"{load.well} well, {load.failed} failed, p50 {half:.0f} ms, p99 {most:.0f} ms"
        print(f"  {name}: {rate}/s offered, {said}", flush=True)
        if rate == DELAYS_AT:
            found = {"p50 ms": half, "p99 ms": most, "delays": len(load.delays)}
        if load.failed:
            break
        best = rate
    return {"calls a second": best, **found}


def _told(found: dict[str, dict[str, object]]) -> None:
    yes, ours = found["always yes"], found[POINT]
    for name, one in found.items():
        print(
            f"{name:16} {one['calls a second']:>6}/s  p50 {one['p50 ms']:.1f} ms  p99 {one['p99 ms']:.1f} ms"
        )
    share = float(str(ours["calls a second"])) / max(1.0, float(str(yes["calls a second"])))
    added = float(str(ours["p99 ms"])) - float(str(yes["p99 ms"]))
    print(
        f"{POINT}, of the rate of a point that always says yes: {share:.2f} (expected {QUARTER}); "
        f"at least {LEAST}/s"
    )
    print(f"added at p99: {added:.1f} ms (expected under {DELAY_MAX_MS:.0f})")


def _load(rate: int, calls: int) -> Load:
    """Offer so many calls at a rate, and give what came of them."""
    with tempfile.TemporaryDirectory() as folder:
        people = Path(folder) / "people.csv"
        rows = (f"t{one % world.TELEPHONES};{world.dialled(one)}" for one in range(world.PEOPLE))
        people.write_text("\n".join(["SEQUENTIAL", *rows]) + "\n")
        argv = ["sipp", f"{LOOPBACK}:{BASE}", "-sf", str(HERE / "caller.xml"), "-inf", str(people)]
        argv += ["-i", LOOPBACK, "-p", str(CALLER), "-r", str(rate), "-m", str(calls), "-l", str(CALLS_MAX)]
        argv += ["-nostdin", "-trace_rtt", "-rtt_freq", "1", "-trace_stat", "-stf", "stat.csv", "-fd", "1"]
        argv += ["-timeout", f"{calls // rate + 20}s", "-recv_timeout", "8000"]
        subprocess.run(argv, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        with (Path(folder) / "stat.csv").open() as file:
            last = [*csv.DictReader(file, delimiter=";")][-1]
        traced = next(Path(folder).glob("*_rtt.csv"))
        delays = tuple(float(line.split(";")[1]) for line in traced.read_text().splitlines()[1:])
    well = int(last["SuccessfulCall(C)"])
    return Load(rate, well, calls - well, delays)


@contextmanager
def _alone() -> Iterator[None]:
    with ExitStack() as stack:
        home = Path(stack.enter_context(_folder()))
        _far_end(stack, home)
        text = f'#!define TRUNK "{LOOPBACK}:{TRUNK}"\n' + (HERE / "alone.cfg").read_text()
        (home / "alone.cfg").write_text(text)
        argv = [str(config.found("kamailio")), "-DD", "-E", "-f", str(home / "alone.cfg"), "-m", "256"]
        argv += ["-w", str(home), "-Y", str(home), "-P", str(home / "pid"), "-l", f"udp:{LOOPBACK}:{BASE}"]
        _process(stack, argv, home)
        _until_it_answers()
        yield


@contextmanager
def _yes() -> Iterator[None]:
    with ExitStack() as stack:
        plane = _plane(stack)
        _process(stack, [sys.executable, str(HERE / "stub.py"), str(plane.point)], plane.home)
        _up(stack, plane, _PARTS)
        yield


@contextmanager
def _point(library: str) -> Iterator[None]:
    os.environ[sqlite.VARIABLE] = library
    with ExitStack() as stack:
        plane = _plane(stack)
        database = plane.home / "oak.db"
        os.environ["LOCUTORIO_DATABASE"] = str(database)
        made = [
            sys.executable,
            str(HERE / "world.py"),
            str(database),
        ]
        subprocess.run(made, check=True, cwd=HERE.parents[1])
        _up(stack, plane, f"{_PARTS},point,standby,recorder")
        yield


def _plane(stack: ExitStack) -> Plane:
    home = Path(stack.enter_context(_folder()))
    plane = Plane.at(
        home,
        BASE,
        MEDIA,
        CALLS_MAX,
        establishment=world.CODE,
        points=0,
        address=LOOPBACK,
        trunk=f"{LOOPBACK}:{TRUNK}",
        realm=world.REALM,
        secret=config.new_secret(),
        emergency=("112",),
    )
    config.write(plane, {f"t{one}": "0" * 32 for one in range(world.TELEPHONES)})
    stack.callback(shutil.rmtree, plane.spool.parent, ignore_errors=True)
    text = plane.configuration.read_text()
    assert "    route(AUTHENTICATE);\n" in text
    plane.configuration.write_text(text.replace("    route(AUTHENTICATE);\n", "    $avp(telephone) = $fU;\n"))
    _far_end(stack, home)
    return plane


def _far_end(stack: ExitStack, home: Path) -> None:
    argv = ["sipp", "-sf", str(HERE / "called.xml"), "-i", LOOPBACK, "-p", str(TRUNK), "-nostdin"]
    _process(stack, argv, home)


def _up(stack: ExitStack, plane: Plane, parts: str) -> None:
    argv = [sys.executable, "-m", "locutorio.telephony", "up", "--plane", str(plane.file), "--parts", parts]
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
    stack.callback(_ended, process)
    assert process.stdout is not None
    said = []
    while (line := process.stdout.readline().strip()) != "ready":
        said.append(line)
        if not line:
            raise SystemExit(f"the plane did not start: {said}")
    _until_it_answers()


def _process(stack: ExitStack, argv: list[str], home: Path) -> None:
    log = stack.enter_context((home / f"{Path(argv[0]).name}.log").open("ab"))
    process = subprocess.Popen(
        argv, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=home, start_new_session=True
    )
    stack.callback(_ended, process)


def _ended(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _until_it_answers() -> None:
    asks = (
        f"OPTIONS sip:{LOOPBACK}:{BASE} SIP/2.0\r\nVia: SIP/2.0/UDP {LOOPBACK}:{CALLER};branch=z9hG4bKb\r\n"
        f"From: <sip:b@{LOOPBACK}>;tag=1\r\nTo: <sip:b@{LOOPBACK}>\r\nCall-ID: b\r\nCSeq: 1 OPTIONS\r\n"
        "Max-Forwards: 5\r\nContent-Length: 0\r\n\r\n"
    )
    until = time.monotonic() + 20
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.bind((LOOPBACK, CALLER))
        asking.settimeout(0.2)
        while time.monotonic() < until:
            asking.sendto(asks.encode(), (LOOPBACK, BASE))
            try:
                if asking.recv(2_000).startswith(b"SIP/2.0 200"):
                    return
            except OSError:
                continue
    raise SystemExit("the engine does not answer")


@contextmanager
def _folder() -> Iterator[str]:
    folder = tempfile.mkdtemp(prefix="locutorio-bench-")
    Path(folder).chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
