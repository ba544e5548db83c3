"""The same harm on the wire: the real engine, relays, recorder and decision point, and a harmed register.

The point puts the register right within a second; each call is dialled before it can.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.record.register import FILE
from locutorio.store.identifiers import new_id
from locutorio.store.models import PrivilegedNumber
from tests.calls.exchange import COURT, NUMBERS
from tests.campaign import Campaign, Done
from tests.record.registers import HARM
from tests.telephony.campaign import RECORDS
from tests.telephony.live import Live, living

PARTS = ("monitored", "private", "recorder", "standby", "point", "kamailio")
CALLS = 12
OLDER = "replaced by an older one"
COUNSEL, FAMILY = NUMBERS["alder"], NUMBERS["holly"]


@dataclass(frozen=True)
class Wired:
    """A living plane of a house that records, and a register that it signed before the present one."""

    live: Live
    older: bytes

    @property
    def file(self) -> Path:
        return self.live.wire.plane.register / FILE


@contextmanager
def plane() -> Iterator[Wired]:
    """Give a living plane of a house that records, with a lawyer's number that a list has as family's."""
    kept: Mapping[str, Any] = RECORDS
    with living(parts=PARTS, **kept) as live:
        oak = live.exchange.oak
        enter_fact(NewFact("arcadia.recording_told", "yes"), oak.sent("told"))
        path = live.wire.plane.register / FILE
        live.until(path.exists, 8)
        older = path.read_bytes()
        PrivilegedNumber.objects.create(
            id=new_id(datetime(2026, 11, 2, tzinfo=UTC)),
            establishment_id=oak.id,
            number=COUNSEL,
            kind="counsel",
            name="the counsel",
            known_at=datetime(2026, 11, 2, tzinfo=UTC),
        )
        live.until(lambda: COUNSEL.encode() in path.read_bytes(), 8)
        yield Wired(live, older)


def recorded(live: Live) -> set[str]:
    """Give everything that the monitored relay or the recorder ever wrote of a call."""
    folders = (live.wire.plane.spool, live.wire.plane.recordings)
    return {path.name for folder in folders for path in folder.rglob("*") if path.is_file()}


def to_family(wired: Wired) -> bool:
    """Make a call to family by a whole register; tell whether a recording of it came to be."""
    live = wired.live
    call = live.dial(FAMILY)
    assert call.final().code == 200
    attempt = str(live.row(call).id)
    live.until(lambda: any(attempt in name for name in recorded(live)), 20)
    call.hang_up()
    live.becomes(call, wait=20, disposition="answered", plane="monitored")
    return True


def to_privileged(wired: Wired, how: str, rng: random.Random) -> str:
    """Call the lawyer or the court while the register is harmed in a way; say what became of it."""
    live, good = wired.live, wired.file.read_bytes()
    harm = wired.older if how == OLDER else HARM[how](good, rng)
    if harm is None:
        wired.file.unlink()
    else:
        wired.file.write_bytes(harm)
    call = live.dial(rng.choice([COUNSEL, COURT]))
    code = call.final(30).code
    row = live.row(call)
    if code == HTTPStatus.OK:
        call.hang_up()
        row = live.becomes(call, wait=20, disposition="answered")
    assert row.plane in {"private", ""}, f"{how}: {row}"
    assert "grant" not in row.engine, f"{how}: {row}"
    written = [name for name in recorded(live) if str(row.id) in name]
    assert not written, f"{how}: {written}"
    live.until(lambda: wired.file.exists() and wired.file.read_bytes() == good, 8)
    return f"{how}: {row.plane or row.cause}"


def batch(seed: int) -> Done:
    """Make some calls on a plane of their own."""
    rng = random.Random(f"harmed wire {seed}")
    tally: Counter[str] = Counter()
    with plane() as wired:
        tally["family recorded"] += to_family(wired)
        for _ in range(CALLS):
            tally[to_privileged(wired, rng.choice([*HARM]), rng)] += 1
    return Done(CALLS, tally=tally)


def told(tally: Mapping[str, int]) -> Sequence[str]:
    """Say how the calls went, and that the same recorder did record others."""
    private = sum(count for what, count in tally.items() if what.endswith(": private"))
    return (
        f"{private:,} of them were connected, each on the private relay; no recording, no grant, of any",
        f"{tally.get('family recorded', 0):,} calls to family were recorded beside them",
    )


CAMPAIGN = Campaign(
    "register-wire",
    "calls to privileged numbers over the real engine while their register is harmed, none recorded",
    240,
    CALLS,
    batch,
    told=told,
)
