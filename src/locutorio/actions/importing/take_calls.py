"""Takes a file of calls into the store, as the exchange recorded them."""

from __future__ import annotations

from datetime import datetime

from locutorio.actions.importing.columns import plain
from locutorio.actions.importing.reading import ReadFile
from locutorio.actions.importing.remarks import Unread
from locutorio.actions.importing.taking import NEW, SAME, Step, Taker
from locutorio.actions.importing.values import CallRow
from locutorio.store import imported
from locutorio.store.transaction import Transaction

Key = tuple[datetime, str, str]


class Calls(Taker[CallRow]):
    """Keep the calls of a file. Whom a PIN names must be held here; where there is none, nobody is named."""

    def __init__(self, tx: Transaction, reading: ReadFile) -> None:
        super().__init__(tx, reading)
        started = [entry.row.started for entry in reading.taken if isinstance(entry.row, CallRow)]
        span = (min(started), max(started)) if started else None
        self._here = imported.calls_here(tx.establishment, *span) if span else {}
        self._new: list[imported.CallRow] = []
        persons = imported.persons_here(tx.establishment)
        self._persons = {plain(number).upper(): row.id for number, row in persons.items()}

    def step(self, row: CallRow) -> Step:
        person = self._persons.get(row.person_key) if row.person_key else None
        if row.person_key and person is None:
            raise Unread("pin_of_nobody", column="pin")
        telephone = row.telephone
        extension = f";ext={telephone.extension}" if telephone and telephone.extension else ""
        now = imported.CallRow(
            person,
            row.started,
            row.answered,
            row.ended,
            row.line,
            f"{telephone.number}{extension}" if telephone else row.trunk,
            row.talk_seconds,
            row.disposition,
            row.cause,
        )
        key = (now.started_at, now.line, now.called)
        before = self._here.get(key)
        if before == now:
            return Step(SAME)
        if before is not None:
            raise Unread("call_differs_here", column="start")
        self._here[key] = now
        self._new.append(now)
        return Step(NEW, about=frozenset({person} if person else ()))

    def finish(self) -> None:
        imported.add_calls(self.tx, self._new)
