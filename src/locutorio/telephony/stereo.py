"""What a relay wrote of a call, as sound: the person on the left, the called party on the right (G.711, WAV).

Only packets count that came from where the relay says a party's voice comes from, to that party's own port: a
stranger's packets stand in what the relay wrote, and in nothing that is made here. Digits pressed are left
out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import ip_address

RATE = 8_000
"""Samples a second, of one byte for each side."""
_MU_LAW, _A_LAW = 0, 8
_SILENCE = b"\xff"
_SECONDS_MAX = 4 * 3_600
_DRIFT_MAX = 2 * RATE
_HEAD_LENGTH, _ETHERNET_LENGTH = 24, 14
_UDP_LENGTH = 8
_RTP_LENGTH = 12
_ORDERS = {
    b"\xd4\xc3\xb2\xa1": ("<", 1e-6),
    b"\xa1\xb2\xc3\xd4": (">", 1e-6),
    b"\x4d\x3c\xb2\xa1": ("<", 1e-9),
    b"\xa1\xb2\x3c\x4d": (">", 1e-9),
}


@dataclass(frozen=True, slots=True)
class Side:
    """Where a voice comes from, as the relay says: address and port there, and the relay's own port."""

    address: str
    port: int
    local_port: int

    @property
    def key(self) -> tuple[bytes, int, int]:
        """Give it as it stands in a packet."""
        return ip_address(self.address).packed, self.port, self.local_port


@dataclass(frozen=True, slots=True)
class _Packet:
    at: float
    side: tuple[bytes, int, int]
    kind: int
    timestamp: int
    source: int
    sound: bytes


def stereo(written: bytes, left: Side, right: Side) -> bytes:
    """Give a WAV file (two channels of mu-law, 8,000 samples a second) of what a relay wrote (pcap).

    A file that ends in the middle of a packet, or before the first, is read as far as it goes. Where nothing
    was heard there is silence.

    Raises:
        ValueError: it is no pcap file of Ethernet frames.
    """
    channels = {left.key: _Channel(), right.key: _Channel()}
    start = None
    for packet in _packets(written):
        channel = channels.get(packet.side)
        if channel is not None and packet.kind in (_MU_LAW, _A_LAW):
            start = packet.at if start is None else start
            channel.add(packet, int((packet.at - start) * RATE))
    both = [channels[side.key].samples for side in (left, right)]
    length = max(map(len, both))
    sound = bytearray(2 * length)
    sound[0::2], sound[1::2] = (side.ljust(length, _SILENCE) for side in both)
    return _wav(bytes(sound))


def seconds_of(wav: bytes) -> int:
    """Give how long a file of ``stereo`` is, in whole seconds, begun ones counted."""
    return -(-max(0, len(wav) - len(_wav(b""))) // (2 * RATE))


@dataclass(slots=True)
class _Channel:
    """One side's samples, each put where its timestamp says, counted from when its stream began."""

    samples: bytearray = field(default_factory=bytearray)
    _streams: dict[int, tuple[int, int]] = field(default_factory=dict)

    def add(self, packet: _Packet, arrived: int) -> None:
        """Add a packet that came ``arrived`` samples after the first of the call."""
        began, first = self._streams.get(packet.source, (arrived, packet.timestamp))
        ahead = (packet.timestamp - first + 2**31) % 2**32 - 2**31
        if abs(began + ahead - arrived) > _DRIFT_MAX:
            began, first, ahead = arrived, packet.timestamp, 0
        self._streams[packet.source] = began, first
        at = began + ahead
        sound = packet.sound if packet.kind == _MU_LAW else packet.sound.translate(_FROM_A_LAW)
        if 0 <= at < _SECONDS_MAX * RATE:
            if len(self.samples) < at:
                self.samples.extend(_SILENCE * (at - len(self.samples)))
            self.samples[at : at + len(sound)] = sound


def _packets(written: bytes) -> Iterator[_Packet]:
    if len(written) < _HEAD_LENGTH:
        return
    order, unit = _ORDERS.get(written[:4], ("", 0.0))
    if not order or struct.unpack(f"{order}I", written[20:24])[0] != 1:
        raise ValueError("this is no pcap file of Ethernet frames")
    head, at = struct.Struct(f"{order}IIII"), _HEAD_LENGTH
    while at + head.size <= len(written):
        seconds, parts, length, _ = head.unpack_from(written, at)
        at += head.size
        if at + length > len(written):
            return
        packet = _packet(seconds + parts * unit, written[at + _ETHERNET_LENGTH : at + length])
        at += length
        if packet is not None:
            yield packet


def _packet(at: float, data: bytes) -> _Packet | None:
    """Read an RTP packet from an IP packet; None where it holds none."""
    version = data[0] >> 4 if data else 0
    if version not in (4, 6):
        return None
    start, source = ((data[0] & 15) * 4, data[12:16]) if version == 4 else (40, data[8:24])
    rtp = data[start + _UDP_LENGTH :]
    if len(rtp) < _RTP_LENGTH or rtp[0] >> 6 != 2:
        return None
    here, there = struct.unpack_from("!HH", data, start)
    kind, timestamp, stream = rtp[1] & 0x7F, *struct.unpack_from("!II", rtp, 4)
    return _Packet(at, (source, here, there), kind, timestamp, stream, _sound(rtp))


def _sound(rtp: bytes) -> bytes:
    """Give what an RTP packet carries, without its sources, its extension and what fills it up."""
    start = _RTP_LENGTH + 4 * (rtp[0] & 0x0F)
    if rtp[0] & 0x10:
        start += 4 + 4 * int.from_bytes(rtp[start + 2 : start + 4], "big")
    return rtp[start : len(rtp) - rtp[-1] if rtp[0] & 0x20 else len(rtp)]


def _wav(sound: bytes) -> bytes:
    form = struct.pack("<HHIIHHH", 7, 2, RATE, 2 * RATE, 2, 8, 0)
    chunks = ((b"fmt ", form), (b"fact", struct.pack("<I", len(sound) // 2)), (b"data", sound))
    body = b"WAVE" + b"".join(name + struct.pack("<I", len(data)) + data for name, data in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _linear_of_a_law(code: int) -> int:
    code ^= 0x55
    step, value = (code & 0x70) >> 4, (code & 0x0F) << 4
    value = value + 8 if step == 0 else (value + 0x108) << (step - 1)
    return value if code & 0x80 else -value


def _mu_law_of_linear(value: int) -> int:
    size = min(abs(value), 32_635) + 0x84
    step = size.bit_length() - 8
    return ~((0x80 if value < 0 else 0) | step << 4 | (size >> (step + 3)) & 0x0F) & 0xFF


_FROM_A_LAW = bytes(_mu_law_of_linear(_linear_of_a_law(code)) for code in range(256))
