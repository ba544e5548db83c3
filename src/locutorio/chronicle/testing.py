"""Checks the test that a file names for a contradiction. It reads the told document, not the teller.

A test is a text of clauses; each must be in a known form, or it fails: nothing passes unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from locutorio.chronicle.expecting import Checked

Document = Mapping[str, Any]
Form = Callable[[Document, re.Match[str]], tuple[bool, str]]
SAME = "same"
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_FORTNIGHTS = 26
NO_NUMBER = -1
_PER = {"month": 12, "week": 52, "year": 1, "day": 365}


def check_test(test: str, weighed: Document) -> Iterator[Checked]:
    """Check every clause of a test against one contradiction as shown; all its versions must stand there."""
    for part in (one.strip() for one in test.split(";")):
        met, shown = _part_met(part, weighed)
        yield Checked("test", part, met, shown)


def _part_met(part: str, weighed: Document) -> tuple[bool, str]:
    for pattern, form in _FORMS.items():
        match = re.fullmatch(pattern, part)
        if match:
            return form(weighed, match)
    return False, "this test is in no form that can be checked"


def _of(weighed: Document, *kinds: str) -> list[Mapping[str, Any]]:
    return [one for one in weighed["found"] if one["kind"] in kinds]


def _marks(weighed: Document) -> list[str]:
    return [one["mark"] for one in weighed["versions"]]


def _number(word: str) -> int:
    """Give a number in words or digits; a word that is none is no number that anything has."""
    if word.isascii() and word.isdigit():
        return int(word)
    return _NUMBERS.get(word, NO_NUMBER)


def _out_of_line(weighed: Document, match: re.Match[str]) -> tuple[bool, str]:
    refused = [one["text"] for one in weighed["versions"] if one["mark"] == "refused"]
    wanted = [
        one["text"]
        for one in weighed["versions"]
        if re.search(rf"\ba {match['unit']}\b", one["text"], re.IGNORECASE)
    ]
    said = {at for one in _of(weighed, "out_of_line") for at in one["versions"]}
    met = bool(wanted) and refused == wanted and [weighed["versions"][at]["text"] for at in said] == wanted
    return met, f"refused: {', '.join(refused) or 'nothing'}"


def _times(count: str, unit: str) -> int | None:
    """Count a year by ourselves: a fortnight for 14 or 15 days. None where the words are no amount."""
    days = re.fullmatch(r"([1-9][0-9]*) days", unit)
    in_year = (
        _PER.get(unit) if days is None else _FORTNIGHTS if days[1] in {"14", "15"} else 365 // int(days[1])
    )
    return None if in_year is None or _number(count) == NO_NUMBER else _number(count) * in_year


def _differ(weighed: Document, match: re.Match[str]) -> tuple[bool, str]:
    """Recompute the difference that a test names; where its words give another, name the pair."""
    one, other = _times(match["a"], match["b"]), _times(match["c"], match["d"])
    wanted, pairs = _number(match["e"]), _of(weighed, "difference")
    if one is None or other is None or wanted == NO_NUMBER:
        return False, "these words are no amounts"
    as_written = f"{one} and {other} a year differ by {abs(one - other)}"
    if abs(one - other) == wanted:
        return wanted in {pair["numbers"]["difference"] for pair in pairs}, as_written
    named = [
        " and ".join(f"“{weighed['versions'][at]['text']}”" for at in pair["versions"])
        for pair in pairs
        if pair["numbers"]["difference"] == wanted
        and other in {pair["numbers"]["one"], pair["numbers"]["other"]}
    ]
    shown = f"as it is written, {as_written}; {wanted} is the difference of {' or of '.join(named) or 'none'}"
    return bool(named), shown


def _claimed(weighed: Document, _: re.Match[str]) -> tuple[bool, str]:
    untraced = {at for one in _of(weighed, "untraced") for at in one["versions"]}
    traced = {at for one in _of(weighed, "traced") for at in one["versions"]}
    marks = _marks(weighed)
    met = bool(untraced) and all(marks[at] == "claimed" for at in untraced) and not traced & untraced
    return met and untraced | traced == set(range(len(marks))), ", ".join(marks)


def _arithmetic(weighed: Document, _: re.Match[str]) -> tuple[bool, str]:
    counted, said = _of(weighed, "months"), _of(weighed, "months_said")
    met = bool(counted) and bool(said) and set(_marks(weighed)) == {"kept"}
    for one in counted:
        first, last = (str(one["days"][name]["first"]) for name in ("first", "last"))
        months = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7])
        met = met and months == one["numbers"]["months"]
    shown = [f"{one['numbers']['months']} months, said {one['numbers']['said']}" for one in said]
    return met, "; ".join(shown) or "no arithmetic"


def _pooled(weighed: Document, _: re.Match[str]) -> tuple[bool, str]:
    found = _of(weighed, "pooled")
    met = bool(found) and all(
        f"count: {one['numbers']['count']}" in one["texts"]["expressed"]
        and all(kind in one["texts"]["expressed"] for kind in one["texts"]["kinds"].split(", "))
        for one in found
    )
    return met, "; ".join(one["texts"]["expressed"] for one in found) or "not expressed"


def _adult(weighed: Document, match: re.Match[str]) -> tuple[bool, str]:
    found = _of(weighed, "empty", "needs_adult")
    cited = [one["law"]["citation"] for one in found if one["law"]]
    young = all(one["numbers"]["age_max"] < int(match["age"]) for one in found)
    met = bool(cited) and young and all(one.startswith(match["law"]) for one in cited)
    return met, ", ".join(cited) or "no law was asked"


def _empty(weighed: Document, _: re.Match[str]) -> tuple[bool, str]:
    """Nobody may come: then the permission must be said to be empty; where somebody may, it must not."""
    found = _of(weighed, "empty", "needs_adult")
    reasons = {name: why for one in found for name, why in one["texts"].items()}
    nobody = bool(reasons) and all(why != "nothing" for why in reasons.values())
    said = bool(found) and all(one["kind"] == "empty" for one in found)
    return bool(found) and said == nobody, ", ".join(f"{name}: {why}" for name, why in reasons.items())


def _wins(weighed: Document, _: re.Match[str]) -> tuple[bool, str]:
    winning = [one for one in weighed["versions"] if one["mark"] == "wins"]
    rest = [one for one in weighed["versions"] if one["mark"] != "wins"]
    met = len(winning) == 1 and winning[0]["kind"] == "paper"
    met = met and all(one["kind"] != "paper" and one["mark"] == "kept" for one in rest)
    return met, ", ".join(one["text"] for one in winning) or "none wins"


def _events_apart(weighed: Document, match: re.Match[str]) -> tuple[bool, str]:
    found = _of(weighed, "date_of", "date_of_none")
    what = [tuple(one["events"]) or (one["texts"].get("source", ""),) for one in found]
    met = len(what) == len(set(what)) == _number(match["count"]) == len(weighed["versions"])
    return met and set(_marks(weighed)) == {"kept"}, "; ".join(" ".join(one) for one in what)


def _bases(weighed: Document, match: re.Match[str]) -> tuple[bool, str]:
    """Both kinds of date must be shown, of one event and on two days."""
    found = _of(weighed, "date_of", "date_beside")
    by_event: dict[str, dict[str, str]] = {}
    for one in found:
        by_event.setdefault(one["events"][0], {})[one["texts"]["basis"]] = one["days"]["day"]["first"]
    wanted = (match["a"], match["b"])
    met = any(
        all(name in dates for name in wanted) and len({dates[name] for name in wanted}) == len(wanted)
        for dates in by_event.values()
    )
    shown = "; ".join(f"{name}: {dates}" for name, dates in by_event.items())
    return met and set(_marks(weighed)) == {"kept"}, shown or "no date of an event"


def _order(weighed: Document, _: re.Match[str]) -> tuple[bool, str]:
    found, effect = _of(weighed, "order_unknown"), _of(weighed, "effect")
    overlap = all(
        one["days"]["subject"]["first"] <= one["days"]["other"]["last"]
        and one["days"]["other"]["first"] <= one["days"]["subject"]["last"]
        for one in found
    )
    shown = [f"by {one['days']['by']['last']}: {one['texts']['text']}" for one in effect]
    return bool(found) and overlap and bool(effect), "; ".join(shown) or "no effect is told"


def _citizen(weighed: Document, _: re.Match[str]) -> tuple[bool, str]:
    found = _of(weighed, "citizen")
    return bool(found), ", ".join(one["texts"]["whom"] for one in found) or "no citizen is told"


def _refused(weighed: Document, _: re.Match[str]) -> tuple[bool, str]:
    refused = [one["text"] for one in weighed["versions"] if one["mark"] == "refused"]
    return len(refused) == 1, ", ".join(refused) or "nothing is refused"


def _years(weighed: Document, match: re.Match[str]) -> tuple[bool, str]:
    """The year is offered with its reasons, others that the weekday fits are shown, and no date holds one."""
    offered = [one["numbers"]["year"] for one in _of(weighed, "year_offered")]
    others = [one["numbers"]["year"] for one in _of(weighed, "year_not_alive")]
    stored = _of(weighed, "date_of", "date_of_none", "said_day")
    shown = f"offered: {offered}; the weekday fits too: {others}; stored: {len(stored)}"
    return offered == [int(match["year"])] and not stored, shown


def _interval(weighed: Document, match: re.Match[str]) -> tuple[bool, str]:
    days = [one["numbers"]["days"] for one in _of(weighed, "interval")]
    return days == [7 * _number(match["count"])], f"{days} days"


def _nothing(weighed: Document, _: re.Match[str]) -> tuple[bool, str]:
    found = [one["kind"] for one in weighed["found"]]
    return found == ["not_contact"], ", ".join(found)


def _counts(weighed: Document, _: re.Match[str]) -> tuple[bool, str]:
    found = _of(weighed, "last_by", "counted_by")
    days = [(one["days"]["as_of"]["first"], one["days"]["as_of"]["last"]) for one in found]
    met = len(found) == len(weighed["versions"]) == len(set(days)) and set(_marks(weighed)) == {"kept"}
    return met, "; ".join(" to ".join(day) for day in days)


_FORMS: Mapping[str, Form] = {
    r"per-(?P<unit>day|week|month) reading must be refused as out of line with every other source": (
        _out_of_line
    ),
    r"(?P<a>\w+) (?:in|every|a) (?P<b>[0-9]+ days|\w+) and "
    r"(?P<c>\w+) (?:in|every|a) (?P<d>[0-9]+ days|\w+) "
    r"differ by (?P<e>\w+) \w+ over a year of 26 fortnights": _differ,
    r"an allowance whose authority cannot be traced to a paper is shown as claimed, not in force": _claimed,
    r"both stay and the arithmetic is shown": _arithmetic,
    r"a pooled quota must be expressible": _pooled,
    r"children under (?P<age>[0-9]+) need an adult \((?P<law>[^)]+)\)": _adult,
    r"if no adult is permitted the permission is empty and the program must say so": _empty,
    r"(?:\w+ by paper and not by article|paper wins)": _wins,
    r"(?P<count>\w+) dates for (?P=count) events": _events_apart,
    r"(?P<a>\w+) and (?P<b>\w+)(?: dates kept apart with both variants)?": _bases,
    r"order unknown and effect known": _order,
    r"a citizen needs no visa": _citizen,
    r"refuse to import": _refused,
    r"a date reader may offer (?P<year>[0-9]{4}) with its reasons and must not store a year silently": _years,
    r"note (?P<count>\w+) weeks? between the \w+, not .+": _interval,
    r"none \(not contact\)": _nothing,
    r"counts from different days": _counts,
}
