"""What hostile cases are measured by: nothing that was not allowed reached the trunk; the engine goes on."""

from __future__ import annotations

import contextlib
import queue
import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.telephony.message import Message, credentials, offer, token
from tests.telephony.phones import FAR, PHONE, Agent, Call, Phone
from tests.telephony.wire import Wire

PERSON, PIN = "1001", "8301947265"
ALLOWED, BARRED = "+12025550101", "+12025550199"
DIALLED = f"{PERSON}*{PIN}*{ALLOWED}"
ELSEWHERE = "127.0.0.9"  # an address of this machine that no part of the plane has
SILENCE = 0
WITNESS = "oak-8"  # the telephone whose call must still be possible afterwards
ENGINE_SECONDS = 1.0

Bend = Callable[[str], str | bytes]


class Stranger(Agent):
    """Somebody on the network who sends what they like, and keeps what comes back."""

    def __init__(self, wire: Wire, address: str = ELSEWHERE) -> None:
        self.engine = (wire.plane.address, wire.plane.sip)
        self.came: queue.Queue[Message] = queue.Queue()
        super().__init__(address)

    def says(self, message: Message | str | bytes) -> None:
        self.send(message.encode() if isinstance(message, str) else message, self.engine)

    def answer(self, wait: float = 2.0) -> Message | None:
        """Give the next response that is no 100, or None if none comes."""
        until = time.monotonic() + wait
        while (left := until - time.monotonic()) > 0:
            try:
                found = self.came.get(timeout=left)
            except queue.Empty:
                return None
            if found.code > 100:
                return found
        return None

    def request(self, method: str, *more: tuple[str, str], uri: str = "", body: str = "") -> Message:
        """Give a request as it should be, without credentials."""
        target = uri or f"sip:{DIALLED}@{self.engine[0]}:{self.engine[1]}"
        named = {name.lower() for name, _ in more}
        usual = (
            ("Via", f"SIP/2.0/UDP {self.address}:{self.port};rport;branch=z9hG4bK{token()}"),
            ("From", f"<sip:oak-1@{self.address}>;tag={token()}"),
            ("To", f"<{target}>"),
            ("Call-ID", token()),
            ("CSeq", f"1 {method}"),
            ("Contact", f"<sip:oak-1@{self.address}:{self.port}>"),
            ("Max-Forwards", "20"),
            *((("Content-Type", "application/sdp"),) if body else ()),
        )
        kept = (each for each in usual if each[0].lower() not in named)
        return Message(f"{method} {target} SIP/2.0", (*kept, *more), body)

    def invitation(self, *more: tuple[str, str], uri: str = "", body: str | None = None) -> Message:
        """Give an INVITE as a telephone sends it, without credentials."""
        return self.request(
            "INVITE", *more, uri=uri, body=offer(self.address, 40_000) if body is None else body
        )

    def _came(self, message: Message, source: tuple[str, int]) -> None:
        if message.code:
            self.came.put(message)


class Siege:
    """A plane under attack. `stands` is asked after every case."""

    def __init__(self, wire: Wire, witness: Phone) -> None:
        self.wire = wire
        self.at_trunk: list[Message] = []
        self._witness = witness
        self._before = self._processes()
        self._log = len(wire.log("kamailio"))
        wire.point.says(ALLOWED)

    def signed(self, phone: Phone, dialled: str = DIALLED, body: str | None = None) -> tuple[Call, Message]:
        """Give an INVITE of a telephone with its right credentials, not yet sent."""
        call = phone.begun(dialled)
        challenge = phone.challenged(call)
        call.cseq += 1
        shown = credentials(challenge.one("Proxy-Authenticate"), phone.name, phone.secret, call.uri)
        call.request = phone.invitation(call, ("Proxy-Authorization", shown), body=body)
        return call, call.request

    def stands(self) -> None:
        """Hold that no bypass came of a case, that nothing broke, and that who may call still can."""
        began = time.monotonic()
        assert self.alive(), "the engine does not answer within a second"
        self._only_what_was_allowed()
        before = len(self.wire.far.legs)
        call = self._witness.call(f"1008*9*{ALLOWED}")
        assert call.final().code == 200, "a permitted call is no longer possible"
        assert self._witness.voice is not None
        assert self._witness.voice.hears(FAR)
        call.hang_up()
        assert len(self.wire.far.legs) == before + 1
        assert self._processes() == self._before, "a process of the plane was started again"
        assert time.monotonic() - began < 5

    def settled(self) -> None:
        """Take the processes as they are now for those that must not be started again."""
        self._before = self._processes()

    def alive(self) -> bool:
        """Say whether the engine answers within a second."""
        engine = (self.wire.plane.address, self.wire.plane.sip)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
            door.bind((engine[0], 0))
            door.settimeout(ENGINE_SECONDS / 4)
            via = f"SIP/2.0/UDP {engine[0]}:{door.getsockname()[1]};branch=z9hG4bK{token()}"
            some = (
                ("From", "<sip:a@b>;tag=1"),
                ("To", "<sip:b@b>"),
                ("Call-ID", token()),
                ("CSeq", "1 OPTIONS"),
            )
            question = Message("OPTIONS sip:b@b SIP/2.0", (("Via", via), *some)).written()
            for _ in range(4):  # a datagram may be lost among others: who asks asks again
                door.sendto(question, engine)
                with contextlib.suppress(TimeoutError):
                    return door.recv(4096).startswith(b"SIP/2.0 200")
        return False

    def _only_what_was_allowed(self) -> None:
        asked = [each["attempt"] for each in self.wire.point.asked if each["called"] == ALLOWED]
        branches = set()
        for message in self.at_trunk:
            assert PIN not in re.sub(r"branch=\S+", "", message.raw).replace(ALLOWED, ""), "the PIN went out"
            if message.method == "INVITE" and not message.tag("To"):
                assert message.start.startswith(f"INVITE sip:{ALLOWED}@"), message.start
                branches.add(message.all("Via")[0])
        assert len(branches) <= len(asked), "a call was placed without a question"
        assert PIN not in self.wire.log("kamailio")[self._log :], "the PIN is in the engine's log"
        assert PIN not in self.wire.journal().replace(ALLOWED, ""), "the PIN is in the journal"

    def _processes(self) -> dict[str, int]:
        return {part: self.wire.pid(part) for part in self.wire.parts}


