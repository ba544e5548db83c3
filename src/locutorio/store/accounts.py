"""Accounts: who may sign in, as what, and how often somebody has tried and failed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.contrib.auth.hashers import check_password, is_password_usable, make_password
from django.contrib.sessions.models import Session
from django.db.models import F

from locutorio.store.context import at_door, owning, trying, within
from locutorio.store.factors import kinds
from locutorio.store.identifiers import new_id
from locutorio.store.models import Account, Attempt, Establishment, Role, Told
from locutorio.store.statements import one_row
from locutorio.store.transaction import Transaction

_TRIED = """SELECT count(*) FILTER (WHERE name_digest = %s AND address_digest = %s),
    count(*) FILTER (WHERE name_digest = %s), count(*) FILTER (WHERE address_digest = %s)
    FROM store_attempt WHERE at > %s AND (name_digest = %s OR address_digest = %s)"""

ATTEMPTS_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """An account. ``stamp`` changes with whatever it signs in with: sessions begun before end.

    ``factors`` are the kinds of what it can show besides its password.
    """

    id: UUID
    name: str
    language: str
    stamp: str
    factors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Seat:
    """What an account may do in one establishment.

    Family and counsel act for ``contacts``; a person in custody has ``person``. Staff have neither.
    ``purpose`` is why they open what they ask for now. ``factor`` is what last showed that it
    is they, at ``authenticated_at``; ``factor_needed``: staff here need a second one. ``untold`` is how much
    of what happened to their account they have not seen. ``kiosk`` is where they sit.
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
    factor_needed: bool = False
    untold: int = 0
    factor: str = ""
    authenticated_at: datetime | None = None
    kiosk: UUID | None = None


def plain_name(name: str) -> str:
    """Give the form of a name by which accounts are told apart: without case or spaces at its ends."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def hashed(password: str) -> str:
    """Give what is kept of a password or a PIN; of none, what none fits."""
    return make_password(unicodedata.normalize("NFKC", password) or None)


def make(tx: Transaction, name: str, password_hash: str, language: str, holder: str = "") -> UUID | None:
    """Make an account; give its identifier, or nothing where the name is taken."""
    with at_door(plain_name(name)):
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


def set_password(tx: Transaction, account: UUID, password_hash: str) -> None:
    """Change a password, and tell its holder. Whoever signed in with the old one is signed out."""
    Account.objects.filter(id=account).update(password=password_hash, epoch=F("epoch") + 1)
    tell(tx, account, "password_changed")


def set_pin(tx: Transaction, account: UUID, pin_hash: str) -> None:
    """Change a PIN, and tell its holder. Whoever signed in with the old one is signed out."""
    Account.objects.filter(id=account).update(pin=pin_hash, epoch=F("epoch") + 1)
    tell(tx, account, "pin_changed")


@owning
def renew(account: UUID, stamp: str) -> str | None:
    """End every session of an account that was begun with a stamp; give the stamp of what follows.

    Gives nothing where the stamp is an old one: of two who change an account at once, only one does.
    """
    found = Account.objects.filter(id=account, stopped_at=None).first()
    if found is None or _stamp(found) != stamp:
        return None
    if not Account.objects.filter(id=account, epoch=found.epoch).update(epoch=found.epoch + 1):
        return None
    found.epoch += 1
    return _stamp(found)


@owning
def kept(account: UUID) -> Kept | None:
    """Give an account that may sign in."""
    found = Account.objects.filter(id=account, stopped_at=None).first()
    return _kept(found) if found else None


def tell(tx: Transaction, account: UUID, what: str) -> None:
    """Tell the holder of an account what happened to it, on their pages."""
    Told.objects.create(id=tx.new_id(), account_id=account, what=what, at=tx.at)


@dataclass(frozen=True, slots=True)
class Happened:
    """What the holder of an account is told of it. ``new``: they have not said that they saw it."""

    what: str
    at: datetime
    new: bool


@owning
def told(account: UUID, most: int) -> tuple[Happened, ...]:
    """Give what the holder of an account is told of it, newest first."""
    rows = Told.objects.filter(account=account).order_by("-at", "-id")[:most]
    return tuple(Happened(row.what, row.at, row.seen_at is None) for row in rows)


@owning
def saw(account: UUID, at: datetime) -> None:
    """Note that the holder of an account saw what was told until now."""
    Told.objects.filter(account=account, seen_at=None, at__lte=at).update(seen_at=at)


@within
def own_words(establishment: UUID) -> tuple[str, ...]:
    """Give the names of an establishment, which no password is to rest on."""
    found = Establishment.objects.filter(id=establishment).values_list("code", "name").first()
    return found or ()


@dataclass(frozen=True, slots=True)
class Home:
    """An establishment in which an account has a role: as the ``person`` in custody, or for a ``contact``."""

    establishment: UUID
    person: UUID | None
    contact: UUID | None

    @property
    def whom(self) -> UUID | None:
        """Give whose the account is there; None for staff."""
        return self.person or self.contact


@owning
def homes(account: UUID) -> tuple[Home, ...]:
    """Give where an account has a role, each establishment once."""
    found = Role.objects.filter(account=account).order_by("establishment", "id")
    first: dict[UUID, Home] = {}
    for at, person, contact in found.values_list("establishment", "person", "contact"):
        first.setdefault(at, Home(at, person, contact))
    return tuple(first.values())


def whom(tx: Transaction, account: UUID) -> UUID | None:
    """Give whose an account is in the establishment of the command; None for staff, and for nobody's."""
    return next((one.whom for one in homes(account) if one.establishment == tx.establishment), None)


