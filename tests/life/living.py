"""Draws lives from seeds, lives stories again, and finds the shortest story that still goes wrong."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.databases import fresh
from tests.life import gate, law, visits
from tests.life.house import repeatable
from tests.life.life import FIRST_DAYS, Broken, Doing, Life, Step

Verb = Callable[[Life, random.Random], Doing | None]
VERBS: Mapping[str, tuple[Verb, int]] = {
    "request": (visits.request, 34),
    "book": (visits.book, 20),
    "confirm": (visits.confirm, 6),
    "change": (visits.change, 6),
    "cancel": (visits.cancel, 3),
    "wait": (visits.wait, 6),
    "wait_no_more": (visits.wait_no_more, 1),
    "lapse": (visits.lapse, 3),
    "read_notice": (visits.read_one, 1),
    "paper": (law.paper, 7),
    "paper_ends": (law.paper_ends, 3),
    "listing": (law.listing, 12),
    "fact": (law.fact, 3),
    "number": (law.number, 1),
    "keep_apart": (law.keep_apart, 4),
    "meet_again": (law.meet_again, 1),
    "close": (law.close, 2),
    "lift": (law.lift, 2),
    "timetable": (law.timetable, 5),
    "rules": (law.rules, 3),
    "contact_corrected": (law.contact_corrected, 2),
    "person_corrected": (law.person_corrected, 1),
    "come": (law.come, 2),
    "leave": (law.leave, 1),
    "arrive": (gate.arrive, 10),
    "refuse": (gate.refuse, 3),
    "start": (gate.start, 8),
    "end": (gate.end, 8),
    "miss": (gate.miss, 2),
    "make_up": (gate.make_up, 2),
}
AT_GATE = ("arrive", "arrive", "refuse", "start", "end", "miss", "make_up")
SHRINKS_MAX = 80


@dataclass(frozen=True)
class Lived:
    """How a life went: its steps, how often each thing came about, and what was broken, if anything."""

    seed: int
    steps: tuple[Step, ...]
    days: int
    tally: Counter[str]
    broken: str = ""
    story: tuple[str, ...] = ()


def live(seed: int, steps: int, kind: str = "sqlite") -> Lived:
    """Live a life of so many steps, drawn from a seed."""
    rng = random.Random(f"life {seed}")
    done: list[Step] = []

    def draw(life: Life) -> Step | None:
        if len(done) == steps:
            return None
        done.append(drawn(life, rng))
        return done[-1]

    return _lived(seed, kind, draw, done)


def live_again(seed: int, steps: Sequence[Step], kind: str = "sqlite") -> Lived:
    """Live the same steps again, or some of them."""
    left = iter(steps)
    done: list[Step] = []

    def following(life: Life) -> Step | None:
        step = next(left, None)
        if step is not None:
            done.append(step)
        return step

    return _lived(seed, kind, following, done)


def _lived(seed: int, kind: str, following: Callable[[Life], Step | None], done: list[Step]) -> Lived:
    with repeatable(seed), fresh(kind):
        life = Life(seed, kind)
        broken = ""
        try:
            while (step := following(life)) is not None:
                perform(life, step)
        except Broken as found:
            broken = str(found)
        return Lived(
            seed,
            tuple(done),
            (life.now - FIRST_DAYS[seed % len(FIRST_DAYS)]).days,
            life.tally,
            broken,
            tuple(life.story),
        )


def perform(life: Life, step: Step) -> None:
    """Let time go by until a step, and do it."""
    life.pass_until(max(step.at, life.now))
    verb, _ = VERBS[step.verb]
    doing = verb(life, random.Random(step.salt))
    beside = random.Random(step.salt + 2)
    other, _ = VERBS[_verb(beside)]
    life.step(step, doing, other(life, beside))
    if doing and doing.then:
        following = Step(step.at, f"{step.verb}, then", step.salt + 1)
        life.step(following, doing.then(life, random.Random(following.salt)))


def drawn(life: Life, rng: random.Random) -> Step:
    """Draw the next step: mostly soon; often at the time of a visit; now and then after days."""
    coming = [life.world.slot(row)["starts"] for row in life.world.standing() if row["standing"] == "booked"]
    chance = rng.random()
    if life.tables.of("visit", ended_at=None) and chance < 0.5:
        at, verb = life.now + timedelta(minutes=rng.randrange(40)), _at_gate(life, rng)
    elif chance < 0.78 or not coming:
        at, verb = life.now + timedelta(minutes=rng.choice((1, 5, 20, 45, 200))), _verb(rng)
    elif chance < 0.96:
        at, verb = _about(min(coming), life.now, rng), _at_gate(life, rng)
    else:
        at, verb = life.now + timedelta(days=rng.randint(1, 6), minutes=rng.randrange(600)), _verb(rng)
    return Step(at, verb, rng.getrandbits(32))


def _about(starts: datetime, now: datetime, rng: random.Random) -> datetime:
    """Give a moment around the start of the next visit, not before now."""
    if now >= starts - timedelta(minutes=40):
        return now + timedelta(minutes=rng.choice((1, 4, 10, 20)))
    return starts + timedelta(minutes=rng.choice((-30, -20, -10, -5)))


def _at_gate(life: Life, rng: random.Random) -> str:
    """Give what comes next at the gate, mostly; else anything."""
    if rng.random() < 0.25:
        return rng.choice(AT_GATE)
    if life.tables.of("visit", ended_at=None):
        return "end"
    return "start" if life.tables.of("arrival", outcome="admitted") and rng.random() < 0.5 else "arrive"


def _verb(rng: random.Random) -> str:
    return rng.choices([*VERBS], [weight for _, weight in VERBS.values()])[0]


def shortest(lived: Lived, kind: str = "sqlite", tries: int = SHRINKS_MAX) -> Lived:
    """Leave out of a story what it goes wrong without, as far as some tries reach."""
    best, size = lived, max(1, len(lived.steps) // 2)
    while size and tries:
        at = 0
        while at < len(best.steps) and tries:
            tries -= 1
            found = live_again(best.seed, [*best.steps[:at], *best.steps[at + size :]], kind)
            if found.broken:
                best = found
            else:
                at += size
        size //= 2
    return best


def totals(tally: Mapping[str, int]) -> Sequence[str]:
    """Say how many years were lived, and how often each thing came about."""
    counted = (f"{name} {count:,}" for name, count in sorted(tally.items()) if name != "days")
    return f"{tally['days'] / 365:,.1f} years lived", ", ".join(counted)


def told(lived: Lived) -> str:
    """Tell a story that went wrong, so that it can be lived again."""
    steps = "\n".join(lived.story)
    return f"seed {lived.seed}, {len(lived.steps)} steps: {lived.broken}\n{steps}"
