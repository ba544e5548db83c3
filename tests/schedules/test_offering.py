"""Promises about what a schedule offers to whom: all that hinders is named, and never called a refusal."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locutorio.arrangements import schedule as package
from locutorio.arrangements.schedule.fitting import letters
from locutorio.arrangements.schedule.offering import joined, offered
from locutorio.arrangements.schedule.parties import places_needed
from locutorio.arrangements.schedule.patterns import Authority
from locutorio.arrangements.schedule.reading import read_schedule
from locutorio.arrangements.schedule.slots import slots_of
from locutorio.arrangements.schedule.values import Hindrance, Member, Party, Schedule, Slot, Who
from locutorio.arrangements.schedule.windows import first_bookable
from locutorio.notices.catalogue import sentences
from locutorio.notices.hindrances import hindrance_told
from tests.schedules.published import EXAMPLES

ADULT = Party((Member(40),))
HEAD = "schedule: x\nname: X\nzone: America/New_York\nrooms: {r: {name: R, places: {open: 9, closed: 2}}}\n"
SESSION = "sessions: [{id: s, room: r, days: [every_day], hours: [09:00-10:00]}]\n"


def made(text: str, sessions: str = SESSION) -> Schedule:
    return read_schedule((HEAD + sessions + text).encode(), "x")


def slot(schedule: Schedule, day: str) -> Slot:
    on = date.fromisoformat(day)
    return slots_of(schedule, on, on)[0]


def rules(
    schedule: Schedule,
    day: str = "2026-06-12",
    who: Who | None = None,
    party: Party = ADULT,
    *,
    asked: str = "2026-06-01T12:00-04:00",
    by: str = "public",
) -> list[str]:
    """Give the names of what hinders."""
    at = datetime.fromisoformat(asked)
    found = offered(schedule, slot(schedule, day), who or Who(), party, asked_at=at, by=by)
    return [one.rule for one in found]


def test_what_nothing_hinders_is_offered() -> None:
    """A schedule without rules offers every slot that has not begun, whatever is not known of the person."""
    assert rules(made("")) == []
    assert rules(made(""), asked="2026-06-12T08:59-04:00") == []
    assert rules(made(""), asked="2026-06-12T09:00-04:00") == ["begun"]


@pytest.mark.parametrize(
    ("window", "asked", "expected"),
    [
        ("lead: 2 days", "2026-06-10T23:59-04:00", []),
        ("lead: 2 days", "2026-06-11T00:00-04:00", ["too_late"]),
        ("lead: 2 days", "2026-06-11T03:59+00:00", []),  # still the 10th in New York
        ("furthest: 14 days", "2026-05-29T00:00-04:00", []),
        ("furthest: 14 days", "2026-05-28T23:59-04:00", ["too_early"]),
        ("lead: 24 hours", "2026-06-11T09:00-04:00", []),
        ("lead: 24 hours", "2026-06-11T09:01-04:00", ["too_late_at"]),
        ("opens: {day: sat, at: 08:00, weeks_before: 1}", "2026-06-06T07:59-04:00", ["too_early_at"]),
        ("opens: {day: sat, at: 08:00, weeks_before: 1}", "2026-06-06T08:00-04:00", []),
        ("closes: {day: mon, at: 08:00}", "2026-06-08T07:59-04:00", []),
        ("closes: {day: mon, at: 08:00}", "2026-06-08T08:00-04:00", ["too_late_at"]),
        ("by: staff, lead: 1 days", "2026-06-12T08:00-04:00", []),  # it is the public that asks
        ("days: [sat], lead: 5 days", "2026-06-12T08:00-04:00", []),  # the 12th is a Friday
        ("from: 2026-06-13, lead: 5 days", "2026-06-12T08:00-04:00", []),
        ("until: 2026-06-12, lead: 5 days", "2026-06-12T08:00-04:00", []),
        ("from: 2026-06-12, until: 2026-06-13, lead: 5 days", "2026-06-12T08:00-04:00", ["too_late"]),
    ],
)
def test_windows(window: str, asked: str, expected: list[str]) -> None:
    """A slot may be asked for from the first to the last moment of its window, by the local clock."""
    assert rules(made(f"windows: [{{{window}}}]"), asked=asked) == expected


def test_the_first_window_that_holds_counts() -> None:
    """Staff have their own window, and the one for everybody does not bind them."""
    schedule = made("windows: [{by: staff, lead: 1 hours}, {lead: 2 days}]")

    assert rules(schedule, asked="2026-06-12T07:00-04:00", by="staff") == []
    assert rules(schedule, asked="2026-06-12T07:00-04:00") == ["too_late"]


@given(asked=st.dates(date(2023, 12, 1), date(2026, 3, 1)), lead=st.integers(1, 6), weekends=st.booleans())
def test_work_days_one_by_one(asked: date, lead: int, weekends: bool) -> None:
    """The first day is the one after so many work days from tomorrow, counted here on a list of days off."""
    off = {
        *("2023-12-25", "2023-12-26", "2024-01-01", "2024-03-29", "2024-04-01", "2024-05-06", "2024-05-27"),
        *("2024-08-26", "2024-12-25", "2024-12-26", "2025-01-01", "2025-04-18", "2025-04-21", "2025-05-05"),
        *("2025-05-26", "2025-08-25", "2025-12-25", "2025-12-26", "2026-01-01"),
    }
    word = "yes" if weekends else "no"
    text = "calendars: {england: {holidays: GB-ENG}}\n"
    text += f"windows: [{{lead: {lead} work days, work_days: {{not_on: england, weekends: {word}}}}}]"
    schedule = made(text)
    work, day = 0, asked
    while work < lead:
        day += timedelta(days=1)
        work += weekends if day.weekday() > 4 else day.isoformat() not in off

    assert first_bookable(schedule, schedule.windows[0], asked) == day + timedelta(days=1)


def test_turns_by_register_number() -> None:
    """Odd and even digits alternate by weekends; a fifth one and a holiday in the week are everybody's."""
    schedule = read_schedule((EXAMPLES / "register-number-turns.yaml").read_bytes(), "turns")
    odd, even, short = Who(number="12345-678"), Who(number="12346-678"), Who(number="1234")

    def free(day: str) -> list[bool]:
        return [rules(schedule, day, who, asked="2026-01-01T00:00-07:00") == [] for who in (odd, even)]

    assert free("2026-05-02") == [True, False]
    assert free("2026-05-09") == [False, True]
    assert free("2026-05-31") == [True, True], "the Sunday after the fifth Saturday"
    assert free("2026-05-25") == [True, True], "Memorial Day, a Monday"
    assert free("2026-07-04") == [True, False], "Independence Day, a first Saturday, follows the turns"
    assert free("2026-08-01") == [True, False]
    assert free("2026-07-05") == [True, False], "the Sunday after the first Saturday"
    assert rules(schedule, "2026-05-02", short, asked="2026-01-01T00:00-07:00") == ["unknown_number"]


