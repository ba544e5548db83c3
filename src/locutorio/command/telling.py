"""What every command does alike: tell faults in words, print, read a file, check an option."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from locutorio.kernel.faults import Fault, Faults
from locutorio.kernel.moments import day, moment
from locutorio.kernel.texts import BYTES_MAX, read_bytes

OWN_FAULT, MISUSED, REFUSED, FAILED = 1, 2, 3, 4

LAW = "us-federal"

Law = Annotated[str, typer.Option("--law", help="The pack of law.")]
Lang = Annotated[str, typer.Option("--lang", help="Language of the answer: en or es.")]


@contextmanager
def telling() -> Iterator[None]:
    """Tell every fault in words, with its exit code; never a traceback."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except (Fault, Faults) as fault:
        tell(fault)
        raise typer.Exit(REFUSED) from None
    except Exception as error:  # noqa: BLE001 - this is the last door: whatever failed is told in words
        tell(
            Fault(
                f"the program itself failed ({type(error).__name__}: {error})",
                why="this is not the fault of what you gave it; nothing was decided or changed",
                remedy="please report it with the file that led to it (SECURITY.md says how)",
            )
        )
        raise typer.Exit(OWN_FAULT) from None


@contextmanager
def uncollected() -> Iterator[None]:
    """Answer without looking for garbage: a program that ends at once has none worth the search."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def tell(fault: Fault | Faults) -> None:
    if sys.stderr is not None:
        print(fault, file=sys.stderr)


def misused(what: str, remedy: str) -> NoReturn:
    """Refuse options that do not go together."""
    tell(Fault(what, remedy=remedy))
    raise typer.Exit(MISUSED)


def say(text: str, end: str = "\n") -> None:
    """Print a part of the answer. A reader who closed the pipe has read enough; the work goes on."""
    try:
        print(text, end=end, flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise Fault(
                f"the answer cannot be written ({error.strerror})", remedy="make room, or write it elsewhere"
            ) from error


def given(case: Path) -> tuple[bytes, str]:
    """Give the bytes of a case and the name to show: of a file, or of standard input for a hyphen."""
    if str(case) != "-":
        return read_bytes(case), case.name
    if sys.stdin is None:
        raise Fault("standard input is closed", remedy="send the case through it, or name a file")
    return sys.stdin.buffer.read(BYTES_MAX + 1), "standard input"


def refuse_unread_moment(option: str, text: str | None) -> None:
    """Refuse what cannot be read as a moment, and name the option that held it."""
    try:
        if text is not None:
            moment(text, "UTC")
    except Fault as fault:
        raise Fault(f"{option}: {fault.what}", why=fault.why, remedy=fault.remedy) from None


def named_day(option: str, text: str) -> date:
    """Read the day given with an option.

    Raises:
        Fault: it is no day; the option is named.
    """
    try:
        return day(text)
    except Fault as fault:
        raise Fault(f"{option}: {fault.what}", why=fault.why, remedy=fault.remedy) from None


def language(lang: str) -> str:
    if lang not in {"en", "es"}:
        raise Fault(f'--lang: there are no answers in "{lang}"', remedy="write --lang en or --lang es")
    return lang
