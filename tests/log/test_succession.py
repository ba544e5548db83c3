"""Keys and witnesses of a log are changed by two people, and every verifier can follow them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from locutorio.actions.create_account import NewAccount, Role, create_account
from locutorio.actions.keep_log import keep_log
from locutorio.actions.prove import changes_proved, prove_entry, whom_to_believe
from locutorio.actions.two_people import NotByTwo
from locutorio.actions.verify_log import Found, verify_log
from locutorio.kernel.faults import Fault
from locutorio.record.audit import audit
from locutorio.record.notes import Note
from locutorio.record.proof import Policy
from locutorio.record.succession import Change
from locutorio.record.unproved import Unproved
from locutorio.store.actor import PROGRAM
from locutorio.store.keyring import folder
from locutorio.store.log import succeeding
from locutorio.store.log.asking import FILE
from locutorio.store.log.witnessing import Witness
from locutorio.store.models import Entry, Signed
from tests.databases import fresh
from tests.establishment import Oak
from tests.log.bare import verify_proof
from tests.log.served import witness
from tests.log.whole import bodies
from tests.store.witnessed import opened
from tests.two_people.officers import NOW, SOON, Officers

OMBUDSMAN, COURT = "ombudsman.example/witness", "court.example/witness"


@dataclass
class Log:
    """A log that one witness on this machine signs, and another one that it can be given to."""

    oak: Oak
    officers: Officers
    home: Path
    first: tuple[str, ...]
    second: tuple[str, ...]
    at: datetime = SOON

    def by_two(self, act: str, **arguments: str) -> None:
        """Let the custodian propose an act, and a governor approve it."""
        row = self.officers.proposed(arguments, act, by="clover", step=f" {self.at}")
        self.officers.approve(row, at=self.at, step=f"approves at {self.at}")
        self.later()

    def later(self) -> None:
        """Go on for a minute: sign the log and ask its witnesses."""
        self.at += timedelta(minutes=1)
        keep_log(PROGRAM, self.oak.id, self.at)

    def policy(self) -> Policy:
        """Give whom the installation believes."""
        return whom_to_believe(PROGRAM, self.oak.id)

    def found(self, policy: Policy | None = None) -> Found:
        """Say what `verify` finds, for whoever believes a policy."""
        return verify_log(PROGRAM, self.oak.id, self.at, policy=policy)

    def exported(self) -> Path:
        """Give the whole log as files, with its changes beside it."""
        place = self.home / f"exported {self.at:%H%M%S}"
        (place / "checkpoints").mkdir(parents=True)
        (place / "entries.jsonl").write_bytes(b"".join(body + b"\n" for body in bodies(self.oak.id)))
        for number, row in enumerate(Signed.objects.filter(establishment=self.oak.id).order_by("size", "at")):
            (place / "checkpoints" / f"{number:04}").write_bytes(bytes(row.note))
        self.files(place / "changes", changes_proved(PROGRAM, self.oak.id))
        return place

    def files(self, place: Path, files: dict[str, bytes]) -> Path:
        """Write files into a folder."""
        place.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (place / name).write_bytes(data)
        return place

    def second_verifier(self, policy: Policy, *more: str | Path) -> tuple[int, str]:
        """Run the other program with a policy; give its exit code and what it says."""
        (self.home / "policy").write_text(policy.text())
        done = verify_proof(self.home / "policy", *more)
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    """An establishment with a custodian and governors, whose log one witness has signed."""
    with fresh("sqlite"), ExitStack() as later:
        oak = opened()
        made = Officers(oak)
        for name, role in (("clover", Role.CUSTODIAN), ("tansy", Role.GOVERNOR)):
            new = NewAccount(name, "", role, holder=f"{name}, staff")
            made.roles[name], made.ids[name] = role, create_account(new, oak.sent(name))
        keep_log(PROGRAM, oak.id, NOW)
        alone = succeeding.policy_of(oak.id)
        served = [
            later.enter_context(witness(tmp_path / name.partition(".")[0], name, alone))
            for name in (OMBUDSMAN, COURT)
        ]
        one = Log(oak, made, tmp_path, served[0].lines, served[1].lines)
        (folder() / FILE).write_text("\n".join([*one.first, "quorum 1", ""]))
        one.later()
        yield one


def test_new_keys_are_drawn_by_two_and_signed_by_old_and_new(log: Log) -> None:
    """Both verifiers follow: whoever believes the old keys, and whoever believes the new; at every step."""
    old = log.policy()
    log.by_two("rotate_keys")
    new = log.policy()
    assert new.log != old.log
    note = Note.parse(bytes(Signed.objects.order_by("-at", "-id")[0].note))
    assert {(key.name, key.id) for key in (*old.log, *new.log)} <= {
        (line.name, line.key_id) for line in note.signatures
    }
    for policy in (None, old, new):
        assert log.found(policy).faults == ()
    log.by_two("retire_keys")
    assert succeeding.signer_of(log.oak.id).keys == new.log
    (log.home / "next").write_text(new.text())
    for policy in (None, old, new):
        found = log.found(policy)
        assert found.faults == (), found.faults
        assert found.signed == found.size
    place = log.exported()
    changes = place / "changes"
    for policy in (old, new):
        code, said = log.second_verifier(policy, place, "--changes", changes)
        assert code == 0, said
    assert log.second_verifier(old, place)[0] == 1
    assert log.second_verifier(new, place)[0] == 1


def test_a_proof_under_new_keys_is_believed_by_whom_knows_the_old(log: Log) -> None:
    """With the folder of changes; without it, or with one that was not signed by those before, it is not."""
    old = log.policy()
    log.by_two("rotate_keys")
    log.by_two("change_witnesses", witnesses="\n".join([*log.first, *log.second, "quorum 1"]))
    for name in (OMBUDSMAN, COURT):
        Witness(log.home / name.partition(".")[0]).watch(log.policy())
    log.by_two("retire_keys")
    entry = Entry.objects.filter(establishment=log.oak.id).earliest("at").id
    place = log.files(log.home / "proof", prove_entry(PROGRAM, log.oak.id, entry, "one"))
    changes = log.files(log.home / "changes", changes_proved(PROGRAM, log.oak.id))
    said = (place / "one.tlog-proof", place / "one.json")
    assert log.second_verifier(old, *said)[0] == 1
    assert log.second_verifier(old, *said, "--changes", changes)[0] == 0
    assert log.second_verifier(log.policy(), *said)[0] == 0
    forged = log.home / "forged"
    shutil.copytree(changes, forged)
    change = Change.parse((forged / "0002.change").read_bytes())
    mine = Policy(change.after.origin, change.after.log, (), 0)
    (forged / "0002.change").write_bytes(Change(change.before, mine).written())
    code, told = log.second_verifier(old, *said, "--changes", forged)
    assert code == 1
    assert "not the one that its entry says" in told


def test_witnesses_are_changed_by_two(log: Log) -> None:
    """The new ones are asked from then on; those before signed the entry that says so; not one alone."""
    lines = "\n".join([*log.second, "quorum 1"])
    old = log.policy()
    row = log.officers.proposed({"witnesses": lines}, "change_witnesses", by="clover", step="alone")
    with pytest.raises(NotByTwo):
        log.officers.approve(row, by="clover")
    log.by_two("change_witnesses", witnesses=lines)
    assert {key.name for key in log.policy().witnesses} == {COURT}
    assert log.found().faults == ()
    assert log.found().witnessed == log.found().size
    assert log.found(old).faults == ()
    (change,) = succeeding.changes_of(log.oak.id)
    assert succeeding.link(log.oak.id, change) is not None
    shown = {line["name"]: line["value"] for line in row.lines}
    assert OMBUDSMAN in shown["witness_now"]
    assert COURT in shown["witness"]


def test_a_change_by_hand_is_found(log: Log) -> None:
    """Once two people chose, another file of witnesses, a change taken away or put in: `verify` says so."""
    log.by_two("change_witnesses", witnesses="\n".join([*log.first, *log.second, "quorum 2"]))
    (own,) = folder().glob(f"*.{FILE}")
    (change,) = folder().glob("*.change")
    kept, made = own.read_bytes(), change.read_bytes()
    own.write_text("\n".join([*log.second, "quorum 1"]))
    assert any("two people chose" in fault for fault in log.found().faults)
    own.write_bytes(kept)
    assert log.found().faults == ()
    (folder() / FILE).write_text("quorum 0")
    assert log.found().faults == ()
    change.unlink()
    assert any("do not say so" in fault for fault in log.found().faults)
    change.write_bytes(made)
    change.with_name(change.name.replace("0001", "0002")).write_bytes(made)
    assert any("do not say so" in fault for fault in log.found().faults)


def test_what_fails_is_taken_back(log: Log) -> None:
    """Where the approval is not kept there is no new key, no change, and the witnesses are as they were."""
    before = sorted(path.name for path in folder().iterdir())
    for act, arguments in (
        ("rotate_keys", {}),
        ("change_witnesses", {"witnesses": "\n".join([*log.second, "quorum 1"])}),
    ):
        row = log.officers.proposed(arguments, act, by="clover", step="fails")
        with (
            patch("locutorio.actions.approve_proposal._noted", side_effect=Fault("no")),
            pytest.raises(Fault),
        ):
            log.officers.approve(row, at=log.at, step=f"fails {act}")
        assert sorted(path.name for path in folder().iterdir()) == before
    assert log.found().faults == ()


def test_old_keys_stay_until_their_successors_are_known(log: Log) -> None:
    """They are not retired before old and new keys and a witness have signed, and no others are drawn."""
    row = log.officers.proposed({}, "rotate_keys", by="clover")
    log.officers.approve(row, at=log.at)
    for act, said in (("retire_keys", "signed yet"), ("rotate_keys", "sign still")):
        with pytest.raises(Fault, match=said):
            log.officers.proposed({}, act, by="clover", step=" too early")
    log.later()
    log.by_two("retire_keys")
    with pytest.raises(Fault, match="no keys were replaced"):
        log.officers.proposed({}, "retire_keys", by="clover", step=" again")


def test_a_forged_succession_is_not_followed(log: Log) -> None:
    """An auditor with the old policy sees that keys which the old ones never signed for follow them."""
    old = log.policy()
    log.by_two("rotate_keys")
    (change,) = succeeding.changes_of(log.oak.id)
    entries = bodies(log.oak.id)
    index = next(at for at, body in enumerate(entries) if change.hash.encode() in body)
    new = {(key.name, key.id) for key in change.after.log}
    notes = []
    for row in Signed.objects.filter(establishment=log.oak.id).order_by("size", "at"):
        note = Note.parse(bytes(row.note))
        mine = [line for line in note.signatures if (line.name, line.key_id) in new]
        notes.append((Note(note.text, tuple(mine)) if row.size > index else note).written())
    assert audit(entries, notes, old, [change]).faults == (
        f"the change of keys by entry {index} is not signed by the keys before it",
    )
    assert any("not said here" in fault for fault in audit(entries, notes, old).faults)
    stranger = Policy(old.origin, change.after.log[:1], (), 0)
    assert any("none that this log" in fault for fault in audit(entries, notes, stranger, [change]).faults)
    swapped = Change(change.after, change.before)
    with pytest.raises(Unproved):
        Change.parse(swapped.written() + b"\n")
