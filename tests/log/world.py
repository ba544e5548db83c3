"""A small establishment that lived a while, its log signed and witnessed; copies of it to spoil."""

from __future__ import annotations

import atexit
import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from unittest.mock import patch
from uuid import UUID, uuid5

from locutorio.record.checkpoint import Checkpoint
from locutorio.record.notes import Note, Signature, signatures_of, verified
from locutorio.record.proof import Policy
from locutorio.record.witness import Request
from locutorio.store.databases import database
from locutorio.store.keyring import VARIABLE as KEYRING
from locutorio.store.keyring import folder
from locutorio.store.log import checkpoints, succeeding
from locutorio.store.log.asking import FILE, Asked, Growth
from locutorio.store.log.rolling import call_roll
from locutorio.store.log.sequencer import sequence
from locutorio.store.log.witnessing import Witness
from locutorio.store.start import migrate, use
from locutorio.store.transaction import Sent
from locutorio.store.verifying import Found, verify
from tests.life import living
from tests.life.house import House, repeatable
from tests.life.life import Life, Step, attempted
from tests.life.tables import read

SEED, STEPS, SIGNED_EVERY = 7, 60, 12
NAMES = ("ombudsman.example/witness", "bar.example/witness")
DATABASE, KEYS, RING = "db", "db-keys", "db-keyring"


def act(life: Life, step: Step) -> None:
    """Do one thing in a life, through the real actions."""
    life.now = max(step.at, life.now)
    verb, _ = living.VERBS[step.verb]
    doing = verb(life, random.Random(step.salt))
    if doing is None:
        return
    life.sent += 1
    sent = Sent(uuid5(life.house.id, f"{life.sent} {step.salt}"), life.house.id, life.now)
    attempted(lambda: doing.call(sent))
    life.tables = read(life.tables)


@contextmanager
def witnessed(top: Path) -> Iterator[list[Witness]]:
    """Let two witnesses of this process be asked in place of those on a network."""
    known = [Witness(top / f"witness-{number}", name) for number, name in enumerate(NAMES)]

    def asked(whom: Asked, note: Note, growth: Growth, old: int) -> tuple[Signature, ...]:
        state = Checkpoint.parse(note.text)
        witness = next(one for one in known if one.keys[0].name == whom.name)
        before = witness.last(state.origin)
        size = Checkpoint.parse(before.text).size if before else 0
        signed = verified(note, succeeding.signer_of(UUID(state.origin.rpartition("/")[2])).keys)
        at = max(one.at for one in signed if one.at is not None)
        answer = witness.answer(Request(size, growth(size, state.size), note).written(), at)
        assert answer.status == 200, answer.body
        lines = signatures_of(answer.body.decode())
        assert verified(Note(note.text, lines), whom.keys)
        return lines

    with patch.object(checkpoints, "cosigned", asked):
        yield known


def introduced(known: list[Witness], establishment: UUID) -> None:
    """Let log and witnesses know each other."""
    lines = [f"witness {key.text()} http://127.0.0.1:1" for one in known for key in one.keys]
    (folder() / FILE).write_text("\n".join([*lines, "quorum 2"]))
    for one in known:
        one.watch(succeeding.policy_of(establishment))


@dataclass(frozen=True)
class World:
    """A directory with the database, the keys and what the signer remembers; and what others hold of it.

    ``seen`` is what the witnesses hold; ``policy`` whom an auditor believes. ``early`` is a directory with
    the same as it was halfway.
    """

    home: Path
    early: Path
    house: House
    policy: Policy
    seen: tuple[bytes, ...]
    now: datetime

    @property
    def establishment(self) -> UUID:
        return self.house.id

    def found(self, home: Path) -> Found:
        """Say what `verify` finds of a copy in a directory, for an auditor who asks the witnesses."""
        using(home)
        sequence(self.establishment)
        return verify(self.establishment, self.policy, self.now, seen=self.seen)


def using(home: Path) -> None:
    """Let this process work on the database and the keys of a directory."""
    os.environ[KEYRING] = str(home / RING)
    use(database(str(home / DATABASE)))


@cache
def world() -> World:
    """Give it, made once a process."""
    top = Path(tempfile.mkdtemp(prefix="locutorio-log-"))
    atexit.register(shutil.rmtree, top, ignore_errors=True)
    home, early = top / "home", top / "early"
    home.mkdir()
    ring = os.environ.get(KEYRING)
    using(home)
    try:
        migrate()
        with repeatable(SEED), witnessed(top) as known:
            life, rng = Life(SEED), random.Random(f"log {SEED}")
            here = life.house.id
            introduced(known, here)
            for number in range(STEPS):
                act(life, living.drawn(life, rng))
                if number % SIGNED_EVERY == SIGNED_EVERY - 1:
                    sequence(here)
                    call_roll(here, life.now)
                    checkpoints.sign(here, life.now)
                if number == STEPS // 2:
                    sequence(here)
                    shutil.copytree(home, early)
        policy = succeeding.policy_of(here)
        notes = [one.last(policy.origin) for one in known]
        return World(home, early, life.house, policy, tuple(one.written() for one in notes if one), life.now)
    finally:
        use({})
        os.environ.pop(KEYRING)
        if ring:
            os.environ[KEYRING] = ring


@contextmanager
def copied(home: Path) -> Iterator[Path]:
    """Give a copy of a directory, taken away at the end."""
    with tempfile.TemporaryDirectory(prefix="locutorio-copy-") as place:
        copy = Path(shutil.copytree(home, Path(place) / "home"))
        try:
            yield copy
        finally:
            use({})
            os.environ.pop(KEYRING, None)
