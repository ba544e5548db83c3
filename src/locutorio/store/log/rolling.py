"""The daily roll call: an entry of the log itself that says how many entries there are about each person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from django.db.models import Max

from locutorio.record.entry import Value, read
from locutorio.record.rollcall import RollCall, Row
from locutorio.store.context import inside, within
from locutorio.store.log.gathering import Whose
from locutorio.store.log.sequencer import ROLL_CALL, Draft, Growing, held, microseconds
from locutorio.store.models import Leaf, Log
from locutorio.store.turns import one_by_one


@within
def rows_before(establishment: UUID, index: int) -> Iterator[Row]:
    """Give for each pseudonym how many leaves before an index are about it, and which is the last."""
    counted = (
        Leaf.objects.filter(establishment=establishment, index__lt=index, subject__isnull=False)
        .values("subject")
        .annotate(count=Max("subject_count"), last=Max("index"))
        .order_by()
    )
    return (Row(str(one["subject"]), one["count"], one["last"]) for one in counted)


def last_called(establishment: UUID) -> date | None:
    """Give the day of the last roll call, UTC; None where there was none."""
    with inside(establishment):
        index = Log.objects.filter(establishment=establishment).values_list("called", flat=True).first()
        if index is None:
            return None
        at = read(bytes(Leaf.objects.get(establishment=establishment, index=index).body))["at"]
    assert isinstance(at, int)
    return datetime.fromtimestamp(at / 1e6, tz=UTC).date()


def call_roll(establishment: UUID, at: datetime) -> int:
    """Add a roll call of all that stands in a log; give how many people are on it."""
    with one_by_one(), held(establishment) as log:
        roll = RollCall(rows_before(establishment, log.size))
        header: dict[str, Value] = {"roll": roll.root().hex(), "people": len(roll.rows)}
        fields: dict[str, Value] = {"type": ROLL_CALL, "actor": None, "factor": None, "action": None}
        fields["at"] = microseconds(at)
        log.called = log.size
        growing = Growing(establishment, log)
        growing.add([Draft(uuid4(), 0, Whose(), {}, fields, header=header)])
        growing.keep()
    return len(roll.rows)
