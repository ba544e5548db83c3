"""Telephone numbers as files write them, to the one international form; extensions apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from locutorio.actions.importing.remarks import Unread

_EXTENSION = re.compile(r"(?:\s*(?:x|ext\.?|extension|#|;ext=)\s*\d{1,7})$", re.IGNORECASE)
_DIGITS = re.compile(r"\d")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_TWO = re.compile(r"\d{4}.*(?:[/;,&\n]|\bor\b|\by\b).*\d{4}", re.IGNORECASE | re.DOTALL)
_LETTERS = re.compile(r"[^\W\d_]")
_DIGITS_MIN, _DIGITS_MAX = 7, 20
_DECIMAL = re.compile(r"(\d{7,15})\.0")


@dataclass(frozen=True, slots=True)
class Telephone:
    """A number in E.164 and its extension, if it has one. ``doubtful``: no plan of numbers knows it."""

    number: str
    extension: str = ""
    doubtful: bool = False


@lru_cache(maxsize=10_000)
def read_telephone(text: str, region: str) -> Telephone:
    """Read one number, dialled from a country.

    Args:
        text: as written.
        region: ISO 3166 code of the country it is dialled from.

    Raises:
        Unread: ``telephone_scientific``, ``telephones_two``, ``telephone_trunk``, ``telephone_short``,
            ``telephone_local``, ``telephone``.
    """
    text = text.strip()
    if _SCIENTIFIC.fullmatch(text):
        raise Unread("telephone_scientific")
    if decimal := _DECIMAL.fullmatch(text):
        text = decimal[1]
    if _TWO.search(text):
        raise Unread("telephones_two")
    main = _EXTENSION.sub("", text)
    if _LETTERS.search(main):
        raise Unread("telephone_trunk")
    digits = len(_DIGITS.findall(main))
    if digits < _DIGITS_MIN:
        raise Unread("telephone_short")
    if digits > _DIGITS_MAX:
        raise Unread("telephone")
    try:
        read = phonenumbers.parse(text.replace("#", "x"), region)
    except NumberParseException:
        raise Unread("telephone") from None
    reason = phonenumbers.is_possible_number_with_reason(read)
    if reason == ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
        raise Unread("telephone_local")
    if reason != ValidationResult.IS_POSSIBLE:
        raise Unread("telephone")
    return Telephone(
        phonenumbers.format_number(_bare(read), PhoneNumberFormat.E164),
        read.extension or "",
        not phonenumbers.is_valid_number(read),
    )


def _bare(read: phonenumbers.PhoneNumber) -> phonenumbers.PhoneNumber:
    found = phonenumbers.PhoneNumber()
    found.merge_from(read)
    found.extension = None
    return found


def is_telephone(text: str, region: str) -> bool:
    """Say whether a text is a telephone number."""
    try:
        read_telephone(text, region)
    except Unread:
        return False
    return True
