"""Session templates of England and Wales' visit scheduler: a table of sessions, and the groups it names."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import timedelta

from locutorio.arrangements.schedule import reading_scopes
from locutorio.arrangements.schedule.converting.trees import Tree, grown, slug
from locutorio.arrangements.schedule.converting.uk_seeds import ZONE
from locutorio.arrangements.schedule.reading import schedule_of
from locutorio.arrangements.schedule.values import Schedule
from locutorio.kernel.faults import Fault, Place
from locutorio.kernel.moments import day
from locutorio.kernel.texts import Node, read_documents

COLUMNS = (
    *("row", "prison", "location_groups", "category_groups", "incentive_groups", "visit_room", "visit_type"),
    *("open_capacity", "closed_capacity", "start_time", "end_time", "valid_from", "valid_to", "day_of_week"),
    *("weekly_frequency", "active"),
)
WEEKDAYS = {
    f"{day}DAY": code
    for day, code in zip(
        ("MON", "TUES", "WEDNES", "THURS", "FRI", "SATUR", "SUN"), reading_scopes.WEEKDAYS, strict=True
    )
}
_KINDS = {
    "location_groups": ("locations", "units"),
    "category_groups": ("categories", "custody"),
    "incentive_groups": ("levels", "incentive"),
}


def uk_templates(table: bytes, groups: bytes, name: str, groups_name: str) -> tuple[Schedule, ...]:
    """Read a table of session templates and its groups: one schedule for each establishment, by its code.

    A row holds from ``valid_from`` to ``valid_to``, both included; a row of every n weeks counts them from
    the week of ``valid_from``. A session with several groups of one kind is for anybody in any of them; with
    groups of two kinds, for those in both.

    Raises:
        Fault, Faults: a row or a group cannot be used, and why.
    """
    documents = read_documents(groups, groups_name)
    known = _groups(documents[0]) if documents else {}
    rows = _rows(table, name)
    return tuple(
        _schedule(code, [row for row in rows if row["prison"].text() == code], known)
        for code in dict.fromkeys(row["prison"].text() for row in rows)
    )


def _groups(node: Node) -> dict[str, Node]:
    found: dict[str, Node] = {}
    entries = node.entries()
    for kind, (members, line) in _KINDS.items():
        for one in entries[kind].items() if kind in entries else ():
            block = one.entries(required=["prison", "key", "name", members])
            found[block["key"].text()] = grown({line: block[members]}, block["key"])
    return found


def _rows(table: bytes, name: str) -> list[Mapping[str, Node]]:
    try:
        lines = list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Fault(
            f"{name} cannot be read as a table ({error})", remedy="save it again as CSV text in UTF-8"
        ) from error
    header = lines[0] if lines else []
    if sorted(header) != sorted(COLUMNS):
        raise Fault(
            "the first line does not name the columns of session templates",
            where=Place(name, 1, 1),
            remedy=f"name these columns: {', '.join(COLUMNS)}",
        )
    rows = []
    for line, cells in enumerate(lines[1:], 2):
        if len(cells) != len(header):
            where = Place(name, line, 1)
            raise Fault(
                f"this line has {len(cells)} cells, not {len(header)}", where=where, remedy="check its commas"
            )
        column = dict(zip(header, cells, strict=True))
        rows.append({key: Node(cell, name, line, 1) for key, cell in column.items()})
    return [row for row in rows if row["active"].choice(["true", "false"]) == "true"]


def _schedule(code: str, rows: list[Mapping[str, Node]], known: Mapping[str, Node]) -> Schedule:
    near = rows[0]["prison"]
    named = {key for row in rows for key in _names(row["location_groups"])}
    tree: dict[str, Tree] = {
        "schedule": slug(code),
        "name": code,
        "zone": ZONE,
        "rooms": {slug(row["visit_room"].text()): {"name": row["visit_room"]} for row in rows},
        "sessions": [grown(_session(row, known), row["row"]) for row in rows],
        "not_stated": ["who may come together", "how long before a visit it may be asked for"],
    }
    if named:
        tree["groups"] = {slug(key): known[key] for key in sorted(named) if key in known}
    return schedule_of(grown(tree, near))


def _session(row: Mapping[str, Node], known: Mapping[str, Node]) -> dict[str, Tree]:
    places = {
        kind: row[f"{kind}_capacity"] for kind in ("open", "closed") if row[f"{kind}_capacity"].whole() > 0
    }
    session: dict[str, Tree] = {
        "id": f"row_{row['row'].text()}",
        "room": slug(row["visit_room"].text()),
        "days": WEEKDAYS[row["day_of_week"].choice(list(WEEKDAYS))],
        "hours": grown(f"{row['start_time'].text()}-{row['end_time'].text()}", row["start_time"]),
        "from": row["valid_from"],
        "places": places,
    }
    if row["valid_to"].value:
        last = day(row["valid_to"].text(), row["valid_to"].place)
        session["until"] = grown((last + timedelta(days=1)).isoformat(), row["valid_to"])
    if row["weekly_frequency"].whole() > 1:
        session["every"] = {"weeks": row["weekly_frequency"], "from": row["valid_from"]}
    people = _people(row, known)
    if people:
        session["for"] = people
    return session


def _people(row: Mapping[str, Node], known: Mapping[str, Node]) -> dict[str, Tree]:
    people: dict[str, Tree] = {}
    for kind, (_, line) in _KINDS.items():
        keys = _names(row[kind])
        for key in keys:
            if key not in known:
                row[kind].fail(f'there is no group "{key}"', remedy="check the file of groups")
        if keys and kind == "location_groups":
            people["groups"] = [grown(slug(key), row[kind]) for key in keys]
        elif keys:
            people[line] = [one for key in keys for one in known[key].entries()[line].items()]
    return people


def _names(node: Node) -> list[str]:
    return [one for one in str(node.value).split(":") if one]
