"""What could be read of a file and what not, in words, with what to do; and why one was not kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from locutorio.actions.files.tongues import RIGHT_TO_LEFT
from locutorio.kernel.faults import Fault
from locutorio.web.words import say, words

_FAULTS: Mapping[str, re.Pattern[str]] = {
    "empty": re.compile("^the file is empty$"),
    "large": re.compile("^the file is larger than"),
    "kind": re.compile("^the file is no PDF"),
    "language": re.compile("is no code of a language$"),
    "more": re.compile("^more is said of this file"),
    "other_person": re.compile("^what this translates is about somebody else$"),
    "taken": re.compile("^this file belongs to something else already$"),
}


def reading_said(reading: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    """Give what became of reading a document, sentence by sentence: the ``reading`` of its row."""
    return tuple(_said(reading, lang))


def file_fault_said(fault: Fault, lang: str) -> str:
    """Give why a file was not kept."""
    for name, known in _FAULTS.items():
        if known.search(fault.what):
            return words(lang)[f"documents_fault_{name}"]
    return f"{words(lang)['gate_fault_other']} {fault.what}. {fault.remedy}"


def pages_said(pages: Iterable[int]) -> str:
    """Give pages with those that follow one another as one: 1-3, 7."""
    runs = (
        [page for _, page in run]
        for _, run in groupby(enumerate(sorted(pages)), key=lambda one: one[1] - one[0])
    )
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _said(reading: Mapping[str, Any], lang: str) -> Iterator[str]:
    pages, looked_at, unread = reading["pages"], reading["looked_at"], reading["unread"]
    yield say(lang, f"documents_{reading['became']}", pages=pages, read=looked_at - len(unread))
    if reading["became"] == "partly":
        for why in sorted({*unread.values()}):
            which = pages_said(int(page) for page, said in unread.items() if said == why)
            yield say(lang, f"documents_page_{why}", which=which)
        if looked_at < pages:
            yield say(lang, "documents_not_reached", first=looked_at + 1, pages=pages)
    if reading["cut_short"]:
        yield words(lang)["documents_cut_short"]
    tongues = reading["tongues"]
    if tongues:
        each = (f"{_tongue(tongue, lang)} ({pages_said(found)})" for tongue, found in tongues.items())
        yield say(
            lang, "documents_tongue" if len(tongues) == 1 else "documents_tongues", tongues=", ".join(each)
        )
    if RIGHT_TO_LEFT & tongues.keys():
        yield words(lang)["documents_right_to_left"]


def _tongue(tongue: str, lang: str) -> str:
    told = words(lang)
    return told.get(f"tongue_{tongue}", told["tongue_other"])
