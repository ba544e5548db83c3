"""What happened to notices on their way: one row for each thing, and which notices reached nobody yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from locutorio.notices.letter import Letter
from locutorio.notices.serving import REACHED, RETURNED, Served, standing
from locutorio.store.context import within
from locutorio.store.models import Contact, Notice, Person, Role, Service
from locutorio.store.notices import NoticeRow, notice, read_notices
from locutorio.store.transaction import Transaction

SHOWN_MAX = 200


@dataclass(frozen=True, slots=True)
class Unreached:
    """A notice that nobody has read or been given: to whom it is, whether they can sign in, its standing."""

    id: UUID
    to: str
    in_custody: bool
    signs_in: bool
    letter: Letter
    at: datetime
    standing: str


def keep(tx: Transaction, of: NoticeRow, what: Served) -> UUID:
    """Keep one thing that happened to a notice."""
    return Service.objects.create(
        id=tx.new_id(),
        establishment_id=tx.establishment,
        notice_id=of.id,
        person_id=of.person,
        contact_id=of.contact,
        fact=what.fact,
        way=what.way,
        on=what.on,
        proof=what.proof,
        known_at=tx.at,
    ).id


@within
def served(at: UUID, id_: UUID) -> tuple[NoticeRow, tuple[Served, ...]]:
    """Give a notice, and what happened to it in the order in which that became known.

    Raises:
        Fault: there is none of that identifier here.
    """
    return notice(at, id_), _facts(at, [id_]).get(id_, ())


@within
def unreached(at: UUID) -> tuple[list[Unreached], bool]:
    """Give the notices that nobody has read or been given, the oldest first; tell whether there are more."""
    of = Service.objects.filter(establishment=at, notice=OuterRef("pk"))
    came = Exists(of.filter(fact__in=REACHED))
    back = Exists(of.filter(fact=RETURNED))
    open_ = Notice.objects.filter(~came | Q(back), establishment=at, read_at=None).order_by("at", "id")
    found = read_notices(open_[: SHOWN_MAX + 1])
    facts = _facts(at, [one.id for one in found])
    names, signing = _names(at, found), _signing_in(at, found)
    listed = []
    for one in found[:SHOWN_MAX]:
        whom, stands = one.person or one.contact, standing(facts.get(one.id, ()))
        if whom is not None and stands not in REACHED:
            told = names.get(whom, ""), one.person is not None, whom in signing
            listed.append(Unreached(one.id, *told, one.letter, one.at, stands))
    return listed, len(found) > SHOWN_MAX


def _facts(at: UUID, ids: Iterable[UUID]) -> Mapping[UUID, tuple[Served, ...]]:
    rows = Service.objects.filter(establishment=at, notice__in=[*ids]).order_by("notice", "known_at", "id")
    told = rows.values_list("notice", "fact", "way", "on", "proof")
    return {id_: tuple(Served(*row[1:]) for row in of) for id_, of in groupby(told, key=lambda row: row[0])}


def _names(at: UUID, found: Iterable[NoticeRow]) -> dict[UUID, str]:
    ids = {one.person or one.contact for one in found}
    return {
        id_: f"{forenames} {surname}".strip()
        for model in (Person, Contact)
        for id_, forenames, surname in model._default_manager.filter(  # noqa: SLF001 - public in Django
            establishment=at, id__in=ids
        ).values_list("id", "forenames", "surname")
    }


def _signing_in(at: UUID, found: Iterable[NoticeRow]) -> set[UUID | None]:
    ids = {one.person or one.contact for one in found}
    mine = Role.objects.filter(Q(person__in=ids) | Q(contact__in=ids), establishment=at)
    return {id_ for row in mine.values_list("person", "contact") for id_ in row}
