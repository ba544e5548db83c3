"""Telephones for tests: one that calls (with digest and a voice), and the far end where numbers are."""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.telephony.agent import WAIT_SECONDS, Agent
from tests.telephony.message import Message, credentials, offer, token
from tests.telephony.voice import Voice

_AGAIN_SECONDS = 0.5
PHONE, FAR = 0x11, 0x22
__all__ = ["FAR", "PHONE", "WAIT_SECONDS", "Agent", "Behaviour", "Call", "Far", "Leg", "Phone"]


@dataclass
class Call:
    """A call that a `Phone` makes, from its first request on."""

    phone: Phone
    uri: str
    call_id: str
    tag: str
    cseq: int = 1
    request: Message | None = None
    heard: bool = False
    answer: Message | None = None
    came: queue.Queue[Message] = field(default_factory=queue.Queue)
    seen: list[Message] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)
    ended_at: float = 0.0
    answered_at: float = 0.0
    bye: Message | None = None

    def response(self, wait: float = WAIT_SECONDS) -> Message:
        """Give the next response; until there is any, the request is sent again, as datagrams must be.

        Raises:
            AssertionError: none comes.
        """
        until, again = time.monotonic() + wait, _AGAIN_SECONDS
        while True:
            try:
                found = self.came.get(timeout=max(0.0, min(again, until - time.monotonic())))
            except queue.Empty:
                assert time.monotonic() < until, f"no response to {self.uri} within {wait} s"
                if self.request is not None and not self.heard:
                    self.phone.send(self.request, self.phone.engine)
                    again *= 2
                continue
            self.heard = True
            self.seen.append(found)
            return found

    def final(self, wait: float = WAIT_SECONDS) -> Message:
        """Give the final response, and acknowledge it as it must be."""
        while (found := self.response(wait)).code < 200:
            pass
        if found.method == "INVITE":
            self._settled(found)
        return found

    def until(self, code: int, wait: float = WAIT_SECONDS) -> Message:
        """Give the next response of a code."""
        while (found := self.response(wait)).code != code:
            pass
        return found

    def _settled(self, found: Message) -> None:
        if found.code >= 300:
            self.phone.send(self._ack(found), self.phone.engine)
            return
        self.answer, self.answered_at = found, time.monotonic()
        self.ask("ACK", cseq=self.cseq)
        if self.phone.voice is not None:
            self.phone.voice.toward(found.body)

    def _ack(self, refusal: Message) -> Message:
        assert self.request is not None
        kept = [
            each for each in self.request.headers if each[0] in ("Via", "From", "Call-ID", "Max-Forwards")
        ]
        number = self.request.one("CSeq").split()[0]
        more = (("To", refusal.one("To")), ("CSeq", f"{number} ACK"))
        return Message(f"ACK {self.uri} SIP/2.0", (*kept, *more))

    def ask(self, method: str, *more: tuple[str, str], body: str = "", cseq: int | None = None) -> None:
        """Send a request within the call."""
        assert self.answer is not None
        self.cseq = cseq if cseq is not None else self.cseq + 1
        contact = re.search(r"<([^>]*)>", self.answer.one("Contact"))
        routes = [each for line in reversed(self.answer.all("Record-Route")) for each in line.split(",")]
        kind = (("Content-Type", "application/sdp"),) if body else ()
        headers = (
            ("Via", self.phone.via()),
            *(("Route", each) for each in routes),
            ("From", f"<sip:{self.phone.name}@{self.phone.address}>;tag={self.tag}"),
            ("To", self.answer.one("To")),
            ("Call-ID", self.call_id),
            ("CSeq", f"{self.cseq} {method}"),
            ("Contact", self.phone.contact),
            ("Max-Forwards", "20"),
            *kind,
            *more,
        )
        target = contact[1] if contact else self.uri
        self.phone.send(Message(f"{method} {target} SIP/2.0", headers, body), self.phone.engine)

    def hang_up(self) -> None:
        self.ask("BYE")
        while (found := self.response()).method != "BYE":
            pass
        assert found.code == 200, found.start
        self.ended_at = time.monotonic()
        self.ended.set()

    def cancel(self) -> None:
        """Give up a call that rings."""
        assert self.request is not None
        names = ("Via", "From", "To", "Call-ID", "Max-Forwards")
        kept = tuple(each for each in self.request.headers if each[0] in names)
        number = self.request.one("CSeq").split()[0]
        self.phone.send(
            Message(f"CANCEL {self.uri} SIP/2.0", (*kept, ("CSeq", f"{number} CANCEL"))), self.phone.engine
        )

    def seconds(self, wait: float = WAIT_SECONDS) -> float:
        """Wait until the other side ends the call, and give how long it lasted from its answer on."""
        assert self.ended.wait(wait), "nobody ended the call"
        return self.ended_at - self.answered_at


