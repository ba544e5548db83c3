"""A family's pages: asking, the answer, the place, its loss, and what is theirs to see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest

from locutorio.actions import clock
from locutorio.actions.book_visit import VisitBooking, book_visit
from locutorio.actions.demo.opening import PASSWORD
from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.actions.slots_shown import slots_shown
from locutorio.store.knowledge import PartyMember
from locutorio.store.models import Booking, Entry, Establishment, Listed, Notice, Person, Place, Request
from locutorio.store.transaction import Sent
from locutorio.web.words import words
from tests.web.opened import demo
from tests.web.seated import COMMAND, Seated

SLOT = re.compile(r'name="slot" value="([^"]+)"')
WITH = re.compile(r'name="with" value="([^"]+)"')


@dataclass
class Family:
    """A family at its browser, and whom it visits."""

    at: Seated
    lang: str
    person: Person
    address: str
    contacts: list[str]

    def times(self, *contacts: str, days: int = 0) -> str:
        """Open the times for some of the family, beginning some days from today."""
        first = (clock.now() + timedelta(days=days)).date().isoformat()
        chosen = "&".join(f"with={one}" for one in contacts or self.contacts)
        return self.at.page(f"{self.address}?{chosen}&from={first}")

    def ask(self, slot: str, *contacts: str, command: str | None = None) -> str:
        """Ask for a time; give the address that it leads to, below the language."""
        fields = {"with": list(contacts or self.contacts), "slot": slot}
        response = self.at.post(self.address, fields, command=command)
        assert response.status_code == 303, unescape(response.content.decode())[-1500:]
        return str(response.headers["Location"])[4:]

    def sent(self) -> Sent:
        """Give what a change made elsewhere is sent with."""
        return Sent(uuid4(), self.person.establishment_id, clock.now())


def family(name: str, lang: str, number: str) -> Family:
    """Sign a family of the demo in."""
    seated = Seated(lang=lang)
    assert seated.sign_in(name, PASSWORD).headers["Location"] == f"/{lang}/visits"
    found = re.search(rf'href="/{lang}/(visits/ask/[^"]+)"', seated.page("visits"))
    assert found
    contacts = WITH.findall(seated.page(found[1]))
    return Family(seated, lang, Person.objects.get(number=number), found[1], contacts)


@pytest.fixture(params=[("juniper", "en", "26-04901"), ("azucena", "es", "26-04902")], ids=["en", "es"])
def own(request: pytest.FixtureRequest) -> Iterator[Family]:
    """Give each of the families of the demo."""
    with demo():
        yield family(*request.param)


@pytest.fixture
def english() -> Iterator[Family]:
    """Give the family that reads English."""
    with demo():
        yield family("juniper", "en", "26-04901")


def slots(own: Family, days: int = 3) -> list[str]:
    """Give the times that can be had some days from now."""
    return SLOT.findall(own.times(days=days))


def test_a_family_books_changes_and_cancels(own: Family) -> None:
    """A time that is asked for is kept, then booked, moved without being lost, and given up."""
    says = words(own.lang)
    first, second = slots(own)[:2]
    page = own.ask(first)
    assert says["standing_held"] in own.at.page(page)
    done = own.at.post(f"{page}/confirm", {}).headers["Location"][4:]
    assert says["done_confirmed"] in own.at.page(done)
    booking = Booking.objects.get(person=own.person)
    assert (booking.standing, booking.slot.key) == ("booked", first)

    own.at.post(f"{page}/change", {"slot": second})
    moved = Booking.objects.get(person=own.person)
    assert (moved.id, moved.slot.key, moved.standing) == (booking.id, second, "booked")
    assert moved.decided_at == booking.decided_at

    assert says["cancel_what"] in own.at.page(f"{page}/cancel")
    assert Booking.objects.get(person=own.person).standing == "booked"
    own.at.post(f"{page}/cancel", {"why": "ill"})
    ended = Booking.objects.get(person=own.person)
    assert (ended.standing, ended.ended_by, ended.ground) == ("cancelled", "contact", "ill")
    assert says["standing_cancelled"] in own.at.page("visits")


def test_a_second_press_books_once(english: Family) -> None:
    """The same form sent twice, or again after a reload, makes one request and takes one place."""
    slot, command = slots(english)[0], str(uuid4())
    first = english.ask(slot, command=command)
    again = english.ask(slot, command=command)

    assert first == again
    assert Request.objects.filter(person=english.person).count() == 1
    assert Place.objects.filter(booking__person=english.person).count() == 1


def test_every_form_of_a_page_is_a_change_of_its_own(english: Family) -> None:
    """No two forms of one page share the identifier of their change."""
    commands = COMMAND.findall(english.times(days=3))

    assert len(commands) > 2
    assert len(set(commands)) == len(commands)


def test_an_answer_that_permits_nothing_is_told_with_its_reasons(own: Family) -> None:
    """A child alone is refused by the rules of the house: why, how to contest it, and no place taken."""
    child = own.contacts[-1]
    page = own.at.page(own.ask(slots(own)[0], child))
    says = words(own.lang)

    assert says["outcome_refuse"] in page
    assert says["request_next_refuse"] in page
    assert "memo 2026-03" in page
    assert "part--contest" in page
    assert not Booking.objects.filter(person=own.person).exists()


def test_the_last_place_that_was_just_taken_is_no_refusal(own: Family) -> None:
    """Whoever is a moment late is told that the visit is permitted, which time is next, and may wait."""
    says = words(own.lang)
    shown = own.times(days=3)
    slot = next(key for key in SLOT.findall(shown) if key.startswith("booths"))
    fill(own, slot)
    page = own.at.page(own.ask(slot))

    assert says["gone_title"] in page
    assert says["wait_go"] in page
    assert says["gone_next"].split("{")[0] in page
    assert says["outcome_refuse"] not in page
    request = Request.objects.get(person=own.person)
    assert request.outcome == "permit"
    day = slot.partition("@")[2][:10]
    own.at.post(f"visits/request/{request.id}/wait", {"first": day, "last": day})
    assert not Booking.objects.filter(person=own.person, standing="withdrawn").exists()


def fill(own: Family, slot: str) -> None:
    """Let others take every place of a slot."""
    establishment = Establishment.objects.get()
    on = clock.now().date().fromisoformat(slot.partition("@")[2][:10])
    for place in (
        Listed.objects.filter(status="approved").exclude(relation="child").exclude(person=own.person)
    ):
        party = (PartyMember(place.contact_id),)
        found = slots_shown(
            establishment.id, place.person_id, party, on, on, asked_at=clock.now(), by="staff"
        )
        mine = next(one for one in found if one.key == slot)
        if mine.left == 0:
            return
        if mine.hindrances:
            continue
        asked = request_visit(VisitRequest(place.person_id, party, on, way="telephone"), own.sent())
        if asked.outcome == "permit":
            book_visit(VisitBooking(asked.request, slot, by="staff"), own.sent())
    raise AssertionError("nobody is left to fill it")


def test_a_withdrawn_visit_is_told_and_read(own: Family) -> None:
    """An order that lands withdraws the visit; its notice is unread until it is said to be read."""
    says = words(own.lang)
    page = own.ask(slots(own)[0])
    own.at.post(f"{page}/confirm", {})
    today = (clock.now() - timedelta(days=1)).date()  # a day that has begun here, whatever the hour
    facts = {"decider": "court", "signed_on": today.isoformat(), "covers_visits": "yes", "later_order": "no"}
    mother = Listed.objects.get(person=own.person, relation="spouse").contact_id
    enter_paper(
        NewPaper(own.person.id, "court_no_contact", contact=mother, facts=facts, since=today), own.sent()
    )

    shown = own.at.page("visits")
    assert says["notices_unread"] in shown
    assert says["standing_withdrawn"] in shown
    notice = re.search(rf'href="/{own.lang}/(visits/notice/[^"]+)"', shown)
    assert notice
    told = own.at.page(notice[1])
    assert "part--contest" in told
    assert own.at.get(f"{notice[1]}.pdf").content.startswith(b"%PDF")
    own.at.post(notice[1], {})
    read_at = Notice.objects.get(id=notice[1].rpartition("/")[2]).read_at
    own.at.post(notice[1], {})
    assert Notice.objects.get(id=notice[1].rpartition("/")[2]).read_at == read_at is not None
    assert says["notice_mark_read"] not in own.at.page(notice[1])


def test_a_family_sees_nothing_of_another(english: Family) -> None:
    """Another family's requests, notices and people are no page, and none of their names stands on any."""
    other = family("azucena", "es", "26-04902")
    theirs = other.ask(SLOT.findall(other.times(days=3))[0])
    today = clock.now().date()
    enter_paper(NewPaper(other.person.id, "sanction", facts={}, since=today), other.sent())
    notices = Notice.objects.filter(contact__surname="Vallesereno")

    for address in (theirs, f"{theirs}/cancel", f"{theirs}/change", f"{theirs}/time", other.address):
        assert english.at.get(address).status_code == 404
    for address in ("confirm", "cancel", "change", "time", "wait"):
        assert english.at.post(f"{theirs}/{address}", {"slot": "x@2026-11-30T09:00"}).status_code == 404
    for notice in notices:
        assert english.at.get(f"visits/notice/{notice.id}").status_code == 404
        assert english.at.get(f"visits/notice/{notice.id}.pdf").status_code == 404
    assert Booking.objects.get(person=other.person).standing == "held"

    names = {one.surname for one in Person.objects.exclude(surname="Thistlecroft")}
    shown = english.at.page("visits") + english.times(days=1) + english.at.page("visits/notices")
    assert [name for name in names if name in shown] == []


