"""Grants: a signed leave, for one use, to listen to or to record one call.

Nothing is recorded because it is absent from a list: the recorder acts on a grant alone, which it checks
itself. A grant is a signed note (see ``notes``) whose text is one line for each field.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, fields
from enum import StrEnum

from locutorio.record.checkpoint import bytes_of, number_of
from locutorio.record.notes import TIME_MAX, Key, Kind, Note, Signer, verified
from locutorio.record.unproved import Unproved

FORM = "locutorio.org/telephone-grant/v1"
GRANT_LENGTH_MAX = 4_096
LIFE_MAX = 30
"""Seconds between a grant's issue and its end, at most."""
_ID = r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}"
_FORMS = {
    "attempt": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "telephone": _ID,
    "called": r"\+?[0-9]{3,20}",
    "person": _ID,
    "establishment": _ID,
    "law": _ID,
    "may": r"listen|record",
    "seal_to": r"-|[A-Za-z0-9+/=]{44}",
    "issued": r"[0-9]{1,19}",
    "expires": r"[0-9]{1,19}",
    "nonce": r"[0-9a-f]{32}",
}


class Word(StrEnum):
    """Why a grant is of no use, in one word."""

    MALFORMED = "malformed"
    FORGED = "forged"
    EARLY = "early"
    LAPSED = "lapsed"
    ANOTHER_CALL = "another_call"
    USED = "used"


class Ungranted(Unproved):
    """A grant that grants nothing: ``word`` says why."""

    def __init__(self, word: Word, what: str) -> None:
        super().__init__(what, why=f"a call is listened to or recorded by a grant alone ({word})")
        self.word = word


@dataclass(frozen=True, slots=True)
class Grant:
    """A leave for one call.

    ``attempt`` is the call, as the relay knows it too; ``person`` is opaque; ``called`` is the number
    dialled; ``law`` names the law that was decided by; ``may`` is "listen" or "record"; ``seal_to`` is, in
    Base 64, the X25519 public key that a recording is sealed to, and "-" where nothing may be recorded;
    ``issued`` and ``expires`` are seconds since 1970, UTC; ``nonce`` is 16 random bytes in hexadecimal
    digits.

    Raises:
        Ungranted: a field is malformed, the life is longer than ``LIFE_MAX``, or key and leave do not agree.
    """

    attempt: str
    telephone: str
    called: str
    person: str
    establishment: str
    law: str
    may: str
    seal_to: str
    issued: int
    expires: int
    nonce: str

    def __post_init__(self) -> None:
        for name, form in _FORMS.items():
            if not re.fullmatch(form, str(getattr(self, name))):
                raise Ungranted(Word.MALFORMED, f"the field {name} of a grant is malformed")
        if not self.issued < self.expires <= self.issued + LIFE_MAX:
            raise Ungranted(Word.MALFORMED, f"a grant lives for more than no and at most {LIFE_MAX} seconds")
        if (self.may == "record") is (self.seal_to == "-"):
            raise Ungranted(Word.MALFORMED, "a grant names a key to seal to if it lets a call be recorded")

    @property
    def records(self) -> bool:
        """Whether the call may be recorded."""
        return self.may == "record"

    @property
    def public(self) -> bytes:
        """The key that a recording is sealed to; only of a grant that records."""
        return bytes_of(self.seal_to)

    def signed(self, signer: Signer) -> bytes:
        """Give the grant as it is sent: a note signed with Ed25519."""
        text = self.text()
        return Note(text, (signer.sign(text, self.issued),)).written()

    def text(self) -> str:
        """Give the text that is signed."""
        lines = (f"{field.name} {getattr(self, field.name)}\n" for field in fields(self))
        return f"{FORM}\n{''.join(lines)}"


def granted(data: bytes, key: Key, *, at: int, attempt: str, used: Container[str]) -> Grant:
    """Give what a grant grants. Whoever acts on it keeps its nonce first.

    Args:
        data: the grant, as it came.
        key: who alone may grant.
        at: this moment, in seconds since 1970, UTC.
        attempt: the call that is to be listened to or recorded.
        used: the nonces of the grants that were used and have not lapsed.

    Raises:
        Ungranted: it grants nothing for this call at this moment; its word says why.
    """
    grant = _read(data, key)
    if grant.attempt != attempt:
        raise Ungranted(Word.ANOTHER_CALL, "the grant is of another call")
    if at < grant.issued:
        raise Ungranted(Word.EARLY, "the grant was issued later than this moment")
    if at >= grant.expires:
        raise Ungranted(Word.LAPSED, "the grant has lapsed")
    if grant.nonce in used:
        raise Ungranted(Word.USED, "the grant was used before")
    return grant


def _read(data: bytes, key: Key) -> Grant:
    if len(data) > GRANT_LENGTH_MAX or key.kind is not Kind.ED25519:
        raise Ungranted(Word.MALFORMED, "the grant is too long, or checked with a key of another kind")
    try:
        note = Note.parse(data)
    except Unproved as error:
        raise Ungranted(Word.MALFORMED, f"the grant is no signed note: {error.what}") from error
    try:
        signed = verified(note, [key])
    except Unproved as error:
        raise Ungranted(Word.FORGED, "the grant was changed, or signed by another") from error
    if len(signed) != 1 or len(note.signatures) != 1:
        raise Ungranted(Word.FORGED, "the grant is not signed by the key that grants, and by it alone")
    return _parsed(note.text)


def _parsed(text: str) -> Grant:
    form, *lines = text.removesuffix("\n").split("\n")
    parts = [line.partition(" ") for line in lines]
    if form != FORM or [name for name, _, _ in parts] != [field.name for field in fields(Grant)]:
        raise Ungranted(Word.MALFORMED, "the grant has other lines than a grant has")
    values = {name: value for name, _, value in parts}
    try:
        issued, expires = (number_of(values.pop(name), TIME_MAX) for name in ("issued", "expires"))
    except Unproved as error:
        raise Ungranted(Word.MALFORMED, "the grant has a time that is no number of seconds") from error
    return Grant(**values, issued=issued, expires=expires)
