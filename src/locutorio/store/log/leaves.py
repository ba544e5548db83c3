"""The stored leaves of a log, looked at one by one: hashes, seals, headers, roll calls, what they changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from locutorio.record.audit import PIECE, Auditor, Piece
from locutorio.record.entry import Fields
from locutorio.record.rollcall import RollCall, Row
from locutorio.record.tree import levels_of
from locutorio.record.unproved import Unproved
from locutorio.store.log.gathering import gathered
from locutorio.store.log.reading import Content, payloads
from locutorio.store.log.replayed import Replay
from locutorio.store.log.sequencer import OWN_WRITER, ROLL_CALL, UNACCOUNTED
from locutorio.store.log.writing import VEILED
from locutorio.store.models import Entry, Leaf, Log, Node

WAITING_MAX = timedelta(seconds=5)
ERASED = "erased"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Leaves:
    """Goes through a log. ``faults`` grows by what does not hold; ``replay`` is what the entries come to."""

    def __init__(self, establishment: UUID, auditor: Auditor) -> None:
        self.establishment, self.auditor = establishment, auditor
        self.size, self.waiting = 0, 0
        self.faults: list[str] = []
        self.replay = Replay()
        self._told: set[UUID] = set()
        self._of_one_entry: tuple[UUID | None, list[dict[str, Any]]] = (None, [])
        self._rows: dict[str, tuple[int, int]] = {}
        self._unread: dict[str | None, list[int]] = defaultdict(list)
        self._erased: set[str | None] = set()
        self._high: list[bytes] = []

    def go(self, at: datetime) -> None:
        """Look at all leaves, then at what waits for the log, then at what stands beside it."""
        for leaves in self._pieces():
            piece = self.auditor.take([bytes(leaf.body) for leaf in leaves])
            self._tree(leaves, piece)
            self._contents(leaves)
            self.size += len(leaves)
        self._flush(None)
        self._upper_nodes()
        self._waits(at)
        self._beside()

    def _pieces(self) -> Iterator[list[Leaf]]:
        last = -1
        mine = Leaf.objects.filter(establishment=self.establishment).order_by("index")
        while leaves := [*mine.filter(index__gt=last)[:PIECE]]:
            yield leaves
            last = leaves[-1].index

    def _tree(self, leaves: Sequence[Leaf], piece: Piece) -> None:
        for at, leaf in enumerate(leaves):
            if leaf.index != self.size + at:
                self._say(leaf.index, f"{self.size + at} should stand here")
            if bytes(leaf.hash) != piece.levels[0][at]:
                self._say(leaf.index, "its hash is not that of its bytes")
            if bytes(leaf.chain) != piece.chains[at]:
                self._say(leaf.index, "the running hash does not follow on the one before")
        for level, hashes in enumerate(piece.levels[1:], 1):
            self._nodes(level, self.size >> level, hashes)
        if len(leaves) == PIECE:
            self._high.append(piece.levels[-1][0])

    def _upper_nodes(self) -> None:
        """Look at the nodes above whole pieces, and that there is none too many."""
        height = PIECE.bit_length() - 1
        for level, hashes in enumerate(levels_of(self._high)[1:], height + 1):
            self._nodes(level, 0, hashes)
        due = sum(self.size >> level for level in range(1, self.size.bit_length()))
        if Node.objects.filter(establishment=self.establishment).count() != due:
            self.faults.append(f"the tree has not the {due} nodes that {self.size} entries make")

    def _nodes(self, level: int, start: int, hashes: Sequence[bytes]) -> None:
        rows = Node.objects.filter(
            establishment=self.establishment, level=level, index__gte=start, index__lt=start + len(hashes)
        )
        stored = {index: bytes(hash_) for index, hash_ in rows.values_list("index", "hash")}
        for index, hash_ in enumerate(hashes, start):
            if stored.get(index) != hash_:
                self.faults.append(f"node {index} of level {level} is not that of the entries below it")

    def _contents(self, leaves: Sequence[Leaf]) -> None:
        try:
            contents = payloads(leaves)
        except Unproved:
            contents = [self._opened(leaf) for leaf in leaves]
        entries = {leaf.entry_id for leaf in leaves if leaf.part == 0}
        rows = Entry.objects.filter(establishment=self.establishment, id__in=entries)
        headers = {one.id: one for one in rows}
        for leaf, content in zip(leaves, contents, strict=True):
            try:
                fields: Fields = json.loads(bytes(leaf.body))
                self._one(leaf, fields, content, headers.get(leaf.entry_id))
            except (ValueError, KeyError, TypeError, Unproved):
                self._say(leaf.index, "it cannot be read")

    def _one(self, leaf: Leaf, fields: Fields, content: Content | None, header: Entry | None) -> None:
        subject, count = fields["subject"], fields["subject_count"]
        name = f"{leaf.entry_id}.{leaf.part}" if leaf.part else str(leaf.entry_id)
        said = (fields["id"], fields["establishment"], subject, count)
        of_leaf = str(leaf.subject) if leaf.subject else None
        if said != (name, str(self.establishment), of_leaf, leaf.subject_count):
            self._say(leaf.index, "what stands beside it is not what it says")
        if leaf.seal is not None and sha256(bytes(leaf.seal)).hexdigest() != fields["payload"]:
            self._say(leaf.index, "its content is not the one that was sealed")
        if content is None and fields["payload"] is not None:
            self._unread[str(subject) if subject else None].append(leaf.index)
        if fields["type"] == ROLL_CALL:
            self._roll(leaf.index, fields)
        elif fields["type"] == ERASED:
            self._erased.add(str(subject))
        elif fields["type"] == UNACCOUNTED:
            self._say(leaf.index, "something was changed without an entry that says by whom and why")
        if leaf.part == 0 and fields["writer"] != OWN_WRITER:
            self._header(leaf, fields, content, header)
        if subject is not None and isinstance(count, int):
            self._rows[str(subject)] = count, leaf.index
        if leaf.entry_id != self._of_one_entry[0]:
            self._flush(leaf.entry_id)
        self._of_one_entry[1].extend((content or {}).get("changes", ()))

    def _header(self, leaf: Leaf, fields: Fields, content: Content | None, header: Entry | None) -> None:
        if header is None:
            self._say(leaf.index, "there is no row of its command")
            return
        self._told.add(header.id)
        actor = str(header.actor) if header.actor else None
        at = (header.at - _EPOCH) // timedelta(microseconds=1)
        named = None if header.action in VEILED else header.action
        same = (named, actor, at) == (fields["action"], fields["actor"], fields["at"])
        person = str(header.person) if header.person else None
        if content is not None:
            same = same and (str(header.command), person) == (content["command"], content["person"])
            same = same and header.action == (fields["action"] or content["action"])
        if not same:
            self._say(leaf.index, "the row of its command says something else")

    def _roll(self, index: int, fields: Fields) -> None:
        roll = RollCall(Row(subject, *row) for subject, row in self._rows.items())
        if (fields.get("roll"), fields.get("people")) != (roll.root().hex(), len(roll.rows)):
            self._say(index, "the roll call is not that of the entries before it")

    def _flush(self, entry: UUID | None) -> None:
        self.replay.carry_out(self._of_one_entry[1])
        self._of_one_entry = entry, []

    def _opened(self, leaf: Leaf) -> Content | None:
        try:
            return payloads([leaf])[0]
        except Unproved as fault:
            self._say(leaf.index, fault.what)
            return None

    def _waits(self, at: datetime) -> None:
        """Look at what is not yet in the log."""
        for one in gathered(self.establishment):
            if one.entry is None and not one.changes:
                continue
            self.waiting += 1
            self.replay.carry_out(one.changes)
            if one.entry is None:
                self.faults.append("something was changed without an entry that says by whom and why")
                continue
            self._told.add(one.entry)
            if at - datetime.fromisoformat(one.body["at"]) > WAITING_MAX:
                self.faults.append(f"the entry {one.entry} has waited for the log for more than 5 seconds")

    def _beside(self) -> None:
        """Look at what must fit the log: the rows of commands, its size, what was erased."""
        rows = Entry.objects.filter(establishment=self.establishment)
        if rows.count() != len(self._told):
            gone = {*rows.values_list("id", flat=True)} - self._told
            self.faults += [f"the entry {one} is not in the log" for one in sorted(gone)]
        size = Log.objects.filter(establishment=self.establishment).values_list("size", flat=True).first()
        if (size or 0) != self.size:
            self.faults.append(f"the log counts {size or 0} entries, and there are {self.size}")
        for subject, indexes in self._unread.items():
            if subject is None or subject not in self._erased:
                for index in indexes:
                    self._say(index, "its content cannot be read, and no entry says that it was erased")

    def _say(self, index: int, what: str) -> None:
        self.faults.append(f"entry {index}: {what}")
