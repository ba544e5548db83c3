"""Somebody with root: writes past all fences, holds every key of the log, and makes it all fit again."""

from __future__ import annotations

import json
import random
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from locutorio.record.checkpoint import Checkpoint
from locutorio.record.entry import CHAIN_START, chained, written
from locutorio.record.notes import Note
from locutorio.record.tree import Frontier, leaf_hash
from locutorio.store.log.signing import LogSigner
from locutorio.store.log.succeeding import origin_of
from tests.log.world import DATABASE, KEYS, RING, World

Row = dict[str, Any]
LINKS = ("subject_count", "subject_previous", "writer_count")


@dataclass
class Insider:
    """At work in one copy of a world."""

    world: World
    home: Path
    rng: random.Random
    base: sqlite3.Connection

    @property
    def here(self) -> str:
        return self.world.establishment.hex

    def say(self, text: str, *values: object) -> list[Row]:
        """Run a statement."""
        found = self.base.execute(text, values)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def leaves(self) -> list[Row]:
        return self.say('SELECT * FROM store_leaf ORDER BY "index"')

    def one(self, rows: Sequence[Row]) -> Row:
        """Draw one of some rows."""
        assert rows, "there is nothing to spoil"
        return self.rng.choice(rows)

    def early_leaf(self) -> Row:
        """Draw a leaf that witnesses have seen."""
        seen = min(Checkpoint.parse(Note.parse(note).text).size for note in self.world.seen)
        return self.one([leaf for leaf in self.leaves() if leaf["index"] < seen])

    def put_leaves(self, leaves: Sequence[Row]) -> None:
        """Write all leaves anew, as they stand in a list."""
        self.base.execute("DELETE FROM store_leaf")
        for row in leaves:
            marks = ", ".join("?" * len(row))
            names = ", ".join(f'"{name}"' for name in row)
            self.base.execute(f"INSERT INTO store_leaf ({names}) VALUES ({marks})", [*row.values()])

    def linked(self, leaves: Sequence[Row]) -> list[Row]:
        """Number entries anew: each index, and each count of its writer and its subject."""
        writers: dict[str, int] = defaultdict(int)
        subjects: dict[str, tuple[int, int]] = {}
        made = []
        for index, leaf in enumerate(leaves):
            fields = json.loads(leaf["body"])
            writers[fields["writer"]] += 1
            fields["writer_count"] = writers[fields["writer"]]
            if fields["subject"]:
                count, last = subjects.get(fields["subject"], (0, None))
                fields |= {"subject_count": count + 1, "subject_previous": last}
                subjects[fields["subject"]] = count + 1, index
            body = written(fields)
            made.append({**leaf, "index": index, "body": body, "subject_count": fields["subject_count"]})
        return made

    def recompute(self, leaves: Sequence[Row]) -> None:
        """Write leaves, and make every hash, node and count fit them."""
        tree, chain = Frontier(), CHAIN_START
        nodes, fitting = [], []
        for row in leaves:
            made = tree.append(leaf_hash(row["body"]))
            chain = chained(chain, made[0].hash)
            nodes += made[1:]
            fitting.append({**row, "hash": made[0].hash, "chain": chain})
        self.put_leaves(fitting)
        self.base.execute("DELETE FROM store_node")
        for node in nodes:
            self.base.execute(
                'INSERT INTO store_node (establishment_id, level, "index", hash) VALUES (?, ?, ?, ?)',
                (self.here, node.level, node.index, node.hash),
            )
        self.base.execute("UPDATE store_log SET size = ?", (len(leaves),))

    def sign_again(self) -> None:
        """Sign every checkpoint anew with the stolen keys, as far as there are leaves; and remember it."""
        leaves = [bytes(row["hash"]) for row in self.leaves()]
        for row in self.say("SELECT id, size, note FROM store_signed"):
            if row["size"] > len(leaves):
                self.say("DELETE FROM store_signed WHERE id = ?", row["id"])
                continue
            note = self.signed(leaves[: row["size"]])
            self.say("UPDATE store_signed SET note = ? WHERE id = ?", note.written(), row["id"])
        self.remember(leaves)

    def signed(self, leaves: Sequence[bytes]) -> Note:
        """Sign a checkpoint over some leaf hashes with the stolen keys."""
        text = self.state(leaves).text()
        signers = LogSigner(self.home / RING, self.origin)._signers
        return Note(text, tuple(one.sign(text, 1) for one in signers))

    def state(self, leaves: Sequence[bytes]) -> Checkpoint:
        tree = Frontier()
        for leaf in leaves:
            tree.append(leaf)
        return Checkpoint(self.origin, len(leaves), tree.root())

    def remember(self, leaves: Sequence[bytes]) -> None:
        """Let the signer remember another state."""
        (file,) = (self.home / RING).glob("*.signed")
        file.write_text(self.state(leaves).text())

    @property
    def origin(self) -> str:
        return origin_of(self.world.establishment)

    @contextmanager
    def past_fences(self) -> Iterator[None]:
        """Take every trigger away, and put it back."""
        triggers = self.say("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        for row in triggers:
            self.base.execute(f'DROP TRIGGER "{row["name"]}"')
        yield
        for row in triggers:
            self.base.execute(row["sql"])


@contextmanager
def insider(world: World, home: Path, rng: random.Random) -> Iterator[Insider]:
    """Let somebody work past all fences, which stand again at the end."""
    base = sqlite3.connect(home / DATABASE)
    try:
        base.execute("PRAGMA synchronous=OFF")
        one = Insider(world, home, rng, base)
        with one.past_fences():
            yield one
        base.commit()
    finally:
        base.close()


def keys_of(home: Path) -> sqlite3.Connection:
    """Open the database of the data keys."""
    return sqlite3.connect(home / KEYS)
