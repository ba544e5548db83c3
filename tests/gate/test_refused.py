"""A contact refused at the gate: the ground, the notice, what follows for the others, and coming back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from locutorio.actions.refuse_entry import Refusing, refuse_entry
from locutorio.kernel.faults import Fault
from locutorio.notices.pdf import pdf
from locutorio.notices.text import letter_as_text
from locutorio.store.models import Booking, Fact, Listed, Paper
from locutorio.store.notices import notice
from tests.databases import Store
from tests.gate.at_oak import MINUTE, TEN, Gate, at_the_gate, booked


def unlisted(gate: Gate, name: str) -> None:
    """Take somebody off the list of Rowan after the booking: a key is missing at the gate."""
    Listed.objects.filter(contact=gate.oak.contacts[name], person=gate.oak.people["rowan"]).update(
        status="removed"
    )


def test_a_missing_key_refuses_for_this_visit(store: Store) -> None:
    """Asked ahead it would be pending; at the gate it is refused, for this occasion, with the citation."""
    gate = at_the_gate()
    booking = booked(gate)
    unlisted(gate, "alder")

    arrived = gate.arrives(booking, "alder", TEN)
    assert (arrived.outcome, arrived.decided) == ("not_admitted", "refuse")
    assert gate.seen(booking).arrived == {}
    turned = gate.refuses(booking, "alder", TEN)

    assert (turned.outcome, turned.by_law, turned.standing) == ("refused", True, "turned_away")
    assert [ground.citation for ground in turned.grounds] == ["Arcadia Custody Act, section 4(1)"]
    assert gate.seen(booking).standing == "turned_away"


def test_the_notice_is_in_the_contacts_language(store: Store) -> None:
    """Who is refused gets a letter in their language: the ground, the route, and for this visit only."""
    gate = at_the_gate()
    booking = booked(gate, "linden", ("laurel",))
    Listed.objects.filter(contact=gate.oak.contacts["laurel"]).update(status="removed")

    turned = gate.refuses(booking, "laurel", TEN, note="No figura en la lista.")
    to_contact, to_person = (notice(gate.oak.id, one) for one in turned.notices)

    assert (to_contact.contact, to_contact.language, to_contact.kind) == (
        gate.oak.contacts["laurel"],
        "es",
        "refused_at_gate",
    )
    text = letter_as_text(to_contact.letter)
    assert "No se le dejó entrar." in text
    assert "Vale solo para esta visita." in " ".join(text.split())
    assert "Arcadia Custody Act, section 4(1)" in text
    assert "No figura en la lista." in text
    assert any(section.name == "contest" for section in to_contact.letter.sections)
    assert pdf(to_contact.letter, "es").startswith(b"%PDF")
    assert to_person.person == gate.oak.people["linden"]
    assert "No figura en la lista." not in letter_as_text(to_person.letter)


def test_a_paper_about_the_person_is_not_told_to_the_contact(store: Store) -> None:
    """An order that landed after the booking refuses; the contact gets citation and route, no contents."""
    gate = at_the_gate()
    booking = booked(gate)
    Paper.objects.create(
        id=gate.sent(TEN).id,
        establishment_id=gate.oak.id,
        person_id=gate.oak.people["rowan"],
        form="order_no_visits",
        facts={"decider": "court", "signed_on": "2026-12-01", "names_contact": "no", "later_order": "no"},
        since=date(2026, 12, 1),
        known_at=TEN,
        source="a source that stays here",
    )

    turned = gate.refuses(booking, "alder", TEN)
    to_contact, to_person = (letter_as_text(notice(gate.oak.id, one).letter) for one in turned.notices)

    assert turned.by_law
    assert "a source that stays here" not in to_contact
    assert turned.grounds[0].citation in to_contact
    assert turned.grounds[0].citation in to_person


def test_an_officers_own_ground_is_marked(store: Store) -> None:
    """Where the law would let somebody in, the officer names a provision and says why; the notice tells."""
    gate = at_the_gate()
    booking = booked(gate)

    with pytest.raises(Fault, match="no ground was given"):
        gate.refuses(booking, "alder", TEN)
    with pytest.raises(Fault, match="is no ground of this law"):
        gate.refuses(booking, "alder", TEN, ground="4.1.lists")
    with pytest.raises(Fault, match="says what happened"):
        gate.refuses(booking, "alder", TEN, ground="4.1.list")
    turned = gate.refuses(
        booking, "alder", TEN, ground="4.1.list", note="Another name stood in the passport."
    )

    letter = notice(gate.oak.id, turned.notices[0]).letter
    assert (turned.by_law, turned.grounds[0].citation) == (False, "Arcadia Custody Act, section 4(1)")
    text = " ".join(letter_as_text(letter).split())
    assert "The officer at the entrance gives the ground below." in text
    assert "Another name stood in the passport." in text
    assert any(section.name == "contest" for section in letter.sections)


def test_nobody_is_refused_for_what_was_not_asked(store: Store) -> None:
    """While the law's answer hangs on a fact that nobody has said, it is no ground; the fact is named."""
    gate = at_the_gate()
    booking = booked(gate)
    Fact.objects.create(
        id=gate.sent(TEN).id,
        establishment_id=gate.oak.id,
        contact_id=gate.oak.contacts["alder"],
        path="arcadia.worked_here",
        value="unknown",
        known_at=TEN - timedelta(days=1),
    )

    arrived = gate.arrives(booking, "alder", TEN)
    with pytest.raises(Fault, match="no answer yet"):
        gate.refuses(booking, "alder", TEN)

    assert (arrived.outcome, arrived.decided) == ("not_admitted", "pending")
    assert gate.seen(booking).arrived == {}


