"""Schedules that institutions in the United States published, as a list of their facts lays them out.

What a source leaves open stands in ``not_stated``; one that contradicts itself, or cannot be read, is
refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from locutorio.arrangements.schedule.converting import us_limits as limits
from locutorio.arrangements.schedule.converting import us_rules as rules
from locutorio.arrangements.schedule.converting.trees import Tree, grown, slug
from locutorio.arrangements.schedule.converting.us_built import Built, listed
from locutorio.arrangements.schedule.converting.us_sessions import sessions
from locutorio.arrangements.schedule.converting.us_words import Entries, parts_in, words_of
from locutorio.arrangements.schedule.reading import schedule_of
from locutorio.arrangements.schedule.values import Schedule
from locutorio.kernel.faults import Fault, Faults
from locutorio.kernel.texts import Node, read_documents

_TOP = ("facilities", "more_directives")
_ABOUT = ("sessions", "default_hours", "not_read", "oddity", "extra_days", "closed")
_NEEDED = ("id", "name", "tz", "sources")
_LOST = re.compile(r"lost in the copy")


def us_published(raw: bytes, name: str) -> tuple[tuple[str, Schedule | Fault | Faults], ...]:
    """Read the list: for each entry its id, and its schedule or the reason why there is none.

    Raises:
        Fault: the file itself cannot be read.
    """
    documents = read_documents(raw, name)
    if not documents:
        raise Fault(f"{name} is empty", remedy="check that this is the right file")
    top = documents[0].entries(required=_TOP[:1], optional=_TOP[1:])
    return tuple(_one(node) for node in top["facilities"].items())


def _one(node: Node) -> tuple[str, Schedule | Fault | Faults]:
    code = node.entries().get("id", node).text()
    try:
        return code, schedule_of(grown(_tree(node), node))
    except (Fault, Faults) as reason:
        return code, reason


def _tree(node: Node) -> dict[str, Tree]:
    sentences = {*words_of("left_out"), *words_of("in_words")}
    entries = node.entries(
        required=_NEEDED,
        optional=[*_ABOUT, *_RULES, *sentences, "contradiction", "errors_in_source"],
    )
    _refuse_contradictions(entries)
    tree: dict[str, Tree] = {
        "schedule": slug(entries["id"].text()),
        "name": entries["name"],
        "zone": entries["tz"],
        "sources": [one.entries()["url"] for one in entries["sources"].items()],
        "rooms": {"visiting": {"name": "Visiting room"}},
    }
    built = Built(tree, [], [])
    parts = sorted({part for one in _blocks(entries) for part in parts_in(one)})
    if parts:
        tree["parts"] = list(parts)
    sessions(entries, built)
    for key, rule in _RULES.items():
        if key in entries:
            rule(entries[key], built)
    for key, why in words_of("in_words").items():
        if key in entries:
            built.not_stated.append(why)
    if "not_read" in entries:
        built.not_stated.append(entries["not_read"])
    if "oddity" in entries:
        built.notes.append(entries["oddity"])
    if not (_RULES.keys() & entries.keys() or "sessions" in entries):
        node.fail("nothing of a schedule is told here", remedy="leave the entry out")
    if not built.counted:
        built.not_stated.append("how many places there are")
    told = {"not_stated": built.not_stated, "notes": built.notes}
    tree |= {name: sentences_of for name, sentences_of in told.items() if sentences_of}
    return tree


def _blocks(entries: Entries) -> list[Entries]:
    """Give every block that may name a sub-establishment."""
    nodes = [entries[key] for key in ("sessions", "quota") if key in entries]
    found = [one.entries() for node in nodes for one in listed(node)]
    return [*found, *(one.entries() for one in limits.prices(entries))]


def _refuse_contradictions(entries: Entries) -> None:
    for key in ("contradiction", "errors_in_source"):
        if key in entries:
            entries[key].fail(
                f"the source contradicts itself: {entries[key].text()}",
                remedy="ask the establishment which of the two holds",
            )
    for text in _words(entries["prison"]) if "prison" in entries else ():
        if "another copy says" in text.text():
            text.fail(
                f"two copies of the source contradict each other: {text.text()}",
                remedy="ask the office that issued it which of the two holds",
            )
    for node in entries["sessions"].items() if "sessions" in entries else ():
        block = node.entries()
        if "days" in block and isinstance(block["days"].value, str) and _LOST.search(block["days"].text()):
            block["days"].fail(
                "the days of a session cannot be read: the copy has lost them",
                remedy="ask the establishment for its days",
            )
        holiday = block["city_holiday"].entries() if "city_holiday" in block else {}
        if {"register", "hours"} <= holiday.keys():
            closes = holiday["register"].text().partition("-")[2]
            ends = max(one.text().partition("-")[2] for one in holiday["hours"].items())
            if closes > ends:
                holiday["register"].fail(
                    f"registration closes at {closes}, after visits have ended at {ends}",
                    remedy="ask the establishment which of the two times is right",
                )


def _words(node: Node) -> Iterator[Node]:
    if isinstance(node.value, str):
        yield node
    else:
        for one in node.value.values() if isinstance(node.value, dict) else node.value:
            yield from _words(one)


_RULES: Mapping[str, Callable[[Node, Built], None]] = {
    "entry": rules.entry,
    "visitors": limits.party,
    "quota": limits.quotas,
    "contact_visits": limits.contact_visits,
    "rotation": rules.rotation,
    "booking": rules.booking,
    "capacity": rules.capacity,
    "joint_visit": rules.joint_visit,
    "exceptions_by": rules.exceptions,
    "holidays_listed_2011": rules.listed_holidays,
    "reception": rules.reception,
    "no_show": rules.no_show,
}
