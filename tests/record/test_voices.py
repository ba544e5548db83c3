"""A recording is sealed by whoever has the public half of its key, and opened whole or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locutorio.record.unproved import Unproved
from locutorio.record.voices import PIECE_LENGTH, opened_voice, public_of, sealed_voice

PRIVATE, FILE_KEY = b"\x09" * 32, b"\x0a" * 32
CALL = "0195a1b2-0000-7000-8000-00000000002a"
THREE = b"".join(sealed_voice(b"v" * (2 * PIECE_LENGTH + 5), public_of(PRIVATE), FILE_KEY, CALL))
_SEALED_PIECE = PIECE_LENGTH + 16
_HEAD = len(THREE) - 2 * _SEALED_PIECE - 21


def opened(data: bytes, private: bytes = PRIVATE, about: str = CALL, *, part: int = 10_000) -> bytes:
    """Open what was sealed, given in parts."""
    parts = (data[start : start + part] for start in range(0, len(data), part))
    return b"".join(opened_voice(parts, private, about))


@settings(max_examples=20)
@given(
    length=st.one_of(
        st.integers(0, 100), st.integers(PIECE_LENGTH - 1, PIECE_LENGTH + 1), st.integers(0, 200_000)
    ),
    part=st.integers(1_000, 100_000),
)
def test_what_was_sealed_is_opened(length: int, part: int) -> None:
    """Whatever its length, and however it is parted when it is read."""
    content = bytes(each % 251 for each in range(length))
    sealed = b"".join(sealed_voice(content, public_of(PRIVATE), FILE_KEY, CALL))

    assert opened(sealed, part=part) == content
    assert content[:32] not in sealed or length < 3


@given(place=st.integers(0, len(THREE) - 1), bit=st.integers(0, 7))
@settings(max_examples=60)
def test_any_changed_bit_is_seen(place: int, bit: int) -> None:
    """No bit of a sealed recording can be turned unseen."""
    changed = bytearray(THREE)
    changed[place] ^= 1 << bit
    with pytest.raises(Unproved):
        opened(bytes(changed))


@pytest.mark.parametrize(
    "changed",
    [
        THREE[:-1],
        THREE[:-21],
        THREE[: _HEAD + _SEALED_PIECE],
        THREE[:_HEAD],
        THREE[:10],
        b"",
        THREE + b"x",
        THREE[:_HEAD] + THREE[_HEAD + _SEALED_PIECE :],
        THREE[:_HEAD]
        + THREE[_HEAD + _SEALED_PIECE : -21]
        + THREE[_HEAD : _HEAD + _SEALED_PIECE]
        + THREE[-21:],
    ],
    ids=["byte", "last", "two", "all", "head", "nothing", "more", "first", "order"],
)
def test_a_piece_left_out_moved_or_added_is_seen(changed: bytes) -> None:
    """A recording that was cut, shortened in the middle, put in another order or lengthened does not open."""
    with pytest.raises(Unproved):
        opened(changed)


def test_it_opens_for_its_own_call_and_key_alone() -> None:
    """Neither another recording's key nor another call's name opens it, nor the key that sealed it."""
    for private, about in ((b"\x0b" * 32, CALL), (PRIVATE, "another"), (public_of(PRIVATE), CALL)):
        with pytest.raises(Unproved):
            opened(THREE, private, about)
