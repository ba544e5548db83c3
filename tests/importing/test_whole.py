"""Files full of hazards, in a jail's database: every row is accounted for, a second run changes nothing."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from locutorio.actions.importing.columns import kinds
from locutorio.actions.importing.read_row import ReadRow
from locutorio.actions.importing.reading import ReadFile, read
from locutorio.actions.importing.rest import rest
from locutorio.actions.importing.taking import Taken, take
from locutorio.actions.importing.taking_in import job
from locutorio.store.models import Establishment, Person
from locutorio.store.transaction import Sent
from tests.databases import Store
from tests.establishment import founded
from tests.importing.files import good, settings, written
from tests.importing.hazards import HAZARDS
from tests.importing.test_bookings import SCHEDULE
from tests.importing.test_rest import unique

AT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
PEOPLE_HELD = 40


def dirty(kind: str, rng: random.Random) -> bytes:
    """Write all hazards of one kind in a drawn order, some repeated, with ragged and odd lines between."""
    rows = [
        row for one in HAZARDS if one.kind == kind and "unit_since" not in one.rows[0] for row in one.rows
    ]
    rng.shuffle(rows)
    drawn = [held(kind, unique(kind, row, at), at) for at, row in enumerate(rows)]
    drawn += [held(kind, good(kind), 0), *rng.sample(drawn, 3)]
    lines = written(drawn).split(b"\r\n")
    for odd in (b'"odd', b"a,b", b"x," * 30 + b"x", b"\xff\xfe\x00,\x00"):
        lines.insert(rng.randrange(1, len(lines)), odd)
    return b"\r\n".join(lines)


def held(kind: str, row: Mapping[str, str], at: int) -> dict[str, str]:
    """Let a row of another kind than people be of somebody who is held."""
    if kind in {"contacts", "numbers", "restrictions", "bookings"} and row["inmate_person_no"].startswith(
        "P"
    ):
        return {**row, "inmate_person_no": f"P{at % PEOPLE_HELD}"}
    return (
        {**row, "pin": f"P{at % PEOPLE_HELD:07}9999"} if row.get("pin", "").startswith("7777") else dict(row)
    )


def accounted(reading: ReadFile) -> Counter[str]:
    """Count the rows by what became of them: taken, repeating one that was taken, not taken."""

    def became(entry: ReadRow) -> str:
        return "not taken" if not entry.taken else "repeats" if entry.same_as else "taken"

    return Counter(map(became, reading.rows))


@pytest.mark.parametrize("seed", [1, 2])
def test_every_hazard_in_one_afternoon(store: Store, seed: int) -> None:
    """Each kind of file with every hazard: all rows accounted for, and a second run is idle."""
    rng = random.Random(seed)
    oak = founded(SCHEDULE, law="us-federal")
    clean = [
        good("people", person_no=f"P{at}", booking_no=f"C{at}", last_name=f"Held {chr(65 + at)}"[:60])
        for at in range(26)
    ]
    take(job(read("people", written(clean), "clean.csv", settings())), Sent(uuid4(), oak.id, AT))
    files = {kind: dirty(kind, rng) for kind in kinds()}

    first = {kind: taken(oak.id, kind, raw) for kind, raw in files.items()}
    for kind, one in first.items():
        counts = accounted(one.reading)
        assert counts.total() == len(one.reading.rows)
        assert counts["taken"] == one.new + one.changed + one.same, kind
        assert counts["not taken"] >= 4, kind
        again = read(kind, rest(one.reading, "en"), "rest.csv", settings())
        assert len(again.rows) == counts["not taken"], kind
    before = (state(), versions())
    second = {kind: taken(oak.id, kind, raw) for kind, raw in files.items()}

    assert {kind: (one.new, one.changed) for kind, one in second.items()} == dict.fromkeys(files, (0, 0))
    assert {kind: accounted(one.reading) for kind, one in second.items()} == {
        kind: accounted(one.reading) for kind, one in first.items()
    }
    assert (state(), versions()) == before


def taken(oak: object, kind: str, raw: bytes) -> Taken:
    """Take a file as something new."""
    return take(job(read(kind, raw, f"{kind}.csv", settings())), Sent(uuid4(), oak, AT))  # type: ignore[arg-type]


def versions() -> list[object]:
    """Give how often people and the establishment were changed."""
    return [
        *Person.objects.order_by("id").values_list("version", flat=True),
        *Establishment.objects.values("version"),
    ]


def state() -> list[object]:
    """Give every row that files make."""
    from locutorio.store.models import (
        ApprovedNumber,
        Booking,
        Call,
        Contact,
        Listed,
        Paper,
        Place,
        Separation,
    )

    models = (Person, Contact, Listed, ApprovedNumber, Paper, Separation, Call, Booking, Place)
    return [[*model.objects.order_by("pk").values()] for model in models]
