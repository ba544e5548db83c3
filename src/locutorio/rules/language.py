"""The condition language: tokens and grammar. Nothing of it is ever run as code.

A line is one comparison or one yes/no fact. See docs/reference/packs.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from locutorio.facts.vocabulary import Value, Vocabulary
from locutorio.kernel.faults import Fault, suggestion
from locutorio.kernel.moments import day
from locutorio.kernel.texts import Node
from locutorio.rules.tree import (
    Compare,
    Condition,
    Constant,
    Fact,
    Group,
    Holds,
    Line,
    Member,
    Number,
    Sum,
    Term,
    Type,
)

NUMERALS = ("0", "1")
GROUP_DEPTH_MAX = 6
LINE_LENGTH_MAX = 500

_TOKEN = re.compile(
    r"\s*(?:"
    r'(?P<day>date\(\s*"(?P<day_text>[^"]*)"\s*\))'
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)"
    r"|(?P<numeral>[0-9]+)"
    r'|(?P<text>"[^"\\]*")'
    r"|(?P<op>==|!=|<=|>=|<|>|\+|-|\[|\]|,)"
    r")"
)
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
ORDERED = ("<", "<=", ">", ">=")
_FACTS = "look for the fact in src/locutorio/facts/vocabulary/, or add it there"
QUOTES = "\"'\u00ab\u00bb\u2018\u2019\u201c\u201d"
KINDS = {
    "yes_no": "a yes or no",
    "quantity": "a number",
    "day": "a day",
    "choice": "a choice",
    "office": "an office",
    "text": "a word",
}


@dataclass(frozen=True, slots=True)
class Scope:
    """What a line may name: the vocabulary and the units of the provision's numbers."""

    words: Vocabulary
    numbers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


def _tokens(source: str, node: Node) -> list[_Token]:
    found, position = [], 0
    while source[position:].strip():
        match = _TOKEN.match(source, position)
        if not match:
            _refuse(source, position + len(source[position:]) - len(source[position:].lstrip()), node)
        kind = match.lastgroup if match.lastgroup != "day_text" else "day"
        assert kind is not None
        text = match.group("day_text") if kind == "day" else match.group(kind)
        found.append(_Token(kind, text, match.start(kind)))
        position = match.end()
    return found


def _refuse(source: str, at: int, node: Node) -> NoReturn:
    run = source[at:].split(maxsplit=1)[0]
    strange = next((char for char in run if not char.isascii()), None)
    if run[0] in QUOTES:
        what = "a word stands between two straight quotation marks, and these are not"
        remedy = 'write the word like "spouse"'
    elif strange:
        name = unicodedata.name(strange, "a character without a name").lower()
        at += run.index(strange)
        what, remedy = f"{name} (U+{ord(strange):04X}) stands here", "write names in the letters a to z"
    else:
        what = f'"{run[0]}" has no meaning in a condition'
        remedy = "write a fact, a comparison such as == or <, and a value"
    raise Fault(
        what, where=node.at(at), why="a line is one comparison of facts, numbers and words", remedy=remedy
    )


