"""A recording that cannot be had is noticed and told within two seconds, and silences the call."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from locutorio.actions.clock import now
from locutorio.telephony.monitored import Failed, Places, Recorder
from locutorio.telephony.recording import NotMonitored, Recordings
from tests.telephony.recorders import PRIVATE, SIGNER, grant, places, small_disk, spool_in_memory
from tests.telephony.relay import (
    CALLED,
    CALLED_TONE,
    PERSON,
    PERSON_TONE,
    Call,
    announcement,
    loudest,
    needs_relay,
    running,
    until,
)

pytestmark = needs_relay
TAGS = (PERSON, CALLED)
NOTICED_SECONDS = 2
_CHECKED = 0.25
_RUN = (
    "import sys; from pathlib import Path; from locutorio.telephony.monitored import Places;"
    "from locutorio.telephony.recorder import serve; assert 'django' not in sys.modules;"
    "a = sys.argv[1:]; p = [Path(each) for each in a[3:]];"
    "serve(Places(int(a[0]), *p[:5], floor=int(a[1])), p[5], int(a[2]))"
)


@pytest.fixture
def spool() -> Iterator[Path]:
    """A spool of a test's own."""
    with spool_in_memory() as folder:
        yield folder


def begun(recorder: Recorder, call: Call, folder: Path, **changed: object) -> None:
    """Have a call begin."""
    sound = announcement(folder, 0.2)
    recorder.begin(grant(call.attempt, **changed).signed(SIGNER), call.attempt, TAGS, (sound, sound))


def failed_within(recorder: Recorder, attempt: str) -> tuple[str, float]:
    """Give why a call failed, and after how many seconds of being watched."""
    began = time.monotonic()
    while not (why := str(recorder.told()[attempt]["why"])):
        assert time.monotonic() - began < 5
        time.sleep(_CHECKED)
        recorder.watch()
    return why, time.monotonic() - began


def test_a_disk_that_fills_in_mid_call_silences_it(tmp_path: Path, spool: Path) -> None:
    """The relay goes on and says that all is well; the recorder sees that nothing is written any more."""
    with small_disk(spool), running(spool) as relay, Call(relay, str(uuid4())) as call:
        recorder = Recorder(places(tmp_path, spool, relay.port, floor=0), now)
        begun(recorder, call, tmp_path)
        assert call.hear_each_other()
        recorder.watch()
        assert not recorder.told()[call.attempt]["why"]
        with pytest.raises(OSError, match="No space"):
            (spool / "filler").write_bytes(bytes(2**20))
        why, took = failed_within(recorder, call.attempt)

        assert why == "not_written"
        assert took <= NOTICED_SECONDS
        assert call.hear_nothing()


def test_a_file_that_cannot_grow_silences_the_call(tmp_path: Path, spool: Path) -> None:
    """Whatever keeps the relay from writing on, a full disk or a limit, is seen by what is written alone."""
    with running(spool, file_bytes=49_152) as relay, Call(relay, str(uuid4())) as call:
        recorder = Recorder(places(tmp_path, spool, relay.port), now)
        begun(recorder, call, tmp_path)
        assert call.hear_each_other()
        full = spool / next(iter(spool.glob("pcaps/*.pcap")))
        until(lambda: full.stat().st_size >= 49_152)
        why, took = failed_within(recorder, call.attempt)

        assert why == "not_written"
        assert took <= NOTICED_SECONDS
        assert call.hear_nothing()


def test_a_disk_without_room_is_no_disk_to_begin_on(tmp_path: Path, spool: Path) -> None:
    """Under the floor no call begins, and one that runs ends before anything of it is lost."""
    with small_disk(spool), running(spool) as relay, Call(relay, str(uuid4())) as call:
        recorder = Recorder(places(tmp_path, spool, relay.port, floor=900_000), now)
        assert recorder.ready() == ""
        begun(recorder, call, tmp_path)
        (spool / "filler").write_bytes(bytes(950_000))
        assert recorder.ready() == "no_room"
        why, took = failed_within(recorder, call.attempt)
        assert (why, took <= NOTICED_SECONDS) == ("no_room", True)
        with Call(relay, str(uuid4())) as other:
            with pytest.raises(Failed) as refused:
                begun(recorder, other, tmp_path)
            assert refused.value.why == "no_room"
            assert other.hear_nothing()


