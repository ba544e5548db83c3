"""Calls to privileged numbers while their register is harmed in every way: for the suite and `make soak`.

One number stands on a person's list as that of family, and nothing but the register says that it is a
lawyer's; the house records whom it may. Each call goes through the decision as the point makes it.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from locutorio.actions.authorize_call import Attempt, CallAnswer, authorize_call
from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.actions.issue_grant import RECORD, issue_grant
from locutorio.kernel.faults import Fault
from locutorio.record.register import FILE, PUBLIC_KEY, RegisterLine, register_of
from locutorio.store.identifiers import new_id
from locutorio.store.models import PrivilegedNumber
from locutorio.telephony.local_register import LocalRegister
from locutorio.telephony.numbers_known import NumbersKnown
from tests.calls.exchange import COURT, HELP, NUMBERS, PIN, Exchange, exchange
from tests.campaign import Campaign, Done
from tests.databases import fresh
from tests.establishment import ZONE
from tests.record.registers import AT, HARM, LINES, ORIGIN, SIGNER, VERSION, signed

CALLS = 200
COUNSEL, FAMILY = NUMBERS["alder"], NUMBERS["holly"]
PRIVILEGED = {COUNSEL: "counsel", COURT: "court", HELP: "emergency"}
RECORDS = {"monitors": "record", "recordings_days": 30}
WHOLE, A_DIRECTORY = "whole", "unreadable"
Harm = Callable[[bytes, random.Random], bytes | None]


@dataclass
class House:
    """An establishment that records, the directory of its register, and the process that reads it."""

    made: Exchange
    directory: Path
    local: LocalRegister
    calls: int = 0

    def restart(self) -> None:
        """Let the process begin anew, with what it kept on disk."""
        self.local = LocalRegister(self.directory, self.directory / "floor")

    def put(self, data: bytes | None) -> None:
        """Put something where the register stands; None: nothing."""
        path = self.directory / FILE
        if path.is_dir():
            path.rmdir()
        path.unlink(missing_ok=True)
        if data is not None:
            path.write_bytes(data)

    def dial(self, called: str) -> tuple[CallAnswer, bool]:
        """Dial a number; tell how it was answered, and whether a grant to record it could be had."""
        self.calls += 1
        moment = datetime.fromtimestamp(AT, UTC) + timedelta(milliseconds=self.calls)
        name = f"harmed {self.calls}"
        what = Attempt(self.made.attempt(name), "north-1", "1001", PIN, called, {"call_id": name})
        known = NumbersKnown(self.made.oak.id, ZONE, self.local, lambda: float(self.calls)).privileged(moment)
        answer = authorize_call(what, known, self.made.oak.sent(name, moment))
        try:
            issue_grant(self.made.oak.id, what.id, "north-1", RECORD, moment)
            granted = True
        except Fault:
            granted = False
        if answer.allowed:
            self.made.says(name, "failed", moment, code=480)
        return answer, granted


def good() -> bytes:
    """Give the register as it is signed: a number that a list has as family's, a court, an emergency."""
    lines = [RegisterLine(number, kind, f"the {kind}") for number, kind in PRIVILEGED.items()]
    others = [one for one in LINES if one.number not in PRIVILEGED]
    return signed(register_of(ORIGIN, "US", VERSION, AT, [*lines, *others]))


@contextmanager
def house(kind: str, *, rows: bool) -> Iterator[House]:
    """Open it in a fresh database of a kind. ``rows``: the database knows the numbers too."""
    with fresh(kind), tempfile.TemporaryDirectory(prefix="locutorio-register-") as folder:
        made = exchange(**RECORDS)  # type: ignore[arg-type]
        enter_fact(NewFact("arcadia.recording_told", "yes"), made.oak.sent("told"))
        if not rows:
            PrivilegedNumber.objects.filter(establishment=made.oak.id).delete()
        else:
            PrivilegedNumber.objects.create(
                id=new_id(datetime.fromtimestamp(AT, UTC)),
                establishment_id=made.oak.id,
                number=COUNSEL,
                kind="counsel",
                name="the counsel",
                known_at=datetime.fromtimestamp(AT, UTC),
            )
        directory = Path(folder)
        (directory / PUBLIC_KEY).write_text(SIGNER.key.text())
        found = House(made, directory, LocalRegister(directory, directory / "floor"))
        found.put(good())
        assert found.dial(COURT)[0].allowed
        yield found


def harmed(house: House, how: str, rng: random.Random) -> None:
    """Harm the register in a way."""
    ways: Mapping[str, Harm] = {**HARM, WHOLE: lambda data, _: data}
    if how == A_DIRECTORY:
        house.put(None)
        (house.directory / FILE).mkdir()
    else:
        house.put(ways[how](good(), rng))
    if rng.random() < 0.5:
        house.restart()


def tried(found: House, rng: random.Random) -> str:
    """Make one call under one harm, and see that nobody hears what nobody may; say what was tried."""
    how = rng.choice([*HARM, A_DIRECTORY, WHOLE, WHOLE])
    called = rng.choice([COUNSEL, COUNSEL, FAMILY, *PRIVILEGED])
    harmed(found, how, rng)
    answer, granted = found.dial(called)
    heard = answer.plane == "monitored" or answer.listen or answer.record or granted
    assert not (heard and called in PRIVILEGED), f"{how}: {called} would be heard: {answer}"
    assert not (heard and how != WHOLE), f"{how}: somebody would be heard: {answer}"
    if how == WHOLE and called in PRIVILEGED:
        assert (answer.allowed, answer.plane) == (True, "private"), answer
    kind = PRIVILEGED.get(called, "family")
    return f"{how}: {kind}, {'recorded' if granted else answer.plane or answer.reason}"


def batch(seed: int) -> Done:
    """Make some calls on one of the databases."""
    rng = random.Random(f"register {seed}")
    tally: Counter[str] = Counter()
    with house("postgresql" if seed % 4 == 3 else "sqlite", rows=seed % 2 == 0) as found:
        for _ in range(CALLS):
            tally[tried(found, rng)] += 1
    return Done(CALLS, tally=tally)


def told(tally: Mapping[str, int]) -> Sequence[str]:
    """Say how many calls were to privileged numbers, and how many others were recorded meanwhile."""
    family = sum(count for what, count in tally.items() if ": family" in what)
    recorded = sum(count for what, count in tally.items() if what.endswith("recorded"))
    private = sum(tally.values()) - family
    return (
        f"{private:,} calls to privileged numbers: none monitored, no grant for any",
        f"{recorded:,} of {family:,} calls to family were recorded: all of them by a whole register",
    )


def lacking(tally: Mapping[str, int]) -> Sequence[str]:
    """Name the kinds of harm that were never tried, and say it if nothing could have been recorded at all."""
    never = [
        how for how in (*HARM, A_DIRECTORY) if not any(one.startswith(f"{how}: counsel") for one in tally)
    ]
    if not tally.get(f"{WHOLE}: family, recorded"):
        never.append("a recorded call by a whole register")
    return never


CAMPAIGN = Campaign(
    "register",
    "calls while the register of privileged numbers is harmed, none of a privileged number heard",
    10_000,
    CALLS,
    batch,
    told=told,
    lacking=lacking,
)
