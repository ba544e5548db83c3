"""Tables go forward, back and forward again with everything that is in them."""

from contextlib import nullcontext

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from locutorio.kernel.faults import Fault
from locutorio.store.models import Entry, Person
from locutorio.store.start import migrate, owning
from tests.databases import Store
from tests.store.filling import everything, filled


def names() -> list[str]:
    """Give the migrations of the store in order."""
    graph = MigrationLoader(connection).graph
    return [name for app, name in graph.forwards_plan(graph.leaf_nodes("store")[0]) if app == "store"]


def test_every_row_is_kept_going_back_and_forward(store: Store) -> None:
    """From the newest form to the first and up again, a step at a time, with every table filled: every row of
    every table stays as it was.
    """
    filled()
    before = everything()
    assert all(rows for table, rows in before.items() if table.startswith("store_"))
    for name in (*reversed(names()), *names()):
        migrate(name)
        assert everything() == before
    migrate("0001")
    migrate()
    assert everything() == before


def test_tables_with_rows_are_not_taken_away(store: Store) -> None:
    """Going back to nothing is refused while one row is left, by whatever door, and nothing is changed."""
    filled()
    before = everything()
    with pytest.raises(Fault, match="holds rows"):
        migrate("zero")
    with pytest.raises(Fault, match="holds rows"), owning() if store.owner else nullcontext():
        call_command("migrate", "store", "zero", verbosity=0, interactive=False)
    assert everything() == before


def test_empty_tables_can_be_taken_away_and_made_again(store: Store) -> None:
    """Nothing is lost where nothing is: tables come and go."""
    migrate("zero")
    assert not [table for table in everything() if table.startswith("store_")]
    migrate()
    filled()
    assert Person.objects.exists()


def test_what_is_appended_is_guarded_again(store: Store) -> None:
    """Going back and forward leaves no table without its fence."""
    migrate("0001")
    migrate()
    filled()
    with pytest.raises(Exception, match="never changed"):
        Entry.objects.update(action="other")


def test_models_and_migrations_say_the_same(store: Store) -> None:
    """No change of a table waits for a migration."""
    call_command("makemigrations", "store", check=True, dry_run=True, verbosity=0)
