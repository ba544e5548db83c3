"""A proof of one entry, checked without anybody's help (https://c2sp.org/tlog-proof), and whom to believe."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from locutorio.record.checkpoint import SIZE_MAX, Checkpoint, base64_of, bytes_of, number_of
from locutorio.record.notes import Key, Kind, Note, verified
from locutorio.record.tree import HASH_LENGTH, PATH_LENGTH_MAX, check_inclusion, leaf_hash
from locutorio.record.unproved import Unproved

PROOF_LENGTH_MAX = 500_000
_HEAD = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class Policy:
    """Whom one believes about a log.

    Args:
        origin: the log's name.
        log: the log's keys. Every one of them must have signed, so that a break of one kind is not enough.
        witnesses: the witnesses' keys. A witness is its name, and may have a key of each kind.
        quorum: how many witnesses must have signed. 0 for a log without witnesses.

    Raises:
        Unproved: if it could be met without what it asks: no key of the log, a key under two names, a witness
            whose signature does not say when, fewer witnesses than the quorum.
    """

    origin: str
    log: tuple[Key, ...]
    witnesses: tuple[Key, ...]
    quorum: int

    def __post_init__(self) -> None:
        if not self.log:
            raise Unproved("the policy names no key of the log")
        names = {key.name for key in self.witnesses}
        if not 0 <= self.quorum <= len(names):
            raise Unproved("the policy asks for more witnesses than it names")
        if any(key.kind is Kind.ED25519 for key in self.witnesses):
            raise Unproved("the policy names a witness whose signature does not say when it was made")
        if max(Counter(key.public for key in (*self.log, *self.witnesses)).values()) > 1:
            raise Unproved("the policy names one public key twice")
        if names & {key.name for key in self.log}:
            raise Unproved("the policy names the log as its own witness")

    def text(self) -> str:
        """Give the policy as a file: a line for each part."""
        lines = [
            f"origin {self.origin}",
            *(f"log {key.text()}" for key in self.log),
            *(f"witness {key.text()}" for key in self.witnesses),
            f"quorum {self.quorum}",
        ]
        return "\n".join(lines) + "\n"

    @classmethod
    def parse(cls, text: str) -> Policy:
        """Read a policy from its file. Empty lines, and lines that begin with ``#``, say nothing.

        Raises:
            Unproved: if a line is malformed, or the policy is none.
        """
        said: dict[str, list[str]] = {"origin": [], "log": [], "witness": [], "quorum": []}
        for line in text.split("\n"):
            word, _, rest = line.partition(" ")
            if line == "" or line.startswith("#"):
                continue
            if word not in said or not rest:
                raise Unproved(
                    "a line of the policy is not known", "origin, log, witness or quorum, and its value"
                )
            said[word].append(rest)
        if len(said["origin"]) != 1 or len(said["quorum"]) != 1:
            raise Unproved("the policy has not one origin and one quorum")
        log, witnesses = (tuple(map(Key.parse, said[word])) for word in ("log", "witness"))
        return cls(said["origin"][0], log, witnesses, number_of(said["quorum"][0], len(witnesses)))


@dataclass(frozen=True, slots=True)
class Believed:
    """A checkpoint that was checked: its state, and the second at which each witness, by name, saw it."""

    state: Checkpoint
    witnessed: dict[str, int]


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof file: where the entry stands, the hashes that lead to the root, and the signed checkpoint.

    ``extra`` is whatever was put in beside; nothing vouches for it.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: Note
    extra: bytes | None = None

    def written(self) -> bytes:
        """Give the file."""
        lines = [_HEAD]
        if self.extra is not None:
            lines.append(f"extra {base64_of(self.extra)}")
        lines += [f"index {self.index}", *map(base64_of, self.path), "", ""]
        return "\n".join(lines).encode() + self.checkpoint.written()

    @classmethod
    def parse(cls, data: bytes) -> Proof:
        """Read a proof file. Nothing of it may be believed before ``check``.

        Raises:
            Unproved: if it is not exactly what ``written`` gives, or too long.
        """
        if len(data) > PROOF_LENGTH_MAX:
            raise Unproved("the proof is too long", f"a proof has at most {PROOF_LENGTH_MAX} bytes")
        head, blank, note = data.partition(b"\n\n")
        try:
            lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError as error:
            raise Unproved("the proof is not a text") from error
        if lines.pop(0) != _HEAD or not blank:
            raise Unproved("this is not a proof file", f"its first line is {_HEAD}")
        extra = None
        if lines and lines[0].startswith("extra "):
            extra = bytes_of(lines.pop(0).removeprefix("extra "))
        if not lines or not lines[0].startswith("index "):
            raise Unproved("the proof does not say where the entry stands")
        index = number_of(lines.pop(0).removeprefix("index "), SIZE_MAX)
        path = tuple(map(bytes_of, lines))
        if len(path) > PATH_LENGTH_MAX or any(len(beside) != HASH_LENGTH for beside in path):
            raise Unproved("the proof holds too many hashes, or something that is none")
        return cls(index, path, Note.parse(note), extra)


def believe(note: Note, policy: Policy) -> Believed:
    """Give the state that a signed checkpoint shows to whoever holds a policy, however many witnesses saw it.

    Raises:
        Unproved: if it is of another log, not signed by every key of the log, or holds a false signature.
    """
    state = Checkpoint.parse(note.text)
    if state.origin != policy.origin:
        raise Unproved("the checkpoint is of another log")
    signed = verified(note, (*policy.log, *policy.witnesses))
    if not {*policy.log} <= {one.key for one in signed}:
        raise Unproved("the checkpoint is not signed by every key of the log")
    names = {key.name for key in policy.witnesses}
    seen: dict[str, int] = {}
    for one in signed:
        if one.key.name in names and one.at:
            seen[one.key.name] = min(one.at, seen.get(one.key.name, one.at))
    return Believed(state, seen)


def check(proof: bytes, entry: bytes, policy: Policy) -> Believed:
    """Check that an entry's bytes stand in a log, by a proof file and a policy. The entry itself is not read.

    Raises:
        Unproved: if it is not shown, or fewer witnesses than the quorum saw it.
    """
    shown = Proof.parse(proof)
    believed = believe(shown.checkpoint, policy)
    if len(believed.witnessed) < policy.quorum:
        raise Unproved(
            "too few witnesses have signed",
            f"{len(believed.witnessed)} of the {policy.quorum} that are needed",
        )
    state = believed.state
    check_inclusion(leaf_hash(entry), shown.index, state.size, shown.path, state.root)
    return believed
