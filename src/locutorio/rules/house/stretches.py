"""The rules of an establishment by the days on which they change, and the words that fill its pack."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from locutorio.rules.house.fields import fields
from locutorio.rules.house.reading import HouseRules, Memo, Rule

MINOR_AGE = 18
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Laid:
    """A rule with the memo that laid it down."""

    rule: Rule
    memo: Memo


@dataclass(frozen=True, slots=True)
class Stretch:
    """The rules as they stand from a day up to, not including, another; None where they go on."""

    since: date
    until: date | None
    laid: Mapping[str, Laid]

    def flags(self) -> frozenset[str]:
        """Give what a line ``only:`` may name: a rule that stands, a yes, and NAME=VALUE of a choice."""
        values = {name: one.rule.value for name, one in self.laid.items()}
        return frozenset(
            f"{name}={value}" if isinstance(value, str) else name
            for name, value in values.items()
            if value is not False
        )


def stretches(rules: HouseRules) -> tuple[Stretch, ...]:
    """Give the rules by the days on which they change, the oldest first."""
    found: list[Stretch] = []
    laid: dict[str, Laid] = {}
    ends = [*(memo.since for memo in rules.memos[1:]), None]
    for memo, until in zip(rules.memos, ends, strict=True):
        laid |= {name: Laid(rule, memo) for name, rule in memo.rules.items()}
        found.append(
            Stretch(memo.since, until, {n: one for n, one in laid.items() if one.rule.value is not None})
        )
    return tuple(found)


def cited(one: Laid) -> str:
    """Cite the item of the memo that laid a rule down."""
    return f"{_memo(one.memo)}, item {one.rule.item}"


def blanks(rules: HouseRules, found: Sequence[Stretch], at: int) -> Mapping[str, str | list[str]]:
    """Give what fills the blanks in one stretch: words, citations, and days around its first."""
    stretch = found[at]
    on = stretch.since
    always = set.intersection(*(set(_words(one, "privileged")) for one in found))
    words: dict[str, str | list[str]] = {
        "code": rules.code,
        "case": rules.pack,
        "zone": rules.zone,
        "name_en": rules.name["en"],
        "name_es": rules.name["es"],
        "instrument": rules.name["en"],
        "memos": "; ".join(map(_memo, rules.memos)),
        "cite_memo": _memo(rules.memos[0]),
        "entered_on": rules.entered_on.isoformat(),
        "first": found[0].since.isoformat(),
        "always_privileged": sorted(always),
        "always_privileged_quoted": _quoted(sorted(always)),
        "privileged": _quoted(_words(stretch, "privileged")),
        "suspension_grounds": _quoted(_words(stretch, "suspension_grounds")),
        "suspension_ground": _words(stretch, "suspension_grounds")[0],
        "on": on.isoformat(),
        "after": (on + _DAY).isoformat(),
        **_born(on, MINOR_AGE, "minor", "of_age"),
        **_born(on, _number(stretch, "adult_age"), "child", "adult"),
    }
    for name, one in stretch.laid.items():
        words[f"cite_{name}"] = cited(one)
        if fields().by_name[name].kind == "number":
            words[name] = str(_number(stretch, name))
            words[f"{name}_less_1"] = str(_number(stretch, name) - 1)
        elif isinstance(one.rule.value, str):
            words[name] = one.rule.value
    return words


def _memo(memo: Memo) -> str:
    return f"memo {memo.number} ({memo.signed_on})"


def _born(on: date, age: int, below: str, of_age: str) -> dict[str, str]:
    """Give two days of birth: of one who turns ``age`` the next day, and of one who turns it that day."""
    leap_day = (on.month, on.day) == (2, 29) and not isleap(on.year - age)
    turned = on.replace(year=on.year - age, day=28 if leap_day else on.day)
    return {f"born_{below}": (turned + _DAY).isoformat(), f"born_{of_age}": turned.isoformat()}


def _words(stretch: Stretch, name: str) -> tuple[str, ...]:
    value = stretch.laid[name].rule.value
    assert isinstance(value, tuple), "the rule is a list of words"
    return value


def _number(stretch: Stretch, name: str) -> int:
    value = stretch.laid[name].rule.value
    assert isinstance(value, int), "the rule is a number"
    return value


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)
