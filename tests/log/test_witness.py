"""A witness on the network: one history of each log, kept on disk before it answers."""

from __future__ import annotations

import http.client
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from locutorio.kernel.faults import Fault
from locutorio.record.checkpoint import Checkpoint
from locutorio.record.notes import Note, verified
from locutorio.record.proof import Policy, believe
from locutorio.record.tree import consistency, leaf_hash, levels_of, reader_of
from locutorio.record.witness import Request
from locutorio.store.log.asking import Disputed, Growth, Witnesses, cosigned, last_seen
from locutorio.store.log.witnessing import Witness
from tests.log.served import Served, witness
from tests.record.logs import AT, LOG, ORIGIN, POLICY, Log, entries

LOGGED, FORKED = Log(entries(20)), Log(entries(20, people=2))
NAME = "ombudsman.example/witness"
ALONE = Policy(ORIGIN, POLICY.log, (), 0)


def growth(log: Log) -> Growth:
    """Give what proves that a log grew; nothing where it is said to have shrunk."""
    read = reader_of(levels_of([leaf_hash(entry) for entry in log.entries]))
    return lambda old, new: consistency(old, new, read) if old <= new else ()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A witness that knows the log."""
    with witness(tmp_path / "one", NAME, ALONE) as one:
        yield one


def said(one: Served, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
    """Give status and body of one plain request."""
    parts = urlsplit(one.address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    try:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_a_witness_signs_what_grows(served: Served, tmp_path: Path) -> None:
    """Each checkpoint of one history is cosigned by every key, whatever size it is thought to know."""
    (asked,) = Witnesses.parse("\n".join([*served.lines, "quorum 1"])).asked
    policy = Policy(ORIGIN, POLICY.log, asked.keys, 1)
    for old, new in ((0, 3), (0, 8), (8, 8), (3, 20)):
        note = LOGGED.checkpoint(new, LOG)
        lines = cosigned(asked, note, growth(LOGGED), old)
        assert {one.key for one in verified(Note(note.text, lines), asked.keys)} == {*asked.keys}
        shown = Note.parse(last_seen(served.address, ORIGIN))
        assert believe(shown, policy).witnessed.keys() == {NAME}
        assert Checkpoint.parse(shown.text) == LOGGED.state(new)


def test_a_witness_that_was_away_or_put_back_catches_up(tmp_path: Path) -> None:
    """It was not asked for long, or knows an older state than it told: it is shown the growth."""
    home, older = tmp_path / "one", tmp_path / "older"
    with witness(home, NAME, ALONE) as one:
        (asked,) = Witnesses.parse("\n".join([*one.lines, "quorum 1"])).asked
        cosigned(asked, LOGGED.checkpoint(5, LOG), growth(LOGGED), 0)
        shutil.copytree(home, older)
        cosigned(asked, LOGGED.checkpoint(14, LOG), growth(LOGGED), 5)
    with witness(older, NAME, ALONE) as one:
        (asked,) = Witnesses.parse("\n".join([*one.lines, "quorum 1"])).asked
        assert Checkpoint.parse(Note.parse(last_seen(one.address, ORIGIN)).text).size == 5
        with pytest.raises(Disputed):
            cosigned(asked, FORKED.checkpoint(20, LOG), growth(FORKED), 14)
        note = LOGGED.checkpoint(20, LOG)
        lines = cosigned(asked, note, growth(LOGGED), 14)
        assert {key.key for key in verified(Note(note.text, lines), asked.keys)} == {*asked.keys}


def test_another_history_is_disputed(served: Served) -> None:
    """A log that was cut, or changed and signed again with its own keys, is not signed."""
    (asked,) = Witnesses.parse("\n".join([*served.lines, "quorum 1"])).asked
    cosigned(asked, LOGGED.checkpoint(12, LOG), growth(LOGGED), 0)
    for log, new in ((LOGGED, 11), (FORKED, 12), (FORKED, 20)):
        for old in (0, 11, 12):
            if old <= new:
                with pytest.raises(Disputed, match="another history"):
                    cosigned(asked, log.checkpoint(new, LOG), growth(log), old)


def test_each_refusal_has_its_status(served: Served) -> None:
    """A stranger's log, one without its signatures, a bad proof, nonsense, other addresses: refused."""
    note = LOGGED.checkpoint(12, LOG)
    elsewhere = Note(Checkpoint("other.example", 12, bytes(32)).text(), note.signatures)
    grown = Request(0, (), note).written()

    assert said(served, "POST", "/add-checkpoint", Request(0, (), elsewhere).written())[0] == 404
    assert (
        said(served, "POST", "/add-checkpoint", Request(0, (), LOGGED.checkpoint(12, LOG[:1])).written())[0]
        == 403
    )
    assert said(served, "POST", "/add-checkpoint", b"old 0")[0] == 400
    assert said(served, "POST", "/add-checkpoint", b"x" * 400_000)[0] == 400
    assert said(served, "POST", "/add-checkpoint", grown)[0] == 200
    assert said(served, "POST", "/add-checkpoint", grown) == (409, b"12\n")
    assert (
        said(served, "POST", "/add-checkpoint", Request(12, (), LOGGED.checkpoint(20, LOG)).written())[0]
        == 422
    )
    assert said(served, "POST", "/elsewhere", grown)[0] == 404
    for path in ("/", "/../name", "/" + "0" * 64 + "/checkpoint", "/../ed25519/checkpoint", "/ed25519"):
        assert said(served, "GET", path)[0] == 404


