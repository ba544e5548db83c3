"""What the record costs: actions with it and without, verifying beside bare hashing, proofs made and checked.

All in one run, in turn, as medians and ratios. *Without* means the same actions on the same database with no
change kept and nothing put into the log: the fences that keep changes are taken away, and what an entry holds
is not written. *With* means all of it, the sequencer beside, until every entry is in its tree. What only
reckons is timed by the processor's clock, so that others on the machine do not count. It prints tables and
writes build/bench_record.json.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "locutorio.web.settings")

from benchmarks import machine
from tests.databases import Lacking, Server, Store

ENTRIES, PEOPLE, ROUNDS, PROOFS = 100_000, 500, 5, 500
ACTIONS, TURNS = 100, 5
SEQUENCED_EVERY = 2.0
LEAST_VERIFIED, LEAST_APPENDED = 0.5, 0.8
AT = "2026-11-02T14:00:00+00:00"
REPORT = Path("build") / "bench_record.json"


def main() -> int:
    """Measure, print and keep the figures."""
    found = {"verification": _verification(), "appends": _appends()}
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps({"machine": machine.described(), **found}, indent=1) + "\n", "utf-8")
    return 0


def _per_second(
    count: int, run: Callable[[], object], clock: Callable[[], float] = time.perf_counter
) -> float:
    began = clock()
    run()
    return count / (clock() - began)


def _in_turn(ways: dict[str, tuple[int, Callable[[], object]]]) -> dict[str, float]:
    """Give how many a second each way does: the median of rounds that are taken in turn."""
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, (count, run) in ways.items():
            rates[name].append(_per_second(count, run, time.process_time))
    return {name: median(each) for name, each in rates.items()}


def _log() -> list[bytes]:
    """Give the entries of a log about many people, each as long as real ones."""
    from locutorio.record.entry import written

    people, here = [str(uuid4()) for _ in range(PEOPLE)], str(uuid4())
    last: dict[str, tuple[int, int | None]] = {}
    made = []
    for index in range(ENTRIES):
        subject = people[index % PEOPLE]
        count, previous = last.get(subject, (0, None))
        last[subject] = count + 1, index
        made.append(
            written(
                {
                    "v": 1,
                    "type": "command",
                    "id": str(uuid4()),
                    "establishment": here,
                    "writer": here,
                    "writer_count": index + 1,
                    "subject": subject,
                    "subject_count": count + 1,
                    "subject_previous": previous,
                    "actor": people[-1],
                    "factor": "passkey",
                    "at": 1_790_000_000_000_000 + index,
                    "action": "request_visit",
                    "payload": sha256(str(index).encode()).hexdigest(),
                }
            )
        )
    return made


def _bare(entries: list[bytes]) -> None:
    """Hash what a log hashes and do nothing else: each leaf, its node, its running hash."""
    half = bytes(64)
    for entry in entries:
        sha256(entry).digest()
        sha256(half).digest()
        sha256(half).digest()


def _verification() -> dict[str, float]:
    from locutorio.record import proof as proving
    from locutorio.record.audit import PIECE, Auditor, audit
    from locutorio.record.checkpoint import Checkpoint
    from locutorio.record.notes import Note
    from locutorio.record.tree import inclusion, leaf_hash, levels_of, reader_of, root_at
    from tests.record.logs import AT as SIGNED_AT
    from tests.record.logs import LOG, ORIGIN, POLICY, WITNESSES, second_verifier

    entries = _log()
    read = reader_of(levels_of([leaf_hash(entry) for entry in entries]))
    text = Checkpoint(ORIGIN, ENTRIES, root_at(ENTRIES, read)).text()
    note = Note(text, tuple(one.sign(text, SIGNED_AT) for one in (*LOG, *WITNESSES)))
    chosen = range(0, ENTRIES, ENTRIES // PROOFS)
    second = second_verifier()
    policy = second.read_policy(POLICY.text())

    def tree() -> None:
        auditor = Auditor([note.written()], POLICY, reading=False)
        for start in range(0, ENTRIES, PIECE):
            auditor.take(entries[start : start + PIECE])
        assert auditor.found().witnessed == ENTRIES

    def whole() -> None:
        found = audit(entries, [note.written()], POLICY)
        assert found.witnessed == ENTRIES, found

    def made() -> list[bytes]:
        return [proving.Proof(at, inclusion(at, ENTRIES, read), note).written() for at in chosen]

    proofs = made()

    def checked() -> None:
        for at, one in zip(chosen, proofs, strict=True):
            proving.check(one, entries[at], POLICY)

    def checked_by_second() -> None:
        for at, one in zip(chosen, proofs, strict=True):
            second.check_proof(one, entries[at], policy)

    found = _in_turn(
        {
            "bare SHA-256": (ENTRIES, lambda: _bare(entries)),
            "tree and chain verified": (ENTRIES, tree),
            "each entry read too": (ENTRIES, whole),
            "proofs made": (len(proofs), made),
            "proofs checked": (len(proofs), checked),
            "by the second verifier": (len(proofs), checked_by_second),
        }
    )
    _told(found, len(entries[0]), len(proofs[0]), len(LOG) + len(WITNESSES))
    return found


def _told(found: dict[str, float], size: int, proof: int, signatures: int) -> None:
    """Add the ratios, and print."""
    bare = found["bare SHA-256"]
    found["ratio"] = found["tree and chain verified"] / bare
    found["ratio, read"] = found["each entry read too"] / bare
    print(f"a log of {ENTRIES:,} entries of {size} bytes: three hashes each; a second, one process")
    for name, least in (
        ("bare SHA-256", 1),
        ("tree and chain verified", LEAST_VERIFIED),
        ("each entry read too", 0),
    ):
        share = found[name] / bare
        print(f"  {name:<24}{found[name]:>12,.0f}{share:>8.2f}{_below(share, least)}")
    print(f"proofs of {proof:,} bytes, with {signatures} signatures; a second")
    for name in ("proofs made", "proofs checked", "by the second verifier"):
        print(f"  {name:<24}{found[name]:>12,.0f}")


def _appends() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    print("actions a second, one client after the other, each on disk before the next")
    print(f"  {'':<12}{'action':<20}{'without':>10}{'with':>10}{'of it':>8}{'processor':>11}")
    with tempfile.TemporaryDirectory(prefix="locutorio-bench-") as home:
        os.environ["LOCUTORIO_KEYRING"] = str(Path(home) / "keyring")
        for store in _databases(Path(home)):
            for action, rates in _of(store).items():
                found[f"{store.kind}: {action}"] = rates
                print(
                    f"  {store.kind:<12}{action:<20}{rates['without']:>10,.0f}{rates['with']:>10,.0f}"
                    f"{rates['ratio']:>8.2f}{rates['ratio, processor']:>11.2f}"
                    f"{_below(rates['ratio'], LEAST_APPENDED)}",
                    flush=True,
                )
    return found


def _databases(home: Path) -> Iterator[Store]:
    yield Store("sqlite", str(home / "db"))
    try:
        server = Server({"shared_buffers": "256MB"})
    except Lacking as lacking:
        print(f"  PostgreSQL was left out: {lacking}")
        return
    try:
        server.start()
        yield server.make("bench")
    finally:
        server.remove()


def _of(store: Store) -> dict[str, dict[str, float]]:
    """Give the rates of each action on a database, with the record and without, in turn."""
    from locutorio.store.start import migrate, use

    store.use()
    migrate()
    here = _opened()
    acts = {"register_contact": _register(here), "request_visit": _request(here)}
    rates: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in acts}
    for _ in range(TURNS):
        for name, act in acts.items():
            with _without_record():
                _timed(rates[name], "without", lambda act=act: _many(act))  # type: ignore[misc]
            _timed(rates[name], "with", lambda act=act: _recorded(here, act))  # type: ignore[misc]
    use({})
    found = {name: {way: median(each) for way, each in ways.items()} for name, ways in rates.items()}
    return {
        name: {
            **ways,
            "ratio": ways["with"] / ways["without"],
            "ratio, processor": ways["with, processor"] / ways["without, processor"],
        }
        for name, ways in found.items()
    }


def _timed(rates: dict[str, list[float]], way: str, run: Callable[[], object]) -> None:
    """Keep how many actions a second one way does, by the clock and by this process's own time."""
    began, reckoned = time.perf_counter(), time.process_time()
    run()
    rates[way].append(ACTIONS / (time.perf_counter() - began))
    rates[f"{way}, processor"].append(ACTIONS / (time.process_time() - reckoned))


