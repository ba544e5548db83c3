"""Checks what a file expects of a day against the day as told. It reads the told document, not the teller.

Every word of an expectation is checked; one that is in no known form fails, so that nothing passes unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from locutorio.chronicle.values import Expectation, Raw

Document = Mapping[str, Any]
_PETITION = re.compile(r"petition (?P<name>\S+)")
_COUNT_KEY = re.compile(
    r"(?P<channel>call|visit|letter)s(?:_(?P<kind>[a-z]+))?_(?P<unit>day|week|month|year)"
)
_CARRY = re.compile(r"(?P<event>\S+) grants do not carry over by themselves \((?P<by>[^)]+)\)")
_CHANGED = re.compile(r"the fact changed before the ruling on it was known to (?P<who>\S+)")
_LAW = re.compile(r"\((?P<citation>[^)]+)\)")
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_VALUES = {"no": "no", "yes": "yes", "unknown": "unknown", "ordered": "ordered"}
_CHANNEL = {"call": "call", "calls": "call", "visit": "visit", "visits": "visit", "letter": "letter"} | {
    "letters": "letter",
    "greeting": "greeting",
    "greeting in court": "greeting",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One line of an expectation: its name, what was wanted, whether it is met, what is shown instead."""

    name: str
    wanted: str
    met: bool
    shown: str


@dataclass(slots=True)
class _Check:
    """The document of a day, and the entries that were checked in it."""

    day: Document
    touched: list[Mapping[str, Any]] = field(default_factory=list)


def check_expectation(expectation: Expectation, day: Document) -> tuple[Checked, ...]:
    """Check every line of an expectation; ``because`` and ``certainty`` come last."""
    check = _Check(day)
    last = ("because", "certainty", "minutes", "callees", "in_force")
    ordered = sorted(expectation.wanted.items(), key=lambda item: item[0] in last)
    return tuple(one for name, wanted in ordered for one in _line(check, name, wanted))


def _line(check: _Check, name: str, wanted: Raw) -> Iterator[Checked]:
    lines: Mapping[str, Callable[[_Check, Raw], tuple[bool, str]]] = {
        "because": _because,
        "certainty": _certainty,
        "authority": _authority,
        "regime": _regime,
        "note": _note,
        "remedy": _remedy,
        "open_routes": _open_routes,
        "closed": _closed,
        "minutes": _minutes,
        "callees": _callees,
        "in_force": _in_force,
    }
    if name in lines:
        yield Checked(name, _text(wanted), *lines[name](check, wanted))
    elif isinstance(wanted, Mapping):
        yield from _contact(check, name, wanted)
    elif petition := _PETITION.fullmatch(name):
        yield Checked(name, _text(wanted), *_petition(check, petition["name"], _text(wanted)))
    elif count := _COUNT_KEY.fullmatch(name):
        yield Checked(name, _text(wanted), *_count(check, count, _text(wanted)))
    else:
        yield Checked(name, _text(wanted), met=False, shown="nothing of this name can be checked")


def _text(raw: Raw) -> str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, tuple):
        return ", ".join(_text(one) for one in raw)
    return "; ".join(f"{name}: {_text(one)}" for name, one in raw.items())


def _list(raw: Raw) -> list[str]:
    return [_text(one) for one in raw] if isinstance(raw, tuple) else [_text(raw)]


def _contact(check: _Check, name: str, wanted: Mapping[str, Raw]) -> Iterator[Checked]:
    before = ""
    for channel, value in wanted.items():
        text = before if _text(value) == "same" else _text(value)
        before = text
        cells = [
            cell
            for cell in check.day["contacts"]
            if cell["channel"] == _CHANNEL.get(channel, channel) and _meant(cell, name)
        ]
        label = f"{name}: {channel}"
        if not cells:
            yield Checked(label, _text(value), met=False, shown="nothing is told of this")
            continue
        check.touched.extend(cells)
        met = all(_cell_is(cell, text, channel) for cell in cells)
        yield Checked(label, _text(value), met, "; ".join(_cell_text(cell) for cell in cells))


