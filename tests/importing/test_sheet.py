"""However a spreadsheet or a database writes the file, its rows are found, or it is refused in words."""

from __future__ import annotations

import csv

import pytest

from locutorio.actions.importing.columns import columns
from locutorio.actions.importing.reading import ReadFile, read
from locutorio.actions.importing.sheet import read_sheet
from locutorio.kernel.faults import Fault
from tests.importing.files import good, keys, settings, written

ROWS = (good("people", last_name="Muñoz"), good("people", person_no="2", booking_no="2", unit="A, upper"))


def people(raw: bytes, codes: str = "") -> ReadFile:
    """Read a file of people."""
    return read("people", raw, "people.csv", settings(codes))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_however_it_is_written(encoding: str, delimiter: str, quoting: int) -> None:
    """Encoding, delimiter and quotation marks change nothing of what is read."""
    reading = people(written(ROWS, encoding=encoding, delimiter=delimiter, quoting=quoting))

    assert [(entry.row.surname, entry.row.unit) for entry in reading.taken] == [  # type: ignore[union-attr]
        ("Muñoz", "C-1-007"),
        ("DE LA CRUZ", "A, upper"),
    ]


def test_lines_of_two_encodings() -> None:
    """A file put together from two keeps the letters of both, and says which lines were read otherwise."""
    first, second = (
        written(ROWS[:1]),
        written([good("people", last_name="Peña", person_no="3")], encoding="cp1252"),
    )
    reading = people(first + second.split(b"\r\n", 1)[1])

    assert [entry.row.surname for entry in reading.taken] == ["Muñoz", "Peña"] or not reading.taken  # type: ignore[union-attr]
    assert [entry.line.cells[2] for entry in reading.rows] == ["Muñoz", "Peña"]
    said = next(remark for remark in reading.remarks if remark.key == "whole.encoding_of_lines")
    assert (said.values["count"], said.values["first"]) == ("1", "3")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings(ending: str) -> None:
    """Any ending of lines is known, and lines keep their numbers."""
    reading = people(written(ROWS).replace(b"\r\n", ending.encode()))

    assert [entry.line.number for entry in reading.rows] == [2, 3]


def test_header_in_other_order_case_and_names() -> None:
    """Columns are found by name, wherever they stand and however they are spelt."""
    names = {
        "booking_no": "BOOKING #",
        "person_no": "Inmate-No.",
        "birth_date": "DOB",
        "unit": "Housing Unit",
    }
    row = {names.get(name, name.upper()): cell for name, cell in reversed(ROWS[0].items())}
    reading = people(written([row]))

    assert [entry.row.number for entry in reading.taken] == ["12345-678"]  # type: ignore[union-attr]


def test_header_synonyms_of_ones_own() -> None:
    """A title that only this establishment uses is read when the file for --codes names it."""
    row = {("PERMNUM" if name == "person_no" else name): cell for name, cell in ROWS[0].items()}
    with pytest.raises(Fault, match="lacks the column person_no") as refused:
        people(written([row]))
    assert "--codes" in refused.value.remedy

    assert people(written([row]), "columns: {people: {person_no: [PERMNUM]}}").taken


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "has no header"),
        (b"\n\n", "has no header"),
        (b"1,2,3\n4,5,6\n", "has no header"),
        (b"person_no,last_name\n1,Doe\n", "lacks the columns booking_no"),
        (b"person_no,inmate id,last_name\n1,1,Doe\n", "person_no stands twice"),
        (b"\x00\x01\x02\xff" * 300, "has no header"),
    ],
)
def test_files_that_are_none(raw: bytes, what: str) -> None:
    """A file that cannot be one of these is refused whole, and says what is missing and what to do."""
    with pytest.raises(Fault, match=what) as refused:
        people(raw)

    assert refused.value.remedy


def test_lines_above_the_header() -> None:
    """A title and a `sep=` line above the header are passed over, and that is said."""
    reading = people(b"sep=,\r\nOak County Jail\r\n\r\n" + written(ROWS))

    assert [entry.line.number for entry in reading.taken] == [5, 6]
    assert {remark.key for remark in reading.remarks} == {"whole.above_header"}


def test_quoted_line_break() -> None:
    """A cell in quotation marks goes on over lines; the next row keeps its own number."""
    reading = people(written([good("people", unit="A\nPOD"), ROWS[1]]))

    assert [entry.line.number for entry in reading.rows] == [2, 4]
    assert keys(reading) == {"changed.line_break"}
    assert reading.taken[0].row.unit == "A POD"  # type: ignore[union-attr]


