"""Who stands behind the tokens of a chronicle: people, offices, courts, establishments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from locutorio.chronicle.days import MONTHS, Days, month_days, year_days
from locutorio.chronicle.phrases import any_of, phrases, role_in, without_brackets
from locutorio.kernel.faults import Fault

TOKEN = r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*"  # noqa: S105 - a word for somebody, no secret
_ENTRY = re.compile(rf"(?P<names>{TOKEN}(?:\.\.)?(?:, {TOKEN})*) (?P<words>\S.*)", re.DOTALL)
_LIES = re.compile(rf"where ({TOKEN}) lies")
_DATED = re.compile(
    rf"\b(?P<what>born|died)(?: (?P<month>{any_of(MONTHS)}))? (?P<year>[0-9]{{4}})", re.IGNORECASE
)
_OPENING = "Tokens:"
TOKENS_MAX = 40
ENTRY_LENGTH_MAX = 300
LAWYER, SOCIAL, LEGAL, COURT, CUSTODIAN, CHILD, PERSON = (
    "lawyer", "social", "legal", "court", "custodian", "child", "person",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Someone:
    """One token. ``words`` are as the file has them; ``many`` tells that numbered tokens follow (L1..).

    ``born`` and ``died`` are the possible days; ``lies`` is the establishment for which a court is competent.
    """

    name: str
    words: str
    role: str | None
    group: tuple[str, ...]
    many: bool = False
    born: Days | None = None
    died: Days | None = None
    citizen: bool = False
    no_visa: bool = False
    lies: str | None = None


@dataclass(frozen=True, slots=True)
class People:
    """Everybody the file names, by token."""

    known: Mapping[str, Someone]

    def get(self, token: str) -> Someone | None:
        """Give who a token stands for, also one of a numbered row."""
        found = self.known.get(token)
        if found is not None:
            return found
        row = next((one for one in self.known.values() if one.many and _stem(one.name) == _stem(token)), None)
        return Someone(token, row.words, row.role, (token,)) if row else None

    def role(self, token: str) -> str | None:
        """Give the role of a token."""
        found = self.get(token)
        return found.role if found else None

    def class_of(self, token: str) -> str | None:
        """Say whether a token stands for a social contact or a legal one."""
        role = self.role(token)
        if role == LAWYER:
            return LEGAL
        return SOCIAL if role in phrases().lists["social_roles"] else None

    def of_role(self, role: str) -> tuple[str, ...]:
        """Give the tokens of a role."""
        return tuple(one.name for one in self.known.values() if one.role == role)

    def in_text(self, text: str) -> tuple[str, ...]:
        """Give the tokens that a text names, in order."""
        found = re.findall(rf"(?<![\w-]){TOKEN}(?![\w-])", text)
        return tuple(dict.fromkeys(token for token in found if self.get(token)))

    def groups(self) -> Iterator[tuple[str, ...]]:
        """Give those the file names together, once each."""
        yield from dict.fromkeys(one.group for one in self.known.values())


def _stem(token: str) -> str:
    return token.rstrip("0123456789") if token[-1:].isdigit() else token + "\0"


def read_people(entries: Iterable[str]) -> People:
    """Read entries such as "C1, C2 sons (born 2014)".

    Raises:
        Fault: an entry does not begin with a token, or a token stands twice.
    """
    known: dict[str, Someone] = {}
    for entry in entries:
        match = _ENTRY.fullmatch(" ".join(entry.split()).rstrip("."))
        if not match or len(entry) > ENTRY_LENGTH_MAX:
            raise Fault(
                f'"{entry.strip()}" does not say who somebody is',
                remedy="begin with a token in capitals, such as `H husband`, or `C1, C2 sons (born 2014)`",
            )
        written = match["names"].split(", ")
        names = tuple(name.removesuffix("..") for name in written)
        for name, as_written in zip(names, written, strict=True):
            if name in known:
                raise Fault(f'"{name}" stands for two', remedy="give each a token of their own")
            known[name] = _someone(name, names, match["words"], many=as_written.endswith(".."))
    if len(known) > TOKENS_MAX:
        raise Fault(f"more than {TOKENS_MAX} tokens are named", remedy="keep those that the events name")
    return People(known)


def _someone(name: str, group: tuple[str, ...], words: str, *, many: bool) -> Someone:
    bare, aside = without_brackets(words)
    told = "; ".join(aside)
    dated = {one["what"].lower(): _dated(one) for one in _DATED.finditer(told)}
    lies = _LIES.search(words)
    return Someone(
        name=name,
        words=words,
        role=role_in(bare),
        group=group,
        many=many,
        born=dated.get("born"),
        died=dated.get("died"),
        citizen=re.search(r"\bcitizens?\b", told) is not None,
        no_visa=re.search(r"\bno (?:\w+ )?visas?\b", told) is not None,
        lies=lies[1] if lies else None,
    )


def _dated(match: re.Match[str]) -> Days:
    year = int(match["year"])
    if match["month"] is None:
        return year_days(year)
    return month_days(year, MONTHS.index(match["month"].lower()) + 1)


def header_entries(text: str) -> list[str]:
    """Give the entries that comments at the top of a file hold, after "Tokens:"."""
    held: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            if line.strip():
                break
            continue
        told = line[1:]
        if not held and told.strip().startswith(_OPENING):
            held.append(told.strip().removeprefix(_OPENING))
        elif held and told.startswith("  "):
            held.append(told.strip())
        elif held:
            break
    return [entry.strip() for entry in _apart(" ".join(held)) if entry.strip()]


def _apart(text: str) -> Iterator[str]:
    """Part a text at semicolons that stand outside brackets."""
    depth, entry = 0, ""
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if sign == ";" and not depth:
            yield entry
            entry = ""
        else:
            entry += sign
    yield entry


def parts_of(text: str) -> list[str]:
    """Part a text into its clauses, at semicolons that stand outside brackets."""
    return [part.strip() for part in _apart(text) if part.strip()]


def alive(someone: Someone, on: date) -> bool | None:
    """Say whether somebody can have been alive on a day; None where that is not known."""
    if someone.died is None:
        return True
    if on < someone.died.first:
        return True
    return False if on > someone.died.last else None
