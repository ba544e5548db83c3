"""Erases what is due: rows, the keys to what the log holds of them, and the bytes that a file keeps of both.

What stays for ever is that somebody was erased, when, by whom and by which rule, under an identifier drawn at
random; and every leaf of the log, so that every proof still holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from locutorio.actions.retention import PERSON_FILE, gone_by
from locutorio.store import erasing, people
from locutorio.store.context import inside
from locutorio.store.databases import OWNER
from locutorio.store.erasing import CONTACT, PERSON, ErasureRow
from locutorio.store.identifiers import new_id
from locutorio.store.log.reading import HERE
from locutorio.store.log.sequencer import sequence
from locutorio.store.rewriting import can_rewrite, rewrite
from locutorio.store.transaction import Answer, Sent, Transaction, Work, perform


@dataclass(frozen=True, slots=True)
class Erased:
    """How many were erased, and how many a hold kept.

    ``unwritten``: of how many the rows and the keys are gone, and the files still to be written anew.
    """

    erased: int
    held: int
    unwritten: int = 0


def due(establishment: UUID, at: datetime) -> list[UUID]:
    """Give the people whose time is over by the class that is gone by here, and who are not ordered yet."""
    rule = gone_by(establishment).get(PERSON_FILE)
    return erasing.leaving(establishment, rule.days, at) if rule else []


def erase_due(establishment: UUID, at: datetime) -> Erased:
    """Order what is due by a rule, and erase what was ordered and no hold keeps. What was begun is ended.

    On a PostgreSQL server the files are written anew only where the owner of the tables is named.

    Raises:
        Fault: the database does not answer, or cannot write.
    """
    rule = gone_by(establishment).get(PERSON_FILE)
    for person in due(establishment, at):
        if rule is not None and not _held(establishment, person):
            said = f"{PERSON_FILE}, {rule.days} days: {rule.source}"
            _perform(establishment, at, "order_erasure", partial(_order, whom=person, rule=said))
    sequence(establishment)
    held: set[UUID] = set()
    erased = 0
    while open_ := [one for one in _waiting(establishment) if one.whom not in held]:
        for one in open_:
            if _held(establishment, one.whom):
                held.add(one.whom)
            else:
                _perform(establishment, at, "erase", partial(_erase, one=one))
                erased += 1
    return Erased(erased, len(held), _finish(establishment, at))


def unfinished(establishment: UUID) -> int:
    """Give of how many the rows are gone, and keys or bytes in files may not be."""
    return len(_begun(establishment))


def for_owner(establishment: UUID) -> str:
    """Give the command with which the owner of the tables takes the last bytes out of the files."""
    code = people.establishment(establishment).code
    return f"{OWNER}=ADDRESS locutorio retention --establishment {code} --erase"


def _waiting(establishment: UUID) -> list[ErasureRow]:
    return [one for one in erasing.erasures(establishment) if one.erased_at is None]


def _held(establishment: UUID, whom: UUID) -> bool:
    with inside(establishment):
        return erasing.is_held(establishment, whom)


def _begun(establishment: UUID) -> list[ErasureRow]:
    rows = erasing.erasures(establishment)
    return [one for one in rows if one.erased_at is not None and not one.finished_at]


def _finish(establishment: UUID, at: datetime) -> int:
    """Destroy the keys of those whose rows are gone, and write the files anew; give of how many they wait."""
    left = _begun(establishment)
    if not left:
        return 0
    sequence(establishment)
    for one in left:
        erasing.destroy_keys(establishment, one.whom)
    if not can_rewrite():
        return len(left)
    rewrite()
    for one in left:
        _perform(establishment, at, "finish_erasure", partial(_finished, one=one))
    sequence(establishment)
    return 0


def _perform(establishment: UUID, at: datetime, action: str, work: Work) -> None:
    sent = Sent(new_id(at), establishment, at)
    perform(sent.command(action, {}), work)


def _order(tx: Transaction, whom: UUID, rule: str) -> Answer:
    tx.about, tx.kept_as = whom, HERE
    erasing.order(tx, whom, PERSON, rule)
    return {"whom": str(whom)}


def _erase(tx: Transaction, one: ErasureRow) -> Answer:
    tx.about, tx.kept_as = one.whom, HERE
    tx.header.update(type="erased", rule=one.rule)
    if one.kind == PERSON:
        for contact in erasing.erase_person(tx, one.whom):
            erasing.order(tx, contact, CONTACT, one.rule)
    else:
        erasing.erase_contact(tx, one.whom)
    erasing.done(tx, one.whom)
    return {"whom": str(one.whom), "rule": one.rule}


def _finished(tx: Transaction, one: ErasureRow) -> Answer:
    tx.about, tx.kept_as = one.whom, HERE
    erasing.finished(tx, one.whom)
    return {"whom": str(one.whom)}
