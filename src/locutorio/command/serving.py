"""The commands `serve`, `demo`, `open` and `account`: an establishment's pages, and who signs in to them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import TYPE_CHECKING, Annotated
from uuid import UUID, uuid4

import typer

from locutorio.command.telling import OWN_FAULT, given, language, misused, say, telling
from locutorio.kernel.faults import Fault

if TYPE_CHECKING:
    from locutorio.store.transaction import Sent

Database = Annotated[
    str | None,
    typer.Option(help="A file, or postgresql://user@host:port/name; left out: LOCUTORIO_DATABASE."),
]
Port = Annotated[int | None, typer.Option(help="The port; left out: PORT, or a free one.")]
Establishment = Annotated[str, typer.Option(help="The code of the establishment.")]
_PAGES = [sys.executable, "-m", "locutorio.web"]


def serve(
    database: Database = None,
    port: Port = None,
    site: Annotated[
        str | None, typer.Option(help="The https address that a server in front of this one answers to.")
    ] = None,
) -> None:
    """Serve an establishment's pages beside the open ones on this machine, until interrupted."""
    with telling(), opened(database):
        if site is not None and not site.startswith("https://"):
            misused(f'"{site}" is no address of https', "write it like --site https://visits.example.org")
        os.execve(sys.executable, _PAGES, _environment(port, {"LOCUTORIO_SITE": site} if site else {}))  # noqa: S606 - it is this program


def demo(port: Port = None) -> None:
    """Serve an invented jail, generated people and all, beside the open page, until interrupted."""
    signal.signal(signal.SIGTERM, _end)
    with telling(), TemporaryDirectory(prefix="locutorio-demo-") as folder:
        os.environ["LOCUTORIO_HOME"] = folder
        database = str(Path(folder) / "demo.db")
        with opened(database):
            from locutorio.actions.clock import now
            from locutorio.actions.demo.opening import open_demo, told
            from locutorio.store.databases import VARIABLE

            say("One moment: an invented jail is opened.")
            open_demo(now())
        with subprocess.Popen(  # noqa: S603 - it is this program
            _PAGES, env=_environment(port, {VARIABLE: database}), stdout=subprocess.PIPE, text=True
        ) as pages:
            try:
                assert pages.stdout is not None
                address = pages.stdout.readline().strip()
                if address:
                    say(told(address))
                code = _with_calls(pages, database)
            except KeyboardInterrupt:
                pages.terminate()
                code = pages.wait()
        raise typer.Exit(OWN_FAULT if code else 0)


def _with_calls(pages: subprocess.Popen[str], database: str) -> int:
    """Let people of the invented jail call until the pages end; give their exit code."""
    with opened(database):
        from locutorio.actions.clock import now
        from locutorio.actions.demo.calls import turn_of_calls
        from locutorio.actions.demo.opening import CODE

        establishment = sent_here(CODE).establishment
        while (code := pages.poll()) is None:
            with suppress(Fault):  # it is done again in a second
                turn_of_calls(establishment, now())
            time.sleep(1)
    return code


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def open_(
    code: Annotated[str, typer.Argument(help="A short name for it, such as oak.")],
    name: Annotated[str, typer.Option(help="Its name.")],
    law: Annotated[str, typer.Option(help="The pack of law it goes by, its own rules such as house-oak.")],
    schedule: Annotated[Path, typer.Option(help="Its schedule (YAML).")],
    without_second_factor: Annotated[
        bool, typer.Option("--without-second-factor", help="Its staff need a password alone: for trying it.")
    ] = False,
    database: Database = None,
) -> None:
    """Open an establishment in a database."""
    with telling(), opened(database):
        from locutorio.actions.clock import now
        from locutorio.actions.open_establishment import NewEstablishment, open_establishment
        from locutorio.actions.schedules import read
        from locutorio.store.identifiers import new_id
        from locutorio.store.transaction import Sent

        raw, shown = given(schedule)
        at = now()
        zone, needed = read(raw, shown).zone, not without_second_factor
        what = NewEstablishment(code, name, zone, law, raw.decode(), factor_needed=needed)
        open_establishment(what, Sent(uuid4(), new_id(at), at))
        say(f"{name} ({code}) is open")


