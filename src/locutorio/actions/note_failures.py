"""Makes entries of those who did not show who they are: one for an account, a door and a quarter of an hour.

So nobody fills the log by failing, and whoever waits for an answer learns nothing from how long it takes.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from locutorio.actions.sign_in import TRIES_MAX
from locutorio.store import accounts, failures
from locutorio.store.accounts import Home
from locutorio.store.failures import FailureRow
from locutorio.store.people import establishments
from locutorio.store.transaction import Answer, Command, Transaction, perform

ACTION = "fail_sign_in"


def note_failures(at: datetime) -> None:
    """Do it for every quarter of an hour that is over. What is tried again after it broke off is done once.

    The holder of an account is told where there were five or more, once until they have seen it.

    Raises:
        Fault: something cannot be entered: what is left is entered the next time.
    """
    for row in failures.over(at):
        for number, home in enumerate(_homes(row)):
            _enter(row, home, at, told=number == 0)
        failures.entered(row)


def _homes(row: FailureRow) -> tuple[Home, ...]:
    """Give where it is entered: where its account has a role; of nobody, at the kiosk's or everywhere."""
    if row.account is not None:
        return accounts.homes(row.account)
    here = (row.kiosk_at,) if row.kiosk_at else establishments()
    return tuple(Home(one, None, None) for one in here)


def _enter(row: FailureRow, home: Home, at: datetime, *, told: bool) -> None:
    def work(tx: Transaction) -> Answer:
        tx.about = home.whom
        if told and row.account is not None and row.wrong + row.held_back >= TRIES_MAX:
            accounts.tell_once(tx, row.account, "tries_failed")
        return {}

    said = {
        "account": _plain(row.account),
        "door": row.door,
        "network": row.network,
        "kiosk": _plain(row.kiosk),
        "since": row.since.isoformat(),
        "last_at": row.last_at.isoformat(),
        "wrong": row.wrong,
        "held_back": row.held_back,
    }
    id_ = uuid5(row.id, f"{home.establishment} {row.last_at.isoformat()}")
    perform(Command(id_, ACTION, home.establishment, at, said, person=home.person), work)


def _plain(id_: UUID | None) -> str | None:
    return str(id_) if id_ else None
