"""An order is entered by two people: what is booked follows, each is told, and its receipt proves it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from locutorio.actions.enter_event import enter_event
from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.actions.keep_log import keep_log
from locutorio.actions.new_paper import EARLIER, read_paper
from locutorio.actions.paper_checks import NotEntered
from locutorio.actions.prove import prove_paper, receipt_of_paper, whom_to_believe
from locutorio.actions.ready_paper import ready_paper
from locutorio.actions.two_people import NotByTwo
from locutorio.kernel.faults import Fault
from locutorio.notices.text import letter_as_text
from locutorio.store import notices
from locutorio.store.actor import PROGRAM
from locutorio.store.log.reading import content_of
from locutorio.store.models import Entry, Paper
from tests.databases import Store
from tests.establishment import Oak
from tests.log.bare import verify_proof
from tests.replay.booked import booked, everything, founded
from tests.two_people.officers import NOW, ORDER, SOON, Officers, officers

COURT, NUMBER = "Court of Arcadia", "26-117"


def order(oak: Oak, contact: str | None = "laurel", person: str = "linden", **more: object) -> NewPaper:
    """Give an order of a court as an officer fills it in."""
    what = NewPaper(
        oak.people[person],
        "order_no_visits",
        oak.contacts[contact] if contact else None,
        ORDER,
        since=NOW.date(),
        number=NUMBER,
        office=COURT,
        quote="No visits shall take place.",
        quote_page=2,
    )
    return replace(what, **more)  # type: ignore[arg-type]


def by_two(staff: Officers, what: NewPaper, step: str = "") -> Paper:
    """Let one officer propose a paper as its page does, and another approve it; give it."""
    ready = ready_paper(staff.by("sorrel"), staff.oak.id, what, NOW)
    staff.approve(staff.proposed(dict(ready), "enter_paper", step=step), step=f"approves{step}")
    return Paper.objects.get(number=what.number, form=what.form, contact=what.contact, known_at=SOON)


def told(oak: Oak, name: str, kind: str = "paper") -> str:
    """Give all notices of a kind that somebody was sent, as text."""
    found = (
        notices.notices_of(oak.id, person=oak.people[name])
        if name in oak.people
        else notices.notices_of(oak.id, contacts=[oak.contacts[name]])
    )
    return "\n".join(letter_as_text(one.letter, 10_000) for one in found if one.kind == kind)


def test_an_order_takes_effect_when_the_second_person_approves(store: Store) -> None:
    """Alone nobody enters it; approved, it withdraws what it reaches, and each is told in their language."""
    oak = founded()
    staff = officers(oak)
    visit, other = booked(oak, "linden", "laurel"), booked(oak, "rowan", "alder")
    untouched = everything(other)
    with pytest.raises(NotByTwo, match="two people"):
        enter_paper(order(oak), staff.sent("sorrel", "alone"))
    assert visit.standing == "booked"

    paper = by_two(staff, order(oak))

    assert (visit.standing, visit.row.ended_by) == ("withdrawn", "law")
    assert everything(other) == untouched
    entry = Entry.objects.get(action="approve_proposal")
    content = content_of(oak.id, entry.id)
    assert content is not None
    both = content["noted"]["two_people"]
    assert both["proposed_by"]["holder"] != both["approved_by"]["holder"]
    assert content["answer"]["done"]["paper"] == str(paper.id)
    for name in ("linden", "laurel"):
        letter = told(oak, name)
        assert "Arcadia Custody Act" in letter
        assert COURT in letter
        assert NUMBER in letter
        assert "Cómo impugnarlo" in letter
        assert "Se pidió" not in letter
    assert "la jueza o el juez de visitas" in told(oak, "linden")
    assert "noviembre de 2026" in told(oak, "linden")
    assert told(oak, "myrtle") == ""
    assert visit.told("laurel")


def test_each_contact_whom_an_order_about_everybody_affects_is_told_without_the_order(store: Store) -> None:
    """Whoever is on the list learns what they may do now; the order's number and words stay the person's."""
    oak = founded()
    by_two(officers(oak), order(oak, contact=None))

    assert NUMBER in told(oak, "linden")
    for contact in ("laurel", "myrtle"):
        letter = told(oak, contact)
        assert "Arcadia Custody Act, section 7(1)" in letter
        assert NUMBER not in letter
        assert COURT not in letter
    assert told(oak, "alder") == ""


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("undated", {"facts": {"decider": "court", "later_order": "no"}}),
        ("undated", {"facts": {**ORDER, "signed_on": "unknown"}}),
        ("unnumbered", {"number": ""}),
        ("unnumbered", {"office": ""}),
        ("signed_later", {"facts": {**ORDER, "signed_on": "2026-12-24"}}),
        ("backwards", {"until": NOW.date()}),
        ("over_when_signed", {"since": None, "until": date(2026, 11, 1)}),
        ("earlier", {"earlier_how": "supersedes"}),
    ],
)
def test_an_order_that_cannot_be_is_told_why_and_nothing_is_kept(
    store: Store, name: str, more: dict[str, object]
) -> None:
    """Undated, without a number, from the future, ending before it begins: each has its own clear answer."""
    oak = founded()
    staff = officers(oak)
    with pytest.raises(NotEntered) as refused:
        ready_paper(staff.by("sorrel"), oak.id, replace(order(oak), **more), NOW)  # type: ignore[arg-type]
    assert refused.value.name == name
    assert refused.value.remedy
    assert not Paper.objects.exists()


@pytest.mark.parametrize(
    ("form", "facts"),
    [
        ("special_measure", {"signed_on": "2026-11-01", "visits_rule": "none", "visits_per_month": "2"}),
        ("special_measure", {"signed_on": "2026-11-01", "calls_rule": "not_limited", "calls_per_month": "1"}),
        ("special_measure", {"signed_on": "2026-11-01", "persons_rule": "named"}),
    ],
)
def test_a_measure_that_says_two_things_is_not_entered(
    store: Store, form: str, facts: dict[str, str]
) -> None:
    """Both things that a paper says are named; the program chooses neither."""
    oak = founded(law="us-federal")
    staff = officers(oak)
    with pytest.raises(NotEntered) as refused:
        ready_paper(staff.by("sorrel"), oak.id, order(oak, contact=None, form=form, facts=facts), NOW)
    assert refused.value.name == "against_itself"
    assert set(refused.value.values) == {"first", "second"}


def test_an_order_that_covers_nothing_is_not_entered(store: Store) -> None:
    """An order of which every kind of contact is answered with no bears on nothing, and says so."""
    oak = founded(law="us-federal")
    facts = {"signed_on": "2026-11-01", "covers_visits": "no", "covers_calls": "no", "covers_letters": "no"}
    what = order(oak, form="court_order_no_contact", facts=facts)
    with pytest.raises(NotEntered) as refused:
        ready_paper(officers(oak).by("sorrel"), oak.id, what, NOW)
    assert refused.value.name == "covers_nothing"


def test_a_duplicate_is_found_and_one_that_says_otherwise_too(store: Store) -> None:
    """The same number and court, however they are written, is the same order; other words must supersede."""
    oak = founded()
    staff = officers(oak)
    first = by_two(staff, order(oak))
    for what, name in (
        (order(oak, number=" 26\u2013117", office="COURT OF  ARCADIA"), "duplicate"),
        (order(oak, until=date(2027, 1, 1)), "differs"),
    ):
        with pytest.raises(NotEntered) as refused:
            ready_paper(staff.by("sorrel"), oak.id, what, NOW)
        assert refused.value.name == name
    amended = order(oak, until=date(2027, 1, 1), earlier=first.id, earlier_how="supersedes")
    assert ready_paper(staff.by("sorrel"), oak.id, amended, NOW)


def test_two_who_enter_one_order_at_once_enter_it_once(store: Store) -> None:
    """Of two proposals of one order the first that is approved enters it; the other is told that it holds."""
    oak = founded()
    staff = officers(oak)
    ready = dict(ready_paper(staff.by("sorrel"), oak.id, order(oak), NOW))
    one, other = (staff.proposed(ready, "enter_paper", step=step) for step in ("first", "second"))
    staff.approve(one)
    with pytest.raises(NotEntered, match="was entered on"):
        staff.approve(other)
    assert Paper.objects.count() == 1


@pytest.mark.parametrize("how", ["supersedes", "vacates"])
def test_a_later_order_ends_the_one_that_it_supersedes_or_vacates(store: Store, how: str) -> None:
    """From its first day the later one holds in its place; both say so, and what was known before stays."""
    oak = founded()
    staff = officers(oak)
    first = by_two(staff, order(oak, contact=None))
    narrower = order(
        oak, contact="myrtle", number="26-201", earlier=first.id, earlier_how=how, since=NOW.date()
    )
    by_two(staff, narrower, " again")

    first.refresh_from_db()
    assert (first.ended_on, first.ended_how) == (NOW.date(), f"{how.removesuffix('s')}d")
    assert booked(oak, "linden", "laurel", at=SOON + timedelta(hours=1)).standing == "booked"
    assert "26-201" in told(oak, "myrtle")
    with pytest.raises(NotEntered) as refused:
        ready_paper(staff.by("sorrel"), oak.id, replace(narrower, number="26-202"), NOW)
    assert refused.value.name == "earlier_ended"


def test_an_extension_says_on_what_it_rests(store: Store) -> None:
    """A paper is made longer by one of its form that quotes its reasons; both hold."""
    oak = founded()
    staff = officers(oak)
    first = by_two(staff, order(oak, until=date(2026, 12, 1)))
    longer = order(oak, number="26-300", since=date(2026, 12, 1), earlier=first.id, earlier_how="extends")
    for wrong, name in (
        (replace(longer, quote=""), "extension_unproved"),
        (replace(longer, form="sanction", contact=None, facts={}), "extends_another"),
    ):
        with pytest.raises(NotEntered) as refused:
            ready_paper(staff.by("sorrel"), oak.id, wrong, NOW)
        assert refused.value.name == name
    by_two(staff, longer, " again")
    first.refresh_from_db()
    assert first.ended_on is None


def test_an_order_that_waits_for_an_event_changes_nothing_until_it_is_entered(store: Store) -> None:
    """It is kept and told; two people enter that the event came; then it reaches what is booked."""
    oak = founded()
    staff = officers(oak)
    visit = booked(oak, "linden", "laurel")
    paper = by_two(staff, order(oak, awaits="the court of appeal affirms it"))
    assert visit.standing == "booked"
    assert "the court of appeal affirms it" in told(oak, "linden")
    assert told(oak, "laurel") == ""
    with pytest.raises(NotByTwo):
        enter_event(paper.id, NOW.date(), staff.sent("sorrel", "alone"))

    event = {"paper": str(paper.id), "on": NOW.date().isoformat()}
    staff.approve(staff.proposed(event, "enter_event"))

    assert visit.standing == "withdrawn"
    assert NUMBER in told(oak, "laurel")
    with pytest.raises(Fault, match="waits for no event"):
        enter_event(paper.id, NOW.date() - timedelta(days=1), oak.sent("another day", SOON))


def test_an_event_still_to_come_is_not_entered(store: Store) -> None:
    """An event is entered when it came: of a day to come nobody knows it."""
    oak = founded()
    paper = by_two(officers(oak), order(oak, awaits="the trial is over"))
    with pytest.raises(Fault, match="still to come"):
        enter_event(paper.id, NOW.date() + timedelta(days=30), oak.sent("early", SOON))
    assert Paper.objects.get().came_on is None


def test_the_receipt_of_an_order_verifies_on_a_machine_without_the_program(
    store: Store, tmp_path: Path
) -> None:
    """Entry, proof, content and key of the paper hold by the file of the verifier; changed they do not."""
    oak = founded()
    paper = by_two(officers(oak), order(oak))
    waiting = receipt_of_paper(PROGRAM, oak.id, paper.id)
    assert waiting is None or waiting.index is None
    keep_log(PROGRAM, oak.id, SOON)

    receipt = receipt_of_paper(PROGRAM, oak.id, paper.id)
    assert receipt is not None
    assert receipt.proved
    for name, data in prove_paper(PROGRAM, oak.id, paper.id).items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "policy").write_text(whom_to_believe(PROGRAM, oak.id).text())
    files = [tmp_path / f"paper.{ending}" for ending in ("tlog-proof", "json", "sealed", "key")]
    checked = verify_proof(tmp_path / "policy", *files[:2], "--content", *files[2:])
    assert checked.returncode == 0, checked.stdout
    assert NUMBER in checked.stdout
    files[1].write_bytes(files[1].read_bytes().replace(b"approve_proposal", b"refuse_proposal!"))
    assert verify_proof(tmp_path / "policy", *files[:2]).returncode != 0


def test_a_paper_stands_in_a_proposal_as_it_was_filled_in(store: Store) -> None:
    """What a proposal holds gives the same paper back, with every field."""
    oak = founded()
    whole = order(
        oak,
        until=date(2027, 1, 1),
        source="file 7",
        confirmed="the clerk, by telephone",
        earlier=oak.id,
        earlier_how=EARLIER[0],
        awaits="an event",
    )
    assert read_paper(whole.arguments) == whole
    assert read_paper(NewPaper(oak.people["rowan"], "sanction").arguments) == NewPaper(
        oak.people["rowan"], "sanction"
    )
    for wrong in ({"facts": "["}, {"facts": json.dumps({"a": 1})}, {"quote_page": "x"}, {"quote_page": "0"}):
        with pytest.raises(Fault):
            read_paper({**whole.arguments, **wrong})