def test_a_day_without_a_turn() -> None:
    """Where a chart says nothing of a day, it is said that it is not known whose turn it is."""
    schedule = made(
        "rotations: [{turns: [{dates: odd, on: [2026-06-13], for: {sex: female}}], more_by: [captain]}]"
    )

    assert rules(schedule, "2026-06-12", Who(sex="female")) == ["turn_not_set"]
    assert rules(schedule, "2026-06-13", Who(sex="female")) == []
    assert rules(schedule, "2026-06-13", Who(sex="male")) == ["turn_of_others"]
    assert rules(schedule, "2026-06-13") == ["unknown_sex"]


@pytest.mark.parametrize(
    ("surname", "first_half"),
    [
        ("Álvarez", True), ("alvarez", True), ("Jiménez Zapata", True), ("Ünal", False), ("Łoś", False),
        ("Østergaard", False), ("Ñíguez", False), ("de la Cruz", True), ("D'Angelo", True),
        ("O'Brien", False),
        ("Jzz", True), ("K", False), ("  Ibáñez ", True), ("Æbelø", True),
    ],
)  # fmt: skip
def test_surnames(surname: str, first_half: bool) -> None:
    """Accents, spaces and signs do not move a surname; of two the first counts; both ends are included."""
    schedule = made(
        "", "sessions: [{id: s, room: r, days: [every_day], hours: [09:00-10:00], for: {surnames: A-J}}]\n"
    )

    assert rules(schedule, who=Who(surname=surname)) == ([] if first_half else ["group"])