def _meant(cell: Mapping[str, Any], name: str) -> bool:
    """Whether a contact is meant by a name: a token in it, or else a word of what the file calls them."""
    words = name.split()
    tokens = [word for word in words if word in cell["whom"]]
    if tokens or any(word.isupper() or re.fullmatch(r"[A-Z]+[0-9]+", word) for word in words):
        return bool(tokens)
    return all(word in re.findall(r"\w+", cell["words"]) for word in words)


def _cell_is(cell: Mapping[str, Any], text: str, channel: str) -> bool:
    lost = re.fullmatch(r"(?P<count>\w+) undelivered", text)
    if lost:
        count = _NUMBERS.get(lost["count"], lost["count"])
        return bool(cell["fact"] and str(cell["fact"]["lost"]) == str(count))
    if text == "ordered, not carried out":
        return str(cell["value"]) == "ordered_not_done"
    head, *rest = re.split(r"[ ,]+", text, maxsplit=1)
    places = channel.partition(" ")[2]
    conditions = [one.strip() for one in ", ".join(rest).split(",") if one.strip()] + (
        [places] if places else []
    )
    terms = " ".join(cell["terms"])
    return bool(cell["value"] == _VALUES.get(head) and all(one in terms for one in conditions))


def _cell_text(cell: Mapping[str, Any]) -> str:
    lost = f", {cell['fact']['lost']} undelivered" if cell["fact"] and cell["fact"]["lost"] else ""
    terms = f" ({', '.join(cell['terms'])})" if cell["terms"] else ""
    return f"{'/'.join(cell['whom'])} {cell['value']}{terms}{lost}, by {', '.join(cell['because'])}"


def _because(check: _Check, wanted: Raw) -> tuple[bool, str]:
    named = [set(_names(entry)) for entry in check.touched]
    shown = ", ".join(sorted(set().union(*named))) if named else "nothing was checked"
    met = bool(named) and all(any(name in one for one in named) for name in _list(wanted))
    return met and all(one & set(_list(wanted)) for one in named), shown


def _names(entry: Mapping[str, Any]) -> Iterator[str]:
    because = entry["because"]
    yield from [because] if isinstance(because, str) else because
    if entry.get("fact"):
        yield from entry["fact"]["because"]


def _certainty(check: _Check, wanted: Raw) -> tuple[bool, str]:
    shown = sorted({entry["certainty"] for entry in check.touched})
    return shown == [_text(wanted)], ", ".join(shown) or "nothing was checked"


def _authority(check: _Check, wanted: Raw) -> tuple[bool, str]:
    cells = [cell for cell in check.touched if cell.get("value") in {"yes", "no"}]
    shown = sorted({cell["measure"] or "none" for cell in cells})
    return shown == [_text(wanted)], ", ".join(shown)


def _regime(check: _Check, wanted: Raw) -> tuple[bool, str]:
    shown = check.day["stage"]["regime"]
    return shown == _text(wanted), shown


def _note(check: _Check, wanted: Raw) -> tuple[bool, str]:
    carry, changed = _CARRY.fullmatch(_text(wanted)), _CHANGED.fullmatch(_text(wanted))
    if carry:
        grants = [one for one in check.day["grants"] if one["event"] == carry["event"]]
        shown = "; ".join(f"{one['text']}: {one['carried']}" for one in grants)
        met = bool(grants) and all(
            one["carried"] != "in_force" and carry["by"] in one["because"] for one in grants
        )
        return met, shown or "no grant of this event"
    if changed:
        found = [one for one in check.day["overtaken"] if changed["who"] in one["asked_by"]]
        shown = "; ".join(
            f"{one['changed_by']} by {one['changed']['last']}, the denial {one['denied_by']} told on "
            f"{one['told_on']['first'] if one['told_on'] else 'no day that is known'}"
            for one in found
        )
        met = any(one["told_on"] is None or one["told_on"]["first"] > one["changed"]["last"] for one in found)
        return met, shown or "nothing of the sort"
    return False, "this note is in no form that can be checked"


