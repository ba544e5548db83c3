"""Limits by a counter that nobody can set; the engine's calls beside ours."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from locutorio.store.calls import CallRow
from locutorio.telephony.deadlines import Deadlines
from locutorio.telephony.matching import MISSING_SECONDS, Matching

AT = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)


class Counter:
    """A counter that a test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def row(limit: int, answered: datetime | None = AT, talk: datetime | None = None) -> CallRow:
    return CallRow(
        id=uuid4(),
        started_at=AT,
        called="+12025550101",
        disposition="under_way",
        answered_at=answered,
        talk_from=talk,
        limit_seconds=limit,
    )


def test_end_and_warning() -> None:
    """A call of two minutes is warned once, a minute before its end, and ended at it."""
    counter, call = Counter(), row(120)
    deadlines = Deadlines(counter)
    deadlines.keep([call], AT)
    counter.now += 59
    assert (deadlines.to_warn(), deadlines.ended()) == ([], [])
    counter.now += 1
    assert deadlines.to_warn() == [call.id]
    assert deadlines.to_warn() == []
    counter.now += 59.9
    assert deadlines.ended() == []
    counter.now += 0.2
    assert deadlines.ended() == [call.id]


def test_clock_jumps() -> None:
    """A clock that jumps a day, either way, moves no limit of a call that is known."""
    counter, call = Counter(), row(120)
    deadlines = Deadlines(counter)
    deadlines.keep([call], AT)
    for jump in (timedelta(days=1), timedelta(days=-1)):
        deadlines.keep([call], AT + jump)
        assert deadlines.ended() == []
    counter.now += 120
    assert deadlines.ended() == [call.id]


def test_clock_jumped_before_it_was_known() -> None:
    """Of a call that is first seen after a jump, nothing lasts longer than its limit, counted from then."""
    counter, call = Counter(), row(120)
    deadlines = Deadlines(counter)
    deadlines.keep([call], AT - timedelta(days=1))
    counter.now += 120
    assert deadlines.ended() == [call.id]


def test_talk_from() -> None:
    """The time of a monitored call runs from when both were told, not from its answer."""
    counter, call = Counter(), row(120, talk=AT + timedelta(seconds=10))
    deadlines = Deadlines(counter)
    deadlines.keep([call], AT + timedelta(seconds=10))
    counter.now += 119
    assert deadlines.ended() == []
    counter.now += 1
    assert deadlines.ended() == [call.id]


def test_ringing_and_over() -> None:
    """A call that rings has no end yet, and one that is over is forgotten."""
    counter, call = Counter(), row(120)
    deadlines = Deadlines(counter)
    deadlines.keep([row(120, answered=None), call], AT)
    deadlines.keep([], AT)
    counter.now += 500
    assert deadlines.ended() == []


def test_matching() -> None:
    """Who is strange or missing for some seconds at every look is named, and nobody who was so only once."""
    counter = Counter()
    matching = Matching(counter)
    engine = {"a": "p", "g": "ghost", "e": "telephone:north-1"}
    assert matching.strangers(["a", "b"], engine) == []
    assert matching.missing(["a", "b"], engine) == []
    counter.now += MISSING_SECONDS - 1
    assert matching.missing(["a", "b"], engine) == []
    counter.now += 1
    assert matching.missing(["a", "b"], engine) == ["b"]
    assert matching.strangers(["a", "b"], engine) == ["g"]
    assert matching.missing(["a", "b"], {**engine, "b": "q"}) == []
    counter.now += MISSING_SECONDS
    assert matching.missing(["a", "b"], engine) == []


def test_engine_did_not_answer() -> None:
    """After an engine that did not answer, nobody is missing at the first look."""
    counter = Counter()
    matching = Matching(counter)
    matching.missing(["a"], [])
    counter.now += MISSING_SECONDS
    matching.forget()
    assert matching.missing(["a"], []) == []
