"""Lays out the limits of a published schedule: quotas and parties."""

from __future__ import annotations

import re

from locutorio.arrangements.schedule.converting.trees import Tree, grown, slug
from locutorio.arrangements.schedule.converting.us_built import (
    HOLIDAY,
    Built,
    add_calendar,
    listed,
)
from locutorio.arrangements.schedule.converting.us_words import (
    Entries,
    known,
    meant,
    people,
    texts,
    words_of,
)
from locutorio.kernel.texts import Node

_PER = {
    "calendar month": "month",
    "month": "month",
    "week": "week",
    "weekend": "weekend",
    "30 days": "30 days",
    "day": "day",
    "visit day": "day",
    "visitation day": "day",
    "visiting day": "day",
}
_COST = re.compile(r"(\w+) (weekday|weekend or holiday)")
_SO_MANY = re.compile(r"([0-9]+)(?: per (week|month))?")
_COUNT = re.compile(r"[0-9]+")
_QUOTA = (
    *(
        "unit",
        "per",
        "limit",
        "cost",
        "regardless_of_length",
        "more_by",
        "ground",
        "status",
        "custody",
        "with",
    ),
    *("units", "days", "pods", "slots", "slot_minutes", "max_minutes", "visit_minutes", "visit_minutes_max"),
    *(
        "visit_max_hours",
        "unless",
        "week_starts",
        "contact",
        "medium",
        "free",
        "version",
        "split_between_visitors",
    ),
)
_PARTY = {
    "max_at_once": "people_max",
    "in_room_max": "people_max",
    "max_adults": "adults_max",
    "max_children": "children_max",
    "minors_with_adult_max": "children_max",
    "children_per_adult": "children_per_adult",
    "counted_from_age": "not_counted_under",
    "min_age": "least_age",
}
_PARTY_WORDS = ("not_counted", "adult_from", "unless", "only", "minor", "own_slot_from_age", "signed_up_by")


def prices(entries: Entries) -> list[Node]:
    """Give a block `where: part` for every sub-establishment that has prices of its own."""
    found = []
    for quota in listed(entries["quota"]) if "quota" in entries else ():
        cost = quota.entries().get("cost")
        for key, node in cost.entries().items() if cost is not None else ():
            found.append(grown({"where": key.partition(" ")[0]}, node))
    return found


def given_minutes(entries: Entries) -> Tree | None:
    """Give the longest visit that the quotas name for everybody."""
    for quota in listed(entries["quota"]) if "quota" in entries else ():
        block = quota.entries()
        if "status" in block or "pods" in block:
            continue
        for name in ("visit_minutes", "visit_minutes_max"):
            if name in block:
                return block[name]
        if "visit_max_hours" in block:
            return grown(str(block["visit_max_hours"].whole() * 60), block["visit_max_hours"])
    return None


def quotas(node: Node, built: Built) -> None:
    """Lay out the quotas."""
    for one in listed(node):
        block = one.entries(optional=_QUOTA)
        if "slots" in block:
            _slots(block, one, built)
        elif "limit" in block:
            _quota(block, one, built)


def _quota(block: Entries, near: Node, built: Built) -> None:
    if block["per"].text() not in _PER:
        block["per"].fail(f'"{block["per"].text()}" is no period that is known')
    unit = block["unit"].text() if "unit" in block else "visits"
    found: dict[str, Tree] = {
        "id": built.code(f"{unit}_{slug(block['per'].text())}"),
        "unit": unit,
        "limit": block["limit"],
        "per": grown(_PER[block["per"].text()], block["per"]),
    }
    for name in ("week_starts", "days", "more_by", "ground"):
        if name in block:
            found[name] = block[name]
    if "unless" in block:
        built.not_stated.append(f"who decides: {block['unless'].text()}")
    if "medium" in block:
        found["media"] = block["medium"]
    if "version" in block:
        found["from"] = grown(f"{block['version'].text()}-01", block["version"])
    who = people(block)
    if who:
        found["for"] = who
    if "cost" in block:
        add_calendar(built, HOLIDAY, {"holidays": "US"})
        found["cost"] = [_price(key, price) for key, price in block["cost"].entries().items()]
    built.add("quotas", found, near)


def _price(key: str, node: Node) -> Tree:
    match = _COST.fullmatch(key)
    if not match:
        node.fail(f'"{key}" names no price that can be laid out')
    price: dict[str, Tree] = {"for": {"parts": slug(match[1])}, "points": node}
    if match[2] == "weekday":
        return price | {"days": ["mon", "tue", "wed", "thu", "fri"], "not_on": HOLIDAY}
    return price | {"days": ["sat", "sun", HOLIDAY]}


