"""Everything that is done with calls, sent again: the same answer, and nothing done twice."""

from __future__ import annotations

from datetime import date, timedelta

from locutorio.actions.change_telephony import change_telephony
from locutorio.actions.claim_privilege import Claiming, claim_privilege
from locutorio.actions.end_call import EndingCall, end_call
from locutorio.actions.note_unplaced import MakingUpCall, make_up_call, note_unplaced
from locutorio.actions.put_before_governor import put_before_governor
from locutorio.actions.state_unrecorded import state_unrecorded
from locutorio.actions.unplacing import Unmade
from tests.calls.switchboard import NOW, switchboard
from tests.databases import Store
from tests.store.test_repeated import ELSEWHERE, Doing

DONE = (
    change_telephony,
    end_call,
    claim_privilege,
    state_unrecorded,
    note_unplaced,
    make_up_call,
    put_before_governor,
)
DAY = date(2026, 11, 2)


def test_what_is_done_with_calls_is_done_once(store: Store) -> None:
    """Calls are ended, claimed and stated; one is owed, put before the governor, made up: each also twice."""
    made = switchboard()
    oak = made.oak
    do = Doing(oak)
    do(change_telephony, {"make_up_days": 1}, at=NOW - timedelta(hours=3))
    private = made.call("linden", "myrtle", NOW - timedelta(hours=2))
    live, heard = made.live(), made.call("linden", "laurel")
    do(end_call, EndingCall(live, "A fire drill."), at=NOW)
    do(claim_privilege, Claiming(heard, "She is a lawyer too."))
    do(state_unrecorded, private)
    unmade = Unmade(oak.people["linden"], oak.contacts["laurel"], DAY, "no_monitor")
    owed = do(note_unplaced, unmade)
    assert do(put_before_governor, at=NOW + timedelta(days=2)) == (owed,)
    do(make_up_call, MakingUpCall(owed, heard))
    assert {action.__name__ for action in DONE} <= ELSEWHERE
    do.all_again()
