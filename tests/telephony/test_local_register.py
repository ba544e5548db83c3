"""A process believes the register that stands there now, and never an older one, even after a restart."""

from __future__ import annotations

import random
import threading
from pathlib import Path

import pytest

from locutorio.record.register import AGE_MAX_SECONDS, FILE, PUBLIC_KEY, Untrusted
from tests.record.registers import AT, HARM, OTHER, VERSION, register, signed
from tests.telephony.standing_by import House, house


@pytest.fixture
def made(tmp_path: Path) -> House:
    return house(tmp_path)


def word(made: House, *, now: float = AT) -> str:
    with pytest.raises(Untrusted) as caught:
        made.local().trusted(now, 0.0)
    return caught.value.word


WORDS = {
    "emptied": {"emptied"},
    "emptied and signed": {"emptied"},
    "truncated": {"truncated"},
    "a byte changed": {"corrupted", "replaced", "truncated"},
    "a line taken out": {"corrupted"},
    "filled with other bytes": {"truncated", "corrupted"},
    "replaced by an older one": {"replaced"},
    "replaced by another's": {"replaced"},
    "stale": {"stale"},
    "of a day to come": {"stale"},
    "gone": {"unreadable"},
}


@pytest.mark.parametrize("how", HARM)
def test_harm_is_seen_at_once_and_after_a_restart(made: House, how: str) -> None:
    """Whatever is done to the file, the process that runs and one that starts afterwards both notice."""
    local = made.local()
    assert local.trusted(AT, 0.0).version == VERSION
    made.write(HARM[how](signed(register()), random.Random(how)))

    with pytest.raises(Untrusted) as caught:
        local.trusted(AT, 1.0)

    assert caught.value.word in WORDS[how]
    assert word(made) in WORDS[how]
    held = local.last(1.0)
    assert held is not None
    assert held.version == VERSION


def test_a_newer_one_is_taken_while_the_process_runs(made: House) -> None:
    """No restart is needed for a number that was added or ended."""
    local = made.local()
    local.trusted(AT, 0.0)
    made.write(signed(register(version=VERSION + 5, at=AT + 5)))

    assert local.trusted(AT + 5, 5.0).version == VERSION + 5


def test_one_who_reads_slowly_takes_nothing_for_an_older_one(
    made: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread that is held up while it reads, while another believes a newer one, finds nothing put back."""
    local = made.local()
    local.trusted(AT, 0.0)
    read, reads, go = local._bytes, threading.Event(), threading.Event()

    def slowly(name: str) -> bytes:
        data = read(name)
        if name == FILE and threading.current_thread() is slow:
            reads.set()
            go.wait(0.5)
        return data

    found: list[int] = []
    monkeypatch.setattr(local, "_bytes", slowly)
    slow = threading.Thread(target=lambda: found.append(local.trusted(AT + 5, 5.0).version))
    slow.start()
    assert reads.wait(5)
    made.write(signed(register(version=VERSION + 5, at=AT + 5)))
    found.append(local.trusted(AT + 5, 5.0).version)
    go.set()
    slow.join()
    assert found == [VERSION, VERSION + 5]


def test_age_is_counted_by_a_clock_that_nobody_sets(made: House) -> None:
    """A wall clock set back does not make an old register young; set forward, it makes it old."""
    local = made.local()
    local.trusted(AT, 0.0)

    assert local.trusted(AT + 60, AGE_MAX_SECONDS - 1.0).version == VERSION
    with pytest.raises(Untrusted, match="too old"):
        local.trusted(AT + 60, float(AGE_MAX_SECONDS))
    assert local.last(float(AGE_MAX_SECONDS)) is None
    with pytest.raises(Untrusted, match="too old"):
        local.trusted(AT + 10 * AGE_MAX_SECONDS, 1.0)


def test_another_key_is_noticed(made: House) -> None:
    """Whoever changes the register and the key beside it is not believed by a process that knew the first."""
    made.local().trusted(AT, 0.0)
    made.write(signed(register(origin=OTHER.key.name, version=VERSION + 1), OTHER))
    (made.registered / PUBLIC_KEY).write_text(OTHER.key.text())

    assert word(made) == "replaced"


def test_what_was_seen_is_not_guessed(made: House) -> None:
    """Where the file of the newest version seen cannot be read, no register is believed."""
    made.local().trusted(AT, 0.0)
    (made.directory / "floor").write_text("nonsense")

    assert word(made) == "unreadable"


def test_a_key_that_cannot_be_read_believes_nothing(made: House) -> None:
    """Without its key no register can be checked."""
    (made.registered / PUBLIC_KEY).write_bytes(b"\xff\xfe")
    assert word(made) == "corrupted"
    (made.registered / PUBLIC_KEY).unlink()
    assert word(made) == "unreadable"
    (made.registered / PUBLIC_KEY).write_bytes(b"x" * 2_000_000)
    assert word(made) == "corrupted"
