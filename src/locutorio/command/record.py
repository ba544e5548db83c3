"""The commands `verify`, `proof`, `policy` and `checkpoint`: the log, for those who are to believe it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from locutorio.command.serving import Database, Establishment, opened
from locutorio.command.telling import say, tell, telling
from locutorio.kernel.faults import Fault
from locutorio.kernel.texts import read_bytes

if TYPE_CHECKING:
    from locutorio.record.proof import Policy
    from locutorio.store.people import EstablishmentRow

NOT_WHOLE, CANNOT = 1, 2
One = Annotated[str, typer.Option("--establishment", help="The code of one establishment; left out: each.")]
Believed = Annotated[
    Path | None,
    typer.Option("--policy", help="Whom to believe; left out: whom this installation believes."),
]


def verify(
    database: Database = None,
    establishment: One = "",
    witness: Annotated[
        list[str] | None,
        typer.Option(help="A witness's address, or a file that it gave: a checkpoint, also one on paper."),
    ] = None,
    policy: Believed = None,
) -> None:
    """Verify the log, and all that was made of it. Exit 0: it holds, 1: it does not, 2: it cannot be told."""
    whole = True
    with _telling_that_it_cannot(), opened(database):
        from locutorio.actions.clock import now
        from locutorio.actions.verify_log import verify_log
        from locutorio.store.actor import PROGRAM

        believed = _policy(policy)
        shown = [one if "://" in one else read_bytes(Path(one)) for one in witness or ()]
        for row in _establishments(establishment):
            found = verify_log(PROGRAM, row.id, now(), policy=believed, witnesses=shown)
            say(f"{row.name} ({row.code}): {found.size} entries", end="")
            say(f", signed up to {found.signed}, seen by enough witnesses up to {found.witnessed}")
            for fault in found.faults:
                say(f"  {fault}")
            say(f"  it does not hold: {len(found.faults)} faults" if found.faults else "  it holds")
            whole = whole and not found.faults
    if not whole:
        raise typer.Exit(NOT_WHOLE)


def proof(
    entry: Annotated[
        str,
        typer.Argument(help="The identifier of an entry or a notice; the number of a person, with --all."),
    ],
    establishment: Establishment,
    out: Annotated[
        Path, typer.Option(help="Where the files go: a name before their endings; a folder, with --all.")
    ],
    content: Annotated[
        bool,
        typer.Option("--content", help="With the content, sealed, and its key: for whoever may read it."),
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Every entry about a person, with what shows that it is all.")
    ] = False,
    database: Database = None,
) -> None:
    """Write what proves an entry without Locutorio: its proof and the entry, and its content if asked."""
    with telling(), opened(database):
        from locutorio.actions.prove import prove_all, prove_content, prove_entry
        from locutorio.store.actor import PROGRAM
        from locutorio.store.people import person_of

        at = _known(establishment)
        if everything:
            person = person_of(at.id, entry)
            if person is None:
                raise Fault(
                    f'nobody here has the number "{entry}"', remedy="write the number of a person held"
                )
            files, folder = prove_all(PROGRAM, at.id, person.id), out
        else:
            prove = prove_content if content else prove_entry
            files, folder = prove(PROGRAM, at.id, _identifier(entry), out.name), out.parent
        for name in _written(files, folder):
            say(str(name))


def policy(
    establishment: Establishment,
    changes: Annotated[
        Path | None,
        typer.Option(help="A folder for what shows, to whom believes the policies before, that it follows."),
    ] = None,
    database: Database = None,
) -> None:
    """Print whom to believe about a log: its keys, its witnesses' keys, how many of them must have signed."""
    with telling(), opened(database):
        from locutorio.actions.prove import changes_proved, whom_to_believe
        from locutorio.store.actor import PROGRAM

        at = _known(establishment).id
        if changes is None:
            say(whom_to_believe(PROGRAM, at).text(), end="")
            return
        for name in _written(changes_proved(PROGRAM, at), changes):
            say(str(name))


def checkpoint(
    establishment: Establishment,
    take: Annotated[
        Path | None,
        typer.Option(help="Keep what a witness signed that is told by hand: the file that it gave."),
    ] = None,
    database: Database = None,
) -> None:
    """Sign the log now and ask its witnesses; print the checkpoint as it is written on paper."""
    with telling(), opened(database):
        from locutorio.actions.clock import now
        from locutorio.actions.keep_log import keep_log, paper_of, take_signature
        from locutorio.store.actor import PROGRAM

        at = _known(establishment)
        done = (
            take_signature(PROGRAM, at.id, read_bytes(take), now())
            if take
            else keep_log(PROGRAM, at.id, now())
        )
        say(paper_of(PROGRAM, at.id), end="")
        say(f"signed by {', '.join(done.witnesses) or 'no witness'}")
        for fault in done.faults:
            tell(fault)


@contextmanager
def _telling_that_it_cannot() -> Iterator[None]:
    """Tell every fault in words, with the code that says that nothing was found out."""
    try:
        with telling():
            yield
    except typer.Exit:
        raise typer.Exit(CANNOT) from None


def _establishments(code: str) -> list[EstablishmentRow]:
    from locutorio.store.people import establishment, establishments

    return [_known(code)] if code else [establishment(id_) for id_ in establishments()]


def _known(code: str) -> EstablishmentRow:
    from locutorio.store.people import establishment_of

    found = establishment_of(code)
    if found is None:
        raise Fault(f'there is no establishment "{code}"', remedy="open it with `locutorio open`")
    return found


def _policy(file: Path | None) -> Policy | None:
    from locutorio.record.proof import Policy

    return Policy.parse(read_bytes(file).decode("utf-8", "replace")) if file else None


def _identifier(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Fault(f'"{text}" is no identifier', remedy="take the one that the receipt shows") from error


def _written(files: dict[str, bytes], folder: Path) -> Iterator[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
            yield folder / name
    except OSError as error:
        raise Fault(
            f"{folder} cannot be written", why=error.strerror or "", remedy="name another place"
        ) from error
