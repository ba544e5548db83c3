"""Codes on paper with which somebody begins anew. Only a digest of each is kept."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from allauth.core.internal.cryptokit import generate_user_code, normalize_user_code
from django.db.models import F

from locutorio.store.accounts import plain_name, tell
from locutorio.store.context import at_door, holding, owning
from locutorio.store.enrolments import begin_anew
from locutorio.store.factors import remove_all
from locutorio.store.models import Account, Reset, Role
from locutorio.store.transaction import Transaction

LETTERS = 16


def new_code() -> str:
    """Give a fresh code of 16 letters in groups, none of which is taken for another."""
    return str(generate_user_code(length=LETTERS))


def digest(code: str) -> str:
    """Give what is kept of a code, however it is typed."""
    return sha256(normalize_user_code(code).encode()).hexdigest()


def begin(tx: Transaction, account: UUID, kind: str, code: str, ends_at: datetime) -> None:
    """Keep a code for an account in place of those not yet used, and tell its holder."""
    Reset.objects.filter(account=account, used_at=None).update(used_at=tx.at)
    Reset.objects.create(
        id=tx.new_id(),
        establishment_id=tx.establishment,
        account_id=account,
        kind=kind,
        digest=digest(code),
        at=tx.at,
        ends_at=ends_at,
    )
    tell(tx, account, "reset_started")


def found(name: str, code: str, at: datetime) -> tuple[UUID, UUID, UUID, str] | None:
    """Give the code, its account, its establishment and its kind, where it can still be used."""
    if not plain_name(name):
        return None
    with at_door(plain_name(name)), holding(digest(code)):
        row = Reset.objects.filter(
            digest=digest(code),
            account__name=plain_name(name),
            account__stopped_at=None,
            used_at=None,
            ends_at__gt=at,
        ).first()
    return (row.id, row.account_id, row.establishment_id, row.kind) if row else None


def use(tx: Transaction, reset: UUID) -> bool:
    """Use a code up; tell whether it could be. Of two who use it at once, one does."""
    return Reset.objects.filter(id=reset, used_at=None, ends_at__gt=tx.at).update(used_at=tx.at) == 1


@owning
def forget_factors(account: UUID) -> None:
    """Take everything away that an account could show besides its password, and end its sessions."""
    remove_all(account)
    begin_anew(account)
    Account.objects.filter(id=account).update(epoch=F("epoch") + 1)


@owning
def roles_of(account: UUID) -> frozenset[str]:
    """Give every role of an account, wherever it has one."""
    return frozenset(Role.objects.filter(account=account).values_list("role", flat=True))
