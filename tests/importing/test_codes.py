"""An establishment's own codes are added to those known; what cannot be used is refused at its place."""

from __future__ import annotations

import pytest

from locutorio.actions.importing.codes import read_codes
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault
from tests.architecture.source import blocks, read
from tests.importing.files import good, read_rows


def test_the_documented_example_is_one() -> None:
    """The file shown in the reference can be used as it stands."""
    (example,) = blocks(read("docs/reference/import.md"), "yaml")
    codes = read_codes(example.encode(), "codes.yaml")

    assert codes.value("relationship", "sig other") == "partner"
    assert (codes.dates, codes.call_times, codes.widths) == ("day_first", "local", {"booking_no": 10})


def test_own_codes_go_before_those_known() -> None:
    """A way of writing that an establishment reads otherwise is read its way."""
    reading = read_rows("people", [good("people", sex="M")], "codes: {sex: {female: [M]}}")

    assert reading.taken[0].row.sex == "female"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        ("codes: {sexes: {male: [m]}}", "has no codes"),
        ("codes: {sex: {man: [m]}}", "is not a value of sex"),
        ("codes: {sex: {male: [z], female: [z]}}", "stands for male and for female"),
        ("columns: {people: {number: [x]}}", "has no column"),
        ("columns: {dogs: {number: [x]}}", "is not known here"),
        ("dates: american", "is not one of the words"),
        ("widths: {booking_no: 99}", "between 1 and 20"),
        ("widths: {booking_no: ten}", "not a whole number"),
        ("times: local", "is not known here"),
        ("[]", "a block of lines"),
    ],
)
def test_what_cannot_be_used(raw: str, what: str) -> None:
    """Each mistake is told with its place and what to do."""
    with pytest.raises(Fault, match=what) as refused:
        read_codes(raw.encode(), "codes.yaml")

    assert refused.value.where is not None
    assert refused.value.remedy


def test_codes_become_words_of_the_vocabulary() -> None:
    """Every relationship, role and office that a file is read as is one that the law can ask about."""
    codes = read_codes(None, "")
    words = vocabulary()
    known = {*words.facts["contact.relation"].values, *words.facts["contact.role"].values}

    assert set(codes.known("relationship")) <= known
    assert set(codes.known("authority")) <= {*words.offices}
