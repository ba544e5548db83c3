"""A pack ships with the proof of exactly the law that is in it."""

import pytest

from locutorio.rules.packs import folder_of, pack_hash, proved_hash, shipped


@pytest.mark.parametrize("name", shipped())
def test_the_stored_proof_is_of_this_pack(name: str) -> None:
    """No byte of a pack or of the vocabulary was changed since its safety properties were proved."""
    assert proved_hash(folder_of(name)) == pack_hash(folder_of(name)), f"run: locutorio check {name}"
