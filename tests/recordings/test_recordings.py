"""What is kept of a recorded call: who hears it, why, until when, and when nobody hears it any more."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections

from locutorio.actions.destroy_recordings import destroy_everywhere, destroy_recording, destroy_recordings
from locutorio.actions.erase_due import erase_due
from locutorio.actions.issue_grant import LISTEN, RECORD, grants_key, issue_grant
from locutorio.actions.keep_recording import keep_recording
from locutorio.actions.open_recording import (
    DESTROYED,
    SEALED,
    NotPlayed,
    Opening,
    open_recording,
    recording_played,
    recording_shown,
    recordings_shown,
)
from locutorio.actions.order_erasure import order_erasure
from locutorio.actions.place_hold import Holding, place_hold
from locutorio.actions.seal_recordings import seal_everywhere, seal_recordings
from locutorio.actions.verify_log import verify_log
from locutorio.kernel.faults import Fault
from locutorio.record.grants import granted
from locutorio.record.notes import Key
from locutorio.record.unproved import Unproved
from locutorio.record.voices import opened_voice
from locutorio.store import keys, recordings
from locutorio.store.actor import PROGRAM
from locutorio.store.keyring import folder as keyring
from locutorio.store.log.sequencer import sequence
from locutorio.store.models import Notice, Recording
from tests import establishment
from tests.databases import Store
from tests.establishment import FOUNDED, Oak
from tests.recordings.kept import (
    DAYS,
    NUMBER,
    VOICES,
    called,
    ended,
    keeps_recordings,
    made,
    recorded,
    registered,
)

WHY = Opening("a threat was reported", "order 12 of the county court")
LATER = FOUNDED + timedelta(days=DAYS + 1)


@pytest.fixture
def oak(store: Store) -> Oak:
    one = establishment.founded()
    keeps_recordings(one)
    return one


def test_a_recording_is_kept_once_and_played_as_it_was(oak: Oak, tmp_path: Path) -> None:
    """It is kept for the establishment's days, told of on the person's page, and heard byte by byte."""
    call = called(oak)
    what = made(oak, call, tmp_path)
    ended(oak, call)
    kept = keep_recording(what, oak.sent("keep"))
    open_recording(kept, WHY, oak.sent("open"))
    row, sound = recording_played(PROGRAM, oak.id, kept, tmp_path)
    shown = recording_shown(PROGRAM, oak.id, kept)

    assert sound == VOICES
    assert keep_recording(what, oak.sent("keep")) == kept
    assert keep_recording(what, oak.sent("keep again")) == kept
    assert row.keep_until == (FOUNDED + timedelta(days=DAYS)).date()
    assert (shown.standing, shown.call.id, shown.contact and shown.contact.surname) == ("kept", call, "Ash")
    assert [one.id for one in recordings_shown(PROGRAM, oak.id, oak.people["rowan"])[1]] == [kept]
    assert recordings_shown(PROGRAM, oak.id, oak.people["linden"])[1] == []


def test_nobody_hears_a_recording_without_a_reason_and_an_authority(oak: Oak, tmp_path: Path) -> None:
    """Neither may be left out."""
    kept = recorded(oak, tmp_path)

    for what in (Opening("", "rule 4"), Opening("a threat", "  "), Opening("x" * 2_001, "rule 4")):
        with pytest.raises(Fault, match="authority"):
            open_recording(kept, what, oak.sent(f"open {what}"))


@pytest.mark.parametrize("how", ["registered", "claimed"])
def test_a_call_that_turns_out_privileged_is_sealed_and_both_are_told(
    oak: Oak, tmp_path: Path, how: str
) -> None:
    """From that moment nobody hears it, before the sweep has come by too; the sweep seals and tells, once."""
    kept, other = recorded(oak, tmp_path), recorded(oak, tmp_path, "other", called="+12025550199")
    if how == "registered":
        registered(oak)
    else:
        ended(oak, Recording.objects.get(id=kept).call_id, ending="privilege")
    with pytest.raises(NotPlayed):
        recording_played(PROGRAM, oak.id, kept, tmp_path)
    sealed = seal_recordings(oak.sent("seal"))

    assert sealed == (kept,)
    assert seal_recordings(oak.sent("seal")) == ()
    assert seal_recordings(oak.sent("again")) == ()
    for act in (
        lambda: open_recording(kept, WHY, oak.sent("open")),
        lambda: recording_played(PROGRAM, oak.id, kept, tmp_path),
    ):
        with pytest.raises(NotPlayed) as refused:
            act()
        assert refused.value.standing == SEALED
    told = Notice.objects.filter(kind="recording_sealed")
    assert {(one.person_id, one.contact_id) for one in told} == {
        (oak.people["rowan"], None),
        (None, oak.contacts["alder"]),
    }
    assert recording_played(PROGRAM, oak.id, other, tmp_path)[1] == VOICES


def test_a_call_known_as_privileged_at_its_end_is_sealed_as_it_is_kept(oak: Oak, tmp_path: Path) -> None:
    """What was claimed while they spoke needs no sweep."""
    call = called(oak)
    what = made(oak, call, tmp_path)
    ended(oak, call, ending="privilege")
    kept = keep_recording(what, oak.sent("keep"))

    assert Recording.objects.get(id=kept).sealed_why == "claimed"


def test_when_its_time_is_over_the_key_goes_and_then_the_file(oak: Oak, tmp_path: Path) -> None:
    """A copy of the file that somebody kept opens no more, and the log still verifies."""
    kept = recorded(oak, tmp_path)
    row = recordings.recording(oak.id, kept)
    copy = (tmp_path / row.file).read_bytes()
    before = verify_log(PROGRAM, oak.id, FOUNDED).faults
    assert destroy_recordings(oak.id, FOUNDED + timedelta(days=DAYS)) == 0
    destroy_everywhere(tmp_path, LATER)

    assert not any(tmp_path.iterdir())
    assert recordings.private_key(oak.id, row.person, row.call) is None
    assert recordings.recording(oak.id, kept).destroyed_at == LATER
    with pytest.raises(NotPlayed) as refused:
        recording_played(PROGRAM, oak.id, kept, tmp_path)
    assert refused.value.standing == DESTROYED
    with pytest.raises(Unproved):
        b"".join(opened_voice([copy], b"\x00" * 32, str(row.call)))
    with pytest.raises(Fault, match="destroyed"):
        recordings.public_key(oak.id, row.person, row.call)
    assert verify_log(PROGRAM, oak.id, LATER).faults == before


def test_what_was_begun_is_ended_by_the_next(oak: Oak, tmp_path: Path) -> None:
    """A key that went before it was written that it did is written by whoever comes after, once."""
    row = recordings.recording(oak.id, recorded(oak, tmp_path))
    recordings.destroy_key(oak.id, row.person, row.call)
    destroy_recording(row, oak.sent("destroy", LATER))
    destroy_recording(row, oak.sent("destroy", LATER))

    assert destroy_recordings(oak.id, LATER) == 0


@pytest.mark.parametrize("whose", ["person", "contact"])
def test_a_legal_hold_keeps_a_recording(oak: Oak, tmp_path: Path, whose: str) -> None:
    """Of either who spoke."""
    whom = {"person": oak.people["rowan"]} if whose == "person" else {"contact": oak.contacts["alder"]}
    kept = recorded(oak, tmp_path)
    place_hold(Holding("an inquest", "letter 7", **whom), oak.sent("hold"))

    assert destroy_recordings(oak.id, LATER) == 0
    assert recording_played(PROGRAM, oak.id, kept, tmp_path)[1] == VOICES


def test_the_recordings_of_somebody_erased_go_with_them(oak: Oak, tmp_path: Path) -> None:
    """No key is left, and the file is taken away."""
    kept = recordings.recording(oak.id, recorded(oak, tmp_path))
    order_erasure(kept.person, "order 12", oak.sent("erase"))
    erase_due(oak.id, FOUNDED)
    destroy_everywhere(tmp_path, LATER)

    assert not Recording.objects.exists()
    assert recordings.private_key(oak.id, kept.person, kept.call) is None
    assert not any(tmp_path.iterdir())


def test_a_changed_file_is_not_played(oak: Oak, tmp_path: Path) -> None:
    """Nor one that is gone, nor another's under its name."""
    kept = recorded(oak, tmp_path)
    path = tmp_path / recordings.recording(oak.id, kept).file
    data = path.read_bytes()
    for changed in (data[:-1], bytes([data[0] ^ 1]) + data[1:], b""):
        path.write_bytes(changed)
        with pytest.raises(Fault, match="not here as it was kept"):
            recording_played(PROGRAM, oak.id, kept, tmp_path)
    path.unlink()
    with pytest.raises(Fault, match="not here as it was kept"):
        recording_played(PROGRAM, oak.id, kept, tmp_path)


