"""Clean files of invented people, and the same with cells changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

from locutorio.actions.importing.cells import Settings
from locutorio.actions.importing.codes import read_codes
from locutorio.actions.importing.reading import ReadFile, read

ON = date(2026, 11, 20)
ZONE = "America/New_York"
LOCAL_CALLS = "call_times: local\n"

GOOD: Mapping[str, Mapping[str, str]] = {
    "people": {
        "booking_no": "2026004512",
        "person_no": "12345-678",
        "last_name": "DE LA CRUZ",
        "first_name": "ROBERTO",
        "birth_date": "1985-03-14",
        "sex": "M",
        "unit": "C-1-007",
        "custody_level": "G2",
        "legal_status": "pretrial",
        "booked_at": "2026-10-02 21:15",
        "expected_release": "",
        "language": "SPAN",
        "nationality": "Mexico",
    },
    "contacts": {
        "visitor_no": "V100",
        "last_name": "De la Cruz",
        "first_name": "Alma",
        "birth_date": "1984-07-01",
        "id_kind": "passport",
        "id_no": "G00112233",
        "id_country": "Mexico",
        "id_expiry": "2030-01-31",
        "relationship": "WIFE",
        "inmate_person_no": "12345-678",
        "status": "APP",
        "non_contact_only": "N",
        "approved_on": "2026-10-05",
        "expires_on": "",
        "denied_reason": "",
        "phone": "+1 202 555 0123",
        "email": "alma@example.org",
        "language": "es",
    },
    "numbers": {
        "inmate_person_no": "12345-678",
        "number": "+12025550123",
        "kind": "social",
        "record": "always",
        "owner_name": "Alma De la Cruz",
        "relationship": "wife",
        "status": "approved",
        "from": "2026-10-05",
        "to": "",
    },
    "restrictions": {
        "inmate_person_no": "12345-678",
        "other_name": "Jane Roe",
        "kind": "no contact",
        "authority": "Oak County Court",
        "paper_no": "22-CR-104",
        "issued": "2026-09-01",
        "from": "2026-09-01",
        "to": "2027-09-01",
    },
    "bookings": {
        "start": "2026-12-05 13:00",
        "end": "2026-12-05 14:00",
        "inmate_person_no": "12345-678",
        "visitor_nos": "V100",
        "room": "Booth 4",
        "state": "SCH",
    },
    "calls": {
        "start": "2026-11-18 09:00:00",
        "answered": "2026-11-18 09:00:10",
        "end": "2026-11-18 09:05:10",
        "from": "Pod C phone 2",
        "to": "+12025550123",
        "talk_seconds": "300",
        "pin": "123456789999",
        "disposition": "ANSWERED",
        "cause": "User-Request",
    },
}
FILES = {
    "inmates.csv": "people",
    "visitors.csv": "contacts",
    "numbers.csv": "numbers",
    "restrictions.csv": "restrictions",
    "bookings.csv": "bookings",
    "calls.csv": "calls",
}


def settings(codes: str = LOCAL_CALLS) -> Settings:
    """Give what is known of an invented county jail; its codes as a file for --codes says them."""
    return Settings(ZONE, "US", ON, read_codes(codes.encode() if codes else None, "codes.yaml"))


def good(kind: str, /, **changed: str) -> dict[str, str]:
    """Give a row that is taken without a remark, with some cells changed."""
    assert changed.keys() <= GOOD[kind].keys() | {"unit_since"}, changed
    return {**GOOD[kind], **changed}


def written(
    rows: Sequence[Mapping[str, str]], *, delimiter: str = ",", encoding: str = "utf-8", quoting: int = 0
) -> bytes:
    """Write rows as a file whose header is the keys of the first of them."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter, quoting=quoting, lineterminator="\r\n")  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def read_rows(kind: str, rows: Sequence[Mapping[str, str]], codes: str = LOCAL_CALLS) -> ReadFile:
    """Write rows and read them."""
    return read(kind, written(rows), f"{kind}.csv", settings(codes))


def keys(reading: ReadFile, at: int = 0) -> set[str]:
    """Give the sentences that were said of a row, by its position."""
    return {remark.key for remark in reading.rows[at].remarks}