def test_odd_quotation_marks() -> None:
    """A line whose quotation marks are odd is not taken; the lines after it are."""
    lines = written([ROWS[0], ROWS[1]]).split(b"\r\n")
    broken = lines[1].replace(b"ROBERTO", b'"ROBERTO')
    doubled = lines[1].replace(b"ROBERTO", b'"ROBERT "BOBBY""')
    reading = people(b"\r\n".join([lines[0], broken, doubled, lines[2]]))

    assert [(entry.line.number, entry.taken) for entry in reading.rows] == [
        (2, False),
        (3, False),
        (4, True),
    ]
    assert keys(reading, 0) == keys(reading, 1) == {"refused.quotes"}


def test_two_odd_marks_do_not_swallow_what_is_between() -> None:
    """Two odd quotation marks, lines apart, cost their own lines only."""
    lines = written([good("people", person_no=f"{at}", booking_no=f"{at}") for at in range(4)]).split(b"\r\n")
    for at in (1, 4):
        lines[at] = lines[at].replace(b"ROBERTO", b'"ROBERTO')
    reading = people(b"\r\n".join(lines))

    assert [(entry.line.number, entry.taken) for entry in reading.rows] == [
        (2, False),
        (3, True),
        (4, True),
        (5, False),
    ]


def test_bytes_that_are_no_letter() -> None:
    """A byte that is no letter in either encoding is a letter lost: its row is not taken."""
    raw = written(ROWS, encoding="cp1252").replace(b"Mu\xf1oz", b"Mu\x81oz")
    half = written(ROWS, encoding="utf-16-le").replace("ñ".encode("utf-16-le"), b"\x00\xd8")

    assert "refused.lost_letter" in keys(people(raw)) & keys(people(half))


@pytest.mark.parametrize(("cells", "key"), [(3, "refused.cells_few"), (14, "refused.cells_many")])
def test_ragged_rows(cells: int, key: str) -> None:
    """A row with too few or too many cells is not taken: where its cells belong is not known."""
    header, row, *_ = written(ROWS).decode().split("\r\n")
    parts = (row.split(",") + ["more"] * 5)[:cells]
    reading = people(f"{header}\n{','.join(parts)}\n{row},,,\n".encode())

    assert keys(reading, 0) == {key}
    assert reading.rows[1].taken


def test_blank_lines_are_no_rows() -> None:
    """Lines without anything in them are passed over."""
    header, row, *_ = written(ROWS).decode().split("\r\n")

    assert len(people(f"{header}\n\n{row}\n{',' * 12}\n  \n".encode()).rows) == 1


def test_a_nul_byte() -> None:
    """A row that holds a NUL is not taken, and which sign it is is said."""
    reading = people(written(ROWS).replace(b"ROBERTO", b"ROB\x00RTO", 1))

    assert "refused.control" in keys(reading)
    assert reading.rows[1].taken


def test_unseen_signs() -> None:
    """A mark of direction or a zero-width blank is taken out, and that is said."""
    reading = people(written([good("people", unit="A\u200b POD\u202e")]))

    assert keys(reading) == {"changed.unseen"}
    assert reading.taken[0].row.unit == "A POD"  # type: ignore[union-attr]


def test_formulas_are_text() -> None:
    """A formula is kept as text where text may stand, refused where a name is due; nothing works it out."""
    formula = "=cmd|' /C calc'!A0"
    reading = people(
        written([good("people", unit=formula), good("people", person_no="2", last_name=formula)])
    )

    assert keys(reading, 0) >= {"changed.formula"}
    assert keys(reading, 1) == {"refused.name_signs"}
    assert reading.taken[0].row.unit == formula  # type: ignore[union-attr]


def test_repeated_rows() -> None:
    """A row that stands twice is taken once, and the second says which it repeats."""
    reading = people(written([ROWS[0], ROWS[1], ROWS[0]]))

    assert len(reading.taken) == 2
    assert keys(reading, 2) == {"changed.repeated"}
    assert not reading.not_taken


def test_columns_nobody_knows_are_said() -> None:
    """A column that is not read is named."""
    reading = people(written([{**ROWS[0], "tattoos": "none"}]))

    assert [(remark.column, remark.key) for remark in reading.remarks] == [
        ("tattoos", "whole.column_unknown")
    ]


def test_titles_of_two_columns_never_meet() -> None:
    """No title is known for two columns of one kind of file, and every needed column is known by its name."""
    for kind in ("people", "contacts", "numbers", "restrictions", "bookings", "calls"):
        assert all(columns(kind).field(name) == name for name in columns(kind).needed)


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the limit is refused before it is read."""
    monkeypatch.setattr("locutorio.actions.importing.sheet.BYTES_MAX", 10)
    with pytest.raises(Fault, match="too large"):
        read_sheet(written(ROWS), "people.csv", columns("people"))
