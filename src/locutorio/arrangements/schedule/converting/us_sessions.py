"""Lays out the sessions of a published schedule."""

from __future__ import annotations

import re
from datetime import date

from locutorio.arrangements.schedule.converting.trees import Tree, grown, slug
from locutorio.arrangements.schedule.converting.us_built import Built, add_calendar, add_pause
from locutorio.arrangements.schedule.converting.us_limits import given_minutes
from locutorio.arrangements.schedule.converting.us_words import Entries, meant, people, several, texts
from locutorio.arrangements.schedule.reading_scopes import WEEKDAYS, clock
from locutorio.arrangements.schedule.writing_scopes import clock as clock_text
from locutorio.kernel.texts import Node

NOON, EVENING = 12 * 60, 17 * 60
HOLIDAY, EXTRA, CLOSED = "holiday", "extra", "closed_days"
_WHO = ("where", "pod", "building", "block", "surname", "status")
_KNOWN = (
    *_WHO,
    *("version", "days", "hours", "medium", "contact", "visit_minutes", "starts", "slots", "by", "register"),
    *(
        "city_holiday",
        "from",
        "until",
        "except",
        "end",
        "note",
        "oddity",
        "entry_from",
        "entry_last",
        "pauses",
    ),
)
_VERSION = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_EARLIER = re.compile(r"([0-9]+) minutes before general population")
_MEDIA = {"video": "video", "video conference": "video", "in person": "in_person"}
_NOT_STATED = "not stated"


def sessions(entries: Entries, built: Built) -> None:
    """Lay out the sessions; those whose days or hours the source does not state are named as not stated."""
    nodes = entries["sessions"].items() if "sessions" in entries else ()
    blocks = [(node, block) for node in nodes for block in _parted(node.entries(optional=_KNOWN), entries)]
    if not blocks and "not_read" not in entries:
        built.not_stated.append("days and hours")
    minutes = given_minutes(entries)
    versions = [one["version"] for _, one in blocks if "version" in one]
    starts = sorted({_since(one) for one in versions if _dated(one)})
    laid: list[Tree] = []
    for node, block in blocks:
        found = _session(node, block, entries, built, [other for _, other in blocks])
        if found is None:
            continue
        if "version" in block:
            found |= _holds(block["version"], starts)
        if minutes is not None and "visit_minutes" not in found:
            found["visit_minutes"] = minutes
        laid.append(grown(found, node))
    built.tree["sessions"] = laid
    if "extra_days" in entries:
        _named_days(EXTRA, entries["extra_days"], built)
    if "closed" in entries:
        _closed(entries["closed"], built)


def _parted(block: Entries, entries: Entries) -> list[Entries]:
    """Part a session in two, where its mornings are not on some days, or its evenings alone have turns."""
    evenings = "rotation" in entries and "hours" in entries["rotation"].entries()
    if "hours" not in block or not ("except" in block or evenings):
        return [block]
    border = NOON if "except" in block else EVENING
    near = block["hours"]
    early = [one for one in near.items() if clock(one, one.text()[:5]) < border]
    late = [one for one in near.items() if one not in early]
    found: list[Entries] = [{**block, "hours": grown(some, near)} for some in (early, late) if some]
    if "except" in block:
        off = [one.text().removesuffix(" morning") for one in block["except"].items()]
        found[0] = {**found[0], "days": grown([day for day in WEEKDAYS if day not in off], block["except"])}
    return found


def _label(block: Entries) -> str:
    for name in _WHO:
        if name in block:
            return ", ".join(texts(block[name]))
    return "visits"


def _session(
    node: Node, block: Entries, entries: Entries, built: Built, others: list[Entries]
) -> dict[str, Tree] | None:
    label = _label(block)
    block = _like_general(block, others)
    hours = _hours(block, entries)
    if not hours or ("days" in block and block["days"].value == _NOT_STATED):
        missing = "hours" if not hours else "days"
        built.not_stated.append(f"the {missing} of {label}")
        return None
    found: dict[str, Tree] = {"id": built.code(slug(label)), "room": "visiting", "hours": hours}
    found["days"] = _days(block, built)
    if "extra_days" in entries:
        found["days"] = [*texts(block["days"]), EXTRA]
    if _elsewhere_on_holidays(block, others):
        add_calendar(built, HOLIDAY, {"holidays": "US"})
        found["not_on"] = HOLIDAY
    if "visit_minutes" in block:
        found["visit_minutes"] = block["visit_minutes"]
    if "medium" in block:
        found["medium"] = _MEDIA.get(block["medium"].text(), block["medium"])
    if "contact" in block:
        found["contact"] = block["contact"]
    if "by" in block:
        found["booking"] = "assigned"
    for name in ("from", "until"):
        if name in block and _VERSION.fullmatch(block[name].text()):
            found[name] = block[name]
    who = people(block)
    if who:
        found["for"] = who
    entry = {"opens": block.get("entry_from"), "last": block.get("entry_last")}
    told = {name: one for name, one in entry.items() if one is not None}
    if told:
        built.add("entry", {"sessions": found["id"], **told}, node)
    for one in block["pauses"].items() if "pauses" in block else ():
        add_pause(built, one, {"sessions": found["id"]})
    built.notes += [block[name] for name in ("note", "oddity") if name in block]
    return found


