"""Days and terms that an entry writes: read where they can be read, refused with the reason elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_WRITTEN_DAY = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d+)(?![\d/])")
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_FIRST = [
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen", "twenty"),
]
_VALUES = dict(zip(_FIRST, range(1, 21), strict=True)) | _TENS
_AMOUNT = rf"(?:(?P<word>{'|'.join(_VALUES)})\b\s*)?(?:\(?(?P<digits>\d{{1,3}})\)?)?"
_UNIT = r"(?P<unit>(?:business |working |calendar )?(?:hour|day|week|month|year)s?)"
_START = r"(?:\s+(?:of|from|after)\s+(?P<start>[^.;,]{1,120}))?"
_TERM = re.compile(rf"\b(?:(?P<lead>within|for|after)\s+)?{_AMOUNT}\s*{_UNIT}\b{_START}", re.IGNORECASE)
YEAR_MIN, YEAR_MAX = 1900, 2200
_CENTURY = 50


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as it is written. ``day`` is None where there is none; ``why`` then names the rule it breaks."""

    words: str
    day: date | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A term as it is written: so much of a unit, counted from an event whose day the entry does not give.

    ``amount`` is None where word and digits differ. ``start`` holds the words of the event, or is empty.
    Nothing is counted: the day of the event stays unknown until a person enters it.
    """

    words: str
    amount: int | None
    unit: str
    start: str = ""


def days_in(text: str) -> Iterator[WrittenDay]:
    """Give each day written with slashes, month first, as United States courts do."""
    for match in _WRITTEN_DAY.finditer(text):
        yield _read(match)


def terms_in(text: str) -> Iterator[Term]:
    """Give each term that is counted from something, or lasts."""
    for match in _TERM.finditer(text):
        word, digits = match["word"], match["digits"]
        if not (word or digits) or not (match["lead"] or match["start"] or word):
            continue
        values = {_VALUES[word.lower()]} if word else set()
        values |= {int(digits)} if digits else set()
        yield Term(
            words=match.group(0).strip(),
            amount=values.pop() if len(values) == 1 else None,
            unit=match["unit"].lower().rstrip("s"),
            start=(match["start"] or "").strip(),
        )


def _read(match: re.Match[str]) -> WrittenDay:
    words, digits = match.group(0), match[3]
    if len(digits) not in {2, 4}:
        return WrittenDay(words, None, "year")
    year = int(digits)
    if len(digits) == 2:
        year += 1900 if year > _CENTURY else 2000
    if not YEAR_MIN <= year <= YEAR_MAX:
        return WrittenDay(words, None, "year")
    try:
        return WrittenDay(words, date(year, int(match[1]), int(match[2])))
    except ValueError:
        return WrittenDay(words, None, "calendar")
