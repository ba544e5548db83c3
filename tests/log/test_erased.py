"""What is erased leaves a log that verifies, and proofs that hold."""

from __future__ import annotations

from datetime import timedelta

from locutorio.actions.erase_due import erase_due
from locutorio.actions.order_erasure import order_erasure
from locutorio.store.log.sequencer import sequence
from locutorio.store.models import Booking, Leaf, Notice, Person
from locutorio.store.transaction import Sent
from tests.log.world import copied, using, world


def test_a_log_verifies_after_everybody_was_erased() -> None:
    """One after another is erased; each time state is the replay of what can still be read."""
    lived = world()
    with copied(lived.home) as home:
        using(home)
        sequence(lived.establishment)
        before = {leaf.index: bytes(leaf.hash) for leaf in Leaf.objects.all()}
        people = [*Person.objects.order_by("number").values_list("id", flat=True)]
        assert Booking.objects.exists()
        for number, person in enumerate(people):
            at = lived.now + timedelta(days=number)
            order_erasure(person, f"order {number}", Sent(person, lived.establishment, at))
            erase_due(lived.establishment, at)
            found = lived.found(home)
            assert found.faults == ()
        assert not Booking.objects.exists()
        assert not Notice.objects.exists()
        assert before.items() <= {leaf.index: bytes(leaf.hash) for leaf in Leaf.objects.all()}.items()
