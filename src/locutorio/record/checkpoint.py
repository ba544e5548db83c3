"""A checkpoint's text: which log, how many entries, which root (https://c2sp.org/tlog-checkpoint)."""

from __future__ import annotations

import re
from base64 import b64encode
from binascii import Error, a2b_base64
from dataclasses import dataclass

from locutorio.record.tree import HASH_LENGTH
from locutorio.record.unproved import Unproved

SIZE_MAX = 2**63 - 1
_LINES = 3
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log: its origin (its name, one line), how many entries it holds, their root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Give the text that is signed, in three lines. Nothing is added to them."""
        return f"{self.origin}\n{self.size}\n{base64_of(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read the text of a checkpoint.

        Raises:
            Unproved: if it is not exactly what ``text`` gives. Extension lines are refused: not every
                signature covers them.
        """
        lines = text.split("\n")
        if len(lines) != _LINES + 1 or lines[-1] or not lines[0]:
            raise Unproved("the checkpoint has not three lines")
        root = bytes_of(lines[2])
        if len(root) != HASH_LENGTH:
            raise Unproved("the checkpoint's root is not a SHA-256 hash")
        return cls(lines[0], number_of(lines[1], SIZE_MAX), root)


def number_of(text: str, most: int) -> int:
    """Read a decimal number without a sign or leading zeros.

    Raises:
        Unproved: if it is written otherwise, or is larger than ``most``.
    """
    if not _DECIMAL.fullmatch(text) or int(text) > most:
        raise Unproved("a number is not written as it must be", "digits alone, without leading zeros")
    return int(text)


def base64_of(data: bytes) -> str:
    """Give bytes in Base 64 (RFC 4648, section 4)."""
    return b64encode(data).decode("ascii")


def bytes_of(text: str) -> bytes:
    """Read Base 64 that is in its one form.

    Raises:
        Unproved: if it is not.
    """
    try:
        data = a2b_base64(text.encode("ascii"), strict_mode=True)
    except (Error, UnicodeEncodeError) as error:
        raise Unproved("a part is not in Base 64") from error
    if base64_of(data) != text:
        raise Unproved("a part in Base 64 has bits that say nothing")
    return data
