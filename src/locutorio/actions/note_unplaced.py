"""Notes that a call which was allowed was not made, and that a later call made it up."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.deciding import local_day
from locutorio.actions.plain import as_plain
from locutorio.actions.unplacing import Unmade, kept_unplaced
from locutorio.arrangements.call_course import ANSWERED
from locutorio.kernel.faults import Fault, suggestion
from locutorio.store import calls, people, unplaced
from locutorio.store.locks import hold_person
from locutorio.store.transaction import Answer, Sent, Transaction, perform
from locutorio.store.unplaced import WHYS

WORDS_MAX = 1000


@dataclass(frozen=True, slots=True)
class MakingUpCall:
    """A call that is owed, and the later one that made it up."""

    unplaced: UUID
    call: UUID


def note_unplaced(what: Unmade, sent: Sent) -> UUID:
    """Note it, and tell the person and the contact that the call is still owed; give its identifier.

    Raises:
        Fault: the day is to come, the reason is none, or the contact is not on the person's list.
    """
    authorize(sent.by, "note_unplaced", About(sent.establishment, "person", what.person))
    if what.why not in WHYS:
        raise Fault(f'"{what.why}" is no reason why a call was not made', remedy=suggestion(what.why, WHYS))
    if len(what.says) > WORDS_MAX:
        raise Fault("what is written of it is too long", remedy=f"write it in up to {WORDS_MAX} characters")

    def work(tx: Transaction) -> Answer:
        hold_person(tx, what.person)
        if what.on > local_day(people.establishment(tx.establishment).zone, tx.at):
            raise Fault(
                "a call of a later day can still be made", remedy="write the day on which it was to be"
            )
        if what.contact not in {one.contact for one in people.listed_of(tx.establishment, what.person)}:
            raise Fault("this contact is not on the person's list", remedy="choose one of the list")
        return {"unplaced": str(kept_unplaced(tx, what))}

    done = perform(sent.command("note_unplaced", as_plain(what), person=what.person), work)
    return UUID(done["unplaced"])


def make_up_call(what: MakingUpCall, sent: Sent) -> None:
    """Say that a call made up one that was owed: it is owed no more.

    Raises:
        Fault: it is made up already, or the call is not of this person, not answered, earlier, or made up
            another one.
    """
    authorize(sent.by, "make_up_call", About(sent.establishment, "unplaced", what.unplaced))
    person = unplaced.unplaced(sent.establishment, what.unplaced).person

    def work(tx: Transaction) -> Answer:
        hold_person(tx, person)
        owed = unplaced.unplaced(tx.establishment, what.unplaced)
        if owed.made_up_by is not None:
            raise Fault("this call was made up already", remedy="look at the list of what is owed")
        made = calls.call(tx.establishment, what.call)
        if made is None or made.person != person or made.disposition != ANSWERED:
            raise Fault("this is no call that the person had", remedy="choose one of the list")
        if local_day(people.establishment(tx.establishment).zone, made.started_at) < owed.on:
            raise Fault(
                "this call was before the one that is owed",
                why="only a later call makes it up",
                remedy="choose a later one",
            )
        if unplaced.made_up_by(tx.establishment, [what.call]):
            raise Fault("this call made up another one", remedy="choose another one")
        unplaced.make_up(tx, what.unplaced, what.call)
        return {}

    perform(sent.command("make_up_call", as_plain(what), person=person), work)