@contextmanager
def besieged(wire: Wire, witness: Phone) -> Iterator[Siege]:
    """Give a plane to attack; at the end it must stand."""
    one = Siege(wire, witness)
    usual = wire.far._came

    def seen(message: Message, source: tuple[str, int]) -> None:
        if not message.code:
            one.at_trunk.append(message)
        usual(message, source)

    wire.far._came = seen  # type: ignore[method-assign]
    try:
        yield one
        one.stands()
    finally:
        wire.far._came = usual  # type: ignore[method-assign]


def without(name: str) -> Bend:
    """Leave a header out."""
    return lambda text: re.sub(rf"(?im)^{name}:.*\r\n", "", text, count=1)


def put(name: str, value: str) -> Bend:
    """Give a header another value."""
    return lambda text: re.sub(rf"(?im)^{name}:.*\r\n", lambda _: f"{name}: {value}\r\n", text, count=1)


def also(*lines: str) -> Bend:
    """Put lines before all other headers."""
    return lambda text: text.replace("\r\n", "\r\n" + "".join(f"{line}\r\n" for line in lines), 1)


def after(*lines: str) -> Bend:
    """Put lines after all other headers."""
    return lambda text: text.replace(
        "\r\n\r\n", "\r\n" + "".join(f"{line}\r\n" for line in lines) + "\r\n", 1
    )


def swap(old: str, new: str) -> Bend:
    """Put one text in the place of another; it must be there."""

    def bent(text: str) -> str:
        assert old in text, old
        return text.replace(old, new)

    return bent


def code(call: Call, wait: float = 0.4) -> int:
    """Give the code of the final response, or SILENCE where none comes."""
    try:
        return call.final(wait).code
    except AssertionError:
        return SILENCE


def talking(siege: Siege, name: str = "oak-1") -> tuple[Phone, Call]:
    """Give a call in which both hear each other."""
    phone = siege.wire.phone(name)
    call = phone.call(DIALLED)
    assert call.final().code == 200
    assert phone.voice is not None
    assert phone.voice.hears(FAR)
    return phone, call


def goes_on(siege: Siege, phone: Phone, call: Call) -> None:
    """Hold that a call was neither ended nor changed, and end it."""
    assert phone.voice is not None
    assert phone.voice.hears(FAR)
    assert siege.wire.far.voice.hears(PHONE)
    assert not call.ended.is_set()
    call.hang_up()


def in_the_call(call: Call, method: str, stranger: Stranger, *, tags: tuple[str, str] | None = None) -> str:
    """Give a request of a stranger that names a call; with the right tags, if none are given."""
    assert call.answer is not None
    ours, theirs = tags or (call.tag, call.answer.tag("To"))
    routes = "".join(f"Route: {each}\r\n" for each in reversed(call.answer.all("Record-Route")))
    contact = re.search(r"<([^>]*)>", call.answer.one("Contact"))
    assert contact is not None
    return (
        f"{method} {contact[1]} SIP/2.0\r\n"
        f"Via: SIP/2.0/UDP {stranger.address}:{stranger.port};branch=z9hG4bK{token()}\r\n{routes}"
        f"From: <sip:oak-1@127.0.0.1>;tag={ours}\r\n"
        f"To: <{call.uri}>;tag={theirs}\r\n"
        f"Call-ID: {call.call_id}\r\nCSeq: {call.cseq + 20} {method}\r\n"
        "Max-Forwards: 9\r\nContent-Length: 0\r\n\r\n"
    )
