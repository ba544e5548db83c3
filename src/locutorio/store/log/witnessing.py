"""A witness: its keys, the logs that it knows, and the last checkpoint of each that it signed, as files."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from locutorio.kernel.faults import Fault
from locutorio.record.checkpoint import Checkpoint
from locutorio.record.notes import Key, Kind, Note, Signer, signatures_of
from locutorio.record.proof import Policy
from locutorio.record.unproved import Unproved
from locutorio.record.witness import PLAIN_TYPE, Answer, Request, step
from locutorio.store.keyring import kept, locked, made, secret

KINDS = {Kind.COSIGNATURE: "ed25519", Kind.ML_DSA_44: "ml-dsa-44"}


class Witness:
    """What one directory holds.

    Args:
        directory: made where there is none.
        name: its name, one for good; needed the first time only.

    Raises:
        Fault: it has no name yet and none is given, or another one; a file cannot be used.
    """

    def __init__(self, directory: Path, name: str = "") -> None:
        self._folder = made(directory)
        with locked(self._folder / "lock"):
            file = self._folder / "name"
            known = file.read_text("utf-8").strip() if file.exists() else ""
            if not (known or name) or (known and name not in {"", known}):
                raise Fault(
                    f'this witness is named "{known}"' if known else "this witness has no name yet",
                    why="its name is part of its keys",
                    remedy="give it one with --name, such as --name ombudsman.example/witness"
                    if not known
                    else "leave --name out, or name another directory",
                )
            self._signers = tuple(
                Signer(known or name, kind, secret(self._folder / word, make=not known))
                for kind, word in KINDS.items()
            )
            if not known:
                kept(file, f"{name}\n".encode())

    @property
    def keys(self) -> tuple[Key, ...]:
        """Its public keys."""
        return tuple(one.key for one in self._signers)

    def watch(self, policy: Policy) -> None:
        """Know a log from now on, by its name and keys; the keys it was known by before no longer count."""
        kept(self._of(policy.origin, "log"), policy.text().encode())

    def logs(self) -> dict[str, tuple[Key, ...]]:
        """Give the keys of each log that it knows.

        Raises:
            Fault: a file cannot be read.
        """
        policies = [Policy.parse(path.read_text("utf-8")) for path in sorted(self._folder.glob("*.log"))]
        return {policy.origin: policy.log for policy in policies}

    def answer(self, sent: bytes, at: int) -> Answer:
        """Answer one request. What it signed is on disk before this returns.

        Args:
            sent: the body of the request.
            at: the second since 1970, UTC.
        """
        with locked(self._folder / "lock"):
            origin = _origin(sent)
            last = self.last(origin)
            known = {origin: Checkpoint.parse(last.text)} if last else {}
            answer = step(known, sent, self.logs(), self._signers, at)
            if answer.known:
                note = Request.parse(sent).checkpoint.joined(signatures_of(answer.body.decode()))
                kept(self._of(origin, "checkpoint"), note.written())
            return answer

    def last(self, origin: str) -> Note | None:
        """Give the last checkpoint of a log, signed by the log and by this witness; None if it has none."""
        file = self._of(origin, "checkpoint")
        return Note.parse(file.read_bytes()) if file.exists() else None

    def shown(self, name: str) -> Answer:
        """Answer whoever asks for the last checkpoint of a log, named by the SHA-256 of its origin."""
        file = self._folder / f"{name}.checkpoint"
        if not (name.isalnum() and file.exists()):
            return Answer(404, b"this witness has no checkpoint of that log\n")
        return Answer(200, file.read_bytes(), PLAIN_TYPE)

    def _of(self, origin: str, ending: str) -> Path:
        return self._folder / f"{name_of(origin)}.{ending}"


def name_of(origin: str) -> str:
    """Give the name under which a witness shows what it last signed of a log."""
    return sha256(origin.encode()).hexdigest()


def _origin(sent: bytes) -> str:
    """Give the log that a request names; nothing is believed of it yet."""
    try:
        return Checkpoint.parse(Request.parse(sent).checkpoint.text).origin
    except Unproved:
        return ""
