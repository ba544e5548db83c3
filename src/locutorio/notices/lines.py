"""Says the conditions of a provision in words: each line a short sentence, groups written out."""

from __future__ import annotations

from collections.abc import Mapping

from locutorio.facts.vocabulary import Value
from locutorio.notices.words import Words
from locutorio.rules.provision import DatedNumber
from locutorio.rules.tree import Compare, Condition, Constant, Fact, Group, Holds, Line, Member, Number, Sum

_COMPARISONS = {"==": "is", "!=": "is_not", "<": "less", "<=": "at_most", ">": "more", ">=": "at_least"}


class Lines:
    """Says lines and operands of one provision in one language."""

    def __init__(self, words: Words, numbers: Mapping[str, DatedNumber]) -> None:
        self._words = words
        self._numbers = numbers

    def conditions(self, condition: Group | None) -> tuple[str, ...]:
        """Give one text for each part of a condition; nothing if there is none."""
        return tuple(self._part(part) for part in condition.parts) if condition else ()

    def operand(self, operand: Sum, owner: str | None = None, unit: str | None = None) -> str:
        """Say an operand. ``owner`` and ``unit`` are those of the other side, for a constant without one."""
        terms = [
            (sign, self._term(term, operand.type.owner or owner, operand.type.unit or unit))
            for sign, term in operand.terms
        ]
        if _is_span(operand):
            return self._words.say("sheet.span", start=terms[1][1], end=terms[0][1])
        said = terms[0][1]
        for sign, term in terms[1:]:
            said = self._words.say("sheet.plus" if sign > 0 else "sheet.minus", first=said, second=term)
        return said

    def _part(self, part: Condition) -> str:
        if not isinstance(part, Group):
            return self._line(part)
        inner = self._words.apart(self._part(one) for one in part.parts)
        return self._words.say("sheet.every" if part.every else "sheet.some", parts=inner)

    def _line(self, line: Line) -> str:
        say = self._words.say
        match line:
            case Holds(fact, negated, _):
                value = self._words.value(fact.path, not negated)
                return say("sheet.compare.is", left=self._words.label(fact.path), right=value)
            case Member(operand, items, negated, _):
                owner, unit = operand.type.owner, operand.type.unit
                right = self._words.any_of(self._constant(item, owner, unit) for item in items)
                return say(
                    f"sheet.compare.{'is_not' if negated else 'is'}", left=self.operand(operand), right=right
                )
            case Compare(op, left, right_side, _):
                owner = left.type.owner or right_side.type.owner
                unit = left.type.unit or right_side.type.unit
                kind = (
                    "sheet.compare_day."
                    if "day" in (left.type.kind, right_side.type.kind)
                    else "sheet.compare."
                )
                return self._compared(
                    f"{kind}{_COMPARISONS[op]}",
                    self.operand(left, owner, unit),
                    self.operand(right_side, owner, unit),
                )

    def _compared(self, key: str, left: str, right: str) -> str:
        return self._words.say(key, left=left, right=right)

    def _term(self, term: Fact | Number | Constant, owner: str | None, unit: str | None) -> str:
        match term:
            case Fact(path):
                return self._words.label(path)
            case Number(name):
                return self.number(self._numbers[name])
            case Constant(value):
                return self._constant(value, owner, unit)

    def number(self, number: DatedNumber) -> str:
        """Say a number by its label, with its value where it never had another."""
        label = self._words.text(number.label)
        if len(number.rows) > 1:
            return label
        return self._words.say(
            "sheet.number", label=label, value=self._words.quantity(number.rows[0].value, number.unit)
        )

    def _constant(self, value: Value, owner: str | None, unit: str | None) -> str:
        if isinstance(value, int) and not isinstance(value, bool) and unit:
            return self._words.quantity(value, unit)
        return self._words.value(owner or "", value)


def _is_span(operand: Sum) -> bool:
    """Say whether this is a number of days from one day to another."""
    return (
        operand.type.unit == "days"
        and [sign for sign, _ in operand.terms] == [1, -1]
        and all(isinstance(term, Fact) for _, term in operand.terms)
    )
