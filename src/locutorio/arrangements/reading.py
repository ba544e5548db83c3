"""Reads a file of what was promised and what happened. Every fault is told at its place, in one report."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from locutorio.arrangements.promises import (
    LETTERS,
    Event,
    Every,
    Happened,
    Pause,
    Promise,
    Record,
    Unit,
    What,
)
from locutorio.facts.case import Case, read_case
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import FAULTS_MAX, Fault, Faults, suggestion
from locutorio.kernel.moments import day, moment
from locutorio.kernel.texts import Node
from locutorio.rules import manifest

PROMISES_MAX = 50
EVENTS_MAX = 2000
PAUSES_MAX = 50
NAME_LENGTH_MAX = 60
TEXT_LENGTH_MAX = 500
COUNT_MAX = 1000
MINUTES_MAX = 50_000
WEEK_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PARTS = {"full": True, "none": False}
_EVERY_DAYS = re.compile(r"([0-9]{1,4}) days?")
_SHAPES = ("count", "minutes_in_all", "on", "answered_within")
_PROMISE = (
    *("by", "minutes", "each", "from", "until", "with", "part_periods", "replaces", "paused"),
    *_SHAPES,
)
_EVENT = ("minutes", "with", "for", "makes_up", "reason", "said_by", "id", "answers")
_OF_THE_CASE = ("law", "facts", "instruments", "complete", "adopt")
_TOP = (
    *("zone", "complete_from", "complete_until", "week_begins", "promises", "events"),
    *_OF_THE_CASE,
)
_ENDS_FIRST = "ends before it begins"

Read = TypeVar("Read")


@dataclass(slots=True)
class _Reader:
    """Reads one file. ``zone`` turns moments into days; ``faults`` collects what cannot be used."""

    zone: str
    faults: list[Fault]

    def day(self, node: Node) -> date:
        """Read a day, or a moment as the day it falls on in the establishment's zone."""
        text = node.text()
        return moment(text, self.zone, node.place).date() if "T" in text else day(text, node.place)

    def each(self, node: Node | None, most: int, read: Callable[[Node], Read]) -> list[Read]:
        """Read every item of a list; those that cannot be used are reported and left out."""
        if node is None:
            return []
        if len(node.items()) > most:
            node.fail(f"this list has more than {most} entries", remedy="split the file")
        found = []
        for item in node.items():
            if len(self.faults) >= FAULTS_MAX:
                break
            try:
                found.append(read(item))
            except Fault as fault:
                self.faults.append(fault)
        return found

    def promise(self, node: Node) -> Promise:
        """Read one promise."""
        entries = node.entries(required=["id", "what", "paper"], optional=_PROMISE)
        shape = _shape(node, entries)
        since = self._since(node, entries, shape)
        until = self.day(entries["until"]) if "until" in entries else None
        if until is not None and until <= since:
            entries["until"].fail(f"this promise {_ENDS_FIRST}", remedy="check the two days")
        what = tuple(What(item.choice(list(What))) for item in _several(entries["what"]))
        if shape == "answered_within" and what != (What.LETTER_TO,):
            entries["what"].fail(
                "only letters to the person in custody are answered", remedy="write `what: letter_to`"
            )
        if "each" in entries and shape not in {"count", "minutes_in_all"}:
            entries["each"].name.fail("this promise is not repeated", remedy=f"take out `each` or `{shape}`")
        return Promise(
            name=_name(entries["id"]),
            what=tuple(dict.fromkeys(what)),
            paper=_text(entries["paper"]),
            since=since,
            until=until,
            by=_text(entries["by"]) if "by" in entries else None,
            count=_number(entries.get("count"), COUNT_MAX),
            minutes=_number(entries.get("minutes"), MINUTES_MAX),
            minutes_in_all=_number(entries.get("minutes_in_all"), MINUTES_MAX),
            every=_every(entries["each"]) if "each" in entries else None,
            on=since if shape == "on" else None,
            answered_within=_number(entries.get("answered_within"), COUNT_MAX, least=0),
            with_whom=tuple(_text(item) for item in _several(entries["with"])) if "with" in entries else (),
            part_periods=PARTS[entries["part_periods"].choice(list(PARTS))]
            if "part_periods" in entries
            else None,
            pauses=tuple(self.each(entries.get("paused"), PAUSES_MAX, self.pause)),
        )

    def _since(self, node: Node, entries: Mapping[str, Node], shape: str) -> date:
        if shape == "on":
            for name in ("from", "until", "minutes_in_all"):
                if name in entries:
                    entries[name].name.fail(
                        f'a promise for one day has no "{name}"', remedy="take out this line or `on`"
                    )
            return self.day(entries["on"])
        if "from" not in entries:
            node.fail('"from" is missing', remedy="add the first day of the promise: `from: YYYY-MM-DD`")
        return self.day(entries["from"])

    def pause(self, node: Node) -> Pause:
        """Read one pause of a promise."""
        entries = node.entries(required=["from"], optional=["until", "paper"])
        since = self.day(entries["from"])
        until = self.day(entries["until"]) if "until" in entries else None
        if until is not None and until <= since:
            entries["until"].fail(f"this pause {_ENDS_FIRST}", remedy="check the two days")
        return Pause(since, until, _text(entries["paper"]) if "paper" in entries else None)

    def event(self, node: Node) -> Event:
        """Read one event."""
        entries = node.entries(required=["on", "what", "happened"], optional=_EVENT)
        what = What(entries["what"].choice(list(What)))
        happened = _happened(entries["happened"])
        for name in ("id", "answers"):
            wanted = What.LETTER_TO if name == "id" else What.LETTER_FROM
            if name in entries and what is not wanted:
                entries[name].name.fail(f'only a {wanted} has "{name}"', remedy="take the line out")
        if happened is Happened.RETURNED and what not in LETTERS:
            entries["happened"].fail("only a letter comes back", remedy="write attempted, or no")
        if "minutes" in entries and what in LETTERS:
            entries["minutes"].name.fail("a letter has no minutes", remedy="take the line out")
        return Event(
            on=self.day(entries["on"]),
            what=what,
            happened=happened,
            minutes=_number(entries.get("minutes"), MINUTES_MAX, least=0),
            with_whom=_text(entries["with"]) if "with" in entries else None,
            fulfils=tuple(_name(item) for item in _several(entries["for"])) if "for" in entries else (),
            makes_up=self.day(entries["makes_up"]) if "makes_up" in entries else None,
            reason=_text(entries["reason"]) if "reason" in entries else None,
            said_by=_text(entries["said_by"]) if "said_by" in entries else None,
            name=_name(entries["id"]) if "id" in entries else None,
            answers=_name(entries["answers"]) if "answers" in entries else None,
            line=node.line,
        )


