"""The commands `schedule`, for the slots of a schedule, and `import schedule`, for another system's."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from locutorio.command.telling import REFUSED, Lang, given, language, misused, named_day, say, tell, telling

WEEKS_SHOWN = 4


def schedule(
    file: Annotated[Path, typer.Argument(help="A schedule (YAML); - for standard input.")],
    first: Annotated[str | None, typer.Option("--from", help="The first day; left out: today.")] = None,
    last: Annotated[
        str | None, typer.Option("--until", help="The last day; left out: four weeks on.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the slots as JSON.")] = False,
    lang: Lang = "en",
) -> None:
    """Read a schedule and print its slots."""
    with telling():
        from locutorio.actions import schedules
        from locutorio.actions.clock import today

        told_in = language(lang)
        begins = named_day("--from", first) if first else today()
        ends = named_day("--until", last) if last else begins + timedelta(weeks=WEEKS_SHOWN)
        read = schedules.read(*given(file))
        if as_json:
            say(json.dumps(schedules.document(read, begins, ends), ensure_ascii=False, indent=2))
        else:
            say(schedules.printed(read, begins, ends, told_in))


def convert(
    file: Annotated[Path, typer.Argument(help="Another system's file of schedules.")],
    origin: Annotated[str, typer.Option("--from", help="uk-seed, uk-templates or us-published.")],
    groups: Annotated[Path | None, typer.Option(help="The groups that session templates name.")] = None,
    only: Annotated[str | None, typer.Option(help="Print only the schedule with this code.")] = None,
) -> None:
    """Lay out another system's schedules in the project's own format, and print them."""
    with telling():
        from locutorio.actions import schedules

        if origin not in list(schedules.Origin):
            misused(f'--from: "{origin}" is not known', f"write one of {', '.join(schedules.Origin)}")
        found = schedules.laid_out(
            *given(file), schedules.Origin(origin), given(groups) if groups is not None else None
        )
        wanted = [one for one in found if only in (None, one[0])]
        if not wanted:
            misused(
                f'--only: the file holds no "{only}"', f"its codes are {', '.join(code for code, _ in found)}"
            )
        texts = [text for _, text in wanted if isinstance(text, str)]
        if texts:
            say("---\n".join(texts), end="")
        for _, reason in wanted:
            if not isinstance(reason, str):
                tell(reason)
        if not texts:
            raise typer.Exit(REFUSED)
