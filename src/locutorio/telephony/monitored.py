"""The calls that a recorder has in hand: announced, recorded if granted, watched, stopped, sealed.

Until both parties have heard the announcement neither hears the other; when a recording cannot be had, or
cannot be had any more, neither hears the other from then on, and the reason is told to whoever asks.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from locutorio.record.grants import Grant, Ungranted, Word, granted
from locutorio.record.notes import Key
from locutorio.record.unproved import Unproved
from locutorio.telephony.in_hand import InHand, loaded
from locutorio.telephony.ng import Relay, RelayGone, RelayRefused
from locutorio.telephony.nonces import Nonces
from locutorio.telephony.plain_files import PlainFiles, free
from locutorio.telephony.sealing import Kept, kept_of, sealed_call

CHECK_SECONDS = 0.25
RELAY_SECONDS = 0.5
STARTED_SECONDS = 1.0
"""How long a relay may take until the file of a recording is there."""
BEHIND_BYTES_MAX = 16_384
"""How much of what the relay carried may not be in the file yet: less than a second of two voices."""
ABANDONED_SECONDS = 60
"""How long after its end the recording of a call is left to whoever began it, before it is sealed unasked."""


class Failed(Exception):
    """A call is not monitored as it was granted; ``why`` is one word."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Places:
    """Where a recorder works.

    ``spool`` is the relay's recording directory, best in memory; ``state`` a directory in memory too;
    ``recordings`` takes what is sealed; ``nonces`` is a file on disk; ``key`` the file with the key that
    grants; ``floor`` is how many bytes must be free before a call begins, an eighth of it while it lasts.
    """

    relay_port: int
    spool: Path
    state: Path
    recordings: Path
    nonces: Path
    key: Path
    floor: int