def _like_general(block: Entries, others: list[Entries]) -> Entries:
    """Complete a session that is told as another one's with an earlier end."""
    match = _EARLIER.fullmatch(block["end"].text()) if "end" in block else None
    if not match or "hours" in block:
        return block
    version = _text(block, "version")
    general = [one for one in others if "hours" in one and _text(one, "version") == version]
    weekend = max(general, key=lambda one: len(several(one["days"])))
    earlier = []
    for one in weekend["hours"].items():
        starts, _, ends = one.text().partition("-")
        earlier.append(grown(f"{starts}-{clock_text(clock(one, ends) - int(match[1]))}", block["end"]))
    near = block["end"]
    return {**block, "days": weekend["days"], "hours": Node([*earlier], near.file, near.line, near.column)}


def _hours(block: Entries, entries: Entries) -> list[Tree]:
    if "starts" in block:
        length = block["visit_minutes"].whole()
        return [
            grown(f"{one.text()}-{clock_text(clock(one) + length)}", one) for one in block["starts"].items()
        ]
    node = block.get("hours") or (entries.get("default_hours") if "slots" not in block else None)
    return list(several(node)) if node is not None else []


def _days(block: Entries, built: Built) -> Tree:
    if "days" not in block:
        built.notes.append(f"no days are named for {_label(block)}, so every day")
        return "every_day"
    if HOLIDAY in texts(block["days"]):
        add_calendar(built, HOLIDAY, {"holidays": "US"})
    return block["days"]


def _elsewhere_on_holidays(block: Entries, others: list[Entries]) -> bool:
    """Say whether another session of the same people has holidays, so that its hours win on them."""
    if "days" not in block or HOLIDAY in texts(block["days"]):
        return False
    return any(
        HOLIDAY in texts(one["days"])
        and _label(one) == _label(block)
        and _text(one, "version") == _text(block, "version")
        for one in others
        if "days" in one
    )


def _text(block: Entries, name: str) -> str | None:
    return block[name].text() if name in block else None


def _dated(version: Node) -> bool:
    return bool(_VERSION.fullmatch(version.text()))


def _since(version: Node) -> date:
    match = _VERSION.fullmatch(version.text())
    assert match is not None, "only dated versions are asked"
    return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))


def _holds(version: Node, starts: list[date]) -> dict[str, Tree]:
    """Say from when to when a version holds: until the next one begins."""
    if version.text().startswith("before "):
        return {"until": grown(version.text().removeprefix("before "), version)}
    if not _dated(version):
        return {}
    since = _since(version)
    after = next((one for one in starts if one > since), None)
    found: dict[str, Tree] = {"from": grown(since.isoformat(), version)}
    if after is not None:
        found["until"] = grown(after.isoformat(), version)
    return found


def _closed(node: Node, built: Built) -> None:
    if isinstance(node.value, str):
        built.not_stated.append(f"which days these are: closed on {node.text()}")
        return
    _named_days(CLOSED, node, built)
    built.add("closed", {"days": CLOSED}, node)


def _named_days(name: str, node: Node, built: Built) -> None:
    meanings = [meant("holidays", one).entries() for one in node.items()]
    calendar: dict[str, Tree] = {}
    only: list[Tree] = [one["holiday"] for one in meanings if "holiday" in one]
    if only:
        calendar["holidays"] = {"of": "US", "only": only}
    for key, line in (("feast", "feasts"), ("nth", "nth")):
        listed: list[Tree] = [one[key] for one in meanings if key in one]
        if listed:
            calendar[line] = listed
    add_calendar(built, name, calendar)
