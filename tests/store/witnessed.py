"""Work whose log is put in order, signed and witnessed meanwhile, and what proves it when it is back."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from uuid import UUID

from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.actions.keep_log import keep_log
from locutorio.actions.list_contact import Listing, list_contact
from locutorio.actions.open_establishment import NewEstablishment, open_establishment
from locutorio.actions.register_contact import NewContact, register_contact
from locutorio.actions.register_person import NewPerson, register_person
from locutorio.actions.verify_log import Found, verify_log
from locutorio.record.checkpoint import Checkpoint
from locutorio.record.notes import Note
from locutorio.store.actor import PROGRAM
from locutorio.store.keyring import folder
from locutorio.store.log.asking import FILE, last_seen
from locutorio.store.log.succeeding import origin_of, policy_of
from locutorio.store.models import Entry, Leaf, Log
from tests.establishment import ARCADIAN, FOUNDED, LAW, ZONE, Oak
from tests.log.served import witness
from tests.store.jobs import PAIRS, SCHEDULE, Do, Visiting
from tests.store.kills import answered

PLACE = UUID(int=3)
NAME = "ombudsman.example/witness"


class Witnessed(Visiting):
    """The same visits in an establishment that was opened by commands alone; one writer keeps its log too.

    ``home`` is where the witness keeps what it signed; it answers until ``later`` is closed.
    """

    before = Visiting.before + 1 + 3 * len(PAIRS) + len(ARCADIAN)

    def __init__(self, home: Path, later: ExitStack) -> None:
        self.home, self.later, self.address = home, later, ""

    def begin(self) -> None:
        self.oak = opened()
        one = self.later.enter_context(witness(self.home, NAME, policy_of(PLACE)))
        self.address = one.address
        (folder() / FILE).write_text("\n".join([*one.lines, "quorum 1"]))
        self.round(0, "first", lambda _, act: act())

    def round(self, writer: int, name: str, do: Do) -> None:
        super().round(writer, name, do)
        if writer == 0:
            answered(lambda: keep_log(PROGRAM, PLACE, FOUNDED))

    def size(self) -> int:
        """Give how many entries the log has."""
        return Log.objects.get(establishment=PLACE).size

    def seen(self) -> int:
        """Give how many entries the witness has seen."""
        told = answered(lambda: last_seen(self.address, origin_of(PLACE)))
        return Checkpoint.parse(Note.parse(told).text).size

    def verified(self) -> Found:
        """Verify the log as `locutorio verify --witness` does; nothing is wrong with it.

        A witness on a busy machine may not answer at once: it is asked again.
        """
        found = answered(lambda: verify_log(PROGRAM, PLACE, FOUNDED, witnesses=[self.address]))
        assert isinstance(found, Found)
        assert not found.faults, "\n".join(found.faults)
        return found

    def logged(self, names: Collection[str]) -> None:
        """See that each of some changes stands in the log."""
        commands = {self.oak.sent(name).id for name in names}
        rows = Entry.objects.filter(establishment=PLACE).values_list("command", "id")
        entries = {command: id_ for command, id_ in rows if command in commands}
        leaves = {*Leaf.objects.filter(establishment=PLACE, part=0).values_list("entry_id", flat=True)}
        lost = len(commands) - len(leaves.intersection(entries.values()))
        assert not lost, f"{lost} of {len(commands)} acknowledged changes are not in the log"


def opened() -> Oak:
    """Open an establishment with three people held and one contact of each, by the shipped actions."""
    oak = Oak(PLACE, {}, {})
    schedule = SCHEDULE.read_text("utf-8")
    new = NewEstablishment("oak", "Oak County Jail", ZONE, LAW, schedule, factor_needed=False)
    open_establishment(new, oak.sent("open"))
    for number, (person, contact) in enumerate(PAIRS):
        held = NewPerson(f"{1001 + number}", "Ash", person.title(), date(1990, 1, 1), held_since=FOUNDED)
        oak.people[person] = register_person(held, oak.sent(person)).id
        outside = NewContact("Fir", contact.title(), date(1980, 3, 9))
        oak.contacts[contact] = register_contact(outside, oak.sent(contact)).id
        listing = Listing(oak.people[person], oak.contacts[contact], relation="sibling")
        list_contact(listing, oak.sent(f"{person} {contact}"))
    for path, value in ARCADIAN.items():
        enter_fact(NewFact(path, value), oak.sent(path))
    return oak