@pytest.mark.parametrize("surname", [None, "", "李", "123", "-"])
def test_surnames_that_have_no_letter(surname: str | None) -> None:
    """A surname that cannot be put in order is not known, and nobody guesses."""
    schedule = made(
        "", "sessions: [{id: s, room: r, days: [every_day], hours: [09:00-10:00], for: {surnames: A-J}}]\n"
    )

    assert rules(schedule, who=Who(surname=surname)) == ["unknown_surname"]


@given(name=st.text(alphabet=st.characters(categories=["L"], max_codepoint=0x24F), min_size=1, max_size=8))
def test_ranges_part_every_surname(name: str) -> None:
    """Ranges that meet leave out nobody and share nobody."""
    text = "sessions: [{{id: s, room: r, days: [every_day], hours: [09:00-10:00], for: {{surnames: {0}}}}}]\n"
    found = [rules(made("", text.format(part)), who=Who(surname=name)) for part in ("A-Ki", "Kj-R", "S-Z")]

    if letters(name)[:1] in set("abcdefghijklmnopqrstuvwxyz") - {""}:
        assert sorted(found) in ([[], ["group"], ["group"]], [["group"], ["group"], ["group"]])
        if letters(name) != "k":
            assert [] in found
    else:
        assert found == [["unknown_surname"]] * 3


@pytest.mark.parametrize(
    ("people", "who", "expected"),
    [
        ("for: {units: [C-1]}", Who(unit="C-1-007"), []),
        ("for: {units: [C-1]}", Who(unit="c-1"), []),
        ("for: {units: [C-1]}", Who(unit="C-10-007"), ["group"]),
        ("for: {units: [C-1]}", Who(unit="C"), ["group"]),
        ("for: {units: [C-1]}", Who(), ["unknown_unit"]),
        ("except: {incentive: [enhanced]}", Who(incentive="ENHANCED"), ["group"]),
        ("except: {incentive: [enhanced]}", Who(incentive="basic"), []),
        ("except: {incentive: [enhanced]}", Who(), ["unknown_incentive"]),
        ("for: {statuses: [worker]}", Who(statuses=frozenset({"worker", "x"})), []),
        ("for: {statuses: [worker]}", Who(statuses=frozenset()), ["group"]),
        ("for: {groups: [a, b]}", Who(unit="B", custody_level="high"), []),
        ("for: {groups: [a, b]}", Who(unit="B", custody_level="low"), ["group"]),
        ("for: {groups: [a, b]}", Who(unit="A"), []),
        ("for: {groups: [a, b]}", Who(custody_level="low"), ["unknown_unit"]),
        ("for: {register: {digit: last, is: [7, 8]}}", Who(number="A-12 8"), []),
        ("for: {register: {digit: last, is: [7, 8]}}", Who(number="A-12 9"), ["group"]),
        ("for: {parts: [camp], sex: [female]}", Who(part="camp", sex="Female"), []),
        ("for: {parts: [camp], sex: [female]}", Who(part="main"), ["group"]),
    ],
)
def test_groups(people: str, who: Who, expected: list[str]) -> None:
    """A person fits by what is known; one thing that does not fit is enough, whatever else is not known."""
    sessions = f"sessions: [{{id: s, room: r, days: [every_day], hours: [09:00-10:00], {people}}}]\n"
    groups = "groups: {a: {units: [A]}, b: {units: [B], custody: [high]}}\nparts: [main, camp]\n"

    assert rules(made(groups, sessions), who=who) == expected