def test_a_directory_that_cannot_be_written_is_no_place_to_begin(tmp_path: Path, spool: Path) -> None:
    """The relay answers that it records and writes no file; the call does not begin, and says why in time."""
    with running(spool) as relay, Call(relay, str(uuid4())) as call:
        recorder = Recorder(places(tmp_path, spool, relay.port), now)
        for folder in ("pcaps", "tmp", "metadata"):
            (spool / folder).rmdir()
            (spool / folder).write_text("no directory")
        began = time.monotonic()
        with pytest.raises(Failed) as refused:
            begun(recorder, call, tmp_path)

        assert refused.value.why == "no_file"
        assert time.monotonic() - began <= NOTICED_SECONDS
        assert call.hear_nothing()


def test_a_directory_that_is_read_only_is_seen_before_a_call_begins(tmp_path: Path, spool: Path) -> None:
    """Asked beforehand, the recorder says that it cannot record."""
    with running(spool) as relay:
        with small_disk(spool):
            recorder = Recorder(places(tmp_path, spool, relay.port, floor=1), now)
            assert recorder.ready() == ""
            subprocess.run(["mount", "-o", "remount,ro", spool], check=True)
            assert recorder.ready() in ("no_room", "not_writable")
        spool.chmod(0o755)
        assert recorder.ready() == "spool_open_to_others"


def test_a_relay_that_dies_or_is_started_anew_in_mid_call_is_noticed(tmp_path: Path, spool: Path) -> None:
    """A dead relay, and one that does not know the call any more, are told apart and told in time."""
    with running(spool) as relay, Call(relay, str(uuid4())) as call:
        recorder = Recorder(places(tmp_path, spool, relay.port), now)
        begun(recorder, call, tmp_path)
        time.sleep(1)
        relay.kill()
        why, took = failed_within(recorder, call.attempt)

        assert (why, took <= NOTICED_SECONDS) == ("relay_gone", True)
        assert recorder.ready() == "relay_gone"
        kept = recorder.finish(call.attempt)
        assert kept is not None
        assert kept.seconds >= 1
    with running(spool) as relay, Call(relay, str(uuid4())) as call:
        recorder = Recorder(places(tmp_path, spool, relay.port), now)
        begun(recorder, call, tmp_path)
        call.hang_up()
        why, took = failed_within(recorder, call.attempt)
        assert (why, took <= NOTICED_SECONDS) == ("call_gone", True)


@contextmanager
def served(where: Places, door: Path, digits: int) -> Iterator[subprocess.Popen[bytes]]:
    """A recorder as a process of its own."""
    folders = (where.spool, where.state, where.recordings, where.nonces, where.key, door)
    command = [sys.executable, "-c", _RUN, *map(str, (where.relay_port, where.floor, digits, *folders))]
    with subprocess.Popen(command, env=dict(os.environ)) as process:
        try:
            until(lambda: Recordings(door).ready() == "", 10)
            yield process
        finally:
            process.kill()


def test_a_recorder_that_dies_is_noticed_at_once_and_its_successor_goes_on(
    tmp_path: Path, spool: Path
) -> None:
    """No answer is an answer that says no, within a second; who comes after has the calls in hand."""
    door, sound = tmp_path / "recorder.sock", announcement(tmp_path, 0.2)
    with running(spool) as relay, Call(relay, str(uuid4())) as call:
        where, asked = places(tmp_path, spool, relay.port), Recordings(door)
        signed = grant(call.attempt).signed(SIGNER)
        with served(where, door, _port()) as process:
            standing = asked.begin(signed, call.attempt, TAGS, (sound, sound))
            assert standing.recording
            assert call.hear_each_other()
            process.kill()
            began = time.monotonic()
            until(lambda: _gone(asked))
            assert time.monotonic() - began < 1
            assert asked.ready() == "recorder_gone"
        with served(where, door, _port()):
            with pytest.raises(NotMonitored) as refused:
                asked.begin(signed, call.attempt, TAGS, (sound, sound))
            assert refused.value.why == "used"
            assert asked.watch()[call.attempt].recording
            call.hang_up()
            kept = asked.finish(call.attempt)
            assert kept is not None
            assert kept == asked.finish(call.attempt)
            assert asked.watch() == {}


def test_five_pressed_by_either_party_stops_the_recording_at_once(tmp_path: Path, spool: Path) -> None:
    """A claim of privilege needs nobody's leave: within a second nothing more is written, and it is told."""
    door, sound, digits = tmp_path / "recorder.sock", announcement(tmp_path, 0.2), _port()
    with running(spool, digits) as relay, Call(relay, str(uuid4())) as call:
        asked = Recordings(door)
        with served(places(tmp_path, spool, relay.port), door, digits):
            asked.begin(grant(call.attempt).signed(SIGNER), call.attempt, TAGS, (sound, sound))
            call.called.press(call.ports[1], 4)
            time.sleep(0.5)
            assert asked.watch()[call.attempt].recording
            call.called.press(call.ports[1], 5)
            took = until(lambda: not asked.watch()[call.attempt].recording)

            standing = asked.watch()[call.attempt]
            assert took < 1
            assert (standing.claimed, standing.stopped, standing.failed) == ("called", "claimed", False)
            assert call.hear_each_other()


