"""A server that refuses, at the end of what was sent together, to keep it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from django.db import OperationalError, connection

from locutorio.store.commands import Command
from locutorio.store.context import changing
from locutorio.store.statements import write
from locutorio.store.transaction import perform
from locutorio.store.trouble import Trouble, trouble_of
from tests.databases import PROGRAM, Lacking, Store, fresh
from tests.establishment import founded

SLEEP = ("SELECT pg_sleep(1)", ())
ISOLATED = "default_transaction_isolation=serializable"
ASLEEP = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'"


@pytest.fixture
def serializable() -> Iterator[Store]:
    """An empty database of a PostgreSQL server, whose transactions are as if one after the other."""
    try:
        with fresh("postgresql", "serializable") as store:
            yield store
    except Lacking as lacking:
        pytest.skip(str(lacking))


@contextmanager
def _another(store: Store) -> Iterator[None]:
    """Let another read `b` and write `a` while this one sleeps, after what it reads and before it ends."""

    def other() -> None:
        with psycopg.connect(store.unbound, options=f"-c {ISOLATED}") as session:
            while not session.execute(ASLEEP).fetchall():
                session.commit()
            session.execute("SELECT * FROM b")
            session.execute("INSERT INTO a VALUES (1)")

    thread = threading.Thread(target=other)
    thread.start()
    yield
    thread.join()


def test_what_is_not_kept_is_told_and_the_next_goes_on(serializable: Store) -> None:
    """The error is the server's own, so that the change can be tried again; the next one is made as any."""
    house = founded().id
    with psycopg.connect(serializable.unbound) as maker:
        maker.execute("CREATE TABLE a (x int)")
        maker.execute("CREATE TABLE b (x int)")
        maker.execute(f"GRANT ALL ON a, b TO {PROGRAM}")
    with _another(serializable), pytest.raises(OperationalError) as refused:
        write([("SELECT count(*) FROM a", ()), ("INSERT INTO b VALUES (1)", ()), SLEEP], of=house)
    assert trouble_of(refused.value) is Trouble.BUSY

    made = Command(uuid4(), "anything", house, datetime(2026, 11, 2, tzinfo=UTC), {})
    assert perform(made, lambda _: {"done": True}) == {"done": True}
    with changing(house), connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b)")
        assert cursor.fetchone() == (1, 0)
