"""Nothing is lost: each row is taken or not taken, and what was not taken can be corrected and read again."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locutorio.actions.importing.reading import ReadFile, read
from locutorio.actions.importing.report import report, why
from locutorio.actions.importing.rest import rest
from locutorio.actions.importing.sheet import BECAUSE
from tests.importing.files import GOOD, good, read_rows, settings, written
from tests.importing.hazard import Hazard
from tests.importing.hazards import HAZARDS

ODD = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12) | st.sampled_from(
    [
        '"',
        '""',
        ",",
        ";",
        "=1+1",
        "'=1",
        "-",
        "+1",
        "@x",
        "\x00",
        "a\nb",
        "99/99/9999",
        "12 PM",
        "\t",
        "'",
        "''=x",
    ]
)
AS_IS = {"\r": "", "\x00": ""}


def cells(reading: ReadFile) -> Counter[tuple[str, ...]]:
    """Count the rows of a file by what stands in their columns, without the last one that says why."""
    kept = [at for at, title in enumerate(reading.sheet.header) if title != BECAUSE]
    return Counter(tuple(entry.line.cells[at] for at in kept) for entry in reading.rows)


def again(reading: ReadFile) -> ReadFile:
    """Read what was not taken, as it was written for correction."""
    return read(reading.kind, rest(reading, "en"), "rest.csv", settings())


@given(st.sampled_from(sorted(GOOD)), st.data())
def test_every_row_is_taken_or_not(kind: str, data: st.DataObject) -> None:
    """Whatever stands in the cells, each row is in exactly one of taken and not taken, and nothing fails."""
    names = sorted(GOOD[kind])
    changes = data.draw(
        st.lists(st.dictionaries(st.sampled_from(names), ODD, max_size=4), min_size=1, max_size=6)
    )
    rows = [good(kind, **changed) for changed in changes]
    reading = read_rows(kind, rows)

    numbers = [entry.line.number for entry in reading.rows]
    assert len(reading.rows) == len(rows)
    assert len(set(numbers)) == len(numbers)
    for entry in reading.rows:
        assert entry.taken != any(remark.refuses for remark in entry.remarks)
    assert all(line for line in report(reading, "es"))


@given(st.sampled_from(sorted(GOOD)), st.data())
def test_the_rest_holds_what_was_not_taken(kind: str, data: st.DataObject) -> None:
    """The rest file, read again, holds the very rows that were not taken, cell by cell."""
    names = sorted(GOOD[kind])
    changes = data.draw(
        st.lists(st.dictionaries(st.sampled_from(names), ODD, max_size=4), min_size=1, max_size=6)
    )
    reading = read_rows(kind, [good(kind, **changed) for changed in changes])
    second = again(reading)

    refused = Counter(entry.line.cells for entry in reading.not_taken)
    assert cells(second) == refused


@given(st.binary(max_size=400), st.sampled_from(sorted(GOOD)))
def test_no_bytes_fail(noise: bytes, kind: str) -> None:
    """Bytes that are no text end in rows not taken, never in an error of the program."""
    raw = written([GOOD[kind]]) + noise
    reading = read(kind, raw, "noise.csv", settings())

    assert reading.rows[0].line.number == 2
    assert len(rest(reading, "en").splitlines()) >= len(reading.not_taken)


@given(st.randoms(use_true_random=False))
def test_corrected_rows_complete_the_file(rng: random.Random) -> None:
    """Rows of many hazards in one file: those not taken, corrected in the rest file, are taken then."""
    kind = rng.choice(sorted(GOOD))
    dirty = [
        row for one in HAZARDS if one.kind == kind and "unit_since" not in one.rows[0] for row in one.rows
    ]
    rows = [unique(kind, row, at) for at, row in enumerate(rng.sample(dirty, min(8, len(dirty))))]
    first = read_rows(kind, rows)
    corrected = [unique(kind, GOOD[kind], 100 + at) for at, _ in enumerate(first.not_taken)]
    whole = len(first.taken) + sum(1 for entry in first.rows if entry.same_as) + len(first.not_taken)

    assert whole == len(rows)
    if corrected:
        table = rest(first, "en").decode("utf-8-sig").split("\r\n", 1)[0].replace('"', "").split(",")
        second = read(
            kind,
            written([{**dict.fromkeys(table, ""), **row, BECAUSE: "was wrong"} for row in corrected]),
            "rest.csv",
            settings(),
        )
        assert len(second.taken) == len(corrected)


def unique(kind: str, row: Mapping[str, str], at: int) -> dict[str, str]:
    """Give a row apart from all others: no two are of the same booking, contact, number or visit."""
    changed = dict(row)
    if kind == "people":
        changed |= {"booking_no": f"B{at}", "person_no": f"P{at}"}
    elif kind == "contacts":
        changed |= {"visitor_no": f"X{at}", "inmate_person_no": f"P{at}"}
    elif kind in {"numbers", "bookings", "restrictions"}:
        changed |= {"inmate_person_no": f"P{at}"}
    else:
        changed |= {"from": f"phone {at}", **({"pin": f"77777777{at:04}"} if changed.get("pin") else {})}
    return changed


@pytest.mark.parametrize("tried", [one for one in HAZARDS if any("refused" in key for key in one.expects)])
def test_each_refusal_says_why_in_the_rest_file(tried: Hazard) -> None:
    """The last column says, in the reader's language, which column is wrong and what to do."""
    reading = read_rows(tried.kind, tried.rows, tried.codes)

    for entry in reading.not_taken:
        for lang in ("en", "es"):
            said = why(entry, lang)
            assert said.startswith("[")
            assert said.endswith(".")
            assert said in rest(reading, lang).decode("utf-8-sig").replace('""', '"')


def test_a_spreadsheet_works_nothing_out() -> None:
    """No cell of the rest file begins as a formula does, and reading takes the mark of text off again."""
    formula = '=HYPERLINK("http://example.org","x")'
    reading = read_rows("people", [good("people", last_name=formula, unit="+1", sex="-2")])
    raw = rest(reading, "en").decode("utf-8-sig")

    assert '"=' not in raw.replace('""', "")
    assert again(reading).rows[0].line.cells[2] == formula


def test_lines_that_cannot_be_parted_are_kept_whole() -> None:
    """Odd quotation marks, too many or too few cells: the rest file holds the line, to be put right."""
    header, row, *_ = written([GOOD["people"]]).decode().split("\r\n")
    odd, many, few = row.replace("ROBERTO", '"ROBERTO'), f"{row},x,y", row.rpartition(",")[0]
    reading = read("people", f"{header}\n{odd}\n{many}\n{few}\n".encode(), "people.csv", settings())
    second = again(reading)

    assert [entry.line.cells[0] for entry in second.rows] == [odd, GOOD["people"]["booking_no"], ""]
    assert second.rows[2].line.cells[13:] == tuple(few.split(","))
    assert second.rows[1].line.cells[-2:] == ("x", "y")
    assert not second.taken


def test_the_report_never_shows_a_pin() -> None:
    """What is said of a PIN does not hold it."""
    reading = read_rows("calls", [good("calls", pin="4321"), good("calls", pin="=1234")])

    assert "4321" not in "\n".join(report(reading, "en"))
    assert "=1234" not in "\n".join(report(reading, "en"))
