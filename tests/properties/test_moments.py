"""Days, counts of days and timelines do what a person with a calendar would do."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from locutorio.decisions.clocks import last_day
from locutorio.facts.case import Case, CasePaper, Dated, see
from locutorio.facts.snapshot import Question
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import YEAR_MAX, YEAR_MIN, day, moment, plus_days, years_between

FIRST, LAST = date(YEAR_MIN, 1, 1), date(YEAR_MAX, 12, 31)
ZONES = ("America/New_York", "Etc/UTC", "America/Bogota", "Pacific/Auckland")
FACT = "contact.convicted"
HOLIDAYS = frozenset(country_holidays("US", years=range(2024, 2032)))

days = st.dates(FIRST, LAST)
near = st.dates(date(2025, 1, 1), date(2026, 12, 31))
zones = st.sampled_from(ZONES)


@given(days)
def test_a_day_that_is_written_is_read_back(on: date) -> None:
    """Every day of the years that can be meant survives being written."""
    assert day(on.isoformat()) == on


@given(st.text(alphabet="0123456789-/ T", max_size=12))
def test_a_text_is_a_day_or_a_fault(text: str) -> None:
    """Whatever is written is a day of the calendar or refused with its reason, and nothing else happens."""
    found: date | Fault
    try:
        found = day(text)
    except Fault as fault:
        found = fault

    assert found.remedy if isinstance(found, Fault) else found.isoformat() == text


@given(days, zones)
def test_a_bare_day_is_its_first_moment(on: date, zone: str) -> None:
    """Midnight where the establishment is, not where the program runs."""
    assert moment(on.isoformat(), zone) == datetime(on.year, on.month, on.day, tzinfo=ZoneInfo(zone))


@given(near, st.times(), zones, zones)
def test_a_moment_with_an_offset_is_the_same_everywhere(on: date, at: time, here: str, there: str) -> None:
    """An offset in the text decides; the zone only says how it is shown."""
    written = datetime.combine(on, at, ZoneInfo("Etc/UTC")).isoformat(timespec="seconds")

    assert moment(written, here) == moment(written, there)


@given(days, days)
def test_an_age_is_counted_by_birthdays(born: date, on: date) -> None:
    """Counting the birthdays one by one gives the same age; 29 February is kept on 1 March."""

    def birthday(year: int) -> date:
        try:
            return born.replace(year=year)
        except ValueError:
            return date(year, 3, 1)

    if on >= born:
        kept = sum(birthday(year) <= on for year in range(born.year + 1, on.year + 1))
        assert years_between(born, on) == kept


@given(days, st.integers(-200_000, 200_000))
def test_days_are_added_on_the_calendar(start: date, count: int) -> None:
    """So many days later is so many days away, and beyond what can be written it is nothing."""
    found = plus_days(start, count)

    assert found is None or (found - start).days == count
    assert plus_days(start, 10**9) is None


@given(near, st.integers(0, 90))
def test_a_window_of_calendar_days(start: date, count: int) -> None:
    """The day of the event is not counted; every later day is."""
    end, skipped = last_day(start, count, "calendar", "US")

    assert end == start + timedelta(days=count)
    assert skipped == ()


@given(near, st.integers(1, 90))
def test_a_window_of_work_days(start: date, count: int) -> None:
    """Between the event and the last day lie exactly so many days that are neither weekend nor holiday."""
    end, skipped = last_day(start, count, "work", "US")
    assert end is not None
    between = [start + timedelta(days=step) for step in range(1, (end - start).days + 1)]
    worked = [one for one in between if one.isoweekday() <= 5 and one not in HOLIDAYS]

    assert len(worked) == count
    assert worked[-1] == end
    assert list(skipped) == [one for one in between if one.isoweekday() <= 5 and one in HOLIDAYS]


@given(near, st.integers(1, 60))
def test_a_window_of_work_days_without_a_country(start: date, count: int) -> None:
    """Where no country is named only weekends are passed over."""
    end, skipped = last_day(start, count, "work", None)
    assert end is not None
    between = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))

    assert sum(one.isoweekday() <= 5 for one in between) == count
    assert skipped == ()


def _case(*entries: Dated) -> Case:
    return Case("any", Question("contact", FIRST, "visit"), {FACT: entries})


def _seen(case: Case, on: date, known_at: str | None = None) -> object:
    return see(case, on=on, zone="Etc/UTC", kinds=(), known_at=known_at).facts.get(FACT)


@given(near, st.integers(1, 400), near)
def test_a_period_holds_from_its_first_day_up_to_its_end(since: date, length: int, on: date) -> None:
    """`until` is the first day on which a fact is no longer true."""
    until = since + timedelta(days=length)
    seen = _seen(_case(Dated(True, since, until)), on)

    assert seen is (True if since <= on < until else None)


@given(
    st.lists(st.tuples(st.booleans(), near), min_size=1, max_size=6, unique_by=lambda entry: entry[1]), near
)
def test_what_became_known_last_counts(entries: list[tuple[bool, date]], by: date) -> None:
    """Of all that was known by a moment the latest counts; what became known later is as if never said."""
    timeline = [Dated(value, known_at=known.isoformat()) for value, known in entries]
    known = [(at, value) for value, at in entries if at <= by]
    expected = max(known)[1] if known else None

    assert _seen(_case(*timeline), FIRST, by.isoformat()) is expected
    assert _seen(_case(*reversed(timeline)), FIRST, by.isoformat()) is expected


@given(near, near)
def test_two_values_of_one_day_are_refused(since: date, on: date) -> None:
    """Where two values hold on one day and neither became known later, a person must say which."""
    case = _case(Dated(True, since), Dated(False))
    if since <= on:
        with pytest.raises(Fault, match="two values"):
            _seen(case, on)
    else:
        assert _seen(case, on) is False


@given(near, near)
def test_a_paper_counts_once_it_is_known(known: date, by: date) -> None:
    """A paper that became known later is not there yet."""
    paper = CasePaper("p", "form", {}, known.isoformat(), None)
    case = Case("any", Question("contact", FIRST, "visit"), {}, (paper,))
    seen = see(case, on=FIRST, zone="Etc/UTC", kinds=(), known_at=by.isoformat())

    assert bool(seen.papers) is (known <= by)
