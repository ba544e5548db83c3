"""A backup is all there is, sealed, with what opens it apart and for a limited time."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from locutorio.actions.erase_due import erase_due
from locutorio.actions.order_erasure import order_erasure
from locutorio.kernel.faults import Fault
from locutorio.store.backups.restoring import put_back
from locutorio.store.backups.taking import WINDOW_DAYS, Kept, installation, moments, take
from locutorio.store.databases import database
from locutorio.store.log.sequencer import sequence
from locutorio.store.models import Person
from locutorio.store.start import use
from locutorio.store.transaction import perform
from tests import establishment
from tests.databases import Store, server
from tests.establishment import FOUNDED, Oak
from tests.store import planting
from tests.store.filling import everything
from tests.store.planting import MARK

AFTER = FOUNDED + timedelta(days=WINDOW_DAYS, seconds=1)


@pytest.fixture
def oak(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Oak:
    """An establishment with somebody in it about whom everything is marked, all of it in the log."""
    monkeypatch.setenv("LOCUTORIO_KEYRING", str(tmp_path / "keyring"))
    made = establishment.founded()
    perform(made.sent("plant").command("plant", {"said": f"{MARK}-asked"}), planting.plant)
    sequence(made.id)
    return made


def elsewhere(store: Store, tmp_path: Path) -> Kept:
    """Give where a backup can be put back: nothing is there yet."""
    if store.kind == "sqlite":
        where, keys = str(tmp_path / "new" / "oak.db"), str(tmp_path / "new" / "oak.db-keys")
    else:
        name = f"restored_{os.urandom(4).hex()}"
        for one in (name, f"{name}_keys"):
            server().say(f"CREATE DATABASE {one}")
        where, keys = server().address(name), server().address(f"{name}_keys")
    return Kept(database(where), database(keys), tmp_path / "new" / "keyring")


def test_what_is_put_back_is_what_was_there(oak: Oak, store: Store, tmp_path: Path) -> None:
    """Every row of every table, and every content of the log, can be read in what was put back."""
    place, keys = tmp_path / "backups", tmp_path / "keys"
    taken = take(installation(store.where), place, keys, FOUNDED)
    before = everything()
    kept = elsewhere(store, tmp_path)
    put_back(place / taken.name, keys, kept)
    use(kept.main)
    assert everything() == before
    use({})


def test_neither_folder_alone_tells_anything(oak: Oak, store: Store, tmp_path: Path) -> None:
    """In the sealed one no mark can be read; the other holds none; only their owner can enter either."""
    place, keys = tmp_path / "backups", tmp_path / "keys"
    taken = take(installation(store.where), place, keys, FOUNDED)
    assert not planting.where(place, MARK.encode())
    assert not planting.where(keys, MARK.encode())
    for folder in (place / taken.name, keys / taken.name):
        assert folder.stat().st_mode & 0o077 == 0


def test_after_its_time_no_copy_of_a_backup_can_be_opened(oak: Oak, store: Store, tmp_path: Path) -> None:
    """What was erased is in backups until their time is over; then every copy is closed."""
    place, keys = tmp_path / "backups", tmp_path / "keys"
    first = take(installation(store.where), place, keys, FOUNDED)
    carried_off = (place / first.name).rename(tmp_path / first.name)
    person = Person.objects.get(surname__startswith=MARK).id
    order_erasure(person, "order 12", oak.sent("order"))
    erase_due(oak.id, FOUNDED)
    second = take(installation(store.where), place, keys, AFTER)
    assert second.removed == (first.name,)
    assert moments(keys) == [AFTER]
    with pytest.raises(Fault, match=r"nothing in .* opens"):
        put_back(carried_off, keys, elsewhere(store, tmp_path))
    kept = elsewhere(store, tmp_path / "second")
    put_back(place / second.name, keys, kept)
    use({})
    if store.kind == "sqlite":
        assert not planting.where(tmp_path / "second", MARK.encode())


@pytest.mark.parametrize("at", [0, 40, -1], ids=("first byte", "in the middle", "cut off"))
def test_a_damaged_backup_is_not_put_back(oak: Oak, store: Store, tmp_path: Path, at: int) -> None:
    """One bit changed, or an end cut off: nothing is put back, and the reason is told."""
    place, keys = tmp_path / "backups", tmp_path / "keys"
    taken = take(installation(store.where), place, keys, FOUNDED)
    sealed = place / taken.name / "main.sealed"
    data = bytearray(sealed.read_bytes())
    if at < 0:
        del data[-5000:]
    else:
        data[at] ^= 1
    sealed.write_bytes(bytes(data))
    kept = elsewhere(store, tmp_path)
    with pytest.raises(Fault, match="is damaged"):
        put_back(place / taken.name, keys, kept)
    if store.kind == "sqlite":
        assert not Path(str(kept.main["NAME"])).exists()


def test_places_that_are_not_apart(oak: Oak, store: Store, tmp_path: Path) -> None:
    """A backup and what opens it never lie in one place, nor one within the other."""
    for keys in (tmp_path, tmp_path / "keys", tmp_path.parent):
        with pytest.raises(Fault, match="in one place"):
            take(installation(store.where), tmp_path, keys, FOUNDED)


def test_nothing_is_overwritten(oak: Oak, store: Store, tmp_path: Path) -> None:
    """A backup is put back only where nothing is."""
    place, keys = tmp_path / "backups", tmp_path / "keys"
    taken = take(installation(store.where), place, keys, FOUNDED)
    before = everything()
    with pytest.raises(Fault, match=r"already|not empty"):
        put_back(place / taken.name, keys, installation(store.where))
    assert everything() == before
