"""Monitored and privileged calls on a living plane: what is recorded, what never is, and who says so."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from locutorio.actions.change_number import NewNumber, change_number
from locutorio.actions.claim_privilege import Claiming, claim_privilege
from locutorio.actions.clock import now
from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.record.register import FILE
from locutorio.record.voices import opened_voice
from locutorio.store import recordings
from locutorio.store.calls import CallRow
from locutorio.store.recordings import RecordingRow
from locutorio.telephony.monitoring import READY_SECONDS
from locutorio.telephony.ng import Relay
from locutorio.telephony.prompts import prompt
from locutorio.telephony.recording import Recordings
from tests.calls.exchange import COUNSEL, COURT, NUMBERS
from tests.telephony.live import Live, living
from tests.telephony.phones import FAR, PHONE, Call, Phone
from tests.telephony.recorders import Opened

ANNOUNCED = max(prompt(slug, "en").seconds for slug in ("recorded", "recorded-called"))
TALK_SECONDS = ANNOUNCED + 5
VOICE_BYTES = 4_000  # half a second of one voice


@pytest.fixture(scope="module")
def plane() -> Iterator[Live]:
    with living(monitors="record", recordings_days=30) as live:
        enter_fact(NewFact("arcadia.recording_told", "yes"), live.exchange.oak.sent("told"))
        yield live


@pytest.fixture
def live(plane: Live) -> Iterator[Live]:
    recorder = Recordings(plane.wire.plane.recorder)
    plane.until(lambda: recorder.ready() == "")
    time.sleep(2 * READY_SECONDS)
    yield plane
    plane.clean()


def talking(
    live: Live, phone: Phone, called: str = NUMBERS["alder"], person: str = "1001"
) -> tuple[Call, CallRow]:
    """Have a recorded call answered and announced: from then on its parties talk."""
    call = live.dial(called, person, phone=phone)
    assert call.final(30).code == 200
    row = live.row(call)
    assert (row.plane, row.engine["may"]) == ("monitored", "record")
    live.until(lambda: live.row(call).talk_from is not None, TALK_SECONDS)
    return call, row


def written_by(pid: int) -> int:
    """Give how many bytes a process has written, as the kernel counts them."""
    lines = Path(f"/proc/{pid}/io").read_text().splitlines()
    return int(dict(line.split(": ") for line in lines)["wchar"])


def relayed(live: Live) -> int:
    """Give how many packets the relay that can record has carried, as it says itself."""
    said = Relay(live.wire.plane.monitored_control).ask("statistics")["statistics"]["totalstatistics"]
    return int(said["relayedpackets"])


def plain(live: Live) -> list[Path]:
    """Give the files that hold voices in the clear."""
    return [path for path in live.wire.plane.spool.rglob("*") if path.is_file()]


def heard(live: Live, row: CallRow) -> Opened:
    """Open what was recorded of a call, with the key of its person's."""
    kept = recordings.of_call(live.at, row.id)
    assert kept is not None
    assert row.person is not None
    private = recordings.private_key(live.at, row.person, row.id)
    assert private is not None
    sealed = (live.wire.plane.recordings / kept.file).read_bytes()
    return Opened(b"".join(opened_voice([sealed], private, str(row.id))))


def recorded(live: Live, row: CallRow) -> RecordingRow:
    """Give the recording of a call, once it is kept."""
    live.until(lambda: recordings.of_call(live.at, row.id) is not None, 15)
    kept = recordings.of_call(live.at, row.id)
    assert kept is not None
    return kept


def test_recorded(live: Live) -> None:
    """Nobody hears anybody before both were told; then the call is recorded, and the recording plays both."""
    phone = live.phone()
    call = live.dial(NUMBERS["alder"], phone=phone)
    assert call.final(30).code == 200
    assert phone.voice is not None
    assert not phone.voice.hears(FAR, within=1)
    live.until(lambda: live.row(call).talk_from is not None, TALK_SECONDS)
    assert phone.voice.hears(FAR)
    assert live.wire.far.voice.hears(PHONE)
    time.sleep(1)
    call.hang_up()
    row = live.becomes(call, disposition="answered", cause="caller")
    assert row.answered_at is not None
    assert row.talk_from is not None
    assert (row.talk_from - row.answered_at).total_seconds() >= ANNOUNCED - 0.5
    recorded(live, row)
    found = heard(live, row)
    assert set(found.left[2_000:6_000]) == {PHONE}
    assert set(found.right[2_000:6_000]) == {FAR}
    live.until(lambda: not plain(live))


