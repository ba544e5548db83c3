"""The standby: answers the engine where the decision point does not, from the signed register alone.

It has no database. It connects registered numbers and emergency lines, on the private plane and from a
telephone that showed which it is, and nothing else; it can neither let a call be monitored nor know who is
calling. Every answer is on disk before it is given.
"""

from __future__ import annotations

import json
import re
import signal
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from types import FrameType
from typing import Any
from uuid import UUID

from locutorio.actions.clock import now
from locutorio.actions.importing.remarks import Unread
from locutorio.actions.importing.telephones import read_telephone
from locutorio.record.register import Register, Untrusted
from locutorio.store.spool import Spool
from locutorio.telephony.asked import Asked
from locutorio.telephony.local_register import LocalRegister
from locutorio.telephony.plane import LOOPBACK, Plane

VERSION = 1
LIMIT_SECONDS = 3_600
VALID_SECONDS = 30
SILENT_SECONDS_MAX = 10
CLOSE_SECONDS = 1.0
_CALLED = re.compile(r"\+?[0-9]{2,20}")
_TELEPHONE = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_TEXTS = ("boot", "person", "call_id", "from_tag", "source")
_TEXT_LENGTH_MAX = 255

Answer = dict[str, Any]


class Malformed(Exception):
    """What was asked is no question of the engine."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the engine asks of one attempt to call; the PIN is left out as it is read."""

    attempt: UUID
    telephone: str
    called: str
    cseq: int
    texts: Mapping[str, str]

    @classmethod
    def read(cls, data: bytes) -> Question:
        """Read a question.

        Raises:
            Malformed: it is none.
        """
        try:
            said = json.loads(data)
            attempt = UUID(said["attempt"])
            telephone, called, cseq = said["telephone"], said["called"], said["cseq"]
            texts = {name: said[name] for name in _TEXTS}
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise Malformed from error
        if not (
            said.get("v") == VERSION
            and isinstance(cseq, int)
            and isinstance(telephone, str)
            and isinstance(called, str)
            and _TELEPHONE.fullmatch(telephone)
            and _CALLED.fullmatch(called)
            and all(isinstance(one, str) and len(one) <= _TEXT_LENGTH_MAX for one in texts.values())
        ):
            raise Malformed
        return cls(attempt, telephone, called, cseq, texts)


@dataclass(frozen=True, slots=True)
class _Found:
    """What is known of a number: how it is dialled on and of what kind it is, or why it is not connected."""

    number: str = ""
    kind: str = ""
    reason: str = ""
    version: int | None = None
    register: str = "trusted"


class Standby:
    """What the standby answers.

    Args:
        register: the signed register.
        spool: where answers are kept.
        emergency: numbers as they are dialled that are connected even without any register.
    """

    def __init__(self, register: LocalRegister, spool: Spool, emergency: frozenset[str]) -> None:
        self._register = register
        self._spool = spool
        self._emergency = emergency

    def answer(self, question: Question, at: float, elapsed: float) -> Answer:
        """Answer an attempt, and keep that.

        Where it cannot be kept, emergency lines are connected still, and nothing else is.

        Args:
            question: of the engine.
            at: the second since 1970, UTC.
            elapsed: seconds by a clock that only goes on.
        """
        found = self._found(question.called, at, elapsed)
        line = _line(question, found, at)
        try:
            if found.kind:
                self._spool.add(line)
            else:
                self._spool.add_refusal(line)
        except OSError:
            if found.kind and found.kind != "emergency":
                return _refused(question, "could-not-record", at)
        return _allowed(question, found, at) if found.kind else _refused(question, found.reason, at)

    def standing(self, at: float, elapsed: float) -> str:
        """Say in a word how the register stands."""
        try:
            self._register.trusted(at, elapsed)
        except Untrusted as fault:
            return fault.word
        return "trusted"

    def _found(self, called: str, at: float, elapsed: float) -> _Found:
        standing = self.standing(at, elapsed)
        if called in self._emergency:
            return _Found(called, "emergency", register=standing)
        register = self._register.last(elapsed)
        if register is None:
            return _Found(reason="register-not-trusted", register=standing)
        number = _number(called, register)
        line = register.line_of(number)
        if line is None:
            return _Found(number, reason="could-not-decide", version=register.version, register=standing)
        return _Found(number, line.kind, version=register.version, register=standing)


