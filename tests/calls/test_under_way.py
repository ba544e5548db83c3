"""What happens to a call under way, as the engine says it, and as what it rests on changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from locutorio.actions.change_number import NewNumber, change_number
from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.store import calls
from locutorio.store.models import Call
from tests.calls.exchange import COUNSEL, COURT, NUMBERS, SECOND, Exchange, exchange
from tests.establishment import FOUNDED

pytestmark = pytest.mark.usefixtures("store")
MINUTE = timedelta(minutes=1)
LATER = FOUNDED + 5 * MINUTE


def sanctioned(one: Exchange, name: str = "rowan") -> None:
    """Take calls away from somebody, in writing."""
    what = NewPaper(
        one.oak.people[name],
        "sanction",
        facts={"decider": "governor", "visits_left": "1", "covers_calls": "yes", "notice_to_person": "yes"},
        since=date(2026, 11, 2),
        until=date(2026, 11, 20),
    )
    assert enter_paper(what, one.oak.sent(f"sanction {name}", LATER)).standing == "stands"


def test_what_was_talked_is_counted() -> None:
    """Answered, ended: so many seconds are counted, once, in whatever order they are said."""
    one = exchange()
    assert one.dial("one", NUMBERS["alder"]).allowed
    one.says("one", "ended", FOUNDED + 65 * SECOND, why="called", began=FOUNDED + 5 * SECOND)
    one.says("one", "answered", FOUNDED + 5 * SECOND)
    one.says("one", "ended", FOUNDED + 65 * SECOND, why="called", began=FOUNDED + 5 * SECOND)
    one.says("one", "ended", FOUNDED + 90 * SECOND, why="engine")
    row = one.row("one")
    assert (row.disposition, row.cause, row.talk_seconds, row.returned_seconds) == (
        "answered",
        "called",
        60,
        0,
    )


def test_a_fault_gives_minutes_back() -> None:
    """A call that a fault ended is none of the calls of the week, and what was left of it is given back."""
    one = exchange()
    one.dial("one", NUMBERS["alder"])
    one.says("one", "answered", FOUNDED)
    one.says("one", "ended", FOUNDED + 100 * SECOND, why="engine", began=FOUNDED)
    row = one.row("one")
    assert (row.disposition, row.cause, row.talk_seconds, row.returned_seconds) == ("lost", "fault", 100, 800)
    (used,) = calls.used_of(one.oak.id, one.oak.people["rowan"], "America/New_York", LATER)
    assert not used.counts


def test_nobody_answered() -> None:
    """A call that nobody answered is over, counts for nothing, and another one can be made."""
    one = exchange()
    one.dial("one", NUMBERS["alder"])
    one.says("one", "failed", FOUNDED + 30 * SECOND, code=408)
    assert (one.row("one").disposition, one.row("one").talk_seconds) == ("no_answer", 0)
    assert one.dial("two", NUMBERS["alder"], at=LATER).allowed


def test_what_the_engine_refused_itself_is_kept() -> None:
    """An attempt that nobody was asked about is in the record; what is said of no call is not."""
    one = exchange()
    kept = one.says(
        "strange", "refused", FOUNDED, why="audio-only", code=488, telephone="north-1", called="x"
    )
    assert kept is not None
    assert (kept.disposition, kept.cause, kept.person) == ("blocked", "audio-only", None)
    assert one.says("never", "ended", FOUNDED, why="caller") is None
    assert Call.objects.count() == 1


def test_a_sanction_ends_the_call_that_is_not_owed() -> None:
    """The call of the week is owed and goes on; the one after it is to end, by the paper, at once."""
    one = exchange()
    one.talks("owed", NUMBERS["alder"], 60, at=FOUNDED)
    assert one.dial("more", NUMBERS["alder"], at=FOUNDED + 2 * MINUTE).allowed
    assert one.dial("theirs", NUMBERS["laurel"], person="1002", at=FOUNDED + 2 * MINUTE).allowed
    sanctioned(one)
    sanctioned(one, "linden")
    assert one.row("more").ending == "order"
    assert one.row("theirs").ending == ""
    assert [row.cause for row in calls.decisions_of(one.oak.id, one.attempt("more"))] == ["asked", "replay"]
    one.says("more", "ended", LATER, why="engine", began=FOUNDED + 2 * MINUTE)
    assert one.row("more").cause == "ended-by-order"
    assert one.dial("again", NUMBERS["alder"], at=LATER + MINUTE).reason == "order"


def test_a_court_is_called_in_spite_of_a_sanction() -> None:
    """Who may call nobody for a while still calls a court, on the private plane."""
    one = exchange()
    one.talks("owed", NUMBERS["alder"], 60, at=FOUNDED)
    sanctioned(one)
    assert one.dial("social", NUMBERS["alder"], at=LATER + MINUTE).reason == "order"
    found = one.dial("court", COURT, at=LATER + 2 * MINUTE)
    assert (found.allowed, found.plane) == (True, "private")


def test_a_lost_number_ends_the_call() -> None:
    """A number that is blocked for everybody ends the call to it that is under way."""
    one = exchange()
    assert one.dial("one", NUMBERS["alder"]).allowed
    change_number(NewNumber(None, NUMBERS["alder"], "mobile", "blocked"), one.oak.sent("blocked", LATER))
    assert one.row("one").ending == "order"


def test_who_becomes_counsel_is_heard_by_nobody() -> None:
    """A contact who becomes a lawyer is heard no more: the call goes on, the listening is to stop."""
    one = exchange(monitors="listen")
    assert one.dial("one", NUMBERS["alder"]).plane == "monitored"
    one.is_a_lawyer("rowan", "alder")
    enter_fact(NewFact("arcadia.worked_here", "no", one.oak.people["rowan"]), one.oak.sent("fact", LATER))
    assert one.row("one").ending == "privilege"


def test_a_lawyer_in_no_list_is_not_cut_off() -> None:
    """A call to a registered lawyer whom the person never listed outlives a change elsewhere."""
    one = exchange()
    assert one.dial("one", COUNSEL).allowed
    enter_fact(NewFact("arcadia.worked_here", "no", one.oak.people["rowan"]), one.oak.sent("fact", LATER))
    assert one.row("one").ending == ""


def test_a_change_that_changes_nothing_writes_nothing() -> None:
    """A call that still stands is left as it is."""
    one = exchange()
    assert one.dial("one", NUMBERS["alder"]).allowed
    enter_fact(NewFact("arcadia.worked_here", "no", one.oak.people["rowan"]), one.oak.sent("fact", LATER))
    assert one.row("one").ending == ""
    assert len(calls.decisions_of(one.oak.id, one.attempt("one"))) == 1


def test_minutes_count_in_the_next_case() -> None:
    """The calls of the week and the time since the last one are facts of the next case."""
    one = exchange()
    one.talks("one", NUMBERS["alder"], 65, at=FOUNDED)
    one.dial("two", NUMBERS["holly"], at=LATER)
    (decision,) = calls.decisions_of(one.oak.id, one.attempt("two"))
    assert "arcadia.calls_this_week: 1" in decision.case