@pytest.mark.parametrize(
    ("rule", "held", "expected"),
    [
        ("72 hours", datetime(2026, 6, 9, 9, 0, tzinfo=UTC) + timedelta(hours=4), []),
        ("72 hours", datetime(2026, 6, 9, 9, 1, tzinfo=UTC) + timedelta(hours=4), ["waiting"]),
        ("72 hours", date(2026, 6, 8), []),
        ("72 hours", date(2026, 6, 9), ["waiting"]),  # at some hour of the 9th: its end counts
        ("60 days", date(2026, 4, 13), []),
        ("60 days", date(2026, 4, 14), ["waiting"]),
        ("60 days", None, ["unknown_held_since"]),
    ],
)
def test_waiting(rule: str, held: date | None, expected: list[str]) -> None:
    """Hours count from the moment of reception, or from the end of its day; days by the calendar."""
    schedule = made(f"waiting: [{{for_the_first: {rule}}}]")

    assert rules(schedule, who=Who(held_since=held)) == expected


def party(*ages: int | None, laps: int = 0, relation: str | None = None) -> Party:
    return Party(tuple(Member(age, relation, lap=index < laps) for index, age in enumerate(ages)))


@pytest.mark.parametrize(
    ("limit", "who", "expected"),
    [
        ("people_max: 2", party(None, None), []),
        ("people_max: 2", party(40, 30, 1), ["party_people"]),
        ("people_max: 2, not_counted_under: 2", party(40, 30, 1), []),
        ("people_max: 2, laps: {children: 1, under: 4}", party(3, 3, 40, laps=2), []),
        ("people_max: 2, laps: {children: 1, under: 4}", party(3, 40, 40, laps=0), ["party_people"]),
        ("people_max: 2, laps: {children: 1, under: 4}", party(4, 40, 40, laps=1), ["party_people"]),
        ("adults_max: 1", party(18, 17), []),
        ("adults_max: 1", party(18, 18), ["party_adults"]),
        ("adults_max: 1", party(18, None), ["unknown_age"]),
        ("adults_max: 1, adult_age: 16", party(18, 16), ["party_adults"]),
        ("children_max: 1", party(40, 5, 6), ["party_children"]),
        ("children_per_adult: 1", party(40, 5, 6), ["party_ratio"]),
        ("children_per_adult: 1", party(40, 40, 5, 6), []),
        ("adults_min: 1", party(17), ["party_adults_min"]),
        ("least_age: 18", party(40, 17), ["party_least_age"]),
        ("alone_from: {age: 18, unless: [spouse]}", party(17), ["party_alone"]),
        ("alone_from: {age: 18, unless: [spouse]}", party(17, relation="spouse"), []),
        ("alone_from: {age: 18, unless: [spouse]}", party(17, 18), []),
        ("relations: [parent]", party(40), ["unknown_relation"]),
        ("relations: [parent]", party(40, relation="friend"), ["party_relations"]),
        ("relations: [parent]", party(40, relation="parent"), []),
        ("days: [sat], people_max: 1", party(40, 40), []),
    ],
)
def test_parties(limit: str, who: Party, expected: list[str]) -> None:
    """Each limit counts those it counts, at both sides of its number."""
    assert rules(made(f"party: [{{{limit}}}]"), party=who) == expected


def test_places() -> None:
    """A table is one place; where people are counted, those who do not count take none; a party has one."""
    table = made("party: [{not_counted_under: 2}]")
    counting = (HEAD.replace("name: R", "name: R, counts: people") + SESSION).encode()
    people = replace(table, rooms=read_schedule(counting, "x").rooms)

    assert places_needed(table, slot(table, "2026-06-12"), party(40, 30, 1)) == ("open", 1)
    assert places_needed(people, slot(people, "2026-06-12"), party(40, 30, 1)) == ("open", 2)
    assert places_needed(people, slot(people, "2026-06-12"), party(1)) == ("open", 1)
    assert places_needed(table, slot(table, "2026-06-12"), party(40), kind="closed") == ("closed", 1)