def test_somebody_who_is_not_of_the_family_cannot_be_named(english: Family) -> None:
    """A contact of another family that is put into the form is left out of the party."""
    stranger = str(Listed.objects.exclude(person=english.person)[0].contact_id)
    slot = slots(english)[0]
    english.ask(slot, english.contacts[0], stranger)
    made = Request.objects.get(person=english.person)

    assert [str(one.contact_id) for one in made.members.all()] == [english.contacts[0]]
    refused = english.at.post(english.address, {"with": [stranger], "slot": slot})
    assert words("en")["ask_nobody"] in unescape(refused.content.decode())


@pytest.mark.parametrize(
    "fields",
    [{"slot": ""}, {"slot": "nothing"}, {"slot": "any@2026-13-45T99:99"}, {"slot": "any@2026-11-30T09:00"}],
)
def test_a_time_that_is_none_changes_nothing(english: Family, fields: dict[str, str]) -> None:
    """A time that the schedule does not have gets a page in plain words, and no place is taken."""
    entries = Booking.objects.count()
    response = english.at.post(english.address, {"with": english.contacts, **fields})

    assert response.status_code in (303, 400, 409)
    assert "Traceback" not in response.content.decode()
    assert Booking.objects.count() == entries


def test_a_change_without_its_identifier_is_not_made(english: Family) -> None:
    """A form that lost the identifier of its change is refused, and nothing is written."""
    before = Entry.objects.count()
    response = english.at.post(
        english.address, {"with": english.contacts, "slot": slots(english)[0]}, command="none"
    )

    assert response.status_code == 400
    assert Entry.objects.count() == before


