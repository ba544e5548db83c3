"""The command `remedy`: the deadlines a law sets, and the last days that follow from a few days given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from locutorio.command.telling import LAW, Lang, Law, language, misused, named_day, say, telling, uncollected

EXTRA = {"allow_extra_args": True, "ignore_unknown_options": True}


def remedy(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="A deadline, such as bp9; left out: all of them.")
    ] = None,
    on: Annotated[str | None, typer.Option(help="The day asked about; left out: today.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the dates as JSON.")] = False,
    ics: Annotated[
        Path | None, typer.Option(help="Also write the last days to this calendar file (iCalendar).")
    ] = None,
    adopt: Annotated[
        list[str] | None, typer.Option(help="Adopt a provision or catalogue row of unverified text, by id.")
    ] = None,
    law: Law = LAW,
    lang: Lang = "en",
) -> None:
    """Reckon a deadline and what follows it. `locutorio remedy NAME` lists what can be said of one."""
    with telling(), uncollected():
        from locutorio.actions import remedy as action
        from locutorio.actions.clock import now, today

        told_in = language(lang)
        asked = named_day("--on", on) if on is not None else today()
        adopted = frozenset(adopt or ())
        known = action.kinds(law, asked, adopted)
        written = _pairs(context.args)
        if name is None or not written:
            if as_json or ics:
                misused(
                    "there is no day to count from",
                    "name a deadline and a day: remedy bp9 --event 2026-03-01",
                )
            say(action.sheet(law, known, name, told_in, asked), end="")
            return
        action.chosen(law, known, name)
        given = action.values(action.options(known, name), written)
        reckoned = action.reckon(law, name, given, asked, adopted)
        if ics is not None:
            action.write_calendar(reckoned, told_in, now(), ics)
        if as_json:
            from locutorio.notices.remedy import as_json_document

            say(json.dumps(as_json_document(reckoned, told_in), ensure_ascii=False, indent=2))
        else:
            from locutorio.notices.remedy import compose
            from locutorio.notices.text import letter_as_text

            say(letter_as_text(compose(reckoned, told_in)), end="")


def _pairs(args: list[str]) -> dict[str, str]:
    """Read options with their values: `--filed 2026-03-05`, `--filed=2026-03-05`; a bare one is yes."""
    found: dict[str, str] = {}
    waiting = list(args)
    while waiting:
        word = waiting.pop(0)
        if not word.startswith("--"):
            misused(f'"{word}" stands alone', "name one deadline, then options such as --event 2026-03-01")
        name, equals, value = word.removeprefix("--").partition("=")
        if name in found:
            misused(f"--{name} stands twice", "leave one out")
        if not equals:
            value = waiting.pop(0) if waiting and not waiting[0].startswith("--") else "yes"
        found[name] = value
    return found
