"""Seals the recordings of calls that turn out to be privileged, and tells both who spoke."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.deciding import language, local_day
from locutorio.notices import recording as letters
from locutorio.notices.audience import Reader
from locutorio.notices.recording import Recorded
from locutorio.store import notices, people, recordings
from locutorio.store.identifiers import new_id
from locutorio.store.recordings import RecordingRow
from locutorio.store.transaction import Answer, Sent, Transaction, perform


def seal_recordings(sent: Sent) -> tuple[UUID, ...]:
    """Seal what a privileged number or a claim of privilege seals and what is not sealed yet; give which.

    Nothing is written where there is nothing to seal.

    Raises:
        Fault: the database does not answer, or cannot write.
    """
    authorize(sent.by, "seal_recordings", About(sent.establishment))
    if not recordings.to_seal(sent.establishment):
        return ()

    def work(tx: Transaction) -> Answer:
        return {"sealed": [str(one) for one in sealed_now(tx)]}

    return tuple(map(UUID, perform(sent.command("seal_recordings", {}), work)["sealed"]))


def sealed_now(tx: Transaction) -> tuple[UUID, ...]:
    """Seal them within a change, such as that by which a number becomes privileged; give which."""
    found = recordings.to_seal(tx.establishment)
    for one, why in found:
        recordings.seal(tx, one.id, why)
        _tell(tx, one, why)
    return tuple(one.id for one, _ in found)


def _tell(tx: Transaction, one: RecordingRow, why: str) -> None:
    """Tell the person, and the contact where it is known who that is."""
    house = people.establishment(tx.establishment)
    person = people.person(tx.establishment, one.person)
    contact = people.contact(tx.establishment, one.contact) if one.contact else None
    on = local_day(house.zone, one.began_at)
    told = Recorded(house.name, contact.name if contact else "", on, why)
    letter = letters.sealed(told, Reader.PERSON, language(person.language))
    notices.keep(tx, kind=letters.SEALED, letter=letter, person=one.person, call=one.call)
    if contact is not None:
        told = Recorded(house.name, person.name, on, why)
        letter = letters.sealed(told, Reader.CONTACT, language(contact.language))
        notices.keep(tx, kind=letters.SEALED, letter=letter, contact=one.contact, call=one.call)


def seal_everywhere(at: datetime) -> None:
    """Do it in every establishment.

    Raises:
        Fault: the database does not answer, or cannot write.
    """
    for establishment in people.establishments():
        seal_recordings(Sent(new_id(at), establishment, at))
