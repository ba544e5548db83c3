"""Unmistakable strings in every field of every row about somebody, and where they are still found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models

from locutorio.notices.kept import as_kept
from locutorio.notices.letter import Letter
from locutorio.store import erasing
from locutorio.store.documents import TEXT, digest, text_digest
from locutorio.store.models import (
    Account,
    Booking,
    Contact,
    Document,
    DocumentContent,
    Establishment,
    Hold,
    Kiosk,
    Person,
    Request,
    Slot,
)
from locutorio.store.models.documents import ATTACHED_TO
from locutorio.store.transaction import Answer, Transaction

MARK = "Quetzalcoatlus"
ABOUT = {Person, Contact, Request, Booking, Account}
BESIDE: tuple[type[models.Model], ...] = (Slot, Kiosk)
BORN_ON = date(1907, 3, 19)
READ: Mapping[str, Callable[[str], Any]] = {
    "outcome": lambda _: "permit",
    "sha256": lambda _: digest(mark(DocumentContent, "data").encode()),
    "size": lambda _: len(mark(DocumentContent, "data")),
    "reading": lambda said: {said: said, TEXT: text_digest([mark(DocumentContent, "text")])},
    "text": lambda said: [said],
    "letter": lambda said: as_kept(Letter("en", "permit", said, said, (said,), (), (said,))),
}
"""Columns that are read again by the program, and in which form."""


def mark(model: type[models.Model], column: str) -> str:
    """Give the string that is planted in one column, no longer than a short column takes."""
    return f"{MARK}-{model._meta.db_table.removeprefix('store_')}-{column}"[:60]


def plant(tx: Transaction) -> Answer:
    """Make a row about a person and a contact in every table that can hold one, marked in every field."""
    made: dict[type[models.Model], models.Model] = {
        Establishment: Establishment.objects.get(id=tx.establishment),
        Account: Account.objects.create(id=tx.new_id(), name=mark(Account, "name"), password="!"),
        **{
            model: model._default_manager.create(
                **_row(model, tx, {}, marked=False), establishment_id=tx.establishment
            )
            for model in BESIDE
        },
    }
    left = list(_planted())
    while left:
        model = next(one for one in left if not {*_needs(one)} & {*left} - {one})
        made[model] = model._default_manager.create(**_row(model, tx, made, marked=True))
        left.remove(model)
    person, contact = made[Person].pk, made[Contact].pk
    tx.about = person
    tx.noted["noted"] = f"{MARK}-noted"
    return {"person": str(person), "contact": str(contact), "said": f"{MARK}-answer"}


def change(tx: Transaction) -> Answer:
    """Write something else over the marks, in part: what a field held before must go as well."""
    asked = tx.command.arguments
    Person.objects.filter(id=asked["person"]).update(surname=f"{MARK}-later", unit=f"{MARK}-unit-later")
    Contact.objects.filter(id=asked["contact"]).update(phone=f"{MARK}-phone-later")
    return {}


def _planted() -> Iterator[type[models.Model]]:
    for model in erasing.tables_about():
        if model not in {*BESIDE, Hold} and {*_needs(model)} & ABOUT:
            yield model
    yield from (Person, Contact)


def _needs(model: type[models.Model]) -> list[Any]:
    return [
        field.related_model for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)
    ]


def _row(
    model: type[models.Model], tx: Transaction, made: dict[type[models.Model], models.Model], *, marked: bool
) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for place, field in enumerate(model._meta.concrete_fields):
        if isinstance(field, models.ForeignKey):
            one_at_most = model is Document and field.name in ATTACHED_TO[1:]
            if field.related_model in made and not one_at_most:
                row[field.name] = made[field.related_model]
        elif isinstance(field, models.AutoField | models.CompositePrimaryKey):
            continue
        else:
            row[field.name] = _value(model, field, tx, made, place, marked=marked)
    return row


def _value(
    model: type[models.Model],
    field: models.Field[Any, Any],
    tx: Transaction,
    made: dict[type[models.Model], models.Model],
    place: int,
    *,
    marked: bool,
) -> Any:
    said = mark(model, field.column) if marked else f"{field.column} {place}"
    if isinstance(field, models.UUIDField):
        if field.name == "request":
            return made[Request].pk
        return made[Person].pk if field.name == "subject" else tx.new_id()
    if field.name in READ:
        return READ[field.name](said)
    if isinstance(field, models.JSONField):
        return {said: said}
    if isinstance(field, models.DateTimeField):
        return tx.at
    if isinstance(field, models.DateField):
        return BORN_ON if field.name == "born_on" else tx.at.date()
    if isinstance(field, models.BooleanField):
        return True
    if isinstance(field, models.IntegerField | models.BigIntegerField):
        return place
    if isinstance(field, models.BinaryField):
        return said.encode()
    return said


def bytes_of(folder: Path) -> dict[Path, bytes]:
    """Give every byte of every file below a folder; of what vanishes meanwhile, none."""
    found = {}
    for path in folder.rglob("*"):
        try:
            if path.is_file():
                found[path] = path.read_bytes()
        except FileNotFoundError:
            continue
    return found


def where(folder: Path, *needles: bytes) -> dict[str, list[Path]]:
    """Give in which files below a folder something stands."""
    there = bytes_of(folder)
    found = {needle: [path for path, data in there.items() if needle in data] for needle in needles}
    return {needle.decode(): paths for needle, paths in found.items() if paths}
