"""A proof file shows one entry to whoever holds the policy, and two verifiers agree on every file."""

from __future__ import annotations

import random
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from locutorio.record.audit import audit
from locutorio.record.checkpoint import Checkpoint
from locutorio.record.entry import written
from locutorio.record.notes import Note
from locutorio.record.proof import PROOF_LENGTH_MAX, Proof, check
from locutorio.record.sealing import entry_key, seal
from locutorio.record.unproved import Unproved
from tests.architecture.source import ROOT
from tests.record.logs import AT, LOG, POLICY, REFUSED, WITNESSES, Log, entries, fields, second_verifier

SECOND = second_verifier()
SECOND_POLICY = SECOND.read_policy(POLICY.text())
LOGGED = Log(entries(13))


def both(proof: bytes, entry: bytes) -> bool:
    """Say whether a proof holds, when both verifiers say the same."""
    try:
        believed = check(proof, entry, POLICY)
    except Unproved:
        with pytest.raises(REFUSED):
            SECOND.check_proof(proof, entry, SECOND_POLICY)
        return False
    index, size, names = SECOND.check_proof(proof, entry, SECOND_POLICY)
    assert (index, size, names) == (Proof.parse(proof).index, believed.state.size, sorted(believed.witnessed))
    return True


def test_every_entry_is_proved_and_no_other() -> None:
    """Each entry's proof holds for that entry alone."""
    for index, entry in enumerate(LOGGED.entries):
        proof = LOGGED.proof(index).written()
        assert Proof.parse(proof).written() == proof
        assert both(proof, entry)
        assert not both(proof, LOGGED.entries[index - 1])


def test_every_changed_byte_is_refused_or_says_the_same() -> None:
    """No byte of a proof file can be changed so that it shows anything else."""
    proof, entry = LOGGED.proof(4).written(), LOGGED.entries[4]
    true = check(proof, entry, POLICY)
    held = 0
    for place in [*range(420), *range(420, len(proof), 53)]:
        for bit in (1, 64):
            broken = proof[:place] + bytes([proof[place] ^ bit]) + proof[place + 1 :]
            if both(broken, entry):
                held += 1
                said = check(broken, entry, POLICY)
                assert (Proof.parse(broken).index, said.state) == (4, true.state)
                assert said.witnessed.items() <= true.witnessed.items()
    assert held < 420  # what may be changed without harm is the mark of one witness too many


def test_random_damage_is_judged_alike() -> None:
    """Files cut, doubled and shuffled are refused by both verifiers or believed by both."""
    chance, entry = random.Random(11), LOGGED.entries[7]
    proof = LOGGED.proof(7).written()
    for _ in range(150):
        lines = proof.split(b"\n")
        place, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(4):
            case 0:
                del lines[place]
            case 1:
                lines.insert(place, lines[other])
            case 2:
                lines[place], lines[other] = lines[other], lines[place]
            case _:
                lines[place] = lines[place][: chance.randrange(len(lines[place]) + 1)]
        both(b"\n".join(lines), entry)


def test_what_is_tried_with_proofs_is_refused() -> None:
    """Wrong index, extra hash, cut short, far too long, without keys, signatures or form: refused by both."""
    true, entry = LOGGED.proof(4), LOGGED.entries[4]
    text, note = true.written(), true.checkpoint
    few = Note(note.text, tuple(one for one in note.signatures if one.name != WITNESSES[0].key.name)[:3])
    one = LOGGED.checkpoint(by=(*LOG, WITNESSES[0]))
    half = LOGGED.checkpoint(by=(LOG[0], *WITNESSES))
    other = Note(Checkpoint("other.example", 13, LOGGED.state().root).text(), note.signatures)
    empty = Log([]).checkpoint()
    twice = one.joined([WITNESSES[0].sign(note.text, AT + 1)])
    tried = [Proof(index, true.path, note).written() for index in (0, 3, 5, 12, 13, 2**63 - 1)]
    tried += [
        Proof(4, path, note).written() for path in ((*true.path, bytes(32)), true.path[:-1], (), (b"",))
    ]
    tried += [
        Proof(4, true.path, checkpoint).written() for checkpoint in (few, one, half, other, empty, twice)
    ]
    tried += [text[:length] for length in (0, 10, 100, 300, len(text) - 1)]
    tried += [text.replace(b"index 4", index) for index in (b"index 04", b"index -4", b"index 9" + b"9" * 40)]
    tried += [text.replace(b"tlog-proof@v1", b"tlog-proof@v2"), text + b"\0" * 10_000_000, b"a" * 10_000_000]
    tried += [text.replace(b"index", b"algorithm none\nindex"), text.replace(b"\n", b"\r\n"), text + b"\n"]

    assert both(text, entry)
    assert not any(both(proof, entry) for proof in tried)
    assert len(text) < PROOF_LENGTH_MAX


