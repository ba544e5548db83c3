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
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.db import Error, connection, connections, transaction

from locutorio.kernel.faults import Fault
from locutorio.record.entry import CHAIN_START, VERSION, Value, chained, written
from locutorio.record.sealing import NONCE_LENGTH, entry_key, seal
from locutorio.record.tree import Frontier, leaf_hash
from locutorio.record.unproved import Unproved
from locutorio.store import models
from locutorio.store.context import inside, listing
from locutorio.store.keys import ALIAS, data_keys, pseudonyms
from locutorio.store.log.gathering import Gathered, Whose, gathered
from locutorio.store.log.nodes import frontier
from locutorio.store.log.reading import key_name
from locutorio.store.log.writing import VEILED
from locutorio.store.statements import append
from locutorio.store.trouble import TRIES_MAX, Trouble, pause, told, trouble_of
from locutorio.store.turns import one_by_one

BATCH, ROWS_AT_ONCE = 200, 500
OWN_WRITER = "log"
COMMAND, PART, UNACCOUNTED, ROLL_CALL = "command", "change", "unaccounted", "roll_call"
KEPT_AS = "record"
LEAF_COLUMNS = {
    "establishment_id": "uuid",
    "index": "bigint",
    "entry_id": "uuid",
    "part": "int",
    "body": "bytea",
    "hash": "bytea",
    "chain": "bytea",
    "subject": "uuid",
    "subject_count": "bigint",
    "notice": "uuid",
    "kept_as": "text",
    "seal": "bytea",
}
NODE_COLUMNS = {"establishment_id": "uuid", "level": "int", "index": "bigint", "hash": "bytea"}
Row = tuple[UUID | int | str | bytes | None, ...]

_NOBODYS: Mapping[str, Value] = {
    "type": UNACCOUNTED,
    "actor": None,
    "factor": None,
    "action": None,
    "at": 0,
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def sequence(establishment: UUID | None = None) -> int:
    """Put everything that waits into the log of one establishment, or of each; give how many transactions.

    Raises:
        Fault: a key is missing, or the database does not answer or cannot write: what waits, waits on.
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
            trouble = trouble_of(error)
            if trouble is Trouble.DEFECT:
                raise
            if trouble is not Trouble.BUSY:
                connections.close_all()
                raise told(trouble, error) from error
            pause(turn)
    raise Fault(
        "the log could not be added to now",
        why="too many others are adding to it",
        remedy="nothing is lost: what waits comes into it the next time",
    )


@contextmanager
def held(establishment: UUID) -> Iterator[models.Log]:
    """Hold a log in a transaction. Whoever else adds to it waits, and then sees what was added."""
    with inside(establishment), transaction.atomic():
        new = models.Log(establishment_id=establishment, size=0, own_count=0)
        models.Log.objects.bulk_create([new], ignore_conflicts=True)
        yield models.Log.objects.select_for_update().get(establishment=establishment)


def _put(establishment: UUID, log: models.Log) -> int:
    found = gathered(establishment, BATCH)
    if not found:
        return 0
    growing = Growing(establishment, log)
    drafts = [draft for one in found for draft in _drafts(one)]
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


def _drafts(one: Gathered) -> Iterator[Draft]:
    """Give the leaves of one transaction: its entry, and what it changed of each other subject."""
    if one.entry is None:
        if one.changes:
            yield from _unaccounted(one)
        return
    try:
        first = _command(one.entry, one)
    except (KeyError, TypeError, ValueError):
        yield from _unaccounted(one)
        return
    yield first
    fields = {name: first.fields[name] for name in ("actor", "factor", "action", "at")}
    apart = {Whose(UUID(whom)): said for whom, said in (one.body["apart"] or {}).items()}
    others = sorted((one.parts.keys() | apart.keys()) - {first.whose}, key=str)
    for part, whose in enumerate(others, 1):
        content = {**apart.get(whose, {}), "changes": one.parts.get(whose, [])}
        yield Draft(one.entry, part, whose, content, {**fields, "type": PART})


def _command(entry: UUID, one: Gathered) -> Draft:
    body, header = one.body, dict(one.body["header"])
    about = UUID(body["about"]) if body["about"] else None
    touched = {whose.subject for whose in one.parts} if body["apart"] is None else set()
    whose = Whose(about or (touched.pop() if len(touched) == 1 else None))
    laws = {
        change["row"]["law_hash"]
        for change in one.changes
        if (change["table"], change["op"]) == ("store_decided", "insert")
    }
    if len(laws) == 1:
        header.setdefault("law", laws.pop())
    veiled = body["action"] in VEILED
    fields = {
        "type": header.pop("type", COMMAND),
        "writer": body["writer"],
        "writer_count": body["count"],
        "actor": body["actor"],
        "factor": body["factor"],
        "action": None if veiled else body["action"],
        "at": microseconds(datetime.fromisoformat(body["at"])),
    }
    named = {"action": body["action"]} if veiled else {}
    content = {**body["content"], **named, "changes": one.parts.get(whose, [])}
    return Draft(entry, 0, whose, content, fields, body["kept_as"], header)


def _unaccounted(one: Gathered) -> Iterator[Draft]:
    """Give the leaves of what was changed without an entry that can be read: an alarm."""
    entry, parts = uuid4(), one.parts or {Whose(): []}
    for part, whose in enumerate(sorted(parts, key=str)):
        content: dict[str, Any] = {"changes": parts[whose]}
        if part == 0 and one.entry is not None:
            content["unread"] = {"entry": str(one.entry), "body": one.body}
        yield Draft(entry, part, whose, content, _NOBODYS)


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
        self.leaves: list[Row] = []
        self.nodes: list[Row] = []

    def add(self, drafts: list[Draft]) -> None:
        whom = {draft.whose.subject for draft in drafts}
        with transaction.atomic(using=ALIAS):
            known = pseudonyms(self.establishment, {one for one in whom if one is not None})
            subjects = [known[draft.whose.subject] if draft.whose.subject else None for draft in drafts]
            named = [
                key_name(self.establishment, subject, draft.kept_as)
                for draft, subject in zip(drafts, subjects, strict=True)
            ]
            keys = data_keys(self.establishment, named)
        counts = _counts(self.establishment, [*known.values()])
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
            placed |= self._own()
        try:
            body = written(_fields(self.establishment, draft, placed))
        except Unproved:  # what somebody wrote there by hand
            body = written(
                _fields(self.establishment, replace(draft, fields=_NOBODYS, header={}), placed | self._own())
            )
        made = self.tree.append(leaf_hash(body))
        self.chain = chained(self.chain, made[0].hash)
        if subject:
            counts[subject] = count + 1, self.log.size
        place = (self.establishment, self.log.size, draft.entry, draft.part)
        whose = (subject, placed["subject_count"], draft.whose.notice, draft.kept_as)
        self.leaves.append((*place, body, made[0].hash, self.chain, *whose, sealed))
        self.nodes += [(self.establishment, one.level, one.index, one.hash) for one in made[1:]]
        self.log.size += 1

    def _own(self) -> dict[str, Value]:
        """Give the number of a leaf that the sequencer writes of itself."""
        self.log.own_count += 1
        return {"writer": OWN_WRITER, "writer_count": self.log.own_count}

    def keep(self) -> None:
        """Keep what was added."""
        append("store_leaf", LEAF_COLUMNS, self.leaves)
        append("store_node", NODE_COLUMNS, self.nodes)
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
