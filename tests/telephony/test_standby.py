"""The standby connects registered numbers and emergency lines on the private plane, and nothing else."""

from __future__ import annotations

import errno
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from locutorio.record.register import AGE_MAX_SECONDS
from locutorio.store.spool import CLOSED, OPEN, Spool, closed, lines_of
from locutorio.telephony.standby import Malformed, Question
from tests.record.registers import AT, COUNSEL, COURT, EMERGENCY, HARM, register, signed
from tests.telephony.standing_by import (
    ALWAYS,
    SECRET,
    SOCIAL,
    House,
    answer,
    asked,
    house,
    post,
    question,
    serving,
)


@pytest.fixture
def made(tmp_path: Path) -> House:
    return house(tmp_path)


@pytest.mark.parametrize(
    ("called", "dialled_on", "kind"),
    [
        (COUNSEL, COUNSEL, "counsel"),
        ("2025550101", COUNSEL, "counsel"),
        ("12025550101", COUNSEL, "counsel"),
        ("01112025550101", COUNSEL, "counsel"),
        (COURT, COURT, "court"),
        (EMERGENCY, EMERGENCY, "emergency"),
        (ALWAYS, ALWAYS, "emergency"),
    ],
)
def test_registered_numbers_are_connected(made: House, called: str, dialled_on: str, kind: str) -> None:
    """However it is dialled, a registered number is connected: private, limited, for a moment."""
    found = answer(made.standby(), called)

    assert found["decision"] == "allow"
    assert (found["called"], found["reason"]) == (dialled_on, kind)
    assert found["media"] == "private"
    assert 1 <= found["limit_seconds"] <= 7200
    assert AT < found["expires_at"] <= AT + 60
    assert found["person"] == "telephone:wing-a-1"


@pytest.mark.parametrize("called", [SOCIAL, "5550101", "12025550102999", "00", "110", "+999"])
def test_everything_else_is_refused(made: House, called: str) -> None:
    """A number that is not registered waits for the decision point, with the code for "could not decide"."""
    found = answer(made.standby(), called)

    assert (found["decision"], found["code"], found["reason"]) == ("refuse", 503, "could-not-decide")


@pytest.mark.parametrize("how", HARM)
def test_no_harm_to_the_register_connects_others_or_monitors_anybody(made: House, how: str) -> None:
    """Without a register to believe, emergency lines are connected and nothing else; all of it private."""
    made.local().trusted(AT, 0.0)
    made.write(HARM[how](signed(register()), random.Random(how)))
    standby = made.standby()

    found = {called: answer(standby, called) for called in (COUNSEL, COURT, EMERGENCY, ALWAYS, SOCIAL)}

    assert {called for called, said in found.items() if said["decision"] == "allow"} == {ALWAYS}
    assert {said["media"] for said in found.values()} == {"private"}
    assert found[COUNSEL]["reason"] == "register-not-trusted"


@pytest.mark.parametrize("how", HARM)
def test_one_that_saw_the_good_register_goes_on_by_it(made: House, how: str) -> None:
    """Harm to the file while it runs keeps no lawyer off the line, until the good one is a day old."""
    standby = made.standby()
    answer(standby)
    made.write(HARM[how](signed(register()), random.Random(how)))

    assert answer(standby, elapsed=1.0)["decision"] == "allow"
    assert answer(standby, SOCIAL, elapsed=1.0)["decision"] == "refuse"
    late = answer(standby, at=AT + AGE_MAX_SECONDS, elapsed=float(AGE_MAX_SECONDS))
    assert (late["decision"], late["reason"]) == ("refuse", "register-not-trusted")


def test_every_answer_is_kept_before_it_is_given_and_no_pin_with_it(made: House) -> None:
    """What was asked and answered is on disk with the version of the register; the PIN is nowhere."""
    spool = Spool(made.spooled)
    standby = made.standby(spool)
    given = [answer(standby, called) for called in (COUNSEL, SOCIAL, ALWAYS)]
    left = [line for path in made.spooled.glob(f"*{OPEN}") for line in lines_of(path)]
    spool.close()

    assert left == made.lines()
    assert [(line["attempt"], line["decision"]) for line in left] == [
        (one["attempt"], one["decision"]) for one in given
    ]
    assert [line["kind"] for line in left] == ["counsel", "", "emergency"]
    assert left[0]["person"] == "A1234"
    assert left[0]["at_ms"] == AT * 1000
    assert not any(b"918273" in path.read_bytes() for path in made.directory.rglob("*") if path.is_file())


def full(monkeypatch: pytest.MonkeyPatch, number: int = errno.EIO) -> None:
    """Let nothing be written any more."""

    def refuse(*_: Any) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("locutorio.store.spool.os.fsync", refuse)