def _shape(node: Node, entries: Mapping[str, Node]) -> str:
    """Say which of the four shapes a promise has."""
    named = [name for name in _SHAPES if name in entries]
    if len(named) != 1:
        node.fail(
            "a promise says one of these: " + ", ".join(_SHAPES),
            why=f"this one says {' and '.join(named) if named else 'none of them'}",
            remedy="keep one: 2 calls a month are `count: 2` and `each: month`",
        )
    if named[0] in {"count", "minutes_in_all"} and "each" not in entries:
        node.fail(
            '"each" is missing', remedy="add `each: month`, or week, quarter, or a number such as 10 days"
        )
    if named[0] == "minutes_in_all" and "minutes" in entries:
        entries["minutes"].name.fail("minutes are promised in all here", remedy="keep one of the two lines")
    return named[0]


def _every(node: Node) -> Every:
    text = node.text()
    match = _EVERY_DAYS.fullmatch(text)
    if match and int(match[1]) > 0:
        return Every(Unit.DAYS, int(match[1]))
    known = [unit.value for unit in Unit if unit is not Unit.DAYS]
    if text not in known:
        node.fail(
            f'"{text}" is no period', remedy=f"write one of {', '.join(known)}, or a number such as 10 days"
        )
    return Every(Unit(text))


def _happened(node: Node) -> Happened:
    return Happened(node.choice(list(Happened)))


def _several(node: Node) -> Sequence[Node]:
    """Give the items of a list; one word stands for a list of one."""
    items = [node] if isinstance(node.value, str) else node.items()
    if not items:
        node.fail("this list is empty", remedy="write at least one word, or take the line out")
    return items


def _text(node: Node) -> str:
    text = node.text()
    if len(text) > TEXT_LENGTH_MAX:
        node.fail(f"this text is longer than {TEXT_LENGTH_MAX} characters", remedy="say it in fewer words")
    return text


def _name(node: Node) -> str:
    name = node.text()
    if len(name) > NAME_LENGTH_MAX:
        node.fail(f"a name has at most {NAME_LENGTH_MAX} characters", remedy="give it a short name")
    return name


def _number(node: Node | None, most: int, *, least: int = 1) -> int | None:
    if node is None:
        return None
    if node.text() == "unknown":
        return None
    number = node.whole()
    if not least <= number <= most:
        node.fail(f"{number} is not between {least} and {most}", remedy="check the number in the paper")
    return number


