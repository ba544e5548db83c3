"""`locutorio verify`, `proof`, `policy` and `checkpoint`, and a witness that answers on this machine."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from locutorio.actions.read_notice import read_notice
from locutorio.command.main import app
from locutorio.record.checkpoint import Checkpoint
from locutorio.record.notes import Note
from locutorio.record.paper import from_paper, on_paper
from locutorio.record.proof import Policy
from locutorio.record.unproved import Unproved
from locutorio.store.log.asking import FILE
from locutorio.store.log.witnessing import Witness
from locutorio.store.models import Notice, Signed
from locutorio.store.transaction import Sent
from tests.log import tampering
from tests.log.bare import verify_proof
from tests.log.insider import insider
from tests.log.served import witness
from tests.log.world import DATABASE, RING, copied, using, world


def run(*arguments: object) -> tuple[int, str, str]:
    """Give exit code, standard output and standard error of one command."""
    result = CliRunner().invoke(app, [*map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def home() -> Iterator[Path]:
    """A copy of the establishment, its log signed and witnessed."""
    with copied(world().home) as copy:
        using(copy)
        yield copy


def seen(home: Path) -> Path:
    """Give what a witness holds, as a file."""
    file = home.with_name("seen")
    file.write_bytes(world().seen[0])
    return file


def test_a_whole_log_is_verified(home: Path) -> None:
    """It says how far the log is signed and seen, and ends with 0; with what a witness holds too."""
    for more in ((), ("--witness", seen(home)), ("--establishment", "oak")):
        code, out, error = run("verify", "--database", home / DATABASE, *more)
        assert (code, error) == (0, ""), out
        assert "it holds" in out
        assert "Oak County Jail (oak)" in out


@pytest.mark.parametrize("kind", ["edit_a_business_table", "rewrite_with_the_key", "delete_a_header"])
def test_what_does_not_hold_is_said(home: Path, kind: str) -> None:
    """Each thing that does not hold is a line in plain words, and the command ends with 1."""
    with insider(world(), home, random.Random(kind)) as one:
        tampering.TAMPERED[kind](one)
    code, out, _ = run("verify", "--database", home / DATABASE, "--witness", seen(home))

    assert code == 1
    assert "it does not hold: " in out
    assert "Traceback" not in out


def test_an_old_backup_shows_beside_a_witness(home: Path) -> None:
    """Put back whole, with the signer's memory, it holds by itself, but not beside what a witness holds."""
    tampering.old_backup(world(), home, random.Random(0))
    paper = home.with_name("paper")
    paper.write_text(on_paper(Checkpoint.parse(Note.parse(world().seen[0]).text)))

    assert run("verify", "--database", home / DATABASE)[0] == 0
    for told in (seen(home), paper):
        code, out, _ = run("verify", "--database", home / DATABASE, "--witness", told)
        assert code == 1, out


def test_what_cannot_be_told(home: Path) -> None:
    """Without a database, a key, or a witness that answers nothing is found out: the command ends with 2."""
    nowhere = home / "none" / "db"
    assert run("verify", "--database", nowhere)[0] == 2
    assert run("verify", "--database", home / DATABASE, "--witness", "http://127.0.0.1:9")[0] == 2
    assert run("verify", "--database", home / DATABASE, "--establishment", "none")[0] == 2
    for one in (home / RING).glob("*.1.ed25519"):
        one.unlink()
    code, _, error = run("verify", "--database", home / DATABASE)
    assert code == 2
    assert "is missing" in error


def test_a_log_is_signed_before_a_witness_that_runs(home: Path, tmp_path: Path) -> None:
    """A checkpoint is made, and a witness on this machine signs it; what it shows tells a cut log."""
    (home / RING / FILE).unlink()
    _, alone, _ = run("policy", "--establishment", "oak", "--database", home / DATABASE)
    with witness(tmp_path / "one", "court.example/witness", Policy.parse(alone)) as served:
        (home / RING / FILE).write_text("\n".join([*served.lines, "quorum 1", ""]))
        code, out, error = run("checkpoint", "--establishment", "oak", "--database", home / DATABASE)
        assert (code, error) == (0, "")
        assert "signed by court.example/witness" in out
        state = from_paper(out.split("signed by")[0])
        assert run("verify", "--database", home / DATABASE, "--witness", served.address)[0] == 0

        _, policy, _ = run("policy", "--establishment", "oak", "--database", home / DATABASE)
        notice = Notice.objects.filter(kind="refused")[0]
        code, out, error = run(
            *("proof", notice.id, "--establishment", "oak", "--content", "--out", tmp_path / "mine"),
            *("--database", home / DATABASE),
        )
        assert (code, error) == (0, "")
        (tmp_path / "policy").write_text(policy)
        files = [tmp_path / f"mine.{ending}" for ending in ("tlog-proof", "json", "sealed", "key")]
        assert {*map(Path, out.split())} == {*files}
        assert verify_proof(tmp_path / "policy", *files[:2], "--content", *files[2:]).returncode == 0

        with insider(world(), home, random.Random(1)) as one:
            tampering.cut_the_tail_and_checkpoints(one)
        code, out, _ = run("verify", "--database", home / DATABASE, "--witness", served.address)
        assert code == 1
        assert f"over {state.size} entries" in out


def test_a_witness_told_by_hand(home: Path, tmp_path: Path) -> None:
    """A witness that no network reaches is told by hand: the file that it gives back is taken, once."""
    lines = (home / RING / FILE).read_text().splitlines()
    (home / RING / FILE).write_text("\n".join(line.replace("http://127.0.0.1:1", "paper") for line in lines))
    notice = Notice.objects.all()[0]
    read_notice(notice.id, Sent(uuid4(), world().establishment, world().now))
    at = ("checkpoint", "--establishment", "oak", "--database", home / DATABASE)
    assert "signed by no witness" in run(*at)[1]
    given = tmp_path / "given"
    using(home)
    note = Note.parse(bytes(Signed.objects.order_by("-size")[0].note))
    given.write_bytes(note.written())
    assert run(*at, "--take", given)[0] == 3
    known = Witness(world().home.parent / "witness-0")
    given.write_bytes(note.joined(one.sign(note.text, 5) for one in known._signers).written())
    assert "signed by ombudsman.example/witness" in run(*at, "--take", given)[1]
    code, _, error = run(*at, "--take", given)
    assert code == 3
    assert "has signed it" in error


def test_everything_about_a_person(home: Path, tmp_path: Path) -> None:
    """All entries about a person are written to a folder that the second verifier holds to be whole."""
    code, out, error = run(
        *("proof", "1001", "--all", "--establishment", "oak", "--out", tmp_path / "all"),
        *("--database", home / DATABASE),
    )
    assert (code, error) == (0, "")
    assert len(out.splitlines()) > 5
    (tmp_path / "policy").write_text(world().policy.text())
    assert verify_proof(tmp_path / "policy", tmp_path / "all").returncode == 0


def test_a_checkpoint_on_paper_is_read_back() -> None:
    """However its characters are spaced; one that is wrong, too short or too long is refused."""
    state = Checkpoint.parse(Note.parse(world().seen[0]).text)
    text = on_paper(state)
    assert from_paper(text) == from_paper(text.replace(" ", "")) == from_paper(f"\n {text}\n\n") == state
    assert max(map(len, text.splitlines()[2].split())) == 4
    for broken in ("", text[:-3], text + "x", text.replace(str(state.size), "many", 1), f"{text}{text}"):
        with pytest.raises(Unproved):
            from_paper(broken)