@pytest.mark.parametrize(
    ("text", "by", "expected"),
    [
        ("booking: first_come", "staff", ["first_come"]),
        ("booking: assigned", "public", ["assigned"]),
        ("booking: assigned", "staff", []),
        ("asked_by: [person, staff]", "public", ["asker_person"]),
        ("asked_by: staff", "person", ["asker_staff"]),
        ("asked_by: [person, staff]", "person", []),
    ],
)
def test_ways_of_booking(text: str, by: str, expected: list[str]) -> None:
    """Who may ask, and whether anybody books at all, is the schedule's to say."""
    assert rules(made(text), by=by) == expected


def test_quotas_that_hang_on_what_is_not_known() -> None:
    """Where a limit is for some people only, it must be known whether the person is one of them."""
    schedule = made("quotas: [{id: q, unit: minutes, limit: 60, per: week, for: {legal_status: [pretrial]}}]")

    assert rules(schedule) == ["unknown_legal_status"]
    assert rules(schedule, who=Who(legal_status="sentenced")) == []


def test_joined_slots() -> None:
    """Slots are joined only where they follow each other in one session, up to the most that are allowed."""
    schedule = made(
        "",
        "sessions: [{id: s, room: r, days: [every_day], hours: [09:00-10:00, 10:00-11:00], every_minutes: 20,"
        " joined_max: 2}]\n",
    )
    slots = slots_of(schedule, date(2026, 6, 12), date(2026, 6, 12))

    assert joined(slots[:2]) == ()
    assert joined(slots[2:4]) == (), "from one of the hours into the next"
    assert [one.rule for one in joined(slots[:3])] == ["joined_max"]
    assert [one.rule for one in joined([slots[0], slots[2]])] == ["joined_apart"]


def test_every_hindrance_has_its_sentence() -> None:
    """Whatever can hinder can be told in both languages, with its numbers, and never as a refusal."""
    code = "\n".join(path.read_text("utf-8") for path in Path(package.__file__).parent.glob("*.py"))
    named = set(re.findall(r'Hindrance\(\s*"([a-z_]+)"', code)) | set(re.findall(r'"(party_[a-z_]+)"', code))
    attributes = re.findall(r'_among\("([a-z_]+)"', code) + re.findall(r'frozenset\(\{"([a-z_]+)"\}\)', code)
    named |= {f"unknown_{name}" for name in attributes if name != "visit"} | {"asker_person", "asker_staff"}
    start = "schedule.hindrance."
    told = {key.removeprefix(start) for key in sentences("en") if key.startswith(start)}

    assert named <= told
    for lang, words in (("en", ("refuse", "denied")), ("es", ("rechaz", "denega", "deniega"))):
        for rule in told:
            sentence = sentences(lang)[f"schedule.hindrance.{rule}"]
            assert not any(word in sentence.lower() for word in words)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_hindrance_names_who_may_go_beyond(lang: str) -> None:
    """The offices stand in the sentence: one, any of several, or all together, and the ground."""
    words = {"found": "5", "most": "4", "age": "18"}
    for authority, some in (
        (Authority(("captain",)), ["captain"]),
        (Authority(("captain", "major"), together=True, ground="distance"), ["captain, major", "distance"]),
        (Authority(("captain", "major")), ["captain, major"]),
    ):
        told = hindrance_told(lang, Hindrance("party_people", words, authority))
        assert all(one in told for one in ["5", "4", *some])


def test_the_example_offers_what_it_says() -> None:
    """The north wing has Monday evenings, and on weekends everybody who is not held apart has the hall."""
    schedule = read_schedule((EXAMPLES / "oak-county.yaml").read_bytes(), "oak")
    north = Who(unit="N-2-004", statuses=frozenset(), held_since=date(2026, 1, 2))
    day = date(2026, 11, 23)
    asked = datetime(2026, 11, 20, 12, tzinfo=UTC)
    free = {
        one.session
        for one in slots_of(schedule, day - timedelta(days=1), day)
        if not offered(schedule, one, north, ADULT, asked_at=asked, by="public")
    }

    assert free == {"north_evening", "weekend", "booths", "video"}
