"""The commands `telephony …`: how an establishment keeps its telephones, and a real engine for them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from locutorio.command.serving import Database, Establishment, opened, sent_here
from locutorio.command.telling import misused, say, telling

app = typer.Typer(no_args_is_help=True, help="Run the telephones of an establishment on this machine.")
Home = Annotated[
    Path | None,
    typer.Option(help="The folder of the plane; usually `telephony` in what LOCUTORIO_HOME names."),
]


@app.command()
def config(  # noqa: PLR0913 - each is an option of the command
    establishment: Establishment,
    trunk: Annotated[str, typer.Option(help="Where numbers are dialled, host:port.")],
    *,
    home: Home = None,
    address: Annotated[str, typer.Option(help="The address that telephones reach.")] = "127.0.0.1",
    realm: Annotated[str, typer.Option(help="What secrets of telephones are made for.")] = "locutorio",
    base: Annotated[int, typer.Option(help="The first of seven control ports: that of SIP.")] = 5060,
    media: Annotated[int, typer.Option(help="The first port for voices.")] = 30_000,
    calls: Annotated[int, typer.Option(help="So many calls at a time on each relay.")] = 240,
    points: Annotated[int, typer.Option(help="Processes of the decision point; 0: one for each core.")] = 0,
    emergency: Annotated[
        list[str] | None, typer.Option(help="A number that is connected when nothing can decide.")
    ] = None,
    database: Database = None,
) -> None:
    """Write what the engine, the relays and the other processes read, and say what was written."""
    with telling():
        told = {"establishment": establishment, "trunk": trunk, "address": address, "realm": realm}
        numbers = {"base": base, "media": media, "calls": calls, "points": points}
        options = [f"--{name}={value}" for name, value in {**told, **numbers}.items()]
        options += [f"--emergency={number}" for number in emergency or []]
        _become(["config", f"--home={_home(home)}", *options], database)


@app.command()
def up(home: Home = None, database: Database = None) -> None:
    """Start every process, in the foreground; start again what dies; end all when interrupted."""
    with telling():
        _become(["up", f"--plane={_home(home) / 'plane.json'}"], database)


@app.command()
def down(home: Home = None) -> None:
    """End a plane that runs."""
    with telling():
        _become(["down", f"--plane={_home(home) / 'plane.json'}"], None)


@app.command()
def telephone(
    name: Annotated[str, typer.Argument(help="Its user in SIP, such as north-1.")],
    establishment: Establishment,
    *,
    wing: Annotated[str, typer.Option(help="The wing in which it hangs.")] = "",
    realm: Annotated[str, typer.Option(help="As of `telephony config`.")] = "locutorio",
    stop: Annotated[bool, typer.Option("--stop", help="End it: nobody calls from there any more.")] = False,
    database: Database = None,
) -> None:
    """Keep a telephone and print its secret, this once; or end it (--stop)."""
    with telling(), opened(database):
        from locutorio.actions.keep_telephone import keep_telephone, stop_telephone

        sent = sent_here(establishment)
        if stop:
            stop_telephone(name, sent)
            say(f"nobody calls from {name} any more")
            return
        secret = keep_telephone(name, wing, realm, sent)
        say(f"{name} signs in at the realm {realm} with this secret: {secret}")


@app.command()
def number(
    number: Annotated[str, typer.Argument(help="As it is dialled here, or with + and the country.")],
    establishment: Establishment,
    *,
    kind: Annotated[
        str, typer.Option(help="counsel, court, consulate, ombudsman, emergency or free.")
    ] = "counsel",
    name: Annotated[str, typer.Option(help="Whose it is.")],
    database: Database = None,
) -> None:
    """Register a number that nobody listens to, before there are two people who can do it on the pages."""
    with telling(), opened(database):
        from locutorio.actions.enter_privileged import NewPrivileged, enter_privileged

        enter_privileged(NewPrivileged(number, kind, name), sent_here(establishment))
        say(f"nobody listens to calls with {number}: {kind}, {name}")


@app.command()
def settings(
    establishment: Establishment,
    *,
    monitors: Annotated[
        str | None, typer.Option(help="What staff do where the law lets them: none, listen or record.")
    ] = None,
    minutes: Annotated[int | None, typer.Option(help="The longest call, in minutes; 0 sets none.")] = None,
    wait_minutes: Annotated[int | None, typer.Option(help="Minutes between two calls of a person.")] = None,
    recordings_days: Annotated[
        int | None, typer.Option(help="For how many days a recording is kept.")
    ] = None,
    make_up_days: Annotated[
        int | None, typer.Option(help="Days in which a call that was allowed and not made is made up.")
    ] = None,
    region: Annotated[str | None, typer.Option(help="The country from which numbers are dialled.")] = None,
    database: Database = None,
) -> None:
    """Say how the establishment keeps its telephones, changed as the options say; the rest stays."""
    given = {
        "monitors": monitors,
        "minutes": minutes,
        "wait_minutes": wait_minutes,
        "recordings_days": recordings_days,
        "make_up_days": make_up_days,
        "region": region,
    }
    said = {name: value for name, value in given.items() if value is not None}
    with telling(), opened(database):
        from locutorio.actions.change_telephony import change_telephony, telephony_of

        sent = sent_here(establishment)
        kept = change_telephony(said, sent) if said else telephony_of(sent.establishment)
        for name in given:
            value = getattr(kept, name)
            say(f"{name}: {'not set' if value is None else value}")


def _home(home: Path | None) -> Path:
    if home is not None:
        return home
    named = os.environ.get("LOCUTORIO_HOME")
    if not named:
        misused("no folder is named for the plane", "name one with --home FOLDER, or set LOCUTORIO_HOME")
    return Path(named) / "telephony"


def _become(arguments: list[str], database: str | None) -> NoReturn:
    from locutorio.store.databases import VARIABLE

    environment = {**os.environ, **({VARIABLE: database} if database is not None else {})}
    os.execve(  # noqa: S606 - it is this program
        sys.executable, [sys.executable, "-m", "locutorio.telephony", *arguments], environment
    )