def _many(act: Callable[[], object]) -> None:
    for _ in range(ACTIONS):
        act()


def _recorded(here: UUID, act: Callable[[], object]) -> None:
    """Act with the sequencer beside, as it stands beside the pages; it ends when all is in the log."""
    from django.db import connections

    from locutorio.store.log.sequencer import sequence

    ended = threading.Event()

    def beside() -> None:
        while not ended.wait(SEQUENCED_EVERY):
            sequence(here)
        connections.close_all()

    sequencer = threading.Thread(target=beside)
    sequencer.start()
    _many(act)
    ended.set()
    sequencer.join()
    sequence(here)


@contextmanager
def _without_record() -> Iterator[None]:
    """Let actions keep no change and write nothing for the log but that they were carried out."""
    from django.db import connection

    from locutorio.store import at_once, fences, transaction
    from locutorio.store.log import writing
    from locutorio.store.start import owning

    with owning():
        fences.take_away(connection)

    def header_alone(*given: Any) -> Any:
        return writing.written(*given)[:1]

    with (
        patch.object(transaction, "written", header_alone),
        patch.object(at_once, "written", header_alone),
        patch.object(transaction, "begun", list),
        patch.object(at_once, "begun", list),
    ):
        yield
    with owning():
        fences.put(connection)


