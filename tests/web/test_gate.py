"""The pages on which staff run a day: the day, a slot, a booking, the gate, a person, papers, closed days."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest

from locutorio.actions import clock
from locutorio.actions.create_account import Role
from locutorio.store.gate import owed_minutes
from locutorio.store.models import Establishment, Listed, Paper
from tests.databases import Store
from tests.gate.at_oak import MINUTE, SCHEDULE, TEN, Gate, at_the_gate, booked
from tests.web.seated import Seated, account

pytestmark = pytest.mark.usefixtures("quick_passwords")
DAY = "staff?on=2026-12-05"


class Wall:
    """The clock on the wall, for the pages: it stands at a moment until it is moved."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.at = TEN - 30 * MINUTE
        patch.setattr(clock, "now", lambda: self.at.astimezone(UTC))


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    return Wall(monkeypatch)


def seat(gate: Gate, role: Role = Role.GATE, lang: str = "en") -> Seated:
    """Sign an officer in."""
    account(gate.oak, f"{role} {lang}", role)
    return Seated(f"{role} {lang}", lang)


def gate_with_schedule() -> Gate:
    """Make the establishment with the schedule of its hall."""
    gate = at_the_gate()
    Establishment.objects.filter(id=gate.oak.id).update(schedule=SCHEDULE)
    return gate


