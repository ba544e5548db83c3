"""One life of a small establishment: steps drawn from a seed, each through the real actions, each looked at.

A story is a list of steps, each with its moment, its verb and a number from which all its choices follow. So
a life can be lived again, and with some of its steps left out.
"""

from __future__ import annotations

import random
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from locutorio.kernel.faults import Fault, Faults
from locutorio.store.transaction import Sent
from tests.life import state, told, trouble
from tests.life.callers import Callers
from tests.life.changes import Change, Record
from tests.life.expected import World
from tests.life.house import House, opened
from tests.life.tables import Tables, read
from tests.life.timetable import HERE

# Before each change of the clock, before the rules change, in the middle of a winter.
FIRST_DAYS = tuple(
    datetime(2026, month, day, 15, tzinfo=UTC) for month, day in ((2, 26), (10, 21), (6, 20), (1, 20))
)
REFUSED = "refused"
STATEMENTS_MAX = 40
BESIDE = {"sqlite": 0.01, "postgresql": 0.15}  # how often somebody else does something meanwhile


@dataclass(frozen=True)
class Step:
    """One thing that is done, and when; ``salt`` is what its choices follow from."""

    at: datetime
    verb: str
    salt: int

    def __str__(self) -> str:
        return f"{self.at.astimezone(HERE):%a %Y-%m-%d %H:%M} {self.verb} {self.salt}"


@dataclass(frozen=True)
class Doing:
    """What a verb does now: what it is called in a story, how it is sent, and what is expected of its answer.

    ``other`` sends it with other content; ``then`` is what may be done at once after it.
    """

    told: str
    call: Callable[[Sent], object]
    expected: Callable[[World, World, object], None] | None = None
    other: Callable[[Sent], object] | None = None
    may_be_refused: bool = True
    then: Callable[[Life, random.Random], Doing | None] | None = None


class Broken(AssertionError):
    """A promise was broken; the story says what led to it."""


