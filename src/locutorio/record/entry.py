"""An entry as bytes: written once, kept as written, and never written again in order to be checked.

The bytes are one flat JSON object in ASCII: names in order, no spaces, and as values texts (in Unicode form
NFC), whole numbers that every JSON reader holds exactly, true, false and null. One content has one form.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import NoReturn

from locutorio.record.tree import HASH_LENGTH
from locutorio.record.unproved import Unproved

VERSION = 1
LENGTH_MAX = 65_535
NUMBER_MAX = 2**53 - 1
CHAIN_START = bytes(HASH_LENGTH)

Value = str | int | bool | None
Fields = dict[str, Value]

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_HASH = re.compile(r"[0-9a-f]{64}")


def written(fields: Mapping[str, Value]) -> bytes:
    """Give the one form of an entry with these fields.

    Raises:
        Unproved: if a field is missing, unknown or of another kind than FIELDS says, or all is too long.
    """
    _check(fields)
    return _canonical(fields)


def read(entry: bytes) -> Fields:
    """Give the fields of an entry.

    Raises:
        Unproved: if the bytes are not exactly what ``written`` gives for some fields.
    """
    if len(entry) > LENGTH_MAX:
        raise Unproved("the entry is too long", f"an entry has at most {LENGTH_MAX} bytes")
    try:
        fields = json.loads(
            entry.decode("ascii"), object_pairs_hook=_once, parse_float=_no_number, parse_constant=_no_number
        )
    except (ValueError, RecursionError) as error:
        raise Unproved("the entry cannot be read", "it is one JSON object in ASCII") from error
    if not isinstance(fields, dict):
        raise Unproved("the entry is not an object")
    if written(fields) != entry:
        raise Unproved("the entry is not in its one form", "names in order, no spaces, the shortest escapes")
    return fields


def chained(before: bytes, leaf: bytes) -> bytes:
    """Give the running hash after one more leaf: ``SHA-256(before || leaf)``, from CHAIN_START on."""
    return sha256(before + leaf).digest()


def chain_of(leaves: Iterable[bytes]) -> bytes:
    """Give the running hash over some leaves from the first one on."""
    chain = CHAIN_START
    for leaf in leaves:
        chain = chained(chain, leaf)
    return chain


def _word(value: Value) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _text(value: Value) -> bool:
    return isinstance(value, str) and value != ""


def _hash(value: Value) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _index(value: Value) -> bool:
    return type(value) is int and value >= 0


def _count(value: Value) -> bool:
    return type(value) is int and value >= 1


def _or_null(kind: Callable[[Value], bool]) -> Callable[[Value], bool]:
    return lambda value: value is None or kind(value)


FIELDS: dict[str, Callable[[Value], bool]] = {
    "v": lambda value: type(value) is int and value == VERSION,
    "type": _word,
    "id": _text,
    "establishment": _text,
    "writer": _text,
    "writer_count": _count,
    "subject": _or_null(_text),
    "subject_count": _or_null(_count),
    "subject_previous": _or_null(_index),
    "actor": _or_null(_text),
    "factor": _or_null(_text),
    "at": _index,
    "action": _or_null(_text),
    "payload": _or_null(_hash),
}
"""The fields that every entry has. ``at`` is in microseconds of UTC since 1970; a hash is 64 hex digits."""

OPTIONAL: dict[str, Callable[[Value], bool]] = {
    "law": _hash,
    "people": _index,
    "policy": _hash,
    "roll": _hash,
    "rule": _text,
}
"""The fields that some entries have: the law of a decision; root and number of people of a roll call; the
rule of an erasure."""


def _check(fields: Mapping[str, Value]) -> None:
    missing = sorted(FIELDS.keys() - fields.keys())
    unknown = sorted(str(name) for name in fields.keys() - FIELDS.keys() - OPTIONAL.keys())
    if missing or unknown:
        raise Unproved(f"the entry has the wrong fields: {', '.join([*missing, *unknown])}")
    for name, value in fields.items():
        kind = FIELDS.get(name) or OPTIONAL[name]
        if not kind(value):
            raise Unproved(f"the entry's field {name} is of another kind")
    subject, count, previous = (fields[name] for name in ("subject", "subject_count", "subject_previous"))
    if (subject is None) != (count is None) or (previous is None) != (count is None or count == 1):
        raise Unproved(
            "the entry's count for its subject does not fit",
            "a subject's entries count from 1, and each but the first names the one before",
        )


def _canonical(fields: Mapping[str, Value]) -> bytes:
    for name, value in fields.items():
        if isinstance(value, str):
            _check_text(name, value)
        elif type(value) is int and abs(value) > NUMBER_MAX:
            raise Unproved(f"the entry's number {name} is too large", "some readers would round it")
    text = json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
    entry = text.encode("ascii")
    if len(entry) > LENGTH_MAX:
        raise Unproved("the entry is too long", f"an entry has at most {LENGTH_MAX} bytes")
    return entry


def _check_text(name: str, text: str) -> None:
    if not unicodedata.is_normalized("NFC", text):
        raise Unproved(f"the entry's text {name} is not in Unicode form NFC", "one look has one form")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise Unproved(f"the entry's text {name} holds half a character")


def _once(pairs: list[tuple[str, Value]]) -> Fields:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a name stands twice")
    return fields


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"not a whole number: {text}")
