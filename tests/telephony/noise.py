"""Messages of SIP changed at random, sent to a real engine while a call goes on."""

from __future__ import annotations

import random

from tests.campaign import Campaign, Done
from tests.telephony.phones import Phone
from tests.telephony.siege import (
    BARRED,
    PIN,
    WITNESS,
    Siege,
    Stranger,
    besieged,
    goes_on,
    in_the_call,
    talking,
)
from tests.telephony.wire import TELEPHONES, wired

COUNT = 2_000  # of one batch
_ROUND = 20
_LONGEST = 65_507
_MARKS = [
    b"\r\n",
    b"\0",
    b";tag=",
    b'"',
    b"<sip:",
    b"%00",
    b"Route: <sip:a;lr>\r\n",
    b"\r\n\r\n",
    b"*",
    b"\xff",
]


def bent(text: bytes, by: random.Random) -> bytes:
    """Change a message in some of the ways in which bytes can be changed."""
    data = bytearray(text)
    for _ in range(by.randint(1, 8)):
        if not data:
            break
        at = by.randrange(len(data))
        match by.randrange(6):
            case 0:
                data[at] = by.randrange(256)
            case 1:
                del data[at : at + by.randint(1, 40)]
            case 2:
                data[at:at] = by.randbytes(by.randint(1, 20))
            case 3:
                data[at:at] = by.choice(_MARKS)
            case 4:
                data[at:at] = data[max(0, at - 60) : at]
            case _:
                data = data[: at + 1]
    return bytes(data)


def sent(siege: Siege, seed: int, count: int) -> int:
    """Send so many changed messages of a telephone and of a stranger who knows all of a call; give how many.

    The call goes on, nobody else is called, and the engine answers within a second at any time.
    """
    by = random.Random(f"noise {seed}")
    talker, call = talking(siege)
    phone = siege.wire.phone("oak-4", voice=False)
    with Stranger(siege.wire) as stranger:
        for number in range(count):
            if number % _ROUND == 0:
                _, signed = siege.signed(phone, f"1004*{PIN}*{BARRED}")
            match by.randrange(4):
                case 0:
                    phone.send(bent(signed.written(), by), phone.engine)
                case 1:
                    stranger.says(bent(signed.written(), by))
                case 2:
                    method = by.choice(("BYE", "INVITE", "CANCEL", "ACK", "REFER"))
                    stranger.says(bent(in_the_call(call, method, stranger).encode(), by))
                case _:
                    stranger.says(bent(stranger.request("OPTIONS").written(), by))
            if number % (5 * _ROUND) == 0:
                assert siege.alive()
        for size in (0, 1, 2, 4, 100, _LONGEST):
            stranger.says(by.randbytes(size))
    assert siege.alive()
    goes_on(siege, talker, call)
    return count


def batch(seed: int) -> Done:
    """Bring up a plane, send noise to it, and hold that it stands."""
    with wired() as wire:
        plane = wire.plane
        with (
            Phone((plane.address, plane.sip), WITNESS, TELEPHONES[WITNESS]) as witness,
            besieged(wire, witness) as siege,
        ):
            done = sent(siege, seed, COUNT)
        wire.clean()
    return Done(done)


CAMPAIGN = Campaign(
    "sip-noise", "messages of SIP changed at random, in spite of which a call goes on", 100_000, COUNT, batch
)
