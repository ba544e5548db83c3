"""Ends a session: whoever signs out, and what ends one without them, becomes an entry."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from locutorio.actions.authority import authorize
from locutorio.actions.begin_session import entered
from locutorio.actions.enrol_factor import itself, own
from locutorio.store.transaction import Sent


class Why(StrEnum):
    """What ended a session: nothing was done for too long, the day was over, or its kiosk was stopped.

    ``changed``: what its account signs in with, or may do at all.
    """

    IDLE = "idle"
    DAY = "day"
    CHANGED = "changed"
    KIOSK = "kiosk"


def sign_out(sent: Sent) -> None:
    """Enter that somebody signed out.

    Raises:
        Fault: it cannot be entered.
    """
    authorize(sent.by, "sign_out", itself(sent.by, sent.establishment))
    entered(own(sent.by), "sign_out", {}, sent.at, factor=sent.by.factor, once=sent.id)


def session_ended(account: UUID, begun: datetime, why: Why, at: datetime) -> None:
    """Enter that a session ended by itself, which is noticed when it is used again; each session once.

    Raises:
        Fault: it cannot be entered.
    """
    once = uuid5(account, f"end_session {begun.isoformat()}")
    said = {"why": str(why), "begun": begun.isoformat()}
    entered(account, "end_session", said, at, once=once, by_itself=False)
