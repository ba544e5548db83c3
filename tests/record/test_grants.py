"""A grant holds for its call, its moment and one use, and for nothing else whatever is done to it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locutorio.record.grants import LIFE_MAX, Grant, Ungranted, Word, granted
from locutorio.record.notes import Kind, Note, Signer
from tests.telephony.recorders import SIGNER

AT = 1_900_000_000
ATTEMPT = "0195a1b2-0000-7000-8000-00000000002a"
OTHER = "0195a1b2-0000-7000-8000-00000000002b"
GRANT = Grant(
    attempt=ATTEMPT,
    telephone="north-2",
    called="+12025550123",
    person="p-31",
    establishment="oak",
    law="f00d",
    may="record",
    seal_to="A" * 43 + "=",
    issued=AT,
    expires=AT + LIFE_MAX,
    nonce="0123456789abcdef" * 2,
)
SIGNED = GRANT.signed(SIGNER)


def refused(data: bytes, *, at: int = AT, attempt: str = ATTEMPT, used: frozenset[str] = frozenset()) -> Word:
    """Give the word by which a grant is refused."""
    with pytest.raises(Ungranted) as error:
        granted(data, SIGNER.key, at=at, attempt=attempt, used=used)
    assert error.value.word in str(error.value)
    return error.value.word


@given(at=st.integers(AT, AT + LIFE_MAX - 1))
def test_a_grant_grants_while_it_lives(at: int) -> None:
    """From the second of its issue to the last before its end it gives back what was granted."""
    assert granted(SIGNED, SIGNER.key, at=at, attempt=ATTEMPT, used=()) == GRANT


@given(place=st.integers(0, len(SIGNED) - 1), bit=st.integers(0, 7))
def test_any_changed_bit_is_refused(place: int, bit: int) -> None:
    """There is no bit of a grant that can be turned."""
    changed = bytearray(SIGNED)
    changed[place] ^= 1 << bit

    assert refused(bytes(changed)) in (Word.FORGED, Word.MALFORMED)


@given(
    place=st.integers(0, len(SIGNED)),
    cut=st.integers(0, 40),
    put=st.text("Aa0-=\n +", max_size=40).map(str.encode),
)
def test_anything_cut_or_put_in_is_refused(place: int, cut: int, put: bytes) -> None:
    """Bytes left out, added or put in place of others leave nothing that grants."""
    changed = SIGNED[:place] + put + SIGNED[place + cut :]
    if changed != SIGNED:
        assert refused(changed) in (Word.FORGED, Word.MALFORMED)


@given(data=st.binary(max_size=5_000))
def test_whatever_is_sent_is_refused_in_a_word(data: bytes) -> None:
    """Bytes that nobody signed are refused without any other error."""
    assert refused(data) in (Word.FORGED, Word.MALFORMED)


@given(at=st.integers(0, 2**40).filter(lambda at: not AT <= at < AT + LIFE_MAX))
def test_before_its_issue_and_from_its_end_it_grants_nothing(at: int) -> None:
    """A clock that was set back makes nothing good again, nor does one that was set ahead keep it so."""
    assert refused(SIGNED, at=at) is (Word.EARLY if at < AT else Word.LAPSED)


def test_it_is_of_one_call_one_key_and_one_use() -> None:
    """Another call, another signer and a second use are each refused with their own word."""
    another = Signer("locutorio/grants", Kind.ED25519, b"\x08" * 32)
    joined = Note.parse(SIGNED).joined([another.sign(GRANT.text(), AT)]).written()

    assert refused(SIGNED, attempt=OTHER) is Word.ANOTHER_CALL
    assert refused(GRANT.signed(another)) is Word.FORGED
    assert refused(joined) is Word.FORGED
    assert refused(SIGNED, used=frozenset({GRANT.nonce})) is Word.USED


@pytest.mark.parametrize(
    "changed",
    [
        {"expires": AT + LIFE_MAX + 1},
        {"expires": AT},
        {"may": "both"},
        {"may": "listen"},
        {"seal_to": "-"},
        {"nonce": "0"},
        {"attempt": "one"},
        {"telephone": "north 2"},
        {"called": "sip:x"},
        {"person": ""},
        {"law": "f00d\nmay record"},
    ],
)
def test_a_grant_that_says_too_much_is_not_made(changed: dict[str, object]) -> None:
    """It cannot live longer than half a minute, hold two lines in one, or record without a key to seal to."""
    with pytest.raises(Ungranted) as error:
        replace(GRANT, **changed)  # type: ignore[arg-type]

    assert error.value.word is Word.MALFORMED
