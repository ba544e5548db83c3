"""A case is seen as of a day: what contradicts itself on that day is refused, with its places."""

from __future__ import annotations

from datetime import date

import pytest

from locutorio.facts.case import Case, read_case, see
from locutorio.facts.snapshot import Snapshot
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault, Faults
from locutorio.kernel.moments import birthday, years_between
from locutorio.kernel.texts import read_documents

VISIT = "law: arcadia\nquestion: {about: visit, on: 2026-12-05, asked_on: 2026-11-21}\nfacts:\n"
PAPER = """\
law: arcadia
question: {kind: instrument, instrument: s1, on: 2026-12-05}
instruments:
  - {id: s1, form: order, from: 2026-01-01, known_at: 2026-03-01}
"""


def written(text: str) -> Case:
    return read_case(read_documents(text.encode(), "case.yaml")[0], vocabulary())


def seen(text: str, on: date = date(2026, 12, 5), known_at: str | None = None) -> Snapshot:
    return see(written(text), on=on, zone="UTC", kinds=(), known_at=known_at)


def test_an_age_and_a_birthday_that_disagree_are_refused_with_both_places() -> None:
    """Two lines that give two ages are never weighed against each other in silence."""
    with pytest.raises(Fault, match=r"contact\.age is 12 here, and 46") as found:
        seen(VISIT + "  contact.born_on: 1980-01-01\n  contact.age: 12\n")

    assert "line 5" in str(found.value)
    assert "line 4" in str(found.value)


def test_an_age_and_a_birthday_that_agree_are_taken() -> None:
    """The same age said twice is no contradiction."""
    snapshot = seen(VISIT + "  contact.born_on: 1980-01-01\n  contact.age: 46\n")

    assert snapshot.facts["contact.age"] == 46


def test_nobody_is_born_after_the_day_of_the_contact() -> None:
    """A birthday still to come would make an age below nought: it is refused where it stands."""
    with pytest.raises(Fault, match="after the day of the question, 2026-12-05") as found:
        seen(VISIT + "  contact.born_on: 2030-12-10\n")

    assert "line 4" in str(found.value)


def test_a_question_is_not_asked_after_the_day_it_asks_about() -> None:
    """A notice of fewer than no days is refused where it stands, and also where the day is moved."""
    with pytest.raises(Faults, match="after the day asked about, 2026-12-05") as found:
        written(VISIT.replace("asked_on: 2026-11-21", "asked_on: 2027-11-21") + "  contact.age: 30\n")
    assert "line 2" in str(found.value)

    with pytest.raises(Fault, match="is before the day the question was asked, 2026-11-21") as moved:
        seen(VISIT + "  contact.age: 30\n", on=date(2026, 11, 20))
    assert "that day or a later one" in str(moved.value)


def test_a_paper_asked_about_before_it_was_known_is_said_to_be_unknown_then() -> None:
    """Who asks about a paper as of a moment before it was known is told when it became known."""
    with pytest.raises(Fault, match='"s1" was not yet known on 2026-02-01') as found:
        seen(PAPER, known_at="2026-02-01")

    assert "2026-03-01" in str(found.value)
    assert seen(PAPER, known_at="2026-03-01").papers[0].name == "s1"


@pytest.mark.parametrize("born", [date(2008, 2, 29), date(2010, 12, 10), date(2010, 1, 1)])
@pytest.mark.parametrize("years", [1, 16, 18, 92, 100])
def test_a_birthday_is_the_first_day_of_an_age(born: date, years: int) -> None:
    """On a birthday someone has just become that old, also who was born on 29 February."""
    turning = birthday(born, years)

    assert turning is not None
    assert years_between(born, turning) == years
    assert years_between(born, date.fromordinal(turning.toordinal() - 1)) == years - 1


def test_a_birthday_beyond_the_calendar_is_none() -> None:
    """A number of years that no calendar holds gives no day."""
    assert birthday(date(2010, 1, 1), 99999) is None
