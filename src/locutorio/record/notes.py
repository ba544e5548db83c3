"""Signed notes: a text, and lines in which keys sign it.

The forms are those of https://c2sp.org/signed-note and https://c2sp.org/tlog-cosignature. The kind of a
signature is part of its key, never of what is received: nothing in a note chooses how it is checked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from locutorio.record.checkpoint import Checkpoint, base64_of, bytes_of
from locutorio.record.unproved import Unproved

NOTE_LENGTH_MAX = 250_000
SIGNATURES_MAX = 64
TIME_MAX = 2**63 - 1
SEED_LENGTH = 32
_ID_LENGTH = 4
_TIME_LENGTH = 8
_ORIGIN_BYTES_MAX = 255
_DASH = "\N{EM DASH} "
_NAME = re.compile(r"[^\s+\x00-\x20\x7f]+")
_VKEY = re.compile(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")


class Kind(IntEnum):
    """How a key signs. The numbers are those of the C2SP texts."""

    ED25519 = 0x01
    COSIGNATURE = 0x04
    ML_DSA_44 = 0x06

    @property
    def timed(self) -> bool:
        """Whether its signatures say when they were made."""
        return self is not Kind.ED25519


_PUBLIC_LENGTH = {Kind.ED25519: 32, Kind.COSIGNATURE: 32, Kind.ML_DSA_44: 1312}


@dataclass(frozen=True, slots=True)
class Key:
    """What checks signatures: the signer's name, the kind, and the public key."""

    name: str
    kind: Kind
    public: bytes

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or len(self.name.encode()) > _ORIGIN_BYTES_MAX:
            raise Unproved("a key's name is empty, too long, or holds a space or a plus sign")
        if len(self.public) != _PUBLIC_LENGTH[self.kind]:
            raise Unproved("a public key has another length than its kind")

    @property
    def id(self) -> bytes:
        """Give the four bytes that, with the name, say which key made a signature."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:_ID_LENGTH]

    def text(self) -> str:
        """Give the key as one line that can be copied: name, id and key."""
        return f"{self.name}+{self.id.hex()}+{base64_of(bytes([self.kind]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> Key:
        """Read a key from its line.

        Raises:
            Unproved: if it is malformed, of an unknown kind, or its id is not its own.
        """
        parts = _VKEY.fullmatch(text)
        if parts is None:
            raise Unproved("a key is not written as name+id+key")
        data = bytes_of(parts[3])
        if not data or data[0] not in set(Kind):
            raise Unproved("a key is of a kind that is not known here")
        key = cls(parts[1], Kind(data[0]), data[1:])
        if key.id.hex() != parts[2]:
            raise Unproved("a key's id is not that of the key")
        return key


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: who is said to have signed, with which key, and the bytes."""

    name: str
    key_id: bytes
    data: bytes

    def text(self) -> str:
        """Give its line, with its end."""
        return f"{_DASH}{self.name} {base64_of(self.key_id + self.data)}\n"


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that was checked: the key, and the second since 1970 (UTC) that it says, if it does."""

    key: Key
    at: int | None


class Signer:
    """A private key with its name. Made from a seed of 32 bytes, which is all there is to keep secret."""

    def __init__(self, name: str, kind: Kind, seed: bytes) -> None:
        self._private: Ed25519PrivateKey | MLDSA44PrivateKey = (
            MLDSA44PrivateKey.from_seed_bytes(seed)
            if kind is Kind.ML_DSA_44
            else Ed25519PrivateKey.from_private_bytes(seed)
        )
        self.key = Key(name, kind, self._private.public_key().public_bytes_raw())

    def sign(self, text: str, at: int) -> Signature:
        """Sign a text. ``at`` is the second since 1970, UTC; only kinds that say the time use it.

        Raises:
            Unproved: if the key signs only checkpoints and this is none, or the time is out of range.
        """
        signed = self._private.sign(_message(self.key, text, at))
        time = at.to_bytes(_TIME_LENGTH, "big") if self.key.kind.timed else b""
        return Signature(self.key.name, self.key.id, time + signed)


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends a line, and its signatures in their order."""

    text: str
    signatures: tuple[Signature, ...]

    def written(self) -> bytes:
        """Give the note as it is kept and sent, in UTF-8."""
        return (self.text + "\n" + "".join(line.text() for line in self.signatures)).encode()

    def joined(self, more: Iterable[Signature]) -> Note:
        """Give the note with further signatures."""
        return Note(self.text, (*self.signatures, *more))

    @classmethod
    def parse(cls, data: bytes) -> Note:
        """Read a note. Nothing of it may be believed before ``verified``.

        Raises:
            Unproved: if it is not exactly what ``written`` gives, too long, or holds too many signatures.
        """
        if len(data) > NOTE_LENGTH_MAX:
            raise Unproved("the note is too long", f"a note has at most {NOTE_LENGTH_MAX} bytes")
        try:
            whole = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise Unproved("the note is not UTF-8") from error
        if any(char < " " and char != "\n" for char in whole):
            raise Unproved("the note holds a control character")
        text, blank, lines = whole.rpartition("\n\n")
        if not blank or not text:
            raise Unproved("the note has no text, or no signatures after an empty line")
        return cls(text + "\n", signatures_of(lines))


