"""Calls while processes of a living plane are killed at random and started again; and what must hold then."""

from __future__ import annotations

import os
import queue
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from locutorio.actions.clock import now
from locutorio.arrangements.call_course import FAULTS, LOST, UNDER_WAY
from locutorio.store import calls
from locutorio.store.calls import CallRow
from tests.calls.exchange import NUMBERS
from tests.campaign import Campaign, Done
from tests.entries import entries
from tests.telephony.live import PARTS, PHONES, Live, living
from tests.telephony.phones import Call, Phone

CALLERS = (("1001", "alder"), ("1002", "laurel"), ("1003", "holly"))
LIMIT_SECONDS, LATE_SECONDS = 60, 2.0
LIFE_SECONDS, KILLED_EVERY = 75.0, (2.0, 6.0)
AT_REST_SECONDS, BYE_SECONDS, BYE_AGAIN_SECONDS = 90, 12.0, 1.0
SLACK_SECONDS = 3
"""By how much what was counted may differ from what a telephone saw: a process starts meanwhile."""


@dataclass
class Talked:
    """A call that somebody answered, as its telephone saw it; ``by_us``: the telephone ended it."""

    call: Call
    until: float
    by_us: bool


@dataclass
class Life:
    """What took place in one life of a plane."""

    live: Live
    rng: random.Random
    until: float
    talked: list[Talked] = field(default_factory=list)
    tally: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Let everybody call and processes die until it is over, then look at what is left."""
        callers = [
            threading.Thread(target=self._calls, args=(phone, *who, self.rng.random()), daemon=True)
            for phone, who in zip(PHONES, CALLERS, strict=True)
        ]
        for one in callers:
            one.start()
        self._kills()
        for one in callers:
            one.join(LIMIT_SECONDS + 30)
        self._at_rest()
        self._look()

    def _calls(self, name: str, person: str, contact: str, seed: float) -> None:
        rng = random.Random(seed)
        phone = self.live.phone(name)
        while time.monotonic() < self.until:
            with suppress(AssertionError, queue.Empty):
                self._call(phone, person, contact, rng)
            time.sleep(rng.uniform(0.05, 0.5))

    def _call(self, phone: Phone, person: str, contact: str, rng: random.Random) -> None:
        call = self.live.dial(NUMBERS[contact], person, phone=phone)
        code = call.final(20).code
        self.tally[f"{code}"] += 1
        if code != 200:
            return
        whole = rng.random() < 0.15
        ended = call.ended.wait(LIMIT_SECONDS + 20 if whole else rng.uniform(0.2, 6))
        if ended:
            self.talked.append(Talked(call, call.ended_at, by_us=False))
            return
        self.talked.append(Talked(call, time.monotonic(), by_us=not whole))
        _hang_up(call)

    def _kills(self) -> None:
        while time.monotonic() < self.until:
            time.sleep(self.rng.uniform(*KILLED_EVERY))
            part = self.rng.choice(PARTS)
            with suppress(ProcessLookupError, OSError, KeyError, ValueError):
                os.kill(self.live.wire.pid(part), signal.SIGKILL)
                self.tally[f"{part} killed"] += 1

    def _at_rest(self) -> None:
        until = time.monotonic() + AT_REST_SECONDS
        while calls.under_way(self.live.at) and time.monotonic() < until:
            time.sleep(0.2)

    def _look(self) -> None:
        rows = {str(row.engine.get("call_id")): row for row in self.live.rows()}
        entered = Counter(entry.action for entry in entries())
        self.tally["calls"] += len(rows)
        for one in self.talked:
            row = rows.get(one.call.call_id)
            if row is None:
                self.wrong.append(f"{one.call.call_id} was answered and is in no record")
            else:
                self._one(one, row)
        self.wrong += [
            f"{row.id} is under way for ever" for row in rows.values() if row.disposition == UNDER_WAY
        ]
        self.wrong += _together(rows.values())
        if entered["authorize_call"] + entered["take_spool"] + entered["note_call"] < len(rows):
            self.wrong.append("a call stands in the tables and in no entry")

    def _one(self, seen: Talked, row: CallRow) -> None:
        lasted = seen.until - seen.call.answered_at
        limit = row.limit_seconds or LIMIT_SECONDS
        if lasted > limit + LATE_SECONDS:
            self.wrong.append(f"{row.id} lasted {lasted:.1f} s of {limit}")
        if row.disposition == LOST and row.returned_seconds != limit - row.talk_seconds:
            self.wrong.append(f"{row.id} was lost and not given back")
        if (row.disposition == LOST) != (row.cause in FAULTS):
            self.wrong.append(f"{row.id} ended by {row.cause} as {row.disposition}")
        counted = row.talk_seconds
        if counted > limit or (row.disposition != LOST and abs(counted - min(lasted, limit)) > SLACK_SECONDS):
            self.wrong.append(f"{row.id} lasted {lasted:.1f} s, and {counted} s were counted ({row.cause})")
        self.tally[f"ended: {row.cause or row.disposition}"] += 1


def _together(rows: Iterable[CallRow]) -> list[str]:
    """Find calls of one person that were under way at once."""
    found = []
    by_person: dict[UUID, list[tuple[datetime, datetime, UUID]]] = {}
    for row in rows:
        if row.person is not None and row.answered_at is not None and row.ended_at is not None:
            by_person.setdefault(row.person, []).append((row.answered_at, row.ended_at, row.id))
    for mine in by_person.values():
        found += [
            f"{one} and {other} at once"
            for (_, ended, one), (answered, _, other) in pairwise(sorted(mine))
            if answered < ended
        ]
    return found


def _hang_up(call: Call) -> None:
    """End a call as a telephone does: it says so until somebody hears."""
    until = time.monotonic() + BYE_SECONDS
    while time.monotonic() < until and not call.ended.is_set():
        call.ask("BYE")
        with suppress(AssertionError, queue.Empty):
            if call.response(BYE_AGAIN_SECONDS).code in (200, 481):
                return


def batch(seed: int, seconds: float = LIFE_SECONDS) -> Done:
    """Live one life on one of the databases."""
    rng = random.Random(f"telephone faults {seed}")
    with living("postgresql" if seed % 4 == 3 else "sqlite", minutes=1) as live:
        life = Life(live, rng, time.monotonic() + seconds)
        life.run()
        if life.wrong:
            raise AssertionError(f"seed {seed}, {now():%H:%M}: " + "; ".join(life.wrong[:10]))
        return Done(
            sum(count for what, count in life.tally.items() if what.endswith("killed")), tally=life.tally
        )


def told(tally: Mapping[str, int]) -> Sequence[str]:
    """Say what died, and how calls ended meanwhile."""
    return [f"{count:,} {what}" for what, count in sorted(tally.items())]


def lacking(tally: Mapping[str, int]) -> Sequence[str]:
    """Name the processes that were never killed, and say it if no call came to its limit."""
    never = [f"{part} killed" for part in PARTS if not tally.get(f"{part} killed")]
    return [*never, *([] if tally.get("ended: time-up") else ["a call that came to its limit"])]


CAMPAIGN = Campaign(
    "telephone-faults",
    "processes of the telephone killed under calls: none too long, none unrecorded, none counted wrong",
    1_000,
    18,
    batch,
    told=told,
    lacking=lacking,
)
