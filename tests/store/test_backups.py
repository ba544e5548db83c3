"""A backup is all there is, sealed, with what opens it apart and for a limited time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from locutorio.actions.erase_due import erase_due
from locutorio.actions.order_erasure import order_erasure
from locutorio.kernel.faults import Fault
from locutorio.store.backups.restoring import put_back
from locutorio.store.backups.taking import WINDOW_DAYS, Kept, installation, moments, new_installation, take
from locutorio.store.context import inside
from locutorio.store.databases import BACKUP_ROLE, OWNER
from locutorio.store.log.sequencer import sequence
from locutorio.store.models import Person
from locutorio.store.people import establishments
from locutorio.store.policies import lacking
from locutorio.store.start import migrate, start, use
from locutorio.store.transaction import perform
from tests import establishment
from tests.databases import BACKUP, PROGRAM, Store, bare, server
from tests.establishment import FOUNDED, Oak
from tests.store import planting
from tests.store.filling import everything
from tests.store.planting import MARK

on_a_server = pytest.mark.parametrize("store", ["postgresql"], indirect=True)
AFTER = FOUNDED + timedelta(days=WINDOW_DAYS, seconds=1)


@pytest.fixture
def oak(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Oak:
    """An establishment with somebody in it about whom everything is marked, all of it in the log."""
    monkeypatch.setenv("LOCUTORIO_KEYRING", str(tmp_path / "keyring"))
    made = establishment.founded()
    perform(made.sent("plant").command("plant", {"said": f"{MARK}-asked"}), planting.plant)
    sequence(made.id)
    return made


def copying(store: Store) -> Kept:
    """Give what is copied: on a server as the role that takes backups, which is no superuser."""
    return installation(store.copied_as or store.where)


@pytest.fixture
def new(store: Store, tmp_path: Path) -> Iterator[Store]:
    """Where a backup can be put back: nothing is there yet."""
    with bare(store.kind, tmp_path / "new") as made:
        yield made


def filling(new: Store, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """Give it as it is filled: beside it is no keyring yet, and the environment names who owns it."""
    monkeypatch.setenv(
        "LOCUTORIO_KEYRING", str(Path(os.environ["LOCUTORIO_KEYRING"]).with_name("new-keyring"))
    )
    if new.owner:
        monkeypatch.setenv(OWNER, new.owner)
    return new_installation(new.where)


def test_what_is_put_back_is_what_was_there(
    oak: Oak, store: Store, new: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every row of every table, and every content of the log, can be read in what was put back."""
    place, keys = tmp_path / "backups", tmp_path / "keys"
    taken = take(copying(store), place, keys, FOUNDED)
    before = everything()
    assert before["store_person"]
    put_back(place / taken.name, keys, filling(new, monkeypatch))
    new.use()
    assert everything() == before
    use({})


