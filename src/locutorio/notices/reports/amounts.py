"""Writes counts and shares as a language writes them."""

from __future__ import annotations

from locutorio.notices.words import Words

_LEAST = 0.1


def share(part: int, whole: int) -> float:
    """Give a part in percent of the whole; of nothing, 0."""
    return 100 * part / whole if whole else 0.0


def count(words: Words, amount: int) -> str:
    """Write a whole number with its thousands apart: 1,550,000."""
    return f"{amount:,}".replace(",", words.say("report.thousands"))


def percent(words: Words, amount: float) -> str:
    """Write a share in percent: 43.2 %. A part never rounds to nothing, nor to all."""
    if 0 < amount < _LEAST:
        return words.say("report.below", share=percent(words, _LEAST))
    if 100 - _LEAST < amount < 100:
        return words.say("report.above", share=percent(words, 100 - _LEAST))
    return words.say("report.percent", number=f"{amount:.1f}".replace(".", words.say("report.point")))
