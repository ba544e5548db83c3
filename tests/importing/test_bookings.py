"""Booked visits and orders, in a jail that goes by its own rules and a schedule: places are really taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from locutorio.actions import shelf
from locutorio.actions.house_rules import adopt, read_rules
from locutorio.actions.importing.taking import Taken, take, tried
from locutorio.actions.importing.taking_in import job
from locutorio.store.bookings import bookings_for
from locutorio.store.imported import papers_here
from locutorio.store.models import Place, Visit
from locutorio.store.people import contact_of, person_of
from locutorio.store.transaction import Sent
from tests.architecture.source import ROOT
from tests.databases import Store
from tests.establishment import Oak, founded
from tests.importing.files import good, read_rows

AT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
SCHEDULE = (ROOT / "examples/schedules/oak-county.yaml").read_text("utf-8")
PERSON = {"unit": "N-1-007", "custody_level": ""}
VISIT = {"start": "2026-12-05 13:00", "end": "2026-12-05 14:00", "room": "Visiting hall"}


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the adopted rules of an invented jail."""
    folder = tmp_path_factory.mktemp("rules")
    form = ROOT / "examples/house/oak-county.yaml"
    adopt(read_rules(form.read_bytes(), form.name), folder)
    return folder


@pytest.fixture
def oak(store: Store, rules: Path, monkeypatch: pytest.MonkeyPatch) -> Oak:
    """The jail, with one person and one contact from files."""
    monkeypatch.setattr(shelf, "_known", [rules])
    made = founded(SCHEDULE, law="house-oak")
    assert took(made, "people", [good("people", **PERSON)]).new == 1
    rows = [good("contacts"), good("contacts", visitor_no="V101", first_name="Jane", last_name="Roe")]
    assert took(made, "contacts", rows).new == 2
    return made


def took(oak: Oak, kind: str, rows: Sequence[Mapping[str, str]], *, dry_run: bool = False) -> Taken:
    """Take rows as a file."""
    one, sent = job(read_rows(kind, rows)), Sent(uuid4(), oak.id, AT)
    return tried([one], sent)[0] if dry_run else take(one, sent)


def keys(taken: Taken, at: int = 0) -> set[str]:
    """Give the sentences said of a row."""
    return {remark.key for remark in taken.reading.rows[at].remarks}


def standing(oak: Oak) -> list[str]:
    """Give what became of the bookings of the person, the latest visit first."""
    person = person_of(oak.id, "12345-678")
    assert person is not None
    return [one.standing for one in bookings_for(oak.id, person.id)]


def test_a_visit_to_come_takes_its_place(oak: Oak) -> None:
    """A booked visit is decided, takes a place, and is the same when the file is read again."""
    rows = [good("bookings", **VISIT)]

    assert took(oak, "bookings", rows).new == 1
    assert took(oak, "bookings", rows).same == 1
    assert standing(oak) == ["booked"]
    assert Place.objects.count() == 1


def test_a_dry_run_takes_no_place(oak: Oak) -> None:
    """A dry run of bookings says what would be, and leaves every place free."""
    assert took(oak, "bookings", [good("bookings", **VISIT)], dry_run=True).new == 1
    assert (standing(oak), Place.objects.count()) == ([], 0)


def test_names_in_one_cell(oak: Oak) -> None:
    """Names parted by commas are found on the person's list, whichever way round they are written."""
    taken = took(oak, "bookings", [good("bookings", **VISIT, visitor_nos="Jane Roe, Alma De la Cruz")])

    assert taken.new == 1
    person = person_of(oak.id, "12345-678")
    assert person is not None
    expected = {one.id for one in (contact_of(oak.id, "V100"), contact_of(oak.id, "V101")) if one}
    assert set(bookings_for(oak.id, person.id)[0].contacts) == expected


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"room": "Booth 4"}, "refused.no_slot_room"),
        ({"start": "2026-12-05 13:05"}, "refused.no_slot"),
        ({"visitor_nos": "V999"}, "refused.party_unknown"),
        ({"visitor_nos": "Jane Doe"}, "refused.party_unknown"),
        ({"inmate_person_no": "9"}, "refused.person_unknown"),
        ({"start": "2026-11-14 13:00", "end": "2026-11-14 14:00"}, "refused.booked_and_over"),
        ({"state": "NORM"}, "refused.over_and_to_come"),
        ({"visitor_nos": "V100; Alma De la Cruz"}, "refused.twice_in_party"),
        ({"start": "2027-03-06 13:00", "end": "2027-03-06 14:00"}, "refused.no_place"),
    ],
)
def test_what_cannot_be_booked(oak: Oak, changed: dict[str, str], key: str) -> None:
    """A visit that the schedule does not have, or of somebody who is not here, is not taken and says why."""
    taken = took(oak, "bookings", [good("bookings", **{**VISIT, **changed})])

    assert key in keys(taken)
    assert (standing(oak), Place.objects.count()) == ([], 0)


