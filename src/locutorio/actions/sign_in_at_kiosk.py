"""Signs a person in custody in at a kiosk by their number and PIN, and lets them choose the PIN."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from locutorio.actions.passwords import is_weak_pin
from locutorio.actions.sign_in import NotSignedIn, SignedIn, failed, held_back, too_many
from locutorio.actions.start_reset import Kind
from locutorio.store import accounts, kiosks, resets
from locutorio.store.failures import Door
from locutorio.store.identifiers import new_id
from locutorio.store.kiosks import Place
from locutorio.store.transaction import Answer, Sent, Transaction, perform

PIN, APART = "pin", timedelta(minutes=5)


def place_of(key: str) -> Place | None:
    """Give the kiosk that a device is; None where it is none."""
    return kiosks.of_key(key)


def kiosk_stands(establishment: UUID, kiosk: UUID) -> bool:
    """Tell whether a kiosk is still one."""
    return kiosks.stands(establishment, kiosk)


def sign_in_at_kiosk(place: Place, number: str, pin: str, at: datetime) -> SignedIn | NotSignedIn:
    """Sign a person in by number and PIN.

    Tries are counted for a number at this kiosk and for the kiosk: nobody keeps somebody out elsewhere. A
    number that nobody has is answered alike. A PIN used in another wing within five minutes is flagged, and
    its holder is told.
    """
    door, whose = _door(place), kiosks.numbered(place.establishment, number)
    if too_many(f"number {number} at {place.id}", f"kiosk {place.id}", at):
        return held_back(whose, door, at)
    found = kiosks.person_here(place.establishment, number, pin)
    if found is None:
        return failed(whose, door, at)
    accounts.succeeded(f"number {number} at {place.id}", f"kiosk {place.id}", at)
    if kiosks.note_use(place, found.id, at, APART):
        _flag(place, found.id, at)
    return SignedIn(found.id, found.stamp, found.language, PIN)


def choose_pin(place: Place, number: str, proof: str, pin: str, at: datetime) -> bool | NotSignedIn:
    """Choose a PIN with the one before it, or with a code of the establishment.

    Gives whether it was chosen: not where it is one that is tried first.
    """
    door, whose = _door(place), kiosks.numbered(place.establishment, number)
    if too_many(f"number {number} at {place.id}", f"kiosk {place.id}", at):
        return held_back(whose, door, at)
    by_pin = kiosks.person_here(place.establishment, number, proof)
    name = kiosks.account_here(place.establishment, number)
    by_code = resets.found(name, proof, at)
    if by_code and (by_code[3] != Kind.PIN or by_code[2] != place.establishment):
        by_code = None
    if by_pin is None and by_code is None:
        return failed(whose, door, at)
    if is_weak_pin(pin):
        return False
    account = by_pin.id if by_pin else by_code[1] if by_code else None
    assert account is not None
    pin_hash, chosen = accounts.hashed(pin), [True]

    def work(tx: Transaction) -> Answer:
        chosen[:] = [by_code is None or resets.use(tx, by_code[0])]
        if chosen[0]:
            tx.about = accounts.whom(tx, account)
            accounts.set_pin(tx, account, pin_hash)
        return {}

    sent = Sent(new_id(at), place.establishment, at)
    perform(sent.command("choose_pin", {"account": str(account)}), work)
    if not chosen[0]:
        return failed(whose, door, at)
    accounts.succeeded(f"number {number} at {place.id}", f"kiosk {place.id}", at)
    return True


def _door(place: Place) -> Door:
    return Door(PIN, "kiosk", place.id, place.establishment)


def _flag(place: Place, account: UUID, at: datetime) -> None:
    def work(tx: Transaction) -> Answer:
        tx.about = accounts.whom(tx, account)
        accounts.tell(tx, account, "pin_two_places")
        return {}

    sent = Sent(new_id(at), place.establishment, at)
    perform(sent.command("flag_pin", {"account": str(account), "kiosk": str(place.id)}), work)
