"""Accounts: who may sign in, as what, and how often somebody has tried and failed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.models import Session

from locutorio.store.identifiers import new_id
from locutorio.store.models import Account, Attempt, Role
from locutorio.store.transaction import Transaction

ATTEMPTS_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """An account. ``stamp`` changes with its password: sessions begun with the old one end."""

    id: UUID
    name: str
    language: str
    stamp: str


@dataclass(frozen=True, slots=True)
class Seat:
    """What an account may do in one establishment.

    Family and counsel act for ``contacts``; a person in custody has ``person``. Staff have neither.
    ``purpose`` is why they open what they ask for now.
    """

    account: UUID
    name: str
    language: str
    establishment: UUID
    code: str
    establishment_name: str
    zone: str
    law: str
    roles: frozenset[str]
    contacts: tuple[UUID, ...]
    person: UUID | None
    purpose: str = ""


def plain_name(name: str) -> str:
    """Give the form of a name by which accounts are told apart: without case or spaces at its ends."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def hashed(password: str) -> str:
    """Give what is kept of a password."""
    return make_password(password)


def make(tx: Transaction, name: str, password_hash: str, language: str, holder: str = "") -> UUID | None:
    """Make an account; give its identifier, or nothing where the name is taken."""
    if Account.objects.filter(name=plain_name(name)).exists():
        return None
    made = Account.objects.create(
        id=tx.new_id(), name=plain_name(name), password=password_hash, language=language, holder=holder
    )
    return made.id


def give_role(
    tx: Transaction, account: UUID, role: str, *, contact: UUID | None = None, person: UUID | None = None
) -> None:
    """Let an account do what a role may, in the establishment of the command."""
    Role.objects.get_or_create(
        establishment_id=tx.establishment,
        account_id=account,
        role=role,
        contact_id=contact,
        person_id=person,
        defaults={"id": tx.new_id()},
    )


def set_password(account: UUID, password_hash: str) -> None:
    """Change a password. Whoever signed in with the old one is signed out."""
    Account.objects.filter(id=account).update(password=password_hash)


def stop(account: UUID, at: datetime) -> None:
    """Let an account sign in no more, from now on and for good."""
    Account.objects.filter(id=account, stopped_at=None).update(stopped_at=at)


def of_name(establishment: UUID, name: str) -> UUID | None:
    """Give an account that has a role in an establishment, by its name."""
    return (
        Role.objects.filter(establishment=establishment, account__name=plain_name(name))
        .values_list("account", flat=True)
        .first()
    )


def found(name: str, password: str) -> Kept | None:
    """Give the account of a name and its password. A name that nobody has takes as long to refuse."""
    account = Account.objects.filter(name=plain_name(name), stopped_at=None).first()
    if account is None:
        make_password(password)
        return None
    if not check_password(password, account.password):
        return None
    return _kept(account)


def _kept(account: Account) -> Kept:
    return Kept(account.id, account.name, account.language, _stamp(account.password))


def _stamp(password_hash: str) -> str:
    return sha256(password_hash.encode()).hexdigest()[:32]


def seats(account: UUID, stamp: str) -> tuple[Seat, ...]:
    """Give what an account may do, by establishment; nothing where it was stopped or its password changed."""
    kept = Account.objects.filter(id=account, stopped_at=None).first()
    return _seats(kept) if kept is not None and _stamp(kept.password) == stamp else ()


def seats_of(account: UUID) -> tuple[Seat, ...]:
    """Give what an account may do, by establishment; nothing where it was stopped."""
    kept = Account.objects.filter(id=account, stopped_at=None).first()
    return _seats(kept) if kept is not None else ()


def _seats(kept: Account) -> tuple[Seat, ...]:
    rows = list(Role.objects.filter(account=kept.id).select_related("establishment").order_by("id"))
    return tuple(
        Seat(
            account=kept.id,
            name=kept.name,
            language=kept.language,
            establishment=place.id,
            code=place.code,
            establishment_name=place.name,
            zone=place.zone,
            law=place.law,
            roles=frozenset(row.role for row in rows if row.establishment_id == place.id),
            contacts=tuple(
                row.contact_id for row in rows if row.establishment_id == place.id and row.contact_id
            ),
            person=next((r.person_id for r in rows if r.establishment_id == place.id and r.person_id), None),
        )
        for place in {row.establishment_id: row.establishment for row in rows}.values()
    )


def digest(said: str) -> str:
    """Give what is kept of a name or an address that somebody tried."""
    return sha256(plain_name(said).encode()).hexdigest()


def attempt(name: str, address: str, at: datetime) -> UUID:
    """Note that somebody tries to sign in, before it is known whether they may; give what names the try."""
    Attempt.objects.filter(at__lt=at - ATTEMPTS_KEPT).delete()
    made = Attempt.objects.create(
        id=new_id(at), name_digest=digest(name), address_digest=digest(address), at=at
    )
    return made.id


def forget(attempt: UUID) -> None:
    """Forget one try, whose password was not looked at."""
    Attempt.objects.filter(id=attempt).delete()


def attempts(since: datetime, *, name: str | None = None, address: str | None = None) -> int:
    """Count those who tried a name, or tried from an address, since a moment."""
    tried = Attempt.objects.filter(at__gt=since)
    if name is not None:
        tried = tried.filter(name_digest=digest(name))
    if address is not None:
        tried = tried.filter(address_digest=digest(address))
    return tried.count()


def succeeded(name: str, address: str, at: datetime) -> None:
    """Forget what was tried for a name from an address, and the sessions of everybody that have ended."""
    Attempt.objects.filter(name_digest=digest(name), address_digest=digest(address)).delete()
    Session.objects.filter(expire_date__lt=at).delete()
