"""A backup is put back only where its log is whole, and is the one that a witness has seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from locutorio.actions.restore import restore
from locutorio.kernel.faults import Fault
from locutorio.store.backups.restoring import put_back
from locutorio.store.backups.taking import installation, new_installation, take
from locutorio.store.databases import OWNER, database
from locutorio.store.keyring import VARIABLE
from locutorio.store.log import checkpoints, succeeding
from locutorio.store.log.sequencer import sequence
from locutorio.store.models import Person
from locutorio.store.start import use
from tests.databases import Store, bare
from tests.life.house import repeatable
from tests.life.life import Life
from tests.log.world import DATABASE, SEED, World, copied, introduced, using, witnessed, world
from tests.store.filling import everything


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """An establishment whose log is signed and witnessed; no keyring is named."""
    found = world()
    monkeypatch.delenv(VARIABLE, raising=False)
    yield found
    use({})


def backed_up(home: Path, at: World, tmp_path: Path) -> tuple[Path, Path]:
    """Take a backup of what stands in a directory; give its folder and that of what opens it."""
    place, keys = tmp_path / "backups", tmp_path / "keys"
    taken = take(installation(str(home / DATABASE)), place, keys, at.now)
    return place / taken.name, keys


def test_what_the_witness_has_seen_is_put_back(alone: World, tmp_path: Path) -> None:
    """With the witness's checkpoint it is verified and kept, and everybody is there."""
    backup, keys = backed_up(alone.home, alone, tmp_path)
    use(database(str(alone.home / DATABASE)))
    people = Person.objects.count()
    where = str(tmp_path / "new" / "oak.db")
    later = alone.now + timedelta(hours=1)
    (done,) = restore(backup, keys, where, later, witnesses=alone.seen)
    assert done.code == "oak"
    assert done.size >= done.witnessed > 0
    assert Person.objects.count() == people


def test_a_backup_from_before_is_not_put_back(alone: World, tmp_path: Path) -> None:
    """It looks whole by itself; the witness has seen more. Nothing is kept of it."""
    backup, keys = backed_up(alone.early, alone, tmp_path)
    where = tmp_path / "new" / "oak.db"
    with pytest.raises(Fault, match="does not hold"):
        restore(backup, keys, str(where), alone.now, witnesses=alone.seen)
    assert not where.exists()


def test_nothing_is_put_back_without_a_witness(alone: World, tmp_path: Path) -> None:
    """Only what stood outside shows that a copy is not an old or altered one."""
    backup, keys = backed_up(alone.home, alone, tmp_path)
    with pytest.raises(Fault, match="no witness"):
        restore(backup, keys, str(tmp_path / "new" / "oak.db"), alone.now, witnesses=())


def test_an_altered_backup_is_not_put_back(alone: World, tmp_path: Path) -> None:
    """Whoever changes a row and then takes a backup is found out when it is put back."""
    with copied(alone.home) as home:
        using(home)
        Person.objects.filter(id=Person.objects.earliest("id").id).update(surname="Other")
        use({})
        backup, keys = backed_up(home, alone, tmp_path)
        with pytest.raises(Fault, match="does not hold"):
            restore(backup, keys, str(tmp_path / "new" / "oak.db"), alone.now, witnesses=alone.seen)


@pytest.mark.parametrize("told_lie", [False, True], ids=("the witness's log", "another log"))
def test_it_is_verified_where_it_was_put(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, told_lie: bool
) -> None:
    """On either database: the backup's role copies, the owner fills, the program verifies what it uses."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "keyring"))
    with repeatable(SEED), witnessed(tmp_path) as known:
        life = Life(SEED)
        here, at = life.house.id, life.now
        introduced(known, here)
        sequence(here)
        checkpoints.sign(here, at)
        seen = [one.last(succeeding.policy_of(here).origin) for one in known]
    if told_lie:
        Person.objects.filter(id=Person.objects.earliest("id").id).update(surname="Other")
    before = everything()
    place, keys = tmp_path / "backups", tmp_path / "keys"
    taken = take(installation(store.copied_as or store.where), place, keys, at)
    asked = [one.written() for one in seen if one]
    with bare(store.kind, tmp_path / "new") as new:
        if new.owner:
            monkeypatch.setenv(OWNER, new.owner)
        if told_lie:
            with pytest.raises(Fault, match="does not hold"):
                restore(place / taken.name, keys, new.where, at, witnesses=asked)
            put_back(place / taken.name, keys, new_installation(new.where))
            return
        (done,) = restore(place / taken.name, keys, new.where, at, witnesses=asked)
        assert done.size >= done.witnessed > 0
        new.use()
        after = everything()
        assert after["store_person"] == before["store_person"] != []
        assert after["store_leaf"] == before["store_leaf"] != []
