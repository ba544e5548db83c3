"""Over the real engine, no harm to the register lets a privileged call be recorded."""

from __future__ import annotations

import random

from tests.record.registers import HARM
from tests.telephony import harmed_wire


def test_no_harm_on_the_wire_records_a_privileged_call() -> None:
    """One call under some harms, and one to family that the same plane does record."""
    rng = random.Random("a register on the wire")
    with harmed_wire.plane() as wired:
        assert harmed_wire.to_family(wired)
        for how in rng.sample([*HARM], 4):
            harmed_wire.to_privileged(wired, how, rng)
