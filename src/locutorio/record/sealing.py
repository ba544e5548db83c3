"""Contents under keys that can be destroyed, and words that can be shown later without being guessed before.

Three keys stand above each other, all of 32 bytes: the establishment's wraps the data key of a subject and
class; the data key gives each entry its own. Whoever is shown an entry gets that entry's key and no more;
whoever destroys the data key has erased every entry under it. All randomness is an argument: a nonce is used
once for a key.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from locutorio.record.unproved import Unproved

KEY_LENGTH = 32
NONCE_LENGTH = 12
SALT_LENGTH = 32
_HASH_LENGTH = 32
_ENTRY_KEY = b"locutorio/entry-key/v1\n"
_WHICH_KEY = b"locutorio/which-key/v1\n"
_COMMITMENT = b"locutorio/commitment/v1\n"


def entry_key(data_key: bytes, entry_id: str) -> bytes:
    """Give the key of one entry's content: HMAC-SHA-256 of its id under the data key."""
    return hmac.digest(_exact(data_key, KEY_LENGTH), _ENTRY_KEY + entry_id.encode(), "sha256")


def seal(key: bytes, nonce: bytes, content: bytes, about: str) -> bytes:
    """Seal a content under a key with AES-256-GCM.

    Args:
        key: 32 bytes.
        nonce: 12 bytes, never used before with this key.
        content: what is to be kept.
        about: what the seal is of (an entry's id, a key's name): it opens for nothing else.

    Returns:
        A hash of nonce and key, by which one seal opens under one key only; the nonce; ciphertext and tag.
    """
    _exact(nonce, NONCE_LENGTH)
    ciphertext = AESGCM(_exact(key, KEY_LENGTH)).encrypt(nonce, content, about.encode())
    return _which(key, nonce) + nonce + ciphertext


def opened(key: bytes, sealed: bytes, about: str) -> bytes:
    """Give the content of a seal.

    Raises:
        Unproved: if the key is another one, a bit was changed, or the seal is of something else.
    """
    which, nonce, ciphertext = (
        sealed[:_HASH_LENGTH],
        sealed[_HASH_LENGTH : _HASH_LENGTH + NONCE_LENGTH],
        sealed[_HASH_LENGTH + NONCE_LENGTH :],
    )
    if len(nonce) != NONCE_LENGTH or not hmac.compare_digest(which, _which(key, nonce)):
        raise Unproved("the seal is not of this key")
    try:
        return AESGCM(_exact(key, KEY_LENGTH)).decrypt(nonce, ciphertext, about.encode())
    except InvalidTag as error:
        raise Unproved("the seal was changed, or is of something else") from error


def wrap(above: bytes, nonce: bytes, data_key: bytes, about: str) -> bytes:
    """Seal a data key under the establishment's key. ``about`` names establishment, subject and class."""
    return seal(above, nonce, _exact(data_key, KEY_LENGTH), about)


def unwrap(above: bytes, wrapped: bytes, about: str) -> bytes:
    """Give a data key back.

    Raises:
        Unproved: as ``opened``, or if it is not a key.
    """
    data_key = opened(above, wrapped, about)
    if len(data_key) != KEY_LENGTH:
        raise Unproved("what was wrapped is not a key")
    return data_key


def commitment(salt: bytes, name: str, value: str) -> str:
    """Give 64 hexadecimal digits that bind a field's value without giving it away.

    Args:
        salt: 32 random bytes, kept beside the value inside the seal. Without it few values are soon guessed.
        name: the field.
        value: what it holds.
    """
    parts = name.encode(), value.encode()
    data = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    return sha256(_COMMITMENT + _exact(salt, SALT_LENGTH) + data).hexdigest()


def _which(key: bytes, nonce: bytes) -> bytes:
    return sha256(_WHICH_KEY + nonce + key).digest()


def _exact(data: bytes, length: int) -> bytes:
    if len(data) != length:
        raise ValueError(f"{length} bytes are needed, not {len(data)}")
    return data