class Phone(Agent):
    """A telephone of the establishment."""

    def __init__(self, engine: tuple[str, int], name: str, secret: str, *, voice: bool = True) -> None:
        self.engine, self.name, self.secret = engine, name, secret
        self._calls: dict[str, Call] = {}
        self.voice = Voice(engine[0], PHONE) if voice else None
        super().__init__(engine[0])

    @property
    def contact(self) -> str:
        return f"<sip:{self.name}@{self.address}:{self.port}>"

    def via(self) -> str:
        return f"SIP/2.0/UDP {self.address}:{self.port};branch=z9hG4bK{token()}"

    def close(self) -> None:
        super().close()
        if self.voice is not None:
            self.voice.close()

    def invitation(self, call: Call, *more: tuple[str, str], body: str | None = None) -> Message:
        """Give the request that begins a call, without credentials."""
        if body is None:
            body = offer(self.address, self.voice.port if self.voice else 40_000)
        headers = (
            ("Via", self.via()),
            ("From", f"<sip:{self.name}@{self.address}>;tag={call.tag}"),
            ("To", f"<{call.uri}>"),
            ("Call-ID", call.call_id),
            ("CSeq", f"{call.cseq} INVITE"),
            ("Contact", self.contact),
            ("Max-Forwards", "20"),
            *((("Content-Type", "application/sdp"),) if body else ()),
            *more,
        )
        return Message(f"INVITE {call.uri} SIP/2.0", headers, body)

    def call(self, dialled: str, *more: tuple[str, str], body: str | None = None, call_id: str = "") -> Call:
        """Dial: the challenge is answered; what comes then is the call's to give."""
        call = self.begun(dialled, call_id)
        challenge = self.challenged(call, *more, body=body)
        self.again(call, challenge, *more, body=body)
        return call

    def begun(self, dialled: str, call_id: str = "") -> Call:
        """Give a call for which nothing was sent yet."""
        call = Call(self, f"sip:{dialled}@{self.address}:{self.engine[1]}", call_id or token(), token())
        self._calls[call.call_id] = call
        return call

    def challenged(self, call: Call, *more: tuple[str, str], body: str | None = None) -> Message:
        """Ask without credentials and give the challenge."""
        self.sent(call, self.invitation(call, *more, body=body))
        found = call.final()
        assert found.code == 407, found.start
        return found

    def again(self, call: Call, challenge: Message, *more: tuple[str, str], body: str | None = None) -> None:
        """Ask once more, with credentials."""
        call.cseq += 1
        shown = credentials(challenge.one("Proxy-Authenticate"), self.name, self.secret, call.uri)
        self.sent(call, self.invitation(call, ("Proxy-Authorization", shown), *more, body=body))

    def sent(self, call: Call, request: Message) -> None:
        call.request, call.heard = request, False
        self.send(request, self.engine)

    def _came(self, message: Message, source: tuple[str, int]) -> None:
        call = self._calls.get(message.one("Call-ID"))
        if message.code:
            if call is not None:
                call.came.put(message)
        elif message.method == "BYE" and call is not None:
            call.bye, call.ended_at = message, time.monotonic()
            self.send(message.answer(200, "OK"), source)
            call.ended.set()
        elif message.method != "ACK":
            self.send(message.answer(481, "Call/Transaction Does Not Exist"), source)


@dataclass
class Behaviour:
    """What the far end does with a call: after how many seconds it answers, with what code and body."""

    code: int = 200
    phrase: str = "OK"
    rings: float = 0.02
    early: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    provisional: tuple[int, str] = (180, "Ringing")
    hangs_up: float | None = None


@dataclass
class Leg:
    """A call as it came to the far end."""

    invite: Message
    source: tuple[str, int]
    tag: str = field(default_factory=token)
    requests: list[Message] = field(default_factory=list)
    responses: queue.Queue[Message] = field(default_factory=queue.Queue)
    answered_at: float = 0.0
    ended: threading.Event = field(default_factory=threading.Event)
    ended_at: float = 0.0


