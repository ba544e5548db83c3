"""Tells what became of a file, line by line, in words."""

from __future__ import annotations

from collections.abc import Iterator

from locutorio.actions.importing.columns import plain
from locutorio.actions.importing.read_row import ReadRow
from locutorio.actions.importing.reading import ReadFile
from locutorio.actions.importing.remarks import Remark
from locutorio.notices.catalogue import say

CODES_SHOWN = 200


def report(reading: ReadFile, lang: str) -> Iterator[str]:
    """Give the report of a reading: of the whole file, of its codes, of each line, and the counts."""
    name = reading.sheet.name
    for remark in reading.remarks:
        yield f"{name}: {said(remark, lang)}"
    codes = [(key, count) for key, count in reading.codes.items() if plain(key[1]) != plain(key[2])]
    for (column, written, value), count in codes[:CODES_SHOWN]:
        yield say(
            lang, "importing.code", file=name, column=column, found=written, value=value, count=str(count)
        )
    for entry in reading.rows:
        for remark in entry.remarks:
            if not entry.taken and not remark.refuses:
                continue
            yield f"{_place(name, remark, lang)}: {said(remark, lang)}"
    yield say(
        lang,
        "importing.counts",
        file=name,
        rows=str(len(reading.rows)),
        taken=str(len(reading.rows) - len(reading.not_taken)),
        said=str(sum(entry.taken and bool(entry.remarks) for entry in reading.rows)),
        not_taken=str(len(reading.not_taken)),
    )


def said(remark: Remark, lang: str) -> str:
    """Give one remark in words."""
    found = say(lang, "importing.found", found=remark.shown) if remark.found else ""
    return found + sentence(remark, lang)


def sentence(remark: Remark, lang: str) -> str:
    """Give the sentence of a remark, without what was found."""
    return say(lang, f"importing.{remark.key}", **{"column": remark.column, **remark.values})


def why(entry: ReadRow, lang: str) -> str:
    """Give every reason for which a row was not taken."""
    reasons = [remark for remark in entry.remarks if remark.refuses]
    return " ".join(
        f"[{remark.column}] {sentence(remark, lang)}" if remark.column else sentence(remark, lang)
        for remark in reasons
    )


def _place(name: str, remark: Remark, lang: str) -> str:
    key = "importing.place" if remark.column else "importing.place_of_line"
    return say(lang, key, file=name, line=str(remark.line), column=remark.column)
