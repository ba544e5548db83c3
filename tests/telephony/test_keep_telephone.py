"""A telephone is kept with a secret that is shown once, and ends when it is stopped."""

import hashlib

import pytest

from locutorio.actions.keep_telephone import keep_telephone, stop_telephone
from locutorio.kernel.faults import Fault
from locutorio.store import calls
from locutorio.store.models import Entry
from tests.databases import Store
from tests.establishment import founded

REALM = "locutorio"


def test_kept(store: Store) -> None:
    """The secret given opens the telephone by digest, and stands nowhere in the database."""
    oak = founded()
    secret = keep_telephone("north-1", "north", REALM, oak.sent("one"))
    found = calls.telephone_of(oak.id, "north-1")
    assert found is not None
    assert found.ha1 == hashlib.md5(f"north-1:{REALM}:{secret}".encode()).hexdigest()
    assert not [entry for entry in Entry.objects.values() if secret in str(entry)]


def test_once(store: Store) -> None:
    """The same command again shows no secret; nor does another of a name in use make a second telephone."""
    oak = founded()
    keep_telephone("north-1", "", REALM, oak.sent("one"))
    for name in ("one", "two"):
        with pytest.raises(Fault):
            keep_telephone("north-1", "", REALM, oak.sent(name))
    assert len(calls.telephones(oak.id)) == 1


def test_stopped(store: Store) -> None:
    """A telephone that is stopped is in use no more, and its name is free for another."""
    oak = founded()
    keep_telephone("north-1", "", REALM, oak.sent("one"))
    stop_telephone("north-1", oak.sent("stop"))
    assert calls.telephones(oak.id) == []
    with pytest.raises(Fault):
        stop_telephone("north-1", oak.sent("stop again"))
    assert keep_telephone("north-1", "", REALM, oak.sent("anew"))


@pytest.mark.parametrize("name", ["", "north 1", "ñorte", "a" * 61, 'x"y', "x@y", "../x"])
def test_names(store: Store, name: str) -> None:
    """A name that SIP does not carry as it is written is refused."""
    oak = founded()
    with pytest.raises(Fault):
        keep_telephone(name, "", REALM, oak.sent("one"))
