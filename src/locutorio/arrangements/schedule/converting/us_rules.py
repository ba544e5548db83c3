"""Lays out the rules of a published schedule: turns, booking, entry, reception, a full room."""

from __future__ import annotations

import re
from collections.abc import Sequence

from locutorio.arrangements.schedule.converting.trees import Tree, grown, slug
from locutorio.arrangements.schedule.converting.us_built import (
    HOLIDAY,
    Built,
    add_calendar,
    add_pause,
    listed,
)
from locutorio.arrangements.schedule.converting.us_words import (
    meant,
    several,
    texts,
)
from locutorio.kernel.texts import Node

_EVENING = "17:00"


def rotation(node: Node, built: Built) -> None:
    """Lay out turns; where the source does not give their key, nobody's turn is known."""
    block = node.entries()
    # A comma in the rule parts it in a block in braces: what follows stands there as names without a value.
    parts = [name for name, value in block.items() if value.value == ""]
    rule = grown(", ".join([block["rule"].text(), *parts]), block["rule"]) if "rule" in block else None
    found: dict[str, Tree] = {"turns": [] if rule is None else meant("rotations", rule)}
    if "days" in block:
        found["days"] = block["days"]
    if "hours" in block:
        found["sessions"] = [
            one["id"]
            for one in built.sessions()
            if all(hours.text() >= _EVENING for hours in several(one["hours"]))
        ]
    built.add("rotations", found, node)


def exceptions(node: Node, built: Built) -> None:
    """Lay out who may make an exception."""
    _beyond(built)["exception"] = {"more_by": several(node)}


def joint_visit(node: Node, built: Built) -> None:
    """Lay out who, together, may allow a visit of one person to two."""
    block = node.entries()
    told = ", ".join(key for key, one in block.items() if not one.value)
    for key, one in block.items():
        if one.value:
            offices = one.text().split(" AND ")
            ground = f"{key}, {told}" if told else key
            _beyond(built)[slug(key)] = {"more_by": {"together": offices}, "ground": ground}


def _beyond(built: Built) -> dict[str, Tree]:
    beyond = built.tree.setdefault("beyond", {})
    assert isinstance(beyond, dict), "it is a block"
    return beyond


def listed_holidays(node: Node, built: Built) -> None:
    """Keep the list of holidays of an older version as a note."""
    built.notes.append(f"holidays listed in 2011: {', '.join(texts(node))}")


def reception(node: Node, built: Built) -> None:
    """Lay out the time after reception, or its status, without visits."""
    block = node.entries(optional=["no_visits_hours_up_to", "no_visits", "special_after_days"])
    if "no_visits_hours_up_to" in block:
        hours = block["no_visits_hours_up_to"]
        built.add("waiting", {"for_the_first": grown(f"{hours.whole()} hours", hours)}, node)
        return
    receiving = grown({"statuses": "receiving"}, node)
    built.tree["sessions"] = [grown({**one, "except": receiving}, one["id"]) for one in built.sessions()]
    if "special_after_days" in block:
        days = block["special_after_days"].whole()
        built.not_stated.append(f"who allows a special visit after {days} days of reception")


def no_show(node: Node, built: Built) -> None:
    """Lay out what missed visits cost."""
    block = node.entries(
        required=["count", "within_days", "consequence_days"], optional=["scope", "counted_from"]
    )
    built.tree["no_shows"] = {
        "count": block["count"],
        "within": grown(f"{block['within_days'].whole()} days", block["within_days"]),
        "closes": grown(f"{block['consequence_days'].whole()} days", block["consequence_days"]),
    }


def capacity(node: Node, built: Built) -> None:
    """Lay out how many people a room holds, and what happens when it is full."""
    block = node.entries(optional=["room_people", "when_full", "weighing"])
    if "room_people" in block:
        places: dict[str, Tree] = {"open": block["room_people"]}
        built.tree["rooms"] = {"visiting": {"name": "Visiting room", "counts": "people", "places": places}}
        built.counted = True
    if "when_full" in block:
        weighing = f"; weighed: {', '.join(texts(block['weighing']))}" if "weighing" in block else ""
        built.tree["when_full"] = grown(f"{block['when_full'].text()}{weighing}", block["when_full"])


def entry(node: Node, built: Built) -> None:
    """Lay out when people come in and must be out."""
    block = node.entries(optional=["last", "room_clear", "pauses", "deviation_by"])
    found: dict[str, Tree] = {}
    if "last" in block:
        match = re.fullmatch(r"([0-9]+) minutes before the session ends", block["last"].text())
        found["last"] = grown(f"{match[1]} minutes before end", block["last"]) if match else block["last"]
    if "room_clear" in block:
        found["clear"] = block["room_clear"]
    if found:
        built.add("entry", found, node)
    for one in block["pauses"].items() if "pauses" in block else ():
        add_pause(built, one, {"days": one.entries(required=["days", "from", "until"])["days"]})
    if "deviation_by" in block:
        _beyond(built)["deviation"] = {"more_by": re.split(r" or ", block["deviation_by"].text())}


def booking(node: Node, built: Built) -> None:
    """Lay out how a place is had, and how long before."""
    if isinstance(node.value, str):
        if node.text() != "first come, first served":
            node.fail(f'"{node.text()}" is no way of booking that is known')
        built.tree["booking"] = "first_come"
        return
    for one in listed(node):
        _booking(one, built)


def _booking(node: Node, built: Built) -> None:
    lines: Sequence[str] = (
        *(
            "lead_hours_min",
            "lead_days_max",
            "lead",
            "late",
            "no_shows",
            "version",
            "opens",
            "closes",
            "where",
        ),
        *("example", "by", "schedule made"),
    )
    block = node.entries(optional=lines)
    window: dict[str, Tree] = {}
    if "lead_hours_min" in block:
        window["lead"] = grown(f"{block['lead_hours_min'].whole()} hours", block["lead_hours_min"])
    if "lead_days_max" in block:
        window["furthest"] = grown(f"{block['lead_days_max'].whole()} days", block["lead_days_max"])
    if "lead" in block:
        days = _number(block["lead"], "business day")
        add_calendar(built, HOLIDAY, {"holidays": "US"})
        window |= {"lead": grown(f"{days} work days", block["lead"]), "work_days": {"not_on": HOLIDAY}}
    for name, line, lead in (("opens", "furthest", "opens"), ("closes", "lead", "closes")):
        if name in block and block[name].text().endswith(" days before"):
            window[line] = grown(block[name].text().removesuffix(" before"), block[name])
        elif name in block:
            window[lead] = meant("windows", block[name])
    if "where" in block:
        window["days"] = meant("windows", block["where"])
    if "version" in block:
        window["from"] = grown(f"{block['version'].text()}-01", block["version"])
    if window:
        built.add("windows", window, node)
    if "by" in block:
        built.tree["booking"] = "assigned"
    if "late" in block:
        built.add("entry", {"last": f"{_number(block['late'], 'minutes')} minutes before end"}, block["late"])
    if "no_shows" in block:
        count = _number(block["no_shows"], "may end")
        built.tree["no_shows"] = {"count": str(count), "more_by": "the establishment"}


def _number(node: Node, before: str) -> int:
    match = re.search(rf"([0-9]+) {before}", node.text())
    if not match:
        node.fail(f'"{node.text()}" is said in words that cannot be laid out as data')
    return int(match[1])
