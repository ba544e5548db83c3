"""Bookings a second through the action `book_visit`, beside what PostgreSQL can insert at all.

Three ways in the same run, from the same number of client processes, in turn: pgbench with one plain insert
into a table with the key of a place; the action, with all that it reads, decides and writes; and what many
programs do instead: count the places that are taken, then insert one. It prints a table and where the time of
one booking goes, and writes build/bench_booking.json.
"""

from __future__ import annotations

import json
import multiprocessing
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID, uuid4

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import machine
from benchmarks.booking_world import AT, World, days, open_world, requests_for
from tests.databases import Server, binaries

CLIENTS = (1, 4, 8, 16)
ROUNDS, SECONDS = 3, 2.0
EXPECTED, WAIT_SECONDS = 0.25, 120.0
REPORT = Path("build") / "bench_booking.json"
INSERT = """INSERT INTO plain VALUES
('00000000-0000-7000-8000-000000000001', gen_random_uuid(), 'open', 1, gen_random_uuid());
"""
PROFILED, WARM_CLIENTS = 400, 4
SETTINGS = {"shared_buffers": "256MB", "max_wal_size": "4GB"}


def main() -> int:
    """Measure, print and keep the figures."""
    server = Server(SETTINGS)
    server.start()
    try:
        world = open_world(server)
        script = server.home / "insert.sql"
        script.write_text(INSERT)
        _clients(_book, world, WARM_CLIENTS)
        print(_head())
        found = []
        for clients in CLIENTS:
            found.append(_measured(server, world, script, clients))
            print(_line(found[-1]), flush=True)
        profile = _profile(world)
    finally:
        server.remove()
    print(f"book_visit sold too many: {sum(one['sold too many by book_visit'] for one in found)}")
    print(_told(profile))
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    kept = {"machine": machine.described(), "rounds": found, "one_booking_microseconds": profile}
    REPORT.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    return 0


def _measured(server: Server, world: World, script: Path, clients: int) -> dict[str, Any]:
    """Give the median of some rounds of each way, taken in turn."""
    ways: dict[str, Callable[[], tuple[float, int]]] = {
        "insert limit": lambda: (_limit(server, script, clients), 0),
        "book_visit": lambda: _clients(_book, world, clients),
        "count then insert": lambda: _clients(_count, world, clients),
    }
    rates: dict[str, list[float]] = {name: [] for name in ways}
    sold: dict[str, int] = dict.fromkeys(ways, 0)
    for _ in range(ROUNDS):
        for name, way in ways.items():
            rate, too_many = way()
            rates[name].append(rate)
            sold[name] += too_many
    return {
        "clients": clients,
        **{name: median(each) for name, each in rates.items()},
        "sold too many": sold["count then insert"],
        "sold too many by book_visit": sold["book_visit"],
    }


