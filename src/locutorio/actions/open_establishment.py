"""Opens an establishment: its name, its time zone, the law and the schedule it goes by."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from locutorio.actions import shelf
from locutorio.actions.authority import About, authorize
from locutorio.actions.plain import as_plain
from locutorio.arrangements.schedule.reading import read_schedule
from locutorio.kernel.faults import Fault, suggestion
from locutorio.store import people
from locutorio.store.transaction import Answer, Sent, Transaction, perform


@dataclass(frozen=True, slots=True)
class NewEstablishment:
    """A place of custody. ``law`` names a pack, ``schedule`` is the text of one, empty for none yet.

    ``factor_needed``: its staff do nothing here before they have a second factor.
    """

    code: str
    name: str
    zone: str
    law: str
    schedule: str = ""
    factor_needed: bool = True


def open_establishment(what: NewEstablishment, sent: Sent) -> UUID:
    """Open it, under the identifier that the command is sent for.

    Raises:
        Fault, Faults: the code is taken, there is no such zone or law, or the schedule cannot be used.
    """
    authorize(sent.by, "open_establishment", About(sent.establishment))
    refuse_unusable(what.law, what.schedule, what.zone)

    def work(tx: Transaction) -> Answer:
        if people.establishment_of(what.code) is not None:
            raise Fault(f'there is an establishment "{what.code}"', remedy="choose another code")
        people.open_establishment(tx, as_plain(what))
        return {"establishment": str(tx.establishment)}

    return UUID(perform(sent.command("open_establishment", as_plain(what)), work)["establishment"])


def refuse_unusable(law: str, schedule: str, zone: str) -> None:
    """Refuse a law that is not here or not proved, a schedule that cannot be read, or a zone that is none.

    Raises:
        Fault, Faults: what it is.
    """
    try:
        ZoneInfo(zone)
    except (ValueError, OSError):
        raise Fault(f'"{zone}" is not a time zone', remedy="write it like America/New_York") from None
    if law not in shelf.laws():
        raise Fault(f'"{law}" is not a law that is here', remedy=suggestion(law, shelf.laws()))
    shelf.shelf(law)
    if schedule and read_schedule(schedule.encode(), "schedule").zone != zone:
        raise Fault("the schedule has another time zone", remedy=f"write `zone: {zone}` in it")
