"""A log made for a test: entries, keys from fixed seeds, checkpoints, proofs; and the second verifier."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from hashlib import sha256
from types import ModuleType

from locutorio.record.checkpoint import Checkpoint
from locutorio.record.entry import Fields, written
from locutorio.record.notes import Kind, Note, Signer
from locutorio.record.proof import Policy, Proof
from locutorio.record.tree import inclusion, leaf_hash, levels_of, reader_of, root_at
from tests.architecture.source import ROOT

ORIGIN = "log.example/arcadia"
AT = 1_790_000_000
REFUSED = (ValueError, RecursionError)
"""What the second verifier takes for `does not hold`."""


def signer(name: str, kind: Kind) -> Signer:
    """Give a signer whose seed is made from its name and kind."""
    return Signer(name, kind, sha256(f"{name} {kind}".encode()).digest())


LOG = (signer(ORIGIN, Kind.ED25519), signer(ORIGIN, Kind.ML_DSA_44))
WITNESSES = (
    signer("witness.example/one", Kind.COSIGNATURE),
    signer("witness.example/two", Kind.ML_DSA_44),
    signer("witness.example/three", Kind.COSIGNATURE),
)
POLICY = Policy(ORIGIN, tuple(one.key for one in LOG), tuple(one.key for one in WITNESSES), 2)


def fields(number: int, **changes: str | int | None) -> Fields:
    """Give the fields of entry ``number`` of one writer, about nobody."""
    plain: Fields = {
        "v": 1,
        "type": "command",
        "id": f"entry-{number}",
        "establishment": "arcadia",
        "writer": "writer-1",
        "writer_count": number + 1,
        "subject": None,
        "subject_count": None,
        "subject_previous": None,
        "actor": "officer-1",
        "factor": "passkey",
        "at": AT * 1_000_000 + number,
        "action": "book_visit",
        "payload": sha256(str(number).encode()).hexdigest(),
    }
    return {**plain, **changes}


def entries(count: int, people: int = 3) -> list[bytes]:
    """Give entries about some people in turn."""
    made = []
    for number in range(count):
        who: dict[str, str | int | None] = {
            "subject": f"pseudonym-{number % people}",
            "subject_count": number // people + 1,
            "subject_previous": number - people if number >= people else None,
        }
        made.append(written(fields(number, **who)))
    return made


@dataclass(frozen=True, slots=True)
class Log:
    """Entries with everything that can be proved of them."""

    entries: list[bytes]

    def state(self, size: int | None = None) -> Checkpoint:
        """Give the state at a size, or of the whole."""
        size = len(self.entries) if size is None else size
        leaves = [leaf_hash(entry) for entry in self.entries[:size]]
        return Checkpoint(ORIGIN, size, root_at(size, reader_of(levels_of(leaves))))

    def checkpoint(self, size: int | None = None, by: tuple[Signer, ...] = (*LOG, *WITNESSES)) -> Note:
        """Give the checkpoint at a size, signed by some."""
        text = self.state(size).text()
        return Note(text, tuple(one.sign(text, AT) for one in by))

    def proof(self, index: int) -> Proof:
        """Give the proof of an entry in the whole log."""
        read = reader_of(levels_of([leaf_hash(entry) for entry in self.entries]))
        return Proof(index, inclusion(index, len(self.entries), read), self.checkpoint())


def second_verifier() -> ModuleType:
    """Load verifier/verify_proof.py, which is in no package."""
    path = ROOT / "verifier" / "verify_proof.py"
    found = importlib.util.spec_from_file_location("verify_proof", path)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules["verify_proof"] = module
    found.loader.exec_module(module)
    return module