def _limit(server: Server, script: Path, clients: int) -> float:
    """Give how many plain inserts a second the server takes from so many clients."""
    done = subprocess.run(
        [
            *(str(binaries() / "pgbench"), "-n", "-M", "prepared", "-f", str(script)),
            *("-c", str(clients), "-j", str(clients), "-T", str(int(SECONDS)), server.address("plain")),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    (rate,) = re.findall(r"tps = ([0-9.]+)", done.stdout)
    return float(rate)


def _clients(way: Any, world: World, clients: int) -> tuple[float, int]:
    """Let so many processes work for some seconds; give how many bookings a second, and how many too many."""
    day = next(days)
    requests = requests_for(world, day)
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(clients)
    answers = context.Queue()
    shares = [requests[at::clients] for at in range(clients)]
    processes = [context.Process(target=way, args=(world, day, share, gate, answers)) for share in shares]
    for process in processes:
        process.start()
    rates = [answers.get(timeout=WAIT_SECONDS) for _ in processes]
    for process in processes:
        process.join()
    return sum(rates), world.sold_too_many(day)


def _book(world: World, day: str, requests: list[UUID], gate: Any, answers: Any) -> None:
    from locutorio.actions.book_visit import VisitBooking, book_visit
    from locutorio.store.start import start
    from locutorio.store.transaction import Sent

    start(world.where)

    def book(request: UUID) -> None:
        done = book_visit(
            VisitBooking(request, world.slot(day, request.int)), Sent(uuid4(), world.establishment, AT)
        )
        assert done.outcome in {"booked", "full"}, done

    answers.put(_rate(book, requests, gate))


def _count(world: World, day: str, requests: list[UUID], gate: Any, answers: Any) -> None:
    import psycopg

    with psycopg.connect(world.unbound, autocommit=True, prepare_threshold=0) as session:
        slots = world.rows(session, day)

        def book(request: UUID) -> None:
            slot = slots[world.slot(day, request.int)]
            with session.transaction():
                found = session.execute(
                    "SELECT count(*) FROM store_place WHERE establishment_id = %s AND slot_id = %s",
                    (world.establishment, slot),
                ).fetchone()
                if found is not None and found[0] < world.places:
                    booking = uuid4()
                    session.execute(
                        "INSERT INTO store_place (establishment_id, slot_id, kind, number, booking_id)"
                        " VALUES (%s, %s, 'open', %s, %s)",
                        (world.establishment, slot, booking.int % 2_000_000_000, booking),
                    )

        answers.put(_rate(book, requests, gate))


def _rate(book: Callable[[UUID], None], requests: list[UUID], gate: Any) -> float:
    """Book one request after the other for some seconds, the first few before the clock starts."""
    warm = min(20, len(requests) // 10)
    for at in range(warm):
        book(requests[at])
    gate.wait()
    began, done = time.perf_counter(), 0
    for at in range(warm, len(requests)):
        book(requests[at])
        done += 1
        if time.perf_counter() - began >= SECONDS:
            break
    return done / (time.perf_counter() - began)


def _profile(world: World) -> dict[str, float]:
    """Give where the microseconds of one booking of one client go."""
    waiting = _spent(world, commit=True)
    lazily = _spent(world, commit=False)
    commit = max(0.0, waiting["server"] - lazily["server"])
    return {**waiting, "server": waiting["server"] - commit, "commit to disk": commit}


def _spent(world: World, *, commit: bool) -> dict[str, float]:
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    day = next(days)
    process = context.Process(target=_timed, args=(world, day, requests_for(world, day), commit, answers))
    process.start()
    found: dict[str, float] = answers.get(timeout=WAIT_SECONDS)
    process.join()
    return found


def _timed(world: World, day: str, requests: list[UUID], commit: bool, answers: Any) -> None:
    """Book, with a clock around what waits for the server and another around what calls the driver."""
    from django.db import connection
    from psycopg import Connection

    from locutorio.actions.book_visit import VisitBooking, book_visit
    from locutorio.store import at_once, statements, view
    from locutorio.store.start import start
    from locutorio.store.transaction import Sent

    start(world.where)
    if not commit:
        connection.cursor().execute("SET synchronous_commit = off")
    clocks = {"server": 0.0, "driver": 0.0}

    def clocked(name: str, call: Any) -> Any:
        def within(*given: Any, **named: Any) -> Any:
            began = time.perf_counter()
            try:
                return call(*given, **named)
            finally:
                clocks[name] += time.perf_counter() - began

        return within

    for at in range(PROFILED):
        if at == PROFILED // 4:
            Connection.wait = clocked("server", Connection.wait)  # type: ignore[method-assign]
            vars(at_once)["write"] = clocked("driver", statements.write)
            vars(view)["one_row"] = clocked("driver", statements.one_row)
            began = time.perf_counter()
        sent = Sent(uuid4(), world.establishment, AT)
        book_visit(VisitBooking(requests[at], world.slot(day, requests[at].int)), sent)
    each = 1e6 / (PROFILED - PROFILED // 4)
    whole = (time.perf_counter() - began) * each
    server, driver = clocks["server"] * each, (clocks["driver"] - clocks["server"]) * each
    answers.put({"whole": whole, "server": server, "driver": driver, "Python": whole - server - driver})


def _head() -> str:
    titles = (("clients", 8), ("insert limit", 14), ("book_visit", 12), ("of limit", 10))
    others = (("count+insert", 14), ("sold too many", 15))
    head = "".join(f"{title:>{width}}" for title, width in (*titles, *others))
    return f"bookings a second on PostgreSQL, as many client processes for each way\n{head}"


def _line(one: dict[str, Any]) -> str:
    share = one["book_visit"] / one["insert limit"]
    below = "" if share >= EXPECTED else f"   below {EXPECTED:.0%}"
    return (
        f"{one['clients']:>8}{one['insert limit']:>14,.0f}{one['book_visit']:>12,.0f}{share:>10.0%}"
        f"{one['count then insert']:>14,.0f}{one['sold too many']:>15,}{below}"
    )


def _told(profile: dict[str, float]) -> str:
    whole = profile["whole"]
    parts = (
        f"{name} {profile[name]:.0f} ({profile[name] / whole:.0%})" for name in profile if name != "whole"
    )
    return f"one booking of one client: {whole:.0f} microseconds: {', '.join(parts)}"


if __name__ == "__main__":
    sys.exit(main())