def _petition(check: _Check, name: str, wanted: str) -> tuple[bool, str]:
    found = next((one for one in check.day["petitions"] if one["event"] == name), None)
    if found is None:
        return False, "no such petition by this day"
    return found["outcome"] == wanted, found["outcome"]


def _count(check: _Check, key: re.Match[str], wanted: str) -> tuple[bool, str]:
    found = [
        one
        for one in check.day["counts"]
        if one["channel"] == key["channel"]
        and (key["kind"] in one["classes"] if key["kind"] else bool(one["amount"]["pooled"]))
    ]
    if not found:
        return False, "nothing is told of this"
    check.touched.extend(found)
    one, amount = found[0], found[0]["amount"]
    fact = one["fact"]["happened"] if one["fact"] else "not told"
    shown = f"{amount['low']} a {amount['unit']}{' pooled' if amount['pooled'] else ''}, in fact: {fact}"
    if wanted == "0 in fact":
        return fact == "no", shown
    number, _, pooled = wanted.partition(" ")
    alike = number.isdigit() and amount["low"] == amount["high"] == int(number)
    alike = alike and amount["unit"] == key["unit"]
    return alike and pooled in {"", "pooled"} and bool(pooled) == bool(amount["pooled"]), shown


def _counts(check: _Check) -> list[Mapping[str, Any]]:
    return [one for one in check.touched if "amount" in one and not one["amount"]["pooled"]]


def _minutes(check: _Check, wanted: Raw) -> tuple[bool, str]:
    shown = [str(one["amount"]["minutes"]) for one in _counts(check)]
    return bool(shown) and set(shown) == {_text(wanted)}, ", ".join(shown) or "nothing was checked"


def _callees(check: _Check, wanted: Raw) -> tuple[bool, str]:
    shown = [", ".join(one["amount"]["to"]) for one in _counts(check) if one["channel"] == "call"]
    return shown == [_text(wanted)], "; ".join(shown) or "nothing was checked"


def _in_force(check: _Check, wanted: Raw) -> tuple[bool, str]:
    shown = sorted({one["in_force"] for one in check.touched if "in_force" in one})
    return shown == [_text(wanted)], ", ".join(shown) or "nothing was checked"


def _remedy(check: _Check, wanted: Raw) -> tuple[bool, str]:
    steps = [one.strip() for one in _text(wanted).split(" then ")]
    routes = [one for one in check.day["routes"] if one["open"] == "yes"]
    remedy = check.day["law"]["remedy"]
    shown = [f"{one['way']} {one['to']}" for one in routes]
    if remedy:
        shown.append(remedy["citation"])
    places = [
        next((at for at, route in enumerate(routes) if _step_is(step, route, remedy)), None) for step in steps
    ]
    met = None not in places and [one for one in places if one is not None] == sorted(
        {one for one in places if one is not None}
    )
    return met, ", ".join(shown)


def _step_is(step: str, route: Mapping[str, Any], remedy: Mapping[str, Any] | None) -> bool:
    cited = _LAW.search(step)
    words = _LAW.sub("", step).strip()
    if words == "administrative":
        named = remedy is not None and (not cited or remedy["citation"].startswith(cited["citation"]))
        return route["way"] == "administrative" and named
    return words == route["to"] and not cited


def _open_routes(check: _Check, wanted: Raw) -> tuple[bool, str]:
    routes = [one for one in check.day["routes"] if one["open"] == "yes"]
    measures = {one["measure"] for one in check.day["measures"]}

    def stands(text: str) -> bool:
        name, _, kind = text.partition(" ")
        if kind == "renewal comment":
            return name in measures and any(one["way"] == "renewal" for one in routes)
        way = {"remedy": "administrative", "suit": "court_of_place"}.get(kind)
        return any(one["way"] == way and one["to"] == name for one in routes)

    shown = ", ".join(f"{one['way']} {one['to']}" for one in routes)
    return len(routes) == len(_list(wanted)) and all(map(stands, _list(wanted))), shown


def _closed(check: _Check, wanted: Raw) -> tuple[bool, str]:
    shown = sorted(one["to"] for one in check.day["routes"] if one["open"] == "no")
    return shown == sorted(_list(wanted)), ", ".join(shown) or "none"
