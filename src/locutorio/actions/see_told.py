"""Shows the holder of an account what happened to it and when they signed in, and notes that they saw it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from locutorio.actions.authority import authorize, reading
from locutorio.actions.enrol_factor import itself, own
from locutorio.store import accounts, enrolments, factors
from locutorio.store.accounts import Happened
from locutorio.store.actor import Actor
from locutorio.store.enrolments import EnrolmentRow
from locutorio.store.factors import Factor
from locutorio.store.history import sign_ins
from locutorio.store.transaction import Answer, Sent, Transaction, perform

__all__ = [
    "EnrolmentRow",
    "Factor",
    "Happened",
    "SignInRow",
    "own_awaited",
    "own_factors",
    "own_sign_ins",
    "see_told",
    "told",
]

SHOWN_MAX, SIGN_INS_MAX = 10, 5


def told(by: Actor) -> tuple[Happened, ...]:
    """Give the last that happened to one's own account, newest first."""
    with reading(by, "read_told", itself(by)):
        return accounts.told(own(by), SHOWN_MAX)


def own_factors(by: Actor) -> tuple[Factor, ...]:
    """Give what one's own account can show besides its password."""
    with reading(by, "read_factors", itself(by)):
        return factors.factors(own(by))


@dataclass(frozen=True, slots=True)
class SignInRow:
    """That somebody signed in: when, by what, and from where (kiosk, private, public or unknown)."""

    at: datetime
    factor: str
    network: str


def own_sign_ins(by: Actor) -> tuple[SignInRow, ...]:
    """Give when one signed in last, newest first, as the log has it."""
    with reading(by, "read_sign_ins", itself(by)):
        assert by.establishment is not None, "somebody signs in to a place"
        return tuple(
            SignInRow(at, content["asked"]["factor"], content["asked"]["network"])
            for at, content in sign_ins(by.establishment, own(by), SIGN_INS_MAX)
        )


def own_awaited(by: Actor, at: datetime) -> tuple[EnrolmentRow, ...]:
    """Give what one's own account would have if a second person approves it, as of a moment."""
    with reading(by, "read_factors", itself(by)):
        assert by.establishment is not None, "somebody asks from a seat"
        return enrolments.waiting(by.establishment, own(by), at)


def see_told(sent: Sent) -> None:
    """Note that the holder saw all that was told until now."""
    authorize(sent.by, "see_told", itself(sent.by, sent.establishment))

    def work(tx: Transaction) -> Answer:
        accounts.saw(own(sent.by), tx.at)
        return {}

    perform(sent.command("see_told", {"account": str(own(sent.by))}), work)
