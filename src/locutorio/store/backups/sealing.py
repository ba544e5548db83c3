"""A file sealed piece by piece, so that one of any size needs little memory.

The pieces stand in a STREAM (Hoang, Reyhanitabar, Rogaway and Vizár, 2015): each has its number and whether
it is the last in its nonce, so none can be changed, moved, left out or cut off unseen. A key seals one file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from locutorio.record.unproved import Unproved

KIND = b"locutorio/backup/v1\n"
PIECE, TAG = 1 << 20, 16
_COUNTER_LENGTH = 11


def seal(source: BinaryIO, target: BinaryIO, key: bytes) -> None:
    """Write what a source gives, sealed under a key of 32 bytes that seals nothing else."""
    target.write(KIND)
    cipher = AESGCM(key)
    target.writelines(
        cipher.encrypt(_nonce(number, last=last), piece, KIND)
        for number, (piece, last) in enumerate(_pieces(source, PIECE))
    )


def opened(source: BinaryIO, key: bytes) -> Iterator[bytes]:
    """Give what was sealed, piece by piece. What was given before an error is not to be used.

    Raises:
        Unproved: the key is another one, or the file is not as it was written, to its end.
    """
    if source.read(len(KIND)) != KIND:
        raise Unproved("this is no sealed file", "it does not begin as one")
    cipher = AESGCM(key)
    for number, (piece, last) in enumerate(_pieces(source, PIECE + TAG)):
        try:
            yield cipher.decrypt(_nonce(number, last=last), piece, KIND)
        except InvalidTag as error:
            raise Unproved("the file was changed or cut off, or its key is another one") from error


def _pieces(source: BinaryIO, length: int) -> Iterator[tuple[bytes, bool]]:
    """Give a source in pieces, and of each whether it is the last; an empty source has one."""
    piece = _read(source, length)
    while True:
        following = _read(source, length)
        yield piece, not following
        if not following:
            return
        piece = following


def _read(source: BinaryIO, length: int) -> bytes:
    """Give so many bytes, fewer only at the end: a pipe gives them as they come."""
    found = bytearray()
    while len(found) < length and (more := source.read(length - len(found))):
        found += more
    return bytes(found)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(_COUNTER_LENGTH, "big") + bytes([last])