def signatures_of(lines: str) -> tuple[Signature, ...]:
    """Read signature lines, one or more.

    Raises:
        Unproved: if one is malformed, or there are too many.
    """
    if not lines.endswith("\n"):
        raise Unproved("the last line of signatures does not end")
    every = lines[:-1].split("\n")
    if len(every) > SIGNATURES_MAX:
        raise Unproved("the note has too many signatures", f"a note has at most {SIGNATURES_MAX}")
    return tuple(_signature(line) for line in every)


def verified(note: Note, keys: Collection[Key]) -> tuple[Signed, ...]:
    """Give which of the known keys signed a note. Signatures of unknown keys are as if they were not there.

    Raises:
        Unproved: if a signature that names a known key is not that key's.
    """
    known = {(key.name, key.id): key for key in keys}
    signed = []
    for line in note.signatures:
        key = known.get((line.name, line.key_id))
        if key is not None:
            signed.append(Signed(key, _checked(key, note.text, line.data)))
    return tuple(signed)


def _signature(line: str) -> Signature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space or not _NAME.fullmatch(name):
        raise Unproved(
            "a signature line is malformed", "it is a dash, a name and the signature, one space between"
        )
    data = bytes_of(encoded)
    if len(data) <= _ID_LENGTH:
        raise Unproved("a signature line holds no signature")
    return Signature(name, data[:_ID_LENGTH], data[_ID_LENGTH:])


def _checked(key: Key, text: str, data: bytes) -> int | None:
    at, signature = None, data
    if key.kind.timed:
        at, signature = int.from_bytes(data[:_TIME_LENGTH], "big"), data[_TIME_LENGTH:]
    public = (
        MLDSA44PublicKey.from_public_bytes(key.public)
        if key.kind is Kind.ML_DSA_44
        else Ed25519PublicKey.from_public_bytes(key.public)
    )
    try:
        public.verify(signature, _message(key, text, at or 0))
    except InvalidSignature as error:
        raise Unproved(f"the signature of {key.name} is not that of its key") from error
    return at


def _message(key: Key, text: str, at: int) -> bytes:
    """Give the bytes that a key signs for a text."""
    if key.kind is Kind.ED25519:
        return text.encode()
    if not 0 <= at <= TIME_MAX:
        raise Unproved("the time of a signature is out of range")
    if key.kind is Kind.COSIGNATURE:
        return f"cosignature/v1\ntime {at}\n{text}".encode()
    state = Checkpoint.parse(text)
    name, origin = key.name.encode(), state.origin.encode()
    if len(origin) > _ORIGIN_BYTES_MAX:
        raise Unproved("the checkpoint's origin is too long to be signed")
    return b"".join(
        [
            b"subtree/v1\n\x00",
            len(name).to_bytes(1, "big") + name,
            at.to_bytes(8, "big"),
            len(origin).to_bytes(1, "big") + origin,
            (0).to_bytes(8, "big"),
            state.size.to_bytes(8, "big"),
            state.root,
        ]
    )
