"""The command `owed`: what was promised beside what happened, and what can be asked of whom."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from locutorio.command.telling import Lang, given, language, misused, named_day, say, telling, uncollected


def owed(
    file: Annotated[
        Path | None,
        typer.Argument(help="A file of what was promised and what happened; - for standard input."),
    ] = None,
    on: Annotated[str | None, typer.Option(help="The day up to which to count; left out: today.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the account as JSON.")] = False,
    template: Annotated[bool, typer.Option("--template", help="Print a file to fill in.")] = False,
    lang: Lang = "en",
) -> None:
    """Tell what was owed, what took place, the days between, and what can be asked of whom."""
    with telling(), uncollected():
        from locutorio.actions import owed as action
        from locutorio.actions.clock import today

        told_in = language(lang)
        until = named_day("--on", on) if on is not None else today()
        if template:
            if file or as_json:
                misused("--template prints a file to fill in and counts nothing", "leave the rest out")
            say(action.template(told_in, until), end="")
            return
        if file is None:
            misused("no file is named", "name one, or print one with --template")
        account = action.owed(action.read(*given(file)), until)
        if as_json:
            from locutorio.notices.owed_document import as_document

            say(json.dumps(as_document(account, told_in), ensure_ascii=False, indent=2))
        else:
            from locutorio.notices.owed import compose
            from locutorio.notices.text import letter_as_text

            say(letter_as_text(compose(account, told_in)), end="")
