"""Reads a file of dated events, contradictions and expectations. What the file says is kept word for word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from locutorio.chronicle.days import MARGIN_DAYS, Days, around, read_days
from locutorio.chronicle.events import read_texts
from locutorio.chronicle.following import following
from locutorio.chronicle.meanings import read_means
from locutorio.chronicle.people import TOKEN, People, header_entries, read_people
from locutorio.chronicle.values import (
    BEST,
    WORST,
    Basis,
    Chronicle,
    Contradiction,
    Event,
    Expectation,
    Raw,
)
from locutorio.kernel.faults import FAULTS_MAX, Fault, Faults
from locutorio.kernel.texts import Node, read_documents

EVENTS_MAX, CONTRADICTIONS_MAX, EXPECTATIONS_MAX = 150, 60, 60
NAME_LENGTH_MAX = 40
TEXT_LENGTH_MAX = 500
EXPECTED = re.compile(r"what_the_program_must_show\w*|expected")
_ENTERED = re.compile(r"\bentered ([0-9]{4}-[0-9]{2}-[0-9]{2})\b")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


def read_chronicle(raw: bytes, name: str, usual_law: str) -> Chronicle:
    """Read a whole file.

    Args:
        raw: its bytes; the comments at its top may say who the tokens stand for.
        name: of the file, for messages.
        usual_law: the law asked where the file names none.

    Raises:
        Fault, Faults: it cannot be used, and why.
    """
    documents = read_documents(raw, name)
    if not documents:
        raise Fault(f"{name} is empty", remedy="`locutorio history --template` prints a file to fill in")
    entries = documents[0].entries()
    for key, node in entries.items():
        if key not in {"law", "tokens", "events", "contradictions"} and not EXPECTED.fullmatch(key):
            node.name.fail(
                f'"{key}" is not known here',
                remedy="known here: law, tokens, events, contradictions, expected",
            )
    if "events" not in entries or not entries["events"].items():
        documents[0].fail("there are no events", remedy="add a line `events:` with a list of events")
    people = _people(entries.get("tokens"), raw.decode("utf-8-sig", "replace"))
    faults: list[Fault] = []
    events = _listed(entries["events"], EVENTS_MAX, faults, lambda node: _event(node, people))
    _refuse_twice(events, faults)
    contradictions = (
        _listed(entries["contradictions"], CONTRADICTIONS_MAX, faults, _contradiction)
        if "contradictions" in entries
        else []
    )
    expected = [node for key, node in entries.items() if EXPECTED.fullmatch(key)]
    expectations = [one for node in expected for one in _listed(node, EXPECTATIONS_MAX, faults, _expectation)]
    _refuse_lost(events, faults)
    if faults:
        raise Faults(faults)
    law = entries["law"].text() if "law" in entries else usual_law
    ordered = following(sorted(events, key=lambda one: one.days))
    return Chronicle(law, people, ordered, tuple(contradictions), tuple(expectations))


def _people(node: Node | None, text: str) -> People:
    if node is None:
        return read_people(header_entries(text))
    try:
        return read_people(f"{names} {who.text()}" for names, who in node.entries().items())
    except Fault as fault:
        raise Fault(fault.what, where=fault.where or node.place, remedy=fault.remedy) from None


def _listed(node: Node, most: int, faults: list[Fault], read: object) -> list:  # type: ignore[type-arg]
    found = []
    if len(node.items()) > most:
        node.fail(f"more than {most} entries stand here", remedy="split the file")
    for item in node.items():
        if len(faults) >= FAULTS_MAX:
            break
        try:
            found.append(read(item))  # type: ignore[operator]
        except Fault as fault:
            faults.append(fault)
    return found


def _event(node: Node, people: People) -> Event:
    entries = node.entries()
    for key in ("id", "date", "date_basis", "trust", "what"):
        if key not in entries:
            node.fail(f'"{key}" is missing', remedy=f"add `{key}: ...` to this event")
    name = entries["id"].text()
    if not _NAME.fullmatch(name) or len(name) > NAME_LENGTH_MAX:
        entries["id"].fail(f'"{name}" is no short name', remedy="write letters and digits, such as e1")
    basis = Basis(entries["date_basis"].choice([one.value for one in Basis]))
    trust = entries["trust"].whole()
    if not BEST <= trust <= WORST:
        entries["trust"].fail(
            f"trust is {trust}",
            why="1 is the paper itself, 2 several reports that agree, 3 one report, 4 contradicted",
            remedy="write a number from 1 to 4",
        )
    raw = {key: _raw(one) for key, one in entries.items()}
    days = _days(entries, basis)
    filed = _day(entries, "filed")
    if filed and basis is Basis.WRITTEN and filed.before(days).value == "yes":
        entries["filed"].fail("it is filed before it is written", remedy="check both days")
    event = Event(
        name=name,
        days=days,
        basis=basis,
        trust=trust,
        who=_words(raw.get("who")),
        what=_text(entries["what"]),
        filed=filed,
        entered=_day(entries, "entered") or _entered(raw),
        doc=entries["doc"].text() if "doc" in entries else None,
        answers=_words(raw.get("answers")),
        to=tuple(token for one in _words(raw.get("to")) for token in re.findall(TOKEN, one)),
        outcome=entries["outcome"].text() if "outcome" in entries else None,
        place=_place(raw),
        raw=raw,
        place_in_file=node.place,
    )
    told = (
        *read_texts(event, people),
        *(read_means(entries["means"], event, people) if "means" in entries else ()),
    )
    return replace(event, told=told)


def _days(entries: Mapping[str, Node], basis: Basis) -> Days:
    found = read_days(entries["date"].text(), entries["date"].place)
    if "margin_days" in entries:
        return around(found, entries["margin_days"].whole())
    return around(found, MARGIN_DAYS) if basis is Basis.APPROX and found.exact else found


def _day(entries: Mapping[str, Node], key: str) -> Days | None:
    return read_days(entries[key].text(), entries[key].place) if key in entries else None


def _entered(raw: Mapping[str, Raw]) -> Days | None:
    note = raw.get("note")
    match = _ENTERED.search(note) if isinstance(note, str) else None
    return read_days(match[1]) if match else None


def _place(raw: Mapping[str, Raw]) -> str | None:
    to, place = raw.get("to"), raw.get("place")
    if isinstance(place, str):
        return place
    return to if "from" in raw and isinstance(to, str) else None


def _words(raw: Raw | None) -> tuple[str, ...]:
    if raw is None:
        return ()
    if isinstance(raw, str):
        return (raw,)
    return tuple(one for one in raw if isinstance(one, str))


def _text(node: Node) -> str:
    """Give a text that somebody can read.

    Raises:
        Fault: it is too long.
    """
    text = node.text()
    if len(text) > TEXT_LENGTH_MAX:
        node.fail(f"a text has more than {TEXT_LENGTH_MAX} characters", remedy="split it, or shorten it")
    return text


def _raw(node: Node) -> Raw:
    if isinstance(node.value, str):
        return _text(node)
    if isinstance(node.value, list):
        return tuple(_raw(one) for one in node.value)
    return {key: _raw(one) for key, one in node.value.items()}


def _contradiction(node: Node) -> Contradiction:
    entries = node.entries(required=["id", "about", "versions"], optional=["test"])
    versions = tuple(map(_text, entries["versions"].items()))
    if not versions:
        entries["versions"].fail("no version stands here", remedy="write what each source says")
    return Contradiction(
        entries["id"].text(),
        _text(entries["about"]),
        versions,
        _text(entries["test"]) if "test" in entries else None,
        node.place,
    )


def _expectation(node: Node) -> Expectation:
    entries = node.entries()
    if "at" not in entries:
        node.fail('"at" is missing', remedy="add `at: 2026-11-21`")
    wanted = {key: _raw(one) for key, one in entries.items() if key != "at"}
    return Expectation(read_days(entries["at"].text(), entries["at"].place), wanted, node.place)


def _refuse_twice(events: list[Event], faults: list[Fault]) -> None:
    seen: set[str] = set()
    for event in events:
        if event.name in seen:
            faults.append(
                Fault(
                    f'two events are called "{event.name}"',
                    where=event.place_in_file,
                    remedy="give each its own id",
                )
            )
        seen.add(event.name)


def _refuse_lost(events: list[Event], faults: list[Fault]) -> None:
    """Refuse an answer to a petition that is later than it: a ruling cannot come before what it answers."""
    known = {event.name: event for event in events}
    for event in events:
        for name in event.answers:
            asked = known.get(name)
            if asked is not None and event.days.before(asked.days).value == "yes":
                faults.append(
                    Fault(
                        f"{event.name} answers {name}, and is dated before it",
                        where=event.place_in_file,
                        remedy="check both dates",
                    )
                )
