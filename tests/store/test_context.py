"""What is seen is of one establishment, said anew in each transaction."""

from uuid import uuid4

import pytest
from django.db import connection, transaction

from locutorio.store.context import inside
from tests.databases import Store


def _said() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('locutorio.establishment', true)")
        (said,) = cursor.fetchone()
    return said or ""


def test_the_context_holds_within_and_not_after(store: Store) -> None:
    """Within it is said which establishment it is; after it, also a failed one, nothing."""
    here = uuid4()
    with inside(here), inside(here):
        if store.kind == "postgresql":
            assert _said() == str(here)
    with pytest.raises(ZeroDivisionError), inside(here):
        raise ZeroDivisionError
    with inside(other := uuid4()):
        if store.kind == "postgresql":
            assert _said() == str(other)
    if store.kind == "postgresql":
        assert _said() == ""


def test_nothing_is_of_two_establishments(store: Store) -> None:
    """Entering a second one within the first is refused, and leaves the first as it was."""
    here = uuid4()
    with inside(here):
        with pytest.raises(RuntimeError, match="of two establishments"), inside(uuid4()):
            pytest.fail("it was entered")
        if store.kind == "postgresql":
            assert _said() == str(here)


def test_a_transaction_that_is_open_goes_on_as_before(store: Store) -> None:
    """What was begun as nobody's is nobody's again after a context, also after one that failed."""
    with transaction.atomic():
        with inside(uuid4()):
            pass
        if store.kind == "postgresql":
            assert _said() == ""
        with pytest.raises(ZeroDivisionError), inside(uuid4()):
            raise ZeroDivisionError
        if store.kind == "postgresql":
            assert _said() == ""
