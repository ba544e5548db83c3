"""Signs the register of privileged numbers where they changed, and once an hour; puts it right where harmed.

The file is there before its entry: what reads it never waits for the record.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.deciding import local_day
from locutorio.record.register import Register, RegisterLine
from locutorio.store import calls, people, privileged
from locutorio.store.actor import Actor
from locutorio.store.identifiers import new_id
from locutorio.store.registering import SignedRegister, carried, put, signing
from locutorio.store.transaction import Sent, perform

EVERY = timedelta(hours=1)


def write_register(by: Actor, at: UUID, directory: Path, moment: datetime) -> Register | None:
    """Put the register where the telephone reads it, if what stands there is not right or not fresh.

    Cheap where nothing is to be done, so that it can be asked every second.

    Args:
        by: who asks.
        at: the establishment.
        directory: where the telephone's processes read it.
        moment: now.

    Returns:
        the register that was written; None where nothing was to be done, or no number was ever registered.

    Raises:
        Fault: the key or the directory cannot be used.
    """
    authorize(by, "write_register", About(at))
    sent = Sent(new_id(moment), at, moment, by)
    house = people.establishment(at)
    region, on = calls.settings(house).region, local_day(house.zone, moment)
    rows = privileged.standing(at, on)
    lines = [RegisterLine(row.number, row.kind, row.name) for row in rows]
    with signing(at) as signer:
        last = signer.last()
        lost = carried(last, {row.number for row in rows}, privileged.over(at, on)) if last else []
        lines += lost
        if not lines and last is None:
            return None
        fresh = last is not None and _is_fresh(last, lines, region, moment)
        written = last if last is not None and fresh else signer.sign(lines, region, moment)
        if not put(directory, signer, written.data) and fresh:
            return None
    noted = {
        "version": written.register.version,
        "count": len(written.register.lines),
        "root": written.register.root.hex(),
        "signed_anew": not fresh,
        "carried": [line.number for line in lost],
    }
    perform(sent.command("write_register", noted), lambda _tx: {})
    return written.register


def _is_fresh(last: SignedRegister, lines: list[RegisterLine], region: str, moment: datetime) -> bool:
    """Tell whether what was signed last says the same, and was signed within the hour."""
    said = (last.register.lines, last.register.region)
    age = moment.timestamp() - last.register.issued_at
    return said == (tuple(sorted(lines)), region) and -60 <= age < EVERY.total_seconds()
