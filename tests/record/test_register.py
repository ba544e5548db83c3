"""A register of privileged numbers is believed whole and in time, or not at all, with a word for why not."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locutorio.record.notes import NOTE_LENGTH_MAX, Kind, Signer
from locutorio.record.register import (
    AGE_MAX_SECONDS,
    KINDS,
    SKEW_SECONDS,
    Register,
    RegisterLine,
    Untrusted,
    read_register,
    register_of,
    written_register,
)
from locutorio.record.unproved import Unproved
from tests.record.registers import AT, COUNSEL, LINES, ORIGIN, OTHER, SIGNER, VERSION, register, signed

DATA = signed(register())


def read(data: bytes, *, floor: int = 0, now: int = AT) -> Register:
    return read_register(data, SIGNER.key, floor=floor, now=now)


def word(data: bytes, *, floor: int = 0, now: int = AT) -> str:
    with pytest.raises(Untrusted) as caught:
        read(data, floor=floor, now=now)
    return caught.value.word


LINE = st.builds(
    RegisterLine,
    st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True),
    st.sampled_from(KINDS),
    st.text("abñ é,.", min_size=1, max_size=30).map(lambda text: f"x{text}x"),
)


@given(st.lists(LINE, min_size=1, max_size=20, unique_by=lambda line: line.number), st.integers(0, 2**40))
def test_what_is_signed_is_read_as_it_was(lines: list[RegisterLine], version: int) -> None:
    """Any register comes back equal, with every number of it and no other."""
    made = register_of(ORIGIN, "ES", version, AT, lines)

    found = read(signed(made), floor=version)

    assert found == made
    assert all(found.line_of(line.number) == line for line in lines)
    assert found.line_of("+0") is None


def test_every_changed_byte_is_noticed() -> None:
    """No byte of the file can be another: it is never a register then."""
    rng = random.Random("bytes of a register")
    for at in range(len(DATA)):
        for other in {rng.randrange(1, 256), 1, 32, 128}:
            changed = DATA[:at] + bytes([DATA[at] ^ other]) + DATA[at + 1 :]
            assert word(changed) in {"corrupted", "replaced", "truncated"}, (at, other)


def test_every_length_it_is_cut_to_is_noticed() -> None:
    """Cut off anywhere it says that it is cut off; with nothing left, that it is empty."""
    assert {word(DATA[:length]) for length in range(1, len(DATA))} == {"truncated"}
    assert word(b"") == word(b"\n \n") == "emptied"


@given(st.integers(0, len(DATA)), st.binary(min_size=1, max_size=4))
def test_nothing_can_be_put_in(at: int, more: bytes) -> None:
    """Bytes put in anywhere make it none, whatever they are."""
    with pytest.raises(Untrusted):
        read(DATA[:at] + more + DATA[at:])


@given(st.binary(max_size=600))
def test_no_bytes_bring_it_down(data: bytes) -> None:
    """Whatever stands in the file, what is raised says that it is no register."""
    with pytest.raises(Untrusted):
        read(data)


def test_an_older_one_is_noticed() -> None:
    """One that was signed before the newest seen is not believed, though all in it is well."""
    assert read(DATA, floor=VERSION).version == VERSION
    assert word(DATA, floor=VERSION + 1) == "replaced"


@pytest.mark.parametrize(
    "data",
    [
        signed(register(origin=OTHER.key.name), OTHER),
        signed(register(), Signer(ORIGIN, Kind.ED25519, b"\x09" * 32)),
    ],
    ids=["another establishment", "another key of the same name"],
)
def test_anothers_is_noticed(data: bytes) -> None:
    """One that somebody else signed is not believed, by whatever name."""
    assert word(data) == "replaced"


def test_one_of_another_establishment_is_noticed_under_its_own_key() -> None:
    """A key that is used for two establishments by mistake does not make their registers one."""
    text = register(origin=OTHER.key.name).text()
    line = SIGNER.sign(text, AT).text()

    assert word(f"{text}\n{line}".encode()) == "replaced"


def test_a_second_signature_makes_it_none() -> None:
    """The file is exactly what was written: one signature."""
    text = register().text()
    both = f"{text}\n{SIGNER.sign(text, AT).text()}{OTHER.sign(text, AT).text()}".encode()

    assert word(both) == "replaced"


def test_it_is_trusted_for_a_day() -> None:
    """It is believed to the last second of its day, and not one longer; nor before its time."""
    assert read(DATA, now=AT + AGE_MAX_SECONDS).lines == LINES
    assert word(DATA, now=AT + AGE_MAX_SECONDS + 1) == "stale"
    assert read(DATA, now=AT - SKEW_SECONDS).lines == LINES
    assert word(DATA, now=AT - SKEW_SECONDS - 1) == "stale"


def test_one_that_holds_nobody_is_empty() -> None:
    """A signed register without a number protects nobody, so nothing may be monitored by it."""
    assert word(signed(replace(register(), lines=()))) == "emptied"


@pytest.mark.parametrize(
    ("number", "kind", "name"),
    [
        ("2025550101", "counsel", "no plus"),
        ("+0123456789", "counsel", "no country"),
        ("112", "counsel", "a lawyer has no short number"),
        ("+12025550101", "lawyer", "no kind"),
        ("+12025550101", "counsel", ""),
        ("+12025550101", "counsel", " edge"),
        ("+12025550101", "counsel", "two\nlines"),
        ("+12025550101", "counsel", "x" * 201),
    ],
)
def test_a_line_is_one_number_of_one_kind(number: str, kind: str, name: str) -> None:
    """What cannot be read back is not written."""
    with pytest.raises(Unproved):
        RegisterLine(number, kind, name)


def test_a_number_stands_once() -> None:
    """Two lines of one number would leave open what it is."""
    with pytest.raises(Unproved, match="twice"):
        register_of(ORIGIN, "US", 1, AT, [*LINES, RegisterLine(COUNSEL, "court", "again")])


def test_what_could_not_be_read_is_not_signed() -> None:
    """A register too long for a note, or of another key, is refused before anybody relies on it."""
    many = [RegisterLine(f"+1202{at:07}", "counsel", "x" * 200) for at in range(NOTE_LENGTH_MAX // 200)]
    with pytest.raises(Unproved, match="too long"):
        written_register(register_of(ORIGIN, "US", 1, AT, many), SIGNER)
    with pytest.raises(Unproved, match="not that of this register"):
        written_register(register(), OTHER)


def test_its_root_is_that_of_its_lines() -> None:
    """Two registers of the same lines have one root, whatever their version; another line gives another."""
    assert register(version=1).root == register(version=2).root
    assert replace(register(), lines=LINES[:2]).root != register().root
