"""Somebody whom files brought is erased like anybody else, and nobody else of those files is touched."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

import pytest

from locutorio.actions.erase_due import erase_due
from locutorio.actions.importing.taking import take
from locutorio.actions.importing.taking_in import job
from locutorio.actions.order_erasure import order_erasure
from locutorio.store.log.reading import payload
from locutorio.store.log.sequencer import sequence
from locutorio.store.models import Contact, Entry, Leaf, Person
from locutorio.store.transaction import Sent
from tests.databases import Store
from tests.establishment import FOUNDED, Oak, founded
from tests.importing.files import good, read_rows
from tests.store import planting
from tests.store.planting import MARK
from tests.store.test_erasing import LATER, faults, files, opened, settled

GONE, STAYS, NUMBER, PHONE = "12345-678", "87654-321", "+12025550123", "+12025550199"
THEIRS = {"last_name": MARK, "first_name": f"{MARK} Ana"}
DULCE = {"last_name": "Rowan", "first_name": "Dulce", "phone": PHONE}
ROWS: Mapping[str, list[dict[str, str]]] = {
    "people": [
        good("people", **THEIRS, unit=f"{MARK}-unit", booking_no=f"{MARK}-1"),
        good("people", person_no=STAYS, booking_no="2", last_name="Birch", first_name="Silver"),
    ],
    "contacts": [
        good("contacts", **THEIRS, visitor_no=f"{MARK}-V", id_no=f"{MARK}-7", email=f"{MARK}@example.org"),
        good("contacts", visitor_no="V7", **DULCE, inmate_person_no=STAYS),
        good("contacts", visitor_no="V7", **DULCE),
    ],
    "numbers": [
        good("numbers", owner_name=f"{MARK} Ana"),
        good("numbers", inmate_person_no=STAYS, number=PHONE, owner_name="Dulce Rowan"),
    ],
    "restrictions": [good("restrictions", other_name=f"{MARK}, {MARK} Ana", paper_no=f"{MARK}-22")],
    "calls": [good("calls", **{"from": f"{MARK}-phone"})],
}


@pytest.fixture
def oak(store: Store) -> Oak:
    return founded(law="us-federal")


def imported(oak: Oak) -> UUID:
    """Take in a file of each kind, twice with something changed; give the one who is to be erased."""
    for kind, rows in ROWS.items():
        taken = take(job(read_rows(kind, rows)), Sent(uuid4(), oak.id, FOUNDED))
        assert (taken.new + taken.changed, taken.reading.not_taken) == (len(rows), ())
    again = [{**row, "unit": f"{row['unit']}-2"} for row in ROWS["people"]]
    assert take(job(read_rows("people", again)), Sent(uuid4(), oak.id, FOUNDED)).changed == len(again)
    other = good("people", last_name="Holm", first_name="Oak", birth_date="1950-01-01")
    refused = take(job(read_rows("people", [other])), Sent(uuid4(), oak.id, FOUNDED))
    assert MARK in str(refused.reading.rows[0].remarks), "whoever takes it in is told whose number it is"
    sequence(oak.id)
    return Person.objects.get(number=GONE).id


def test_no_byte_of_an_imported_person_is_left(oak: Oak, store: Store) -> None:
    """Not in a table, a file or anything that a remaining key opens; others of those files are as before."""
    person = imported(oak)
    assert MARK in opened(oak)
    before = planting.where(files(store), MARK.encode(), NUMBER.encode())
    assert before.keys() == {MARK, NUMBER}, "a control: it is there before"
    order_erasure(person, "order 12 of 2027", oak.sent("order", LATER))
    assert erase_due(oak.id, LATER).erased == 2
    settled(store)
    needles = MARK, GONE, NUMBER
    assert not planting.where(files(store), *[one.encode() for one in needles])
    left = opened(oak)
    assert not [one for one in needles if one in left]
    assert {"Birch", PHONE, "Dulce"} <= {one for one in ("Birch", PHONE, "Dulce") if one in left}
    assert Person.objects.filter(number=STAYS).exists()
    assert Contact.objects.filter(surname="Rowan").exists()
    assert not faults(oak)


def test_each_line_is_kept_with_whom_it_is_about(oak: Oak) -> None:
    """What an import's entry says for all is hashes, counts and line numbers; each one's lines are theirs."""
    imported(oak)
    entry = Entry.objects.filter(action="import_contacts").get()
    parts = [*Leaf.objects.filter(entry_id=entry.id).order_by("part")]
    whole, *theirs = [payload(one) for one in parts]
    assert parts[0].subject is None
    assert whole is not None
    assert whole["asked"].keys() == {"lines", "content", "read"}
    assert whole["changes"] == []
    assert (whole["answer"]["new"], whole["answer"]["changed"]) == (2, 1)
    assert sorted(part["lines"] for part in theirs if part) == [[2], [2, 4], [3], [3, 4]]


def test_a_row_that_is_not_taken_is_kept_nowhere(oak: Oak) -> None:
    """Of a row that is refused the entry keeps its line and the reason, without the name that was told."""
    imported(oak)
    content = payload(Leaf.objects.filter(part=0).order_by("-index")[0])
    assert content is not None
    (remark,) = content["answer"]["remarks"]
    assert (remark["line"], remark["key"], remark["values"]) == (
        2,
        "refused.person_differs_here",
        {"name": "…"},
    )
    assert "Holm" not in opened(oak)