def test_without_a_spool_only_emergency_lines_are_connected(
    made: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be kept is not connected, but where a life may hang on it."""
    standby = made.standby()
    full(monkeypatch)

    found = {called: answer(standby, called) for called in (COUNSEL, ALWAYS, EMERGENCY, SOCIAL)}

    assert {called for called, said in found.items() if said["decision"] == "allow"} == {ALWAYS, EMERGENCY}
    assert found[COUNSEL]["reason"] == "could-not-record"
    assert found[SOCIAL]["reason"] == "could-not-decide"
    assert made.lines() == []


def test_a_full_disk_gives_up_the_reserve_first(made: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no room, what was held in reserve makes room for the next answers."""
    spool = Spool(made.spooled)
    standby = made.standby(spool)
    reserve = made.spooled / "reserve"
    assert reserve.stat().st_size == 1_000_000
    write = os.write

    def no_room(file: int, data: bytes) -> int:
        if reserve.exists():
            write(file, data[:10])
            raise OSError(errno.ENOSPC, "no room")
        return write(file, data)

    monkeypatch.setattr("locutorio.store.spool.os.write", no_room)

    assert answer(standby)["decision"] == "allow"
    assert not reserve.exists()
    monkeypatch.undo()
    spool.close()
    assert [line["kind"] for line in made.lines()] == ["counsel"]
    assert reserve.exists()


def test_refusals_cannot_fill_the_disk(made: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who dials without end is counted, and takes no room from those who are connected."""
    monkeypatch.setattr("locutorio.store.spool.REFUSALS_BYTES_MAX", 2_000)
    spool = Spool(made.spooled)
    standby = made.standby(spool)
    for _ in range(50):
        answer(standby, SOCIAL)
    answer(standby)
    spool.close()
    spool.close()

    kept = made.lines()
    left_out = sum(line.get("refusals_left_out", 0) for line in kept)
    refused = sum(line.get("decision") == "refuse" for line in kept)
    assert refused + left_out == 50
    assert 0 < refused < 10
    assert sum(line.get("decision") == "allow" for line in kept) == 1


def test_what_a_killed_standby_wrote_can_be_taken(made: House) -> None:
    """One that starts hands over what the one before it left; half a line was never answered."""
    answer(made.standby())
    (left,) = made.spooled.glob(f"*{OPEN}")
    with left.open("ab") as file:
        file.write(b'{"attempt": "half')

    Spool(made.spooled)

    assert [line["kind"] for line in made.lines()] == ["counsel"]
    assert not list(made.spooled.glob(f"*{OPEN}"))


def test_a_file_is_closed_after_so_many_lines(made: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is taken never waits for a file that is still written."""
    monkeypatch.setattr("locutorio.store.spool.LINES_MAX", 2)
    standby = made.standby()
    for _ in range(5):
        answer(standby)

    assert len(closed(made.spooled)) == 2
    assert all(path.suffix == CLOSED for path in closed(made.spooled))


BAD: list[Callable[[dict[str, Any]], Any]] = [
    lambda said: said | {"v": 2},
    lambda said: said | {"attempt": "no"},
    lambda said: said | {"attempt": 7},
    lambda said: said | {"telephone": "a b"},
    lambda said: said | {"telephone": ""},
    lambda said: said | {"called": "sip:112@elsewhere"},
    lambda said: said | {"called": "1" * 22},
    lambda said: said | {"called": None},
    lambda said: said | {"cseq": "1"},
    lambda said: said | {"call_id": "x" * 256},
    lambda said: {name: value for name, value in said.items() if name != "called"},
    lambda said: [said],
    lambda said: "text",
]


@pytest.mark.parametrize("change", BAD)
def test_what_is_no_question_is_not_answered(change: Callable[[dict[str, Any]], Any]) -> None:
    """A question that is not whole gets no answer, so the engine refuses."""
    with pytest.raises(Malformed):
        Question.read(json.dumps(change(asked())).encode())


def test_it_answers_the_engine_and_nobody_else(made: House) -> None:
    """The engine is answered, whoever lacks its secret is not, and nonsense brings nothing down."""
    with serving(made) as port:
        status, found = post(port, asked())
        assert (status, found["decision"], found["called"]) == (200, "allow", COUNSEL)
        assert post(port, asked(), secret="another")[0] == 401
        assert post(port, b"\xff{")[0] == 400
        assert post(port, b"[" * 30_000)[0] == 400
        assert post(port, asked(sdp="x" * 40_000))[0] == 400
        assert post(port, asked(), headers={"Content-Length": "-1"})[0] == 400
        assert post(port, asked(SOCIAL))[1]["decision"] == "refuse"

    assert sorted(line["decision"] for line in made.lines()) == ["allow", "refuse"]


def test_many_ask_at_once(made: House) -> None:
    """Each of many who ask at the same moment gets their own answer, and each is kept once."""
    with serving(made) as port, ThreadPoolExecutor(8) as many:
        asking = [asked(COUNSEL if at % 2 else SOCIAL) for at in range(64)]
        found = [*many.map(lambda one: post(port, one)[1], asking)]

    assert [one["attempt"] for one in found] == [one["attempt"] for one in asking]
    assert sorted(line["attempt"] for line in made.lines()) == sorted(one["attempt"] for one in asking)


def test_it_needs_no_database() -> None:
    """The standby stands where the database does not: it loads nothing of Django."""
    code = "import sys, locutorio.telephony.standby; print(sorted({m.split('.')[0] for m in sys.modules}))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert "'phonenumbers'" in found
    assert "'django'" not in found


def test_a_pin_is_no_part_of_a_question() -> None:
    """The PIN is left behind as the question is read."""
    assert SECRET not in repr(question())
    assert "918273" not in repr(question())


def test_it_runs_where_nothing_can_be_kept(tmp_path: Path) -> None:
    """A directory that cannot be made stops no standby: emergency lines are connected all the same."""
    made = house(tmp_path)
    made.spooled.write_text("a file stands where the directory should")
    standby = made.standby()

    assert answer(standby, ALWAYS)["decision"] == "allow"
    assert answer(standby)["reason"] == "could-not-record"
