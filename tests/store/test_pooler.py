"""Behind a pooler, whose connections go from one transaction to the next, nobody is given another's rows."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from random import Random
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from locutorio.actions.book_visit import VisitBooking, book_visit
from locutorio.actions.cancel_booking import Cancelling, cancel_booking
from locutorio.kernel.faults import Fault
from locutorio.store import bookings
from locutorio.store.context import inside
from locutorio.store.databases import ISOLATIONS, database
from locutorio.store.models import Booking, Entry, Person
from locutorio.store.people import establishments, persons_found
from locutorio.store.start import start, use
from locutorio.store.transaction import Answer, Sent, Transaction, perform
from tests.booking.crowded import AT, Crowd, crowd_of
from tests.databases import PROGRAM, Lacking, Store, fresh, server
from tests.pooler import pooled

PEOPLE, CLIENTS, TURNS = 6, 8, 30


@pytest.fixture(params=ISOLATIONS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A database behind a pooler that has two connections to it, at each isolation."""
    isolation = request.param
    try:
        with fresh("postgresql", isolation) as direct:
            _say(direct, "SET idle_in_transaction_session_timeout = '10s'")
            _say(direct, f"SET default_transaction_isolation = '{isolation}'")
            with pooled(server(), direct) as made:
                made.use()
                yield made
                use({})
    except Lacking as lacking:
        pytest.skip(str(lacking))


def _say(store: Store, what: str) -> None:
    name = store.where.rpartition("/")[2].partition("?")[0]
    for one in (name, f"{name}_keys"):
        server().say(f"ALTER ROLE {PROGRAM} IN DATABASE {one} {what}")


def test_two_establishments_work_at_once_over_two_connections(store: Store) -> None:
    """Many clients of two establishments book, call off, look and fail in any order. Each sees its own
    establishment's rows and no other's, each change has its entry, and nothing is said after any of it.
    """
    crowds = [crowd_of(PEOPLE, code=code) for code in ("oak", "elm")]
    failed: list[str] = []

    def client(number: int) -> None:
        rng = Random(number)
        try:
            for turn in range(TURNS):
                _act(rng, rng.choice(crowds), turn)
                _nothing_is_said()
        except BaseException as error:
            failed.append(f"{number}: {error!r}")
            raise
        finally:
            connections.close_all()

    clients = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    assert not failed
    for crowd in crowds:
        crowd.whole()
        assert crowd.entries("book_visit") >= Booking.objects.filter(establishment=crowd.id).count() > 0
        assert Entry.objects.filter(establishment=crowd.id, action="failing").count() == 0


def _act(rng: Random, crowd: Crowd, turn: int) -> None:
    """Do one of what clients do, and see that only the crowd's own rows are met."""
    match rng.randrange(4):
        case 0:
            one = rng.randrange(PEOPLE)
            slot = crowd.slot()
            (request,) = crowd.requests(slot, [one])
            done = book_visit(VisitBooking(request, slot), Sent(uuid4(), crowd.id, AT))
            if done.booking and rng.random() < 0.5:
                ended = Cancelling(done.booking, "contact")
                cancel_booking(ended, Sent(uuid4(), crowd.id, AT))
        case 1:
            assert {row.id for row in persons_found(crowd.id, "Ash")} == {*crowd.people}
            rows = [row for person in crowd.people for row in bookings.bookings_for(crowd.id, person)]
            assert {row.person for row in rows} <= {*crowd.people}
        case 2:
            with suppress(Fault, DatabaseError):
                perform(Sent(uuid4(), crowd.id, AT).command("failing", {}), rng.choice(_FAILING))
        case 3:
            with inside(crowd.id), connection.cursor() as cursor:
                cursor.execute("SELECT DISTINCT establishment_id FROM store_person")
                assert cursor.fetchall() == [(crowd.id,)], turn


def _gives_up(tx: Transaction) -> Answer:
    Person.objects.update(unit="given up")
    raise Fault("given up")


def _breaks(tx: Transaction) -> Answer:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    return {}


def _breaks_half(tx: Transaction) -> Answer:
    with suppress(IntegrityError), transaction.atomic():
        one = Person.objects.order_by("id")[0]
        Person.objects.create(id=one.id, establishment_id=tx.establishment, number="again")
    raise Fault("given up")


_FAILING = [_gives_up, _breaks, _breaks_half]


def _nothing_is_said() -> None:
    """See that whoever is given a connection now is shown nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('locutorio.establishment', true), ''),"
            " coalesce(current_setting('locutorio.account', true), ''),"
            " (SELECT count(*) FROM store_person), (SELECT count(*) FROM store_booking)"
        )
        assert cursor.fetchone() == ("", "", 0, 0)


def test_background_work_names_each_establishment(store: Store) -> None:
    """What is done for every establishment finds them all, each by itself."""
    crowds = {crowd_of(1, code=code).id for code in ("oak", "elm")}
    assert {*establishments()} == crowds
    _nothing_is_said()


def test_a_session_that_says_it_for_good_would_be_found_here(store: Store) -> None:
    """The mistake that the tests of this file must find: what is said for the session meets strangers."""
    oak = crowd_of(1).id
    connection.ensure_connection()
    with psycopg.connect(store.where.partition("?")[0], autocommit=True) as wrong:
        wrong.execute("SELECT set_config('locutorio.establishment', %s, false)", [str(oak)])
    found = 0
    for _ in range(4):
        with suppress(AssertionError):
            _nothing_is_said()
            continue
        found += 1
    assert found


def test_settings_that_a_pooler_cannot_take_are_asked_for(store: Store) -> None:
    """Where the role has not the settings that the program needs, it says which, and does not begin."""
    start(store.where, isolation=store.isolation)
    _say(store, "RESET ALL")
    with pooled(server(), _direct(store)) as again, pytest.raises(Fault, match="take in turn"):
        start(again.where, isolation=store.isolation)


def _direct(store: Store) -> Store:
    return server().store(store.where.rpartition("/")[2].partition("?")[0], store.isolation)


def test_what_a_pooled_address_means() -> None:
    """Nothing is prepared, and no settings go with the connection."""
    options = database("postgresql://oak@db.example/visits?pooled=1")["OPTIONS"]
    assert isinstance(options, dict)
    assert "options" not in options
    assert options["prepare_threshold"] is None