def account(  # noqa: PLR0913 - each is an option of the command
    name: Annotated[str, typer.Argument(help="The name to sign in with.")],
    establishment: Establishment,
    *,
    role: Annotated[
        str, typer.Option(help="What they may do, such as family, visits or gate; for a new account.")
    ] = "",
    holder: Annotated[
        str,
        typer.Option(help="For staff, who holds the account: name and number, as your staff are written."),
    ] = "",
    number: Annotated[
        str, typer.Option(help="For a family the contact's number, for a person the register number.")
    ] = "",
    password: Annotated[
        Path | None, typer.Option(help="A file that holds the password, - for standard input.")
    ] = None,
    reset: Annotated[
        bool, typer.Option("--reset", help="Give a code with which they choose a new password.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--everything", help="With --reset: forget passkeys, app and recovery codes too.")
    ] = False,
    stop: Annotated[bool, typer.Option("--stop", help="End the account.")] = False,
    lang: Annotated[str, typer.Option(help="en or es.")] = "en",
    database: Database = None,
) -> None:
    """Let somebody sign in, let them begin anew (--reset), or end their account (--stop)."""
    with telling(), opened(database):
        from locutorio.actions.change_account import stop_account
        from locutorio.actions.create_account import NewAccount, Role, create_account

        sent = sent_here(establishment)
        if stop:
            stop_account(name, sent)
            say(f"{name} can sign in no more")
            return
        if reset:
            _reset(name, establishment, everything=everything)
            return
        if not role:
            misused("nothing is said to do", "say --role for a new account, --reset or --stop")
        whom = _whom(role, number, sent)
        chosen = given(password)[0].decode().rstrip("\r\n") if password else ""
        create_account(NewAccount(name, chosen, Role(role), language(lang), holder=holder, **whom), sent)
        say(f"{name} can sign in as {role}")
        if not chosen:
            _reset(name, establishment, everything=False)


def _reset(name: str, establishment: str, *, everything: bool) -> None:
    """Say the code with which somebody chooses their password."""
    from locutorio.actions.start_reset import LASTS, Kind, start_reset

    code = start_reset(name, Kind.EVERYTHING if everything else Kind.PASSWORD, sent_here(establishment))
    minutes = int(LASTS.total_seconds()) // 60
    say(
        f"They choose their own password at /en/sign-in/code within {minutes} minutes, with this code: {code}"
    )


def _whom(role: str, number: str, sent: Sent) -> dict[str, UUID]:
    """Give whom an account of a role acts for."""
    from locutorio.actions.create_account import FOR_CONTACT, Role
    from locutorio.store.people import contact_of, person_of

    if role not in set(Role):
        raise Fault(f'"{role}" is no role', remedy=f"write one of {', '.join(Role)}")
    if role not in {*FOR_CONTACT, Role.PERSON}:
        return {}
    found = (person_of if role == Role.PERSON else contact_of)(sent.establishment, number)
    if found is None:
        raise Fault(f'nobody here has the number "{number}"', remedy="name one with --number")
    return {"person" if role == Role.PERSON else "contact": found.id}


def sent_here(code: str) -> Sent:
    """Give what an action must know of a change that is made at the machine, in the establishment of a code.

    Raises:
        Fault: there is none of that code.
    """
    from locutorio.actions.clock import now
    from locutorio.store.people import establishment_of
    from locutorio.store.transaction import Sent

    found = establishment_of(code)
    if found is None:
        raise Fault(f'there is no establishment "{code}"', remedy="open it with `locutorio open`")
    return Sent(uuid4(), found.id, now())


@contextmanager
def opened(database: str | None) -> Iterator[None]:
    """Open a database for a command and what it starts within; what it meets there is told as a fault."""
    from locutorio.store.databases import VARIABLE
    from locutorio.store.start import migrate, start

    before = os.environ.get(VARIABLE)
    if database is not None:
        os.environ[VARIABLE] = database
    try:
        start()
        from locutorio.store.transaction import answering

        with answering():
            migrate()
            yield
    finally:
        if before is not None:
            os.environ[VARIABLE] = before
        else:
            os.environ.pop(VARIABLE, None)


def _environment(port: int | None, more: Mapping[str, str]) -> dict[str, str]:
    """Give the environment of the pages: this one, but with settings of their own."""
    from locutorio.store.databases import BACKUP_ROLE, OWNER

    left_out = {"DJANGO_SETTINGS_MODULE", OWNER, BACKUP_ROLE}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**kept, **({"PORT": str(port)} if port is not None else {}), **more}
