"""Puts what transactions wrote of themselves into the log of their establishment: numbered, sealed, hashed.

Transactions do not wait for each other's place in the log. The sequencer comes after them, holds the log
while it adds to it, and does all of it in one transaction: whatever ends it, everything is as before, and the
next one goes on. Two rows of what waits never stand in the wrong order where one waited for the other.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.db import Error, connection, transaction

from locutorio.record.entry import CHAIN_START, VERSION, Value, chained, written
from locutorio.record.sealing import NONCE_LENGTH, entry_key, seal
from locutorio.record.tree import Frontier, Node, leaf_hash
from locutorio.record.unproved import Unproved
from locutorio.store import models
from locutorio.store.context import listing
from locutorio.store.keys import data_keys, pseudonyms
from locutorio.store.log.gathering import Gathered, Whose, gathered
from locutorio.store.log.nodes import frontier
from locutorio.store.log.reading import key_name
from locutorio.store.statements import ESTABLISHMENT, say
from locutorio.store.trouble import TRIES_MAX, Trouble, pause, trouble_of
from locutorio.store.turns import one_by_one

BATCH, ROWS_AT_ONCE = 200, 500
OWN_WRITER = "log"
COMMAND, PART, UNACCOUNTED, ROLL_CALL = "command", "change", "unaccounted", "roll_call"
KEPT_AS = "record"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def sequence(establishment: UUID | None = None) -> int:
    """Put everything that waits into the log of one establishment, or of each; give how many transactions.

    Raises:
        Fault: a key is missing.
        Error: the database does not answer, or cannot write.
    """
    wanted = [establishment] if establishment else _establishments()
    return sum(_all_of(one) for one in wanted)


def _establishments() -> list[UUID]:
    with listing():
        return [*models.Establishment.objects.order_by("id").values_list("id", flat=True)]


def _all_of(establishment: UUID) -> int:
    done = 0
    while some := _tried(establishment):
        done += some
    return done


def _tried(establishment: UUID) -> int:
    """Put some of what waits into a log, again where others were in the way."""
    for turn in range(TRIES_MAX):
        try:
            with one_by_one(), held(establishment) as log:
                return _put(establishment, log)
        except Error as error:
            if trouble_of(error) is not Trouble.BUSY or turn == TRIES_MAX - 1:
                raise
            pause(turn)
    return 0


@contextmanager
def held(establishment: UUID) -> Iterator[models.Log]:
    """Hold a log in a transaction. Whoever else adds to it waits, and then sees what was added."""
    with transaction.atomic(durable=True):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            say({ESTABLISHMENT: str(establishment)})
        new = models.Log(establishment_id=establishment, size=0, own_count=0)
        models.Log.objects.bulk_create([new], ignore_conflicts=True)
        yield models.Log.objects.select_for_update().get(establishment=establishment)


def _put(establishment: UUID, log: models.Log) -> int:
    found = gathered(establishment, BATCH)
    if not found:
        return 0
    growing = Growing(establishment, log)
    drafts = [draft for one in found for draft in _drafts(establishment, one)]
    growing.add(drafts)
    growing.keep()
    rows = [row for one in found for row in one.rows]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        models.Pending.objects.filter(id__in=rows[start : start + ROWS_AT_ONCE]).delete()
    return len(found)


@dataclass(slots=True)
class Draft:
    """A leaf before it has its place: whose it is, its content, and what is known of its entry."""

    entry: UUID
    part: int
    whose: Whose
    content: Mapping[str, Any]
    fields: Mapping[str, Value]
    kept_as: str = KEPT_AS
    header: Mapping[str, Value] = field(default_factory=dict)


def _drafts(establishment: UUID, one: Gathered) -> Iterator[Draft]:
    """Give the leaves of one transaction: its entry, and what it changed of each other subject."""
    if one.entry is None:
        if one.changes:
            yield from _unaccounted(one)
        return
    try:
        first = _command(one.entry, one)
        _check(establishment, first)
    except (KeyError, TypeError, ValueError, Unproved):
        yield from _unaccounted(one)
        return
    yield first
    fields = {name: first.fields[name] for name in ("actor", "factor", "action", "at")}
    others = sorted(one.parts.keys() - {first.whose}, key=str)
    for part, whose in enumerate(others, 1):
        yield Draft(one.entry, part, whose, {"changes": one.parts[whose]}, {**fields, "type": PART})


def _command(entry: UUID, one: Gathered) -> Draft:
    body, header = one.body, dict(one.body["header"])
    about = UUID(body["about"]) if body["about"] else None
    touched = {whose.subject for whose in one.parts}
    whose = Whose(about or (touched.pop() if len(touched) == 1 else None))
    laws = {
        change["row"]["law_hash"]
        for change in one.changes
        if (change["table"], change["op"]) == ("store_decided", "insert")
    }
    if len(laws) == 1:
        header.setdefault("law", laws.pop())
    fields = {
        "type": header.pop("type", COMMAND),
        "writer": body["writer"],
        "writer_count": body["count"],
        "actor": body["actor"],
        "factor": body["factor"],
        "action": body["action"],
        "at": microseconds(datetime.fromisoformat(body["at"])),
    }
    content = {**body["content"], "changes": one.parts.get(whose, [])}
    return Draft(entry, 0, whose, content, fields, body["kept_as"], header)


def _unaccounted(one: Gathered) -> Iterator[Draft]:
    """Give the leaves of what was changed without an entry that can be read: an alarm."""
    fields = {"type": UNACCOUNTED, "actor": None, "factor": None, "action": None, "at": 0}
    entry, parts = uuid4(), one.parts or {Whose(): []}
    for part, whose in enumerate(sorted(parts, key=str)):
        content: dict[str, Any] = {"changes": parts[whose]}
        if part == 0 and one.entry is not None:
            content["unread"] = {"entry": str(one.entry), "body": one.body}
        yield Draft(entry, part, whose, content, fields)


def _check(establishment: UUID, draft: Draft) -> None:
    """See that an entry can be written of it."""
    placed = {"subject": None, "subject_count": None, "subject_previous": None, "payload": None}
    written(_fields(establishment, draft, placed))


def _fields(establishment: UUID, draft: Draft, placed: Mapping[str, Value]) -> dict[str, Value]:
    return {
        "v": VERSION,
        "id": _name(draft),
        "establishment": str(establishment),
        **draft.fields,
        **placed,
        **draft.header,
    }


def _name(draft: Draft) -> str:
    return f"{draft.entry}.{draft.part}" if draft.part else str(draft.entry)


class Growing:
    """A log as it grows: leaves get their place, their seal and their hash, and are then kept together."""

    def __init__(self, establishment: UUID, log: models.Log) -> None:
        self.establishment, self.log = establishment, log
        self.tree: Frontier = frontier(establishment, log.size)
        last = models.Leaf.objects.filter(establishment=establishment, index=log.size - 1)
        self.chain = bytes(last.values_list("chain", flat=True).get()) if log.size else CHAIN_START
        self.leaves: list[models.Leaf] = []
        self.nodes: list[Node] = []

    def add(self, drafts: list[Draft]) -> None:
        whom = {draft.whose.subject for draft in drafts}
        known = pseudonyms(self.establishment, {one for one in whom if one is not None})
        counts = _counts(self.establishment, [*known.values()])
        subjects = [known[draft.whose.subject] if draft.whose.subject else None for draft in drafts]
        named = [
            key_name(self.establishment, subject, draft.kept_as)
            for draft, subject in zip(drafts, subjects, strict=True)
        ]
        keys = data_keys(self.establishment, named)
        for draft, subject, name in zip(drafts, subjects, named, strict=True):
            self._add(draft, subject, keys.get(name), counts)

    def _add(
        self, draft: Draft, subject: UUID | None, key: bytes | None, counts: dict[UUID, tuple[int, int]]
    ) -> None:
        sealed = None
        if key is not None:
            content = json.dumps(draft.content, sort_keys=True).encode()
            name = _name(draft)
            sealed = seal(entry_key(key, name), os.urandom(NONCE_LENGTH), content, name)
        count, previous = counts.get(subject, (0, None)) if subject else (0, None)
        placed: dict[str, Value] = {
            "subject": str(subject) if subject else None,
            "subject_count": count + 1 if subject else None,
            "subject_previous": previous,
            "payload": sha256(sealed).hexdigest() if sealed is not None else None,
        }
        if "writer" not in draft.fields:
            self.log.own_count += 1
            placed |= {"writer": OWN_WRITER, "writer_count": self.log.own_count}
        body = written(_fields(self.establishment, draft, placed))
        made = self.tree.append(leaf_hash(body))
        self.chain = chained(self.chain, made[0].hash)
        if subject:
            counts[subject] = count + 1, self.log.size
        self.leaves.append(
            models.Leaf(
                establishment_id=self.establishment,
                index=self.log.size,
                entry_id=draft.entry,
                part=draft.part,
                body=body,
                hash=made[0].hash,
                chain=self.chain,
                subject=subject,
                subject_count=placed["subject_count"],
                notice=draft.whose.notice,
                kept_as=draft.kept_as,
                seal=sealed,
            )
        )
        self.nodes += made[1:]
        self.log.size += 1

    def keep(self) -> None:
        models.Leaf.objects.bulk_create(self.leaves, batch_size=ROWS_AT_ONCE)
        models.Node.objects.bulk_create(
            (
                models.Node(
                    establishment_id=self.establishment, level=one.level, index=one.index, hash=one.hash
                )
                for one in self.nodes
            ),
            batch_size=ROWS_AT_ONCE,
        )
        self.log.save()


def _counts(establishment: UUID, subjects: list[UUID]) -> dict[UUID, tuple[int, int]]:
    """Give how many leaves each subject has, and which is the last."""
    if not subjects:
        return {}
    kept = [one.hex if connection.vendor == "sqlite" else one for one in (establishment, *subjects)]
    found: dict[UUID, tuple[int, int]] = {}
    for start in range(1, len(kept), ROWS_AT_ONCE):
        some = kept[start : start + ROWS_AT_ONCE]
        with connection.cursor() as cursor:
            cursor.execute(
                f"""WITH one (subject) AS (VALUES {", ".join(["(%s)"] * len(some))})
                SELECT leaf.subject, leaf.subject_count, leaf."index" FROM one JOIN store_leaf leaf
                ON leaf.establishment_id = %s AND leaf.subject = one.subject AND leaf.subject_count =
                (SELECT max(subject_count) FROM store_leaf
                WHERE establishment_id = %s AND subject = one.subject)""",  # noqa: S608 - marks alone
                [*some, kept[0], kept[0]],
            )
            for subject, count, index in cursor.fetchall():
                found[subject if isinstance(subject, UUID) else UUID(subject)] = count, index
    return found


def microseconds(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)