def tell_once(tx: Transaction, account: UUID, what: str) -> None:
    """Tell the holder of an account what happens again and again: until they have seen it, once."""
    untold = Told.objects.filter(account=account, what=what, seen_at=None)
    if not untold.update(at=tx.at):
        tell(tx, account, what)


def stop(account: UUID, at: datetime) -> None:
    """Let an account sign in no more, from now on and for good."""
    Account.objects.filter(id=account, stopped_at=None).update(stopped_at=at)


@within
def of_name(establishment: UUID, name: str) -> UUID | None:
    """Give an account that has a role in an establishment, by its name."""
    return (
        Role.objects.filter(establishment=establishment, account__name=plain_name(name))
        .values_list("account", flat=True)
        .first()
    )


def named(name: str) -> UUID | None:
    """Give the account of a name, whatever it may do; the same work for a name that nobody has."""
    plain = plain_name(name)
    if not plain:
        return None
    with at_door(plain):
        return Account.objects.filter(name=plain).values_list("id", flat=True).first()


def found(name: str, password: str) -> Kept | None:
    """Give the account of a name and its password. A name that nobody has takes as long to refuse."""
    with at_door(plain_name(name)):
        account = Account.objects.filter(name=plain_name(name), stopped_at=None).first()
    return _kept(account) if fits(password, account.password if account else "") and account else None


def fits(secret: str, kept_hash: str) -> bool:
    """Tell whether a password or a PIN is the one kept. Where none is kept, it takes as long."""
    said = unicodedata.normalize("NFKC", secret)
    if not is_password_usable(kept_hash) or not kept_hash:
        make_password(said)
        return False
    return check_password(said, kept_hash)


def _kept(account: Account) -> Kept:
    return Kept(account.id, account.name, account.language, _stamp(account), kinds(account.id))


def _stamp(account: Account) -> str:
    return sha256(f"{account.epoch} {account.password}".encode()).hexdigest()[:32]


@owning
def seats(account: UUID, stamp: str) -> tuple[Seat, ...]:
    """Give what an account may do, by establishment; nothing where it was stopped or its password changed."""
    kept = Account.objects.filter(id=account, stopped_at=None).first()
    return _seats(kept) if kept is not None and _stamp(kept) == stamp else ()


@owning
def seats_of(account: UUID) -> tuple[Seat, ...]:
    """Give what an account may do, by establishment; nothing where it was stopped."""
    kept = Account.objects.filter(id=account, stopped_at=None).first()
    return _seats(kept) if kept is not None else ()


def _seats(kept: Account) -> tuple[Seat, ...]:
    untold = Told.objects.filter(account=kept.id, seen_at=None).count()
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
            factor_needed=place.factor_needed,
            untold=untold,
        )
        for place in {row.establishment_id: row.establishment for row in rows}.values()
    )


def digest(said: str) -> str:
    """Give what is kept of a name or an address that somebody tried."""
    return sha256(plain_name(said).encode()).hexdigest()


@trying
def attempt(name: str, address: str, at: datetime) -> UUID:
    """Note that somebody tries to sign in, before it is known whether they may; give what names the try."""
    Attempt.objects.filter(at__lt=at - ATTEMPTS_KEPT).delete()
    made = Attempt.objects.create(
        id=new_id(at), name_digest=digest(name), address_digest=digest(address), at=at
    )
    return made.id


@trying
def forget(attempt: UUID) -> None:
    """Forget one try, whose password was not looked at."""
    Attempt.objects.filter(id=attempt).delete()


@trying
def attempts(since: datetime, *, name: str | None = None, address: str | None = None) -> int:
    """Count those who tried a name, or tried from an address, since a moment."""
    tried = Attempt.objects.filter(at__gt=since)
    if name is not None:
        tried = tried.filter(name_digest=digest(name))
    if address is not None:
        tried = tried.filter(address_digest=digest(address))
    return tried.count()


@trying
def tried(since: datetime, name: str, address: str) -> tuple[int, int, int]:
    """Count tries since a moment: of a name from an address, of the name, and from the address."""
    both = digest(name), digest(address)
    row = one_row(_TRIED, [*both, *both, since, *both], of=None)
    assert row is not None
    return row[0], row[1], row[2]


@trying
def succeeded(name: str, address: str, at: datetime) -> None:
    """Forget what was tried for a name from an address, and the sessions of everybody that have ended."""
    Attempt.objects.filter(name_digest=digest(name), address_digest=digest(address)).delete()
    Session.objects.filter(expire_date__lt=at).delete()
