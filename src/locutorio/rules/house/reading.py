"""Reads the rules that an establishment entered for itself: memo by memo, the oldest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from locutorio.facts.vocabulary import LANGUAGES, Text
from locutorio.kernel.faults import Fault, Faults
from locutorio.kernel.moments import day
from locutorio.kernel.texts import Node
from locutorio.rules import manifest
from locutorio.rules.house.fields import Field, fields

NONE = "none"
HEAD = ("house", "name", "zone", "entered_on", "memos")
MEMO = ("number", "signed_on", "from", "rules")
RULE = ("value", "item")
SINCE_MIN, SINCE_MAX = date(1950, 1, 1), date(2199, 12, 31)
MEMOS_MAX = 200
_CODE = re.compile(r"(?=.{1,30}$)[a-z][a-z0-9]*(-[a-z0-9]+)*")
_TEXT_LENGTH_MAX = 80

Entered = int | bool | str | tuple[str, ...] | None
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Rule:
    """What an item of a memo lays down; None where it ends what an earlier memo laid down."""

    value: Entered
    item: str


@dataclass(frozen=True, slots=True)
class Memo:
    """A paper of the establishment: its number, the day it was signed, the first day it holds, its rules."""

    number: str
    signed_on: date
    since: date
    rules: Mapping[str, Rule]


@dataclass(frozen=True, slots=True)
class HouseRules:
    """The rules of one establishment. ``entered_on`` is the day the form was last compared with the memos."""

    code: str
    name: Text
    zone: str
    entered_on: date
    memos: tuple[Memo, ...]

    @property
    def pack(self) -> str:
        """The name of the pack that these rules become."""
        return f"house-{self.code}"


class _Reader:
    """Keeps every fault, so that one reading reports all."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def kept(self, read: Callable[[Node], _T], node: Node) -> _T | None:
        try:
            return read(node)
        except Fault as fault:
            self.faults.append(fault)
            return None

    def refuse(self, node: Node, what: str, *, why: str = "", remedy: str = "") -> None:
        self.faults.append(Fault(what, where=node.place, why=why, remedy=remedy))


def read_form(document: Node) -> HouseRules:
    """Read the form of an establishment.

    Raises:
        Fault, Faults: everything that cannot be used, and why.
    """
    entries = document.entries(required=HEAD)
    reader = _Reader()
    code = reader.kept(_code, entries["house"])
    name = reader.kept(_name, entries["name"])
    zone = reader.kept(manifest.zone, entries["zone"])
    entered_on = reader.kept(_day, entries["entered_on"])
    nodes = reader.kept(_memo_nodes, entries["memos"]) or ()
    memos = [memo for node in nodes if (memo := reader.kept(lambda one: _memo(one, reader), node))]
    if not reader.faults:
        _follow(memos, nodes, reader)
    if entered_on and memos and entered_on < memos[-1].signed_on:
        reader.refuse(
            entries["entered_on"],
            f"the rules were entered on {entered_on}, before their last memo was signed",
            remedy="write the day on which someone last compared this form with the memos",
        )
    if reader.faults:
        raise Faults(reader.faults)
    assert code is not None
    assert name is not None
    assert zone is not None
    assert entered_on is not None
    return HouseRules(code, name, zone, entered_on, tuple(memos))


def _code(node: Node) -> str:
    word = node.text()
    if not _CODE.fullmatch(word):
        node.fail(
            f'"{word}" cannot name these rules',
            why="a name is at most 30 small letters and digits with single hyphens, and begins with a letter",
            remedy="write it like oak or oak-county; the pack is then called house-oak",
        )
    return word


def short(node: Node) -> str:
    """Read a name or a number of a paper: one line that can be shown whole."""
    text = node.text()
    if len(text) > _TEXT_LENGTH_MAX or not text.isprintable():
        node.fail(
            "this is too long, or holds a character that nobody can see",
            why="it stands in every citation",
            remedy=f"write at most {_TEXT_LENGTH_MAX} letters, digits and signs on one line",
        )
    return text


def _name(node: Node) -> Text:
    return {language: short(entry) for language, entry in node.entries(required=LANGUAGES).items()}


def _day(node: Node) -> date:
    return day(node.text(), node.place)


