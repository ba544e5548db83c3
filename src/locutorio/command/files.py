"""The commands `import people`, `contacts`, `numbers`, `restrictions`, `bookings`, `calls` and `all`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from locutorio.command.serving import Database, Establishment, opened
from locutorio.command.telling import FAILED, Lang, language, say, telling

KINDS = {
    "people": "people in custody (inmates.csv)",
    "contacts": "contacts and the lists they are on (visitors.csv)",
    "numbers": "telephone numbers (numbers.csv)",
    "restrictions": "orders, sanctions and separations (restrictions.csv)",
    "bookings": "booked visits (bookings.csv)",
    "calls": "calls that were made (calls.csv)",
}
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and change nothing.")]
Codes = Annotated[Path | None, typer.Option(help="A file of this establishment's own codes (YAML).")]
Country = Annotated[str, typer.Option(help="The country that telephone numbers are dialled from.")]


def _command(kind: str) -> Callable[..., None]:
    def taken(
        file: Annotated[Path, typer.Argument(help="The file (CSV).")],
        establishment: Establishment,
        dry_run: DryRun = False,
        not_taken: Annotated[
            Path | None, typer.Option(help="A new file for the rows that are not taken, to be corrected.")
        ] = None,
        codes: Codes = None,
        country: Country = "US",
        database: Database = None,
        lang: Lang = "en",
    ) -> None:
        with telling(), opened(database):
            told_in = language(lang)
            _take([(kind, file, not_taken)], establishment, dry_run, codes, country, told_in)

    taken.__doc__ = f"Take in {KINDS[kind]}: the report says by line what was done."
    return taken


def all_of(
    folder: Annotated[Path, typer.Argument(help="The folder of the files, under the names shown here.")],
    establishment: Establishment,
    dry_run: DryRun = False,
    not_taken: Annotated[
        Path | None, typer.Option(help="A folder for the rows that are not taken, a file for each kind.")
    ] = None,
    codes: Codes = None,
    country: Country = "US",
    database: Database = None,
    lang: Lang = "en",
) -> None:
    """Take in every file of a folder that is there, in order; each is a change of its own."""
    with telling(), opened(database):
        told_in = language(lang)
        from locutorio.actions.importing.taking_in import files_in

        rests = [(not_taken / path.name) if not_taken else None for _, path in files_in(folder)]
        files = [(kind, path, rest) for (kind, path), rest in zip(files_in(folder), rests, strict=True)]
        _take(files, establishment, dry_run, codes, country, told_in)


def _take(
    files: list[tuple[str, Path, Path | None]],
    establishment: str,
    dry_run: bool,
    codes: Path | None,
    country: str,
    lang: str,
) -> None:
    """Take in files, one after the other, and end with 4 where a row was not taken."""
    from locutorio.actions.clock import now
    from locutorio.actions.importing.taking_in import Wanted, take_in, told, write_rest
    from locutorio.notices.catalogue import say as sentence

    whole = True
    wanted = Wanted(establishment, now(), codes, country, dry_run)
    taken = take_in([(kind, path) for kind, path, _ in files], wanted)
    for one, (_, _, not_taken) in zip(taken, files, strict=True):
        for line in told(one, lang):
            say(line)
        whole = whole and not one.reading.not_taken
        if not_taken and write_rest(one, not_taken, lang):
            say(str(not_taken))
    if dry_run:
        say(sentence(lang, "importing.dry_run"))
    if not whole:
        raise typer.Exit(FAILED)


def register(app: typer.Typer) -> None:
    """Add the commands to a group."""
    for kind in KINDS:
        app.command(kind)(_command(kind))
    app.command("all")(all_of)