def test_what_follows_for_a_child(store: Store) -> None:
    """Refusing the adult shows that the child may not go in alone, and why; nobody refuses the child."""
    gate = at_the_gate()
    booking = booked(gate, party=("alder", "willow"))
    gate.arrives(booking, "willow", TEN)

    turned = gate.refuses(booking, "alder", TEN, ground="4.1.list", note="They were drunk.")

    assert [one.contact for one in turned.follows] == [gate.oak.contacts["willow"]]
    assert turned.follows[0].grounds[0].citation == "Arcadia Custody Act, section 4(4)"
    assert turned.standing == "booked"
    assert gate.seen(booking).arrived[gate.oak.contacts["willow"]].outcome == "admitted"
    after = gate.refuses(booking, "willow", TEN)
    assert (after.by_law, after.standing) == (True, "turned_away")


def test_coming_back_with_what_was_missing(store: Store) -> None:
    """Who may return keeps the booking, and is let in once the law permits; the letter says until when."""
    gate = at_the_gate()
    booking = booked(gate)
    unlisted(gate, "alder")
    turned = gate.refuses(booking, "alder", TEN, may_return=True)
    Listed.objects.filter(contact=gate.oak.contacts["alder"]).update(status="approved")

    back = gate.arrives(booking, "alder", TEN + 10 * MINUTE)

    assert turned.standing == "booked"
    assert "until 11:00" in " ".join(letter_as_text(notice(gate.oak.id, turned.notices[0]).letter).split())
    assert back.outcome == "admitted"
    assert gate.starts(booking, TEN + 10 * MINUTE, "family").outcome == "started"


def test_coming_back_with_what_was_missing_and_refused_for_something_else(store: Store) -> None:
    """Who may return and is refused on another ground then is told that one in writing; the visit ends."""
    gate = at_the_gate()
    booking = booked(gate)
    unlisted(gate, "alder")
    first = gate.refuses(booking, "alder", TEN - 20 * MINUTE, identity="none", may_return=True)
    again = gate.refuses(booking, "alder", TEN - 19 * MINUTE, identity="none", may_return=True)
    last = gate.refuses(booking, "alder", TEN - 5 * MINUTE, identity="passport")

    assert [one.outcome for one in (first, again, last)] == ["refused", "already", "refused"]
    assert [len(one.notices) for one in (first, again, last)] == [2, 0, 2]
    assert (first.standing, last.standing) == ("booked", "turned_away")


def test_refused_twice_is_one_refusal(store: Store) -> None:
    """Two officers who refuse the same contact write one notice each side, not two."""
    gate = at_the_gate()
    booking = booked(gate, party=("alder", "holly"))
    what = Refusing(booking, gate.oak.contacts["alder"], ground="4.1.list", note="No.")
    sent = gate.sent(TEN)

    first, again = refuse_entry(what, sent), refuse_entry(what, sent)
    other = gate.refuses(booking, "alder", TEN + MINUTE, ground="4.1.list", note="No.")

    assert first == again
    assert (other.outcome, other.notices) == ("already", ())


def test_sent_out_of_the_room(store: Store) -> None:
    """Somebody let in can still be sent out during the visit; the booking is not turned away by it."""
    gate = at_the_gate()
    booking = booked(gate)
    gate.arrives(booking, "alder", TEN)
    gate.starts(booking, TEN)

    turned = gate.refuses(booking, "alder", TEN + 9 * MINUTE, ground="4.1.list", note="A knife was found.")

    assert turned.standing == "booked"
    assert gate.ends(booking, TEN + 10 * MINUTE, "family", "a knife was found").outcome == "happened"


def test_a_booking_cancelled_meanwhile(store: Store) -> None:
    """A refusal needs a booking that stands."""
    gate = at_the_gate()
    booking = booked(gate)
    Booking.objects.filter(id=booking).update(standing="cancelled", ended_by="family")

    with pytest.raises(Fault, match="this booking is cancelled"):
        gate.refuses(booking, "alder", TEN)
