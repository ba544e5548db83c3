"""What writers do while they, their server or their disk fail, and how it is seen that all of it is whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from locutorio.actions.book_visit import VisitBooking, book_visit
from locutorio.actions.cancel_booking import Cancelling, cancel_booking
from locutorio.actions.change_booking import Changing, change_booking
from locutorio.actions.confirm_booking import confirm_booking
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.store.knowledge import PartyMember
from locutorio.store.models import Booking, Debit, Decided, Place, Request, Tick
from locutorio.store.transaction import Command, perform
from tests import establishment
from tests.entries import Told, entries
from tests.establishment import Oak
from tests.store import plain
from tests.store.plain import Answer, Work

SCHEDULE = Path(__file__).parents[2] / "examples" / "schedules" / "oak-county.yaml"
SATURDAY = date(2026, 11, 7)
FIRST, SECOND = "weekend@2026-11-07T09:00", "weekend@2026-11-07T10:15"
TICKS, TOGETHER, DEBITS = 4, 2, 2  # an hour in quarters, two people, a visit of the week and of the day
PAIRS = (("rowan", "alder"), ("linden", "laurel"), ("hazel", "holly"))

Do = Callable[[str, Callable[[], Any]], Any]


class Job(Protocol):
    """Work in rounds. Each change of a round has a name, and is given to ``do``, which gives its answer.

    ``before`` is how many changes were made to begin with.
    """

    before: int

    def begin(self) -> None:
        """Make what the work needs, in an empty database."""

    def round(self, writer: int, name: str, do: Do) -> None:
        """Do one round. Every round can be done again from its beginning: it has the same effect."""

    def identifier(self, name: str) -> str:
        """Give the identifier of the change of a name."""

    def held(self) -> dict[str, object]:
        """Give the answer to each change that was made, and see that none is there in part."""


class Counting:
    """The plainest change: see tests/store/plain.py."""

    before = 0

    def __init__(self, make: Callable[[Command, Work], Answer] = perform) -> None:
        self.make = make

    def begin(self) -> None:
        plain.founded()

    def round(self, writer: int, name: str, do: Do) -> None:
        do(name, lambda: dict(self.make(*plain.change(name))))

    def identifier(self, name: str) -> str:
        return str(plain.identifier(name))

    def held(self) -> dict[str, object]:
        return {name: {"count": count} for name, count in plain.held().items()}


class Visiting:
    """A visit is asked for, held, moved, confirmed and cancelled, again and again, by the shipped actions."""

    before = 5
    oak: Oak

    def begin(self) -> None:
        self.oak = establishment.founded(SCHEDULE.read_text("utf-8"))
        self.round(0, "first", lambda _, act: act())  # reads the law, for all processes that follow

    def round(self, writer: int, name: str, do: Do) -> None:
        oak = self.oak
        person, contact = PAIRS[writer % len(PAIRS)]
        party = (PartyMember(oak.contacts[contact]),)
        asking = VisitRequest(oak.people[person], party, SATURDAY)
        asked = do(f"{name} ask", lambda: request_visit(asking, oak.sent(f"{name} ask")))
        holding = VisitBooking(asked.request, FIRST, hold=True)
        held = do(f"{name} hold", lambda: book_visit(holding, oak.sent(f"{name} hold")))
        moving = Changing(held.booking, SECOND)
        do(f"{name} move", lambda: change_booking(moving, oak.sent(f"{name} move")))
        do(f"{name} confirm", lambda: confirm_booking(held.booking, oak.sent(f"{name} confirm")))
        leaving = Cancelling(held.booking, "contact")
        do(f"{name} cancel", lambda: cancel_booking(leaving, oak.sent(f"{name} cancel")))

    def identifier(self, name: str) -> str:
        return str(self.oak.sent(name).id)

    def held(self) -> dict[str, object]:
        made = entries(establishment=self.oak.id)
        expected = _expected(made)
        found = {one.id: (one.standing, one.slot.key) for one in Booking.objects.select_related("slot").all()}
        assert found == expected, "a booking is there in part"
        live = [booking for booking, (standing, _) in expected.items() if standing != "cancelled"]
        places = Counter(Place.objects.values_list("booking", flat=True))
        assert places == Counter(live), "places are there in part"
        ticks = Counter(Tick.objects.values_list("booking", flat=True))
        assert ticks == dict.fromkeys(live, TICKS * TOGETHER), "times are there in part"
        debits: Counter[UUID] = Counter()
        for booking, amount in Debit.objects.values_list("booking", "amount"):
            debits[booking] += amount
        assert +debits == dict.fromkeys(live, DEBITS), "debits are there in part"
        assert not -debits, "debits are given back twice"
        asked = {UUID(one.answer["request"]) for one in made if one.action == "request_visit"}
        assert set(Request.objects.values_list("id", flat=True)) == asked, "a request is there in part"
        assert set(Decided.objects.values_list("request", flat=True)) == asked, "a decision is missing"
        return {str(one.command): _told(one) for one in made}


def _expected(made: list[Told]) -> dict[UUID, tuple[str, str]]:
    """Give the standing and slot of each booking, as the entries say."""
    found: dict[UUID, tuple[str, str]] = {}
    for action in ("book_visit", "change_booking", "confirm_booking", "cancel_booking"):
        for entry in (one for one in made if one.action == action):
            booking = UUID(entry.answer.get("booking") or entry.asked["booking"])
            if "slot" in entry.answer:
                found[booking] = (entry.answer["outcome"], entry.answer["slot"])
            else:
                standing = entry.answer.get("standing", "cancelled")
                found[booking] = (standing, found[booking][1])
    return found


def _told(entry: Told) -> object:
    """Give what the action answers, of what its entry holds."""
    if entry.action == "confirm_booking":
        return entry.answer["standing"]
    return None if entry.action == "cancel_booking" else entry.answer
