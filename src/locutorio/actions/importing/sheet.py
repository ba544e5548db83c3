"""Turns the bytes of a CSV file into lines of cells: encoding, delimiter, quotes, header."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from locutorio.actions.importing.columns import Columns, plain
from locutorio.actions.importing.remarks import Remark
from locutorio.kernel.faults import Fault, Place, suggestion

BYTES_MAX = 200_000_000
HEADER_WITHIN_LINES = 10
CELL_LINES_MAX = 100
DELIMITERS = (",", ";", "\t", "|")
BECAUSE = "not_taken_because"
MORE = re.compile(r"\(more \d+\)")
_ENDS = re.compile(r"\r\n|\n|\r")
_TEXT_MARK = re.compile(r"'(?='*[=+\-@\t\r])")
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_NUL_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it stands in the file: the number of its first line, from 1, and its cells.

    ``broken`` says why it cannot be parted into cells (``quotes``, ``cells_few``, ``cells_many``), and is
    empty where it can; a line with broken quotes has one cell, its whole text.
    """

    number: int
    cells: tuple[str, ...]
    broken: str = ""

    @property
    def blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file parted into lines: its header as written, the field that each column holds (empty: none), its
    rows without blank ones, and what there is to say of the whole file.
    """

    name: str
    header: tuple[str, ...]
    fields: tuple[str, ...]
    lines: tuple[Line, ...]
    remarks: tuple[Remark, ...]

    def named(self, line: Line) -> Mapping[str, str]:
        """Give the cells of a line by field."""
        return {name: cell for name, cell in zip(self.fields, line.cells, strict=False) if name}


def read_sheet(raw: bytes, name: str, columns: Columns) -> Sheet:
    """Part a file into lines.

    Args:
        raw: its bytes: UTF-8, UTF-16 or Windows-1252; parted by comma, semicolon, tab or bar.
        name: what to call it.
        columns: the columns that such a file has, with the names they go by.

    Raises:
        Fault: it is too large, has no header, lacks a column that is needed, or has one twice.
    """
    if len(raw) > BYTES_MAX:
        raise Fault(
            f"{name} is too large", why=f"no more than {BYTES_MAX} bytes are read", remedy="split the file"
        )
    texts, remarks = _decoded(raw)
    at, delimiter = _header(texts, columns)
    if at < 0:
        raise Fault(
            f"{name} has no header",
            why=f"none of its first {HEADER_WITHIN_LINES} lines names two columns of such a file",
            remedy=f"let the first line name the columns: {', '.join(columns.needed)}",
        )
    head = next(_rows(texts, at, delimiter, None))
    wide = len(head.cells)
    aside = [number for number, title in enumerate(head.cells) if title == BECAUSE or MORE.fullmatch(title)]
    head = replace(head, cells=tuple(cell for at, cell in enumerate(head.cells) if at not in aside))
    fields = _fields(head, columns, name)
    above = [text for text in texts[:at] if text.strip() and not text.lower().startswith("sep=")]
    if above:
        remarks.append(Remark(0, "", above[0], "whole.above_header", {"count": str(len(above))}))
    remarks += [
        Remark(0, title, "", "whole.column_unknown")
        for title, field in zip(head.cells, fields, strict=True)
        if not field and title.strip()
    ]
    lines = (line for line in _rows(texts, at + 1, delimiter, wide) if not line.blank)
    because = [number for number in aside if number == wide - 1]
    lines = (_even(_without(line, aside, because), len(fields)) for line in lines)
    return Sheet(name, head.cells, fields, tuple(lines), tuple(remarks))


def _decoded(raw: bytes) -> tuple[list[str], list[Remark]]:
    """Give the lines of a text. Without a mark, each line that is not UTF-8 is read as Windows-1252."""
    encoding = next((name for mark, name in _MARKS.items() if raw.startswith(mark)), "")
    half = max(len(raw[:4000]) // 2, 1)
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if not encoding and raw[offset:4000:2].count(0) > _NUL_SHARE * half:
            encoding = name
    if encoding.startswith("utf-16"):
        return _ENDS.split(raw.decode(encoding, errors="replace")), [
            Remark(0, "", "", "whole.encoding", {"encoding": "UTF-16"})
        ]
    texts: list[str] = []
    other: list[int] = []
    for part in re.split(rb"\r\n|\n|\r", raw.removeprefix(b"\xef\xbb\xbf")):
        try:
            texts.append(part.decode("utf-8"))
        except UnicodeDecodeError:
            texts.append(part.decode("cp1252", errors="replace"))
            other.append(len(texts))
    said = {"encoding": "Windows-1252", "count": str(len(other)), "first": str(other[0])} if other else {}
    return texts, [Remark(0, "", "", "whole.encoding_of_lines", said)] if other else []


def _header(texts: Sequence[str], columns: Columns) -> tuple[int, str]:
    """Find the line that names most columns, and the delimiter by which it does; -1 where there is none."""
    best, found = 1, (-1, ",")
    for at in range(min(HEADER_WITHIN_LINES, len(texts))):
        for delimiter in DELIMITERS:
            cells = next(_rows(texts, at, delimiter, None)).cells
            known = len({columns.field(cell) for cell in cells} - {""})
            if known > best:
                best, found = known, (at, delimiter)
    return found


def _fields(head: Line, columns: Columns, name: str) -> tuple[str, ...]:
    """Give the field of each column; refuse a header that lacks one or names one twice."""
    place = Place(name, head.number, 1)
    fields = tuple(columns.field(cell) for cell in head.cells)
    twice = next((field for field in fields if field and fields.count(field) > 1), None)
    if twice:
        both = " and ".join(
            f'"{cell}"' for cell, field in zip(head.cells, fields, strict=True) if field == twice
        )
        raise Fault(
            f"the column {twice} stands twice in the header",
            where=place,
            why=f"{both} are the same column, and which of them counts is not known",
            remedy="take one of them out, or give it another name",
        )
    lacking = [field for field in columns.needed if field not in fields]
    if lacking:
        unknown = [cell for cell, field in zip(head.cells, fields, strict=True) if not field and cell.strip()]
        raise Fault(
            f"the header lacks {'the column' if len(lacking) == 1 else 'the columns'} {', '.join(lacking)}",
            where=place,
            why=f"found there: {', '.join(head.cells)}",
            remedy="add it, or say in a file for --codes under which name it stands here"
            + _perhaps(lacking, unknown),
        )
    return fields


def _perhaps(lacking: Sequence[str], unknown: Collection[str]) -> str:
    by_plain = {plain(cell): cell for cell in unknown}
    told = suggestion(plain(lacking[0]), by_plain) if by_plain else ""
    return f" ({told})" if told.startswith("did you mean") else ""


def _rows(texts: Sequence[str], at: int, delimiter: str, width: int | None) -> Iterator[Line]:
    """Part the texts into rows. A cell in quotation marks may go on over lines; where that does not come out
    even, its first line is broken alone and the next begins anew.
    """
    while at < len(texts):
        text = texts[at]
        if '"' not in text:
            yield Line(at + 1, tuple(text.split(delimiter)))
            at += 1
            continue
        cells, used = _quoted(texts, at, delimiter)
        if not used or (used > 1 and width is not None and len(cells) != width):
            yield Line(at + 1, (text,), "quotes")
            at += 1
        else:
            yield Line(at + 1, tuple(cells))
            at += used


def _quoted(texts: Sequence[str], at: int, delimiter: str) -> tuple[list[str], int]:
    """Part a row that holds quotation marks; give its cells and how many lines it took, 0 where odd."""
    cells: list[str] = []
    text, position, used = texts[at], 0, 1
    while True:
        start = position
        while start < len(text) and text[start] == " " and delimiter != " ":
            start += 1
        if not text.startswith('"', start):
            end = text.find(delimiter, position)
            cells.append(text[position:] if end < 0 else text[position:end])
            if end < 0:
                return cells, used
            position = end + 1
            continue
        closing = _closing(text, start + 1)
        while closing < 0:
            if used == CELL_LINES_MAX or at + used == len(texts):
                return [], 0
            text, used = f"{text}\n{texts[at + used]}", used + 1
            closing = _closing(text, start + 1)
        cells.append(text[start + 1 : closing].replace('""', '"'))
        rest = text[closing + 1 :].lstrip(" ")
        if not rest:
            return cells, used
        if not rest.startswith(delimiter):
            return [], 0
        position = len(text) - len(rest) + 1


def _closing(text: str, position: int) -> int:
    """Give where the closing quotation mark stands: the first that is not doubled; -1 for none."""
    while True:
        found = text.find('"', position)
        if found < 0 or not text.startswith('"', found + 1):
            return found
        position = found + 2


def _without(line: Line, aside: Collection[int], because: Collection[int]) -> Line:
    """Take off the cell that says why a row was not taken; put cells beyond the header there again."""
    if line.broken or not aside:
        return line
    cells = tuple(cell for at, cell in enumerate(line.cells) if at not in aside)
    beyond = tuple(line.cells[at] for at in aside if at not in because and at < len(line.cells))
    return replace(line, cells=cells + beyond)


def _even(line: Line, wide: int) -> Line:
    """Mark a line with more or fewer cells than the header; take a spreadsheet's mark of text off cells."""
    cells = line.cells
    if not line.broken:
        cells = tuple(_TEXT_MARK.sub("", cell, count=1) if cell.startswith("'") else cell for cell in cells)
        while len(cells) > wide and not cells[-1].strip():
            cells = cells[:-1]
    elif line.cells[0].startswith("'"):
        cells = (_TEXT_MARK.sub("", line.cells[0], count=1),)
    if line.broken or len(cells) == wide:
        return replace(line, cells=cells)
    return replace(line, cells=cells, broken="cells_few" if len(cells) < wide else "cells_many")
