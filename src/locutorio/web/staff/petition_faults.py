"""Says in the reader's language why nothing was noted of a petition, and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping

from locutorio.kernel.faults import Fault
from locutorio.web.staff import faults
from locutorio.web.words import words

_KNOWN: Mapping[str, re.Pattern[str]] = {
    "early": re.compile("^[a-z_]+ on [0-9-]+ is before "),
    "ahead": re.compile("has not come yet$"),
    "no_ruling": re.compile("^there is no ruling that could be on its way$"),
    "granted": re.compile("^what was granted does not go with the outcome$"),
    "until": re.compile("^only a form that was rejected is put right"),
    "of": re.compile("is of nothing that was noted"),
    "asks": re.compile("^a petition says what it asks for$"),
    "unnamed": re.compile("^what is asked is of a paper or a contact|named is not of this person$"),
    "words": re.compile("^this is noted with its words$"),
    "long": re.compile("is longer than [0-9]+ characters$"),
    "day": re.compile("is not a day$"),
    "value": re.compile("is not an answer to|is not a value of|is not a number"),
}


def fault_said(fault: Fault, lang: str) -> tuple[str, ...]:
    """Give what a page says of what was not kept."""
    for name, known in _KNOWN.items():
        if known.search(fault.what):
            return (words(lang)[f"petition_fault_{name}"],)
    return faults.fault_said(fault, lang)
