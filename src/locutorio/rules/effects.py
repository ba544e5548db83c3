"""Reads the `then:` of a provision into typed effects."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from locutorio.facts.vocabulary import bilingual
from locutorio.kernel.faults import suggestion
from locutorio.kernel.texts import Node
from locutorio.rules.language import KINDS, Scope, parse_operand
from locutorio.rules.provision import (
    CLOCK_OUTCOMES,
    CONTACT_OUTCOMES,
    INSTRUMENT_OUTCOMES,
    Ceiling,
    Defect,
    Effect,
    Floor,
    Impose,
    Lapse,
    Notice,
    Owed,
    Permit,
    Prohibit,
    Raise,
    Refer,
    Require,
    RouteTo,
    Supersede,
    Void,
    Window,
)
from locutorio.rules.tree import Constant, Sum, Type

_NONE = Sum(((1, Constant(0)),), Type("quantity"))
_ONE = Sum(((1, Constant(1)),), Type("quantity"))


def _known(node: Node, words: Mapping[str, object], what: str) -> str:
    word = node.text()
    if word not in words:
        node.fail(f'"{word}" is no {what} of the vocabulary', remedy=suggestion(word, words))
    return word


def _yes_no(node: Node, scope: Scope) -> str:
    path = _known(node, scope.words.facts, "fact")
    if scope.words.facts[path].type != "yes_no":
        node.fail(f"{path} is not a yes/no fact", remedy="name a fact that is answered by yes or no")
    return path


def _operand(node: Node, scope: Scope, *, kind: str, unit: str | None = None) -> Sum:
    operand = parse_operand(node, scope)
    if operand.type.kind != kind:
        node.fail(
            f"{KINDS[kind]} is expected here, not {KINDS[operand.type.kind]}",
            remedy="name a fact or a number of that kind",
        )
    if unit and operand.type.unit and operand.type.unit != unit:
        node.fail(
            f"{unit} are expected here, not {operand.type.unit}",
            remedy="name a fact or a number of that unit",
        )
    return operand


def _permit(node: Node, _: Scope) -> Effect:
    return Permit(node.choice(["open", "right"]) == "right")


def _prohibit(node: Node, _: Scope) -> Effect:
    node.choice(["yes"])
    return Prohibit()


def _require(node: Node, scope: Scope) -> Effect:
    entries = node.entries(required=["key", "from"])
    return Require(_yes_no(entries["key"], scope), _known(entries["from"], scope.words.offices, "office"))


def _condition(node: Node, scope: Scope) -> Effect:
    return Impose(tuple(_known(item, scope.words.conditions, "condition") for item in node.items()))


def _ceiling(node: Node, scope: Scope) -> Effect:
    entries = node.entries(required=["of", "limit"], optional=["used", "asked"])
    of = _known(entries["of"], scope.words.allowances, "allowance")
    unit = scope.words.allowances[of].unit
    read = {
        name: _operand(entries[name], scope, kind="quantity", unit=unit)
        for name in ("limit", "used", "asked")
        if name in entries
    }
    return Ceiling(of, read["limit"], read.get("used", _NONE), read.get("asked", _ONE))


def _floor(node: Node, scope: Scope) -> Effect:
    entries = node.entries(required=["of", "limit", "used"])
    of = _known(entries["of"], scope.words.allowances, "allowance")
    unit = scope.words.allowances[of].unit
    return Floor(
        of,
        _operand(entries["limit"], scope, kind="quantity", unit=unit),
        _operand(entries["used"], scope, kind="quantity", unit=unit),
    )


def _owed(node: Node, scope: Scope) -> Effect:
    entries = node.entries(required=["of", "authorised", "delivered"])
    of = _known(entries["of"], scope.words.allowances, "allowance")
    unit = scope.words.allowances[of].unit
    return Owed(
        of,
        _operand(entries["authorised"], scope, kind="quantity", unit=unit),
        _operand(entries["delivered"], scope, kind="quantity", unit=unit),
    )


def _outcomes(node: Node) -> tuple[str, ...]:
    known = list(dict.fromkeys((*CONTACT_OUTCOMES, *INSTRUMENT_OUTCOMES, *CLOCK_OUTCOMES)))
    if not isinstance(node.value, list):
        node.choice(["any"])
        return tuple(known)
    chosen = tuple(item.choice([*known, "any"]) for item in node.items())
    return tuple(known) if "any" in chosen else chosen


def _notice(node: Node, scope: Scope) -> Effect:
    entries = node.entries(required=["to", "by", "on", "tell"], optional=["within", "given"])
    return Notice(
        to=tuple(_known(item, scope.words.offices, "office") for item in entries["to"].items()),
        by=_known(entries["by"], scope.words.offices, "office"),
        on=_outcomes(entries["on"]),
        tell=bilingual(entries["tell"]),
        within=_operand(entries["within"], scope, kind="quantity", unit="days")
        if "within" in entries
        else None,
        given=_yes_no(entries["given"], scope) if "given" in entries else None,
    )


def _route(node: Node, scope: Scope) -> Effect:
    entries = node.entries(required=["for", "to", "form", "on"], optional=["clock"])
    return RouteTo(
        recipient=_known(entries["for"], scope.words.offices, "office"),
        office=_known(entries["to"], scope.words.offices, "office"),
        form=bilingual(entries["form"]),
        on=_outcomes(entries["on"]),
        clock=entries["clock"].text() if "clock" in entries else None,
    )


def _flag(node: Node, scope: Scope) -> Effect:
    return Raise(_known(node, scope.words.flags, "flag"))


def _refer(node: Node, _: Scope) -> Effect:
    return Refer(node.text())


def _clock(node: Node, scope: Scope) -> Effect:
    entries = node.entries(required=["name", "start", "days", "count", "past"], optional=["acted"])
    acted = entries["acted"].text() if "acted" in entries else None
    if acted is not None and _known(entries["acted"], scope.words.facts, "fact"):
        kind = scope.words.facts[acted].type
        if kind != "day":
            entries["acted"].fail(
                f"{acted} is {KINDS[kind]}, and the act that stops a clock is a day",
                remedy="name the fact that holds the day of the act",
            )
    return Window(
        name=entries["name"].text(),
        start=_operand(entries["start"], scope, kind="day"),
        days=_operand(entries["days"], scope, kind="quantity", unit="days"),
        count=entries["count"].choice(["calendar", "work"]),
        acted=acted,
        past=entries["past"].choice(["late", "deemed_denied"]),
    )


def _defect(node: Node, _: Scope) -> Effect:
    return Defect(bilingual(node.entries(required=["cure"])["cure"]))


def _void(node: Node, _: Scope) -> Effect:
    node.choice(["yes"])
    return Void()


def _supersede(node: Node, _: Scope) -> Effect:
    node.choice(["yes"])
    return Supersede()


def _lapse(node: Node, scope: Scope) -> Effect:
    return Lapse(_operand(node.entries(required=["on"])["on"], scope, kind="day"))


_READERS: Mapping[str, Callable[[Node, Scope], Effect]] = {
    "permit": _permit,
    "prohibit": _prohibit,
    "require": _require,
    "condition": _condition,
    "ceiling": _ceiling,
    "floor": _floor,
    "notice": _notice,
    "route": _route,
    "owed": _owed,
    "flag": _flag,
    "refer": _refer,
    "clock": _clock,
    "defect": _defect,
    "void": _void,
    "supersede": _supersede,
    "lapse": _lapse,
}
NAMES: Mapping[type, str] = {
    Permit: "permit",
    Prohibit: "prohibit",
    Require: "require",
    Impose: "condition",
    Ceiling: "ceiling",
    Floor: "floor",
    Notice: "notice",
    RouteTo: "route",
    Owed: "owed",
    Raise: "flag",
    Refer: "refer",
    Window: "clock",
    Defect: "defect",
    Void: "void",
    Supersede: "supersede",
    Lapse: "lapse",
}
OF_CLOCKS = (Window, Raise, RouteTo, Notice, Refer)
OF_INSTRUMENTS = (Defect, Void, Supersede, Lapse)


def read_effects(node: Node, scope: Scope) -> tuple[Effect, ...]:
    """Read a list of effects.

    Raises:
        Fault: an effect is unknown, lacks a part, or names a word outside the vocabulary.
    """
    effects: list[Effect] = []
    for item in node.items():
        block = item.entries(optional=list(_READERS))
        if len(block) != 1:
            item.fail("one effect stands on each line of `then`", remedy="start another line with a dash")
        name, inner = next(iter(block.items()))
        effects.append(_READERS[name](inner, scope))
    if not effects:
        node.fail("this provision has no effect", remedy="write what follows, such as - prohibit: yes")
    return tuple(effects)


def sums_of_effect(effect: Effect) -> Sequence[Sum]:
    """Give the operands an effect computes with."""
    match effect:
        case Ceiling(_, limit, used, asked):
            return limit, used, asked
        case Floor(_, limit, used):
            return limit, used
        case Owed(_, authorised, delivered):
            return authorised, delivered
        case Notice(within=within):
            return () if within is None else (within,)
        case Window(start=start, days=days):
            return start, days
        case Lapse(on=on):
            return (on,)
        case _:
            return ()
