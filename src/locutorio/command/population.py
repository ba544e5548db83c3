"""The commands for a whole population: make one, survey it, and see what another law would change."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Self

import typer

from locutorio.command.telling import LAW, Lang, Law, language, misused, named_day, say, tell, telling
from locutorio.kernel.faults import Fault

if TYPE_CHECKING:
    from locutorio.actions.survey import Asked
    from locutorio.notices.reports.report import Report

FORMATS = ("text", "csv", "parquet", "page")
DISTRIBUTIONS = Path("../shared/data/distributions.yaml")
INVENTED = "examples/populations/invented.yaml"
SEEN_ON = "2026-12-05"
STOPPED = 130  # as a shell has it of what Ctrl-C ends


def generate(
    out: Annotated[Path, typer.Argument(help="The Parquet file to write.")],
    people: Annotated[int, typer.Option(help="How many people in custody.")] = 1000,
    contacts: Annotated[int, typer.Option(help="How many contacts each of them has: one row for each.")] = 10,
    seed: Annotated[int, typer.Option(help="The same seed gives the same rows.")] = 1,
    on: Annotated[str, typer.Option(help="The day from which ages and papers are counted.")] = SEEN_ON,
    unknown: Annotated[
        float, typer.Option(help="In how many of a hundred rows each fact that is often unknown is unknown.")
    ] = 4,
    distributions: Annotated[Path, typer.Option(help="A file of published distributions.")] = DISTRIBUTIONS,
) -> None:
    """Make a synthetic population as a table to survey. No row is a real person."""
    with telling(), _working():
        if distributions == DISTRIBUTIONS and not distributions.exists():
            raise Fault(
                f"there are no published distributions at {distributions}",
                remedy=f"name a file with --distributions; {INVENTED} holds invented ones to try",
            )
        from locutorio.actions.generate import Wanted
        from locutorio.actions.generate import generate as make

        wanted = Wanted(people, contacts, seed, named_day("--on", on), unknown)
        with Progress() as progress:
            rows = make(distributions, wanted, out, progress.tell)
        say(f"{out}: {people} people, {rows} rows, seed {seed}, seen on {on}")


People = Annotated[Path, typer.Argument(help="A table of people and contacts, as Parquet.")]
About = Annotated[str, typer.Option(help="What is asked of every row: visit, call, entry, letter, ...")]
On = Annotated[str | None, typer.Option("--on", help="The day asked about; left out: today.")]
AskedOn = Annotated[str | None, typer.Option("--asked-on", help="The day it was asked; left out: not known.")]
Complete = Annotated[
    list[str] | None,
    typer.Option("--complete", help="The table has every paper there is: all, or of this kind only."),
]
Usual = Annotated[
    bool, typer.Option("--usual", help="Facts without a column are taken as usual; the report lists them.")
]
Adopt = Annotated[
    list[str] | None, typer.Option("--adopt", help="Adopt a provision or row of unverified text, by id.")
]
Format = Annotated[
    list[str] | None,
    typer.Option("--format", help="text, csv, parquet or page; may be given several times; else text."),
]
Out = Annotated[Path | None, typer.Option("--out", help="The folder for csv, parquet and page.")]


def survey(  # noqa: PLR0913, PLR0917 - the options of a command are its arguments
    people: People,
    law: Law = LAW,
    about: About = "visit",
    on: On = None,
    asked_on: AskedOn = None,
    complete: Complete = None,
    usual: Usual = False,
    adopt: Adopt = None,
    formats: Format = None,
    out: Out = None,
    lang: Lang = "en",
) -> None:
    """Ask one question of every row of a table: how many answers of each kind, by which provisions."""
    with telling(), _working():
        told_in, chosen = language(lang), _formats(formats, out)
        asking = _asked(about, on, asked_on, complete, usual, adopt)
        from locutorio.actions.publish import folder, rows_file
        from locutorio.actions.survey import survey as act
        from locutorio.notices.reports.surveyed import tell_survey

        into = folder(out) if out else None
        rows_to = rows_file(into) if into and "parquet" in chosen else None
        with Progress() as progress:
            found = act(people, law, asking, rows_to=rows_to, progress=progress.tell)
        _publish(tell_survey(found, told_in), chosen, into)


def impact(  # noqa: PLR0913, PLR0917 - the options of a command are its arguments
    old: Annotated[str, typer.Argument(help="The law as it is: a pack, or the folder of one.")],
    new: Annotated[str, typer.Argument(help="The law as it would be: a pack, or the folder of a draft.")],
    people: People,
    about: About = "visit",
    on: On = None,
    asked_on: AskedOn = None,
    complete: Complete = None,
    usual: Usual = False,
    adopt: Adopt = None,
    formats: Format = None,
    out: Out = None,
    lang: Lang = "en",
) -> None:
    """Say what another law would change: who moves from which answer to which, by which provision."""
    with telling(), _working():
        told_in, chosen = language(lang), _formats(formats, out)
        asking = _asked(about, on, asked_on, complete, usual, adopt)
        from locutorio.actions.impact import impact as act
        from locutorio.actions.publish import folder, rows_file
        from locutorio.notices.reports.changed import tell_impact

        into = folder(out) if out else None
        rows_to = rows_file(into) if into and "parquet" in chosen else None
        with Progress() as progress:
            found = act(people, old, new, asking, told_in, rows_to=rows_to, progress=progress.tell)
        _publish(tell_impact(found, told_in), chosen, into)


def _formats(formats: list[str] | None, out: Path | None) -> list[str]:
    """Give the formats wanted, which must go together with the folder."""
    chosen = list(dict.fromkeys(formats or ["text"]))
    for one in chosen:
        if one not in FORMATS:
            misused(f'--format: there is no format "{one}"', f"write one of: {', '.join(FORMATS)}")
    files = [one for one in chosen if one != "text"]
    if files and out is None:
        misused(f"--format {files[0]} writes files, and no folder is named", "name one with --out FOLDER")
    if out is not None and not files:
        misused(
            "--out is for files, and no format but text is asked for", "add --format page, csv or parquet"
        )
    return chosen


def _asked(
    about: str,
    on: str | None,
    asked_on: str | None,
    complete: list[str] | None,
    usual: bool,
    adopt: list[str] | None,
) -> Asked:
    from locutorio.actions.clock import today
    from locutorio.actions.survey import Asked

    return Asked(
        about,
        named_day("--on", on) if on else today(),
        tuple(complete or ()),
        usual,
        tuple(adopt or ()),
        named_day("--asked-on", asked_on) if asked_on else None,
    )


def _publish(report: Report, chosen: list[str], into: Path | None) -> None:
    """Print a report, or write it into a folder and name what was written."""
    from locutorio.actions.publish import publish
    from locutorio.notices.reports.text import report_as_text

    if "text" in chosen:
        say(report_as_text(report), end="")
    if into is not None:
        for path in publish(report, chosen, into):
            say(str(path))


class Progress:
    """One line on standard error that says how far the work is; nothing where nobody watches a terminal."""

    def __init__(self) -> None:
        self._watched = sys.stderr is not None and sys.stderr.isatty()
        self._wide = 0

    def tell(self, done: int, whole: int) -> None:
        """Say how many rows of how many are done."""
        if self._watched:
            line = f"{done:,} / {whole:,} ({100 * done // max(whole, 1)} %)"
            self._wide = max(self._wide, len(line))
            print(f"\r{line:<{self._wide}}", end="", file=sys.stderr, flush=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._wide:
            print("\r" + " " * self._wide + "\r", end="", file=sys.stderr, flush=True)


@contextmanager
def _working() -> Iterator[None]:
    """Say how to install what tables need, where it is missing, and what is left where work is stopped."""
    try:
        yield
    except KeyboardInterrupt:
        tell(
            Fault(
                "the work was stopped before its end",
                why="nothing half-written is left behind",
                remedy="run the command again",
            )
        )
        raise typer.Exit(STOPPED) from None
    except ModuleNotFoundError as missing:
        if missing.name != "polars":
            raise
        raise Fault(
            "tables of people need the package polars, which is not installed",
            remedy='install it with: pip install "locutorio[survey]"',
        ) from None
