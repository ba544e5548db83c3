"""Reads a body as JSON, and nothing that two readers could understand in two ways."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, NoReturn

DEPTH_MAX = 32
WHOLE_MAX = 2**53
# A text that does not end runs to the end, so that no text is looked at twice.
_SIGNS = re.compile(rb'"(?:[^"\\]|\\.?)*(?:"|\Z)|[\[\]{}]', re.DOTALL)
_OPENING = re.compile(rb"[\[{]")
_UNPAIRED = re.compile("[\ud800-\udfff]")
NUL = "\x00"


class Unread(ValueError):
    """It is not JSON, or not one that everybody reads alike."""


def read_json(raw: bytes) -> Any:
    """Read a JSON value.

    Raises:
        Unread: it is not JSON in UTF-8; a name stands twice in an object; a number is not finite, or too
            large to be exact everywhere; a text holds NUL or half a character; it is nested too deep.
    """
    if len(_OPENING.findall(raw)) > DEPTH_MAX and _depth(raw) > DEPTH_MAX:
        raise Unread("it is nested too deep")
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_refuse,
            parse_float=_number,
            parse_int=_whole,
        )
    except (ValueError, RecursionError) as error:
        raise Unread(str(error)) from error
    _refuse_texts(value)
    return value


def _depth(raw: bytes) -> int:
    """Give the most brackets that are open at once, outside of texts."""
    deepest = open_now = 0
    for sign in _SIGNS.findall(raw):
        open_now += (sign in b"[{") - (sign in b"]}")
        deepest = max(deepest, open_now)
    return deepest


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise Unread("a name stands twice in an object")
    return made


def _refuse(constant: str) -> NoReturn:
    raise Unread(f"{constant} is no number of JSON")


def _number(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise Unread("a number is too large")
    return value


def _whole(text: str) -> int:
    value = int(text) if len(text) < len(str(WHOLE_MAX)) + 2 else WHOLE_MAX + 1
    if abs(value) > WHOLE_MAX:
        raise Unread("a number is too large to be exact everywhere")
    return value


def _refuse_texts(value: Any) -> None:
    match value:
        case str():
            if NUL in value or _UNPAIRED.search(value):
                raise Unread("a text holds what is no character")
        case list():
            for item in value:
                _refuse_texts(item)
        case dict():
            for name, item in value.items():
                _refuse_texts(name)
                _refuse_texts(item)