@dataclass
class Life:
    """The establishment as it is now, and what was done so far."""

    seed: int
    kind: str = "sqlite"
    now: datetime = field(init=False)
    house: House = field(init=False)
    tables: Tables = field(init=False)
    callers: Callers = field(init=False)
    record: Record = field(default_factory=Record)
    story: list[str] = field(default_factory=list)
    tally: Counter[str] = field(default_factory=Counter)
    sent: int = 0

    def __post_init__(self) -> None:
        """Open the establishment."""
        self.now = FIRST_DAYS[self.seed % len(FIRST_DAYS)]
        self.house = opened(self.seed, self.now)
        self.tables = read()
        self.callers = Callers(self.house.id)

    @property
    def world(self) -> World:
        """What is there now."""
        return World(self.tables, self.now)

    def name(self, id_: UUID | None) -> str:
        """Give the forename of a person or a contact."""
        tables = self.tables.rows
        row = tables["person"].get((id_,)) or tables["contact"].get((id_,))
        return str(row["forenames"]).lower() if row else "nobody"

    def step(
        self, step: Step, doing: Doing | None, beside: Doing | None = None, *, anywhere: bool = False
    ) -> None:
        """Do one thing, in the way that the step's number says, and look at what became of it.

        Args:
            step: what the story calls it.
            doing: what is done, if anything.
            beside: what somebody else does meanwhile, where the way is that.
            anywhere: whether it is broken off at each of its statements, whatever the number says.

        Raises:
            Broken: a promise does not hold.
        """
        if doing is None:
            self.tally[f"{step.verb}: nothing to do"] += 1
            return
        self.sent += 1
        id_ = uuid5(self.house.id, f"{self.sent} {step.verb} {step.salt}")
        rng = random.Random(f"way {step.salt}")
        self.story.append(f"{self.now.astimezone(HERE):%a %Y-%m-%d %H:%M} {doing.told}")
        try:
            sent = Sent(id_, self.house.id, self.now)
            way = rng.choices(
                (self._plain, self._twice, self._broken_off, self._at_every_statement), (80, 8, 10, 1)
            )[0]
            if anywhere:
                self._at_every_statement(step, doing, sent, rng)
            elif beside is not None and rng.random() < BESIDE[self.kind]:
                self._beside(step, doing, beside, sent, rng)
            else:
                way(step, doing, sent, rng)
        except (AssertionError, Fault, Faults) as broken:
            raise Broken(str(broken)) from broken

    def pass_until(self, moment: datetime) -> None:
        """Let time go by; what holds at every moment holds then too."""
        self.now = moment
        self.look()

    def look(self) -> None:
        """See that what holds at every moment holds now."""
        try:
            for check in state.EVERY:
                check(self.world)
        except AssertionError as broken:
            raise Broken(f"{check.__name__}: {broken}") from broken

    def settle(self, *sent: Sent) -> Change:
        """Read what is there now, and see that the change is a whole one."""
        change = Change(self.world, World(read(self.tables), self.now), frozenset(one.id for one in sent))
        for check in told.EVERY:
            try:
                check(change)
            except (AssertionError, Fault, Faults) as broken:
                raise AssertionError(f"{check.__name__}: {broken}") from broken
        self.record.follow(change)
        self.tally.update(f"told: {row['kind']}" for row in change.new("notice"))
        self.tables = change.after.tables
        self.callers.look()
        self.look()
        return change

    def carry_out(self, step: Step, doing: Doing, sent: Sent, run: Callable[[], object]) -> object:
        """Run a command whole, settle, and compare its answer with what is expected."""
        before = self.world
        return self.finish(step, doing, sent, before, attempted(run))

    def finish(self, step: Step, doing: Doing, sent: Sent, before: World, given: object) -> object:
        """Settle after a command that was run whole, and compare its answer with what is expected."""
        self.story[-1] += f" -> {brief(given)}"
        self.tally[f"{step.verb}: {outcome(given)}"] += 1
        carried_out_before = self.tables.of("entry", command=sent.id)
        self.settle(sent)
        if isinstance(given, Fault | Faults):
            assert not self.tables.of("entry", command=sent.id), "refused, and yet recorded"
            assert doing.may_be_refused, f"refused without need: {brief(given)}"
        elif doing.expected and not carried_out_before:
            doing.expected(before, self.world, given)
        return given

    def _plain(self, step: Step, doing: Doing, sent: Sent, rng: random.Random) -> None:
        self.carry_out(step, doing, sent, lambda: doing.call(sent))

    def _twice(self, step: Step, doing: Doing, sent: Sent, rng: random.Random) -> None:
        """Send it again later: nothing is done, the answer is the same; with other content it is refused."""
        first = self.carry_out(step, doing, sent, lambda: doing.call(sent))
        self.story[-1] += ", sent twice"
        if isinstance(first, Fault | Faults):
            return
        self.now += timedelta(minutes=rng.choice((0, 1, 50)))
        again = Sent(sent.id, sent.establishment, self.now, sent.by)
        given = attempted(lambda: doing.call(again))
        self.settle(again)
        assert given == first, f"sent twice: answered {brief(first)}, then {brief(given)}"
        entries = self.tables.of("entry", command=sent.id)
        assert len(entries) == 1, f"sent twice, recorded {len(entries)} times"
        if doing.other:
            other = doing.other
            given = attempted(lambda: other(again))
            assert isinstance(given, Fault), f"another change with the same identifier: {brief(given)}"
            assert self.settle(again).entries() == [], "another change with the same identifier was made"

    def _broken_off(self, step: Step, doing: Doing, sent: Sent, rng: random.Random) -> None:
        """Let the process end at one of its statements: all of it was done or nothing; then send it again."""
        self._crash(step, doing, sent, [rng.randint(1, STATEMENTS_MAX)])

    def _at_every_statement(self, step: Step, doing: Doing, sent: Sent, rng: random.Random) -> None:
        """The same at each of its statements in turn."""
        self._crash(step, doing, sent, range(1, STATEMENTS_MAX * 3))

    def _beside(self, step: Step, doing: Doing, other: Doing, sent: Sent, rng: random.Random) -> None:
        """Let somebody else act from one of its statements on: each is whole, whoever comes first."""
        second = Sent(uuid5(sent.id, "beside"), self.house.id, self.now)
        self.story[-1] += f", and beside it: {other.told}"
        one, two = trouble.in_between(
            lambda: attempted(lambda: doing.call(sent)),
            lambda: attempted(lambda: other.call(second)),
            rng.randint(1, STATEMENTS_MAX),
        )
        self.story[-1] += f" -> {brief(one)}; {brief(two)}"
        self.tally["two at once"] += 1
        self.settle(sent, second)

    def _crash(self, step: Step, doing: Doing, sent: Sent, numbers: Sequence[int]) -> None:
        for number in numbers:
            before = self.world
            broken, given = trouble.broken_off(lambda: attempted(lambda: doing.call(sent)), number)
            if not broken:
                self.finish(step, doing, sent, before, given)
                return
            self.story[-1] += f", broken off at statement {number}"
            self.tally["broken off"] += 1
            self.settle(sent)
        self.carry_out(step, doing, sent, lambda: doing.call(sent))


def attempted(run: Callable[[], object]) -> object:
    """Give the answer, or the refusal; anything else that is raised is the program's failure."""
    try:
        return run()
    except (Fault, Faults) as fault:
        return fault
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        raise AssertionError(f"the program failed in {where.name}: {error!r}") from error


def outcome(given: object) -> str:
    """Name an answer for a tally."""
    if isinstance(given, Fault | Faults):
        return REFUSED
    return str(getattr(given, "outcome", "done"))


def brief(given: object) -> str:
    """Say an answer in a line."""
    return " ".join(str(given).split())[:160]