def test_a_person_in_custody_sees_their_own_visits(english: Family) -> None:
    """The person sees who comes, when, and what became of it, and no one else's visits."""
    english.ask(slots(english)[0])
    own = Seated()
    assert own.sign_in("heath", PASSWORD).headers["Location"] == "/en/own"
    shown = own.page("own")
    assert "Juniper Thistlecroft" in shown
    address = re.search(r'href="/en/(own/visit/[^"]+)"', shown)
    assert address
    assert words("en")["standing_held"] in own.page(address[1])
    other = Request.objects.exclude(person=english.person)[0]
    assert own.get(f"own/visit/{other.id}").status_code == 404


def test_staff_ask_for_somebody_who_calls(english: Family) -> None:
    """An officer finds the person, enters who called and how, and books by the window that staff have."""
    officer = Seated()
    officer.sign_in("visits officer", PASSWORD)
    found = officer.page("staff/people?word=Thistlecroft")
    address = re.search(r'href="/en/(staff/ask/[^"]+)"', found)
    assert address
    page = officer.page(f"{address[1]}&with={english.contacts[0]}&way=telephone&note=Juniper+called")
    slot = SLOT.findall(page)[0]
    fields = {"with": english.contacts[:1], "slot": slot, "way": "telephone", "note": "Juniper called"}
    leads = officer.post(address[1], fields).headers["Location"][4:]
    made = Request.objects.get(person=english.person)
    assert (made.way, made.note) == ("telephone", "Juniper called")
    assert words("en")["standing_held"] in officer.page(leads)

    unsaid = officer.post(f"{leads}/cancel", {"by": "establishment", "why": ""})
    assert words("en")["cancel_unsaid"] in unescape(unsaid.content.decode())
    officer.post(f"{leads}/cancel", {"by": "person", "why": "asked at the unit"})
    assert Booking.objects.get(person=english.person).ended_by == "person"
