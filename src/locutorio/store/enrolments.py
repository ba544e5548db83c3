"""Further factors of staff that wait for a second person: apart from those that show who somebody is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import F

from locutorio.store import factors, passkeys
from locutorio.store.accounts import tell
from locutorio.store.context import owning, within
from locutorio.store.models import Account, Enrolment, Proposal
from locutorio.store.proposals import WAITING
from locutorio.store.transaction import Transaction

ACT, NAMED = "add_factor", "enrolment"
MARK_LENGTH = 16


@dataclass(frozen=True, slots=True)
class New:
    """A factor that somebody enrols: totp or passkey, and what its row holds."""

    kind: str
    name: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """A factor that waits. ``mark`` is of its content: another factor has another one.

    ``proposal`` can be approved ``until`` then; both are left out where nobody asked for them.
    """

    id: UUID
    account: UUID
    kind: str
    name: str
    mark: str
    at: datetime
    proposal: UUID | None = None
    until: datetime | None = None


@owning
def has_begun(account: UUID) -> bool:
    """Tell whether an account has a second factor, or had one since it was made or began anew."""
    return Account.objects.filter(id=account).exclude(enrolled_at=None).exists()


def began(tx: Transaction, account: UUID) -> None:
    """Note that an account has a second factor from now on."""
    Account.objects.filter(id=account, enrolled_at=None).update(enrolled_at=tx.at)


@owning
def begin_anew(account: UUID) -> None:
    """Let an account enrol as a new one does: what it had is forgotten, and what waits for it."""
    Enrolment.objects.filter(account=account).delete()
    Account.objects.filter(id=account).update(enrolled_at=None)


def has(account: UUID, new: New) -> bool:
    """Tell whether an account has a factor already: of one-time codes there is one, of passkeys each one."""
    if new.kind == factors.TOTP:
        return factors.TOTP in factors.kinds(account)
    return passkeys.has(account, new.data)


def put(tx: Transaction, account: UUID, new: New) -> bool:
    """Give an account a factor, from now on; tell whether it did not have it already."""
    if new.kind == factors.TOTP:
        return factors.add_totp(tx, account, new.data["secret"], new.data["step"])
    return passkeys.add(tx, account, new.name, new.data)


def keep(tx: Transaction, account: UUID, new: New) -> UUID:
    """Keep a factor that is to wait, in place of one of its kind that waits for the account here."""
    mine = Enrolment.objects.filter(establishment=tx.establishment, account=account, kind=new.kind)
    mine.delete()
    made = Enrolment.objects.create(
        id=tx.new_id(),
        establishment_id=tx.establishment,
        account_id=account,
        kind=new.kind,
        name=new.name,
        kept=json.dumps(new.data, sort_keys=True),
        at=tx.at,
    )
    return made.id


@within
def enrolment(at: UUID, id_: UUID) -> EnrolmentRow | None:
    """Give a factor that waits; None where there is none, or not any more."""
    row = Enrolment.objects.filter(establishment=at, id=id_).first()
    return _row(row) if row else None


@within
def waiting(at: UUID, account: UUID, now: datetime) -> tuple[EnrolmentRow, ...]:
    """Give the factors of an account that somebody can still approve."""
    mine = Proposal.objects.filter(establishment=at, act=ACT, proposed_by=account, standing=WAITING)
    waits = {one.arguments[NAMED]: one for one in mine.filter(expires_at__gt=now)}
    rows = Enrolment.objects.filter(establishment=at, account=account).order_by("at", "id")
    return tuple(_row(row, waits[str(row.id)]) for row in rows if str(row.id) in waits)


def hold(tx: Transaction, id_: UUID) -> None:
    """Hold a factor that waits until the end: nobody replaces it meanwhile."""
    Enrolment.objects.select_for_update().filter(establishment=tx.establishment, id=id_).first()


def forget(tx: Transaction, id_: UUID) -> None:
    """Forget a factor that waited."""
    Enrolment.objects.filter(establishment=tx.establishment, id=id_).delete()


def add(tx: Transaction, id_: UUID) -> bool:
    """Let a factor show who its holder is; tell whether the account did not have it already.

    Sessions of the account end, and its holder is told.
    """
    row = Enrolment.objects.get(establishment=tx.establishment, id=id_)
    added = put(tx, row.account_id, New(row.kind, row.name, json.loads(row.kept)))
    Account.objects.filter(id=row.account_id).update(epoch=F("epoch") + 1)
    tell(tx, row.account_id, f"{row.kind}_added")
    row.delete()
    return added


def _row(row: Enrolment, waits: Proposal | None = None) -> EnrolmentRow:
    mark = sha256(row.kept.encode()).hexdigest()[:MARK_LENGTH]
    proposed = (waits.id, waits.expires_at) if waits else ()
    return EnrolmentRow(row.id, row.account_id, row.kind, row.name, mark, row.at, *proposed)
