"""Kiosks: devices of an establishment at which people in custody sign in by number and PIN."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from locutorio.store.accounts import Kept, fits, kept
from locutorio.store.context import holding, inside, within
from locutorio.store.identifiers import new_id
from locutorio.store.models import Kiosk, PinUse, Role
from locutorio.store.resets import digest
from locutorio.store.transaction import Transaction

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Place:
    """Where a kiosk stands."""

    id: UUID
    establishment: UUID
    wing: str


def enrol(tx: Transaction, name: str, wing: str, code: str, ends_at: datetime) -> None:
    """Keep a kiosk that has yet to take its key with a code."""
    Kiosk.objects.create(
        id=tx.new_id(),
        establishment_id=tx.establishment,
        name=name,
        wing=wing,
        code=digest(code),
        code_ends_at=ends_at,
    )


def new_key() -> str:
    """Give a fresh key for a device."""
    return secrets.token_urlsafe(KEY_BYTES)


def waiting(code: str, at: datetime) -> Place | None:
    """Give the kiosk that waits for a device with a code."""
    held = digest(code)
    with holding(held):
        return _place(Kiosk.objects.filter(code=held, key="", stopped_at=None, code_ends_at__gt=at).first())


def give_key(tx: Transaction, kiosk: UUID, key: str) -> bool:
    """Let a device be a kiosk; tell whether it was the first to ask."""
    return Kiosk.objects.filter(id=kiosk, key="", code_ends_at__gt=tx.at).update(key=_hash(key)) == 1


def of_key(key: str) -> Place | None:
    """Give the kiosk that a device is."""
    if not key:
        return None
    held = _hash(key)
    with holding(held):
        return _place(Kiosk.objects.filter(key=held, stopped_at=None).first())


@within
def stands(establishment: UUID, kiosk: UUID) -> bool:
    """Tell whether a kiosk is still one."""
    return Kiosk.objects.filter(establishment=establishment, id=kiosk, stopped_at=None).exists()


def stop(tx: Transaction, name: str) -> bool:
    """End a kiosk of an establishment; tell whether there was one of the name."""
    mine = Kiosk.objects.filter(establishment=tx.establishment, name=name, stopped_at=None)
    return mine.update(stopped_at=tx.at) > 0


@within
def person_here(establishment: UUID, number: str, pin: str) -> Kept | None:
    """Give the account of a person by their number and PIN. A number that nobody has takes as long."""
    found = (
        Role.objects.filter(establishment=establishment, person__number=number, account__stopped_at=None)
        .select_related("account")
        .first()
    )
    right = fits(pin, found.account.pin if found else "")
    return kept(found.account_id) if right and found else None


@within
def numbered(establishment: UUID, number: str) -> UUID | None:
    """Give the account of a person by their number; the same work for a number that nobody has."""
    found = Role.objects.filter(establishment=establishment, person__number=number)
    return found.values_list("account", flat=True).first()


@within
def account_here(establishment: UUID, number: str) -> str:
    """Give the name of the account of a person by their number; nothing where there is none."""
    found = Role.objects.filter(establishment=establishment, person__number=number).select_related("account")
    return next((one.account.name for one in found), "")


def note_use(place: Place, account: UUID, at: datetime, apart: timedelta) -> bool:
    """Note that a PIN was used; tell whether it was used in another wing within ``apart`` before."""
    with inside(place.establishment):
        before = PinUse.objects.filter(account=account, at__gt=at - apart)
        flagged = before.exclude(kiosk__wing=place.wing).exists()
        PinUse.objects.create(
            id=new_id(at),
            establishment_id=place.establishment,
            account_id=account,
            kiosk_id=place.id,
            at=at,
            flagged=flagged,
        )
    return flagged


def _place(row: Kiosk | None) -> Place | None:
    return Place(row.id, row.establishment_id, row.wing) if row else None


def _hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()
