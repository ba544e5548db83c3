"""Files become people, contacts, numbers, papers and calls of an establishment: once, whole, and by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import uuid4

import pytest

from locutorio.actions.importing.reading import read
from locutorio.actions.importing.report import report
from locutorio.actions.importing.rest import rest
from locutorio.actions.importing.taking import Taken, take, tried
from locutorio.actions.importing.taking_in import job
from locutorio.store import people
from locutorio.store.imported import contacts_here, numbers_here, papers_here, separations_here
from locutorio.store.models import Call, Entry, Person
from locutorio.store.transaction import Sent
from tests.databases import Store
from tests.entries import entries
from tests.establishment import FOUNDED, Oak, founded
from tests.importing.files import good, read_rows, settings

KINDS = ("people", "contacts", "numbers", "restrictions", "calls")


@pytest.fixture
def oak(store: Store) -> Oak:
    """An establishment whose law knows orders against contact."""
    return founded(law="us-federal")


def took(oak: Oak, kind: str, rows: Sequence[Mapping[str, str]], *, dry_run: bool = False) -> Taken:
    """Take rows as a file, sent as something new."""
    sent = Sent(uuid4(), oak.id, FOUNDED)
    one = job(read_rows(kind, rows))
    return tried([one], sent)[0] if dry_run else take(one, sent)


def said(taken: Taken) -> list[set[str]]:
    """Give the sentences said of each row."""
    return [{remark.key for remark in row.remarks} for row in taken.reading.rows]


CLEAN = {kind: [good(kind)] for kind in KINDS}


def all_taken(oak: Oak) -> dict[str, Taken]:
    """Take one clean file of each kind, in order."""
    for_calls = {**good("contacts"), "visitor_no": "V101", "first_name": "Jane", "last_name": "Roe"}
    files = {**CLEAN, "contacts": [good("contacts"), for_calls]}
    return {kind: took(oak, kind, rows) for kind, rows in files.items()}


def test_everything_arrives(oak: Oak) -> None:
    """What the files hold is in the store afterwards."""
    made = all_taken(oak)

    assert [(one.new, one.changed, one.same) for one in made.values()] == [
        (1, 0, 0), (2, 0, 0), (1, 0, 0), (1, 0, 0), (1, 0, 0),
    ]  # fmt: skip
    person = people.person_of(oak.id, "12345-678")
    assert person is not None
    assert (person.surname, person.forenames, person.unit) == ("DE LA CRUZ", "ROBERTO", "C-1-007")
    assert (person.legal_status, person.language, person.nationality) == ("pretrial", "es", "MX")
    listed = {one.contact: one for one in people.listed_of(oak.id, person.id)}
    alma = people.contact_of(oak.id, "V100")
    assert alma is not None
    assert (listed[alma.id].status, listed[alma.id].relation, listed[alma.id].role) == (
        "approved",
        "spouse",
        "social",
    )
    assert [number.record for number in people.numbers_of(oak.id, person.id)] == ["always"]
    (paper,) = papers_here(oak.id)
    assert (paper.form, paper.since, paper.until) == (
        "court_order_no_contact", date(2026, 9, 1), date(2027, 9, 2),
    )  # fmt: skip
    assert (paper.facts["decider"], paper.source) == ("court", "Oak County Court, 22-CR-104")
    call = Call.objects.get()
    assert (call.person_id, call.called, call.talk_seconds) == (person.id, "+12025550123", 300)


def test_a_second_run_changes_nothing(oak: Oak) -> None:
    """The same files again: every row is the same as before, and nobody's version moves."""
    all_taken(oak)
    before = list(Person.objects.order_by("id").values())
    again = all_taken(oak)

    assert all((one.new, one.changed) == (0, 0) for one in again.values())
    assert all(one.same == len(one.reading.rows) for one in again.values())
    assert list(Person.objects.order_by("id").values()) == before


def test_a_dry_run_keeps_nothing(oak: Oak) -> None:
    """A dry run says what a run would do, and keeps nothing: no row and no entry of the record."""
    before = Entry.objects.count()
    dry = took(oak, "people", CLEAN["people"], dry_run=True)
    real = took(oak, "people", CLEAN["people"])

    assert dry.new == 1
    assert Entry.objects.count() == before + 1
    assert real.new == 1