@pytest.mark.parametrize("called", [COUNSEL, COURT])
def test_privileged(live: Live, called: str) -> None:
    """A registered number is connected privately: what can record carries, writes and keeps nothing of it."""
    whose = live.exchange.oak
    if called == COUNSEL:
        number = NewNumber(whose.people["rowan"], COUNSEL, "office", contact=whose.contacts["holly"])
        change_number(number, whose.sent("number of counsel"))
    pids = [live.wire.pid(part) for part in ("monitored", "recorder")]
    before, packets = {pid: written_by(pid) for pid in pids}, relayed(live)
    phone = live.phone()
    call = live.dial(called, phone=phone)
    assert call.final(30).code == 200
    row = live.row(call)
    assert (row.plane, row.engine["may"]) == ("private", "")
    assert phone.voice is not None
    assert phone.voice.hears(FAR, 100, within=4)
    assert live.wire.far.voice.hears(PHONE)
    assert plain(live) == []
    call.hang_up()
    live.becomes(call, disposition="answered")
    assert relayed(live) == packets
    assert all(written_by(pid) - before[pid] < VOICE_BYTES for pid in pids)
    assert recordings.of_call(live.at, row.id) is None
    assert not [path for path in live.wire.plane.recordings.iterdir() if str(row.id) in path.name]


@pytest.mark.parametrize("how", ["on a page", "by a key"])
def test_privilege_is_claimed(live: Live, how: str) -> None:
    """A claim ends the recording within two seconds; the two talk on, and nobody plays what there was."""
    phone = live.phone()
    call, row = talking(live, phone)
    live.until(lambda: plain(live))
    began = time.monotonic()
    if how == "by a key":
        live.wire.far.voice.press(5)
    else:
        sent = live.exchange.oak.sent(f"claim {row.id}", now())
        claim_privilege(Claiming(row.id, "she is my lawyer"), sent)
    live.until(lambda: not plain(live))
    assert time.monotonic() - began < 2
    assert phone.voice is not None
    assert phone.voice.hears(FAR)
    time.sleep(1)
    assert not plain(live)
    call.hang_up()
    ended = live.becomes(call, disposition="answered", cause="caller")
    assert ended.ending == "privilege"
    assert recorded(live, row).sealed_at is not None


def test_register_is_emptied(live: Live) -> None:
    """An emptied register is put right at once, and until then nothing is monitored: a call that must be
    recorded is refused, and says why.
    """
    (live.wire.plane.register / FILE).write_bytes(b"")
    call = live.dial(NUMBERS["laurel"], "1002")
    final = call.final(30)
    assert (final.code, final.why) in {(503, "register-not-trusted"), (200, "")}
    live.until(lambda: (live.wire.plane.register / FILE).read_bytes() != b"")


def test_recorder_hangs(live: Live) -> None:
    """Where the recorder does not answer, its calls end in seconds; their time is given back, and new ones
    that must be recorded are refused.
    """
    call, _ = talking(live, live.phone())
    pid = live.wire.pid("recorder")
    os.kill(pid, signal.SIGSTOP)
    try:
        assert call.seconds(ANNOUNCED + 12) > 0
        ended = live.becomes(call, disposition="lost", cause="recording-lost")
        assert ended.limit_seconds is not None
        assert ended.returned_seconds == ended.limit_seconds - ended.talk_seconds > 0
        refused = live.dial(NUMBERS["alder"])
        final = refused.final(30)
        assert (final.code, final.why) == (503, "could-not-record")
        assert live.row(refused).disposition == "blocked"
    finally:
        os.kill(pid, signal.SIGCONT)


def test_relay_dies(live: Live) -> None:
    """Where the relay that records dies in mid-call, the call ends, and the record says why."""
    call, _ = talking(live, live.phone())
    os.kill(live.wire.pid("monitored"), signal.SIGKILL)
    began = time.monotonic()
    assert call.ended.wait(6)
    assert time.monotonic() - began < 4
    live.becomes(call, disposition="lost", cause="recording-lost")


def test_directory_cannot_be_written(live: Live) -> None:
    """Where voices cannot be written, a call that must be recorded is refused or ended, never carried on."""
    folders = [live.wire.plane.spool, *(path for path in live.wire.plane.spool.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o500)
    try:
        call = live.dial(NUMBERS["alder"])
        final = call.final(30)
        if final.code == 200:
            phone = call.phone
            assert phone.voice is not None
            assert call.ended.wait(TALK_SECONDS)
            assert phone.voice.heard[FAR] == 0
            live.becomes(call, disposition="lost", cause="could-not-record")
        else:
            assert (final.code, final.why) == (503, "could-not-record")
            live.becomes(call, disposition="blocked", cause="could-not-record")
    finally:
        for folder in folders:
            folder.chmod(0o700)
