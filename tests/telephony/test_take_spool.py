"""What the standby answered reaches the record as calls: once, in any order, late or twice."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4, uuid5

import pytest

from locutorio.actions.note_call import CallEvent, note_call
from locutorio.actions.take_spool import take_spool
from locutorio.store import calls
from locutorio.store.actor import PROGRAM
from locutorio.store.calls import CallRow
from locutorio.store.models import Call, Entry
from locutorio.store.spool import CLOSED, Spool, closed
from locutorio.store.transaction import Sent
from tests.databases import Store
from tests.establishment import FOUNDED, Oak, founded
from tests.record.registers import AT, COUNSEL
from tests.telephony.standing_by import SOCIAL, House, house, question

NOW = datetime.fromtimestamp(AT, UTC) + timedelta(hours=1)


@pytest.fixture
def made(tmp_path: Path) -> House:
    return house(tmp_path)


@pytest.fixture
def oak(store: Store) -> Oak:
    return founded()


def answered(made: House, *called: str, **more: str) -> list[UUID]:
    """Let a standby answer, and let its answers be taken; give their attempts."""
    spool = Spool(made.spooled)
    standby = made.standby(spool)
    attempts = []
    for at, one in enumerate(called):
        asked = question(one, **more)
        standby.answer(asked, AT + at, float(at))
        attempts.append(asked.attempt)
    spool.close()
    return attempts


def rows(oak: Oak) -> dict[UUID, CallRow]:
    found = [calls.call(oak.id, one) for one in Call.objects.values_list("id", flat=True)]
    return {one.id: one for one in found if one is not None}


def test_each_answer_becomes_a_call(oak: Oak, made: House) -> None:
    """One that was connected is under way on the private plane, a refused one is blocked, with its reason."""
    connected, refused = answered(made, COUNSEL, SOCIAL)

    assert take_spool(PROGRAM, oak.id, made.spooled, NOW) == 2

    found = rows(oak)
    assert (found[connected].disposition, found[connected].plane) == ("under_way", "private")
    assert (found[refused].disposition, found[refused].cause) == ("blocked", "could-not-decide")
    for one in found.values():
        assert (one.by, one.person, one.line) == ("standby", None, "wing-a-1")
        assert one.engine["call_id"] == "abc@127.0.0.1"
        assert one.engine["standby"]["said"] == "A1234"
    assert found[connected].started_at == datetime.fromtimestamp(AT, UTC)
    assert found[connected].limit_seconds == 3600
    assert found[connected].engine["standby"]["kind"] == "counsel"
    assert closed(made.spooled) == []


def test_taken_again_nothing_changes(oak: Oak, made: House) -> None:
    """The same file, come back after it was taken, changes nothing and adds no entry."""
    answered(made, COUNSEL, SOCIAL, COUNSEL)
    (file,) = closed(made.spooled)
    data = file.read_bytes()
    take_spool(PROGRAM, oak.id, made.spooled, NOW)
    before, entries = rows(oak), Entry.objects.count()

    file.write_bytes(data)
    take_spool(PROGRAM, oak.id, made.spooled, NOW + timedelta(hours=1))

    assert rows(oak) == before
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("last", ["allow", "refuse"])
def test_the_order_of_the_lines_changes_nothing(oak: Oak, made: House, last: str) -> None:
    """Taken in any order, with an attempt that was answered twice among them, the calls are the same."""
    spool = Spool(made.spooled)
    standby = made.standby(spool)
    asked = question(COUNSEL)
    for at, one in enumerate((asked, question(SOCIAL), asked)):
        standby.answer(one, AT + at, 0.0)
    spool.close()
    lines = made.lines()
    lines[2]["decision"] = last
    (file,) = closed(made.spooled)
    seen = []
    for number, order in enumerate(itertools.permutations(lines)):
        file.unlink(missing_ok=True)
        for place, line in enumerate(order):
            again = {**line, "attempt": str(uuid5(UUID(line["attempt"]), str(number)))}
            again["telephone"] = f"wing-{number}"
            (made.spooled / f"{place}{CLOSED}").write_text(json.dumps(again) + "\n")
        take_spool(PROGRAM, oak.id, made.spooled, NOW)
        here = [one for one in rows(oak).values() if one.line == f"wing-{number}"]
        seen.append(sorted((one.called, one.started_at, one.ended_at, one.disposition) for one in here))

    assert [one[3] for one in seen[0]] == ["under_way" if last == "allow" else "blocked", "blocked"]
    assert all(one == seen[0] for one in seen)


@pytest.mark.parametrize("late", ["allowed, monitored", "refused", "refused, and the engine said answered"])
def test_a_late_answer_of_the_point_is_set_right(oak: Oak, made: House, late: str) -> None:
    """Where the point answered too late, the call is told as it took place: private, by the standby."""
    (attempt,) = answered(made, COUNSEL)
    person = oak.people["rowan"]
    refused = late.startswith("refused")
    Call.objects.create(
        id=attempt,
        establishment_id=oak.id,
        person_id=person,
        started_at=FOUNDED,
        ended_at=FOUNDED if refused else None,
        called=COUNSEL,
        line="wing-a-1",
        disposition="blocked" if refused else "under_way",
        cause="calls-used" if refused else "",
        plane="" if refused else "monitored",
        by="point",
        engine={"boot": "b1"},
    )
    if late.endswith("answered"):
        note_call(CallEvent(attempt, "answered", NOW), Sent(attempt, oak.id, NOW))

    take_spool(PROGRAM, oak.id, made.spooled, NOW)

    found = rows(oak)[attempt]
    assert (found.by, found.plane, found.disposition) == ("standby", "private", "under_way")
    assert (found.cause, found.ended_at) == ("", None)
    assert found.person == (None if refused else person)


def test_what_the_standby_refused_was_not_connected(oak: Oak, made: House) -> None:
    """Where the point allowed too late and the standby refused, no call is left under way."""
    (attempt,) = answered(made, SOCIAL)
    Call.objects.create(
        id=attempt,
        establishment_id=oak.id,
        person_id=oak.people["rowan"],
        started_at=FOUNDED,
        called=SOCIAL,
        line="wing-a-1",
        disposition="under_way",
        plane="monitored",
        by="point",
    )

    take_spool(PROGRAM, oak.id, made.spooled, NOW)

    found = rows(oak)[attempt]
    assert (found.disposition, found.plane, found.cause) == ("blocked", "", "could-not-decide")
    assert found.ended_at is not None


@pytest.mark.parametrize(
    "line",
    ['{"refusals_left_out": 12}', '{"attempt": "no"}', "not json", '{"attempt": null}', "[1]"],
)
def test_what_cannot_be_read_is_kept_as_it_stands(oak: Oak, made: House, line: str) -> None:
    """A line that says no answer makes no call, stops nothing, and stands in an entry."""
    (attempt,) = answered(made, COUNSEL)
    (made.spooled / f"bad{CLOSED}").write_text(f"{line}\n")
    before = Entry.objects.count()

    assert take_spool(PROGRAM, oak.id, made.spooled, NOW) == 2

    assert list(rows(oak)) == [attempt]
    assert Entry.objects.count() == before + 2


def test_what_was_not_taken_is_still_there(oak: Oak, made: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that goes away in the middle loses nothing: the file stays, and is taken when it is back."""
    answered(made, COUNSEL, SOCIAL, COUNSEL)
    done: list[object] = []

    def away(*given: object) -> object:
        if done:
            raise ConnectionError
        done.append(given)
        return perform(*given)  # type: ignore[arg-type]

    from locutorio.store.transaction import perform

    monkeypatch.setattr("locutorio.actions.take_spool.perform", away)
    with pytest.raises(ConnectionError):
        take_spool(PROGRAM, oak.id, made.spooled, NOW)
    monkeypatch.undo()
    assert len(rows(oak)) == 1

    take_spool(PROGRAM, oak.id, made.spooled, NOW)

    assert len(rows(oak)) == 3
    assert closed(made.spooled) == []


def test_no_pin_reaches_the_record(oak: Oak, made: House) -> None:
    """The PIN that was dialled stands in no row and no entry."""
    answered(made, COUNSEL, pin="918273")
    take_spool(PROGRAM, oak.id, made.spooled, NOW)

    said = json.dumps([str(row) for table in (Call, Entry) for row in table.objects.values_list()])
    assert "918273" not in said
    assert str(uuid4()) not in said
