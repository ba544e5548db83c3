"""A signer remembers by itself what it signed, and signs one history of a log."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from locutorio.kernel.faults import Fault
from locutorio.record.checkpoint import Checkpoint
from locutorio.record.notes import verified
from locutorio.record.tree import Reader, leaf_hash, levels_of, reader_of
from locutorio.store.log.signing import Fetch, LogSigner
from tests.record.logs import AT, ORIGIN, Log, entries

LOGGED, FORKED = Log(entries(20)), Log(entries(20, people=2))


def nodes(log: Log) -> Fetch:
    """Give the nodes of a log's tree that are asked for, and no other."""
    levels = levels_of([leaf_hash(entry) for entry in log.entries])

    def fetch(places: list[tuple[int, int]]) -> Reader:
        held = {place: reader_of(levels)(*place) for place in places}
        return lambda level, index: held[level, index]

    return fetch


def test_each_larger_log_is_signed_by_every_key(tmp_path: Path) -> None:
    """What is signed is the state at that size, by both kinds of key, and remembered by the next process."""
    keys = LogSigner(tmp_path, ORIGIN, make=True).keys
    for size in (0, 1, 7, 7, 20):
        signer = LogSigner(tmp_path, ORIGIN)
        note = signer.sign(size, nodes(LOGGED), AT)
        assert Checkpoint.parse(note.text) == Checkpoint(ORIGIN, size, LOGGED.state(size).root)
        assert [one.key for one in verified(note, keys)] == list(signer.keys) == list(keys)
        assert LogSigner(tmp_path, ORIGIN).last().size == size


def test_a_smaller_or_another_log_is_not_signed(tmp_path: Path) -> None:
    """A log that was cut or changed is refused for good, also at a larger size, and what was signed stays."""
    signer = LogSigner(tmp_path, ORIGIN, make=True)
    signer.sign(12, nodes(LOGGED), AT)
    for size, log in ((11, LOGGED), (0, LOGGED), (12, FORKED), (13, FORKED), (20, FORKED)):
        with pytest.raises(Fault, match="signed before"):
            LogSigner(tmp_path, ORIGIN).sign(size, nodes(log), AT)
        assert signer.last() == LOGGED.state(12)
    signer.sign(20, nodes(LOGGED), AT)


def test_two_signers_at_once_sign_one_history(tmp_path: Path) -> None:
    """Many that run at once over one directory, before two logs: what they sign is of one of them."""
    LogSigner(tmp_path, ORIGIN, make=True)

    def signed(one: tuple[int, Log]) -> Checkpoint | None:
        size, log = one
        with suppress(Fault):
            return Checkpoint.parse(LogSigner(tmp_path, ORIGIN).sign(size, nodes(log), AT).text)
        return None

    asked = [(size, log) for size in range(1, 21) for log in (LOGGED, FORKED)]
    with ThreadPoolExecutor(8) as pool:
        made = [one for one in pool.map(signed, asked) if one]
    whole = [log for log in (LOGGED, FORKED) if all(one == log.state(one.size) for one in made)]

    assert len(whole) == 1
    assert LogSigner(tmp_path, ORIGIN).last() == whole[0].state(20)


def test_a_key_that_is_gone_is_not_made_again(tmp_path: Path) -> None:
    """A log that was signed has its keys or none: a missing one is told, and no other takes its name."""
    signer = LogSigner(tmp_path, ORIGIN, make=True)
    signer.sign(3, nodes(LOGGED), AT)
    (one,) = tmp_path.glob("*.1.ml-dsa-44")
    one.unlink()
    for make in (True, False):
        with pytest.raises(Fault, match="missing"):
            LogSigner(tmp_path, ORIGIN, make=make)


@pytest.mark.skipif(os.name != "posix", reason="needs file modes")
def test_keys_that_others_can_read_are_refused(tmp_path: Path) -> None:
    """Each file is its owner's alone; one that others can read is not used."""
    LogSigner(tmp_path, ORIGIN, make=True)
    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}
    (one,) = tmp_path.glob("*.1.ed25519")
    one.chmod(0o640)
    with pytest.raises(Fault, match="others"):
        LogSigner(tmp_path, ORIGIN)


def test_keys_are_changed_under_both(tmp_path: Path) -> None:
    """After a rotation old and new keys sign; once the old ones are retired, the new ones alone."""
    old = LogSigner(tmp_path, ORIGIN, make=True)
    with pytest.raises(Fault, match="no newer"):
        old.retire()
    old.sign(3, nodes(LOGGED), AT)
    old.rotate()
    both = LogSigner(tmp_path, ORIGIN)
    note = both.sign(9, nodes(LOGGED), AT)
    assert both.keys[:2] == old.keys
    assert len(verified(note, both.keys)) == 4
    both.retire()
    assert LogSigner(tmp_path, ORIGIN).keys == both.keys[2:]
    assert len(verified(LogSigner(tmp_path, ORIGIN).sign(20, nodes(LOGGED), AT), both.keys)) == 2
