"""Signed notes are written and checked as the C2SP texts say, and no changed byte is of any use."""

from __future__ import annotations

from base64 import b64decode, b64encode
from hashlib import sha256

import pytest

from locutorio.record.checkpoint import Checkpoint
from locutorio.record.notes import Key, Kind, Note, Signature, verified
from locutorio.record.proof import Policy, believe
from locutorio.record.unproved import Unproved
from tests.record.logs import (
    AT,
    LOG,
    ORIGIN,
    POLICY,
    REFUSED,
    WITNESSES,
    Log,
    entries,
    second_verifier,
    signer,
)

EXAMPLE = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGz"
    "Gku9nTo+zyWE+xeMcTOAYQ8=\n"
).encode()
CHECKPOINT = Log(entries(5)).checkpoint()


def test_the_published_example_is_read() -> None:
    """The checkpoint that the published text shows is read and written again byte for byte."""
    note = Note.parse(EXAMPLE)

    assert note.written() == EXAMPLE
    assert Checkpoint.parse(note.text).size == 20_852_163
    assert Checkpoint.parse(note.text).text() == note.text


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_signs_and_is_checked(kind: Kind) -> None:
    """A signature holds for its text and key, says its own time, and its key can be copied as text."""
    one = signer("one.example/key", kind)
    note = Note(CHECKPOINT.text, (one.sign(CHECKPOINT.text, AT),))

    assert Key.parse(one.key.text()) == one.key
    assert [(said.key, said.at) for said in verified(Note.parse(note.written()), [one.key])] == [
        (one.key, AT if kind.timed else None)
    ]


def test_lengths_are_those_of_the_standards() -> None:
    """Ed25519 signs in 64 bytes and ML-DSA-44 in 2,420, with eight before them where the time is said."""
    lengths = {kind: len(signer("a", kind).sign(CHECKPOINT.text, AT).data) for kind in Kind}

    assert lengths == {Kind.ED25519: 64, Kind.COSIGNATURE: 72, Kind.ML_DSA_44: 2428}


def test_unknown_signatures_are_as_if_absent() -> None:
    """A signature of nobody one knows neither helps nor hurts."""
    stranger = signer("stranger.example", Kind.COSIGNATURE)
    note = CHECKPOINT.joined([stranger.sign(CHECKPOINT.text, AT), Signature(ORIGIN, b"none", b"\0" * 64)])

    assert believe(note, POLICY) == believe(CHECKPOINT, POLICY)


def test_a_false_signature_of_a_known_key_refuses_the_note() -> None:
    """A signature that names a known key and is not its own spoils the whole note."""
    other = Log(entries(4)).checkpoint(by=(WITNESSES[0],))

    with pytest.raises(Unproved):
        believe(Note(CHECKPOINT.text, (*CHECKPOINT.signatures, *other.signatures)), POLICY)


def test_every_changed_byte_is_refused_or_says_the_same() -> None:
    """No changed byte of a checkpoint shows another state, or more witnesses, to either verifier."""
    second, whole, asked = second_verifier(), CHECKPOINT.written(), POLICY.text()
    policy = second.read_policy(asked)
    true = believe(CHECKPOINT, POLICY)
    places = [*range(260), *range(260, len(whole), 41)]
    for place in places:
        for bit in (1, 32, 128):
            broken = whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :]
            try:
                said = believe(Note.parse(broken), POLICY)
            except Unproved:
                with pytest.raises(REFUSED):
                    second.check_checkpoint(broken, policy)
                continue
            assert said.state == true.state
            assert said.witnessed.items() <= true.witnessed.items()
            assert second.check_checkpoint(broken, policy) == (5, true.state.root, sorted(said.witnessed))


@pytest.mark.parametrize(
    "broken",
    [
        EXAMPLE[:-1],
        EXAMPLE.replace(b"\n\n", b"\n"),
        EXAMPLE.replace(b"20852163", b"020852163"),
        EXAMPLE.replace(b"20852163", b"+20852163"),
        EXAMPLE.replace(b"q2I=\n", b"q2I=\nextension\n"),
        EXAMPLE.replace(b"q2I=", b"q2J="),
        EXAMPLE.replace(b"\n", b"\r\n"),
        EXAMPLE.replace("— ".encode(), "—\N{NO-BREAK SPACE}".encode()),
        EXAMPLE.replace(b"example", b"\xff"),
        EXAMPLE * 2000,
        EXAMPLE + EXAMPLE.split(b"\n\n")[1] * 64,
        b"\n\n",
        b"",
    ],
)
def test_a_malformed_checkpoint_is_refused(broken: bytes) -> None:
    """A checkpoint in any other form than the one it has is refused."""
    assert broken != EXAMPLE
    with pytest.raises(Unproved):
        Checkpoint.parse(Note.parse(broken).text)


@pytest.mark.parametrize("kind", [0, 2, 3, 5, 7, 255])
def test_a_key_of_another_kind_is_refused(kind: int) -> None:
    """The kind is part of the key that one trusts: "none" is not among them, nor any unknown one."""
    text = LOG[0].key.text()
    name, _, rest = text.split("+", 2)
    data = bytes([kind]) + b64decode(rest)[1:]
    short = sha256(name.encode() + b"\n" + data).hexdigest()[:8]
    with pytest.raises(Unproved):
        Key.parse(f"{name}+{short}+{b64encode(data).decode()}")
    second = second_verifier()
    with pytest.raises(REFUSED):
        second.read_key(f"{name}+{short}+{b64encode(data).decode()}")


def test_a_policy_that_asks_for_nothing_is_refused_by_both() -> None:
    """No key of the log, one key twice, the log as witness, more than there are: none is a policy."""
    second, log, witnesses = second_verifier(), POLICY.log, POLICY.witnesses
    double = Key("witness.example/other", witnesses[0].kind, witnesses[0].public)
    itself = signer(ORIGIN, Kind.COSIGNATURE).key
    timeless = signer("witness.example/four", Kind.ED25519).key
    for keys, seen, quorum in (
        ((), witnesses, 2),
        (log, (witnesses[0], double), 2),
        (log, (*witnesses, itself), 2),
        (log, (timeless,), 1),
        (log, witnesses, 4),
    ):
        lines = [f"origin {ORIGIN}", *(f"log {key.text()}" for key in keys)]
        lines += [*(f"witness {key.text()}" for key in seen), f"quorum {quorum}", ""]
        with pytest.raises(Unproved):
            Policy.parse("\n".join(lines))
        with pytest.raises(REFUSED):
            second.read_policy("\n".join(lines))
    assert Policy.parse(POLICY.text()) == POLICY