class Far(Agent):
    """The telephone network: every number of it can be made to behave."""

    def __init__(self, address: str, port: int) -> None:
        self.voice = Voice(address, FAR)
        self.legs: list[Leg] = []
        self._behaviours: dict[str, Behaviour] = {}
        self._later_on: list[threading.Timer] = []
        super().__init__(address, port)

    def behaves(self, number: str, behaviour: Behaviour) -> None:
        self._behaviours[number] = behaviour

    def forget(self) -> None:
        self._behaviours.clear()
        self.legs.clear()
        self.voice.hush()
        self.voice.heard.clear()

    def leg(self, wait: float = WAIT_SECONDS) -> Leg:
        """Give the call that came last, once one has."""
        until = time.monotonic() + wait
        while not self.legs:
            assert time.monotonic() < until, "no call came to the far end"
            time.sleep(0.005)
        return self.legs[-1]

    def close(self) -> None:
        for each in self._later_on:
            each.cancel()
        super().close()
        self.voice.close()

    def request(self, leg: Leg, method: str, *more: tuple[str, str], body: str = "") -> Message:
        """Send a request from the far end within a call, and give the response."""
        contact = re.search(r"<([^>]*)>", leg.invite.one("Contact"))
        target = contact[1] if contact else ""
        routes = [each for line in leg.invite.all("Record-Route") for each in line.split(",")]
        headers = (
            ("Via", f"SIP/2.0/UDP {self.address}:{self.port};branch=z9hG4bK{token()}"),
            *(("Route", each) for each in routes),
            ("From", f"{leg.invite.one('To')};tag={leg.tag}"),
            ("To", leg.invite.one("From")),
            ("Call-ID", leg.invite.one("Call-ID")),
            ("CSeq", f"{len(leg.requests) + 100} {method}"),
            ("Contact", f"<sip:far@{self.address}:{self.port}>"),
            ("Max-Forwards", "20"),
            *((("Content-Type", "application/sdp"),) if body else ()),
            *more,
        )
        leg.requests.append(Message(method, ()))
        self.send(Message(f"{method} {target} SIP/2.0", headers, body), leg.source)
        return leg.responses.get(timeout=WAIT_SECONDS)

    def hang_up(self, leg: Leg) -> None:
        found = self.request(leg, "BYE")
        assert found.code == 200, found.start
        leg.ended_at = time.monotonic()
        leg.ended.set()

    def _came(self, message: Message, source: tuple[str, int]) -> None:
        known = next((leg for leg in self.legs if leg.invite.one("Call-ID") == message.one("Call-ID")), None)
        if message.code:
            if known is not None:
                known.responses.put(message)
        elif message.method == "INVITE" and not message.tag("To"):
            if known is None:
                self._rings(Leg(message, source))
        elif known is not None:
            known.requests.append(message)
            self._within(known, message, source)

    def _within(self, leg: Leg, message: Message, source: tuple[str, int]) -> None:
        if message.method == "CANCEL":
            self.send(message.answer(200, "OK", tag=leg.tag), source)
            self.send(leg.invite.answer(487, "Request Terminated", tag=leg.tag), leg.source)
        if message.method in ("CANCEL", "BYE"):
            leg.ended_at = time.monotonic()
            leg.ended.set()
        if message.method not in ("ACK", "CANCEL"):
            self.send(message.answer(200, "OK", tag=leg.tag), source)

    def _rings(self, leg: Leg) -> None:
        self.legs.append(leg)
        number = leg.invite.start.split()[1].removeprefix("sip:").partition("@")[0]
        behaviour = self._behaviours.get(number, Behaviour())
        if behaviour.provisional[0]:
            early = offer(self.address, self.voice.port) if behaviour.early else ""
            self._answers(leg, *behaviour.provisional, early)
            if early:
                self.voice.toward(leg.invite.body)
        if behaviour.code:
            self._later(behaviour.rings, lambda: self._settles(leg, behaviour))

    def _settles(self, leg: Leg, behaviour: Behaviour) -> None:
        if leg.ended.is_set():
            return
        body = behaviour.body
        if body is None:
            body = offer(self.address, self.voice.port) if behaviour.code < 300 else ""
        leg.answered_at = time.monotonic()
        if behaviour.code < 300:
            self.voice.toward(leg.invite.body)
        self._answers(leg, behaviour.code, behaviour.phrase, body, *behaviour.headers)
        if behaviour.hangs_up is not None:
            self._later(behaviour.hangs_up, lambda: self.hang_up(leg))

    def _answers(self, leg: Leg, code: int, phrase: str, body: str, *more: tuple[str, str]) -> None:
        kind = (("Content-Type", "application/sdp"),) if body else ()
        contact = ("Contact", f"<sip:far@{self.address}:{self.port}>")
        self.send(leg.invite.answer(code, phrase, contact, *kind, *more, tag=leg.tag, body=body), leg.source)

    def _later(self, seconds: float, does: Callable[[], None]) -> None:
        soon = threading.Timer(seconds, does)
        soon.daemon = True
        self._later_on.append(soon)
        soon.start()