def _slots(block: Entries, near: Node, built: Built) -> None:
    """Lay out joined slots: so many of so many minutes on a day, for some pods or a status."""
    who = people(block)
    found: dict[str, Tree] = {
        "id": built.code("slots_day"),
        "unit": "places",
        "limit": block["slots"],
        "per": "day",
        "for": who,
    }
    built.add("quotas", found, near)
    pods = texts(block["pods"]) if "pods" in block else []
    minutes = block["slot_minutes"]
    cut = {"visit_minutes": minutes, "every_minutes": minutes, "joined_max": block["slots"]}
    sessions = built.sessions()
    for index, session in enumerate(sessions):
        mine = texts(session["for"].entries()["units"]) if "for" in session else []
        if mine == pods:
            sessions[index] = {**session, **{name: grown(one, near) for name, one in cut.items()}}
            pods = []
    if pods:
        built.not_stated.append(f"in which sessions these have their slots: {', '.join(pods)}")
    built.tree["sessions"] = [grown(one, one["id"]) for one in sessions]


def contact_visits(node: Node, built: Built) -> None:
    """Lay out visits with contact: a session beside each other one, its waiting time, and its own quotas."""
    block = node.entries(
        required=["eligible_after_days", "excluded_statuses", "table_2012", "change_2014", "rule"]
    )
    sessions = built.sessions()
    excluded = [slug(one) for one in texts(block["excluded_statuses"])]
    added = []
    for one in sessions:
        twin = {**one, "id": grown(built.code(f"{one['id'].text()}_contact"), node)}
        twin["contact"] = grown("yes", node)
        twin["except"] = grown({"statuses": excluded}, block["excluded_statuses"])
        added.append(twin)
    built.tree["sessions"] = [grown(one, one["id"]) for one in [*sessions, *added]]
    days = block["eligible_after_days"]
    built.add("waiting", {"contact": "yes", "for_the_first": grown(f"{days.whole()} days", days)}, days)
    amended = meant("amended", block["change_2014"]).entries()
    built.tree["groups"] = amended["groups"]
    for key, node_of in block["table_2012"].entries().items():
        match = _SO_MANY.fullmatch(node_of.text())
        if not match:
            node_of.fail(f'"{node_of.text()}" is not so many in a period')
        row: dict[str, Tree] = {
            "id": built.code(f"contact_{slug(key)}"),
            **_contact_quota(match[1], match[2] or "month", key),
        }
        later = amended["old_rows"].entries().get(key)
        if later is not None:
            since: dict[str, Tree] = {
                "id": f"{row['id']}_amended",
                "from": amended["from"],
                **later.entries(),
            }
            built.add("quotas", row | since, later)
            row |= {"until": amended["from"]}
        built.add("quotas", row, node_of)
    for new in amended["rows"].items():
        row = {**_contact_quota("1", "week"), **new.entries(), "from": amended["from"]}
        built.add("quotas", row, block["change_2014"])
    either = {"id": "one_of_either", "unit": "visits", "limit": "1", "per": "weekend"}
    built.add("quotas", either, block["rule"])


def _contact_quota(limit: str, per: str, who: str = "") -> dict[str, Tree]:
    found: dict[str, Tree] = {"contact": "yes", "unit": "visits", "limit": limit, "per": per}
    if who:
        found["for"] = words_of("custody")[who]
    if who in words_of("other_than"):
        found["except"] = words_of("other_than")[who]
    return found


def party(node: Node, built: Built) -> None:
    """Lay out who may come together."""
    left_out = texts(known()["visitors_left_out"])
    block = node.entries(optional=[*_PARTY, *_PARTY_WORDS, *left_out, "children_counted"])
    found: dict[str, Tree] = {line: block[name] for name, line in _PARTY.items() if name in block}
    if "not_counted" in block:
        found |= meant("not_counted", block["not_counted"]).entries()
    if "only" in block:
        found["relations"] = [meant("relations", one) for one in block["only"].items()]
    if "adult_from" in block:
        built.tree["adult_age"] = block["adult_from"]
        if "unless" in block:
            named = [one for one in block["unless"].items() if one.text() != "accompanied"]
            kin = [meant("relations", one) for one in named]
            found["alone_from"] = {"age": block["adult_from"], "unless": kin}
    if "minor" in block and (match := _COUNT.search(block["minor"].text())):
        built.tree["adult_age"] = grown(match[0], block["minor"])
    if "own_slot_from_age" in block:
        found["not_counted_under"] = block["own_slot_from_age"]
        built.tree["rooms"] = {"visiting": {"name": "Visiting room", "counts": "people"}}
    if "signed_up_by" in block:
        built.tree["asked_by"] = ["person", "staff"]
    if found:
        built.add("party", found, node)
