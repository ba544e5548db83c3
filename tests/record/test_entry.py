"""An entry has one form, and everything else is refused."""

from __future__ import annotations

import json

import pytest

from locutorio.record.entry import CHAIN_START, LENGTH_MAX, chain_of, chained, read, written
from locutorio.record.unproved import Unproved
from tests.record.logs import REFUSED, fields, second_verifier

ENTRY = written(fields(0))
SECOND = second_verifier()


def spoiled() -> dict[str, bytes]:
    """Give bytes that are nearly an entry, by what is wrong with them."""
    plain = json.loads(ENTRY)
    backwards = json.dumps(dict(reversed(plain.items())), separators=(",", ":")).encode()

    def with_value(name: str, value: object) -> bytes:
        return json.dumps({**plain, name: value}, sort_keys=True, separators=(",", ":")).encode()

    return {
        "a name twice": ENTRY.replace(b'{"action"', b'{"action":"book_visit","action"'),
        "another order": backwards,
        "a space": ENTRY.replace(b":", b": ", 1),
        "an end of line": ENTRY + b"\n",
        "a fraction": ENTRY.replace(b'"writer_count":1', b'"writer_count":1.0'),
        "an exponent": ENTRY.replace(b'"writer_count":1', b'"writer_count":1e400'),
        "less than nothing": with_value("at", -1),
        "minus zero": ENTRY.replace(b'"v":1', b'"v":-0'),
        "not a number": ENTRY.replace(b'"v":1', b'"v":NaN'),
        "too large a number": with_value("at", 2**53),
        "a number of many digits": ENTRY.replace(b'"v":1', b'"v":' + b"9" * 6000),
        "yes for a number": with_value("v", True),
        "a list": with_value("actor", ["officer-1"]),
        "an object": with_value("actor", {"a": "b"}),
        "not ASCII": ENTRY.replace(b"officer-1", "officér".encode()),
        "not NFC": with_value("actor", "offic\N{LATIN SMALL LETTER E}\N{COMBINING ACUTE ACCENT}r"),
        "half a character": ENTRY.replace(b"officer-1", b"\\ud800"),
        "another escape": ENTRY.replace(b"officer-1", b"\\u006fficer-1"),
        "no text": with_value("id", ""),
        "a field too many": with_value("zone", "a"),
        "a field too few": ENTRY.replace(b',"v":1', b""),
        "another version": with_value("v", 2),
        "an algorithm": with_value("algorithm", "none"),
        "a short hash": with_value("payload", "00"),
        "a count without a subject": with_value("subject_count", 1),
        "a first with one before": with_value("subject_previous", 1),
        "too long": with_value("actor", "a" * LENGTH_MAX),
        "deep": b"[" * 60_000,
        "nothing": b"",
        "text": b'"entry"',
    }


def test_what_is_written_is_read() -> None:
    """The fields come back from the bytes, and the bytes from the fields, whatever letters they hold."""
    for changes in (
        {"actor": "Muñoz \U0001f600 \u202e\n"},
        {"law": "0" * 64},
        {"roll": "f" * 64, "people": 0},
        {"rule": "x"},
    ):
        made = written(fields(3, **changes))
        assert written(read(made)) == made
        assert made.isascii()
        assert read(made) == fields(3, **changes) == SECOND.read_entry(made)


@pytest.mark.parametrize("what", spoiled())
def test_another_form_is_refused_by_both(what: str) -> None:
    """What is nearly an entry is read by neither verifier."""
    assert spoiled()[what] != ENTRY
    with pytest.raises(Unproved):
        read(spoiled()[what])
    with pytest.raises(REFUSED):
        SECOND.read_entry(spoiled()[what])


def test_the_longest_entry() -> None:
    """65,535 bytes are an entry and 65,536 are not."""
    room = LENGTH_MAX - len(ENTRY)
    longest = written(fields(0, actor="officer-1" + "a" * room))

    assert len(longest) == LENGTH_MAX
    assert SECOND.read_entry(longest) == read(longest)
    with pytest.raises(Unproved):
        written(fields(0, actor="officer-1" + "a" * (room + 1)))


def test_the_chain_runs_over_every_leaf() -> None:
    """The running hash is that of all leaves in their order."""
    leaves = [bytes([number]) * 32 for number in range(3)]

    assert chain_of(leaves) == chained(chained(chained(CHAIN_START, leaves[0]), leaves[1]), leaves[2])
    assert chain_of(leaves) != chain_of(leaves[::-1])
