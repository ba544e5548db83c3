"""Writes a report as plain text for a terminal: no colour, numbers first, in an order fit for listening."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from locutorio.notices.letter import FindingBlock, Items, Letter, Paragraph
from locutorio.notices.reports.amounts import count, percent
from locutorio.notices.reports.report import Cell, Column, Report, Table
from locutorio.notices.words import Words

LINES_MAX = 20
EXAMPLES_MAX = 3
SECTIONS = ("why", "needed")
UNKNOWN = "unknown"  # of this section only the questions are told, not what follows from each answer
_INDENT = "  "


def report_as_text(report: Report, width: int = 100) -> str:
    """Write a report, its lines at most ``width`` characters; of a long table the first lines."""
    words = Words(report.lang)
    paragraphs = [[report.title], *(wrap(text, width) for text in report.lead)]
    for table in report.tables:
        paragraphs += [[table.heading.upper()], wrap(table.intro, width)]
        paragraphs.append(list(_rows(table, words, width)) if table.rows else wrap(table.empty, width))
    if report.examples:
        paragraphs.append([report.examples_heading.upper()])
    for pair in report.examples[:EXAMPLES_MAX]:
        paragraphs.append(wrap(pair.heading, width))
        for heading, letter in ((report.old_heading, pair.old), (report.new_heading, pair.new)):
            told = " ".join(told_of(letter))
            paragraphs.append(_hung(f"{heading}: {told}", width))
    paragraphs += [wrap(text, width) for text in report.foot]
    return "\n\n".join("\n".join(lines) for lines in paragraphs if lines) + "\n"


def told_of(letter: Letter) -> Iterator[str]:
    """Give what of a decision stands in a report: the answer and what makes it."""
    yield letter.headline
    yield from letter.lead[:1]
    for section in letter.sections:
        if section.name in (*SECTIONS, UNKNOWN):
            yield f"{section.heading}:"
            for block in section.blocks[:1] if section.name == UNKNOWN else section.blocks:
                match block:
                    case FindingBlock():
                        yield f"{block.citation}: {block.says}" if block.says else f"{block.citation}."
                        yield from (f"{seen}." if not seen.endswith(".") else seen for seen in block.seen)
                    case Items():
                        yield from block.items
                    case Paragraph():
                        yield block.text


def shown(words: Words, column: Column, cell: Cell) -> str:
    """Write one cell as a language writes it."""
    match column.kind, cell:
        case "count", int():
            return count(words, cell)
        case "share", int() | float():
            return percent(words, cell)
        case _:
            return str(cell)


def _rows(table: Table, words: Words, width: int) -> Iterator[str]:
    """Give each row with its numbers in front, the rest wrapped beside them."""
    if sum(column.kind == "count" for column in table.columns) > 1:
        yield from _grid(table, words)
        return
    numbers = [at for at, column in enumerate(table.columns) if column.kind != "text"]
    others = [at for at, column in enumerate(table.columns) if column.kind == "text"]
    rows = [[shown(words, table.columns[at], row[at]) for at in range(len(row))] for row in table.rows]
    wide = {at: max(len(row[at]) for row in rows) for at in numbers}
    for row in rows[:LINES_MAX]:
        front = "".join(f"{_INDENT}{row[at]:>{wide[at]}}" for at in numbers) + _INDENT
        told = " | ".join(row[at] for at in others if row[at])
        yield from wrap(
            told, width, initial_indent=front, subsequent_indent=" " * len(front), break_long_words=True
        )
    if len(rows) > LINES_MAX:
        yield _INDENT + words.say(
            "report.more", number=count(words, len(rows) - LINES_MAX), file=f"{table.name}.csv"
        )


def _grid(table: Table, words: Words) -> Iterator[str]:
    """Give a table of several counts, headings numbered where they would not fit."""
    rows = [
        [shown(words, column, cell) for column, cell in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]
    first = max(len(row[0]) for row in [*rows, [table.columns[0].heading]])
    wide = max(len(cell) for row in rows for cell in row[1:])
    for number, column in enumerate(table.columns[1:], 1):
        yield f"{_INDENT}({number}) {column.heading}"
    head = "".join(f"{_INDENT}{f'({number})':>{wide}}" for number in range(1, len(table.columns)))
    yield _INDENT + " " * first + head
    for row in rows:
        yield _INDENT + f"{row[0]:<{first}}" + "".join(f"{_INDENT}{cell:>{wide}}" for cell in row[1:])


def _hung(text: str, width: int) -> list[str]:
    return wrap(text, width, initial_indent=_INDENT, subsequent_indent=_INDENT * 2)