def test_it_remembers_when_it_is_killed(tmp_path: Path) -> None:
    """What it answered is on disk: killed at any moment and started again, it signs no other history."""
    home = tmp_path / "one"
    for size in (5, 9, 14):
        with witness(home, NAME, ALONE) as one:
            (asked,) = Witnesses.parse("\n".join([*one.lines, "quorum 1"])).asked
            cosigned(asked, LOGGED.checkpoint(size, LOG), growth(LOGGED), 0)
        with witness(home, NAME, ALONE) as one:
            (asked,) = Witnesses.parse("\n".join([*one.lines, "quorum 1"])).asked
            with pytest.raises(Disputed):
                cosigned(asked, FORKED.checkpoint(size, LOG), growth(FORKED), 0)


def test_many_at_once_get_one_history(tmp_path: Path) -> None:
    """Asked by many threads for two histories at once, it signs one of them for each size."""
    Witness(tmp_path / "one", NAME).watch(ALONE)
    requests = [
        Request(0, (), log.checkpoint(size, LOG)).written()
        for size in range(1, 12)
        for log in (LOGGED, FORKED)
    ] * 2
    with ThreadPoolExecutor(8) as pool:
        answers = [*pool.map(lambda sent: Witness(tmp_path / "one").answer(sent, AT), requests)]
    roots = {one.known.size: one.known.root for one in answers if one.known}
    assert all(roots[one.known.size] == one.known.root for one in answers if one.known)
    assert len(roots) == 1


def test_who_does_not_answer_is_told() -> None:
    """A witness that is away, or is none, is a fault that says who; nothing waits long for it."""
    key = Witnesses.parse(f"witness {POLICY.witnesses[0].text()} http://127.0.0.1:9\nquorum 0")
    with pytest.raises(Fault, match="does not answer"):
        cosigned(key.asked[0], LOGGED.checkpoint(3, LOG), growth(LOGGED), 0)
    with pytest.raises(Fault, match="does not answer"):
        last_seen("http://127.0.0.1:9", ORIGIN)


@pytest.mark.parametrize(
    "text",
    [
        "witness",
        "quorum 1",
        "quorum 0\nquorum 0",
        f"witness {POLICY.witnesses[0].text()} ftp://one.example\nquorum 1",
        f"witness {POLICY.witnesses[0].text()}\nquorum 1",
        "witness nonsense http://one.example\nquorum 1",
        f"witness {POLICY.witnesses[0].text()} http://one.example\nquorum 2",
    ],
)
def test_witnesses_that_cannot_be_read(text: str) -> None:
    """A line that is malformed, a quorum that cannot be met, an address of another kind: refused."""
    with pytest.raises(Fault):
        Witnesses.parse(text)


def test_a_witness_keeps_its_name(tmp_path: Path) -> None:
    """The name is given once; without one, or with another, it does not start."""
    with pytest.raises(Fault, match="no name"):
        Witness(tmp_path / "two")
    keys = Witness(tmp_path / "two", NAME).keys
    assert Witness(tmp_path / "two").keys == Witness(tmp_path / "two", NAME).keys == keys
    with pytest.raises(Fault, match="named"):
        Witness(tmp_path / "two", "other.example")
