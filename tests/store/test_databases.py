"""The databases under test are real, whole and apart from each other."""

from uuid import uuid4

from locutorio.store.models import Establishment
from tests.databases import Store


def test_each_test_begins_with_empty_tables(store: Store) -> None:
    """Nothing that another test wrote is seen, in whatever order they run."""
    assert not Establishment.objects.exists()
    Establishment.objects.create(id=uuid4(), code="oak", name="Oak", zone="UTC", law="arcadia", schedule="")


def test_and_so_does_the_next(store: Store) -> None:
    """The same, the other way round."""
    test_each_test_begins_with_empty_tables(store)
