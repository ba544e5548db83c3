"""Amounts in words: "two 15-minute calls a month", "one every 15 days", "6 or 7"."""

from __future__ import annotations

import re
from functools import cache

from locutorio.chronicle.phrases import any_of, channel_pattern, number, number_pattern, phrases
from locutorio.chronicle.values import Amount

MONTHS_A_YEAR, FORTNIGHTS_A_YEAR, WEEKS_A_YEAR, DAYS_A_YEAR = 12, 26, 52, 365
FORTNIGHT_DAYS = (14, 15)
TWO_MONTHS_DAYS = 60
_UNIT = "day|week|month|year"
_RANGE = re.compile(r"(?P<low>[0-9]{1,4})(?: or (?P<high>[0-9]{1,4}))?")
_BI_MONTHLY = re.compile(r"\bbi-?monthly\b", re.IGNORECASE)
_KEY = re.compile(rf"(?P<words>[a-z_]+?)_per_(?P<unit>{_UNIT})(?P<pooled>_pooled)?")


@cache
def _every() -> re.Pattern[str]:
    length = r"(?:[- ]?minute)"
    return re.compile(
        rf"(?:(?P<minutes>[0-9]{{1,3}}){length}\b.*?)?\b(?P<count>{number_pattern()})"
        rf"(?: (?P<long>[0-9]{{1,3}}){length})?(?: (?:{channel_pattern()}|times?))?"
        rf" (?:an?|per|each|every) (?:(?P<days>[0-9]{{1,3}}) days|(?P<unit>{_UNIT}))\b",
        re.IGNORECASE,
    )


@cache
def _pool() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<count>{number_pattern()}) pooled(?: among (?P<kinds>.+))?", re.IGNORECASE)


@cache
def _kinds() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<count>{number_pattern()}) (?P<kind>{any_of(phrases().classes)})\b")


def read_amount(text: str) -> Amount | None:
    """Read the first amount with a period; "bi-monthly" can mean two."""
    if _BI_MONTHLY.search(text):
        return Amount(2, 2, "month", ambiguous=Amount(1, 1, "days", days=TWO_MONTHS_DAYS))
    match = _every().search(text)
    if not match:
        return None
    count = number(match["count"])
    long = match["long"] or match["minutes"]
    minutes = int(long) if long else None
    if match["days"]:
        return Amount(count, count, "days", days=int(match["days"]), minutes=minutes)
    return Amount(count, count, match["unit"].lower(), minutes=minutes)


def read_pool(text: str, unit: str) -> Amount | None:
    """Read an amount that several kinds share, or one for each of them: their period is known from before."""
    shared = _pool().search(text)
    if shared:
        named = re.findall(r"[A-Za-z]+", shared["kinds"] or "")
        kinds = tuple(phrases().classes[kind] for kind in named if kind in phrases().classes)
        count = number(shared["count"])
        return Amount(count, count, unit, pooled=kinds or ("every_kind",))
    return None


def read_kinds(text: str, unit: str) -> dict[str, Amount]:
    """Read "1 social and 5 legal" as an amount for each kind."""
    return {
        phrases().classes[one["kind"]]: Amount(number(one["count"]), number(one["count"]), unit)
        for one in _kinds().finditer(text)
    }


def read_range(text: str) -> tuple[int, int] | None:
    """Read "5" or "6 or 7"."""
    match = _RANGE.fullmatch(text)
    return (int(match["low"]), int(match["high"] or match["low"])) if match else None


def key_of(key: str) -> tuple[str, str, bool] | None:
    """Read a key such as social_calls_per_month: its words, its period, whether kinds share it."""
    match = _KEY.fullmatch(key)
    return (match["words"].replace("_", " "), match["unit"], bool(match["pooled"])) if match else None


def times_a_year(amount: Amount) -> int:
    """Give how often an amount is in a year of 12 months, 26 fortnights, 52 weeks, 365 days; the fewest.

    A stretch of 14 or 15 days is a fortnight.
    """
    match amount.unit:
        case "day":
            return amount.low * DAYS_A_YEAR
        case "week":
            return amount.low * WEEKS_A_YEAR
        case "month":
            return amount.low * MONTHS_A_YEAR
        case "days" if amount.days in FORTNIGHT_DAYS:
            return amount.low * FORTNIGHTS_A_YEAR
        case "days":
            return amount.low * DAYS_A_YEAR // amount.days
        case _:
            return amount.low
