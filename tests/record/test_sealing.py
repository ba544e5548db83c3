"""What is sealed opens with its key, for what it is of, and not otherwise."""

from __future__ import annotations

import pytest

from locutorio.record.sealing import commitment, entry_key, opened, seal, unwrap, wrap
from locutorio.record.unproved import Unproved

KEY, NONCE, SALT = b"k" * 32, b"n" * 12, b"s" * 32


def test_a_seal_opens_for_what_it_is_of() -> None:
    """The content comes back, and nothing of it is readable in the seal."""
    sealed = seal(KEY, NONCE, b"a letter to counsel", "entry-1")

    assert opened(KEY, sealed, "entry-1") == b"a letter to counsel"
    assert b"counsel" not in sealed


def test_every_changed_byte_and_another_key_are_refused() -> None:
    """A changed or cut seal, another key, or another thing it is said to be of: it stays closed."""
    sealed = seal(KEY, NONCE, b"content", "entry-1")
    broken = [sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in range(len(sealed))]
    tried = [(KEY, data, "entry-1") for data in (*broken, sealed[:-1], sealed[:40], b"", sealed + b"\0")]
    tried += [(b"q" * 32, sealed, "entry-1"), (KEY, sealed, "entry-2")]
    for key, data, about in tried:
        with pytest.raises(Unproved):
            opened(key, data, about)


def test_a_key_of_one_entry_opens_one_entry() -> None:
    """Each entry has its own key, and without the data key none of them can be made."""
    keys = {entry_key(KEY, f"entry-{number}") for number in range(50)}

    assert len(keys) == 50
    assert KEY not in keys
    assert entry_key(b"q" * 32, "entry-1") not in keys


def test_a_data_key_is_wrapped() -> None:
    """It comes back under the establishment's key for its own subject and class only."""
    wrapped = wrap(KEY, NONCE, b"d" * 32, "arcadia/pseudonym-1/visits")

    assert unwrap(KEY, wrapped, "arcadia/pseudonym-1/visits") == b"d" * 32
    with pytest.raises(Unproved):
        unwrap(KEY, wrapped, "arcadia/pseudonym-2/visits")
    with pytest.raises(Unproved):
        unwrap(KEY, seal(KEY, NONCE, b"short", "a"), "a")


def test_a_commitment_binds_and_hides() -> None:
    """Salt, field and value all count, also where one ends and the next begins."""
    made = commitment(SALT, "outcome", "refuse")

    assert made == commitment(SALT, "outcome", "refuse")
    others = [(SALT, "outcome", "permit"), (b"t" * 32, "outcome", "refuse"), (SALT, "outcomer", "efuse")]
    assert made not in {commitment(*other) for other in others}


@pytest.mark.parametrize(("key", "nonce"), [(b"k" * 31, NONCE), (KEY, b""), (KEY, b"n" * 16)])
def test_other_lengths_are_a_mistake(key: bytes, nonce: bytes) -> None:
    """A short key or nonce is refused at once."""
    with pytest.raises(ValueError, match="bytes are needed"):
        seal(key, nonce, b"content", "entry-1")
