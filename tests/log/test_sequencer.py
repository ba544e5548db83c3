"""Whatever is changed comes into the log: once, in order, whole, whoever ends the one who puts it there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, models
from django.db.models import Model

from locutorio.record.entry import read
from locutorio.store.keys import destroy
from locutorio.store.log import sequencer
from locutorio.store.log.reading import payload, payloads
from locutorio.store.log.sequencer import sequence
from locutorio.store.log.tables import UNCOUNTED, recorded
from locutorio.store.models import Entry, Leaf, Pending, Person
from locutorio.store.transaction import perform
from tests.beside import beside
from tests.databases import Lacking, Store, fresh
from tests.log.whole import all_whole, bodies, gaps, whole
from tests.store.filling import filled, other
from tests.store.plain import PERSON, PLACE, change, founded, held
from tests.store.test_perform import several

Row = dict[str, Any]


def waiting() -> list[Row]:
    """Give what waits for the log of changes of tables."""
    return [*Pending.objects.filter(kind="change").order_by("id").values_list("body", flat=True)]


@pytest.mark.parametrize("model", recorded().values(), ids=lambda model: model.__name__)
def test_every_change_of_a_row_waits_for_the_log(store: Store, model: type[Model]) -> None:
    """A row that is made, changed in any column or taken away leaves that behind, by whatever way it came."""
    filled()
    table, rows = model._meta.db_table, model._default_manager
    assert [one["op"] for one in waiting() if one["table"] == table] == ["insert"] * rows.count()
    one = rows.order_by("pk")[0]
    for field in model._meta.concrete_fields:
        if field.primary_key or isinstance(field, models.ForeignKey):
            continue
        Pending.objects.all().delete()
        with suppress(IntegrityError):  # what is appended is not changed
            rows.filter(pk=one.pk).update(**{field.name: other(field.value_from_object(one))})
            said = 0 if field.column in UNCOUNTED else 1
            assert [(each["table"], each["op"]) for each in waiting()] == [(table, "update")] * said, field
    Pending.objects.all().delete()
    with suppress(IntegrityError), beside().cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
        assert {(each["table"], each["op"]) for each in waiting()} == {(table, "delete")}


def test_what_a_table_holds_is_no_more_than_its_deletion_says(store: Store) -> None:
    """A row that is taken away leaves identifiers: no name and no word of it is written down once more."""
    filled()
    Pending.objects.all().delete()
    with beside().cursor() as cursor:
        for model in recorded().values():
            with suppress(IntegrityError):
                cursor.execute(f"DELETE FROM {model._meta.db_table}")
    assert waiting()
    assert "ñ" not in json.dumps(waiting(), ensure_ascii=False)


def test_changes_come_into_the_log_once_and_in_order(store: Store) -> None:
    """Each command is an entry with what it asked, answered and changed; sequencing again adds nothing."""
    founded()
    for number in range(5):
        perform(*change(f"change {number}"))
    sequence(PLACE)
    whole(PLACE)
    assert sequence(PLACE) == 0
    assert not Pending.objects.exists()
    commands = [one for one in Leaf.objects.order_by("index") if read(bytes(one.body))["type"] == "command"]
    assert [read(bytes(one.body))["id"] for one in commands] == [str(one.entry_id) for one in commands]
    contents = payloads(commands)
    assert [one and one["answer"] for one in contents] == [{"count": number} for number in range(1, 6)]
    assert [one and one["changes"][0]["row"]["value"] for one in contents] == [str(at) for at in range(1, 6)]
    assert len(held()) == 5


def test_the_same_command_again_answers_from_the_log(store: Store) -> None:
    """A command sent again has its first answer, before and after it came into the log."""
    founded()
    first = perform(*change("one"))
    assert perform(*change("one")) == first
    sequence()
    assert perform(*change("one")) == first
    assert Entry.objects.count() == 1


def test_two_sequencers_at_once_make_one_log(store: Store) -> None:
    """Several sequencers and those who change things at the same moment: each change stands there once."""
    founded()

    def one(number: int) -> dict[str, Any]:
        for turn in range(5):
            perform(*change(f"{number} {turn}"))
            sequence(PLACE)
        return {}

    several(4, one)
    sequence(PLACE)
    whole(PLACE)
    assert len(held()) == 20
    ids = Counter(str(one["id"]) for one in map(read, bodies(PLACE)) if one["type"] == "command")
    assert Counter({str(one): 1 for one in Entry.objects.values_list("id", flat=True)}) == ids


class Ended(Exception):
    """What ends the sequencer."""


def test_whatever_ends_the_sequencer_it_goes_on_where_it_was(store: Store) -> None:
    """It is ended before each of its statements in turn: nothing is lost, there twice, or there in part."""
    founded()
    at = 0
    while True:
        perform(*change(f"change {at}"))
        if _sequenced_until(at):
            break
        whole(PLACE)
        at += 1
    assert at > 5
    sequence(PLACE)
    whole(PLACE)
    assert len(held()) == at + 1
    assert not Pending.objects.exists()


def _sequenced_until(statement: int) -> bool:
    """Sequence, but be ended at one statement; tell whether there were not so many."""
    left = statement

    def ending(execute: Callable[..., Any], *said: Any) -> Any:
        nonlocal left
        if left == 0:
            raise Ended
        left -= 1
        return execute(*said)

    try:
        with connection.execute_wrapper(ending):
            sequence(PLACE)
    except Ended:
        return False
    return True


def test_a_change_without_an_entry_is_an_alarm(store: Store) -> None:
    """What is changed by hand stands in the log as that, beside a command and never as a command's."""
    founded()
    sequence(PLACE)
    before = len(bodies(PLACE))
    Person.objects.update(surname="Elm")
    perform(*change("one"))
    Person.objects.update(surname="Yew")
    sequence(PLACE)
    whole(PLACE)
    added = Leaf.objects.filter(index__gte=before).order_by("index")
    assert [read(bytes(one.body))["type"] for one in added] == ["unaccounted", "command", "unaccounted"]
    first, _, last = payloads(added)
    assert first
    assert last
    assert (first["changes"][0]["row"]["surname"], last["changes"][0]["row"]["surname"]) == ("Elm", "Yew")