def test_what_stands_beside_is_carried_and_not_believed() -> None:
    """Extra bytes come back, and make no difference."""
    proof = LOGGED.proof(4)
    beside = Proof(4, proof.path, proof.checkpoint, b"anything").written()

    assert Proof.parse(beside).extra == b"anything"
    assert both(beside, LOGGED.entries[4])


def judged(lines: list[bytes], notes: list[bytes]) -> bool:
    """Say whether a whole log holds, when both verifiers say the same."""
    found = audit(lines, notes, POLICY)
    if found.faults:
        with pytest.raises(REFUSED):
            SECOND.check_log(lines, notes, SECOND_POLICY, {})
    else:
        assert SECOND.check_log(lines, notes, SECOND_POLICY, {}) == found.witnessed
    return not found.faults


def test_a_whole_log_is_judged_alike() -> None:
    """A true log holds; changed, cut, reordered, enlarged, or with another checkpoint it does not."""
    lines = LOGGED.entries
    notes = [LOGGED.checkpoint(size).written() for size in (0, 5, 12)]
    unseen = LOGGED.checkpoint(13, LOG).written()
    other = Log(entries(13, people=2)).checkpoint(5).written()
    again = [*lines[:4], written(fields(4, id="entry-1")), *lines[5:]]

    assert judged(lines, notes)
    assert judged(lines, [*notes, unseen])
    assert audit(lines, [*notes, unseen], POLICY).witnessed == 12
    for broken in (
        lines[:11],
        lines[1:],
        [lines[1], lines[0], *lines[2:]],
        [*lines[:3], *lines[4:]],
        [*lines, lines[-1]],
        [*lines, b"{}"],
        again,
        entries(13, people=2),
    ):
        assert not judged(broken, notes)
    assert not judged(lines, [unseen])
    assert not judged(lines, [])
    assert not judged(lines, [*notes, other])
    assert not judged(lines, [*notes, b"checkpoint"])


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the second verifier where nothing of Locutorio can be imported."""
    alone = (
        "import sys, runpy; sys.modules['locutorio'] = None; sys.argv.pop(0); "
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    script = str(ROOT / "verifier" / "verify_proof.py")
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", alone, script, *map(str, arguments)],
        check=False,
        capture_output=True,
        encoding="utf-8",
    )


def test_the_second_verifier_runs_alone(tmp_path: Path) -> None:
    """Alone it says what holds and opens a sealed content; what does not hold is one sentence and code 1."""
    data_key, content = b"k" * 32, "Denied: 28 CFR 540.44. Motivo: año".encode()
    key = entry_key(data_key, "entry-0")
    sealed = seal(key, b"n" * 12, content, "entry-0")
    log = Log([written(fields(0, payload=sha256(sealed).hexdigest()))])
    for name, data in {
        "policy": POLICY.text().encode(),
        "proof": log.proof(0).written(),
        "entry": log.entries[0],
        "sealed": sealed,
        "key": key.hex().encode(),
        "other": LOGGED.entries[0],
        "log/entries.jsonl": log.entries[0] + b"\n",
        "log/checkpoints/1": log.checkpoint().written(),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    paths = [tmp_path / name for name in ("policy", "proof", "entry")]
    holds = run(*paths, "--content", tmp_path / "sealed", tmp_path / "key")
    whole = run(tmp_path / "policy", tmp_path / "log")
    wrong = run(*paths[:2], tmp_path / "other")

    assert (holds.returncode, whole.returncode) == (0, 0), holds.stderr + whole.stderr + whole.stdout
    assert content.decode() in holds.stdout
    assert (wrong.returncode, wrong.stderr) == (1, "")
    assert wrong.stdout.startswith("Does not hold: ")
    assert run(tmp_path / "policy", tmp_path / "none", tmp_path / "entry").returncode == 2
    assert run().returncode == 2
