"""What is erased can be read nowhere any more, and what the log proves of it stays proved."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import Error, connection, connections, transaction

from locutorio.actions.change_retention import change_retention
from locutorio.actions.end_hold import end_hold
from locutorio.actions.erase_due import Erased, due, erase_due
from locutorio.actions.order_erasure import order_erasure
from locutorio.actions.place_hold import Holding, place_hold
from locutorio.actions.self_check import check_tonight, last_self_check
from locutorio.actions.verify_log import verify_log
from locutorio.kernel.faults import Fault
from locutorio.record.entry import read
from locutorio.record.tree import Frontier, leaf_hash
from locutorio.store.actor import PROGRAM
from locutorio.store.databases import OWNER
from locutorio.store.log.reading import payload
from locutorio.store.log.sequencer import sequence
from locutorio.store.models import Account, Challenge, Contact, Erasure, Fact, Leaf, Listed, Person, Role
from locutorio.store.transaction import Transaction, perform
from tests import establishment
from tests.databases import Store, server
from tests.establishment import FOUNDED, Oak
from tests.store import planting
from tests.store.planting import MARK

LATER = FOUNDED + timedelta(days=400)


@pytest.fixture
def oak(store: Store) -> Oak:
    return establishment.founded()


def planted(oak: Oak) -> tuple[UUID, UUID]:
    """Plant marks about a person and a contact, write over some of them, and put all of it into the log."""
    command = oak.sent("plant").command("plant", {"said": f"{MARK}-asked"})
    done = perform(command, planting.plant)
    person, contact = UUID(done["person"]), UUID(done["contact"])
    changing = oak.sent("change").command(
        "change", {"person": str(person), "contact": str(contact)}, person=person
    )
    perform(changing, planting.change)
    sequence(oak.id)
    return person, contact


def test_who_was_just_asked_for_a_passkey_is_erased(store: Store, oak: Oak) -> None:
    """A challenge that nobody answered yet keeps no account: it goes with it."""
    person, _ = planted(oak)
    accounts = {*Role.objects.filter(person=person).values_list("account", flat=True)}
    assert accounts
    for number, one in enumerate(accounts):
        Challenge.objects.create(digest=f"asked {number}", browser="one", account_id=one, at=FOUNDED)
    order_erasure(person, "order 12", oak.sent("order"))
    erase_due(oak.id, FOUNDED)

    assert not Challenge.objects.filter(account__in=accounts).exists()
    assert not Account.objects.filter(id__in=accounts).exists()


def files(store: Store) -> Path:
    """Give the folder below which every byte of the database stands."""
    if store.kind == "sqlite":
        return Path(store.where).parent
    return server().data


def settled(store: Store) -> None:
    """Let a server take away what it wrote ahead, which it does not recycle (`tests.databases.FORGETFUL`)."""
    connections.close_all()
    if store.kind == "postgresql":
        for said in ("SELECT pg_switch_wal()", "CHECKPOINT"):
            server().say(said)


def test_no_byte_of_what_was_erased_is_left(oak: Oak, store: Store) -> None:
    """In every table, index, journal and statistic: no mark that stood in any field about somebody."""
    person, contact = planted(oak)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    before = planting.where(files(store), MARK.encode())
    assert before, "a control: it is there before"
    wrapped = wrapped_keys(oak)
    order_erasure(person, "order 12 of 2027", oak.sent("order", LATER))
    done = erase_due(oak.id, LATER)
    assert (done.erased, done.held) == (2, 0)
    settled(store)
    assert not planting.where(files(store), MARK.encode(), MARK.encode("utf-16-le"))
    gone = [key for key in wrapped if key not in wrapped_keys(oak)]
    assert len(gone) >= 2
    assert not planting.where(files(store), *[key.encode() for key in gone])
    assert MARK not in opened(oak)
    assert not Person.objects.filter(id=person).exists()
    assert not Contact.objects.filter(id=contact).exists()


def opened(oak: Oak) -> str:
    """Give all that can still be read of the log, with every key that there is."""
    leaves = Leaf.objects.filter(establishment=oak.id).order_by("index")
    return json.dumps([payload(leaf) for leaf in leaves])


def faults(oak: Oak) -> list[str]:
    """Give what `locutorio verify` finds, but for how the establishment of these tests was made."""
    found = verify_log(PROGRAM, oak.id, LATER).faults
    return [one for one in found if "without an entry" not in one]


def wrapped_keys(oak: Oak) -> list[str]:
    keys = connections["keys"]
    with transaction.atomic(using="keys"), keys.cursor() as cursor:
        if keys.vendor == "postgresql":
            cursor.execute("SELECT set_config('locutorio.establishment', %s, true)", [str(oak.id)])
        cursor.execute(
            "SELECT wrapped FROM store_key WHERE establishment = %s AND wrapped <> ''", [str(oak.id)]
        )
        return [wrapped for (wrapped,) in cursor.fetchall()]


def test_every_proof_still_holds(oak: Oak) -> None:
    """The leaves are as they were; what they held of somebody is gone, and a tombstone says by which rule."""
    person, _ = planted(oak)
    leaves = [*Leaf.objects.filter(establishment=oak.id).order_by("index")]
    root = tree(leaves).root()
    readable = [leaf.index for leaf in leaves if payload(leaf) is not None]
    order_erasure(person, "order 12 of 2027", oak.sent("order", LATER))
    erase_due(oak.id, LATER)
    after = [*Leaf.objects.filter(establishment=oak.id).order_by("index")]
    assert tree(after[: len(leaves)]).root() == root
    erased = {row["subject"] for row in fields(after) if row["type"] == "erased"}
    assert len(erased) == 2
    for leaf, row in zip(after, fields(after), strict=True):
        if row["subject"] in erased and leaf.kept_as != "establishment":
            assert payload(leaf) is None
        elif leaf.index in readable:
            assert payload(leaf) is not None
    tombs = [row for row in fields(after) if row["type"] == "erased"]
    assert {row["rule"] for row in tombs} == {"by hand: order 12 of 2027"}
    assert all(payload(leaf) is not None for leaf in after if leaf.kept_as == "establishment")


def tree(leaves: list[Leaf]) -> Frontier:
    grown = Frontier()
    for leaf in leaves:
        assert leaf_hash(bytes(leaf.body)) == bytes(leaf.hash)
        grown.append(bytes(leaf.hash))
    return grown


def fields(leaves: list[Leaf]) -> list[dict[str, Any]]:
    return [read(bytes(leaf.body)) for leaf in leaves]


def test_a_hold_keeps_everything(oak: Oak) -> None:
    """Under a hold nothing is ordered or erased, by hand or by rule; once it is ended, it is."""
    rowan = oak.people["rowan"]
    left(rowan, FOUNDED)
    hold = place_hold(Holding("an inquest", "letter 7 of 2026", person=rowan), oak.sent("hold"))
    with pytest.raises(Fault, match="hold"):
        order_erasure(rowan, "order 12", oak.sent("order", LATER))
    change_retention("person_file", 365, "records schedule 4", oak.sent("adopt"))
    assert due(oak.id, LATER) == [rowan]
    assert erase_due(oak.id, LATER).erased == 0
    assert Person.objects.filter(id=rowan).exists()
    end_hold(hold, oak.sent("end", LATER))
    assert erase_due(oak.id, LATER).erased == 2
    assert not Person.objects.filter(id=rowan).exists()


def test_a_hold_that_comes_after_the_order(oak: Oak) -> None:
    """A hold placed between order and erasure is kept, and the erasure waits for its end."""
    rowan = oak.people["rowan"]
    order_erasure(rowan, "order 12", oak.sent("order"))
    hold = place_hold(Holding("an inquest", "letter 7 of 2026", person=rowan), oak.sent("hold"))
    assert erase_due(oak.id, LATER) == Erased(0, 1)
    end_hold(hold, oak.sent("end", LATER))
    assert erase_due(oak.id, LATER).erased == 2


def test_who_stands_in_another_file_stays(oak: Oak) -> None:
    """A contact is erased with the last file they stand in; nobody else's rows are touched."""
    others = Listed.objects.exclude(person=oak.people["rowan"]).count()
    order_erasure(oak.people["rowan"], "order 12", oak.sent("order"))
    assert erase_due(oak.id, LATER).erased == 2  # Rowan and Willow, who comes to nobody else
    assert not Contact.objects.filter(id=oak.contacts["willow"]).exists()
    assert Contact.objects.filter(id__in=[oak.contacts["alder"], oak.contacts["holly"]]).count() == 2
    assert Listed.objects.count() == others
    order_erasure(oak.people["hazel"], "order 13", oak.sent("other"))
    assert erase_due(oak.id, LATER).erased == 3


