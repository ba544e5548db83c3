"""One command has one effect and one answer, however often and from wherever it is sent."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

from locutorio.kernel.faults import Fault
from locutorio.store import transaction
from locutorio.store.context import inside
from locutorio.store.models import Entry
from locutorio.store.transaction import Transaction, answering, perform
from tests.databases import Lacking, Store, fresh
from tests.entries import entries
from tests.store.plain import AT, PLACE, Answer, Work, change, count, counted_up, founded, held

CLIENTS, ROUNDS = 8, 5


def several(count: int, call: Callable[[int], Answer]) -> list[Answer]:
    """Call at the same time from several threads, each with a connection of its own."""
    together = threading.Barrier(count)

    def one(number: int) -> Answer:
        together.wait()
        try:
            return call(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.fixture(params=["read committed", "serializable"])
def isolated(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A PostgreSQL database at each isolation."""
    try:
        with fresh("postgresql", request.param) as made:
            yield made
    except Lacking as lacking:
        pytest.skip(str(lacking))


def test_a_command_is_carried_out_with_its_entry(store: Store) -> None:
    """The change, the answer and one entry that holds what was asked, by whom, when, and what was noted."""
    founded()
    command, work = change("one")
    answer = perform(command, work)
    (entry,) = entries()
    assert answer == entry.answer == {"count": 1}
    assert (entry.command, entry.action, entry.at) == (command.id, "count_up", AT)
    assert (entry.asked, entry.noted) == ({"value": "1"}, {"count": 1})
    assert held() == {str(command.id): 1}


def test_the_same_command_again_changes_nothing(store: Store) -> None:
    """Sent again, also at a later moment, it has the same answer and no second effect."""
    founded()
    command, work = change("one")
    first = perform(command, work)
    assert perform(replace(command, at=command.at + timedelta(days=1)), work) == first
    assert len(held()) == 1


def test_one_identifier_is_never_two_changes(store: Store) -> None:
    """The identifier of one change, sent with another content, is refused with the reason."""
    founded()
    command, work = change("one")
    perform(command, work)
    for other in (
        replace(command, arguments={"value": "2"}),
        replace(command, action="enter_paper"),
        replace(command, actor=UUID(int=7)),
    ):
        with pytest.raises(Fault, match="used for another change"):
            perform(other, work)
    assert len(held()) == 1


def test_work_that_refuses_leaves_nothing(store: Store) -> None:
    """Whatever the work did before it raised is undone, no entry is made, and the identifier stays free."""
    founded()
    command, work = change("one")

    def refusing(tx: Transaction) -> Answer:
        work(tx)
        raise Fault("no")

    with pytest.raises(Fault, match="no"):
        perform(command, refusing)
    assert (count(), held()) == (0, {})
    assert perform(command, work)["count"] == 1


def test_a_command_sent_by_many_at_once_has_one_effect(store: Store) -> None:
    """Several clients send the same command at the same moment: one effect, and the same answer for all."""
    founded()
    for turn in range(ROUNDS):
        command, work = change(f"turn {turn}")
        answers = several(CLIENTS, lambda _, command=command, work=work: perform(command, work))  # type: ignore[misc]
        assert all(answer == answers[0] for answer in answers)
        assert len(held()) == turn + 1


def test_changes_of_many_at_once_are_all_made(store: Store) -> None:
    """Clients that change the same row at the same moment wait for each other: none is lost, none refused."""
    founded()
    commands = [change(f"client {number}") for number in range(CLIENTS * ROUNDS)]
    answers = several(
        CLIENTS,
        lambda client: {"counts": [perform(*one)["count"] for one in commands[client::CLIENTS]]},
    )
    seen = sorted(number for answer in answers for number in answer["counts"])
    assert seen == list(range(1, CLIENTS * ROUNDS + 1))


def test_changes_of_many_are_made_at_each_isolation(isolated: Store) -> None:
    """The same with a server that refuses what it cannot put in an order: it is tried again."""
    test_changes_of_many_at_once_are_all_made(isolated)


