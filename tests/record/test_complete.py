"""All decisions about me: the files that show it, and what is seen where any of them is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locutorio.record.complete import ROLL, ROW, Complete, Proved, check_all
from locutorio.record.entry import read, written
from locutorio.record.rollcall import RollCall, Row
from locutorio.record.unproved import Unproved
from tests.record.logs import POLICY, REFUSED, Log, entries, fields, second_verifier

SECOND = second_verifier()
SECOND_POLICY = SECOND.read_policy(POLICY.text())


def complete(count: int, people: int, whom: int) -> Complete:
    """Give all about one of some people in a log that ends with a roll call and an entry more."""
    lines = entries(count, people)
    about: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        about.setdefault(str(read(line)["subject"]), []).append(index)
    roll = RollCall(Row(name, len(found), found[-1]) for name, found in about.items())
    said = {"type": "roll_call", "payload": None, "roll": roll.root().hex(), "people": len(about)}
    log = Log([*lines, written(fields(count, **said)), written(fields(count + 1))])
    row, place = roll.place(f"pseudonym-{whom}")

    def proved(index: int) -> Proved:
        return Proved(log.entries[index], log.proof(index).written())

    return Complete(row, place, proved(count), tuple(map(proved, about[row.subject])))


def holds(files: dict[str, bytes], folder: Path) -> bool:
    """Say whether files show that nothing is missing, when both verifiers say the same."""
    for old in folder.iterdir():
        old.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    try:
        check_all(Complete.parse(files), POLICY)
    except Unproved:
        with pytest.raises((*REFUSED, OSError)):
            SECOND.check_all(folder, SECOND_POLICY)
        return False
    SECOND.check_all(folder, SECOND_POLICY)
    return True


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One place for the files of each try."""
    return tmp_path_factory.mktemp("complete")


@given(st.data())
def test_leaving_any_out_is_seen(folder: Path, data: st.DataObject) -> None:
    """Whatever log and person: all together hold; with any one left out, doubled or exchanged they do not."""
    people = data.draw(st.integers(1, 5), "people")
    count = data.draw(st.integers(people, 30), "entries")
    whom = data.draw(st.integers(0, people - 1), "whom")
    true = complete(count, people, whom)
    gone = data.draw(st.integers(0, len(true.about) - 1), "left out")
    rest = (*true.about[:gone], *true.about[gone + 1 :])
    fewer = Row(true.row.subject, true.row.count - 1, true.row.last)
    other = complete(count, people, (whom + 1) % people)

    assert holds(true.files(), folder)
    assert not holds(Complete(true.row, true.place, true.roll, rest).files(), folder)
    assert not holds(Complete(fewer, true.place, true.roll, rest).files(), folder)
    assert not holds(
        Complete(true.row, true.place, true.roll, (*true.about, true.about[gone])).files(), folder
    )
    assert not holds(Complete(true.row, true.place, true.about[gone], true.about).files(), folder)
    if people > 1:
        mixed = (*true.about[:gone], other.about[0], *true.about[gone + 1 :])
        assert not holds(Complete(true.row, true.place, true.roll, mixed).files(), folder)
        assert not holds(Complete(other.row, true.place, true.roll, true.about).files(), folder)


def test_files_that_are_missing_or_malformed(folder: Path) -> None:
    """Without the row, the roll call, a proof or an entry, or with a row of other lines, nothing is shown."""
    true = complete(12, 3, 1).files()
    for name in true:
        if name != ROW:
            assert not holds({other: data for other, data in true.items() if other != name}, folder)
    lines = true[ROW].split(b"\n")
    for broken in (lines[:4], [*lines[:1], b"04", *lines[2:]], lines[:-2], [b"", *lines], [*lines, b"AA=="]):
        assert not holds({**true, ROW: b"\n".join(broken)}, folder)
    assert Complete.parse(true).files() == true
    assert ROLL + ".json" in true
