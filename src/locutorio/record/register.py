"""The register of privileged numbers as one signed file, for whoever must know them without a database.

It is a signed note: origin, region, version, moment of issue, count, root over the lines, then one line for
each number, sorted. Every line of it counts: a file that is not exactly what was signed is no register.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from locutorio.record.checkpoint import base64_of, bytes_of, number_of
from locutorio.record.notes import NOTE_LENGTH_MAX, TIME_MAX, Key, Note, Signer, verified
from locutorio.record.tree import Frontier, leaf_hash
from locutorio.record.unproved import Unproved

KINDS = ("consulate", "counsel", "court", "emergency", "free", "ombudsman")
SHORT_KINDS = frozenset({"emergency", "free"})
AGE_MAX_SECONDS = 24 * 60 * 60
SKEW_SECONDS = 5 * 60
NAME_LENGTH_MAX = 200
FORM = "locutorio-register/1"
FILE, PUBLIC_KEY = "register.note", "register.key"
_HEADER_LINES = 7
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_SHORT = re.compile(r"[0-9]{3,6}")
_REGION = re.compile(r"[A-Z]{2}")
_SIGNED_FROM = b"\n\n\xe2\x80\x94 "

Word = Literal["emptied", "truncated", "corrupted", "replaced", "stale", "unreadable"]


class Untrusted(Unproved):
    """What should be the register is none. ``word`` says in which way."""

    def __init__(self, word: Word, what: str, why: str = "") -> None:
        super().__init__(what, why)
        self.word = word
        self.remedy = "nothing is monitored meanwhile: find out who changed it, then let it be written again"


@dataclass(frozen=True, slots=True, order=True)
class RegisterLine:
    """One privileged number.

    Args:
        number: E.164; a line for emergencies or a free one may be short, as it is dialled.
        kind: one of KINDS.
        name: whose it is, on one line.
    """

    number: str
    kind: str
    name: str

    def __post_init__(self) -> None:
        short = self.kind in SHORT_KINDS and _SHORT.fullmatch(self.number)
        if self.kind not in KINDS:
            raise Unproved("a privileged number is of no kind that is known", f"one of {', '.join(KINDS)}")
        if not (_E164.fullmatch(self.number) or short):
            raise Unproved("a privileged number is not written as +, country and number", "E.164")
        if not (0 < len(self.name) <= NAME_LENGTH_MAX and self.name.isprintable() and _trimmed(self.name)):
            raise Unproved("the name of a privileged number is empty, too long, or not one line")

    def text(self) -> str:
        """Give the line, without its end."""
        return f"{self.number} {self.kind} {self.name}"


@dataclass(frozen=True)
class Register:
    """The privileged numbers of one establishment, as of a moment.

    Args:
        origin: whose register it is; the name of its key.
        region: ISO 3166 code of the country from which numbers are dialled.
        version: only grows.
        issued_at: the second since 1970, UTC.
        lines: sorted, each number once.
    """

    origin: str
    region: str
    version: int
    issued_at: int
    lines: tuple[RegisterLine, ...]

    def __post_init__(self) -> None:
        numbers = [line.number for line in self.lines]
        if numbers != sorted(set(numbers)):
            raise Unproved("the numbers of a register are not sorted, or one stands there twice")
        if not _REGION.fullmatch(self.region):
            raise Unproved("the region of a register is no country")
        if not (0 <= self.version <= TIME_MAX and 0 <= self.issued_at <= TIME_MAX):
            raise Unproved("the version of a register, or its moment, is out of range")

    @cached_property
    def root(self) -> bytes:
        """The root of the tree over the lines."""
        tree = Frontier()
        for line in self.lines:
            tree.append(leaf_hash(line.text().encode()))
        return tree.root()

    def line_of(self, number: str) -> RegisterLine | None:
        """Give the line of a number in E.164, or short as dialled; None where it holds none."""
        return self._by_number.get(number)

    def text(self) -> str:
        """Give what is signed."""
        header = (
            FORM,
            self.origin,
            self.region,
            str(self.version),
            str(self.issued_at),
            str(len(self.lines)),
            base64_of(self.root),
        )
        return "".join(f"{line}\n" for line in (*header, *(one.text() for one in self.lines)))

    @cached_property
    def _by_number(self) -> dict[str, RegisterLine]:
        return {line.number: line for line in self.lines}


def register_of(
    origin: str, region: str, version: int, issued_at: int, lines: Iterable[RegisterLine]
) -> Register:
    """Give a register of lines in any order.

    Raises:
        Unproved: a number stands there twice, or something of it cannot be written.
    """
    return Register(origin, region, version, issued_at, tuple(sorted(lines)))


def written_register(register: Register, signer: Signer) -> bytes:
    """Sign a register, and give its file.

    Raises:
        Unproved: the key is another register's, or the file would be too long to be read again.
    """
    if signer.key.name != register.origin:
        raise Unproved("the key is not that of this register")
    text = register.text()
    data = Note(text, (signer.sign(text, register.issued_at),)).written()
    if len(data) > NOTE_LENGTH_MAX:
        raise Unproved("the register is too long", f"its file has at most {NOTE_LENGTH_MAX} bytes")
    return data


def read_register(data: bytes, key: Key, *, floor: int, now: int, age_max: int = AGE_MAX_SECONDS) -> Register:
    """Read a register that can be trusted now.

    Args:
        data: the file.
        key: the public key of this establishment's register.
        floor: the highest version that was ever seen.
        now: the second since 1970, UTC.
        age_max: for how many seconds after its issue it can be trusted.

    Raises:
        Untrusted: it is emptied (or holds no number), truncated, corrupted, replaced (by an older one, or
            another's), or stale. One without a number protects nobody, so it lets nothing be monitored.
    """
    found = parsed_register(data, key)
    if found.version < floor:
        raise Untrusted(
            "replaced", "an older register stands where a newer one was", f"version {floor} was seen before"
        )
    if not now - age_max <= found.issued_at <= now + SKEW_SECONDS:
        raise Untrusted(
            "stale",
            "the register of privileged numbers is too old, or of a moment still to come",
            f"it can be trusted for {age_max // 3600} hours",
        )
    if not found.lines:
        raise Untrusted("emptied", "the register of privileged numbers holds no number")
    return found


def parsed_register(data: bytes, key: Key) -> Register:
    """Read a register that a key signed, of whatever age, though it be without a number.

    Raises:
        Untrusted: it is emptied, truncated, corrupted, or replaced by another's.
    """
    if not data.strip():
        raise Untrusted("emptied", "the register of privileged numbers is empty")
    if not data.endswith(b"\n") or _SIGNED_FROM not in data:
        raise Untrusted("truncated", "the register of privileged numbers is cut off")
    return _parsed(_signed(data, key), key.name)


def _signed(data: bytes, key: Key) -> str:
    """Give the text that the key signed."""
    try:
        note = Note.parse(data)
        ours = [one for one in note.signatures if (one.name, one.key_id) == (key.name, key.id)]
        if len(note.signatures) == len(ours) == len(verified(note, [key])) == 1:
            return note.text
    except Unproved as error:
        raise _corrupted(error) from error
    raise Untrusted("replaced", "the register of privileged numbers is signed by another key")


def _parsed(text: str, origin: str) -> Register:
    header, lines = text.split("\n")[:_HEADER_LINES], text.split("\n")[_HEADER_LINES:-1]
    if len(header) < _HEADER_LINES or header[0] != FORM:
        raise Untrusted("corrupted", "the register of privileged numbers has no header that can be read")
    _, named, region, version, issued_at, count, root = header
    if named != origin:
        raise Untrusted("replaced", "the register of privileged numbers is another establishment's")
    try:
        found = Register(
            named,
            region,
            number_of(version, TIME_MAX),
            number_of(issued_at, TIME_MAX),
            tuple(_line(one) for one in lines),
        )
        told = (number_of(count, TIME_MAX), bytes_of(root))
    except Unproved as error:
        raise _corrupted(error) from error
    if told != (len(found.lines), found.root) or found.text() != text:
        raise Untrusted("corrupted", "the register of privileged numbers is not what its header says")
    return found


def _line(text: str) -> RegisterLine:
    number, _, rest = text.partition(" ")
    kind, _, name = rest.partition(" ")
    return RegisterLine(number, kind, name)


def _corrupted(error: Unproved) -> Untrusted:
    return Untrusted("corrupted", "the register of privileged numbers was changed", error.what)


def _trimmed(name: str) -> bool:
    return name == name.strip()
