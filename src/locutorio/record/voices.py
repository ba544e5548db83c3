"""Recordings sealed by whoever holds the public half of their key, opened by the private one alone.

A sealed recording is a first line that names the form, the file's own key sealed with HPKE (RFC 9180: X25519,
HKDF-SHA-256, AES-256-GCM), and pieces of AES-256-GCM whose nonce counts them and marks the last: none can be
changed, left out, moved or cut off unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from locutorio.record.sealing import KEY_LENGTH
from locutorio.record.unproved import Unproved

FORM = b"locutorio.org/sealed-recording/v1\n"
PIECE_LENGTH = 65_536
_TAG_LENGTH = 16
_KEY_SEALED_LENGTH = 32 + KEY_LENGTH + _TAG_LENGTH
_COUNT_LENGTH = 11
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def public_of(private: bytes) -> bytes:
    """Give the public half (32 bytes) of a recording's key (32 bytes)."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sealed_voice(content: bytes, public: bytes, file_key: bytes, about: str) -> Iterator[bytes]:
    """Seal a recording, in parts that are written one after the other.

    Args:
        content: what is to be kept.
        public: the public half of the recording's key, 32 bytes.
        file_key: 32 random bytes, never used before and kept nowhere.
        about: which call it is of; it opens for no other.
    """
    to = X25519PublicKey.from_public_bytes(public)
    yield FORM
    yield _SUITE.encrypt(file_key, to, info=FORM + about.encode())
    seal = AESGCM(file_key)
    last = max(0, (len(content) - 1) // PIECE_LENGTH)
    for number in range(last + 1):
        piece = content[number * PIECE_LENGTH : (number + 1) * PIECE_LENGTH]
        yield seal.encrypt(_nonce(number, last=number == last), piece, None)


def opened_voice(parts: Iterable[bytes], private: bytes, about: str) -> Iterator[bytes]:
    """Give the content of a sealed recording piece by piece, each of them checked before it is given.

    Args:
        parts: the sealed recording, parted anyhow.
        private: the recording's key, 32 bytes.
        about: which call it is of.

    Raises:
        Unproved: it is of another call or key, was changed, or ends early; pieces given before still hold.
    """
    given = _Given(iter(parts))
    if given.exactly(len(FORM)) != FORM:
        raise Unproved("this is no sealed recording")
    try:
        file_key = _SUITE.decrypt(
            given.exactly(_KEY_SEALED_LENGTH),
            X25519PrivateKey.from_private_bytes(private),
            info=FORM + about.encode(),
        )
        seal = AESGCM(file_key)
        number, piece, last = 0, *given.next_piece()
        while not last:
            yield seal.decrypt(_nonce(number, last=False), piece, None)
            number, piece, last = number + 1, *given.next_piece()
        yield seal.decrypt(_nonce(number, last=True), piece, None)
    except InvalidTag as error:
        raise Unproved("the recording is sealed to another key, was changed, or is cut off") from error


class _Given:
    """Bytes that come in parts, given in lengths."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts, self._left, self._at = parts, b"", 0

    def exactly(self, length: int) -> bytes:
        """Give the next bytes; fewer where it ends."""
        while len(self._left) - self._at < length and (part := next(self._parts, None)) is not None:
            self._left, self._at = self._left[self._at :] + part, 0
        given = self._left[self._at : self._at + length]
        self._at += len(given)
        return given

    def next_piece(self) -> tuple[bytes, bool]:
        """Give the next sealed piece, and whether nothing follows it."""
        piece = self.exactly(PIECE_LENGTH + _TAG_LENGTH)
        more = self.exactly(1)
        self._at -= len(more)
        return piece, not more


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(_COUNT_LENGTH, "big") + bytes([last])
