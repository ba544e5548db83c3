"""What somebody was told, and that it is all, is proved on a machine without Locutorio."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from locutorio.actions.prove import prove_all, prove_content, prove_entry, prove_notice, receipt_of_notice
from locutorio.kernel.faults import Fault
from locutorio.record.complete import Complete, check_all
from locutorio.store.actor import PROGRAM
from locutorio.store.models import Entry, Notice
from tests.log.bare import python, verify_proof
from tests.log.world import World, copied, using, world


@pytest.fixture
def true() -> Iterator[World]:
    """The log as it was signed and witnessed."""
    with copied(world().home) as home:
        using(home)
        yield world()


def written(files: dict[str, bytes], folder: Path) -> Path:
    """Write files to a folder, with whom their reader believes beside it."""
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    policy = folder.with_name("policy")
    policy.write_text(world().policy.text())
    return policy


def test_it_stands_alone() -> None:
    """The Python that checks here cannot import Locutorio, nor what it is built with."""
    for name in ("locutorio", "django", "cryptography"):
        assert python("-c", f"import {name}").returncode != 0


def test_a_refusal_is_proved(true: World, tmp_path: Path) -> None:
    """The proof of a refusal holds there, shows the letter word by word, and nothing of anybody else."""
    refusal = Notice.objects.filter(kind="refused")[0]
    receipt = receipt_of_notice(PROGRAM, true.establishment, refusal.id)
    policy = written(prove_notice(PROGRAM, true.establishment, refusal.id), tmp_path / "proof")
    files = [tmp_path / "proof" / f"notice.{ending}" for ending in ("tlog-proof", "json", "sealed", "key")]
    shown = verify_proof(policy, *files[:2], "--content", *files[2:])

    assert receipt is not None
    assert receipt.proved
    assert (shown.returncode, shown.stderr) == (0, "")
    assert f"entry {receipt.index} of " in shown.stdout
    assert refusal.letter["headline"] in shown.stdout.encode().decode("unicode_escape")
    assert {str(one) for one in Notice.objects.values_list("id", flat=True) if str(one) in shown.stdout} == {
        str(refusal.id)
    }


@pytest.mark.parametrize("ending", ["tlog-proof", "json", "sealed", "key"])
def test_a_changed_proof_does_not_hold(true: World, tmp_path: Path, ending: str) -> None:
    """With any character of it exchanged it is told, in one sentence, that it does not hold."""
    refusal = Notice.objects.filter(kind="refused")[0]
    files = prove_notice(PROGRAM, true.establishment, refusal.id)
    data = bytearray(files[f"notice.{ending}"])
    data[len(data) // 2] ^= 1
    policy = written({**files, f"notice.{ending}": bytes(data)}, tmp_path / "proof")
    paths = [tmp_path / "proof" / f"notice.{ending}" for ending in ("tlog-proof", "json", "sealed", "key")]
    shown = verify_proof(policy, *paths[:2], "--content", *paths[2:])

    assert (shown.returncode, shown.stderr) == (1, "")
    assert shown.stdout.startswith("Does not hold: ")


def test_an_entry_is_proved_without_its_content(true: World, tmp_path: Path) -> None:
    """Whoever may not read an entry can be shown that it was made, and when."""
    entry = Entry.objects.filter(action="request_visit").order_by("at")[0]
    files = prove_entry(PROGRAM, true.establishment, entry.id, "request")
    policy = written(files, tmp_path / "proof")
    shown = verify_proof(
        policy, tmp_path / "proof" / "request.tlog-proof", tmp_path / "proof" / "request.json"
    )

    assert files.keys() == {"request.json", "request.tlog-proof"}
    assert shown.returncode == 0, shown.stdout


def test_all_about_a_person(true: World, tmp_path: Path) -> None:
    """All entries about a person hold together there; without any one of them they do not."""
    person = true.house.people["rowan"]
    files = prove_all(PROGRAM, true.establishment, person)
    policy = written(files, tmp_path / "all")
    check_all(Complete.parse(files), true.policy)
    whole = verify_proof(policy, tmp_path / "all")
    assert (whole.returncode, whole.stderr) == (0, ""), whole.stdout

    numbers = sorted(
        name.removesuffix(".json") for name in files if name[0].isdigit() and name.endswith(".json")
    )
    assert len(numbers) > 3
    for number in (numbers[0], numbers[len(numbers) // 2], numbers[-1]):
        for ending in (".json", ".tlog-proof"):
            (tmp_path / "all" / f"{number}{ending}").unlink()
        assert verify_proof(policy, tmp_path / "all").returncode == 1
        for ending in (".json", ".tlog-proof"):
            (tmp_path / "all" / f"{number}{ending}").write_bytes(files[f"{number}{ending}"])


def test_what_is_not_in_the_log_is_told(true: World) -> None:
    """Of an identifier that is no entry's, or of somebody without entries, there is a fault and no proof."""
    with pytest.raises(Fault, match="no such entry"):
        prove_entry(PROGRAM, true.establishment, true.establishment, "none")
    with pytest.raises(Fault, match="no such entry"):
        prove_notice(PROGRAM, true.establishment, true.establishment)
    with pytest.raises(Fault, match="no such entry"):
        prove_content(PROGRAM, true.establishment, true.establishment, "none")
    with pytest.raises(Fault, match="no roll call"):
        prove_all(PROGRAM, true.establishment, true.establishment)
