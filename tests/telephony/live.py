"""A plane that is alive: the real engine, relays and decision point, on a real database with people in it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from uuid import UUID

from locutorio.actions.keep_telephone import keep_telephone
from locutorio.record.register import FILE
from locutorio.store import calls, databases, people
from locutorio.store.calls import CallRow
from locutorio.store.context import inside
from locutorio.store.identifiers import new_id
from locutorio.store.models import Call as Kept
from locutorio.store.models import PrivilegedNumber
from locutorio.telephony.sip import EngineRefused
from tests.calls.exchange import PIN, REGISTER, Exchange, exchange
from tests.databases import fresh
from tests.establishment import FOUNDED
from tests.telephony.phones import WAIT_SECONDS, Call, Phone
from tests.telephony.wire import REALM, Wire, wired

PARTS = ("monitored", "private", "recorder", "standby", "point", "kamailio")
PHONES = ("west-1", "west-2", "west-3")


@dataclass
class Live:
    """A running plane, the establishment that it is of, and where its database is."""

    wire: Wire
    exchange: Exchange
    where: str
    secrets: dict[str, str]

    @property
    def at(self) -> UUID:
        return self.exchange.oak.id

    def phone(self, name: str = PHONES[0]) -> Phone:
        return self.wire.phone(name, self.secrets[name])

    def dial(self, called: str, person: str = "1001", pin: str = PIN, phone: Phone | None = None) -> Call:
        """Dial a number at a telephone."""
        return (phone or self.phone()).call(f"{person}*{pin}*{called}" if person else called)

    def row(self, call: Call) -> CallRow:
        """Give what the record has of a call, once it has it."""
        found: list[CallRow] = []

        def there() -> bool:
            found[:] = [one for one in self.rows() if one.engine.get("call_id") == call.call_id]
            return bool(found)

        self.until(there)
        return found[0]

    def becomes(self, call: Call, wait: float = WAIT_SECONDS, **columns: object) -> CallRow:
        """Give what the record has of a call, once it says something.

        Raises:
            AssertionError: it does not, in time.
        """
        row, until = self.row(call), time.monotonic() + wait
        while any(getattr(row, name) != value for name, value in columns.items()):
            assert time.monotonic() < until, f"{row} is not {columns}: {self.wire.log('point')[-3000:]}"
            time.sleep(0.02)
            row = self.row(call)
        return row

    def until(self, holds: Callable[[], object], wait: float = WAIT_SECONDS) -> None:
        self.wire.until(holds, wait)

    def clean(self) -> None:
        """End what a test left, here and there; have the engine ask the point again; wait for the record."""
        self.wire.clean()
        with suppress(EngineRefused):  # where it asks it all the time
            self.wire.engine.rpc("htable.delete", "breaker", "point")
        self.until(lambda: not calls.under_way(self.at), 15)

    def rows(self) -> list[CallRow]:
        """Give every call, the first first."""
        with inside(self.at):
            return people.rows(
                CallRow, Kept.objects.filter(establishment=self.at).order_by("started_at", "id")
            )


@contextmanager
def living(kind: str = "sqlite", parts: Sequence[str] = PARTS, **kept: object) -> Iterator[Live]:
    """Give a living plane on a database of a kind; ``kept`` is how its establishment keeps its telephones."""
    with fresh(kind) as store, _environment(store.where):
        made = exchange(**kept)  # type: ignore[arg-type]
        for number, its in REGISTER.items():
            PrivilegedNumber.objects.create(
                id=new_id(FOUNDED),
                establishment_id=made.oak.id,
                number=number,
                kind=its,
                name="registered",
                known_at=FOUNDED,
            )
        secrets = {
            name: keep_telephone(name, "west", REALM, made.oak.sent(f"telephone {name}")) for name in PHONES
        }
        with wired(parts) as wire:
            live = Live(wire, made, store.where, secrets)
            live.until((wire.plane.register / FILE).exists)
            yield live


@contextmanager
def _environment(where: str) -> Iterator[None]:
    before = os.environ.get(databases.VARIABLE)
    os.environ[databases.VARIABLE] = where
    try:
        yield
    finally:
        if before is None:
            del os.environ[databases.VARIABLE]
        else:
            os.environ[databases.VARIABLE] = before
