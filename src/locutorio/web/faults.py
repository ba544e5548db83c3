"""Says a fault of a case file on a page: where it is, what it is and what to do, in the reader's language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from locutorio.kernel.faults import WHAT_LENGTH_MAX, Fault, Faults, shortened
from locutorio.web.words import say

# What a fault says, by the name of the sentence that says it in every language.
_KNOWN: Mapping[str, re.Pattern[str]] = {
    "large": re.compile("is too large$"),
    "empty": re.compile("is empty$"),
    "encoding": re.compile("^this is not UTF-8"),
    "hidden": re.compile("^a character that nobody can see"),
    "sign": re.compile("^a value cannot begin with"),
    "merge": re.compile("^blocks are not merged"),
    "deep": re.compile("stand inside each other here more than"),
    "documents": re.compile("^another document begins"),
    "twice": re.compile(
        "stands twice in this block$|is said twice of this paper$|^two (papers|events) are called"
        "|stands for two$"
    ),
    "missing": re.compile("is missing( in the question)?$|^there are no events"),
    "name": re.compile(
        "is not known here$|is not a fact of the vocabulary$|is not a fact of a paper$|is a fact of a paper$"
    ),
    "law_word": re.compile(
        "is not a law that is here$|of this law(, so it cannot be adopted)?$|of this pack$"
    ),
    "stated": re.compile("does not state "),
    "value": re.compile(
        "is not an answer to |is not a value of |is not a whole number|cannot be less than 0"
        "|is not one of the words known here|does not say which papers|^trust is "
    ),
    "day": re.compile("is not a day|there is no day|is outside the years"),
    "uncounted": re.compile("^no last day of "),
    "order": re.compile(
        "before it begins$|, after the day asked about|is before the day the question was asked"
        "|is dated before it$|filed before it is written$|^the .* is [0-9-]{10}, before "
    ),
    "two_values": re.compile("has two values on "),
    "contradiction": re.compile("by another line$|is after the day of the question"),
    "too_early": re.compile("says nothing of [0-9]"),
    "shape": re.compile("expected here|stands where a name is expected|nothing is written here"),
    "many": re.compile("^a case has at most|has a list of "),
    "too_much": re.compile("holds more than the form can carry"),
    "subject": re.compile('^the question is about the paper|is said in the question|has no "'),
}


@dataclass(frozen=True, slots=True)
class ToldFault:
    """A fault in words of the reader; ``exact`` is what the program says of it, always in English."""

    says: str
    exact: str


def told(fault: Fault | Faults, lang: str) -> tuple[ToldFault, ...]:
    """Give every fault of a reading in words."""
    several = fault.faults if isinstance(fault, Faults) else (fault,)
    return tuple(_told(one, lang) for one in several)


def _told(fault: Fault, lang: str) -> ToldFault:
    name = next((name for name, known in _KNOWN.items() if known.search(fault.what)), "other")
    says = say(lang, f"fault_{name}")
    if fault.where is not None:
        says = say(lang, "fault_at", line=fault.where.line, column=fault.where.column, says=says)
    what = shortened(fault.what, WHAT_LENGTH_MAX)
    return ToldFault(says, f"{what[:1].upper()}{what[1:]}. {shortened(fault.remedy, WHAT_LENGTH_MAX)}")