def text(response: Any) -> str:
    """Give what stands on a page, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(response.content.decode())).split())


def arrive(one: Seated, booking: UUID, contact: UUID, **fields: str) -> Any:
    """Send the form of an arrival."""
    address = f"staff/booking/{booking}/contact/{contact}"
    said = {"do": "arrive", "identity": "passport", "search": "RUB", "fact:contact.search_accepted": "yes"}
    return one.post(address, {**said, **fields}, seen=address)


def test_the_day_shows_who_comes_and_what_is_left(store: Store, wall: Wall) -> None:
    """Each slot of the day with its places left, those booked by name and number, and each of their party."""
    gate = gate_with_schedule()
    booked(gate, party=("alder", "willow"))
    one = seat(gate)

    day = text(one.get(DAY))

    assert "Open visit: 9 of 10 places free." in day
    assert "Open visit: 10 of 10 places free." in day
    assert "Ash, Rowan" in day
    assert "Willow Ash" in day
    assert "10 years old" in day
    assert day.count("Expected") == 2
    assert "There are no visits" not in day


def test_a_day_without_bookings_names_the_next(store: Store, wall: Wall) -> None:
    """Free slots take a line each; where nobody is booked, the page leads to the next day with bookings."""
    gate = gate_with_schedule()
    booked(gate)
    one = seat(gate)

    shown = one.page("staff?on=2026-12-01")

    assert "Nobody is booked on this day." in shown
    assert 'href="/en/staff?on=2026-12-05"' in shown
    assert shown.count('class="slot-free"') == 2
    assert "Nobody is booked on this day." not in one.page(DAY)


def test_a_day_that_is_none(store: Store, wall: Wall) -> None:
    """What is no day shows today and says so; the days at the ends of time do not break the page."""
    gate = gate_with_schedule()
    one = seat(gate)

    assert "This is no day that can be shown" in text(one.get("staff?on=soon"))
    for last in ("1900-01-01", "2200-12-31"):
        assert one.get(f"staff?on={last}").status_code == 200


def test_an_afternoon_at_the_gate(store: Store, wall: Wall) -> None:
    """Through the pages alone: somebody arrives, the visit starts late, is cut short, and is owed."""
    gate = gate_with_schedule()
    booking = booked(gate)
    alder = gate.oak.contacts["alder"]
    one = seat(gate)
    page = f"staff/booking/{booking}"

    assert arrive(one, booking, alder).status_code == 303
    assert "Let in at 9:30 am" in text(one.get(page))
    wall.at = TEN + 10 * MINUTE
    one = Seated("gate en")
    late = one.post(f"{page}/start", {"at": "", "late_by": ""}, seen=page)
    assert late.status_code == 409
    assert "10 minutes late" in text(late)
    assert one.post(f"{page}/start", {"late_by": "establishment"}, seen=page).status_code == 303
    assert "Under way" in text(one.get(DAY))
    wall.at = TEN + 50 * MINUTE
    one = Seated("gate en")
    ended = one.post(
        f"{page}/end", {"at": "10:45", "ended_by": "establishment", "reason": "A count."}, seen=page
    )

    assert ended.headers["Location"].endswith("&did=ended")
    seen = text(one.get(page))
    assert "from 10:10 am to 10:45 am" in seen
    assert "25 minutes" in seen
    assert owed_minutes(gate.oak.id, gate.oak.people["rowan"]) == 25
    assert "The end was recorded" in seen
    assert "gate en" in seen


def test_a_double_click_is_one_arrival(store: Store, wall: Wall) -> None:
    """The same form sent twice is one command with one answer."""
    gate = gate_with_schedule()
    booking = booked(gate)
    alder = gate.oak.contacts["alder"]
    one = seat(gate)
    address = f"staff/booking/{booking}/contact/{alder}"
    said = {"do": "arrive", "identity": "passport"}
    command = "01a20000-0000-7000-8000-000000000001"

    sent = [one.post(address, said, seen=address, command=command) for _ in range(2)]

    assert [each.status_code for each in sent] == [303, 303]
    assert text(one.get(f"staff/booking/{booking}")).count("Somebody came to the gate") == 1


@pytest.mark.parametrize(
    ("lang", "law", "asks", "did"),
    [
        ("en", "The rules do not let them in today", "Refuse entry", "They were refused."),
        ("es", "Las reglas no dejan entrar hoy", "Negar la entrada", "No se dejó entrar."),
    ],
)
def test_a_refusal_on_the_page(store: Store, wall: Wall, lang: str, law: str, asks: str, did: str) -> None:
    """The law's answer is shown with its citation; the officer refuses, and the notice is there to print."""
    gate = gate_with_schedule()
    booking = booked(gate, "linden", ("laurel",))
    laurel = gate.oak.contacts["laurel"]
    Listed.objects.filter(contact=laurel).update(status="removed")
    one = seat(gate, Role.GATE, lang)
    address = f"staff/booking/{booking}/contact/{laurel}"

    answered = arrive(one, booking, laurel)
    refused = one.post(address, {"do": "refuse", "note": "No está en la lista."}, seen=address)

    assert law in text(answered)
    assert "Arcadia Custody Act, section 4(1)" in text(answered)
    assert asks in text(answered)
    shown = one.get(f"staff/booking/{booking}?did=refused")
    assert did in text(shown)
    assert refused.status_code == 303
    notices = re.findall(rf'href="/{lang}/(staff/notice/[0-9a-f-]+)"', shown.content.decode())
    assert len(notices) == 2
    assert "No se le dejó entrar." in text(one.get(notices[0])) + text(one.get(notices[1]))
    assert one.get(f"{notices[0]}.pdf").content.startswith(b"%PDF")


def test_what_follows_for_the_child_stays_on_the_page(store: Store, wall: Wall) -> None:
    """After the adult is refused, the page says that the child may not be there, and why, until it is so."""
    gate = gate_with_schedule()
    booking = booked(gate, party=("alder", "willow"))
    one = seat(gate)
    alder, willow = gate.oak.contacts["alder"], gate.oak.contacts["willow"]
    arrive(one, booking, willow)

    address = f"staff/booking/{booking}/contact/{alder}"
    one.post(address, {"do": "refuse", "ground": "4.1.list", "note": "Drunk."}, seen=address)

    page = text(one.get(f"staff/booking/{booking}"))
    assert "As things stand, these may not be in the room" in page
    assert "Arcadia Custody Act, section 4(4)" in page
    started = one.post(f"staff/booking/{booking}/start", {"late_by": ""}, seen=f"staff/booking/{booking}")
    assert started.headers["Location"].endswith("&did=not_started")


