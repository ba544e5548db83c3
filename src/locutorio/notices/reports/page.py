"""Writes a report as one page that stands alone: no script, nothing from another place, legible in print."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from html import escape

from locutorio.notices.reports import bars
from locutorio.notices.reports.report import Column, Pair, Report, Table
from locutorio.notices.reports.text import shown, told_of
from locutorio.notices.standing import standing_page
from locutorio.notices.words import Words


def report_as_page(report: Report, files: Collection[str] = ()) -> str:
    """Write a report as HTML.

    Args:
        report: in the language of the page.
        files: the names of the CSV files that stand beside the page; the others are not linked.
    """
    words = Words(report.lang)
    parts = (
        bars.definitions(),
        bars.key(words) if any(table.bars for table in report.tables) else "",
        *(_section(table, words, files) for table in report.tables),
        _examples(report, words, files),
    )
    return standing_page(report.lang, "report", report.title, report.lead, parts, report.foot)


def _text(text: str) -> str:
    return escape(text)


def _section(table: Table, words: Words, files: Collection[str]) -> str:
    parts = [f'<section><h2 id="{table.name}">{_text(table.heading)}</h2>']
    parts.append(f"<p>{_text(table.intro)}</p>")
    if table.rows:
        if table.bars:
            parts.append(f"<figure>{bars.chart(table, words)}</figure>")
        parts += [_table(table, words), _beside(f"{table.name}.csv", words, files)]
    else:
        parts.append(f"<p>{_text(table.empty)}</p>")
    return "".join([*parts, "</section>"])


def _beside(file: str, words: Words, files: Collection[str]) -> str:
    if file not in files:
        return ""
    told = _text(words.say("report.csv", file=file))
    return f'<p class="file"><a href="{escape(file)}" download>{told}</a></p>'


def _table(table: Table, words: Words) -> str:
    head = "".join(f'<th scope="col"{_kind(column)}>{_text(column.heading)}</th>' for column in table.columns)
    body = "".join(f"<tr>{''.join(_cells(table, row, words))}</tr>" for row in table.rows)
    name = f"{table.name}-table"
    return (
        f'<div class="wide" role="region" tabindex="0" aria-labelledby="{name}"><table>'
        f'<caption id="{name}">{_text(table.heading)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cells(table: Table, row: tuple[str | int | float, ...], words: Words) -> Iterator[str]:
    for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
        told = _text(shown(words, column, cell))
        yield f'<th scope="row">{told}</th>' if at == 0 else f"<td{_kind(column)}>{told}</td>"


def _kind(column: Column) -> str:
    return "" if column.kind == "text" else ' class="number"'


def _examples(report: Report, words: Words, files: Collection[str]) -> str:
    if not report.examples:
        return ""
    told = "".join(_pair(pair, report) for pair in report.examples)
    return (
        f'<section><h2 id="examples">{_text(report.examples_heading)}</h2>'
        f"{told}{_beside('examples.csv', words, files)}</section>"
    )


def _pair(pair: Pair, report: Report) -> str:
    sides = "".join(
        f"<div><h4>{_text(heading)}</h4>{''.join(f'<p>{_text(line)}</p>' for line in told_of(letter))}</div>"
        for heading, letter in ((report.old_heading, pair.old), (report.new_heading, pair.new))
    )
    return f'<h3>{_text(pair.heading)}</h3><div class="pair">{sides}</div>'