def _memo_nodes(node: Node) -> Sequence[Node]:
    nodes = node.items()
    if not 1 <= len(nodes) <= MEMOS_MAX:
        node.name.fail(
            f"{len(nodes)} memos stand here: between 1 and {MEMOS_MAX} can be read",
            remedy="write the memo that the rules come from, and each later one that changed them",
        )
    return nodes


def _memo(node: Node, reader: _Reader) -> Memo | None:
    entries = node.entries(required=MEMO)
    number = reader.kept(short, entries["number"])
    signed_on, since = reader.kept(_day, entries["signed_on"]), reader.kept(_day, entries["from"])
    rules = reader.kept(lambda one: _rules(one, reader), entries["rules"])
    if since and not SINCE_MIN <= since <= SINCE_MAX:
        reader.refuse(
            entries["from"],
            f"rules that begin on {since} cannot be entered",
            remedy="check the year of the memo",
        )
    if since and signed_on and since < signed_on:
        reader.refuse(
            entries["from"],
            f"the memo holds from {since}, before it was signed on {signed_on}",
            why="nobody could keep a rule that was not written yet",
            remedy="write the first day on which the memo holds, the day it was signed or later",
        )
    if number is None or signed_on is None or since is None or rules is None:
        return None
    return Memo(number, signed_on, since, rules)


def _rules(node: Node, reader: _Reader) -> Mapping[str, Rule]:
    entries = node.entries(optional=list(fields().by_name))
    if not entries:
        node.name.fail("this memo lays nothing down", remedy="write its rules, or take the memo out")
    known = fields().by_name
    read = {name: reader.kept(partial(_rule, known[name]), entry) for name, entry in entries.items()}
    return {name: rule for name, rule in read.items() if rule is not None}


def _rule(known: Field, node: Node) -> Rule:
    block = node.entries(required=RULE)
    return Rule(_value(block["value"], known), short(block["item"]))


def _value(node: Node, known: Field) -> Entered:
    if known.optional and node.value == NONE:
        return None
    match known.kind:
        case "number":
            return _number(node, known)
        case "yes_no":
            return node.yes()
        case "choices":
            return _choices(node, known)
        case _:
            return node.choice(list(known.values))


def _number(node: Node, known: Field) -> int:
    number = node.whole()
    if not known.least <= number <= known.most:
        otherwise = ", or `none` if there is no such rule" if known.optional else ""
        node.fail(
            f"{number} cannot be the {known.label['en']}",
            why=f"it lies between {known.least} and {known.most} {known.unit}",
            remedy=f"write the number that the memo gives{otherwise}",
        )
    return number


def _choices(node: Node, known: Field) -> tuple[str, ...]:
    chosen = [item.choice(list(known.values)) for item in node.items()]
    if not chosen or len(set(chosen)) < len(chosen):
        node.fail(
            "a list with at least one word, each of them once, is expected here",
            remedy=f"write some of: {', '.join(known.values)}",
        )
    if known.always and known.always not in chosen:
        node.fail(
            f'"{known.always}" is missing from this list',
            why="no rules are taken that let anyone listen to a lawyer, or let a sanction keep one away",
            remedy=f"add {known.always}",
        )
    return tuple(word for word in known.values if word in chosen)


def _follow(memos: Sequence[Memo], nodes: Sequence[Node], reader: _Reader) -> None:
    """Refuse memos out of order, a first one that leaves something out, and an end of what never began."""
    held: set[str] = set()
    before: Memo | None = None
    for memo, node in zip(memos, nodes, strict=True):
        places = node.entries()
        if before and memo.since <= before.since:
            reader.refuse(
                places["from"],
                f"memo {memo.number} holds from {memo.since}, not later than memo {before.number} before it",
                why="each day has one rule",
                remedy="write the memos in the order of their first days; two of one day are entered as one",
            )
        for name, rule in memo.rules.items():
            if rule.value is None and name not in held:
                place = places["rules"].entries()[name]
                reader.refuse(place, f"{name} ends here and never began", remedy="take the line out")
        if before is None:
            missing = [one.name for one in fields().by_name.values() if not one.optional]
            for name in missing:
                if name not in memo.rules:
                    reader.refuse(
                        places["rules"].name,
                        f'"{name}" is missing: {fields().by_name[name].label["en"]}',
                        remedy=f"add a line `{name}: {{value: ..., item: ...}}`",
                    )
        held |= memo.rules.keys()
        held -= {name for name, rule in memo.rules.items() if rule.value is None}
        before = memo
