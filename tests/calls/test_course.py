"""What the engine says of a call makes one call, in whatever order and however often it is said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from locutorio.arrangements.call_course import FAULTS, Course, Said

BEGAN = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
moments = st.integers(0, 2_000).map(lambda seconds: BEGAN + seconds * SECOND)
said = st.one_of(
    st.builds(Said, what=st.just("answered"), at=moments),
    st.builds(Said, what=st.just("talking"), at=moments),
    st.builds(
        Said,
        what=st.just("ended"),
        at=moments,
        why=st.sampled_from(["caller", "called", "engine", "fault"]),
        began=st.none() | moments,
    ),
    st.builds(Said, what=st.just("failed"), at=moments, code=st.sampled_from([408, 486, 487, 503])),
)


def told(begun: Course, happened: list[Said]) -> Course:
    """Give a call after all that is said of it."""
    for one in happened:
        begun = begun.after(one)
    return begun


@given(st.lists(said, max_size=6), st.integers(0, 2**32), st.sampled_from(["", "order"]))
def test_order_and_repetition_change_nothing(happened: list[Said], seed: int, ending: str) -> None:
    """In whatever order things come, and however often, the call is the same in the end."""
    begun = Course(900, ending)
    again = [*happened, *Random(seed).choices(happened, k=len(happened))] if happened else []
    Random(seed).shuffle(again)
    assert told(begun, again) == told(begun, happened)


@given(st.lists(said, max_size=6), st.integers(1, 1_000))
def test_nobody_pays_for_more_than_was_theirs(happened: list[Said], limit: int) -> None:
    """No more is counted than the limit; what a fault took is given back; a call under way has no end."""
    found = told(Course(limit), happened)
    assert 0 <= found.talk_seconds <= limit
    assert found.talk_seconds + found.returned_seconds <= limit
    assert (found.returned_seconds > 0) <= (found.disposition == "lost")
    assert (found.disposition == "lost") == (found.cause in FAULTS)
    if found.ended_at is None:
        assert (found.disposition, found.talk_seconds, found.cause) == ("under_way", 0, "")


def test_each_end_has_its_word() -> None:
    """At its limit a call ends for time; before it, by who ended it, by what was asked, or by a fault."""
    answered = Course(60).after(Said("answered", BEGAN))
    assert answered.after(Said("ended", BEGAN + 60 * SECOND, "engine")).cause == "time-up"
    assert answered.after(Said("ended", BEGAN + 20 * SECOND, "engine")).cause == "fault"
    assert answered.after(Said("ended", BEGAN + 20 * SECOND, "called")).cause == "called"
    asked = Course(60, "ended-by-order").after(Said("answered", BEGAN))
    assert asked.after(Said("ended", BEGAN + 20 * SECOND, "engine")).cause == "ended-by-order"


def test_talk_begins_after_the_announcement() -> None:
    """The seconds of an announcement before a monitored call are not counted."""
    call = told(Course(900), [Said("answered", BEGAN), Said("talking", BEGAN + 9 * SECOND)])
    ended = call.after(Said("ended", BEGAN + 69 * SECOND, "caller", began=BEGAN))
    assert (ended.talk_seconds, ended.disposition) == (60, "answered")


def test_nobody_answered() -> None:
    """A call that nobody answered counts for nothing, and says why."""
    for code, disposition in ((486, "busy"), (408, "no_answer"), (487, "no_answer"), (502, "failed")):
        ended = Course(900).after(Said("failed", BEGAN + SECOND, code=code))
        assert (ended.disposition, ended.talk_seconds, ended.returned_seconds) == (disposition, 0, 0)