def test_only_what_is_to_be_erased_can_be_removed(oak: Oak) -> None:
    """Facts, decisions and notices of everybody else stay append-only, also while somebody is erased."""
    perform(
        oak.sent("fact").command("note", {}, person=oak.people["linden"]), lambda tx: fact(tx, oak, "linden")
    )
    perform(
        oak.sent("other").command("note", {}, person=oak.people["rowan"]), lambda tx: fact(tx, oak, "rowan")
    )
    order_erasure(oak.people["rowan"], "order 12", oak.sent("order"))
    with pytest.raises(Error, match="never changed"), transaction.atomic():
        Fact.objects.filter(person=oak.people["linden"]).delete()
    place_hold(Holding("an inquest", "letter 7", person=oak.people["rowan"]), oak.sent("hold"))
    with pytest.raises(Error, match="never changed"), transaction.atomic():
        Fact.objects.filter(person=oak.people["rowan"]).delete()


def fact(tx: Transaction, oak: Oak, name: str) -> dict[str, str]:
    Fact.objects.create(
        id=tx.new_id(),
        establishment_id=oak.id,
        person_id=oak.people[name],
        path="a",
        value="b",
        known_at=tx.at,
    )
    return {}


def test_what_was_begun_is_ended(oak: Oak, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it breaks off once the rows are gone, the next run destroys keys and writes the files anew."""
    person, _ = planted(oak)
    order_erasure(person, "order 12", oak.sent("order"))

    def broken() -> None:
        raise Fault("no room")

    with monkeypatch.context() as patched:
        patched.setattr("locutorio.actions.erase_due.rewrite", broken)
        with pytest.raises(Fault, match="no room"):
            erase_due(oak.id, LATER)
    assert Erasure.objects.filter(finished_at=None).count() == 2
    assert erase_due(oak.id, LATER).erased == 0
    assert not Erasure.objects.filter(finished_at=None).exists()
    settled(store)
    assert not planting.where(files(store), MARK.encode())


def test_every_night_what_is_due_is_erased_and_what_is_the_owners_is_told(
    oak: Oak, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a server whose owner is not named rows and keys go, and the page says what to run, which ends it."""
    person, _ = planted(oak)
    left(person, FOUNDED)
    change_retention("person_file", 365, "records schedule 4", oak.sent("adopt"))
    wrapped = wrapped_keys(oak)
    owner = os.environ.get(OWNER)
    monkeypatch.delenv(OWNER, raising=False)
    told = " ".join(map(str, check_tonight(LATER)))
    assert not Person.objects.filter(id=person).exists()
    assert len({*wrapped} - {*wrapped_keys(oak)}) >= 2
    assert MARK not in opened(oak)
    on_page = last_self_check(PROGRAM, oak.id)
    assert on_page is not None
    said = next(" ".join(one.faults) for one in on_page.checked if one.name == "retention")
    command = "LOCUTORIO_OWNER=ADDRESS locutorio retention --establishment oak --erase"
    assert (command in said, command in told) == (owner is not None,) * 2
    if owner is not None:
        assert erase_due(oak.id, LATER) == Erased(0, 0, 2)
        monkeypatch.setenv(OWNER, owner)
        assert erase_due(oak.id, LATER) == Erased(0, 0)
    settled(store)
    assert not planting.where(files(store), MARK.encode(), MARK.encode("utf-16-le"))
    assert not Erasure.objects.filter(finished_at=None).exists()


def test_nothing_is_erased_by_itself_unless_it_is_said(oak: Oak) -> None:
    """No class is gone by until a paper is named; then those who left long enough ago are due."""
    left(oak.people["rowan"], FOUNDED)
    left(oak.people["hazel"], LATER - timedelta(days=10))
    assert due(oak.id, LATER) == []
    with pytest.raises(Fault, match="no paper"):
        change_retention("person_file", 365, " ", oak.sent("no paper"))
    with pytest.raises(Fault, match="is kept here yet"):
        change_retention("call_recording", 180, "memo", oak.sent("no calls"))
    change_retention("person_file", 365, "records schedule 4", oak.sent("adopt"))
    assert due(oak.id, LATER) == [oak.people["rowan"]]
    change_retention("person_file", None, "", oak.sent("no more"))
    assert due(oak.id, LATER) == []


def left(person: UUID, at: datetime) -> None:
    Person.objects.filter(id=person).update(left_on=at.date())
