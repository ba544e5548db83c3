"""Nothing uncertain is told as certain: whatever the day was that nobody knows, what is told holds."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from locutorio.chronicle.cells import Standing, Value
from locutorio.chronicle.days import read_days
from locutorio.chronicle.grants import Carried
from locutorio.chronicle.stage import Knowledge, Regime
from locutorio.chronicle.telling import Day, lanes, tell
from locutorio.chronicle.values import Chronicle
from locutorio.decisions.decision import Truth
from tests.chronicle.files import EXAMPLE, Tree, changed, chronicle_of, example, published, tree

ALL = Knowledge()
DECIDED = {Value.YES, Value.NO, Value.ORDERED, Value.ORDERED_NOT_DONE}


def settled(made: Tree, name: str, on: date) -> Tree:
    """Give a file in which one event was on a day that is known."""
    for one in made["events"]:
        if one["id"] == name:
            one["date"], one["margin_days"] = on.isoformat(), "0"
    return made


def told(day: Day) -> dict[tuple[tuple[str, ...], str], Value]:
    """Give what is told as decided."""
    return {(one.whom, one.channel): one.value for one in day.cells if one.value in DECIDED}


def check_worlds(path: Path) -> int:
    """Settle each uncertain event on its first day and on its last: what was told as decided stays so."""
    chronicle = chronicle_of(tree(path))
    compared = 0
    for event in chronicle.events:
        if event.days.exact:
            continue
        worlds = [
            chronicle_of(settled(tree(path), event.name, on)) for on in (event.days.first, event.days.last)
        ]
        for on in (
            event.days.first,
            event.days.first + timedelta(days=3),
            event.days.last - timedelta(days=1),
        ):
            decided = told(tell(chronicle, on, ALL))
            for world in worlds:
                then = {(one.whom, one.channel): one.value for one in tell(world, on, ALL).cells}
                for key, value in decided.items():
                    assert then.get(key) is value, (event.name, on, key)
                    compared += 1
    return compared


def test_what_is_told_as_decided_holds_whatever_the_day_was() -> None:
    """In the invented case, for each event whose day is not known, at each end of what is possible."""
    assert check_worlds(EXAMPLE) > 50


def test_what_is_told_of_the_published_case_holds_whatever_the_day_was() -> None:
    """The same of the published case."""
    assert check_worlds(published()) > 50


def value(chronicle: Chronicle, on: str, whom: str, channel: str, knowledge: Knowledge = ALL) -> Value:
    """Give what is told of one contact by one channel."""
    day = tell(chronicle, date.fromisoformat(on), knowledge)
    return next(one.value for one in day.cells if whom in one.whom and one.channel == channel)


def test_a_bar_on_all_says_nothing_of_one_for_whom_it_did_not_hold() -> None:
    """A visit that took place later leaves it open since when it could; who did not know of it had a bar."""
    then = date(2019, 5, 12)

    assert value(example(), "2019-05-12", "C1", "visit") is Value.UNKNOWN
    assert value(example(), "2019-05-12", "C1", "visit", Knowledge(then)) is Value.NO
    assert value(example(), "2019-05-12", "C1", "visit", Knowledge(None, 2)) is Value.NO


def test_a_known_day_is_one_on_which_it_was_surely_known() -> None:
    """A paper is known when it is filed; what may be known by a day is named, and not counted."""
    written, filed = date(2025, 4, 20), date(2025, 4, 30)
    early = tell(example(), written, Knowledge(written))
    late = tell(example(), filed, Knowledge(filed))

    assert "v18" not in {one.event for one in early.petitions}
    assert "v18" in {one.event for one in late.petitions}
    midway = tell(example(), date(2022, 8, 15), Knowledge(date(2022, 8, 15)))
    assert "v14" in {one.name for one in midway.perhaps}


def test_a_grant_does_not_outlive_conviction_and_transfer() -> None:
    """It is in force before, not shown around a transfer whose day is not known, superseded after it."""

    def carried(on: str, knowledge: Knowledge = ALL) -> Carried:
        return tell(example(), date.fromisoformat(on), knowledge).grants[0].carried

    assert carried("2020-03-09") is Carried.IN_FORCE
    assert carried("2020-06-25") is Carried.NOT_SHOWN
    assert carried("2020-07-03") is Carried.SUPERSEDED
    assert carried("2021-01-01", Knowledge(date(2021, 1, 1))) is Carried.NOT_SHOWN


def test_the_day_of_a_transfer_that_is_not_known_leaves_the_place_open() -> None:
    """Between the first and the last possible day both places are told."""
    assert tell(example(), date(2020, 6, 25), ALL).stage.places == ("P1", "P2")
    assert tell(example(), date(2020, 6, 25), ALL).stage.regime is Regime.POST_CONVICTION
    assert tell(example(), date(2020, 7, 3), ALL).stage.places == ("P2",)


def test_a_claim_is_never_in_force() -> None:
    """An allowance that reports alone tell of is claimed, and whether it is in force is not known."""
    counts = tell(example(), date(2021, 1, 1), ALL).counts

    assert counts
    assert {one.standing for one in counts} == {Standing.CLAIMED}
    assert {one.in_force for one in counts} == {Truth.UNKNOWN}


def test_who_has_died_is_not_told_of() -> None:
    """After the last day on which somebody can have lived, nothing is told of what they could do."""
    assert any("O" in one.whom for one in tell(example(), date(2024, 6, 30), ALL).cells)
    assert not any("O" in one.whom for one in tell(example(), date(2024, 7, 1), ALL).cells)
    drawn = [one for one in lanes(example(), ALL, date(2026, 1, 15)) if "O" in one.whom]
    assert {one.stretches[-1].days.last for one in drawn} == {date(2024, 6, 30)}
    assert all(fact.since.first <= date(2024, 6, 30) for one in drawn for fact in one.facts)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026-07-17", date(2026, 7, 17), date(2026, 7, 17)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-07/2026-09", date(2026, 7, 1), date(2026, 9, 30)),
    ],
)
def test_a_date_is_the_days_that_are_possible(written: str, first: date, last: date) -> None:
    """What is not written is not filled in."""
    found = read_days(written)

    assert (found.first, found.last) == (first, last)


def test_of_two_uncertain_days_the_order_can_be_unknown() -> None:
    """Before, not before, and not known."""
    august, day, year = read_days("2026-08"), read_days("2026-08-15"), read_days("2027")

    assert august.before(day) is Truth.UNKNOWN
    assert august.before(year) is Truth.YES
    assert year.before(august) is Truth.NO


def test_an_about_day_is_a_week_to_each_side_unless_the_file_says_otherwise() -> None:
    """A margin of the file counts instead."""

    def narrow(made: Tree) -> None:
        next(one for one in made["events"] if one["id"] == "v09")["margin_days"] = "1"

    def days(chronicle: Chronicle) -> tuple[date, date]:
        event = chronicle.event("v09")
        assert event is not None
        return event.days.first, event.days.last

    assert days(example()) == (date(2020, 6, 18), date(2020, 7, 2))
    assert days(changed(narrow)) == (date(2020, 6, 24), date(2020, 6, 26))
