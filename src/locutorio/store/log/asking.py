"""Asks witnesses to sign a checkpoint, and reads what they signed last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from locutorio.kernel.faults import Fault
from locutorio.record.checkpoint import SIZE_MAX, Checkpoint, number_of
from locutorio.record.notes import NOTE_LENGTH_MAX, Key, Note, Signature, signatures_of, verified
from locutorio.record.unproved import Unproved
from locutorio.record.witness import SIZE_TYPE
from locutorio.record.witness import Request as Body
from locutorio.store.log.witnessing import name_of

FILE = "witnesses"
PAPER = "paper"
SECONDS = 5.0
_CONFLICT = 409
_REMEDY = "see that the witness runs and that its address is right; it is asked again by itself"
Growth = Callable[[int, int], tuple[bytes, ...]]


class Disputed(Fault):
    """A witness saw another history of the log than the one it was shown."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A witness that is asked: its name, its keys, and its address (``paper`` where it is told by hand)."""

    name: str
    keys: tuple[Key, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Who are asked to sign checkpoints, and how many must have."""

    asked: tuple[Asked, ...] = ()
    quorum: int = 0

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys of all."""
        return tuple(key for one in self.asked for key in one.keys)

    @classmethod
    def of(cls, file: Path) -> Witnesses:
        """Read the file of the witnesses; nobody where there is none.

        Its lines are ``witness KEY ADDRESS`` (two for a witness with two keys) and ``quorum NUMBER``.

        Raises:
            Fault: it cannot be read.
        """
        return cls.parse(file.read_text("utf-8")) if file.exists() else cls()

    @classmethod
    def parse(cls, text: str) -> Witnesses:
        """Read such lines.

        Raises:
            Fault: one is malformed, or a witness has two addresses.
        """
        said: dict[str, tuple[list[Key], str]] = {}
        quorums: list[int] = []
        for number, line in enumerate(text.splitlines(), 1):
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            try:
                if words[0] == "quorum" and len(words) == 2:
                    quorums.append(number_of(words[1], SIZE_MAX))
                    continue
                _read(words, said)
            except (ValueError, Unproved) as error:
                raise Fault(
                    f"line {number} of the witnesses cannot be read",
                    why=error.what if isinstance(error, Unproved) else "",
                    remedy="write what `locutorio witness` prints, and one line `quorum NUMBER`",
                ) from error
        if len(quorums) != 1 or quorums[0] > len(said):
            raise Fault(
                "the witnesses have not one quorum", remedy=f"write one line: quorum, and at most {len(said)}"
            )
        return cls(tuple(Asked(name, tuple(keys), at) for name, (keys, at) in said.items()), quorums[0])


def cosigned(asked: Asked, note: Note, growth: Growth, old: int) -> tuple[Signature, ...]:
    """Ask a witness to sign a checkpoint.

    Args:
        asked: the witness.
        note: the checkpoint, signed by the log.
        growth: proves that the log grew from one size to another.
        old: the size that the witness is thought to know; where it knows another it says so.

    Returns:
        its signatures, each checked.

    Raises:
        Disputed: it saw another history, or a larger log.
        Fault: it does not answer, or not as a witness does.
    """
    size = Checkpoint.parse(note.text).size
    status, kind, body = _posted(asked, Body(old, growth(old, size), note))
    if status == _CONFLICT and kind.startswith(SIZE_TYPE):
        known = _size(asked, body)
        if known > size:
            raise _disputed(asked, f"it has seen {known} entries, and was shown {size}")
        if known == old:
            raise _disputed(asked, f"it has seen other entries among the first {size}")
        status, kind, body = _posted(asked, Body(known, growth(known, size), note))
        if status == _CONFLICT:
            raise _disputed(asked, f"it has seen other entries among the first {size}")
    said = body.decode(errors="replace").strip()
    if status == 422:
        raise _disputed(asked, said)
    if status != 200:
        raise Fault(f"the witness {asked.name} did not sign ({status})", why=said, remedy=_REMEDY)
    try:
        lines = signatures_of(body.decode())
        valid = verified(Note(note.text, lines), asked.keys)
    except (Unproved, UnicodeDecodeError) as error:
        raise Fault(
            f"the witness {asked.name} answered with no signature", why=str(error), remedy=_REMEDY
        ) from error
    if not valid:
        raise Fault(
            f"the witness {asked.name} signed with keys that are not known here",
            remedy="ask it for its keys, and write them into the witnesses",
        )
    names = {(one.key.name, one.key.id) for one in valid}
    return tuple(line for line in lines if (line.name, line.key_id) in names)


def last_seen(address: str, origin: str) -> bytes:
    """Give the last checkpoint of a log that a witness signed, as it shows it to anybody.

    Raises:
        Fault: it does not answer, or has none.
    """
    _checked(address)
    status, _, body = _answered(Request(f"{address.rstrip('/')}/{name_of(origin)}/checkpoint"), address)  # noqa: S310
    if status != 200:
        raise Fault(
            f"the witness at {address} shows no checkpoint of {origin} ({status})",
            remedy="see that the address is right, and that this witness is asked to sign the log",
        )
    return body


def _posted(asked: Asked, body: Body) -> tuple[int, str, bytes]:
    address = f"{asked.address.rstrip('/')}/add-checkpoint"
    return _answered(Request(address, data=body.written(), method="POST"), asked.name)  # noqa: S310


class _Straight(HTTPRedirectHandler):
    """Follows nobody elsewhere."""

    def redirect_request(self, *_: object) -> None:
        return None


def _answered(request: Request, whom: str) -> tuple[int, str, bytes]:
    try:
        try:
            answer = build_opener(_Straight).open(request, timeout=SECONDS)
        except HTTPError as error:
            answer = error
        with answer:
            return answer.status, answer.headers.get("Content-Type", ""), answer.read(NOTE_LENGTH_MAX + 1)
    except (OSError, URLError, HTTPException, ValueError) as error:
        raise Fault(f"the witness {whom} does not answer", why=str(error), remedy=_REMEDY) from error


def _size(asked: Asked, body: bytes) -> int:
    try:
        return number_of(body.decode("ascii").removesuffix("\n"), SIZE_MAX)
    except (Unproved, UnicodeDecodeError) as error:
        raise Fault(f"the witness {asked.name} does not say which size it knows", remedy=_REMEDY) from error


def _disputed(asked: Asked, why: str) -> Disputed:
    return Disputed(
        f"the witness {asked.name} has seen another history of this log",
        why=why,
        remedy="do not go on: keep the database as it is, and run `locutorio verify` with that witness",
    )


def _checked(address: str) -> None:
    parts = urlsplit(address)
    if address != PAPER and not (parts.scheme in {"http", "https"} and parts.hostname):
        raise Fault(
            f'"{address}" is no address of a witness', remedy="write it like https://witness.example.org"
        )


def _read(words: list[str], said: dict[str, tuple[list[Key], str]]) -> None:
    word, text, address = words
    key = Key.parse(text)
    keys, at = said.setdefault(key.name, ([], address))
    if word != "witness" or at != address:
        raise ValueError(word)
    _checked(address)
    keys.append(key)
