"""How an establishment keeps its telephones: said in parts, and only what can be kept."""

from __future__ import annotations

import pytest

from locutorio.actions.change_telephony import change_telephony, telephony_of
from locutorio.kernel.faults import Fault
from locutorio.store.calls import Settings
from tests.databases import Store
from tests.establishment import founded


def test_what_is_not_said_stays(store: Store) -> None:
    """Two changes, each of something else, stand together; before any the private way is all there is."""
    oak = founded()
    assert telephony_of(oak.id) == Settings(monitors="none")
    change_telephony({"monitors": "record", "recordings_days": 90}, oak.sent("first"))
    kept = change_telephony({"minutes": 15, "make_up_days": 7}, oak.sent("second"))
    assert kept == Settings("record", 15, recordings_days=90, make_up_days=7) == telephony_of(oak.id)


@pytest.mark.parametrize(
    "said",
    [
        {"monitors": "record"},
        {"monitors": "often"},
        {"minutes": -1},
        {"recordings_days": 10_000},
        {"region": "usa"},
        {"secret": "x"},
    ],
    ids=str,
)
def test_what_cannot_be_kept_so_is_refused(store: Store, said: dict[str, str | int]) -> None:
    """Recording without an end, what is nothing, too few or too many: nothing is changed."""
    oak = founded()
    with pytest.raises(Fault):
        change_telephony(said, oak.sent("wrong"))
    assert telephony_of(oak.id) == Settings()