def test_what_is_put_back_is_guarded_as_it_was(
    oak: Oak, store: Store, new: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program works on it as its own role, and is shown what it says it is about, and nothing else."""
    place, keys = tmp_path / "backups", tmp_path / "keys"
    taken = take(copying(store), place, keys, FOUNDED)
    put_back(place / taken.name, keys, filling(new, monkeypatch))
    start(new.where)
    migrate()
    assert lacking(connection) is None
    assert establishments() == [oak.id]
    if store.kind == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, count(*) FROM store_person GROUP BY 1")
            assert cursor.fetchall() == []
    with transaction.atomic(), inside(oak.id):
        assert Person.objects.filter(surname__startswith=MARK).count() == 1
    use({})


@on_a_server
@pytest.mark.parametrize("role", ["where", "owner"], ids=("the program's role", "the owner"))
@pytest.mark.parametrize("part", ["main", "keys"])
def test_a_role_that_is_not_shown_every_row_takes_no_backup(
    oak: Oak, store: Store, tmp_path: Path, role: str, part: str
) -> None:
    """It would hold nothing, or a part: it is refused, with what to do, and nothing is written."""
    bound = getattr(installation(getattr(store, role)), part)
    kept = replace(copying(store), **{part: bound})
    place, keys = tmp_path / "backups", tmp_path / "keys"
    with pytest.raises(Fault, match="does not see every row") as refused:
        take(kept, place, keys, FOUNDED)
    assert BACKUP_ROLE in str(refused.value)
    assert not place.exists()
    assert not keys.exists()


@on_a_server
def test_a_role_that_may_not_read_takes_no_backup(oak: Oak, store: Store, tmp_path: Path) -> None:
    """That no policy binds it is not enough: without the right to read, there is no backup either."""
    server().say("DROP ROLE IF EXISTS unable")
    server().say(f"CREATE ROLE unable LOGIN BYPASSRLS PASSWORD '{server().password}'")
    kept = installation(store.where.replace("//locutorio:", "//unable:"))
    with pytest.raises(Fault, match="permission denied"):
        take(kept, tmp_path / "backups", tmp_path / "keys", FOUNDED)
    assert moments(tmp_path / "backups") == moments(tmp_path / "keys") == []


@on_a_server
def test_the_environment_names_the_role_for_backups(
    oak: Oak, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one variable names it for the database and for that of the keys, wherever that is."""
    monkeypatch.setenv("LOCUTORIO_DATABASE", store.where)
    monkeypatch.setenv("LOCUTORIO_KEYS", f"{store.where}_keys")
    assert {installation().main["USER"], installation().keys["USER"]} == {PROGRAM}
    monkeypatch.setenv(BACKUP_ROLE, store.copied_as)
    assert {installation().main["USER"], installation().keys["USER"]} == {BACKUP}


@on_a_server
def test_a_database_with_nothing_in_it_is_not_backed_up(store: Store, tmp_path: Path) -> None:
    """A server's database in which no establishment was opened is the wrong one."""
    place, keys = tmp_path / "backups", tmp_path / "keys"
    with pytest.raises(Fault, match="nothing to back up"):
        take(copying(store), place, keys, FOUNDED)
    assert not place.exists()


@on_a_server
def test_what_is_put_back_is_the_owners(
    oak: Oak, store: Store, new: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no owner is named, or the owner's address is another database's, nothing is filled."""
    monkeypatch.setenv(OWNER, store.owner)
    with pytest.raises(Fault, match="do not name the same database"):
        new_installation(new.where)
    monkeypatch.delenv(OWNER)
    with pytest.raises(Fault, match="owner of the tables is not named"):
        new_installation(new.where)


def test_neither_folder_alone_tells_anything(oak: Oak, store: Store, tmp_path: Path) -> None:
    """In the sealed one no mark can be read; the other holds none; only their owner can enter either."""
    place, keys = tmp_path / "backups", tmp_path / "keys"
    taken = take(copying(store), place, keys, FOUNDED)
    assert not planting.where(place, MARK.encode())
    assert not planting.where(keys, MARK.encode())
    for folder in (place / taken.name, keys / taken.name):
        assert folder.stat().st_mode & 0o077 == 0


def test_after_its_time_no_copy_of_a_backup_can_be_opened(
    oak: Oak, store: Store, new: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was erased is in backups until their time is over; then every copy is closed."""
    place, keys = tmp_path / "backups", tmp_path / "keys"
    first = take(copying(store), place, keys, FOUNDED)
    carried_off = (place / first.name).rename(tmp_path / first.name)
    person = Person.objects.get(surname__startswith=MARK).id
    order_erasure(person, "order 12", oak.sent("order"))
    erase_due(oak.id, FOUNDED)
    second = take(copying(store), place, keys, AFTER)
    assert second.removed == (first.name,)
    assert moments(keys) == [AFTER]
    kept = filling(new, monkeypatch)
    with pytest.raises(Fault, match=r"nothing in .* opens"):
        put_back(carried_off, keys, kept)
    put_back(place / second.name, keys, kept)
    new.use()
    assert MARK not in str(everything()["store_person"])
    use({})
    if store.kind == "sqlite":
        assert not planting.where(Path(new.where).parent, MARK.encode())


@pytest.mark.parametrize("at", [0, 40, -1], ids=("first byte", "in the middle", "cut off"))
def test_a_damaged_backup_is_not_put_back(
    oak: Oak, store: Store, new: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """One bit changed, or an end cut off: nothing is put back, and the reason is told; a sound one can be."""
    place, keys = tmp_path / "backups", tmp_path / "keys"
    taken = take(copying(store), place, keys, FOUNDED)
    sealed = place / taken.name / "main.sealed"
    sound = sealed.read_bytes()
    data = bytearray(sound)
    if at < 0:
        del data[-5000:]
    else:
        data[at] ^= 1
    sealed.write_bytes(bytes(data))
    kept = filling(new, monkeypatch)
    with pytest.raises(Fault, match="is damaged"):
        put_back(place / taken.name, keys, kept)
    if store.kind == "sqlite":
        assert not Path(new.where).exists()
    sealed.write_bytes(sound)
    put_back(place / taken.name, keys, kept)
    start(new.where)
    migrate()
    assert establishments() == [oak.id]
    use({})


def test_places_that_are_not_apart(oak: Oak, store: Store, tmp_path: Path) -> None:
    """A backup and what opens it never lie in one place, nor one within the other."""
    for keys in (tmp_path, tmp_path / "keys", tmp_path.parent):
        with pytest.raises(Fault, match="in one place"):
            take(copying(store), tmp_path, keys, FOUNDED)


def test_nothing_is_overwritten(oak: Oak, store: Store, tmp_path: Path) -> None:
    """A backup is put back only where nothing is."""
    place, keys = tmp_path / "backups", tmp_path / "keys"
    taken = take(copying(store), place, keys, FOUNDED)
    before = everything()
    with pytest.raises(Fault, match=r"already|not empty"):
        put_back(place / taken.name, keys, new_installation(store.where))
    assert everything() == before
