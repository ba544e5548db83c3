"""A relay's file becomes sound: each side where it belongs, at its own time, and nobody else's."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locutorio.telephony.stereo import Side, seconds_of, stereo
from tests.telephony.recorders import Opened
from tests.telephony.relay import CALLED_TONE, PERSON_TONE, loudest, tone

PERSON, CALLED = Side("127.0.0.1", 4_000, 30_000), Side("127.0.0.1", 5_000, 30_002)
_A_LAW_OF = {0xFF: 0xD5, 0x80: 0xAA, 0x00: 0x2A}


def frame(
    at: float, side: Side, number: int, sound: bytes, *, kind: int = 0, source: int = 1, flags: int = 0
) -> bytes:
    """Give a packet as a relay writes it."""
    rtp = struct.pack("!BBHII", 0x80 | flags, kind, number % 65_536, number * 160 % 2**32, source) + sound
    udp = struct.pack("!HHHH", side.port, side.local_port, 8 + len(rtp), 0) + rtp
    address = bytes(map(int, side.address.split(".")))
    packet = bytes(12) + b"\x08\x00" + b"\x45" + bytes(11) + address + bytes(4) + udp
    return struct.pack("<IIII", int(at), int(at % 1 * 1e6), len(packet), len(packet)) + packet


def pcap(*frames: bytes) -> bytes:
    """Give a file of packets."""
    return struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65_535, 1) + b"".join(frames)


def spoken(side: Side, pitch: int, start: float = 1_000, **how: int) -> list[bytes]:
    """Give a second of speech of one side."""
    first = how.pop("first", 0)
    return [
        frame(start + each / 50, side, first + each, tone(pitch, each * 160, 160), **how)
        for each in range(50)
    ]


def sound(*frames: bytes) -> Opened:
    """Give what is heard."""
    return Opened(stereo(pcap(*frames), PERSON, CALLED))


def test_each_side_has_its_own_channel() -> None:
    """The person is heard on the left, the called party on the right, for as long as they spoke."""
    heard = sound(*spoken(PERSON, PERSON_TONE), *spoken(CALLED, CALLED_TONE, 1_000.5))

    assert (loudest(heard.left), loudest(heard.right[4_000:])) == (PERSON_TONE, CALLED_TONE)
    assert set(heard.right[:3_900]) == {0xFF}
    assert seconds_of(heard.wav) == 2


def test_only_the_two_parties_are_heard() -> None:
    """Packets from another address or port, or to another port, and pressed digits are left out."""
    strangers = [
        Side("127.0.0.2", 4_000, 30_000),
        Side("127.0.0.1", 4_001, 30_000),
        Side("127.0.0.1", 4_000, 30_002),
    ]
    frames = [each for side in strangers for each in spoken(side, 300, source=9)]
    digits = spoken(PERSON, 300, kind=101)

    assert sound(*frames, *digits).left == b""
    assert loudest(sound(*frames, *spoken(PERSON, PERSON_TONE)).left) == PERSON_TONE


def test_late_lost_and_disordered_packets_leave_the_rest_in_place() -> None:
    """What was lost is silence, and what came in another order stands where it was spoken."""
    frames = spoken(PERSON, PERSON_TONE)
    mixed = [*frames[10:20], *frames[:10], *frames[30:]]
    whole, heard = sound(*frames).left, sound(*sorted(mixed[10:20]), *mixed[:10], *mixed[20:]).left

    assert heard[: 20 * 160] == whole[: 20 * 160]
    assert heard[20 * 160 : 30 * 160] == b"\xff" * 1_600
    assert heard[30 * 160 :] == whole[30 * 160 :]


def test_a_timestamp_that_begins_anew_does_not_move_what_follows() -> None:
    """A stream whose timestamps wrap, or jump by hours, goes on at the time at which it came."""
    wraps = spoken(PERSON, PERSON_TONE, first=2**32 // 160 - 25)
    jumps = [*spoken(PERSON, PERSON_TONE)[:25], *spoken(PERSON, PERSON_TONE, 1_000.5, first=9_000_000)[:25]]

    assert len(sound(*wraps).left) == 8_000
    assert len(sound(*jumps).left) == 8_000


def test_the_other_law_of_sound_is_heard_alike() -> None:
    """Samples in A-law come out as the same loudness in mu-law, within a step."""
    for mu_law, a_law in _A_LAW_OF.items():
        heard = sound(frame(1, PERSON, 0, bytes([a_law]) * 160, kind=8)).left
        assert abs(heard[0] - mu_law) <= 1


def test_what_stands_before_and_after_the_sound_is_no_sound() -> None:
    """An extension of the head and what fills a packet up are left out."""
    extended = struct.pack("!HH", 0xBEDE, 1) + b"abcd" + b"\x11" * 160
    filled = b"\x11" * 157 + b"\x00\x00\x03"

    assert sound(frame(1, PERSON, 0, extended, flags=0x10)).left == b"\x11" * 160
    assert sound(frame(1, PERSON, 0, filled, flags=0x20)).left == b"\x11" * 157


@given(cut=st.integers(0, 2_000))
def test_a_file_that_ends_early_is_read_as_far_as_it_goes(cut: int) -> None:
    """A relay that died in the middle of a packet, or could write nothing, leaves what was whole before."""
    whole = sound(*spoken(PERSON, PERSON_TONE)).left
    heard = Opened(stereo(pcap(*spoken(PERSON, PERSON_TONE))[:cut], PERSON, CALLED)).left

    assert heard == whole[: len(heard)]


@given(data=st.binary(max_size=400))
def test_whatever_stands_in_a_file_nothing_else_goes_wrong(data: bytes) -> None:
    """Packets of any bytes are sound or are left out; a file that is none is said to be none."""
    head = struct.pack("<IIII", 1, 0, len(data), len(data))
    stereo(pcap(head + data, head + data[:-1]), PERSON, CALLED)
    with pytest.raises(ValueError, match="pcap"):
        stereo(bytes(24) + data, PERSON, CALLED)
