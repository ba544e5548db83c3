"""The commands `backup`, `restore`, `retention`, `self-check`, `export`: copies, an end, what is not well."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from locutorio.command.serving import Database, Establishment, opened, sent_here
from locutorio.command.telling import FAILED, misused, say, telling
from locutorio.kernel.faults import Fault
from locutorio.kernel.texts import read_bytes

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from locutorio.actions.confirm_restore import Confirming

Keys = Annotated[
    Path, typer.Option(help="The folder of what opens backups: apart from them, best on another machine.")
]


def backup(
    directory: Annotated[Path, typer.Argument(help="The folder of backups; they are sealed.")],
    keys: Keys,
    database: Annotated[
        str | None,
        typer.Option(
            help="A file, or a server's address as the role for backups; left out: LOCUTORIO_BACKUP_ROLE, or "
            "LOCUTORIO_DATABASE."
        ),
    ] = None,
) -> None:
    """Copy everything, sealed, with what opens it in a folder apart; remove what is older than 28 days."""
    with telling():
        from locutorio.actions.back_up import back_up
        from locutorio.actions.clock import now

        taken = back_up(database, directory, keys, now())
        say(f"{directory / taken.name}: {taken.length:,} bytes")
        for name in taken.removed:
            say(f"{name} is removed: its time is over")


def restore(
    directory: Annotated[Path, typer.Argument(help="The folder of one backup.")],
    keys: Keys,
    database: Annotated[str, typer.Option(help="A file that is not there yet, or an empty database.")],
    witness: Annotated[
        list[str] | None,
        typer.Option(help="The address of a witness, or a file with a checkpoint that it signed."),
    ] = None,
) -> None:
    """Put a backup back, if its log verifies and is the one that witnesses have seen."""
    with telling():
        from locutorio.actions.clock import now
        from locutorio.actions.restore import restore as put_back

        shown = [one if "://" in one else read_bytes(Path(one)) for one in witness or ()]
        for one in put_back(directory, keys, database, now(), witnesses=shown, ask=_two):
            say(f"{one.code}: {one.size:,} entries verified, {one.witnessed:,} of them witnessed")


def _two(code: str) -> tuple[Confirming, Confirming] | None:
    """Ask a key custodian and a governor for their names and codes; nobody where this is no terminal."""
    from locutorio.actions.confirm_restore import Confirming

    if not sys.stdin.isatty():
        return None
    say(f"{code}: a key custodian and a governor confirm, each with a code of their app or a recovery code.")
    first, second = (
        Confirming(typer.prompt("Name to sign in with"), typer.prompt("Code", hide_input=True))
        for _ in range(2)
    )
    return first, second


def retention(
    establishment: Establishment,
    erase: Annotated[bool, typer.Option("--erase", help="Erase what is due and what was ordered.")] = False,
    adopt: Annotated[str, typer.Option(help="Go by this class of retention.")] = "",
    days: Annotated[
        int | None, typer.Option(help="With --adopt: for so many days; left out: no more.")
    ] = None,
    paper: Annotated[
        str, typer.Option(help="With --adopt: the establishment's own paper that says so.")
    ] = "",
    database: Database = None,
) -> None:
    """Show the classes of retention, what is due and what is held; or erase what is due."""
    with telling(), opened(database):
        from locutorio.actions.clock import now
        from locutorio.store.people import establishment_of

        found, at = establishment_of(establishment), now()
        if found is None:
            raise Fault(
                f'there is no establishment "{establishment}"', remedy="open it with `locutorio open`"
            )
        if adopt and erase:
            misused("--adopt and --erase are two things", "give one of them")
        if adopt:
            _adopt(found.id, adopt, days, paper, at)
        elif erase:
            from locutorio.actions.erase_due import erase_due, for_owner

            done = erase_due(found.id, at)
            say(f"{done.erased} erased, {done.held} held")
            if done.unwritten:
                raise Fault(
                    f"the files of the server are not written anew yet, of erased: {done.unwritten}",
                    why="their rows and keys are gone; their owner takes out the last bytes",
                    remedy=f"run `{for_owner(found.id)}`, with the owner's address, when nobody is at work",
                )
        else:
            _show(found.id, at)


def export(
    number: Annotated[str, typer.Argument(help="The register number of one person.")],
    establishment: Establishment,
    out: Annotated[Path, typer.Option(help="A new folder for the files; only you can read it.")],
    to: Annotated[str, typer.Option(help="To whom the file is given.")],
    ground: Annotated[
        str, typer.Option(help="On which ground: the person's own request, an order with its number.")
    ],
    for_person: Annotated[
        bool, typer.Option("--for-person", help="It goes to the person: what may reach them, and no more.")
    ] = False,
    database: Database = None,
) -> None:
    """Write one person's complete file, and note first to whom it is given, and why."""
    with telling(), opened(database):
        from locutorio.actions.export_person import Exporting, export_person
        from locutorio.store.people import person_of

        sent = sent_here(establishment)
        found = person_of(sent.establishment, number)
        if found is None:
            raise Fault(f'nobody here has the number "{number}"', remedy="write the number of a person held")
        with _new_folder(out):
            files = export_person(Exporting(found.id, to, ground, for_person), sent)
            _write(files, out)
        say(f"{out}: {len(files)} files, to begin with index.en.html or index.es.html")


