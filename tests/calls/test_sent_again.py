"""What the engine asks and says of calls, sent again: the same answer, and nothing done twice."""

from __future__ import annotations

from locutorio.actions.authorize_call import Attempt, Privileged, authorize_call
from locutorio.actions.note_call import CallEvent, note_call
from tests.calls.exchange import NUMBERS, PIN, SECOND, exchange
from tests.databases import Store
from tests.establishment import FOUNDED
from tests.store.test_repeated import ELSEWHERE, Doing


def test_a_call_is_asked_for_and_ended_once(store: Store) -> None:
    """An attempt that is allowed and ends, and one that is refused: each also twice."""
    one = exchange()
    do = Doing(one.oak)
    for name, called in (("one", NUMBERS["alder"]), ("two", NUMBERS["laurel"])):
        what = Attempt(one.attempt(name), "north-1", "1001", PIN, called, {"call_id": name})
        found = do(authorize_call, what, Privileged({}, trusted=True))
        if found.allowed:
            do(note_call, CallEvent(what.id, "ended", FOUNDED + 9 * SECOND, why="caller", began=FOUNDED))
    assert {action.__name__ for action, *_ in do.done} == {"authorize_call", "note_call"} <= ELSEWHERE
    do.all_again()
