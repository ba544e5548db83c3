"""Contradictions about days: of which event a date is, weekdays, years nobody wrote, intervals, orders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from locutorio.chronicle.days import MONTHS, Days, hull, month_days, months_before, months_between, one_day
from locutorio.chronicle.people import alive
from locutorio.chronicle.phrases import any_of, number, number_pattern
from locutorio.chronicle.values import Force
from locutorio.chronicle.versions import WEEKDAYS, Dated, Version, dated, day_and_month, read_date
from locutorio.chronicle.weighed import Found, Table
from locutorio.decisions.decision import Truth

_MONTH = any_of(MONTHS)
_STRETCH = re.compile(
    rf"\b(?P<a>{_MONTH}) (?P<b>[0-9]{{4}}) to (?P<c>{_MONTH}) (?P<d>[0-9]{{4}})\b", re.IGNORECASE
)
_DAYS_OF = re.compile(
    rf"\b(?P<weekday>{any_of(WEEKDAYS)}) (?P<days>[0-9]{{1,2}}(?:(?:, | and )[0-9]{{1,2}})*) "
    rf"(?P<month>{_MONTH})(?! [0-9]{{4}})\b",
    re.IGNORECASE,
)
_UNIT_DAYS = {"day": 1, "week": 7}
_YEAR_MONTHS = 12


def _relation() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<more>more than )?(?P<count>{number_pattern()}) (?P<unit>day|week|month)s? before "
        rf"(?P<day>[0-9]{{1,2}}) (?P<month>{_MONTH})",
        re.IGNORECASE,
    )


def _months() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<count>{number_pattern()}) months?\b", re.IGNORECASE)


def _month(name: str) -> int:
    return MONTHS.index(name.lower()) + 1


def weigh_stretches(table: Table) -> Iterator[Found]:
    """Count the months between two that a version names, and set a number that another names beside it."""
    stretches = [(at, match) for at, one in enumerate(table.versions) if (match := _STRETCH.search(one.says))]
    for at, match in stretches:
        first = month_days(int(match["b"]), _month(match["a"]))
        last = month_days(int(match["d"]), _month(match["c"]))
        count = months_between(first, last)
        yield Found(
            kind="months", versions=(at,), numbers={"months": count}, days={"first": first, "last": last}
        )
        for other, version in enumerate(table.versions):
            said = _months().search(version.says)
            if said and other != at:
                back = months_before(read_date(version.source) or last, number(said["count"]))
                numbers = {"said": number(said["count"]), "months": count}
                yield Found(
                    kind="months_said",
                    versions=(other,),
                    numbers={**numbers, "difference": abs(count - numbers["said"])},
                    days={"back": back},
                )


def weigh_last(table: Table) -> Iterator[Found]:
    """Where versions name the last time, or a number so far, each counts from the day of its source."""
    if not re.search(r"\blast\b", table.about):
        return
    facts = [
        (event, one)
        for event in table.chronicle.events
        for one in event.statements
        if one.force is Force.FACT and one.yes
    ]
    for at, version in enumerate(table.versions):
        counted = version.days is None and re.search(r"\bin all\b|\bso far\b", version.says)
        as_of = read_date(version.source) if counted else version.days
        if as_of is None:
            continue
        events = tuple(dict.fromkeys(event.name for event, one in facts if event.known.meets(as_of)))
        kind = "counted_by" if counted else "last_by"
        yield Found(kind=kind, versions=(at,), days={"as_of": as_of}, events=events)


def weigh_apart(table: Table) -> Iterator[Found]:
    """Say of which event each date is, and what of it: written, filed, ruled, entered."""
    if re.search(r"\blast\b", table.about) or any(_relation().search(one.text) for one in table.versions):
        return
    days = {at: one.days for at, one in enumerate(table.versions) if one.days is not None}
    if len(days) < 2 or any(_STRETCH.search(one.says) for one in table.versions):
        return
    for at, found in days.items():
        match = _date_of(table, table.versions[at], found)
        if match is None:
            yield Found(
                kind="date_of_none", versions=(at,), days={"day": found}, texts=_words_for(table.versions[at])
            )
            continue
        yield Found(
            kind="date_of",
            versions=(at,),
            days={"day": match.days},
            texts={"basis": match.what},
            events=(match.event,),
        )
    yield from _beside(table, days)


def _beside(table: Table, days: dict[int, Days]) -> Iterator[Found]:
    """Give the other dates of the events that were met, which no version names."""
    met = {one for at, found in days.items() if (one := _date_of(table, table.versions[at], found))}
    for name in sorted({one.event for one in met}):
        event = table.chronicle.event(name)
        for other in dated(event) if event else ():
            if other not in met:
                yield Found(
                    kind="date_beside", texts={"basis": other.what}, days={"day": other.days}, events=(name,)
                )


def _words_for(version: Version) -> dict[str, str]:
    return {"source": version.source} if version.source else {}


def _date_of(table: Table, version: Version, days: Days) -> Dated | None:
    """Give the date of an event that is the very day, or that the version names and that lies within."""
    stated = [one for event in table.chronicle.events for one in dated(event)]
    same = next((one for one in stated if one.days == days), None)
    if same is not None or days.exact:
        return same
    for event in table.chronicle.events:
        named = re.search(rf"\b{re.escape(event.what)}\b", version.text)
        if named and days.first <= event.days.first and event.days.last <= days.last:
            return dated(event)[0]
    return None


def weigh_weekday(table: Table) -> Iterator[Found]:
    """Work out the weekday of a date that an event bears, and say whether a version has it right."""
    told = [(at, one) for at, one in enumerate(table.versions) if one.weekday is not None]
    day = next((found for _, one in told if (found := day_and_month(one.says))), None)
    if len(told) < 2 or day is None:
        return
    dates = {
        one.days.first: one.event
        for event in table.chronicle.events
        for one in dated(event)
        if one.days.exact and (one.days.first.day, one.days.first.month) == day
    }
    if len(dates) != 1:
        return
    [(on, event)] = dates.items()
    for at, version in told:
        right = version.weekday == on.weekday()
        yield Found(
            kind="weekday",
            versions=(at,),
            numbers={"right": int(right), "weekday": on.weekday()},
            days={"day": one_day(on)},
            events=(event,),
        )


def undated(about: str) -> bool:
    """Whether a subject names days without their year: then no year of a version is taken for theirs."""
    return _DAYS_OF.search(about) is not None


def weigh_years(table: Table) -> Iterator[Found]:
    """Offer the years that a weekday fits, with whoever is said to be alive; none is ever stored."""
    match = _DAYS_OF.search(table.about)
    if not match:
        return
    days = [int(one) for one in re.findall(r"[0-9]+", match["days"])]
    month, weekday = _month(match["month"]), WEEKDAYS.index(match["weekday"].lower())
    alive_of = table.chronicle.people.in_text(
        " ".join(one.says for one in table.versions if "alive" in one.says)
    )
    events = table.chronicle.events
    for year in range(events[0].days.first.year, events[-1].days.last.year + 1):
        fits = [date(year, month, day) for day in days if _exists(year, month, day)]
        if len(fits) != len(days) or any(one.weekday() != weekday for one in fits):
            continue
        living = [
            alive(someone, fits[-1]) for one in alive_of if (someone := table.chronicle.people.get(one))
        ]
        offered = all(one is True for one in living)
        yield Found(
            kind="year_offered" if offered else "year_not_alive",
            numbers={"year": year},
            texts={"alive": ", ".join(alive_of)},
        )
    for one, other in pairwise(days):
        yield Found(kind="interval", numbers={"days": other - one})


def _exists(year: int, month: int, day: int) -> bool:
    return day <= month_days(year, month).last.day


def weigh_order(table: Table) -> Iterator[Found]:
    """Where days are told by how long before another they were: give them all, and what came first."""
    related = {at: match for at, one in enumerate(table.versions) if (match := _relation().search(one.text))}
    if not related:
        return
    placed: dict[int, Days] = {}
    for at, match in related.items():
        found = _counted_back(table, match)
        if found is not None:
            placed[at] = found
            yield Found(
                kind="counted_back", versions=(at,), days={"days": found}, texts={"from": match.group()}
            )
    years = {days.last.year for days in placed.values()}
    for at, version in enumerate(table.versions):
        day = day_and_month(version.says)
        if at not in related and day and len(years) == 1:
            placed[at] = one_day(date(next(iter(years)), day[1], day[0]))
            yield Found(kind="said_day", versions=(at,), days={"days": placed[at]})
    other = {at for at, match in related.items() if _of_another(table.versions[at], match)}
    subject = [days for at, days in placed.items() if at not in other]
    if subject and other & placed.keys():
        yield from _order(table, hull(subject), [placed[at] for at in other if at in placed])


def _order(table: Table, subject: Days, others: list[Days]) -> Iterator[Found]:
    anchors = [one.days for one in _anchors(table)]
    other = hull([*others, *(days for days in anchors if days.exact)][: len(others) + 1])
    known = subject.before(other) if subject.before(other) is Truth.YES else other.before(subject)
    kind = "order_unknown" if known is not Truth.YES else "order_known"
    yield Found(kind=kind, days={"subject": subject, "other": other})
    yield from _effect(table)


def _effect(table: Table) -> Iterator[Found]:
    """Say by when the effect was there, whatever the order of what led to it."""
    tokens = set(table.chronicle.people.in_text(table.about))
    for event in table.chronicle.events:
        for one in event.statements:
            if one.force is Force.STATED and one.yes and tokens & set(one.whom):
                yield Found(
                    kind="effect", days={"by": one.since}, events=(event.name,), texts={"text": one.text}
                )
                return


def _anchors(table: Table) -> Iterator[Dated]:
    for version in table.versions:
        match = _relation().search(version.text)
        if match and not _of_another(version, match):
            anchor = _anchor(table, match)
            if anchor is not None:
                yield anchor


def _of_another(version: Version, match: re.Match[str]) -> bool:
    """Whether a version tells when something else was: words stand before how long before it was."""
    before = version.says[: version.says.find(match.group())] if match.group() in version.says else ""
    return bool(re.sub(r"\b(?:about|around)\b|[^\w]", "", before))


def _anchor(table: Table, match: re.Match[str]) -> Dated | None:
    wanted = (int(match["day"]), _month(match["month"]))
    found = [
        one
        for event in table.chronicle.events
        for one in dated(event)
        if one.days.exact and (one.days.first.day, one.days.first.month) == wanted
    ]
    return found[0] if len({one.days for one in found}) == 1 else None


def _counted_back(table: Table, match: re.Match[str]) -> Days | None:
    anchor = _anchor(table, match)
    if anchor is None:
        return None
    count, unit, day = number(match["count"]), match["unit"].lower(), anchor.days.first
    if unit == "month":
        months = day.year * _YEAR_MONTHS + day.month - 1 - count
        days = month_days(months // _YEAR_MONTHS, months % _YEAR_MONTHS + 1)
        back = days.first.replace(day=min(day.day, days.last.day))
    else:
        back = day - timedelta(days=count * _UNIT_DAYS[unit])
    if match["more"]:
        return Days(table.chronicle.events[0].days.first, back - timedelta(days=1))
    return one_day(back)


OF_DAYS = (weigh_stretches, weigh_last, weigh_apart, weigh_weekday, weigh_years, weigh_order)