def test_one_entry_of_the_record(oak: Oak) -> None:
    """Each file is one change. Its entry has hashes and counts, and no word of the file."""
    took(oak, "people", CLEAN["people"])
    entry = entries()[-1]

    assert entry.action == "import_people"
    assert entry.asked.keys() == {"lines", "content", "read"}
    assert entry.asked["lines"] == 1
    assert (entry.answer["new"], entry.answer["remarks"]) == (1, [])


def test_the_same_command_twice_answers_alike(oak: Oak) -> None:
    """A command that is sent again, as after a lost connection, is carried out once."""
    sent = Sent(uuid4(), oak.id, FOUNDED)
    reading = read_rows("people", CLEAN["people"])

    assert take(job(reading), sent) == take(job(reading), sent)
    assert Person.objects.filter(number="12345-678").count() == 1


def test_unknown_replaces_nothing(oak: Oak) -> None:
    """What a later file does not know stays as it was known; what it says otherwise is changed."""
    took(oak, "people", [good("people")])
    taken = took(oak, "people", [good("people", birth_date="", sex="", language="", unit="RHU")])
    person = people.person_of(oak.id, "12345-678")

    assert taken.changed == 1
    assert person is not None
    assert (person.born_on, person.sex, person.language, person.unit) == (
        date(1985, 3, 14), "male", "es", "RHU",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "changed", "key"),
    [
        ("people", {"last_name": "Other", "first_name": "Else"}, "refused.person_differs_here"),
        ("people", {"birth_date": "1990-01-01"}, "refused.person_differs_here"),
        ("contacts", {"birth_date": "1990-01-01"}, "refused.contact_differs_here"),
        ("contacts", {"inmate_person_no": "99999-999"}, "refused.person_unknown"),
        ("contacts", {"visitor_no": "V9", "non_contact_only": "Y"}, "refused.no_form"),
        ("numbers", {"inmate_person_no": "99999-999"}, "refused.person_unknown"),
        ("restrictions", {"inmate_person_no": "99999-999"}, "refused.person_unknown"),
        ("restrictions", {"other_name": "John Nobody"}, "refused.other_unknown"),
        ("restrictions", {"kind": "no calls", "other_name": ""}, "refused.no_form"),
        ("restrictions", {"authority": "Sheriff"}, "refused.no_form"),
        ("restrictions", {"to": "2028-09-01"}, "refused.paper_says_otherwise"),
        ("restrictions", {"kind": "separation", "other_name": "12345-678"}, "refused.separate_from_self"),
        ("calls", {"pin": "999999999999"}, "refused.pin_of_nobody"),
        ("calls", {"cause": "Lost-Carrier"}, "refused.call_differs_here"),
    ],
)
def test_what_the_store_does_not_take(oak: Oak, kind: str, changed: dict[str, str], key: str) -> None:
    """A row that does not go with what is here is not taken, and says why in both languages."""
    all_taken(oak)
    taken = took(oak, kind, [{**good(kind), **changed}])

    assert key in said(taken)[0]
    assert (taken.new, taken.changed, taken.same) == (0, 0, 0)
    for lang, place in (("en", "line 2"), ("es", "línea 2")):
        assert any(place in line for line in report(taken.reading, lang))
        assert len(rest(taken.reading, lang).decode().split("\r\n")) == 3


def test_a_row_that_is_not_taken_leaves_the_others_alone(oak: Oak) -> None:
    """One transaction takes what can be taken."""
    took(oak, "people", [good("people")])
    taken = took(oak, "numbers", [good("numbers", inmate_person_no="9"), good("numbers")])

    assert (taken.new, len(taken.reading.not_taken)) == (1, 1)


def test_a_corrected_rest_gives_the_whole(oak: Oak) -> None:
    """Rows that were not taken, corrected in the rest file and read again, are all there then."""
    people_file = [
        good("people"),
        good("people", person_no="22222-222", booking_no="2", birth_date="02/30/1980"),
    ]
    first = took(oak, "people", people_file)
    raw = rest(first.reading, "en").replace(b"02/30/1980", b"02/28/1980")
    second = take(job(read("people", raw, "rest.csv", settings())), Sent(uuid4(), oak.id, FOUNDED))

    assert (first.new, second.new) == (1, 1)
    assert not second.reading.not_taken
    whole = took(oak, "people", [people_file[0], {**people_file[1], "birth_date": "02/28/1980"}])
    assert (whole.new, whole.changed, whole.same) == (0, 0, 2)


