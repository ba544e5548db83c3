"""The keys under which contents are sealed, and whom a pseudonym is of: in a database of their own.

It is kept and copied apart, for a shorter time: a key that is destroyed takes with it whatever it sealed, in
every copy of the other database. The data keys are wrapped by the establishment's key, which stands in no
database.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any
from uuid import UUID, uuid4

from django.db import connections, transaction

from locutorio.record.sealing import KEY_LENGTH, NONCE_LENGTH, unwrap, wrap
from locutorio.store.keyring import folder, secret
from locutorio.store.statements import ESTABLISHMENT

ALIAS = "keys"
AT_ONCE = 200
Kept = tuple[UUID, str]
"""A subject (a pseudonym, or the establishment itself) and the class by which its contents are kept."""

TABLES = ("store_key", "store_pseudonym")
_TABLES = (
    """CREATE TABLE IF NOT EXISTS store_key (
        establishment varchar(36) NOT NULL, subject varchar(36) NOT NULL, class varchar(60) NOT NULL,
        wrapped text NOT NULL, PRIMARY KEY (establishment, subject, class))""",
    """CREATE TABLE IF NOT EXISTS store_pseudonym (
        establishment varchar(36) NOT NULL, whom varchar(36) NOT NULL, subject varchar(36) NOT NULL UNIQUE,
        PRIMARY KEY (establishment, whom))""",
)
DESTROYED = ""


def prepare() -> None:
    """Make the tables where there are none."""
    with connections[ALIAS].cursor() as cursor:
        for table in _TABLES:
            cursor.execute(table)


def pseudonyms(establishment: UUID, whom: Collection[UUID]) -> dict[UUID, UUID]:
    """Give the pseudonym of each person and contact; drawn for those who have none."""
    found = known_pseudonyms(establishment, whom)
    new = [(str(establishment), str(one), str(uuid4())) for one in sorted({*whom} - found.keys())]
    if not new:
        return found
    with _opened(establishment, to_write=True) as cursor:
        cursor.executemany(
            "INSERT INTO store_pseudonym (establishment, whom, subject) VALUES (%s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            new,
        )
    return known_pseudonyms(establishment, whom)


def known_pseudonyms(establishment: UUID, whom: Collection[UUID]) -> dict[UUID, UUID]:
    """Give the pseudonym of each person and contact who has one."""
    rows = _rows(
        "SELECT whom, subject FROM store_pseudonym WHERE establishment = %s AND whom IN ({})",
        establishment,
        {str(one) for one in whom},
    )
    return {UUID(one): UUID(subject) for one, subject in rows}


def data_key(establishment: UUID, subject: UUID, class_: str) -> bytes | None:
    """Give the data key of one subject and class, drawn where there is none; None where it was destroyed."""
    return data_keys(establishment, [(subject, class_)]).get((subject, class_))


def data_keys(establishment: UUID, wanted: Iterable[Kept]) -> dict[Kept, bytes]:
    """Give data keys, drawn where there is none; those that were destroyed are left out."""
    asked = {*wanted}
    wrapped = _wrapped(establishment, asked)
    new = sorted(asked - wrapped.keys())
    if new:
        above = _establishment_key(establishment)
        with _opened(establishment, to_write=True) as cursor:
            cursor.executemany(
                "INSERT INTO store_key (establishment, subject, class, wrapped) VALUES (%s, %s, %s, %s)"
                " ON CONFLICT DO NOTHING",
                [
                    (
                        str(establishment),
                        str(subject),
                        class_,
                        wrap(
                            above,
                            os.urandom(NONCE_LENGTH),
                            os.urandom(KEY_LENGTH),
                            _about(establishment, (subject, class_)),
                        ).hex(),
                    )
                    for subject, class_ in new
                ],
            )
        wrapped = _wrapped(establishment, asked)
    return _unwrapped(establishment, wrapped)


def kept_keys(establishment: UUID, wanted: Iterable[Kept]) -> dict[Kept, bytes]:
    """Give those data keys that there are; none is drawn."""
    return _unwrapped(establishment, _wrapped(establishment, {*wanted}))


def destroy(establishment: UUID, subject: UUID, class_: str | None = None) -> int:
    """Destroy the data keys of a subject, of one class or of all; give how many there were.

    What they sealed can be read no more, and nothing is sealed for that subject and class again.
    """
    chosen, values = ("", []) if class_ is None else (" AND class = %s", [class_])
    with _opened(establishment, to_write=True) as cursor:
        cursor.execute(
            "UPDATE store_key SET wrapped = %s WHERE establishment = %s AND subject = %s AND wrapped <> %s"  # noqa: S608
            + chosen,
            [DESTROYED, str(establishment), str(subject), DESTROYED, *values],
        )
        return int(cursor.rowcount)


def _wrapped(establishment: UUID, asked: Collection[Kept]) -> dict[Kept, str]:
    rows = _rows(
        "SELECT subject, class, wrapped FROM store_key WHERE establishment = %s AND subject IN ({})",
        establishment,
        {str(subject) for subject, _ in asked},
    )
    found = {(UUID(subject), class_): wrapped for subject, class_, wrapped in rows}
    return {one: found[one] for one in asked if one in found}


def _unwrapped(establishment: UUID, wrapped: Mapping[Kept, str]) -> dict[Kept, bytes]:
    left = {kept: text for kept, text in wrapped.items() if text != DESTROYED}
    if not left:
        return {}
    above = _establishment_key(establishment)
    return {
        kept: unwrap(above, bytes.fromhex(text), _about(establishment, kept)) for kept, text in left.items()
    }


def _establishment_key(establishment: UUID) -> bytes:
    """Give the key that wraps the others. It is drawn for an establishment that has none yet, never again."""
    with _opened(establishment) as cursor:
        cursor.execute("SELECT 1 FROM store_key WHERE establishment = %s LIMIT 1", [str(establishment)])
        used = cursor.fetchone() is not None
    return secret(folder() / f"establishment-{establishment}", make=not used)


def _about(establishment: UUID, kept: Kept) -> str:
    subject, class_ = kept
    return f"{establishment}/{subject}/{class_}"


def _rows(text: str, establishment: UUID, among: Collection[str]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    asked = sorted(among)
    with _opened(establishment) as cursor:
        for start in range(0, len(asked), AT_ONCE):
            some = asked[start : start + AT_ONCE]
            cursor.execute(text.format(", ".join(["%s"] * len(some))), [str(establishment), *some])
            found += cursor.fetchall()
    return found


@contextmanager
def _opened(establishment: UUID, *, to_write: bool = False) -> Iterator[Any]:
    """Give the keys of one establishment to ask of. To write, or on a server, it is one transaction."""
    on_server = connections[ALIAS].vendor == "postgresql"
    whole = transaction.atomic(using=ALIAS) if to_write or on_server else nullcontext()
    with whole, connections[ALIAS].cursor() as cursor:
        if on_server:
            cursor.execute(f"SELECT set_config('{ESTABLISHMENT}', %s, true)", [str(establishment)])
        yield cursor
