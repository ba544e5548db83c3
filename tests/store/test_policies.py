"""PostgreSQL shows the program the rows of one establishment at a time, and none where none is named.

Everything is tried as the program's own role, on the tables as `migrate` leaves them, with every table filled
for three establishments.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from uuid import UUID

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, ProgrammingError, connection, models, transaction
from psycopg.sql import SQL, Composable, Identifier

from locutorio.kernel.faults import Fault
from locutorio.store import policies
from locutorio.store.context import at_door, inside, listing, of_account, of_session
from locutorio.store.models import Account, Attempt, Establishment, Person, Role
from locutorio.store.start import migrate, owning, start
from tests.beside import beside
from tests.databases import MAKER, OWNER, Lacking, Store, fresh, server
from tests.store.filling import WHEN, filled

TABLES = [*policies.fenced()]
# What is one in the whole database, and so tells whoever tries it that it is taken.
ONE_EVERYWHERE = {
    "store_establishment": {"code"},  # the short name of a place of custody is no secret
    "store_account": {"name"},  # people sign in before it is known where they belong
}

# What is drawn at random without being an identifier.
DRAWN = {
    "django_session": {"session_key"},
    "store_token": {"digest"},
    "store_challenge": {"digest"},
    "store_reset": {"digest"},
    "store_kiosk": {"code"},
}


@pytest.fixture
def store() -> Iterator[Store]:
    """Every table filled for three establishments, on PostgreSQL."""
    try:
        with fresh("postgresql") as made:
            filled()
            Session.objects.create(session_key="one", session_data="kept", expire_date=WHEN)
            yield made
    except Lacking as lacking:
        pytest.skip(str(lacking))


def _all(statement: str | Composable, *values: object) -> list[tuple[object, ...]]:
    """Ask as the program."""
    connection.ensure_connection()
    found: list[tuple[object, ...]] = connection.connection.cursor().execute(statement, values).fetchall()
    return found


def _counted(table: str) -> int:
    ((number,),) = _all(SQL("SELECT count(*) FROM {}").format(Identifier(table)))
    assert isinstance(number, int)
    return number


def _ids() -> list[UUID]:
    return [*Establishment.objects.order_by("id").values_list("id", flat=True)]


def _of_establishment() -> dict[str, str]:
    """Give the column of the establishment, by table."""
    shapes = map(policies.shape, policies.fenced().values())
    return {table: fields["establishment"].column for table, fields in shapes if "establishment" in fields}


def test_every_table_has_its_policy_enabled_and_forced(store: Store) -> None:
    """The catalogue says so of the table of every model, and no other is there but Django's own lists."""
    found = {
        name: flags
        for name, *flags in _all(
            "SELECT relname, relrowsecurity, relforcerowsecurity, (SELECT count(*) FROM pg_policy"
            " WHERE polrelid = c.oid) FROM pg_class c"
            " WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace"
        )
    }
    assert {name for name, flags in found.items() if flags != [True, True, 1]} == policies.ABOUT_NOBODY
    assert set(found) == set(TABLES) | policies.ABOUT_NOBODY