def test_an_entry_taken_away_before_it_was_sequenced_leaves_a_gap(store: Store) -> None:
    """Its writer's numbers do not follow each other, and the command that was carried out has no leaf."""
    founded()
    for number in range(3):
        perform(*change(f"change {number}"))
    second = Pending.objects.filter(kind="entry").order_by("id")[1]
    Pending.objects.filter(id=second.id).delete()
    sequence(PLACE)
    assert any("of its writer is missing" in fault for fault in gaps(PLACE))
    known = Leaf.objects.values_list("entry_id", flat=True)
    assert [*Entry.objects.exclude(id__in=known).values_list("id", flat=True)] == [second.entry]


def test_what_waits_and_cannot_be_read_does_not_stop_the_log(store: Store) -> None:
    """Somebody's row that is no entry comes into the log as an alarm, and what follows comes after it."""
    founded()
    Pending.objects.create(establishment_id=PLACE, kind="entry", entry=PERSON, body={"header": {"type": 3}})
    perform(*change("one"))
    sequence(PLACE)
    whole(PLACE)
    assert [read(one)["type"] for one in bodies(PLACE)][-2:] == ["unaccounted", "command"]


def test_each_subject_has_its_own_key(store: Store) -> None:
    """With the keys of a person destroyed, what was theirs cannot be read and is not sealed again; what is
    the establishment's can be, and the log is whole.
    """
    founded()
    perform(*change("one"))
    sequence(PLACE)
    theirs = [one for one in Leaf.objects.all() if one.subject]
    others = [one for one in Leaf.objects.all() if not one.subject]
    assert all(payloads(theirs))
    (subject,) = {one.subject for one in theirs if one.subject}
    assert destroy(PLACE, subject) == 1
    assert payloads(theirs) == [None] * len(theirs)
    assert all(payloads(others))
    perform(*change("two"))
    sequence(PLACE)
    last = Leaf.objects.order_by("index").last()
    assert last is not None
    assert (last.seal, payload(last), read(bytes(last.body))["payload"]) == (None, None, None)
    whole(PLACE)


def test_nothing_of_a_content_is_readable_in_the_log(store: Store) -> None:
    """Once it is sequenced, no name stands in the log's rows but under a key."""
    founded()
    name = Person.objects.get().surname
    sequence(PLACE)
    with beside().cursor() as cursor:
        for table in ("store_leaf", "store_node", "store_log", "store_pending"):
            cursor.execute(f"SELECT * FROM {table}")
            for row in cursor.fetchall():
                said = [bytes(one) for one in row if isinstance(one, bytes | memoryview)]
                assert name not in str(row)
                assert not any(name.encode() in one for one in said)


def test_a_large_change_is_sequenced_in_parts(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than one batch, and commands of two establishments that come in turn: each log is whole."""
    monkeypatch.setattr(sequencer, "BATCH", 3)
    founded()
    for number in range(10):
        perform(*change(f"change {number}"))
    assert sequence() == 11 if store.kind == "sqlite" else 12
    whole(PLACE)
    assert len(held()) == 10


@pytest.fixture(params=["read committed", "serializable"])
def isolated(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A PostgreSQL database at each isolation."""
    try:
        with fresh("postgresql", request.param) as made:
            yield made
    except Lacking as lacking:
        pytest.skip(str(lacking))


def test_nobody_who_lingers_keeps_the_log_waiting(isolated: Store) -> None:
    """While a transaction stands open, what others did comes into the log; its own when it is kept."""
    founded()
    sequence(PLACE)
    with psycopg.connect(isolated.unbound) as lingering:
        lingering.execute(
            'INSERT INTO store_closure (id, establishment_id, "on", session, reason, known_at)'
            " VALUES (gen_random_uuid(), %s, now(), '', '', now())",
            (PLACE,),
        )
        for number in range(3):
            perform(*change(f"change {number}"))
        assert sequence(PLACE) == 3
        before = len(bodies(PLACE))
    assert sequence(PLACE) == 1
    whole(PLACE)
    assert [read(one)["type"] for one in bodies(PLACE)[before:]] == ["unaccounted"]


def test_sequencers_and_writers_at_once_at_each_isolation(isolated: Store) -> None:
    """Whatever the isolation, nobody is refused because somebody sequences, and the log is one."""
    founded()

    def one(number: int) -> dict[str, Any]:
        for turn in range(4):
            perform(*change(f"{number} {turn}"))
            sequence(PLACE)
        return {}

    several(3, one)
    all_whole()
    assert len(held()) == 12
