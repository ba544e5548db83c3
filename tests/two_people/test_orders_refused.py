"""Forged, doubled, undated, self-contradicting orders: each gets a clear answer, and nothing is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from locutorio.actions.enter_paper import NewPaper
from locutorio.actions.new_paper import EARLIER, read_paper
from locutorio.actions.paper_checks import NotEntered
from locutorio.actions.ready_paper import ready_paper
from locutorio.kernel.faults import Fault
from locutorio.store import documents
from locutorio.store.models import Paper
from tests.databases import Store
from tests.replay.booked import founded
from tests.two_people.officers import NOW, ORDER, officers
from tests.two_people.orders import NUMBER, WHOLE, by_two, kept, order


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


def test_an_order_is_compared_with_the_file_it_came_as(store: Store) -> None:
    """What stands there needs nobody else; the file then belongs to the paper, and came once."""
    oak = founded()
    staff = officers(oak)
    what = kept(staff, order(oak, confirmed="", quote_page=None), WHOLE)
    row = staff.proposed(dict(ready_paper(staff.by("sorrel"), oak.id, what, NOW)), "enter_paper")
    shown = {line["name"]: line["value"] for line in row.lines}
    assert {shown[f"paper_{name}_compared"] for name in ("number", "office", "quote")} == {"paper_found"}
    staff.approve(row)
    paper = Paper.objects.get()
    assert [one.id for one in documents.attached(oak.id, paper=paper.id)] == [what.document]

    again = kept(staff, replace(what, number="26-118", document=None), WHOLE)
    with pytest.raises(NotEntered) as refused:
        ready_paper(staff.by("sorrel"), oak.id, again, NOW)
    assert refused.value.name == "same_file"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (WHOLE.replace(NUMBER, "26-999"), "number"),
        (WHOLE.replace("ARCADIA", "UTOPIA"), "office"),
        (WHOLE.replace("No visits", "Some visits"), "quote"),
    ],
)
def test_a_forged_order_is_not_entered_on_its_copy_alone(store: Store, text: str, name: str) -> None:
    """Another number, court or wording than in the file: somebody must ask the court, and both see what."""
    oak = founded()
    staff = officers(oak)
    what = kept(staff, order(oak, confirmed="", quote_page=None), text)
    with pytest.raises(NotEntered) as refused:
        ready_paper(staff.by("sorrel"), oak.id, what, NOW)
    assert refused.value.name == "not_as_the_file"
    asked = replace(what, confirmed="the clerk, by telephone")
    row = staff.proposed(dict(ready_paper(staff.by("sorrel"), oak.id, asked, NOW)), "enter_paper")
    shown = {line["name"]: line["value"] for line in row.lines}
    assert shown[f"paper_{name}_compared"] == "paper_missing"


def test_an_order_without_its_file_is_confirmed_by_whoever_made_it(store: Store) -> None:
    """A copy that nobody kept and nobody asked about is not enough for what binds others."""
    oak = founded()
    with pytest.raises(NotEntered) as refused:
        ready_paper(officers(oak).by("sorrel"), oak.id, order(oak, confirmed=""), NOW)
    assert refused.value.name == "unconfirmed"