@pytest.mark.parametrize(
    "said", [b"", b"GET / HTTP/1.1\r\n\r\n", b"POST /v1/begin HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n"]
)
def test_what_is_no_question_is_answered_and_changes_nothing(
    tmp_path: Path, spool: Path, said: bytes
) -> None:
    """Malformed questions, and such as name a file instead of a call, are refused without harm."""
    door = tmp_path / "recorder.sock"
    with running(spool) as relay, served(places(tmp_path, spool, relay.port), door, _port()):
        with socket.socket(socket.AF_UNIX) as raw:
            raw.connect(str(door))
            raw.sendall(said)
        for attempt in ("../../etc/passwd", "", "x" * 10_000):
            with pytest.raises(NotMonitored) as refused:
                Recordings(door).finish(attempt)
            assert refused.value.why == "malformed"
        assert Recordings(door).ready() == ""


@pytest.mark.parametrize("when", ["no grant", "listening", "stopped"])
def test_what_is_recorded_past_the_recorder_is_ended_and_destroyed(
    tmp_path: Path, spool: Path, when: str
) -> None:
    """Whoever reaches the relay's port can have it record: it ends at once, and nothing of it is left."""
    with running(spool) as relay, Call(relay, str(uuid4())) as call:
        recorder = Recorder(places(tmp_path, spool, relay.port), now)
        if when == "listening":
            begun(recorder, call, tmp_path, may="listen", seal_to="-")
        elif when == "stopped":
            begun(recorder, call, tmp_path)
            recorder.stop(call.attempt, "claimed")
            until(lambda: not list(spool.glob("pcaps/*")))
        relay.ng.ask("start recording", call_id=call.attempt)
        time.sleep(0.5)
        assert list(spool.glob("pcaps/*"))
        recorder.watch()
        time.sleep(0.5)

        assert not [path for path in spool.rglob("*") if path.is_file()]
        if when != "no grant":
            assert recorder.told()[call.attempt]["why"] == "recorded_unasked"
        assert call.hear_nothing()
        kept = recorder.finish(call.attempt)
        assert (kept is not None) is (when == "stopped")


def test_a_voice_that_is_sent_to_a_third_ends_the_call(tmp_path: Path, spool: Path) -> None:
    """A relay lets whoever reaches its port listen; it also says so, and the call is silenced and fails."""
    with running(spool) as relay, Call(relay, str(uuid4())) as call:
        recorder = Recorder(places(tmp_path, spool, relay.port), now)
        begun(recorder, call, tmp_path)
        recorder.watch()
        assert recorder.told()[call.attempt]["why"] == ""
        relay.ng.ask("subscribe request", call_id=call.attempt, from_tag=PERSON)
        why, took = failed_within(recorder, call.attempt)

        assert (why, took <= NOTICED_SECONDS) == ("heard_by_another", True)
        assert call.hear_nothing()


def test_the_recorder_holds_no_secret(tmp_path: Path, spool: Path) -> None:
    """Nothing that it keeps opens a recording: not its files, not the spool, not what is sealed."""
    with running(spool) as relay, Call(relay, str(uuid4())) as call:
        recorder = Recorder(places(tmp_path, spool, relay.port), now)
        begun(recorder, call, tmp_path)
        time.sleep(1)
        during = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "announcement.wav"]
        assert not any(PRIVATE in path.read_bytes() for path in during)
        call.hang_up()
        recorder.finish(call.attempt)

    after = [path for folder in (tmp_path, spool) for path in folder.rglob("*") if path.is_file()]
    voices = [
        path.name for path in after if path.name != "announcement.wav" and _has_voice(path.read_bytes())
    ]
    assert voices == []


def _has_voice(data: bytes) -> bool:
    windows = (data[start : start + 4_000] for start in range(0, min(len(data), 40_000), 2_000))
    sides = (window[part::2] for window in windows for part in (0, 1))
    return any(loudest(side * 2) in (PERSON_TONE, CALLED_TONE) for side in sides if side)


def _gone(asked: Recordings) -> bool:
    try:
        asked.watch()
    except NotMonitored as error:
        return error.why == "recorder_gone"
    return False


def _port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