def _opened() -> UUID:
    from locutorio.actions.open_establishment import NewEstablishment, open_establishment
    from locutorio.store.transaction import Sent

    schedule = (
        "schedule: oak\nname: Oak County Jail\nzone: America/New_York\ntick_minutes: 15\n"
        "rooms:\n  r: {name: Room, places: {open: 500}}\nsessions:\n"
        "  - {id: s, room: r, days: [every_day], hours: 08:00-20:00, visit_minutes: 60, every_minutes: 60}\n"
    )
    here = uuid4()
    what = NewEstablishment("oak", "Oak County Jail", "America/New_York", "arcadia", schedule)
    open_establishment(what, Sent(uuid4(), here, _at()))
    return here


def _at() -> Any:
    from datetime import datetime

    return datetime.fromisoformat(AT)


def _register(here: UUID) -> Callable[[], object]:
    from locutorio.actions.register_contact import NewContact, register_contact
    from locutorio.store.transaction import Sent

    return lambda: register_contact(NewContact("Fir", "Alder", None, uuid4().hex), Sent(uuid4(), here, _at()))


def _request(here: UUID) -> Callable[[], object]:
    from datetime import date

    from locutorio.actions.list_contact import Listing, list_contact
    from locutorio.actions.register_contact import NewContact, register_contact
    from locutorio.actions.register_person import NewPerson, register_person
    from locutorio.actions.request_visit import VisitRequest, request_visit
    from locutorio.store.knowledge import PartyMember
    from locutorio.store.transaction import Sent

    def sent() -> Sent:
        return Sent(uuid4(), here, _at())

    person = register_person(NewPerson("1001", "Ash", "Rowan", date(1990, 1, 1)), sent()).id
    contact = register_contact(NewContact("Fir", "Alder", date(1980, 3, 9), "C1"), sent()).id
    list_contact(Listing(person, contact), sent())
    asked = VisitRequest(person, (PartyMember(contact),), date(2026, 11, 9))
    return lambda: request_visit(asked, sent())


def _below(ratio: float, least: float) -> str:
    return "" if ratio >= least else f"   below {least}"


if __name__ == "__main__":
    import django

    django.setup()
    sys.exit(main())
