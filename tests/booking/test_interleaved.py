"""Two changes of which one looks, the other is made, and only then the first is written: nothing slips by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, get_ident
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from locutorio.actions import deciding
from locutorio.actions.book_visit import VisitBooking, book_visit
from locutorio.actions.change_booking import Changing, change_booking
from locutorio.actions.change_schedule import change_schedule
from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.actions.list_contact import Listing, list_contact
from locutorio.actions.register_contact import NewContact, register_contact
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.actions.separate import Apart, separate
from locutorio.store import bookings, models, people, replaying
from locutorio.store.knowledge import PartyMember
from tests import databases
from tests.establishment import FOUNDED, Oak
from tests.replay.booked import DAY, SCHEDULE, booked, founded

LATER = FOUNDED + timedelta(days=1)
SLOT = f"hall@{DAY}T14:00"
WAITS_SECONDS, GIVES_UP_SECONDS = 0.5, 20.0


@dataclass
class Between:
    """Does one thing, and another one in the middle of it, each on a connection of its own."""

    patch: pytest.MonkeyPatch

    def do(
        self, first: Callable[[], Any], module: Any, name: str, then: Callable[[], Any]
    ) -> tuple[Any, Any]:
        """Do the first up to where it has called a function once; let the other try; let both end."""
        reached, go_on, real = Event(), Event(), getattr(module, name)
        doer: list[int] = []

        def pausing(*args: Any, **named: Any) -> Any:
            found = real(*args, **named)
            if doer == [get_ident()] and not reached.is_set():
                reached.set()
                assert go_on.wait(GIVES_UP_SECONDS)
            return found

        def alone(work: Callable[[], Any], *, pauses: bool) -> Any:
            try:
                if pauses:
                    doer.append(get_ident())
                return work()
            finally:
                connections.close_all()

        with self.patch.context() as patch, ThreadPoolExecutor(2) as pool:
            patch.setattr(module, name, pausing)
            one = pool.submit(alone, first, pauses=True)
            assert reached.wait(GIVES_UP_SECONDS), one.result(0)
            other = pool.submit(alone, then, pauses=False)
            wait([other], WAITS_SECONDS)
            go_on.set()
            return one.result(GIVES_UP_SECONDS), other.result(GIVES_UP_SECONDS)


@pytest.fixture(params=["read committed", "serializable"])
def between(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Between]:
    """PostgreSQL, where several write at once; on SQLite nobody is in the middle of another's change."""
    if "postgresql" not in databases.WANTED:
        pytest.skip("needs PostgreSQL")
    with databases.fresh("postgresql", isolation=request.param):
        yield Between(monkeypatch)


def ask(oak: Oak, person: str, *contacts: str) -> VisitBooking:
    """Ask for a visit, and give what books it."""
    party = tuple(PartyMember(oak.contacts[name]) for name in contacts)
    answer = request_visit(VisitRequest(oak.people[person], party, DAY), oak.sent(f"ask {person}", LATER))
    return VisitBooking(answer.request, SLOT, by="staff")


def known_of(oak: Oak, contact: UUID) -> None:
    """Enter of somebody who is on no list what lets them visit anybody here."""
    for path, value in (("arcadia.listed", "yes"), ("contact.role", "social")):
        enter_fact(NewFact(path, value, contact=contact), oak.sent(path))


def standing() -> int:
    """Count what stands in the slot."""
    return models.Booking.objects.filter(standing="booked", slot__key=SLOT, risk="").count()


def test_what_is_learned_of_a_contact_while_somebody_asks_for_them(between: Between) -> None:
    """Who asks for a contact just as something is learned of them does not book on what was known before."""
    oak = founded()
    alder = oak.contacts["alder"]
    known_of(oak, alder)
    learned = NewFact("arcadia.worked_here", "yes", contact=alder)
    asked, _ = between.do(
        lambda: ask(oak, "linden", "alder"),
        deciding,
        "decided",
        lambda: enter_fact(learned, oak.sent("learned", LATER)),
    )
    assert book_visit(asked, oak.sent("book", LATER)).outcome != "booked"


def test_what_is_learned_of_a_contact_while_they_join_a_visit(between: Between) -> None:
    """The same of a contact who joins a party that is booked already."""
    oak = founded()
    visit = booked(oak, "linden", "laurel")
    alder = oak.contacts["alder"]
    known_of(oak, alder)
    learned = NewFact("arcadia.worked_here", "yes", contact=alder)
    party = (PartyMember(oak.contacts["laurel"]), PartyMember(alder))
    between.do(
        lambda: change_booking(Changing(visit.id, party=party, by="staff"), oak.sent("join", LATER)),
        deciding,
        "decided",
        lambda: enter_fact(learned, oak.sent("learned", LATER)),
    )
    members = models.Member.objects.filter(request=visit.request, contact=alder)
    assert visit.row.risk or not members.exists()


def test_who_joins_a_visit_while_one_they_must_not_meet_is_booked(between: Between) -> None:
    """Holly, kept apart from Hazel, joins a visit in a slot in which Hazel is booked at that moment."""
    oak = founded()
    list_contact(Listing(oak.people["hazel"], oak.contacts["myrtle"]), oak.sent("list"))
    separate(Apart(oak.people["hazel"], contact=oak.contacts["holly"]), oak.sent("apart"))
    visit = booked(oak, "rowan", "alder", starts=14)
    other = ask(oak, "hazel", "myrtle")
    party = (PartyMember(oak.contacts["alder"]), PartyMember(oak.contacts["holly"]))
    between.do(
        lambda: change_booking(Changing(visit.id, party=party, by="staff"), oak.sent("join", LATER)),
        bookings,
        "clashes",
        lambda: book_visit(other, oak.sent("book", LATER)),
    )
    joined = models.Member.objects.filter(request=visit.request, contact=oak.contacts["holly"]).exists()
    assert not (joined and standing() == 2)


def test_a_separation_while_one_of_the_two_is_listed_and_booked(between: Between) -> None:
    """Holly is kept apart from Hazel just as Linden lists and books her for the time of Hazel's visit."""
    oak = founded()
    booked(oak, "hazel", "alder", starts=14)

    def list_and_book() -> None:
        list_contact(Listing(oak.people["linden"], oak.contacts["holly"]), oak.sent("list", LATER))
        book_visit(ask(oak, "linden", "holly"), oak.sent("book", LATER))

    between.do(
        lambda: separate(Apart(oak.people["hazel"], contact=oak.contacts["holly"]), oak.sent("apart", LATER)),
        replaying,
        "persons_with",
        list_and_book,
    )
    assert standing() == 1


def test_another_age_of_an_adult_while_somebody_asks(between: Between) -> None:
    """A visit asked for just as the schedule changes the age of an adult is not booked by the age before."""
    oak = founded(SCHEDULE + "adult_age: 16\n")
    young = NewContact("Ash", "Sorrel", LATER.date().replace(year=LATER.year - 17))
    sorrel = register_contact(young, oak.sent("young")).id
    list_contact(Listing(oak.people["rowan"], sorrel), oak.sent("list"))
    oak.contacts["sorrel"] = sorrel
    asked, _ = between.do(
        lambda: ask(oak, "rowan", "willow", "sorrel"),
        people,
        "establishment",
        lambda: change_schedule(SCHEDULE + "adult_age: 18\n", oak.sent("schedule", LATER)),
    )
    assert book_visit(asked, oak.sent("book", LATER)).outcome != "booked"