@contextmanager
def _new_folder(out: Path) -> Iterator[None]:
    """Make a folder that nobody else can read; it is gone again where what is done meanwhile fails."""
    try:
        out.mkdir(mode=0o700)
    except OSError as error:
        raise Fault(
            f"the folder {out} cannot be made", why=error.strerror or "", remedy="name a new one"
        ) from error
    try:
        yield
    except BaseException:
        shutil.rmtree(out, ignore_errors=True)
        raise


def _write(files: Mapping[str, bytes], out: Path) -> None:
    try:
        for name, data in files.items():
            path = out / name
            path.parent.mkdir(mode=0o700, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(data)
    except OSError as error:
        raise Fault(
            f"{out} cannot be written",
            why=error.strerror or "",
            remedy="make room or name another place; that the file was to be given stays noted",
        ) from error


def self_check(
    establishment: Annotated[str, typer.Option(help="The code of one establishment; left out: each.")] = "",
    database: Database = None,
) -> None:
    """Check the record, backups, reviews and retention. Exit code 0: all is well, 4: something is not."""
    with telling(), opened(database):
        from locutorio.actions.clock import now
        from locutorio.actions.self_check import self_check as check
        from locutorio.store.people import establishment as of
        from locutorio.store.people import establishments

        rows = [of(id_) for id_ in establishments()]
        well = True
        for row in (one for one in rows if establishment in {"", one.code}):
            done = check(row.id, now())
            well = well and done.well
            for one in done.checked:
                say(f"{row.code}: {one.name}: {'well' if not one.faults else 'NOT WELL'}")
                for said in (*one.faults, *one.told):
                    say(f"    {said}")
        if not well:
            raise typer.Exit(FAILED)


def _adopt(establishment: UUID, kept_class: str, days: int | None, paper: str, at: datetime) -> None:
    from locutorio.actions.change_retention import change_retention
    from locutorio.store.identifiers import new_id
    from locutorio.store.transaction import Sent

    change_retention(kept_class, days, paper, Sent(new_id(at), establishment, at))
    say(f"{kept_class}: {f'{days} days, by {paper}' if days is not None else 'not gone by any more'}")


def _show(establishment: UUID, at: datetime) -> None:
    from locutorio.actions.erase_due import due
    from locutorio.actions.retention import classes, gone_by
    from locutorio.store.erasing import erasures
    from locutorio.store.keeping import holds

    rules = gone_by(establishment)
    for one in classes().values():
        rule = rules.get(one.name)
        state = f"{rule.days} days, by {rule.source}" if rule else "off"
        period = f"{one.days} days" if one.days is not None else "no period"
        say(f"{one.name}: {state}\n    {one.keeps}\n    text: {one.citation} ({period}, {one.status})")
    say(f"due: {len(due(establishment, at))}")
    say(f"holds: {len(holds(establishment))}")
    done = erasures(establishment)
    begun = sum(one.erased_at is not None and not one.finished_at for one in done)
    say(f"ordered, not yet erased: {sum(one.erased_at is None for one in done)}")
    say(f"erased, keys or files not yet: {begun}")
    say(f"erased: {sum(one.finished_at is not None for one in done)}")