def test_a_table_of_which_nobody_said_whose_it_is_is_not_guessed() -> None:
    """A new model without an establishment or an account is refused until its policy is written."""

    class Loose(models.Model):  # noqa: DJ008 - nobody shows it
        class Meta:
            app_label = "nowhere"
            managed = False

    with pytest.raises(TypeError, match="nowhere_loose"):
        policies.rule(Loose)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE bare (id uuid)",
        "ALTER TABLE store_person NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE store_person DISABLE ROW LEVEL SECURITY",
        "CREATE VIEW everybody AS SELECT * FROM store_person",
        "CREATE MATERIALIZED VIEW everybody AS SELECT * FROM store_person",
        "CREATE FUNCTION everybody() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
    ],
)
def test_what_shows_rows_past_the_policies_is_noticed(
    store: Store, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    """Without its owner at hand, the program does not begin where a table, a view or a function is open."""
    with psycopg.connect(store.owner) as owner:
        owner.execute(statement.encode())
    monkeypatch.delenv("LOCUTORIO_OWNER")
    with pytest.raises(Fault, match=r"does not guard the rows of (bare|store_person|everybody)"):
        migrate()


def test_where_nothing_is_said_no_row_is_seen(store: Store) -> None:
    """Every table is filled, and every table looks empty, to a question and to COPY."""
    with beside().cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            filled_with = cursor.fetchone()[0]
            assert filled_with or not table.startswith("store_"), table
    for table in TABLES:
        assert _counted(table) == 0, table
        assert not _copied(table), table


def _copied(table: str) -> list[tuple[str, ...]]:
    with connection.connection.cursor().copy(SQL("COPY {} TO STDOUT").format(Identifier(table))) as copy:
        return [*copy.rows()]


def test_another_establishments_rows_are_not_seen(store: Store) -> None:
    """Inside one, each table gives its rows alone, also to COPY and to who names the other."""
    one, two, _ = _ids()
    with inside(one):
        for table, column in _of_establishment().items():
            seen = _all(SQL("SELECT DISTINCT {} FROM {}").format(Identifier(column), Identifier(table)))
            assert {*seen} - ({(None,)} if table == "store_pending" else set()) == {(one,)}, table
            asked = SQL("SELECT 1 FROM {} WHERE {} = %s").format(Identifier(table), Identifier(column))
            assert not _all(asked, two), table
            copied = {value for row in _copied(table) for value in row}
            assert str(one) in copied
            assert str(two) not in copied, table
        assert _all("SELECT id FROM store_establishment") == [(one,)]
        assert _counted("store_account") == 1
        assert _counted("django_session") == _counted("store_attempt") == 0


def test_an_account_is_seen_by_its_own_and_where_it_has_a_role(store: Store) -> None:
    """Who signs in sees the account of the name they said; who is signed in their own, and its roles."""
    one, two, _ = Account.objects.order_by("id")
    with at_door(two.name):
        assert _all("SELECT id FROM store_account") == [(two.id,)]
        assert _counted("store_role") == _counted("store_person") == 0
        assert _counted("store_attempt") == Attempt.objects.using(beside().alias).count()
    with at_door("nobody"):
        assert _counted("store_account") == 0
    with of_account(one.id):
        assert _all("SELECT id FROM store_account") == [(one.id,)]
        assert _all("SELECT DISTINCT account_id FROM store_role") == [(one.id,)]
        assert _counted("store_person") == 0
    with listing():
        assert _counted("store_establishment") == 3
        assert _counted("store_account") == _counted("store_person") == 0
    with of_session("one"):
        assert _counted("django_session") == 1
    with of_session("on"):
        assert _counted("django_session") == 0


def test_another_establishments_rows_are_not_written(store: Store) -> None:
    """They cannot be changed, removed or added, and no row of one's own can be given away."""
    one, two, _ = _ids()
    theirs = Person.objects.get(establishment=two).id
    with inside(one):
        assert Person.objects.filter(id=theirs).update(surname="other") == 0
        assert Person.objects.filter(id=theirs).delete()[0] == 0
        for wrong in (
            lambda: Person.objects.create(id=UUID(int=7), establishment_id=two, number="7"),
            lambda: Person.objects.update(establishment=two),
            lambda: Role.objects.update(establishment=two),
        ):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                wrong()
    assert Person.objects.get(id=theirs).surname != "other"


@contextmanager
def _made(store: Store, *statements: str) -> Iterator[None]:
    with psycopg.connect(store.owner) as owner:
        for statement in statements:
            owner.execute(statement.encode())
    yield


def test_views_and_functions_show_no_more(store: Store) -> None:
    """What the owner makes for the program asks as the program."""
    one, *_ = _ids()
    with (
        _made(
            store,
            "CREATE VIEW seen WITH (security_invoker) AS SELECT * FROM store_person",
            "CREATE FUNCTION counted() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM store_person'",
            "GRANT SELECT ON seen TO PUBLIC",
        ),
        inside(one),
    ):
        assert _all("SELECT counted()") == [(1,)]
        assert _all("SELECT establishment_id FROM seen") == [(one,)]


def test_plans_statistics_and_sequences_tell_nothing(store: Store) -> None:
    """A plan carried out counts one's own rows; no statistics of values can be read, and no counter."""
    with psycopg.connect(store.owner) as owner:
        owner.execute("ANALYZE")
    one, two, _ = _ids()
    asked = SQL("EXPLAIN (ANALYZE, TIMING OFF) SELECT FROM store_person WHERE establishment_id = %s")
    with inside(one):
        assert "rows=1 loops" in str(_all(asked, one)[0])
        assert "rows=0 loops" in str(_all(asked, two)[0])
        assert not _all("SELECT 1 FROM pg_stats WHERE tablename = ANY(%s)", TABLES)
    sequences = _all(
        "SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace"
    )
    for (name,) in sequences:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            _all(SQL("SELECT last_value FROM {}").format(Identifier(str(name))))


def test_a_value_that_is_taken_elsewhere_can_be_used_here(store: Store) -> None:
    """What may be there once is so within an establishment, or is drawn at random: it tells nothing."""
    one, two, _ = _ids()
    number = Person.objects.get(establishment=two).number
    with inside(one):
        Person.objects.create(id=UUID(int=7), establishment_id=one, number=number)
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.create(id=UUID(int=8), establishment_id=one, number=number)
    for table, model in policies.fenced().items():
        _, fields = policies.shape(model)
        for columns in _one_of_a_kind(model):
            drawn = all(
                isinstance(fields[name], models.UUIDField | models.AutoField | models.BigAutoField)
                or fields[name].related_model is not None
                for name in columns
            )
            known = columns <= DRAWN.get(table, set()) or columns == ONE_EVERYWHERE.get(table)
            own = any(fields[name].related_model is Account for name in columns)
            assert "establishment" in columns or drawn or known or own, (table, columns)


def _one_of_a_kind(model: type[models.Model]) -> list[set[str]]:
    _, fields = policies.shape(model)
    about = model._meta
    single = [{name} for name, field in fields.items() if field.unique]
    together = [set(one.fields) for one in about.constraints if isinstance(one, models.UniqueConstraint)]
    return [*single, *together, *map(set, about.unique_together)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE store_decided SET outcome = 'permit'",
        "DELETE FROM store_entry",
        "UPDATE store_notice SET kind = 'other'",
        "TRUNCATE store_person CASCADE",
        "ALTER TABLE store_person DISABLE ROW LEVEL SECURITY",
        "DROP POLICY said ON store_person",
        "CREATE TABLE mine (id uuid)",
        "SET ROLE locutorio_owner",
        "SET session_replication_role = replica",
        "CREATE POLICY more ON store_person USING (true)",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9', now())",
    ],
)
def test_the_program_may_do_no_more_than_its_work(store: Store, statement: str) -> None:
    """What is appended it cannot change or remove, and no table, policy or role is its own to change."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege), inside(_ids()[0]):
        connection.connection.cursor().execute(statement)


@pytest.mark.parametrize("role", [OWNER, MAKER, "bypassing"])
def test_a_role_that_policies_do_not_bind_is_refused(store: Store, role: str) -> None:
    """The owner of the tables, a superuser, and a role that may pass policies by, each with what to do."""
    if role == "bypassing":
        server().say(f"CREATE ROLE bypassing LOGIN BYPASSRLS PASSWORD '{server().password}'")
    try:
        with pytest.raises(Fault, match=f'may not work as the role "{role}"') as refused:
            start(server().address(store.where.rpartition("/")[2], role))
        assert "LOCUTORIO_OWNER" in str(refused.value)
    finally:
        if role == "bypassing":
            server().say("DROP ROLE bypassing")


def test_tables_that_are_not_there_are_asked_of_the_owner(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the owner's address, the program says that it may not make or change tables, and who may."""
    empty = server().make("empty")
    try:
        empty.use()
        monkeypatch.delenv("LOCUTORIO_OWNER")
        with pytest.raises(Fault, match="not of this version") as refused:
            migrate()
        assert "LOCUTORIO_OWNER" in str(refused.value)
        monkeypatch.setenv("LOCUTORIO_OWNER", empty.owner)
        migrate()
        monkeypatch.delenv("LOCUTORIO_OWNER")
        migrate()
    finally:
        store.use()
        server().say("DROP DATABASE empty WITH (FORCE)")


def test_nothing_is_seen_while_tables_change(store: Store) -> None:
    """Between the old policies and the new ones the program sees no row, and the owner every row."""
    one, *_ = _ids()

    def seen() -> AbstractContextManager[None]:
        return inside(one)

    with owning():
        policies.take_away(connection)
        assert _counted("store_person") == 3
    with seen():
        assert _counted("store_person") == 0
    migrate()
    with seen():
        assert _counted("store_person") == 1
