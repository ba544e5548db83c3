"""The command `docket`: what courts entered that may touch contact, for a person to look at."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from locutorio.command.serving import Database, opened, sent_here
from locutorio.command.telling import Lang, language, misused, say, telling, uncollected

Files = Annotated[
    list[Path],
    typer.Argument(help="Files of one court: a feed (RSS), a docket sheet (HTML), a mailed notice."),
]
Court = Annotated[str | None, typer.Option(help="The court, as its site is called; else read from the file.")]
Cases = Annotated[
    list[str] | None,
    typer.Option("--case", help="A case to watch, as 3:24-cr-00001; else every criminal case."),
]
SeenFile = Annotated[
    Path | None,
    typer.Option("--seen", help="A file that keeps what was read, so that nothing is told twice."),
]
ReadAt = Annotated[str | None, typer.Option(help="When the files were read; else this moment.")]
For = Annotated[
    str | None,
    typer.Option(help="Keep leads in this establishment, by its code, for the cases watched there."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


def docket(  # noqa: PLR0913 - each is an option of the command
    files: Files,
    *,
    court: Court = None,
    case: Cases = None,
    seen: SeenFile = None,
    read_at: ReadAt = None,
    as_json: AsJson = False,
    establishment: For = None,
    database: Database = None,
    lang: Lang = "en",
) -> None:
    """Find docket entries that may touch contact. Nothing is applied: a person enters the paper."""
    if establishment is not None:
        if case or seen or read_at or as_json:
            misused(
                "an establishment keeps what was read itself", "leave out --case, --seen, --read-at, --json"
            )
        _keep(files, court, establishment, database, lang)
        return
    with telling(), uncollected():
        told_in = language(lang)
        from locutorio.actions import read_dockets as action
        from locutorio.actions.clock import now
        from locutorio.dockets.reading import read
        from locutorio.kernel.moments import moment

        at = moment(read_at, "UTC") if read_at is not None else now()
        before = action.seen_before(seen)
        reading = read([action.read_file(file, court) for file in files], before, at, case or ())
        if seen is not None:
            action.keep_seen(seen, reading.seen)
        if as_json:
            from locutorio.notices.dockets_document import as_document

            say(json.dumps(as_document(reading), ensure_ascii=False, indent=2))
        else:
            from locutorio.notices.dockets import compose
            from locutorio.notices.text import letter_as_text

            say(letter_as_text(compose(reading, told_in)), end="")


def _keep(files: list[Path], court: str | None, establishment: str, database: str | None, lang: str) -> None:
    """Keep leads in an establishment; say of each file that was not taken before what came of it."""
    with telling(), opened(database):
        told_in = language(lang)
        from locutorio.actions.clock import now
        from locutorio.actions.read_dockets import FILE_BYTES_MAX
        from locutorio.actions.take_docket import take_once
        from locutorio.kernel.texts import read_bytes
        from locutorio.notices.dockets import taken

        at = sent_here(establishment).establishment
        for file in files:
            done = take_once(read_bytes(file, FILE_BYTES_MAX), file.name, court, at, now())
            counts = asdict(done) if done else None
            cut_short = bool(counts and counts.pop("cut_short"))
            for line in taken(file.name, counts, told_in, cut_short=cut_short):
                say(line)