def _number(called: str, register: Register) -> str:
    """Give a dialled number as the register writes it; as it was dialled where it is no number."""
    if register.line_of(called) is not None:
        return called
    try:
        return read_telephone(called, register.region).number
    except Unread:
        return called


def _line(question: Question, found: _Found, at: float) -> Mapping[str, Any]:
    return {
        "v": VERSION,
        "attempt": str(question.attempt),
        "at_ms": int(at * 1000),
        "telephone": question.telephone,
        "called": found.number or question.called,
        "cseq": question.cseq,
        "decision": "allow" if found.kind else "refuse",
        "kind": found.kind,
        "reason": found.reason,
        "limit_seconds": LIMIT_SECONDS if found.kind else 0,
        "register": found.register,
        "version": found.version,
        **question.texts,
    }


def _allowed(question: Question, found: _Found, at: float) -> Answer:
    return {
        "v": VERSION,
        "attempt": str(question.attempt),
        "decision": "allow",
        "person": f"telephone:{question.telephone}",
        "media": "private",
        "limit_seconds": LIMIT_SECONDS,
        "expires_at": int(at) + VALID_SECONDS,
        "called": found.number,
        "code": 200,
        "phrase": "OK",
        "reason": found.kind,
        "language": "en",
        "announce": None,
    }


def _refused(question: Question, reason: str, at: float) -> Answer:
    return _allowed(question, _Found(question.called), at) | {
        "decision": "refuse",
        "code": 503,
        "phrase": "Service Unavailable",
        "reason": reason,
    }


class Server(ThreadingHTTPServer):
    """The standby on loopback, for whoever has the engine's secret. Serves until ``shutdown``."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], standby: Standby, spool: Spool, secret: str) -> None:
        super().__init__(address, _Handler)
        self.standby = standby
        self.credential = b"Basic " + b64encode(f"engine:{secret}".encode())
        self._spool = spool
        self._stopped = threading.Event()
        self._closing = threading.Thread(target=self._close_in_turn, daemon=True)
        self._closing.start()

    def server_close(self) -> None:
        """Stop listening, and let the last answers be taken."""
        super().server_close()
        self._stopped.set()
        self._closing.join()

    def _close_in_turn(self) -> None:
        stopped = False
        while not stopped:
            stopped = self._stopped.wait(CLOSE_SECONDS)
            try:
                self._spool.close()
            except OSError as error:
                sys.stderr.write(f"the spool of the standby cannot be written: {error.strerror}\n")


def main(plane: Plane) -> None:
    """Be the standby of a plane, until told to end."""
    spool = Spool(plane.standby_spool)
    register = LocalRegister(plane.register, plane.standby_spool / "seen")
    standby = Standby(register, spool, frozenset(plane.emergency))
    server = Server((LOOPBACK, plane.standby), standby, spool, plane.secret)
    signal.signal(signal.SIGTERM, _end)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


class _Handler(Asked):
    timeout = SILENT_SECONDS_MAX
    server: Server

    def do_POST(self) -> None:  # noqa: N802 - the library's name
        """Answer a question of the engine."""
        data = self.body(self.server.credential)
        if data is None:
            return
        try:
            question = Question.read(data)
        except Malformed:
            self.answer(HTTPStatus.BAD_REQUEST, {})
            return
        at, elapsed = now().timestamp(), time.monotonic()
        self.answer(HTTPStatus.OK, self.server.standby.answer(question, at, elapsed))

    def do_GET(self) -> None:  # noqa: N802 - the library's name
        """Say that it runs, and how its register stands."""
        standing = self.server.standby.standing(now().timestamp(), time.monotonic())
        self.answer(HTTPStatus.OK, {"v": VERSION, "register": standing})
