"""The command line: parse, call one action, print the answer. Exit codes: docs/reference/command-line.md."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from locutorio.kernel.faults import Fault, Faults
from locutorio.kernel.moments import moment
from locutorio.kernel.texts import BYTES_MAX, read_bytes

OWN_FAULT, MISUSED, REFUSED, FAILED = 1, 2, 3, 4
LAW = "us-federal"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Answers what the law says of a visit, a call or a privileged contact of a person in custody.",
)

Lang = Annotated[str, typer.Option("--lang", help="Language of the answer: en or es.")]
Law = Annotated[str, typer.Option("--law", help="The pack of law.")]


@contextmanager
def _telling() -> Iterator[None]:
    """Tell every fault in words, with its exit code; never a traceback."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except (Fault, Faults) as fault:
        _tell(fault)
        raise typer.Exit(REFUSED) from None
    except Exception as error:  # noqa: BLE001 - this is the last door: whatever failed is told in words
        _tell(
            Fault(
                f"the program itself failed ({type(error).__name__}: {error})",
                why="this is not the fault of what you gave it; nothing was decided or changed",
                remedy="please report it with the file that led to it (SECURITY.md says how)",
            )
        )
        raise typer.Exit(OWN_FAULT) from None


@contextmanager
def _uncollected() -> Iterator[None]:
    """Answer without looking for garbage: a program that ends at once has none worth the search."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _tell(fault: Fault | Faults) -> None:
    if sys.stderr is not None:
        print(fault, file=sys.stderr)


def _misused(what: str, remedy: str) -> NoReturn:
    """Refuse options that do not go together."""
    _tell(Fault(what, remedy=remedy))
    raise typer.Exit(MISUSED)


def _say(text: str, end: str = "\n") -> None:
    """Print a part of the answer. A reader who closed the pipe has read enough; the work goes on."""
    try:
        print(text, end=end, flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise Fault(
                f"the answer cannot be written ({error.strerror})", remedy="make room, or write it elsewhere"
            ) from error


def _given(case: Path) -> tuple[bytes, str]:
    """Give the bytes of a case and the name to show: of a file, or of standard input for a hyphen."""
    if str(case) != "-":
        return read_bytes(case), case.name
    if sys.stdin is None:
        raise Fault("standard input is closed", remedy="send the case through it, or name a file")
    return sys.stdin.buffer.read(BYTES_MAX + 1), "standard input"


def _moment(option: str, text: str | None) -> None:
    """Refuse what cannot be read as a moment, and name the option that held it."""
    try:
        if text is not None:
            moment(text, "UTC")
    except Fault as fault:
        raise Fault(f"{option}: {fault.what}", why=fault.why, remedy=fault.remedy) from None


def _language(lang: str) -> str:
    if lang not in {"en", "es"}:
        raise Fault(f'--lang: there are no answers in "{lang}"', remedy="write --lang en or --lang es")
    return lang


@app.command()
def decide(
    case: Annotated[Path | None, typer.Argument(help="A case file (YAML); - for standard input.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the decision as JSON.")] = False,
    at: Annotated[
        str | None, typer.Option(help="Decide for this moment instead of the case's own day.")
    ] = None,
    known_at: Annotated[str | None, typer.Option(help="Count only what was known by this moment.")] = None,
    lang: Lang = "en",
    adopt: Annotated[
        list[str] | None, typer.Option(help="Adopt a provision or catalogue row of unverified text, by id.")
    ] = None,
    template: Annotated[
        str | None,
        typer.Option(help="Print a case to fill in: visit, call, entry, instrument, clock:bp9, ..."),
    ] = None,
    law: Annotated[
        str | None, typer.Option(help="The pack of law for --template; a case names its law itself.")
    ] = None,
) -> None:
    """Decide a case: the answer, every reason with its citation, and what to do next."""
    with _telling(), _uncollected():
        language = _language(lang)
        if template is not None:
            if case or as_json or at or known_at or adopt:
                _misused("--template prints a case to fill in and decides nothing", "leave the rest out")
            from locutorio.actions.clock import today
            from locutorio.actions.template import template as filled

            _say(filled(law or LAW, template, language, today()), end="")
            return
        if case is None:
            _misused("no case file is named", "name one, or print one with --template visit")
        if law is not None:
            _misused("--law is for --template: a case names its law itself", "leave --law out")
        _moment("--at", at)
        _moment("--known-at", known_at)
        from locutorio.actions import answer

        read = answer.read(*_given(case))
        decision = answer.answer(read, at=at, known_at=known_at, adopt=frozenset(adopt or ()))
        if as_json:
            from locutorio.notices.document import as_document

            _say(json.dumps(as_document(decision, language), ensure_ascii=False, indent=2))
        else:
            from locutorio.notices.text import as_text

            _say(as_text(decision, language))


law_app = typer.Typer(
    no_args_is_help=True, help="The law: search it, list it, show one provision with its cases."
)
app.add_typer(law_app, name="law")


@law_app.command("search")
def law_search(
    words: Annotated[list[str], typer.Argument(help="Words to find.")],
    law: Law = LAW,
    lang: Lang = "en",
) -> None:
    """Find provisions whose citation, paraphrase or name holds every word."""
    _list(law, lang, lambda text: all(word.lower() in text.lower() for word in words))


@law_app.command("list")
def law_list(
    status: Annotated[
        str | None, typer.Option(help="Only this status: verified, derived, verified-2 or recalled.")
    ] = None,
    by_day: Annotated[bool, typer.Option("--by-day", help="Oldest reading of the text first.")] = False,
    law: Law = LAW,
    lang: Lang = "en",
) -> None:
    """List provisions with their status and the day their text was last read."""
    _list(law, lang, lambda _: True, status=status, by_day=by_day)


def _list(
    law: str, lang: str, wanted: Callable[[str], bool], *, status: str | None = None, by_day: bool = False
) -> None:
    with _telling():
        from locutorio.actions import statutes

        rows = statutes.rows(law, _language(lang), status=status, by_day=by_day)
        shown = [row for row in rows if wanted(row.searched)]
        for row in shown:
            _say(f"{row.read_on}  {row.status:<10}  {row.citation}  [{row.name}]\n    {row.says}")
        _say(f"{len(shown)} provisions")


@law_app.command("show")
def law_show(
    name: Annotated[str, typer.Argument(help="A provision's id, as `law list` prints it in brackets.")],
    law: Law = LAW,
    lang: Lang = "en",
) -> None:
    """Show one provision: its words, numbers, conditions, effects, and the cases that rest on it."""
    with _telling():
        from locutorio.actions import statutes

        _say(statutes.sheet(law, name, _language(lang)))


@app.command()
def check(
    pack: Annotated[str, typer.Argument(help="A shipped pack (such as us-federal) or the folder of a pack.")],
    write: Annotated[bool, typer.Option(help="Store the proof with the pack's hash.")] = True,
) -> None:
    """Check a pack: validity, every case, safety properties. Exit 4 if anything fails."""
    with _telling():
        from locutorio.actions import check as checking

        good = True
        for line, passed in checking.report(pack, write=write):
            _say(line)
            good = good and passed
        if not good:
            raise typer.Exit(FAILED)


@app.command()
def demo() -> None:
    """Serve the open page on this machine until interrupted."""
    with _telling():
        import subprocess

        raise typer.Exit(subprocess.call([sys.executable, "-m", "locutorio.web"]))


if __name__ == "__main__":
    app()
