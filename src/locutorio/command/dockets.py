"""The command `docket`: what courts entered that may touch contact, for a person to look at."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from locutorio.command.telling import Lang, language, say, telling, uncollected

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
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


def docket(
    files: Files,
    court: Court = None,
    case: Cases = None,
    seen: SeenFile = None,
    read_at: ReadAt = None,
    as_json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """Find docket entries that may touch contact. Nothing is applied: a person enters the paper."""
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
