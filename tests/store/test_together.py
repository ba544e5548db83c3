"""What several threads want written goes together, and what may not be written goes alone."""

from __future__ import annotations

from uuid import uuid5

from django.db import IntegrityError

from locutorio.actions.authorize_call import Attempt, Privileged, authorize_call
from locutorio.store.models import ApprovedNumber, Call
from locutorio.store.statements import Statement, inserted
from locutorio.store.together import write_together
from tests.calls.exchange import HELP, NUMBERS, PIN, exchange
from tests.databases import Store
from tests.entries import entries
from tests.store.plain import PERSON, PLACE, founded
from tests.store.test_perform import CLIENTS, several

KNOWN = {"kind": "mobile", "record": "", "owner": "", "relation": "", "status": "approved"}


def wanted(number: int) -> str:
    """Give what one of them wants: every other one the same."""
    return "taken" if number % 2 else f"free {number}"


def adding(name: str) -> Statement:
    """Give what adds a number of a name to the one list."""
    row = {"id": uuid5(PLACE, name), "person_id": PERSON, "number": name, **KNOWN}
    return inserted("store_approvednumber", row, of=PLACE)


def test_one_that_may_not_be_leaves_the_others(store: Store) -> None:
    """Of many at once, half of which ask for a name that is taken, exactly the others are kept."""
    founded()
    told: list[int] = []

    def one(number: int) -> dict[str, object]:
        try:
            write_together([adding(f"beside {number}"), adding(wanted(number))], of=PLACE)
        except IntegrityError:
            told.append(number)
        return {}

    several(CLIENTS, one)
    names = {*ApprovedNumber.objects.values_list("number", flat=True)}
    assert len(told) == CLIENTS // 2 - 1
    assert names == {"taken"} | {f"free {number}" for number in range(0, CLIENTS, 2)} | {
        f"beside {number}" for number in range(CLIENTS) if number not in told
    }


def test_calls_at_once_are_each_kept_with_their_entry(store: Store) -> None:
    """Several telephones at once: one call of a person is allowed, and each attempt has its one entry."""
    one = exchange()

    assert (
        one.dial("before", NUMBERS["laurel"]).reason == "number-not-listed"
    )  # the PIN is known from here on

    def dial(number: int) -> dict[str, str]:
        called = HELP if number % 4 == 3 else NUMBERS["alder"]
        what = Attempt(uuid5(one.oak.id, f"at once {number}"), "north-1", "1001", PIN, called, {})
        found = authorize_call(what, Privileged({HELP: "emergency"}, trusted=True), one.oak.sent("call"))
        return {"reason": found.reason}

    answers = several(CLIENTS, dial)
    mine = [each["reason"] for number, each in enumerate(answers) if number % 4 != 3]
    assert sorted(mine) == ["", *["already-in-a-call"] * (len(mine) - 1)]
    assert Call.objects.count() == CLIENTS + 1
    assert [entry.action for entry in entries()].count("authorize_call") == CLIENTS + 1
