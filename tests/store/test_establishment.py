"""The invented establishment that other tests stand on."""

from locutorio.store.models import Listed
from tests.databases import Store
from tests.establishment import founded


def test_everyone_on_a_list_is_of_the_establishment(store: Store) -> None:
    """People and contacts can be found by name, and each person has someone who may visit."""
    oak = founded()
    listed = Listed.objects.filter(establishment=oak.id)
    assert set(oak.people.values()) == {row.person_id for row in listed}
    assert set(oak.contacts.values()) == {row.contact_id for row in listed}
