"""The command `history`: what a file of dated events tells of a day or of all days."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from locutorio.command.telling import (
    FAILED,
    Lang,
    given,
    language,
    misused,
    named_day,
    say,
    telling,
    uncollected,
)

if TYPE_CHECKING:
    from locutorio.actions.history import Document
    from locutorio.chronicle.values import Chronicle

EVERYTHING = 4
Case = Annotated[Path | None, typer.Argument(help="A file of dated events (YAML); - for standard input.")]
On = Annotated[str | None, typer.Option(help="The day to tell; left out: every event and version.")]
KnownAt = Annotated[str | None, typer.Option(help="Count only what was surely known by this day.")]
LeastTrust = Annotated[
    int, typer.Option(help="Count only what is trusted at least so: 1, the paper itself, to 4.", min=1, max=4)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]
ToPage = Annotated[Path | None, typer.Option("--page", help="Write a page with the picture here (HTML).")]
Check = Annotated[
    bool, typer.Option("--check", help="Check what the file expects. Exit 4 if a line is not met.")
]
Template = Annotated[bool, typer.Option("--template", help="Print a file to fill in.")]


def history(  # noqa: PLR0913, PLR0917 - each is an option of the command
    case: Case = None,
    on: On = None,
    known_at: KnownAt = None,
    least_trust: LeastTrust = EVERYTHING,
    as_json: AsJson = False,
    page: ToPage = None,
    check: Check = False,
    template: Template = False,
    lang: Lang = "en",
) -> None:
    """Tell from dated events what was allowed on a day, on whose word, and what is unknown."""
    with telling(), uncollected():
        told_in = language(lang)
        narrowed = known_at is not None or least_trust != EVERYTHING
        if check and (on or narrowed or as_json or page):
            misused("--check checks the days that the file names", "leave the other options out")
        if on is None and page is None and narrowed:
            misused("--known-at and --least-trust are for one day or a page", "name the day with --on")
        from locutorio.actions import history as action
        from locutorio.chronicle.stage import Knowledge

        if template:
            say(action.template(told_in), end="")
            return
        if case is None:
            misused("no file is named", "name one, or print one with --template")
        chronicle = action.read(*given(case))
        if check:
            _check(chronicle, told_in)
            return
        known = named_day("--known-at", known_at) if known_at is not None else None
        knowledge = Knowledge(known, least_trust)
        told = action.answer_of(chronicle, named_day("--on", on), knowledge) if on is not None else None
        if page is not None:
            from locutorio.actions.writing import written
            from locutorio.notices.history_page import as_page

            say(str(written(page, as_page(action.page(chronicle, told, told_in, knowledge)))))
            return
        document = (
            action.day_told(chronicle, told, told_in) if told else action.whole_told(chronicle, told_in)
        )
        _tell(document, as_json=as_json)


def _tell(document: Document, *, as_json: bool) -> None:
    from locutorio.notices.text import letter_as_text

    if as_json:
        say(json.dumps(document.json, ensure_ascii=False, indent=2))
    else:
        say(letter_as_text(document.letter), end="")


def _check(chronicle: Chronicle, lang: str) -> None:
    from locutorio.actions import history as action
    from locutorio.notices.history_checked import check_as_lines

    lines = action.check(chronicle, lang)
    for line in check_as_lines(lines, lang):
        say(line)
    if not all(checked.met for _, checked in lines):
        raise typer.Exit(FAILED)