def test_one_effect_at_each_isolation(isolated: Store) -> None:
    """The same command from several clients, with each isolation."""
    test_a_command_sent_by_many_at_once_has_one_effect(isolated)


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
@pytest.mark.parametrize("reached", [False, True])
def test_a_connection_lost_at_the_end_is_no_second_effect(
    store: Store, monkeypatch: pytest.MonkeyPatch, reached: bool
) -> None:
    """The connection ends at COMMIT, before the server heard it or after it carried it out: the command is
    sent again by itself, and has one effect and one answer.
    """
    founded()
    command, work = change("one")
    kind: Any = type(connections[DEFAULT_DB_ALIAS])
    commit = kind._commit
    lost: list[bool] = []

    def losing(self: Any) -> None:
        if not lost:
            lost.append(True)
            if reached:
                commit(self)
            with psycopg.connect(store.where, autocommit=True) as owner:
                owner.execute("SELECT pg_terminate_backend(%s, 5000)", [self.connection.info.backend_pid])
            self.cursor().execute("SELECT 1")
        commit(self)

    monkeypatch.setattr(kind, "_commit", losing)
    answer = perform(command, work)
    assert lost
    assert len(held()) == 1
    assert entries()[0].answer == answer == perform(command, work)


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_a_connection_lost_while_reading_is_told(store: Store) -> None:
    """Whoever only reads is told that the database does not answer, and reads on with another connection."""
    founded()
    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    with psycopg.connect(store.where, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
    with pytest.raises(Fault, match="does not answer"), answering(), inside(PLACE):
        count()
    with answering(), inside(PLACE):
        assert count() == 0


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_work_that_stands_idle_lets_go(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction that does nothing for too long is ended by the server, so that nobody waits for it."""
    founded()
    monkeypatch.setattr(transaction, "LOST_SECONDS_MAX", 0.0)
    with connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("10s",)
        cursor.execute("SET idle_in_transaction_session_timeout = '50ms'")
    command, work = change("one")

    def slow(tx: Transaction) -> Answer:
        threading.Event().wait(0.5)
        return work(tx)

    with pytest.raises(Fault, match="does not answer"):
        perform(command, slow)
    assert (count(), held()) == (0, {})
    assert perform(command, work)["count"] == 1


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_a_server_that_only_reads_refuses_clearly(store: Store) -> None:
    """A standby, or a server set to read only: the change is refused with the reason, and reading goes on."""
    founded()
    command, work = change("one")
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    with pytest.raises(Fault, match="cannot write"):
        perform(command, work)
    assert count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = off")
    assert perform(command, work)["count"] == 1


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_file_that_may_only_be_read_refuses_clearly(store: Store) -> None:
    """The change is refused with the reason, and reading goes on."""
    founded()
    command, work = change("one")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = 1")
    with pytest.raises(Fault, match="cannot write"):
        perform(command, work)
    assert count() == 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = 0")
    assert perform(command, work)["count"] == 1


def test_a_file_whose_pages_are_lost_says_so(tmp_path: Path) -> None:
    """A damaged file is no defect of the program: whoever runs it is told."""
    with fresh("sqlite") as store:
        founded()
        connection.close()
        path = Path(store.where)
        whole = path.read_bytes()
        path.write_bytes(whole[:8192] + b"\x55" * (len(whole) - 8192))
        with pytest.raises(Fault, match="cannot write"):
            perform(*change("one"))


def test_a_defect_of_the_program_is_not_hidden(store: Store) -> None:
    """What the database does not know is raised as it is, at once, and changes nothing."""
    founded()
    command, _ = change("one")
    calls = []

    def wrong(tx: Transaction) -> Answer:
        calls.append(tx)
        with connection.cursor() as cursor:
            cursor.execute("SELECT missing FROM store_nowhere")
        return {}

    with pytest.raises(Exception, match="store_nowhere"):
        perform(command, wrong)
    assert (len(calls), Entry.objects.count()) == (1, 0)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_writers_of_a_file_go_in_the_order_in_which_they_came(store: Store) -> None:
    """Whoever waits while a long change is made is let in by turn, and nobody overtakes."""
    founded()
    begun, may_end = threading.Event(), threading.Event()

    def long(tx: Transaction) -> Answer:
        begun.set()
        may_end.wait(10)
        return counted_up(tx)

    def one(name: str, work: Work) -> int:
        try:
            return int(perform(change(name)[0], work)["count"])
        finally:
            connection.close()

    with ThreadPoolExecutor(CLIENTS) as pool:
        first = pool.submit(one, "first", long)
        assert begun.wait(10)
        later = []
        for number in range(CLIENTS - 1):
            later.append(pool.submit(one, f"later {number}", counted_up))
            time.sleep(0.05)
        may_end.set()
        assert [done.result(30) for done in (first, *later)] == list(range(1, CLIENTS + 1))
