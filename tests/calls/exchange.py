"""A small invented establishment with a telephone, numbers on lists and PINs, and calls made from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db.models import F

from locutorio.actions.authorize_call import Attempt, CallAnswer, Privileged, authorize_call
from locutorio.actions.change_number import NewNumber, change_number
from locutorio.actions.keep_telephone import keep_telephone
from locutorio.actions.note_call import CallEvent, note_call
from locutorio.store import accounts, calls
from locutorio.store.calls import CallRow
from locutorio.store.identifiers import new_id
from locutorio.store.models import Account, Establishment, Listed, Person, Role
from tests import establishment
from tests.establishment import FOUNDED, Oak
from tests.mail.post import fact

PIN = "4071866203"
NUMBERS = {"alder": "+12025550110", "laurel": "+12025550111", "holly": "+12025550112"}
COURT, COUNSEL, HELP = "+12025550190", "+12025550191", "112"
REGISTER = {COURT: "court", COUNSEL: "counsel", HELP: "emergency"}
SECOND = timedelta(seconds=1)


@dataclass
class Exchange:
    """The establishment, its telephone north-1, and its register of privileged numbers."""

    oak: Oak
    trusted: bool = True

    def attempt(self, name: str) -> UUID:
        """Give the attempt of a name."""
        return uuid5(self.oak.id, f"call {name}")

    def dial(
        self,
        name: str,
        called: str,
        *,
        at: datetime = FOUNDED,
        person: str = "1001",
        pin: str = PIN,
        telephone: str = "north-1",
    ) -> CallAnswer:
        """Dial a number, as one attempt of a name."""
        what = Attempt(self.attempt(name), telephone, person, pin, called, {"call_id": name})
        return authorize_call(what, Privileged(REGISTER, trusted=self.trusted), self.oak.sent(name, at))

    def says(self, name: str, what: str, at: datetime, **more: object) -> CallRow | None:
        """Let the engine say something of an attempt."""
        event = CallEvent(self.attempt(name), what, at, **more)  # type: ignore[arg-type]
        return note_call(event, self.oak.sent(f"{name} {what} {at}", at))

    def talks(self, name: str, called: str, seconds: int, *, at: datetime, person: str = "1001") -> CallRow:
        """Make a whole call of so many seconds, which the person ends."""
        assert self.dial(name, called, at=at, person=person).allowed
        self.says(name, "answered", at)
        self.says(name, "ended", at + seconds * SECOND, why="caller", began=at)
        return self.row(name)

    def is_a_lawyer(self, person: str, contact: str) -> None:
        """Let a contact stand on a list as a lawyer, as an import says it, which holds the person."""
        mine = Listed.objects.filter(person=self.oak.people[person], contact=self.oak.contacts[contact])
        mine.update(role="attorney")
        Person.objects.filter(id=self.oak.people[person]).update(version=F("version") + 1)

    def row(self, name: str) -> CallRow:
        """Give the call of an attempt as it stands now."""
        found = calls.call(self.oak.id, self.attempt(name))
        assert found is not None
        return found


def exchange(*, law: str = establishment.LAW, **kept: object) -> Exchange:
    """Open it in the database that is used now; ``kept`` is how it keeps its telephones."""
    oak = establishment.founded(law=law)
    Establishment.objects.filter(id=oak.id).update(telephony=kept)
    keep_telephone("north-1", "A", "locutorio", oak.sent("telephone"))
    if law == establishment.LAW:
        fact(oak, "arcadia.telephone_works", "yes")
    for number, (who, contact) in enumerate(
        (("rowan", "alder"), ("rowan", "holly"), ("linden", "laurel"), ("hazel", "holly"))
    ):
        what = NewNumber(oak.people[who], NUMBERS[contact], "mobile", contact=oak.contacts[contact])
        change_number(what, oak.sent(f"number {number}"))
    for name, person in oak.people.items():
        account = Account.objects.create(id=new_id(FOUNDED), name=name, pin=accounts.hashed(PIN))
        Role.objects.create(
            id=new_id(FOUNDED), establishment_id=oak.id, account=account, role="person", person_id=person
        )
    return Exchange(oak)
