"""The same steps drawn by hypothesis, so that what goes wrong is told in as few of them as it takes."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.databases import fresh
from tests.life.house import repeatable
from tests.life.life import Life, Step
from tests.life.living import AT_GATE, VERBS, perform

SOON = st.integers(0, 240)
SALTS = st.integers(0, 2**20)


class Establishment(RuleBasedStateMachine):
    """Any step, soon or at the time of the next visit; every promise is looked at after each."""

    def __init__(self) -> None:
        """Open it."""
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(repeatable(0))
        self.stack.enter_context(fresh("sqlite"))
        self.life = Life(0)

    def teardown(self) -> None:
        """Leave its database."""
        self.stack.close()

    @rule(verb=st.sampled_from([*VERBS]), minutes=SOON, salt=SALTS)
    def soon(self, verb: str, minutes: int, salt: int) -> None:
        """Do something within some hours."""
        perform(self.life, Step(self.life.now + timedelta(minutes=minutes), verb, salt))

    @rule(verb=st.sampled_from(AT_GATE), minutes=st.integers(-30, 60), salt=SALTS)
    def at_the_gate(self, verb: str, minutes: int, salt: int) -> None:
        """Do something at the gate about the time of the next visit."""
        booked = [row for row in self.life.world.standing() if row["standing"] == "booked"]
        starts = min((self.life.world.slot(row)["starts"] for row in booked), default=self.life.now)
        perform(self.life, Step(starts + timedelta(minutes=minutes), verb, salt))


TestEstablishment = Establishment.TestCase
TestEstablishment.settings = settings(max_examples=4, stateful_step_count=25)
