"""Makes a device a kiosk of an establishment: a code on paper, and the key that the device takes with it."""

from __future__ import annotations

from datetime import datetime

from locutorio.actions.authority import About, authorize
from locutorio.actions.start_reset import LASTS
from locutorio.kernel.faults import Fault
from locutorio.store import kiosks, resets
from locutorio.store.identifiers import new_id
from locutorio.store.transaction import Answer, Sent, Transaction, perform

NAME_LENGTH_MAX = 60


def enrol_kiosk(name: str, wing: str, sent: Sent) -> str:
    """Give the code with which a device becomes the kiosk, once and within ten minutes.

    Raises:
        Fault: it has no name, or this was done already.
    """
    authorize(sent.by, "enrol_kiosk", About(sent.establishment), at=sent.at)
    if not 0 < len(name) <= NAME_LENGTH_MAX or len(wing) > NAME_LENGTH_MAX:
        raise Fault("the kiosk has no name", remedy=f"give it one of at most {NAME_LENGTH_MAX} letters")
    code = resets.new_code()
    made: list[str] = []

    def work(tx: Transaction) -> Answer:
        kiosks.enrol(tx, name, wing, code, tx.at + LASTS)
        made[:] = [code]
        return {}

    perform(sent.command("enrol_kiosk", {"name": name, "wing": wing}), work)
    if not made:
        raise Fault("this was done already", remedy="enrol it under another name: codes are shown once")
    return code


def stop_kiosk(name: str, sent: Sent) -> None:
    """End a kiosk: nobody signs in there, and whoever is signed in is signed out.

    Raises:
        Fault: there is none of the name.
    """
    authorize(sent.by, "stop_kiosk", About(sent.establishment))

    def work(tx: Transaction) -> Answer:
        if not kiosks.stop(tx, name):
            raise Fault(f'there is no kiosk "{name}"', remedy="look at how its name is written")
        return {}

    perform(sent.command("stop_kiosk", {"name": name}), work)


def take_key(code: str, at: datetime) -> str | None:
    """Let the device that has the code be the kiosk; give its key, None where the code is not right."""
    found = kiosks.waiting(code, at)
    if found is None:
        return None
    key = kiosks.new_key()
    taken: list[bool] = []

    def work(tx: Transaction) -> Answer:
        taken[:] = [kiosks.give_key(tx, found.id, key)]
        return {}

    sent = Sent(new_id(at), found.establishment, at)
    perform(sent.command("take_kiosk_key", {"kiosk": str(found.id)}), work)
    return key if taken and taken[0] else None