class Recorder:
    """All the calls in hand. The clock is given; waiting goes by the machine's own counter."""

    def __init__(self, places: Places, clock: Callable[[], datetime]) -> None:
        self._places, self._clock = places, clock
        self._relay, self._plain = Relay(places.relay_port, RELAY_SECONDS), PlainFiles(places.spool)
        self._nonces = Nonces(places.nonces)
        places.state.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._calls = loaded(places.state)
        self._gone: dict[str, float] = {}
        self._beginning: set[str] = set()
        self._plain.keep_only(self._calls)

    def ready(self) -> str:
        """Give in a word why no monitored call may begin now; nothing where it may."""
        places = self._places
        try:
            if places.spool.stat().st_mode & 0o077:
                return "spool_open_to_others"
            if min(free(places.spool), free(places.recordings)) < places.floor:
                return "no_room"
            for folder in (places.spool, places.state, places.recordings, places.nonces.parent):
                probe = folder / f".ready-{os.getpid()}"
                probe.write_bytes(b"1")
                probe.unlink()
        except OSError:
            return "not_writable"
        try:
            self._key()
            self._relay.ask("ping")
        except (OSError, Unproved):
            return "no_key"
        except (RelayGone, RelayRefused):
            return "relay_gone"
        return ""

    def begin(self, grant: bytes, attempt: str, tags: Sequence[str], announcements: Sequence[str]) -> InHand:
        """Announce, record if the grant says so, and let the parties talk; returns when they can.

        Args:
            grant: the signed grant, used up by this.
            attempt: the call, as the relay knows it.
            tags: of the person's leg and of the called party's.
            announcements: a sound file for each of them, that the relay can read.

        Raises:
            Ungranted: the grant grants nothing for this call.
            Failed: it cannot be announced, recorded or carried.
        """
        leave = self._granted(grant, attempt)
        if attempt in self._calls or self._plain.files(attempt):
            raise Failed("call_known")
        self._beginning.add(attempt)
        try:
            self._relay.ask("block media", call_id=attempt)
            call = InHand.of(leave, tags, self._relay.ask("query", call_id=attempt))
            self._announce(call, announcements)
            call.began = self._clock().isoformat()
            if leave.records:
                self._record(call)
            call.save(self._places.state)
            self._calls[attempt] = call
            self._relay.ask("unblock media", call_id=attempt)
        except (RelayGone, RelayRefused) as error:
            raise Failed(_word(error)) from error
        except OSError as error:
            raise Failed("not_writable") from error
        except (LookupError, ValueError) as error:
            raise Failed("not_two_voices") from error
        finally:
            self._beginning.discard(attempt)
        return call

    def told(self) -> dict[str, dict[str, object]]:
        """Say how each call in hand stands."""
        return {attempt: call.told() for attempt, call in tuple(self._calls.items())}

    def watch(self) -> None:
        """Look at every call in hand once: one that is not monitored as granted fails and falls silent."""
        self._end_unasked()
        calls = tuple(self._calls.values())
        if calls and self._relay_gone():
            for call in calls:
                call.why = call.why or "relay_gone"
            return
        for call in calls:
            why = ""
            try:
                self._look(call)
                self._gone.pop(call.attempt, None)
            except (RelayGone, RelayRefused) as error:
                why = _word(error)
            except OSError:
                why = "not_written"
            except Failed as error:
                why = error.why
            if why == "call_gone":
                self._left_alone(call)
            if why and not call.why:
                self._fail(call, why)

    def stop(self, attempt: str, why: str) -> bool:
        """Record nothing more of a call, for good; give whether it is in hand.

        Raises:
            Failed: the relay did not stop; then the parties do not hear each other any more.
        """
        call = self._calls.get(attempt)
        if call is None:
            return False
        self._stop_relay(call)
        call.stopped = call.stopped or why
        call.save(self._places.state)
        threading.Thread(target=self._seal_unasked, args=(call,), daemon=True).start()
        return True

    def claim(self, attempt: str, tag: str) -> None:
        """Record nothing more of a call that a party, told by their tag, says is privileged."""
        call = self._calls.get(attempt)
        if call is not None and tag in call.tags and not call.claimed:
            call.claimed = "person" if tag == call.tags[0] else "called"
            with suppress(Failed):
                self.stop(attempt, "claimed")

    def finish(self, attempt: str) -> Kept | None:
        """Seal what was recorded of a call, destroy what is not sealed, and give what is kept, if anything.

        It may be asked for again: the answer is the same.

        Raises:
            Failed: it could not be sealed; it is left as it is, and may be asked for again.
        """
        call = self._calls.get(attempt)
        if call is None:
            return kept_of(self._places.recordings, attempt)
        self._stop_relay(call)
        call.stopped = call.stopped or "over"
        kept = self._sealed(call)
        call.forget(self._places.state)
        self._calls.pop(attempt, None)
        self._gone.pop(attempt, None)
        return kept

    def _stop_relay(self, call: InHand) -> None:
        if not call.recording:
            return
        try:
            self._relay.ask("stop recording", call_id=call.attempt)
        except (RelayGone, RelayRefused) as error:
            if not _records_no_more(error):
                self._fail(call, "not_stopped")
                raise Failed("not_stopped") from error

    def _sealed(self, call: InHand) -> Kept | None:
        """Seal what was written of a call, and destroy it in the clear."""
        recordings = self._places.recordings
        with call.lock:
            kept = kept_of(recordings, call.attempt)
            try:
                if kept is None and call.file:
                    written = self._places.spool / call.file
                    kept = sealed_call(written, recordings, call.attempt, call.seal_to, call.sides)
                self._plain.destroy(call.attempt)
                call.file = ""
            except (OSError, ValueError) as error:
                raise Failed("not_sealed") from error
        return kept

    def _seal_unasked(self, call: InHand) -> None:
        """Seal a call whose recording was stopped; whoever finishes it tries again where it could not be."""
        with suppress(Failed, OSError):
            self._sealed(call)
            call.save(self._places.state)

    def _key(self) -> Key:
        return Key.parse(self._places.key.read_text(encoding="ascii").strip())

    def _granted(self, grant: bytes, attempt: str) -> Grant:
        at = int(self._clock().timestamp())
        try:
            leave = granted(grant, self._key(), at=at, attempt=attempt, used=self._nonces)
            if not self._nonces.spend(leave.nonce, until=leave.expires, at=at):
                raise Ungranted(Word.USED, "the grant was used before")
        except OSError as error:
            raise Failed("not_writable") from error
        return leave

    def _announce(self, call: InHand, files: Sequence[str]) -> None:
        """Play to each party their announcement, both at once, and wait until both are over."""
        longest = 0
        for tag, file in zip(call.tags, files, strict=True):
            try:
                played = self._relay.ask("play media", call_id=call.attempt, from_tag=tag, file=file)
            except RelayRefused as error:
                raise Failed(_word(error) if error.unknown_call else "not_announced") from error
            longest = max(longest, int(played.get("duration", 0)))
        if not longest:
            raise Failed("not_announced")
        over = time.monotonic() + longest / 1000
        while (left := over - time.monotonic()) > 0:
            time.sleep(min(left, CHECK_SECONDS))
            self._relay.ask("query", call_id=call.attempt)

    def _record(self, call: InHand) -> None:
        if free(self._places.spool) < self._places.floor:
            raise Failed("no_room")
        call.count(self._relay.ask("query", call_id=call.attempt))
        self._relay.ask("start recording", call_id=call.attempt)
        over = time.monotonic() + STARTED_SECONDS
        while not (files := self._plain.files(call.attempt)):
            if time.monotonic() > over:
                raise Failed("no_file")
            time.sleep(0.02)
        call.file = str(files[0].relative_to(self._places.spool))

    def _look(self, call: InHand) -> None:
        """See that the relay carries the call, and that what it carries is being written."""
        answer = self._relay.ask("query", call_id=call.attempt)
        if call.forked(answer):
            raise Failed("heard_by_another")
        if not call.recording or call.why:
            return
        if free(self._places.spool) < self._places.floor // 8:
            raise Failed("no_room")
        size = (self._places.spool / call.file).stat().st_size
        if call.carried(answer) - size > BEHIND_BYTES_MAX:
            raise Failed("not_written")

    def _end_unasked(self) -> None:
        """Stop and destroy what the relay writes without a grant: somebody told it to, past the recorder."""
        for attempt in self._plain.calls() - self._beginning:
            call = self._calls.get(attempt)
            if call is not None and call.file:
                continue
            with suppress(RelayGone, RelayRefused):
                self._relay.ask("stop recording", call_id=attempt)
            self._plain.destroy(attempt)
            if call is not None:
                self._fail(call, "recorded_unasked")

    def _relay_gone(self) -> bool:
        """Whether the relay answers neither of two questions."""
        for _ in range(2):
            with suppress(RelayGone):
                self._relay.ask("ping")
                return False
        return True

    def _fail(self, call: InHand, why: str) -> None:
        call.why = why
        with suppress(RelayGone, RelayRefused):
            self._relay.ask("block media", call_id=call.attempt)

    def _left_alone(self, call: InHand) -> None:
        """Seal a call that is over and that nobody finishes."""
        since = self._gone.setdefault(call.attempt, time.monotonic())
        if time.monotonic() - since > ABANDONED_SECONDS and not call.lock.locked():
            threading.Thread(target=self.finish, args=(call.attempt,), daemon=True).start()


def _records_no_more(error: RelayGone | RelayRefused) -> bool:
    """Whether a relay that did not stop records nothing: it is dead, or does not know the call."""
    return _word(error) == "call_gone" or isinstance(error.__cause__, ConnectionRefusedError)


def _word(error: RelayGone | RelayRefused) -> str:
    if isinstance(error, RelayGone):
        return "relay_gone"
    return "call_gone" if error.unknown_call else "relay_refused"