def test_what_somebody_steals_without_the_keyring_opens_nothing(oak: Oak, tmp_path: Path) -> None:
    """Both databases and every file beside them: neither the key nor a word of what was said is in them."""
    kept = recordings.recording(oak.id, recorded(oak, tmp_path))
    private = recordings.private_key(oak.id, kept.person, kept.call)
    sequence(oak.id)
    assert private is not None
    (secret,) = keyring().glob("establishment-*")
    held = secret.read_bytes()
    with connections[keys.ALIAS].cursor() as cursor:
        cursor.execute("SELECT wrapped FROM store_key")
        wrapped = " ".join(one for (one,) in cursor.fetchall())

    assert private.hex() not in wrapped
    assert b"what was said" not in (tmp_path / kept.file).read_bytes()
    secret.write_bytes(b"\x01" * 32)
    try:
        with pytest.raises(Unproved):
            recordings.private_key(oak.id, kept.person, kept.call)
    finally:
        secret.write_bytes(held)
    assert recordings.private_key(oak.id, kept.person, kept.call) == private


def test_a_grant_is_of_a_call_under_way_that_may_be_recorded(oak: Oak) -> None:
    """It is good for half a minute, sealed to this call's key, and checked with the key that is told."""
    call = called(oak)
    signed = issue_grant(oak.id, call, "north-2", RECORD, FOUNDED)
    key = Key.parse(grants_key(oak.id))
    grant = granted(signed, key, at=int(FOUNDED.timestamp()) + 29, attempt=str(call), used=())

    assert (grant.called, grant.person, grant.establishment) == (NUMBER, str(oak.people["rowan"]), "oak")
    assert grant.public == recordings.public_key(oak.id, oak.people["rowan"], call)
    assert issue_grant(oak.id, call, "north-2", RECORD, FOUNDED) != signed
    listening = issue_grant(oak.id, call, "north-2", LISTEN, FOUNDED)
    assert not granted(listening, key, at=int(FOUNDED.timestamp()), attempt=str(call), used=()).records


@pytest.mark.parametrize(
    "spoiled", ["private", "over", "claimed", "registered", "nobody", "no_end", "unknown"]
)
def test_no_grant_is_given_for_any_other(oak: Oak, spoiled: str) -> None:
    """Private, over, claimed, privileged, of nobody, without an end of what is kept, or not there at all."""
    call = called(
        oak,
        plane="private" if spoiled == "private" else "monitored",
        person=None if spoiled == "nobody" else oak.people["rowan"],
    )
    match spoiled:
        case "over":
            ended(oak, call)
        case "claimed":
            ended(oak, call, ending="privilege", disposition="under_way")
        case "registered":
            registered(oak)
        case "no_end":
            keeps_recordings(oak, None)
        case "unknown":
            call = oak.id

    with pytest.raises(Fault, match="no grant"):
        issue_grant(oak.id, call, "north-2", RECORD, FOUNDED)


def test_the_sweep_looks_everywhere(oak: Oak, tmp_path: Path) -> None:
    """What the timer runs seals in every establishment."""
    kept = recorded(oak, tmp_path)
    registered(oak)
    seal_everywhere(FOUNDED)

    assert Recording.objects.get(id=kept).sealed_at == FOUNDED
