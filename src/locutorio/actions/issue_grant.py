"""Gives the grant by which one call is listened to or recorded: the program alone, once it is answered."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from locutorio.arrangements.call_course import UNDER_WAY
from locutorio.kernel.faults import Fault
from locutorio.record.checkpoint import base64_of
from locutorio.record.grants import LIFE_MAX, Grant
from locutorio.store import calls, people, recordings
from locutorio.store.calls import MONITORED

LISTEN, RECORD = "listen", "record"
_NO_KEY = "-"


def issue_grant(establishment: UUID, call: UUID, telephone: str, may: str, at: datetime) -> bytes:
    """Give a grant for a call under way, good once and for half a minute.

    Args:
        establishment: whose call.
        call: its attempt.
        telephone: the name of the telephone.
        may: listen or record, as was decided.
        at: this moment.

    Raises:
        Fault: the call is not under way on the monitored plane, a party claimed privilege or something else
            ends it, its number is privileged, or it is to be recorded and nobody says for how long.
    """
    row = calls.call(establishment, call)
    if row is None or row.person is None or (row.disposition, row.plane) != (UNDER_WAY, MONITORED):
        raise _refused("it is no call of a person that is under way on the monitored plane")
    if row.ending:
        raise _refused("the call is to end, or a party claimed privilege")
    if recordings.is_privileged(establishment, row.called):
        raise _refused("its number is privileged")
    house = people.establishment(establishment)
    if may == RECORD and calls.settings(house).recordings_days is None:
        raise _refused("the establishment does not say how long recordings are kept")
    issued = int(at.timestamp())
    decided = calls.decisions_of(establishment, call)
    grant = Grant(
        attempt=str(call),
        telephone=telephone,
        called=row.called,
        person=str(row.person),
        establishment=house.code,
        law=decided[-1].law_hash if decided else house.law,
        may=may,
        seal_to=_key_for(establishment, row.person, call) if may == RECORD else _NO_KEY,
        issued=issued,
        expires=issued + LIFE_MAX,
        nonce=secrets.token_hex(16),
    )
    return grant.signed(recordings.grants_signer(house.code))


def grants_key(establishment: UUID) -> str:
    """Give the line of the key that grants are checked with, for the recorder to have."""
    return recordings.grants_signer(people.establishment(establishment).code).key.text()


def _key_for(establishment: UUID, person: UUID, call: UUID) -> str:
    return base64_of(recordings.public_key(establishment, person, call))


def _refused(why: str) -> Fault:
    return Fault("no grant is given for this call", why=why, remedy="the call is not recorded")
