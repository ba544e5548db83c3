"""Names as files write them: suffix and nickname told apart, lost letters refused, the rest as written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from locutorio.actions.importing.remarks import Unread

_SUFFIX = re.compile(r"[,\s]+(JR|SR|II|III|IV|2ND|3RD|4TH)\.?$", re.IGNORECASE)
_NICKNAME = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|[\"“]([^\"”]*)[\"”]")
_LOST = re.compile(r"(?<=\w)\?|\?(?=\w)")
_SIGNS = frozenset(" -'.`\u2019\u00b4\u2011\u2013")


@dataclass(frozen=True, slots=True)
class Name:
    """A surname or the first names, as written, without the suffix or nickname that stood in it."""

    text: str
    suffix: str = ""
    nickname: str = ""


def read_name(text: str) -> Name:
    """Read a surname or first names. Two surnames and small words (DE LA CRUZ) stay one surname.

    Raises:
        Unread: ``name_lost``, ``name_comma``, ``name_signs``, ``name_nickname_only``.
    """
    if _LOST.search(text):
        raise Unread("name_lost")
    nicknames = [part.strip() for found in _NICKNAME.findall(text) for part in found if part.strip()]
    rest = " ".join(_NICKNAME.sub(" ", text).split())
    suffix = ""
    if match := _SUFFIX.search(rest):
        suffix, rest = match[1].upper(), rest[: match.start()].rstrip(" ,")
    if not rest:
        raise Unread("name_nickname_only")
    if "," in rest:
        raise Unread("name_comma")
    strange = next((char for char in rest if not _of_a_name(char)), None)
    if strange:
        raise Unread("name_signs", sign=strange)
    return Name(rest, suffix, ", ".join(nicknames))


def _of_a_name(char: str) -> bool:
    return char in _SIGNS or unicodedata.category(char)[0] in {"L", "M"}


def alike(text: str) -> str:
    """Give a name without case, accents, hyphens and blanks, to find it by: accents are lost on the way."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parted if char.isalpha())
