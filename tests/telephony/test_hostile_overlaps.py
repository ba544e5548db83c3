"""Calls that overlap, requests that come again or out of turn, and answers of two."""

from __future__ import annotations

import re
import time

from tests.telephony.message import Message, offer
from tests.telephony.phones import FAR, Behaviour
from tests.telephony.siege import ALLOWED, BARRED, DIALLED, ELSEWHERE, PERSON, PIN, Siege, goes_on, talking

HERE = "127.0.0.1"


def test_a_person_has_one_call_from_however_many_telephones(siege: Siege) -> None:
    """Calls of one person that overlap, dialled at one moment from many telephones: one is connected."""
    phones = [siege.wire.phone(f"oak-{number}", voice=False) for number in range(1, 6)]
    signed = [siege.signed(phone) for phone in phones]
    for phone, (call, request) in zip(phones, signed, strict=True):
        phone.sent(call, request)
    codes = sorted(call.final().code for call, _ in signed)
    assert codes == [200, 486, 486, 486, 486]
    assert len(siege.wire.far.legs) == 1
    next(call for call, _ in signed if call.answer is not None and call.answer.code == 200).hang_up()


def test_a_call_id_is_one_calls(siege: Siege) -> None:
    """Another telephone that takes a live call's Call-ID, tag and all, gets no call and disturbs none."""
    phone, call = talking(siege)
    other = siege.wire.phone("oak-2", voice=False)
    again = other.begun(f"1002*{PIN}*{ALLOWED}", call.call_id)
    again.tag = call.tag
    challenge = other.challenged(again)
    other.again(again, challenge)
    assert again.final().code == 482
    goes_on(siege, phone, call)


def test_one_branch_for_two_calls_is_one_call(siege: Siege) -> None:
    """Two requests with one branch, to two numbers, are not mistaken for each other to the gain of anyone."""
    phone = siege.wire.phone(voice=False)
    call, request = siege.signed(phone)
    other, second = siege.signed(phone, f"{PERSON}*{PIN}*{BARRED}")
    branch = re.search(r"branch=(\S+)", request.one("Via"))
    assert branch is not None
    phone.sent(call, request)
    phone.send(
        re.sub(r"branch=\S+", f"branch={branch[1]}", second.written().decode(), count=1).encode(),
        phone.engine,
    )
    assert call.final().code == 200
    call.hang_up()
    assert other.came.empty() or other.final().code >= 400


def test_a_request_sent_many_times_is_asked_and_called_once(siege: Siege) -> None:
    """However often the same bytes come, before it is decided and after, it is one question and one call."""
    siege.wire.point.hangs = 0.3
    phone = siege.wire.phone(voice=False)
    call, request = siege.signed(phone)
    call.request = request
    for _ in range(20):
        phone.send(request, phone.engine)
    call.until(200)
    for _ in range(5):
        phone.send(request, phone.engine)
    time.sleep(0.2)
    assert len(siege.wire.point.asked) == 1
    assert len(siege.wire.far.legs) == 1


def test_a_call_given_up_before_it_is_decided_is_not_placed(siege: Siege) -> None:
    """Who hangs up while it is decided calls nobody, also when the answer is yes."""
    siege.wire.point.hangs = 0.5
    call = siege.wire.phone(voice=False).call(DIALLED)
    call.until(100)
    siege.wire.until(lambda: siege.wire.point.asked)
    call.cancel()
    while (found := call.final()).method != "INVITE":
        pass
    assert found.code == 487
    siege.wire.point.hangs = 0
    time.sleep(0.7)
    assert siege.wire.far.legs == []


def test_an_end_before_the_beginning_ends_nothing(siege: Siege) -> None:
    """A BYE in a call that only rings never leaves one under way that nobody counts."""
    siege.wire.far.behaves(ALLOWED, Behaviour(rings=0.5))
    phone = siege.wire.phone(voice=False)
    call = phone.call(DIALLED)
    call.answer = call.until(180)
    call.ask("BYE")
    time.sleep(0.8)
    call.answer = None
    assert 4 not in [each["state"] for each in siege.wire.engine.calls()]


def test_an_acknowledgement_with_an_offer_changes_nothing(siege: Siege) -> None:
    """An ACK that brings a description of its own moves no voice: the far end never sees it."""
    phone = siege.wire.phone()
    call = phone.call(DIALLED)
    while (found := call.response()).code < 200:
        pass
    call.answer, call.answered_at = found, time.monotonic()
    call.ask("ACK", cseq=call.cseq, body=offer(ELSEWHERE, 40_000))
    assert phone.voice is not None
    phone.voice.toward(found.body)
    assert phone.voice.hears(FAR)
    assert ELSEWHERE not in "".join(each.raw for each in siege.at_trunk)
    goes_on(siege, phone, call)


def test_two_who_answer_are_one_call(siege: Siege) -> None:
    """Where two at the far end answer one call, one voice is heard and the call ends as one."""
    phone, call = talking(siege)
    leg = siege.wire.far.leg()
    second = leg.invite.answer(
        200,
        "OK",
        ("Contact", f"<sip:far@{HERE}:{siege.wire.far.port}>"),
        ("Content-Type", "application/sdp"),
        tag="second",
        body=offer(ELSEWHERE, 40_000),
    )
    siege.wire.far.send(second, leg.source)
    time.sleep(0.2)
    goes_on(siege, phone, call)


def test_an_end_that_comes_again_is_the_same_end(siege: Siege) -> None:
    """A BYE whose answer was late comes again: it is answered as before, and nobody is accused of it."""
    phone, call = talking(siege)
    sent: list[Message | bytes] = []
    send = phone.send

    def kept(message: Message | bytes, to: tuple[str, int]) -> None:
        sent.append(message)
        send(message, to)

    phone.send = kept  # type: ignore[method-assign]
    call.hang_up()
    for _ in range(5):
        send(sent[-1], phone.engine)
        assert call.response().code == 200
    siege.wire.point.event("ended", why="caller")
    assert [each["event"] for each in siege.wire.point.events if each["event"] == "violation"] == []
