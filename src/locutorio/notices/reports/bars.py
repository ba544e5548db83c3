"""Draws bar charts as SVG that can be read in black and white: a pattern for each answer, every number beside
its bar, a title and a description for those who cannot see it.
"""

from __future__ import annotations

from html import escape
from textwrap import wrap

from locutorio.notices.reports.amounts import count, percent
from locutorio.notices.reports.report import Bar, Table
from locutorio.notices.words import Words

LINE, BAR, APART = 18, 20, 8
LINE_MAX = 34  # characters that fit beside each other on a telephone
WIDEST = 98.0  # percent
# Of each answer: the lines of its pattern on white, in a square of 8.
PATTERNS = {
    "permit": "",
    "refuse": '<rect width="8" height="8" fill="#1b1b1b"/>',
    "refer": '<path d="M0 0L8 8M8 0L0 8" stroke="#1b1b1b" stroke-width="1.2"/>',
    "pending": '<path d="M-2 2L2 -2M0 8L8 0M6 10L10 6" stroke="#1b1b1b" stroke-width="2.4"/>',
    "open": '<circle cx="4" cy="4" r="1.6" fill="#1b1b1b"/>',
}


def definitions() -> str:
    """Give the patterns, once for a page."""
    made = "".join(
        f'<pattern id="{_id(name)}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="#fff"/>{lines}</pattern>'
        for name, lines in PATTERNS.items()
    )
    hidden = 'width="0" height="0" aria-hidden="true" focusable="false"'
    return f'<svg class="patterns" {hidden}><defs>{made}</defs></svg>'


def key(words: Words) -> str:
    """Draw which pattern stands for which answer."""
    squares = "".join(
        f'<li><svg width="24" height="16" aria-hidden="true" focusable="false">'
        f'<rect x="1" y="1" width="22" height="14" fill="url(#{_id(name)})" stroke="#1b1b1b"/></svg> '
        f"{escape(words.say(f'report.outcome.{name}'))}</li>"
        for name in PATTERNS
    )
    return f'<p>{escape(words.say("report.key"))}</p><ul class="key">{squares}</ul>'


def chart(table: Table, words: Words) -> str:
    """Draw the bars of a table. Text keeps its size on every screen; only the bars grow with it."""
    longest = max(bar.count for bar in table.bars) or 1
    top, drawn = 0, ""
    for bar in table.bars:
        lines = wrap(f"{percent(words, bar.share)}  {count(words, bar.count)}  {bar.label}", LINE_MAX)
        drawn += "".join(
            f'<text x="0" y="{top + LINE * (at + 1) - 4}">{escape(line)}</text>'
            for at, line in enumerate(lines)
        )
        top += LINE * len(lines)
        if bar.count:
            drawn += (
                f'<rect x="1" y="{top}" width="{WIDEST * bar.count / longest:.2f}%" height="{BAR}" '
                f'fill="url(#{_id(bar.pattern)})" stroke="#1b1b1b"/>'
            )
        top += BAR + APART
    described = words.say("report.chart", bars=words.apart(_told(bar, words) for bar in table.bars))
    return (
        f'<svg class="chart" width="100%" height="{top}" role="img" '
        f'aria-labelledby="{table.name}-title {table.name}-desc">'
        f'<title id="{table.name}-title">{escape(table.heading)}</title>'
        f'<desc id="{table.name}-desc">{escape(described)}</desc>{drawn}</svg>'
    )


def _told(bar: Bar, words: Words) -> str:
    return words.say(
        "report.bar", label=bar.label, count=count(words, bar.count), share=percent(words, bar.share)
    )


def _id(pattern: str) -> str:
    return f"answer-{pattern}"
