"""A life in which nobody tampers with anything: whenever it is verified, it holds."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from locutorio.store.log import checkpoints, succeeding
from locutorio.store.log.rolling import call_roll
from locutorio.store.log.sequencer import sequence
from locutorio.store.verifying import verify
from tests.databases import fresh
from tests.life import living
from tests.life.house import repeatable
from tests.life.life import Life
from tests.log.world import act, introduced, witnessed

STEPS = 14


def run(seed: int, kind: str) -> int:
    """Live a short life, signed now and then; verify it on the way and at its end. Gives how many entries."""
    rng = random.Random(f"clean {seed}")
    with (
        tempfile.TemporaryDirectory(prefix="locutorio-clean-") as top,
        fresh(kind),
        repeatable(seed),
        witnessed(Path(top)) as known,
    ):
        life = Life(seed, kind)
        here = life.house.id
        introduced(known, here)
        for number in range(STEPS):
            act(life, living.drawn(life, rng))
            last = number == STEPS - 1
            if last or rng.random() < 0.4:
                sequence(here)
            if last or rng.random() < 0.15:
                sequence(here)
                call_roll(here, life.now)
                checkpoints.sign(here, life.now)
            if last or rng.random() < 0.15:
                sequence(here)
                policy = succeeding.policy_of(here)
                seen = [note.written() for one in known if (note := one.last(policy.origin))]
                told = {"the signer": succeeding.signer_of(here).last()}
                found = verify(here, policy, life.now, seen=seen, told=told if seen else {})
                faults = [one for one in found.faults if seen or not one.startswith("no checkpoint")]
                assert faults == [], faults
        return found.size
