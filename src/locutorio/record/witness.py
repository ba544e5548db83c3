"""A witness's step: what it knew and what it is sent become what it answers and what it knows.

The protocol is that of https://c2sp.org/tlog-witness. Whoever runs a witness keeps what the step gives as
known, on disk and in one piece with reading what was known before it, and only then sends the answer. So
a witness never signs two roots of one size, nor a smaller tree after a larger one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from locutorio.record.checkpoint import SIZE_MAX, Checkpoint, base64_of, bytes_of, number_of
from locutorio.record.notes import Key, Note, Signer, verified
from locutorio.record.tree import EMPTY_ROOT, HASH_LENGTH, PATH_LENGTH_MAX, check_consistency
from locutorio.record.unproved import Unproved

REQUEST_LENGTH_MAX = 300_000
SIZE_TYPE = "text/x.tlog.size"
PLAIN_TYPE = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a witness answers: HTTP status, body and its type, and what it knows from then on if it signed."""

    status: int
    body: bytes
    content_type: str = PLAIN_TYPE
    known: Checkpoint | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What a log sends: the size that the witness should know, the proof of growth, its checkpoint."""

    old: int
    path: tuple[bytes, ...]
    checkpoint: Note

    def written(self) -> bytes:
        """Give the body of the request."""
        lines = [f"old {self.old}", *map(base64_of, self.path), "", ""]
        return "\n".join(lines).encode() + self.checkpoint.written()

    @classmethod
    def parse(cls, data: bytes) -> Request:
        """Read the body of a request.

        Raises:
            Unproved: if it is not exactly what ``written`` gives, or too long.
        """
        if len(data) > REQUEST_LENGTH_MAX:
            raise Unproved("the request is too long")
        head, blank, note = data.partition(b"\n\n")
        try:
            first, *lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError as error:
            raise Unproved("the request is not a text") from error
        if not blank or not first.startswith("old "):
            raise Unproved("the request does not begin with the old size")
        path = tuple(map(bytes_of, lines))
        if len(path) > PATH_LENGTH_MAX or any(len(beside) != HASH_LENGTH for beside in path):
            raise Unproved("the request holds too many hashes, or something that is none")
        return cls(number_of(first.removeprefix("old "), SIZE_MAX), path, Note.parse(note))


def step(
    known: Mapping[str, Checkpoint],
    sent: bytes,
    logs: Mapping[str, Collection[Key]],
    signers: Collection[Signer],
    at: int,
) -> Answer:
    """Answer one request.

    Args:
        known: for each origin, the last checkpoint that this witness signed.
        sent: the body of the request.
        logs: for each origin, the log's keys; every one of them must have signed.
        signers: the witness's own keys.
        at: the second since 1970, UTC, that the cosignatures say.

    Returns:
        200 with the cosignatures; 400 malformed; 403 not signed by the log; 404 another log; 409 with the
        size that is known, or another root of the same size; 422 the tree did not only grow.
    """
    try:
        request = Request.parse(sent)
        state = Checkpoint.parse(request.checkpoint.text)
    except Unproved as fault:
        return _refused(400, fault.what)
    if state.origin not in logs:
        return _refused(404, "this witness does not know the log")
    try:
        signed = {one.key for one in verified(request.checkpoint, logs[state.origin])}
    except Unproved as fault:
        return _refused(403, fault.what)
    if not signed or not {*logs[state.origin]} <= signed:
        return _refused(403, "the checkpoint is not signed by every key of the log")
    if request.old > state.size:
        return _refused(400, "the old size is larger than the checkpoint's")
    last = known.get(state.origin, Checkpoint(state.origin, 0, EMPTY_ROOT))
    if request.old != last.size:
        return Answer(409, f"{last.size}\n".encode(), SIZE_TYPE)
    if last.size == state.size and last.root != state.root:
        return Answer(409, f"{last.size}\n".encode(), SIZE_TYPE)
    try:
        check_consistency(last.size, last.root, state.size, state.root, request.path)
    except Unproved as fault:
        return _refused(422, fault.what)
    lines = [signer.sign(request.checkpoint.text, at).text() for signer in signers]
    return Answer(200, "".join(lines).encode(), known=state)


def _refused(status: int, what: str) -> Answer:
    return Answer(status, f"{what}\n".encode())
