"""With the roll call a person sees that no entry about them was left out."""

from __future__ import annotations

import pytest

from locutorio.record.entry import read
from locutorio.record.rollcall import Place, RollCall, Row, check_complete, check_row
from locutorio.record.tree import EMPTY_ROOT
from locutorio.record.unproved import Unproved
from tests.record.logs import entries

LINES = entries(17, people=3)
ABOUT = {
    name: [(index, read(line)) for index, line in enumerate(LINES) if read(line)["subject"] == name]
    for name in ("pseudonym-0", "pseudonym-1", "pseudonym-2")
}
ROLL = RollCall(Row(name, len(found), found[-1][0]) for name, found in ABOUT.items())


def test_everyone_finds_their_row_and_all_of_theirs() -> None:
    """Each row is shown to stand on the roll, and a person's entries are all that the roll counts."""
    for name, found in ABOUT.items():
        row, place = ROLL.place(name)
        check_row(row, place, ROLL.root())
        check_complete(row, found, 17)


def test_leaving_one_out_is_seen() -> None:
    """Any entry omitted, doubled, exchanged or put elsewhere is seen."""
    row, _ = ROLL.place("pseudonym-1")
    found = ABOUT["pseudonym-1"]
    for number in range(len(found)):
        for broken in (
            found[:number] + found[number + 1 :],
            [*found, found[number]],
            [*found[:number], ABOUT["pseudonym-2"][0], *found[number + 1 :]],
            [*found[:number], (found[number][0] + 1, found[number][1]), *found[number + 1 :]],
        ):
            with pytest.raises(Unproved):
                check_complete(row, broken, 17)
    with pytest.raises(Unproved):
        check_complete(row, found, found[-1][0])


def test_another_row_is_not_on_the_roll() -> None:
    """A row with another count, or at another place, is refused."""
    row, place = ROLL.place("pseudonym-1")
    for other in (Row(row.subject, row.count - 1, row.last), Row("pseudonym-9", row.count, row.last)):
        with pytest.raises(Unproved):
            check_row(other, place, ROLL.root())
    with pytest.raises(Unproved):
        check_row(row, Place(place.index + 1, place.size, place.path), ROLL.root())


@pytest.mark.parametrize(
    "rows",
    [
        [Row("a", 1, 0), Row("a", 2, 5)],
        [Row("a\nb", 1, 0)],
        [Row("", 1, 0)],
        [Row("a", 0, 0)],
        [Row("a", 3, 1)],
    ],
)
def test_a_roll_that_cannot_be_is_refused(rows: list[Row]) -> None:
    """One person twice, a name of two lines, no entry, more entries than the log holds: no roll."""
    with pytest.raises(Unproved):
        RollCall(rows)


def test_nobody_on_the_roll() -> None:
    """A roll without rows has the root of an empty tree, and finds nobody."""
    assert RollCall([]).root() == EMPTY_ROOT
    with pytest.raises(KeyError):
        RollCall([]).place("pseudonym-0")
