"""A nonce is used once: by one of many at the same time, and for every process after."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from locutorio.telephony.nonces import KEPT_SECONDS, Nonces


def test_of_many_at_once_one_spends_it(tmp_path: Path) -> None:
    """However many threads use a grant at the same moment, one of them does."""
    nonces = Nonces(tmp_path / "nonces")
    with ThreadPoolExecutor(8) as pool:
        spent = list(pool.map(lambda _: nonces.spend("a" * 32, until=30, at=0), range(50)))

    assert spent.count(True) == 1
    assert "a" * 32 in Nonces(tmp_path / "nonces")


def test_what_was_cut_off_by_a_crash_hides_nothing_before(tmp_path: Path) -> None:
    """A half line at the end leaves the others known."""
    path = tmp_path / "nonces"
    Nonces(path).spend("a" * 32, until=30, at=0)
    path.write_text(path.read_text() + "bbbb")

    assert "a" * 32 in Nonces(path)


def test_old_ones_are_let_go_and_new_ones_stay(tmp_path: Path) -> None:
    """The file does not grow for good, and no nonce leaves it within a day of its grant's end."""
    path = tmp_path / "nonces"
    old, now = 100, 100 + KEPT_SECONDS + 1
    path.write_text("".join(f"{number:032x} {old}\n" for number in range(10_000)))
    nonces = Nonces(path)
    nonces.spend("f" * 32, until=now + 30, at=now)

    assert path.read_text() == f"{'f' * 32} {now + 30}\n"
    assert "f" * 32 in nonces


def test_one_that_cannot_be_kept_is_not_used(tmp_path: Path) -> None:
    """Where the disk takes nothing, the grant is not acted on."""
    with pytest.raises(OSError, match="directory"):
        Nonces(tmp_path / "nowhere" / "nonces").spend("a" * 32, until=30, at=0)