def zone_of(node: Node, usual: str) -> str:
    """Give the time zone that a file names, or the usual one.

    Raises:
        Fault: there is no such zone.
    """
    entries = node.entries(optional=_TOP)
    return manifest.zone(entries["zone"]) if "zone" in entries else usual


def read_record(node: Node, zone: str) -> Record:
    """Read a whole file.

    Args:
        node: the document.
        zone: the establishment's time zone, in which a moment falls on a day.

    Raises:
        Fault, Faults: what cannot be used, and why.
    """
    entries = node.entries(optional=_TOP)
    reader = _Reader(zone, [])
    promises = reader.each(entries.get("promises"), PROMISES_MAX, reader.promise)
    events = reader.each(entries.get("events"), EVENTS_MAX, reader.event)
    if reader.faults:
        raise Faults(reader.faults)
    if not promises and not events:
        node.fail("nothing was promised and nothing happened", remedy="add `promises:` and `events:`")
    _refuse_unknown_names(entries, promises, events)
    record = Record(
        promises=tuple(_replaced(entries, promises)),
        events=tuple(events),
        case=_case(node, entries),
        complete_from=reader.day(entries["complete_from"]) if "complete_from" in entries else None,
        complete_until=reader.day(entries["complete_until"]) if "complete_until" in entries else None,
        week_begins=WEEK_DAYS.index(entries["week_begins"].choice(WEEK_DAYS))
        if "week_begins" in entries
        else 0,
    )
    if record.complete_from and record.complete_until and record.complete_until < record.complete_from:
        entries["complete_until"].fail(f"the complete part {_ENDS_FIRST}", remedy="check the two days")
    return record


def _case(node: Node, entries: Mapping[str, Node]) -> Case | None:
    """Read what the file says for the law, as a case file says it."""
    told = {name: entries[name] for name in _OF_THE_CASE if name in entries}
    if not told:
        return None
    if "law" not in told:
        node.fail(
            '"law" is missing', why="facts and papers are read by a law", remedy="add `law: us-federal`"
        )

    def text(value: str) -> Node:
        return Node(value, node.file, node.line, node.column)

    question = Node({"about": text("call"), "on": text("2026-01-01")}, node.file, node.line, node.column)
    whole = Node({**told, "question": question}, node.file, node.line, node.column)
    return read_case(whole, vocabulary())


def _refuse_unknown_names(entries: Mapping[str, Node], promises: list[Promise], events: list[Event]) -> None:
    """Refuse two promises or letters of one name, and an event that names a promise or letter not there."""
    names = [promise.name for promise in promises]
    letters = [event.name for event in events if event.name is not None]
    for key, found in (("promises", names), ("events", letters)):
        seen: set[str] = set()
        for name in found:
            if name in seen:
                entries[key].name.fail(f'the name "{name}" stands twice here', remedy="give each its own id")
            seen.add(name)
    for event, node in zip(events, entries["events"].items() if "events" in entries else (), strict=True):
        for name, known, key in (
            *((name, names, "for") for name in event.fulfils),
            *([(event.answers, letters, "answers")] if event.answers is not None else []),
        ):
            if name not in known:
                node.entries()[key].fail(
                    f'there is no {"promise" if key == "for" else "letter"} "{name}"',
                    remedy=suggestion(name, known),
                )
        for promise in promises:
            if promise.name in event.fulfils and event.what not in promise.what:
                node.entries()["for"].fail(
                    f'a {event.what} cannot be for the promise "{promise.name}"',
                    why=f"that one is of {' or '.join(promise.what)}",
                    remedy="check which promise it was for",
                )


def _replaced(entries: Mapping[str, Node], promises: list[Promise]) -> list[Promise]:
    """End each promise that another takes the place of on the first day of that one."""
    found = {promise.name: promise for promise in promises}
    nodes = entries["promises"].items() if "promises" in entries else ()
    for promise, node in zip(promises, nodes, strict=True):
        written = node.entries().get("replaces")
        if written is None:
            continue
        old = found.get(written.text())
        if old is None or old.name == promise.name:
            written.fail(
                f'there is no other promise "{written.text()}"',
                remedy=suggestion(written.text(), [name for name in found if name != promise.name]),
            )
        if promise.since <= old.since:
            written.fail(f'"{promise.name}" does not begin after "{old.name}"', remedy="check the two days")
        ends = min(promise.since, old.until) if old.until else promise.since
        found[old.name] = replace(old, until=ends)
    return list(found.values())
