"""Takes in a file of an establishment: reads it, compares, writes, and says what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from locutorio.actions.importing.cells import Settings
from locutorio.actions.importing.codes import read_codes
from locutorio.actions.importing.columns import columns, kinds
from locutorio.actions.importing.reading import ReadFile, read
from locutorio.actions.importing.report import report
from locutorio.actions.importing.rest import rest
from locutorio.actions.importing.sheet import BYTES_MAX
from locutorio.actions.importing.take_bookings import Bookings
from locutorio.actions.importing.take_calls import Calls
from locutorio.actions.importing.take_contacts import Contacts
from locutorio.actions.importing.take_numbers import Numbers
from locutorio.actions.importing.take_people import People
from locutorio.actions.importing.take_restrictions import Restrictions
from locutorio.actions.importing.taking import Job, Taken, Taker, take, tried
from locutorio.kernel.faults import Fault, suggestion
from locutorio.kernel.texts import read_bytes
from locutorio.notices.catalogue import say
from locutorio.store import people
from locutorio.store.transaction import Sent, Transaction

TAKERS: Mapping[str, Callable[[Transaction, ReadFile], Taker[Any]]] = {
    "people": People,
    "contacts": Contacts,
    "numbers": Numbers,
    "restrictions": Restrictions,
    "bookings": Bookings,
    "calls": Calls,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How files are taken in: of which establishment, at which moment; the file of its codes, if any; the
    country its telephones are in (ISO 3166); whether it is only tried.
    """

    establishment: str
    at: datetime
    codes: Path | None = None
    country: str = "US"
    dry_run: bool = False


def take_in(files: Iterable[tuple[str, Path]], wanted: Wanted) -> Iterator[Taken]:
    """Take in files, each as a change of its own, and give what became of each as it is done.

    A dry run does all of them one upon the other, so that a file can rest on one before it.

    Args:
        files: kind (people, contacts, numbers, restrictions, bookings or calls) and path of each.
        wanted: how.

    Raises:
        Fault, Faults: a file or the codes cannot be read, or there is no such establishment.
    """
    house = people.establishment_of(wanted.establishment)
    if house is None:
        raise Fault(
            f'there is no establishment "{wanted.establishment}"', remedy="open it with `locutorio open`"
        )
    _refuse_unknown_country(wanted.country)
    codes = read_codes(read_bytes(wanted.codes) if wanted.codes else None, str(wanted.codes))
    day = wanted.at.astimezone(ZoneInfo(house.zone)).date()
    settings = Settings(house.zone, wanted.country, day, codes)
    jobs = [job(read(kind, bytes_of(path), path.name, settings)) for kind, path in files]
    if wanted.dry_run:
        yield from tried(jobs, Sent(uuid4(), house.id, wanted.at))
        return
    for one in jobs:
        yield take(one, Sent(uuid4(), house.id, wanted.at))


def job(reading: ReadFile) -> Job:
    """Give what takes a reading."""
    return Job(reading, TAKERS[reading.kind])


def files_in(folder: Path) -> list[tuple[str, Path]]:
    """Give the files of a folder by kind, in the order in which they are taken in.

    Raises:
        Fault: none of the six is there.
    """
    found = [(kind, folder / columns(kind).file) for kind in kinds()]
    there = [(kind, path) for kind, path in found if path.is_file()]
    if not there:
        raise Fault(
            f"{folder} holds none of the files",
            remedy=f"name them {', '.join(path.name for _, path in found)}",
        )
    return there


def told(taken: Taken, lang: str) -> Iterator[str]:
    """Give the report of a file in words."""
    yield from report(taken.reading, lang)
    counts = {name: str(getattr(taken, name)) for name in ("new", "changed", "same")}
    yield say(lang, "importing.made", file=taken.reading.sheet.name, **counts)
    if not taken.new + taken.changed:
        yield say(lang, "importing.nothing_changed")
    if taken.withdrawn or taken.at_risk:
        yield say(lang, "importing.replayed", withdrawn=str(taken.withdrawn), at_risk=str(taken.at_risk))


def write_rest(taken: Taken, path: Path, lang: str) -> bool:
    """Write the rows that were not taken, if there are any; tell whether there are.

    Raises:
        Fault: there is a file of that name, or it cannot be written.
    """
    if not taken.reading.not_taken:
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(rest(taken.reading, lang))
    except FileExistsError as error:
        raise Fault(
            f"{path} is there already, and is not written over", remedy="name another file with --not-taken"
        ) from error
    except OSError as error:
        raise Fault(
            f"{path} cannot be written ({error.strerror})", remedy="name another file with --not-taken"
        ) from error
    return True


def bytes_of(path: Path) -> bytes:
    """Give the bytes of a file, one more than are read at most.

    Raises:
        Fault: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(BYTES_MAX + 1)
    except OSError as error:
        raise Fault(
            f"{path} cannot be read ({error.strerror})", remedy="check its name, and that you may read it"
        ) from error


def _refuse_unknown_country(country: str) -> None:
    from phonenumbers import SUPPORTED_REGIONS

    if country not in SUPPORTED_REGIONS:
        raise Fault(
            f'--country: "{country}" is not a country',
            remedy=suggestion(country.upper(), SUPPORTED_REGIONS, otherwise="write it like US"),
        )