def test_one_contact_on_two_lists(oak: Oak) -> None:
    """A contact without a number, on the lists of two people, is one contact with two places."""
    took(oak, "people", [good("people"), good("people", person_no="22222-222", booking_no="2")])
    rows = [good("contacts", visitor_no=""), good("contacts", visitor_no="", inmate_person_no="22222-222")]
    before = len(contacts_here(oak.id))
    taken = took(oak, "contacts", rows)

    assert (taken.new, taken.changed) == (1, 1)
    assert len(contacts_here(oak.id)) == before + 1
    assert took(oak, "contacts", rows).same == 2


def test_accents_lost_on_the_way_find_the_same_contact(oak: Oak) -> None:
    """A contact whose accents an export lost is the same one, by name and birth day."""
    took(oak, "people", [good("people")])
    took(oak, "contacts", [good("contacts", visitor_no="", last_name="Muñoz Peña")])
    count = len(contacts_here(oak.id))
    taken = took(oak, "contacts", [good("contacts", visitor_no="", last_name="MUNOZ PENA")])

    assert len(contacts_here(oak.id)) == count
    assert taken.changed == 1


def test_two_of_one_name_are_not_guessed(oak: Oak) -> None:
    """Where two on the list have the name and the file has no birth day, the row is not taken."""
    took(oak, "people", [good("people")])
    both = [good("contacts", visitor_no=""), good("contacts", visitor_no="", birth_date="2001-01-01")]
    took(oak, "contacts", both)
    taken = took(oak, "contacts", [good("contacts", visitor_no="", birth_date="")])

    assert "refused.contact_ambiguous" in said(taken)[0]


def test_a_number_blocked_for_everybody(oak: Oak) -> None:
    """A block list without people is kept for everybody, once."""
    rows = [good("numbers", inmate_person_no="", status="blocked")]

    assert took(oak, "numbers", rows).new == 1
    assert took(oak, "numbers", rows).same == 1
    assert numbers_here(oak.id)[None, "+12025550123"].status == "blocked"


def test_a_separation(oak: Oak) -> None:
    """People to be kept apart become a separation, not a paper of the law."""
    row = good("restrictions", inmate_person_no="1001", other_name="1002", kind="keep separate")

    assert took(oak, "restrictions", [row]).new == 1
    assert took(oak, "restrictions", [row]).same == 1
    (found,) = separations_here(oak.id)
    assert {found.person, found.other_person} == {oak.people["rowan"], oak.people["linden"]}
    assert not papers_here(oak.id)


def test_an_end_that_is_not_known_stays_so(oak: Oak) -> None:
    """A blank end is kept as not known: neither for ever nor over."""
    all_taken(oak)
    taken = took(oak, "restrictions", [good("restrictions", to="", paper_no="22-CR-105")])
    (paper,) = (one for one in papers_here(oak.id) if one.source.endswith("105"))

    assert taken.new == 1
    assert (paper.until, paper.facts["until"]) == (None, "unknown")


def test_the_last_day_still_counts(oak: Oak) -> None:
    """An approval and a number hold on the last day that the file names, and not on the next."""
    took(oak, "people", [good("people")])
    took(oak, "contacts", [good("contacts", expires_on="2027-01-31")])
    took(oak, "numbers", [good("numbers", to="2027-01-31")])
    person = people.person_of(oak.id, "12345-678")

    assert person is not None
    assert [one.until for one in people.listed_of(oak.id, person.id)] == [date(2027, 2, 1)]
    assert [one.until for one in people.numbers_of(oak.id, person.id)] == [date(2027, 2, 1)]


def test_a_number_without_a_status_is_not_approved(oak: Oak) -> None:
    """A list without a status may be a block list: its numbers are asked for, not approved."""
    took(oak, "people", [good("people")])
    took(oak, "numbers", [good("numbers", status="")])

    assert [one.status for one in numbers_here(oak.id).values()] == ["asked"]


@pytest.mark.parametrize("kind", ["contacts", "numbers", "restrictions"])
def test_a_change_is_seen_by_those_who_decide(oak: Oak, kind: str) -> None:
    """Whatever changes what is decided of a person grows the version that decisions rest on."""
    took(oak, "people", [good("people")])
    took(oak, "contacts", [good("contacts", last_name="Roe", first_name="Jane", visitor_no="V101")])
    before = people.person_of(oak.id, "12345-678")
    took(oak, kind, [good(kind)])
    after = people.person_of(oak.id, "12345-678")

    assert before is not None
    assert after is not None
    assert after.version > before.version
