"""Reads the rules of a schedule: windows, turns, quotas, parties, waiting, entry, missed visits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from locutorio.arrangements.schedule.limits import (
    Entry,
    EntryPause,
    NoShows,
    PartyLimit,
    Per,
    Price,
    Quota,
    Rotation,
    Turn,
    Unit,
    Waiting,
    Window,
)
from locutorio.arrangements.schedule.patterns import TimeMark, WeekPoint
from locutorio.arrangements.schedule.reading_scopes import (
    DAYS,
    SCOPE,
    WEEKDAYS,
    Known,
    authority,
    clock,
    code,
    day_of,
    days,
    group,
    mark,
    number,
    reference,
    scope,
    several,
    text,
    words,
)
from locutorio.kernel.texts import Node

ROLLING_DAYS_MAX = 92
LIMIT_MAX = 99_999
HOURS_MAX = LIMIT_MAX // 60
_MORE = ("more_by", "ground")
_PLACE = tuple(name for name in SCOPE if name not in {"for", "except", "by"})  # where no person is looked at
_ALL_BUT_BY = tuple(name for name in SCOPE if name != "by")
_SPAN = re.compile(r"([0-9]{1,4}) (days?|hours?|work days?|weeks?)")
_HOURS = "hours"
_KINDS = ("visit", "call")


def _span(node: Node, units: Sequence[str]) -> tuple[int, str]:
    """Read so many of a unit: "2 days" is 2 and "days"."""
    match = _SPAN.fullmatch(node.text())
    unit = match and match[2].removesuffix("s") + "s"
    if not match or unit not in units:
        node.fail(
            f'"{node.text()}" is not a number of {" or ".join(units)}', remedy=f"write it like 2 {units[0]}"
        )
    assert unit is not None
    return int(match[1]), unit


def window(node: Node, known: Known) -> Window:
    """Read how long before a visit it may be asked for."""
    entries = node.entries(optional=[*SCOPE, *_MORE, "lead", "furthest", "opens", "closes", "work_days"])
    count, unit = _span(entries["lead"], ["days", "hours", "work days"]) if "lead" in entries else (0, "")
    work = entries["work_days"].entries(optional=["not_on", "weekends"]) if "work_days" in entries else {}
    if work and unit != "work days":
        entries["work_days"].name.fail(
            "no work days are counted here", remedy="write `lead: 2 work days`, or take the line out"
        )
    return Window(
        scope=scope(entries, known),
        lead_days=count if unit == "days" else None,
        lead_hours=count if unit == "hours" else None,
        lead_work_days=count if unit == "work days" else None,
        work_calendar=reference(work["not_on"], known.calendars) if "not_on" in work else None,
        weekend_works=work["weekends"].yes() if "weekends" in work else False,
        furthest_days=_span(entries["furthest"], ["days"])[0] if "furthest" in entries else None,
        opens=_week_point(entries["opens"]) if "opens" in entries else None,
        closes=_week_point(entries["closes"]) if "closes" in entries else None,
        more=authority(entries),
    )


def _week_point(node: Node) -> WeekPoint:
    entries = node.entries(required=["day", "at"], optional=["weeks_before"])
    return WeekPoint(
        weekday=WEEKDAYS.index(entries["day"].choice(WEEKDAYS)),
        at=clock(entries["at"]),
        weeks_before=number(entries["weeks_before"], 0, 52) if "weeks_before" in entries else 0,
    )


def rotation(node: Node, known: Known) -> Rotation:
    """Read whose turn it is on which days."""
    entries = node.entries(required=["turns"], optional=[*_ALL_BUT_BY, *_MORE])
    turns = entries["turns"].items()
    return Rotation(scope(entries, known), tuple(_turn(one, known) for one in turns), authority(entries))


def _turn(node: Node, known: Known) -> Turn:
    entries = node.entries(optional=[*DAYS, "for"])
    which = days(entries, known)
    if which is None:
        node.fail("this turn names no days", remedy="add `weekends: [1, 3]`, `dates: odd` or `on: [day]`")
    return Turn(which, group(entries["for"], known) if "for" in entries else None)


def quota(node: Node, known: Known) -> Quota:
    """Read how much in which period."""
    entries = node.entries(
        required=["id", "unit", "limit", "per"],
        optional=[*_ALL_BUT_BY, *_MORE, "of", "week_starts", "anchor", "counted_for", "cost"],
    )
    unit = entries["unit"].choice([*(one.value for one in Unit), _HOURS])
    limit = (
        number(entries["limit"], 0, HOURS_MAX) * 60
        if unit == _HOURS
        else number(entries["limit"], 0, LIMIT_MAX)
    )
    per, length = _per(entries["per"])
    if (per is Per.WEEKS) != ("anchor" in entries):
        entries.get("anchor", entries["per"]).fail(
            "blocks of weeks are counted from a day, and other periods are not",
            remedy="write `per: 2 weeks` and `anchor:` with the first day of one block",
        )
    if (unit == Unit.POINTS) != ("cost" in entries):
        entries.get("cost", entries["unit"]).fail(
            "points have prices, and other units have none",
            remedy="write `unit: points` and `cost:` with rows of `points`",
        )
    return Quota(
        code=code(entries["id"]),
        scope=scope(entries, known),
        unit=Unit.MINUTES if unit == _HOURS else Unit(unit),
        limit=limit,
        per=per,
        length=length,
        anchor=day_of(entries["anchor"]) if "anchor" in entries else None,
        week_begins=WEEKDAYS.index(entries["week_starts"].choice(WEEKDAYS))
        if "week_starts" in entries
        else 0,
        of=frozenset(several(entries["of"], lambda one: one.choice(_KINDS)))
        if "of" in entries
        else frozenset({"visit"}),
        contact="counted_for" in entries
        and entries["counted_for"].choice(["person", "contact"]) == "contact",
        prices=tuple(_price(one, known) for one in entries["cost"].items()) if "cost" in entries else (),
        more=authority(entries),
    )


def _per(node: Node) -> tuple[Per, int]:
    plain = [Per.DAY, Per.WEEKEND, Per.WEEK, Per.MONTH]
    if node.text() in plain:
        return Per(node.text()), 1
    if not _SPAN.fullmatch(node.text()):
        node.fail(
            f'"{node.text()}" is no period',
            remedy=f"write one of {', '.join(plain)}, or a number such as 30 days or 2 weeks",
        )
    count, unit = _span(node, ["days", "weeks"])
    most = ROLLING_DAYS_MAX if unit == "days" else 52
    if not 1 <= count <= most:
        node.fail(f"{count} is not between 1 and {most}", remedy="check the number")
    return Per(unit), count


def _price(node: Node, known: Known) -> Price:
    entries = node.entries(required=["points"], optional=_ALL_BUT_BY)
    return Price(scope(entries, known), number(entries["points"], 0, 1000))


def party(node: Node, known: Known) -> PartyLimit:
    """Read who may come together."""
    counts = ("people_max", "adults_max", "children_max", "children_per_adult", "adults_min")
    ages = ("not_counted_under", "adult_age", "least_age")
    entries = node.entries(optional=[*_ALL_BUT_BY, *_MORE, *counts, *ages, "laps", "alone_from", "relations"])

    def found(name: str, most: int) -> int | None:
        return number(entries[name], 0, most) if name in entries else None

    laps = entries["laps"].entries(required=["children", "under"]) if "laps" in entries else {}
    alone = (
        entries["alone_from"].entries(required=["age"], optional=["unless"])
        if "alone_from" in entries
        else {}
    )
    return PartyLimit(
        scope=scope(entries, known),
        people_max=found("people_max", 1000),
        adults_max=found("adults_max", 1000),
        children_max=found("children_max", 1000),
        children_per_adult=found("children_per_adult", 100),
        counted_from=found("not_counted_under", 30) or 0,
        laps=number(laps["children"], 1, 20) if laps else 0,
        lap_under=number(laps["under"], 1, 18) if laps else 0,
        adult_age=found("adult_age", 30),
        least_age=found("least_age", 100),
        alone_from=number(alone["age"], 1, 30) if alone else None,
        alone_relations=words(alone.get("unless")),
        relations=words(entries.get("relations")),
        adults_min=found("adults_min", 100) or 0,
        more=authority(entries),
    )


def waiting(node: Node, known: Known) -> Waiting:
    """Read how long after reception there is no session."""
    entries = node.entries(required=["for_the_first"], optional=[*_ALL_BUT_BY, *_MORE])
    count, unit = _span(entries["for_the_first"], ["days", "hours"])
    return Waiting(
        scope(entries, known),
        hours=count if unit == "hours" else 0,
        days=count if unit == "days" else 0,
        more=authority(entries),
    )


def entry(node: Node, known: Known) -> Entry:
    """Read when people may come in and must be out."""
    entries = node.entries(optional=[*_PLACE, "opens", "last", "clear"])

    def found(name: str) -> TimeMark | None:
        return mark(entries[name]) if name in entries else None

    return Entry(scope(entries, known), found("opens"), found("last"), found("clear"))


def pause(node: Node, known: Known) -> EntryPause:
    """Read a pause of entry, which a time or an event ends."""
    entries = node.entries(required=["begins"], optional=[*_PLACE, "ends", "event"])
    begins = clock(entries["begins"])
    ends = clock(entries["ends"]) if "ends" in entries else None
    event = text(entries["event"]) if "event" in entries else None
    if (ends is None) == (event is None):
        node.fail(
            "a pause ends at a time or with an event, and one of them is said",
            remedy="write `ends: 10:00`, or `event:` with what ends it",
        )
    if ends is not None and ends <= begins:
        entries["ends"].fail("this pause ends before it begins", remedy="check the two times")
    return EntryPause(scope(entries, known), begins, ends, event)


def no_shows(node: Node) -> NoShows:
    """Read what follows from missed visits."""
    entries = node.entries(required=["count"], optional=["within", "closes", "counted_for", *_MORE])
    more = authority(entries)
    if "closes" not in entries and more is None:
        node.fail(
            "nothing follows from these missed visits",
            remedy="write `closes: 30 days`, or `more_by:` with the office that decides",
        )
    return NoShows(
        count=number(entries["count"], 1, 100),
        within_days=_span(entries["within"], ["days"])[0] if "within" in entries else None,
        days=_span(entries["closes"], ["days"])[0] if "closes" in entries else None,
        contact="counted_for" not in entries
        or entries["counted_for"].choice(["person", "contact"]) == "contact",
        may=more,
    )