def test_too_late_at_the_gate(store: Store, wall: Wall) -> None:
    """After the last time of entry the page says that this is no refusal, and asks who lets them in."""
    gate = gate_with_schedule()
    booking = booked(gate)
    alder = gate.oak.contacts["alder"]
    one = seat(gate)
    wall.at = TEN + 40 * MINUTE
    one = Seated("gate en")

    late = arrive(one, booking, alder)
    let_in = arrive(one, booking, alder, beyond="shift supervisor")

    assert "The last time to come in was 10:30 am. The visit is permitted" in text(late)
    assert let_in.status_code == 303


def test_no_show_says_what_follows(store: Store, wall: Wall) -> None:
    """Where the schedule speaks, the page tells what would follow, and that nothing was done."""
    gate = gate_with_schedule()
    days = [TEN, TEN + timedelta(days=7), TEN + timedelta(days=14)]
    bookings = [booked(gate, starts=starts) for starts in days]
    account(gate.oak, "officer", Role.GATE)
    pages = []
    for booking, starts in zip(bookings, days, strict=True):
        wall.at = starts + 31 * MINUTE
        one = Seated("officer")
        pages.append(
            one.post(f"staff/booking/{booking}/missed", {"by": "family"}, seen=f"staff/booking/{booking}")
        )

    assert [page.status_code for page in pages] == [303, 303, 200]
    assert "Alder Ash has missed 3 visits; the rule speaks from 3 on." in text(pages[2])
    assert "18 January 2027" in text(pages[2])


def test_a_paper_that_cannot_be(store: Store, wall: Wall) -> None:
    """A form, a contact or a day that is none is said over the form; nothing is kept."""
    gate = gate_with_schedule()
    one = seat(gate, Role.VISITS)
    address = f"staff/person/{gate.oak.people['rowan']}/paper"

    for wrong in (
        {"form": "nothing"},
        {"form": "sanction", "since": "soon"},
        {"form": "order_no_visits", "contact": "x"},
    ):
        sent = one.post(address, wrong, seen=address)
        assert sent.status_code == 409
        assert "This was not done" in text(sent)
    assert not Paper.objects.exists()


def test_a_day_is_closed_and_opened(store: Store, wall: Wall) -> None:
    """A closed day shows on the day's page with its reason, and can be opened again."""
    gate = gate_with_schedule()
    booking = booked(gate)
    wall.at = datetime(2026, 11, 20, 15, tzinfo=UTC)
    one = seat(gate, Role.VISITS)

    closed = one.post(
        "staff/closed", {"on": "2026-12-05", "reason": "The hall is painted."}, seen="staff/closed"
    )
    assert closed.headers["Location"].endswith("?did=closed")
    assert "The hall is painted." in text(one.get(DAY))
    assert gate.seen(booking).standing == "withdrawn"
    shown = one.get("staff/closed").content.decode()
    lift = re.search(r'name="lift" value="([^"]+)"', shown)
    assert lift
    one.post("staff/closed", {"lift": lift[1]}, seen="staff/closed")
    assert "Nothing is closed." in text(one.get("staff/closed"))


def test_an_ombudsman_only_reads(store: Store, wall: Wall) -> None:
    """Who only reads sees the booking and no form to change it, and what they send is refused."""
    gate = gate_with_schedule()
    booking = booked(gate)
    wall.at = TEN + MINUTE
    one = seat(gate, Role.OMBUDSMAN)
    page = one.get(f"staff/booking/{booking}").content.decode()

    assert 'action="/en/staff/booking' not in page
    assert "/contact/" not in page
    sent = one.post(f"staff/booking/{booking}/missed", {"by": "family"}, seen="account")
    assert sent.status_code == 403
    assert gate.seen(booking).standing == "booked"
