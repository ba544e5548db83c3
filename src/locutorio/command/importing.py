"""`locutorio import`: takes in what an establishment has, and says of each file what was done with it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from locutorio.command import files, schedules
from locutorio.command.serving import Database, opened
from locutorio.command.telling import Lang, language, misused, say, telling

DATABASE = "LOCUTORIO_DATABASE"

import_app = typer.Typer(
    no_args_is_help=True, help="Take in what an establishment has: its rules, its files."
)
files.register(import_app)
import_app.command("schedule")(schedules.convert)


@import_app.command("rules")
def rules(
    form: Annotated[Path, typer.Argument(help="The form of the establishment's own rules (YAML).")],
    into: Annotated[
        Path | None,
        typer.Option(help="The folder for the pack; usually `rules` in what LOCUTORIO_HOME names."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and prove, and write nothing.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="The form was typed wrongly before: replace what was adopted.")
    ] = False,
    lang: Lang = "en",
    database: Database = None,
) -> None:
    """Adopt an establishment's own rules as a pack of law, checked and proved.

    Where an establishment goes by them and two people there can do it on the pages, it is refused.
    """
    with telling():
        told_in = language(lang)
        from locutorio.actions import house_rules, shelf
        from locutorio.kernel.texts import read_bytes

        folder = into or shelf.house_folder()
        if folder is None:
            misused("no folder is named for the pack", "name one with --into FOLDER, or set LOCUTORIO_HOME")
        read = house_rules.read_rules(read_bytes(form), form.name)
        if not dry_run and (database or os.environ.get(DATABASE)):
            from locutorio.actions.change_rules import refuse_adopting

            with opened(database):
                from locutorio.store.actor import PROGRAM
                from locutorio.store.people import establishments

                for at in establishments():
                    refuse_adopting(PROGRAM, at, read.pack)
        adopted = house_rules.adopt(read, folder, replace=replace, dry_run=dry_run)
        for memo in read.memos:
            say(f"{memo.since}  {memo.number}")
            for what, answered, item in house_rules.shown(memo, told_in):
                say(f"    {what}: {answered}  [{item}]")
        for line in adopted.lines:
            say(line)
        say(f"{adopted.folder}" if adopted.folder else "dry run: nothing was written")