class _Parser:
    """Reads one line by recursive descent; every error has its column."""

    def __init__(self, node: Node, scope: Scope) -> None:
        self.node = node
        node.text()
        assert isinstance(node.value, str)
        written = node.value
        if len(written) > LINE_LENGTH_MAX:
            node.fail(
                f"this line has more than {LINE_LENGTH_MAX} characters", remedy="split it into several lines"
            )
        self.source = " ".join(written.split())
        self.scope = scope
        self.tokens = _tokens(written, node)
        self.at = 0

    def fail(self, what: str, *, why: str = "", remedy: str = "") -> NoReturn:
        token = self.tokens[min(self.at, len(self.tokens) - 1)]
        raise Fault(what, where=self.node.at(token.column), why=why, remedy=remedy)

    def peek(self) -> str:
        return self.tokens[self.at].text if self.at < len(self.tokens) else ""

    def take(self, expected: str) -> bool:
        if self.peek() == expected and self.tokens[self.at].kind in {"name", "op"}:
            self.at += 1
            return True
        return False

    def line(self) -> Line:
        negated = self.take("not")
        left = self.operand()
        if negated and self.peek() in {*COMPARISONS, "in", "not"}:
            self.fail(
                "`not` stands before a yes/no fact, or before `in`",
                remedy="leave it out, and use != or not in",
            )
        if negated or self.at == len(self.tokens):
            return self._holds(left, negated=negated)
        negated = self.take("not")
        if self.take("in"):
            return self._member(left, negated=negated)
        op, at = self.peek(), self.at
        if negated or op not in COMPARISONS or not self.take(op):
            self.fail(
                f"a comparison is expected here, not {op}",
                remedy="use == != < <= > >= or in [...]",
            )
        right = self.operand()
        self.end()
        self.at = at
        return Compare(op, *self._same_type(op, left, right), self.source)

    def end(self) -> None:
        if self.at < len(self.tokens):
            self.fail(
                f'"{self.peek()}" is one thing too many',
                remedy="one line is one comparison; start another line",
            )

    def _holds(self, operand: Sum, *, negated: bool) -> Line:
        self.end()
        sign, term = operand.terms[0]
        if len(operand.terms) > 1 or sign < 0 or not isinstance(term, Fact) or operand.type.kind != "yes_no":
            self.at = 0
            self.fail(
                "a line without a comparison can only be a yes/no fact",
                remedy="compare the fact with a value, or leave `not` out before a comparison",
            )
        return Holds(term, negated, self.source)

    def _member(self, left: Sum, *, negated: bool) -> Line:
        if not self.take("["):
            self.fail("a list is expected after `in`", remedy='write in ["a", "b"]')
        items: list[Value] = []
        while True:
            constant = self.operand(expected=left.type)
            sign, term = constant.terms[0]
            if len(constant.terms) > 1 or sign < 0 or not isinstance(term, Constant):
                self.fail(
                    "a list holds words, days, 0, 1, true or false", remedy="compare on two lines instead"
                )
            items.append(term.value)
            if self.take("]"):
                break
            if not self.take(","):
                self.fail("a comma or ] is expected here", remedy='write in ["a", "b"]')
        self.end()
        return Member(left, tuple(items), negated, self.source)

    def operand(self, expected: Type | None = None) -> Sum:
        terms: list[tuple[int, Term]] = []
        kinds: list[Type] = []
        sign = 1
        while True:
            term, kind = self.term(expected)
            terms.append((sign, term))
            kinds.append(kind)
            if self.take("+"):
                sign = 1
            elif self.take("-"):
                sign = -1
            else:
                return Sum(tuple(terms), self._sum_type(terms, kinds))

    def term(self, expected: Type | None) -> tuple[Term, Type]:
        if self.at >= len(self.tokens):
            self.at -= 1
            self.fail("something is missing after this", remedy="write the other side of the comparison")
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "name":
            return self._name(token)
        if token.kind == "day":
            return Constant(day(token.text, self.node.at(token.column))), Type("day")
        if token.kind == "numeral":
            if token.text not in NUMERALS:
                self.at -= 1
                self.fail(
                    f"the number {token.text} stands in a condition",
                    why="numbers are dated and cited, under `numbers:`",
                    remedy="write number.NAME",
                )
            return Constant(int(token.text)), Type("quantity")
        if token.kind == "text":
            return self._text(token, expected)
        self.at -= 1
        self.fail(f'"{token.text}" cannot stand here', remedy="write a fact, a number or a word here")

    def _name(self, token: _Token) -> tuple[Term, Type]:
        if token.text in {"true", "false"}:
            return Constant(token.text == "true"), Type("yes_no")
        entity, _, rest = token.text.partition(".")
        if entity == "number":
            unit = self.scope.numbers.get(rest)
            if unit is None:
                self.at -= 1
                self.fail(
                    f'this provision has no number "{rest}"',
                    remedy=suggestion(rest, self.scope.numbers)
                    if self.scope.numbers
                    else "add it under `numbers:`, with its unit, its first day and its citation",
                )
            return Number(rest), Type("quantity", unit)
        kind = self.scope.words.facts.get(token.text)
        if kind is None:
            self.at -= 1
            self.fail(
                f'"{token.text}" is not a fact of the vocabulary',
                remedy=suggestion(token.text, self.scope.words.facts, otherwise=_FACTS),
            )
        owner = token.text if kind.type in {"choice", "office"} else None
        return Fact(token.text), Type(kind.type, kind.unit, owner)

    def _text(self, token: _Token, expected: Type | None) -> tuple[Term, Type]:
        value = token.text.strip('"')
        return Constant(value), Type("text", None, expected.owner if expected else None)

    def _sum_type(self, terms: Sequence[tuple[int, Term]], kinds: Sequence[Type]) -> Type:
        if len(kinds) == 1:
            return kinds[0]
        days = sum(sign for (sign, _), kind in zip(terms, kinds, strict=True) if kind.kind == "day")
        if any(kind.kind not in {"quantity", "day"} for kind in kinds) or days not in {0, 1}:
            self.fail(
                "these cannot be added or taken away",
                why="a number can be added to a number or a day, and a day taken from a day",
                remedy="compare them on a line of their own",
            )
        units = {kind.unit for kind in kinds if kind.kind == "quantity" and kind.unit}
        if any(kind.kind == "day" for kind in kinds):
            units.add("days")
        if len(units) > 1:
            differing = " and ".join(sorted(units))
            self.fail(f"units differ: {differing}", remedy="use facts and numbers of one unit")
        return Type("day") if days else Type("quantity", next(iter(units), None))

    def _same_type(self, op: str, left: Sum, right: Sum) -> tuple[Sum, Sum]:
        a, b = left.type, right.type
        if "text" in {a.kind, b.kind}:
            self._check_text(op, left, right)
        elif a.kind != b.kind:
            self.fail(
                f"{KINDS[a.kind]} is compared with {KINDS[b.kind]}", remedy="put the same kind on both sides"
            )
        elif a.unit and b.unit and a.unit != b.unit:
            self.fail(f"{a.unit} are compared with {b.unit}", remedy="put the same unit on both sides")
        elif a.kind == "choice" and a.owner != b.owner:
            self.fail(
                f"{a.owner} and {b.owner} have different values",
                remedy="compare a choice with its own values",
            )
        elif op in ORDERED and a.kind not in {"quantity", "day"}:
            self.fail(f"{KINDS[a.kind]} is neither more nor less than another", remedy="use == or !=")
        return left, right

    def _check_text(self, op: str, left: Sum, right: Sum) -> None:
        if left.type.kind == "text" or len(left.terms) > 1 or not isinstance(left.terms[0][1], Fact):
            self.fail("a word can be compared with one fact only", remedy='write FACT == "word"')
        check_value(left.terms[0][1], right, self)
        if op in ORDERED:
            self.fail("a word is neither more nor less than another", remedy="use == or !=")


