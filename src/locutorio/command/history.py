"""The command `history`: what a file of dated events tells of a day or of all days."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

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


def history(
    case: Annotated[Path, typer.Argument(help="A file of dated events (YAML); - for standard input.")],
    on: Annotated[
        str | None, typer.Option(help="The day to tell; left out: every event and version.")
    ] = None,
    known_at: Annotated[
        str | None, typer.Option(help="Count only what was surely known by this day.")
    ] = None,
    least_trust: Annotated[
        int,
        typer.Option(help="Count only what is trusted at least so: 1, the paper itself, to 4.", min=1, max=4),
    ] = 4,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Check what the file expects. Exit 4 if a line is not met.")
    ] = False,
    lang: Lang = "en",
) -> None:
    """Tell from dated events what was permitted on a day, on whose word, and what is unknown."""
    with telling(), uncollected():
        told_in = language(lang)
        if check and (on or known_at or least_trust != 4 or as_json):
            misused("--check checks the days that the file names", "leave the other options out")
        if on is None and (known_at or least_trust != 4):
            misused("--known-at and --least-trust are for one day", "name the day with --on")
        from locutorio.actions import history as action
        from locutorio.chronicle.stage import Knowledge

        chronicle = action.read(*given(case))
        if check:
            from locutorio.notices.history_checked import check_as_lines

            lines = action.check(chronicle, told_in)
            for line in check_as_lines(lines, told_in):
                say(line)
            if not all(checked.met for _, checked in lines):
                raise typer.Exit(FAILED)
            return
        if on is not None:
            known = named_day("--known-at", known_at) if known_at is not None else None
            told = action.answer_of(chronicle, named_day("--on", on), Knowledge(known, least_trust))
            document = action.day_told(chronicle, told, told_in)
        else:
            document = action.whole_told(chronicle, told_in)
        if as_json:
            say(json.dumps(document.json, ensure_ascii=False, indent=2))
        else:
            from locutorio.notices.text import letter_as_text

            say(letter_as_text(document.letter), end="")
