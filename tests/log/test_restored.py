"""A backup is put back only where its log is whole, and is the one that a witness has seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch
from uuid import uuid4

import pytest

from locutorio.actions import clock
from locutorio.actions.confirm_restore import Confirming
from locutorio.actions.create_account import NewAccount, Role, create_account
from locutorio.actions.restore import Restored, restore
from locutorio.actions.two_people import NotByTwo
from locutorio.kernel.faults import Fault
from locutorio.store import checks, factors
from locutorio.store.backups.restoring import put_back
from locutorio.store.backups.taking import installation, new_installation, take
from locutorio.store.databases import OWNER, database
from locutorio.store.factors import code_at
from locutorio.store.keyring import VARIABLE
from locutorio.store.log import checkpoints, succeeding
from locutorio.store.log.sequencer import sequence
from locutorio.store.models import Person
from locutorio.store.start import use
from locutorio.store.transaction import Sent, Transaction, perform
from tests.databases import Store, bare
from tests.life.house import repeatable
from tests.life.life import Life
from tests.log.world import DATABASE, SEED, World, copied, introduced, using, witnessed, world
from tests.store.filling import everything

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
OFFICERS = {"clover": Role.CUSTODIAN, "tansy": Role.GOVERNOR, "clover2": Role.GOVERNOR}
REFUSED = (
    ((), False),
    (("clover", "clover"), False),
    (("clover", "clover2"), False),
    (("clover", "tansy"), True),
)


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


def test_two_people_confirm_where_two_can(alone: World, tmp_path: Path) -> None:
    """A custodian and a governor with a code each; one alone, one twice or a wrong code put nothing back."""
    with copied(alone.home) as home:
        using(home)
        apps = {name: officer(alone, name, role) for name, role in OFFICERS.items()}
        sequence(alone.establishment)
        use({})
        backup, keys = backed_up(home, alone, tmp_path)

        def put_back_by(*names: str, where: str, wrong: bool = False) -> list[Restored]:
            def ask(_: str) -> tuple[Confirming, Confirming] | None:
                step = int(NOW.timestamp()) // 30
                said = [Confirming(name, "0" if wrong else code_at(apps[name], step)) for name in names]
                return (said[0], said[1]) if said else None

            place = str(tmp_path / where / "oak.db")
            with patch.object(clock, "now", lambda: NOW):
                return restore(backup, keys, place, NOW, witnesses=alone.seen, ask=ask)

        for number, (names, wrong) in enumerate(REFUSED):
            with pytest.raises(NotByTwo):
                put_back_by(*names, where=f"no-{number}", wrong=wrong)
            assert not (tmp_path / f"no-{number}" / "oak.db").exists()
        (done,) = put_back_by("clover", "tansy", where="yes")
        said = checks.last_answer(alone.establishment, "restore")
        assert said is not None
        assert said[1]["backup"] == backup.name
        assert said[1]["size"] == done.size
        assert [one["holder"] for one in said[1]["two_people"]] == ["clover, staff", "tansy, staff"]


def officer(at: World, name: str, role: Role) -> str:
    """Make an officer with an app of codes; give the app's secret."""
    sent = Sent(uuid4(), at.establishment, at.now)
    account = create_account(NewAccount(name, "", role, holder=f"{name.strip('2')}, staff"), sent)
    sealed = factors.new_secret()

    def work(tx: Transaction) -> dict[str, str]:
        factors.add_totp(tx, account, sealed, 0)
        return {}

    perform(Sent(uuid4(), at.establishment, at.now).command("enrol_totp", {}), work)
    return factors.letters(sealed)


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
