"""A call is recorded by a grant alone, announced first, watched while it lasts, and sealed at its end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from locutorio.actions.clock import now
from locutorio.record.grants import Ungranted
from locutorio.record.notes import Kind, Signer
from locutorio.telephony.monitored import Failed, Recorder
from tests.telephony.recorders import SIGNER, grant, opened, places, spool_in_memory
from tests.telephony.relay import (
    CALLED,
    CALLED_TONE,
    PERSON,
    PERSON_TONE,
    Call,
    Party,
    RunningRelay,
    announcement,
    loudest,
    needs_relay,
    running,
)

pytestmark = needs_relay
TAGS = (PERSON, CALLED)


@pytest.fixture(scope="module")
def spool() -> Iterator[Path]:
    """A spool in memory."""
    with spool_in_memory() as folder:
        yield folder


@pytest.fixture(scope="module")
def relay(spool: Path) -> Iterator[RunningRelay]:
    """A relay that can record."""
    with running(spool) as one:
        yield one


@pytest.fixture
def recorder(tmp_path: Path, spool: Path, relay: RunningRelay) -> Recorder:
    """A recorder of that relay."""
    return Recorder(places(tmp_path, spool, relay.port), now)


@pytest.fixture
def call(relay: RunningRelay) -> Iterator[Call]:
    """A call whose parties speak and do not hear each other yet."""
    with Call(relay, str(uuid4())) as one:
        yield one


def begun(recorder: Recorder, call: Call, folder: Path, **changed: object) -> None:
    """Have a call begin by a good grant."""
    sound = announcement(folder)
    signed = grant(call.attempt, **changed).signed(SIGNER)
    recorder.begin(signed, call.attempt, TAGS, (sound, sound))


def test_a_granted_call_is_announced_recorded_and_sealed(
    recorder: Recorder, call: Call, tmp_path: Path, spool: Path
) -> None:
    """Both parties hear the announcement before each other; the person is left, the called party right."""
    begun(recorder, call, tmp_path)
    announced = [bytes(party.heard) for party in (call.person, call.called)]
    together = call.hear_each_other()
    recorder.watch()
    time.sleep(1)
    call.hang_up()
    kept = recorder.finish(call.attempt)

    assert [loudest(sound) for sound in announced] == [700, 700]
    assert together
    assert kept is not None
    whole = opened(tmp_path / "recordings" / kept.file, call.attempt)
    assert loudest(whole.left[4_000:]) == PERSON_TONE
    assert loudest(whole.right[4_000:]) == CALLED_TONE
    assert 1 <= kept.seconds <= 4
    assert [path for path in spool.rglob("*") if path.is_file()] == []
    assert recorder.finish(call.attempt) == kept
    assert recorder.told() == {}


def test_a_grant_to_listen_records_nothing(
    recorder: Recorder, call: Call, tmp_path: Path, spool: Path
) -> None:
    """A call that may be listened to is announced and carried, and nothing is written."""
    begun(recorder, call, tmp_path, may="listen", seal_to="-")

    assert call.hear_each_other()
    assert [path for path in spool.rglob("*") if path.is_file()] == []
    call.hang_up()
    assert recorder.finish(call.attempt) is None
    assert not any((tmp_path / "recordings").iterdir())


@pytest.mark.parametrize(
    ("changed", "signer", "of_call", "word"),
    [
        ({"issued": 1, "expires": 20}, SIGNER, True, "lapsed"),
        ({"issued": 2**40, "expires": 2**40 + 20}, SIGNER, True, "early"),
        ({}, Signer("locutorio/grants", Kind.ED25519, b"\x08" * 32), True, "forged"),
        ({}, SIGNER, False, "another_call"),
    ],
)
def test_without_a_good_grant_nobody_is_heard_and_nothing_is_written(
    recorder: Recorder,
    call: Call,
    tmp_path: Path,
    spool: Path,
    *,
    changed: dict[str, object],
    signer: Signer,
    of_call: bool,
    word: str,
) -> None:
    """A grant that is over, not yet good, of another key or another call is refused with its word."""
    signed = grant(call.attempt if of_call else str(uuid4()), **changed).signed(signer)
    sound = announcement(tmp_path)

    with pytest.raises(Ungranted) as refused:
        recorder.begin(signed, call.attempt, TAGS, (sound, sound))

    assert refused.value.word == word
    assert call.hear_nothing()
    assert [path for path in spool.rglob("*") if path.is_file()] == []


def test_a_grant_is_good_once_even_for_a_new_recorder(
    recorder: Recorder, call: Call, relay: RunningRelay, tmp_path: Path, spool: Path
) -> None:
    """What was used is known on disk: neither the same recorder nor one started after it takes it again."""
    sound = announcement(tmp_path)
    signed = grant(call.attempt).signed(SIGNER)
    recorder.begin(signed, call.attempt, TAGS, (sound, sound))
    recorder.finish(call.attempt)

    for one in (recorder, Recorder(places(tmp_path, spool, relay.port), now)):
        with pytest.raises(Ungranted) as refused:
            one.begin(signed, call.attempt, TAGS, (sound, sound))
        assert refused.value.word == "used"


def test_a_call_that_cannot_be_announced_is_not_carried(
    recorder: Recorder, call: Call, tmp_path: Path, spool: Path
) -> None:
    """Where the relay cannot play the announcement nobody is recorded and nobody talks."""
    signed = grant(call.attempt).signed(SIGNER)

    with pytest.raises(Failed) as failed:
        recorder.begin(signed, call.attempt, TAGS, ("/nowhere.wav", "/nowhere.wav"))

    assert failed.value.why == "not_announced"
    assert call.hear_nothing()
    assert [path for path in spool.rglob("*") if path.is_file()] == []


def test_a_call_that_is_hung_up_while_it_is_announced_is_not_begun(
    recorder: Recorder, relay: RunningRelay, tmp_path: Path
) -> None:
    """The announcement is not waited for where nobody listens any more."""
    attempt, sound = str(uuid4()), announcement(tmp_path, 5)
    with Call(relay, attempt) as call:
        threading.Timer(0.3, call.hang_up).start()
        began = time.monotonic()
        with pytest.raises(Failed) as failed:
            recorder.begin(grant(attempt).signed(SIGNER), attempt, TAGS, (sound, sound))

    assert failed.value.why == "call_gone"
    assert time.monotonic() - began < 2


def test_a_recording_that_is_stopped_holds_nothing_of_what_follows(
    recorder: Recorder, call: Call, tmp_path: Path
) -> None:
    """A claim of privilege stops the recording within a second; the parties go on, unrecorded, for good."""
    begun(recorder, call, tmp_path)
    time.sleep(1)
    began = time.monotonic()
    recorder.stop(call.attempt, "claimed")
    took = time.monotonic() - began
    together = call.hear_each_other()
    time.sleep(1)
    recorder.watch()
    told = recorder.told()[call.attempt]
    kept = recorder.finish(call.attempt)

    assert took < 1
    assert together
    assert told["stopped"] == "claimed"
    assert told["why"] == ""
    assert kept is not None
    assert kept.seconds <= 2


def test_a_stranger_is_not_in_the_recording(recorder: Recorder, call: Call, tmp_path: Path) -> None:
    """Packets that somebody else sends to the relay's ports are in no recording, and end no call."""
    stranger = Party(300, 99)
    begun(recorder, call, tmp_path)
    for _ in range(150):
        for port in call.ports:
            stranger.speak(port)
        time.sleep(0.01)
    stranger.door.close()
    recorder.watch()
    assert recorder.told()[call.attempt]["why"] == ""
    kept = recorder.finish(call.attempt)

    assert kept is not None
    assert not stranger.heard
    whole = opened(tmp_path / "recordings" / kept.file, call.attempt)
    assert loudest(whole.left[2_000:]) == PERSON_TONE
    assert loudest(whole.right[2_000:]) == CALLED_TONE


def test_a_new_recorder_goes_on_with_the_calls_in_hand(
    recorder: Recorder, call: Call, relay: RunningRelay, tmp_path: Path, spool: Path
) -> None:
    """What a recorder had in hand when it died is watched and sealed by the one that is started after it."""
    begun(recorder, call, tmp_path)
    after = Recorder(places(tmp_path, spool, relay.port), now)
    after.watch()
    time.sleep(0.8)
    after.watch()
    told = after.told()[call.attempt]
    call.hang_up()
    kept = after.finish(call.attempt)

    assert (told["why"], told["recording"]) == ("", True)
    assert kept is not None
    assert loudest(opened(tmp_path / "recordings" / kept.file, call.attempt).left) == PERSON_TONE