def test_what_the_law_does_not_permit_is_not_booked(oak: Oak) -> None:
    """A visit of somebody whom an order keeps away is not booked; the order is named by its citation."""
    assert took(oak, "restrictions", [good("restrictions")]).new == 1
    taken = took(oak, "bookings", [good("bookings", **VISIT, visitor_nos="V101")])

    assert keys(taken) == {"refused.not_permitted"}
    assert standing(oak) == []


def test_an_order_withdraws_what_is_booked(oak: Oak) -> None:
    """An order in a file is decided against what stands: the visit of that contact is withdrawn."""
    took(oak, "bookings", [good("bookings", **VISIT, visitor_nos="V101")])
    taken = took(oak, "restrictions", [good("restrictions")])

    assert (taken.new, taken.withdrawn) == (1, 1)
    assert standing(oak) == ["withdrawn"]


def test_a_contact_denied_withdraws_what_is_booked(oak: Oak) -> None:
    """A later file that denies a contact reaches what was booked with them."""
    took(oak, "bookings", [good("bookings", **VISIT)])
    taken = took(oak, "contacts", [good("contacts", status="DEN - see memo")])

    assert taken.changed == 1
    assert taken.withdrawn + taken.at_risk == 1


def test_a_visit_called_off(oak: Oak) -> None:
    """A later file that says a visit is cancelled gives its place back."""
    took(oak, "bookings", [good("bookings", **VISIT)])
    taken = took(oak, "bookings", [good("bookings", **VISIT, state="CANC")])

    assert taken.changed == 1
    assert (standing(oak), Place.objects.count()) == (["cancelled"], 0)


def test_visits_that_are_over_are_kept(oak: Oak) -> None:
    """A visit that took place is kept with its times, and takes no place; read again it is the same."""
    row = good("bookings", **VISIT, state="NORM")
    row |= {"start": "2026-11-14 13:00", "end": "2026-11-14 14:00"}

    assert took(oak, "bookings", [row]).new == 1
    assert took(oak, "bookings", [row]).same == 1
    assert standing(oak) == ["happened"]
    assert Visit.objects.get().started_at == datetime(2026, 11, 14, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "other", "form"),
    [
        ("no contact", "Jane Roe", "court_no_contact"),
        ("non-contact", "", "marker"),
        ("no minors", "", "marker"),
        ("monitored", "", "marker"),
    ],
)
def test_restrictions_are_papers_of_the_rules(oak: Oak, kind: str, other: str, form: str) -> None:
    """Each kind of restriction is a paper by a form of the jail's own rules, from its own day."""
    taken = took(oak, "restrictions", [good("restrictions", kind=kind, other_name=other)])
    (paper,) = papers_here(oak.id)

    assert taken.new == 1
    assert (paper.form, paper.since, paper.facts["decider"]) == (form, date(2026, 9, 1), "court")


def test_a_sanction_of_an_office(oak: Oak) -> None:
    """No calls, by an office of the jail, is a sanction; by a court it fits no form, and is not taken."""
    row = good("restrictions", kind="no calls", other_name="", authority="Disciplinary board")

    assert took(oak, "restrictions", [row]).new == 1
    assert papers_here(oak.id)[0].facts["decider"] == "hearing_board"
    assert "refused.no_form" in keys(took(oak, "restrictions", [{**row, "authority": "County Court"}]))


def test_a_contact_who_visits_without_touching(oak: Oak) -> None:
    """A contact marked so gets a marker whose decider and end are not known; once."""
    rows = [good("contacts", non_contact_only="Y")]

    assert took(oak, "contacts", rows).changed == 1
    assert took(oak, "contacts", rows).same == 1
    (paper,) = papers_here(oak.id)
    assert (paper.facts["no_touching"], paper.facts["decider"], paper.facts["until"]) == (
        "yes",
        "unknown",
        "unknown",
    )


def test_every_form_is_one_of_its_law(oak: Oak) -> None:
    """Each form that restrictions become is a form of its law, and states nothing that the form does not."""
    from locutorio.actions.importing.forms import Forms

    for law in ("house-oak", "us-federal"):
        forms = shelf.pack(law).forms
        for kind, court in ((kind, court) for kind in KINDS for court in (True, False)):
            found = Forms(law).form(kind, office=None, court=court)
            if found:
                assert set(found.facts) - {"until"} <= {*forms[found.form].parameters}, kind


KINDS = ("no_contact", "non_contact", "no_minors", "monitored", "no_calls", "no_visits")