def check_value(fact: Fact, constant: Sum, parser: _Parser) -> None:
    """Refuse a word that is no value of the fact it is compared with."""
    kind = parser.scope.words.facts[fact.path]
    values = (
        kind.values if kind.type == "choice" else parser.scope.words.offices if kind.type == "office" else {}
    )
    term = constant.terms[0][1]
    word = term.value if isinstance(term, Constant) else None
    if not values:
        parser.fail(
            f"{fact.path} is {KINDS[kind.type]}, and is compared with a word",
            remedy="compare it with something of its own kind",
        )
    if not isinstance(word, str) or word not in values:
        parser.fail(f'"{word}" is not a value of {fact.path}', remedy=suggestion(str(word), values))


def parse_line(node: Node, scope: Scope) -> Line:
    """Read one condition line.

    Raises:
        Fault: with the line and column, the reason and a suggestion.
    """
    parser = _Parser(node, scope)
    line = parser.line()
    if isinstance(line, Member):
        for item in line.items:
            term = line.operand.terms[0][1]
            if isinstance(item, str):
                if not isinstance(term, Fact):
                    node.fail("a word can be compared with one fact only", remedy='write FACT in ["word"]')
                check_value(term, Sum(((1, Constant(item)),), Type("text")), parser)
            elif isinstance(item, bool) != (line.operand.type.kind == "yes_no") or (
                isinstance(item, date) != (line.operand.type.kind == "day")
            ):
                node.fail(
                    f"the list holds something else than {KINDS[line.operand.type.kind]}",
                    remedy="put into the list only what the fact can be",
                )
    return line


def parse_operand(node: Node, scope: Scope) -> Sum:
    """Read an operand that stands alone: a limit, a day, a count."""
    parser = _Parser(node, scope)
    operand = parser.operand()
    parser.end()
    return operand


def parse_conditions(node: Node, scope: Scope, depth: int = 0) -> Group:
    """Read a list of lines (all of), with nested `any:` and `all:`."""
    if depth > GROUP_DEPTH_MAX:
        node.fail(
            f"any: and all: stand inside each other here more than {GROUP_DEPTH_MAX} deep",
            remedy="make two provisions of this one",
        )
    parts: list[Condition] = []
    for item in node.items():
        if isinstance(item.value, dict):
            entries = item.entries()
            if len(entries) != 1 or not entries.keys() <= {"any", "all"}:
                item.fail(
                    "a colon makes this a block, and a block of conditions is `any:` or `all:`",
                    remedy="write a condition without a colon, like contact.age < number.adult_age",
                )
            name, inner = next(iter(entries.items()))
            group = parse_conditions(inner, scope, depth + 1)
            parts.append(Group(name == "all", group.parts))
        else:
            parts.append(parse_line(item, scope))
    if not parts:
        node.fail("this list of conditions is empty", remedy="write a condition, or leave the list out")
    return Group(every=True, parts=tuple(parts))
