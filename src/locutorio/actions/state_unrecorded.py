"""States to a contact, in the record, that nobody recorded a call with them: they can prove it elsewhere."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from locutorio.actions.authority import About, authorize
from locutorio.actions.deciding import language, local_day
from locutorio.arrangements.call_course import ANSWERED, LOST
from locutorio.kernel.faults import Fault
from locutorio.notices import calls as letters
from locutorio.notices.calls import UNRECORDED, Unrecorded
from locutorio.store import calls, calls_named, notices, people
from locutorio.store.calls import CallRow
from locutorio.store.transaction import Answer, Sent, Transaction, perform


def state_unrecorded(call: UUID, sent: Sent) -> UUID:
    """State it; give the notice that says it, whose proof stands in the log.

    Raises:
        Fault: the call is not over, was on the plane on which calls can be listened to, or was recorded.
    """
    authorize(sent.by, "state_unrecorded", About(sent.establishment, "call", call))

    def work(tx: Transaction) -> Answer:
        one = calls.call(tx.establishment, call)
        if one is None or not unrecorded(tx.establishment, one):
            raise Fault(
                "the record does not say that nobody recorded this call",
                why="that can be stated of a private call once it is over",
                remedy="look at the call",
            )
        assert one.contact is not None, "whoever asks is its contact, or staff of a call that has one"
        house = people.establishment(tx.establishment)
        contact, held = people.contact(tx.establishment, one.contact), one.person
        begun = (one.answered_at or one.started_at).astimezone(ZoneInfo(house.zone))
        letter = letters.unrecorded(
            Unrecorded(
                establishment=house.name,
                person=people.person(tx.establishment, held).name if held else "",
                contact=contact.name,
                on=begun.date(),
                begun=f"{begun:%H:%M}",
                seconds=one.talk_seconds,
                identifier=str(one.id),
                stated_on=local_day(house.zone, tx.at),
            ),
            language(contact.language),
        )
        return {
            "notice": str(notices.keep(tx, kind=UNRECORDED, letter=letter, contact=contact.id, call=call))
        }

    found = calls.call(sent.establishment, call)
    person = found.person if found else None
    done = perform(sent.command("state_unrecorded", {"call": str(call)}, person=person), work)
    return UUID(done["notice"])


def unrecorded(at: UUID, one: CallRow) -> bool:
    """Tell whether the record says of a call that is over that nobody could listen to it, nor recorded it.

    Only of what the decision point or the standby connected: what an exchange did with a call nobody knows.
    """
    over = one.ended_at is not None and one.disposition in (ANSWERED, LOST)
    known = one.plane == calls.PRIVATE and one.by in (calls.POINT, calls.STANDBY)
    return over and known and one.contact is not None and not calls_named.recorded(at, [one.id])
