"""A refused caller hears why: the sound itself arrives, on the wire, from a real relay."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest

from locutorio.telephony.announcing import AT_ONCE_MAX, Announcer, offered
from locutorio.telephony.ng import Relay, RelayGone
from locutorio.telephony.prompts import FOLDER, LANGUAGES, prompt
from tests.telephony.speaking import linear, samples_of

LOOPBACK = "127.0.0.1"
HEADER = 12  # bytes of RTP before its samples
needs_relay = pytest.mark.skipif(shutil.which("rtpengine") is None, reason="needs rtpengine")


def offer(port: int, codecs: str = "0 8 101") -> str:
    """Give the offer of a telephone that listens at a port."""
    return (
        f"v=0\r\no=phone 1 1 IN IP4 {LOOPBACK}\r\ns=-\r\nc=IN IP4 {LOOPBACK}\r\nt=0 0\r\n"
        f"m=audio {port} RTP/AVP {codecs}\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n"
    )


def free_port() -> int:
    """Give a port of UDP on which nobody listens."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind((LOOPBACK, 0))
        return int(door.getsockname()[1])


@pytest.fixture(scope="module")
def control(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run a relay of monitored calls, as it is run in a plane, and give the port that controls it."""
    spool, port = tmp_path_factory.mktemp("spool"), free_port()
    media = free_port() // 200 * 200
    arguments = [
        f"--listen-ng={LOOPBACK}:{port}",
        f"--interface={LOOPBACK}",
        f"--port-min={media}",
        f"--port-max={media + 180}",
        f"--recording-dir={spool}",
        "--recording-method=pcap",
        "--endpoint-learning=off",
    ]
    fixed = ["--config-file=none", "--foreground", "--log-stderr", "--log-level=3", "--table=-1"]
    with (
        (spool / "log").open("wb") as log,
        subprocess.Popen(["rtpengine", *fixed, *arguments], stderr=log) as run,
    ):
        relay = Relay(port)
        for _ in range(250):
            try:
                relay.ask("ping")
                break
            except RelayGone:
                time.sleep(0.02)
        yield port
        run.terminate()
    assert list(spool.glob("**/*.pcap")) == [], "what is announced was recorded"


@pytest.fixture
def announcer(control: int) -> Iterator[Announcer]:
    """Give an announcer, and end what it says."""
    one = Announcer(control, FOLDER)
    yield one
    one.close()


def known(relay: Relay) -> list[str]:
    """Give the calls that a relay knows."""
    return [str(call) for call in relay.ask("list")["calls"]]


def heard(telephone: socket.socket, seconds: float) -> tuple[int, bytes]:
    """Give the payload type and the bytes of sound that arrive at a telephone."""
    telephone.settimeout(0.5)
    kind, sound, end = -1, b"", time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            packet = telephone.recv(2000)
        except TimeoutError:
            break
        kind, sound = packet[1] & 0x7F, sound + packet[HEADER:]
    return kind, sound


def alike(one: list[int], other: list[int]) -> float:
    """Give how alike two sounds are, from -1 to 1, where they are laid one on the other best."""
    best = 0.0
    for shift in range(-400, 401, 8):
        left = one[max(0, shift) :]
        right = other[max(0, -shift) :]
        size = min(len(left), len(right))
        both = sum(a * b for a, b in zip(left[:size], right[:size], strict=True))
        power = sum(a * a for a in left[:size]) * sum(b * b for b in right[:size])
        best = max(best, both / power**0.5 if power else 0.0)
    return best


def a_law(byte: int) -> int:
    """Give a byte of G.711 A-law as a sample of 16 bits."""
    flipped = byte ^ 0x55
    exponent, mantissa = flipped >> 4 & 0x07, flipped & 0x0F
    size = (mantissa << 4) + 8 if exponent == 0 else (mantissa << 4) + 264 << exponent - 1
    return size if flipped & 0x80 else -size


@needs_relay
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_caller_hears_the_very_sentence(announcer: Announcer, lang: str) -> None:
    """What arrives at the telephone is the sound of the reason, whole, and no other in length or content."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as telephone:
        telephone.bind((LOOPBACK, 0))
        told = announcer.announce(
            "booth-1", f"a-{lang}", offer(telephone.getsockname()[1]), "ended-by-staff", lang
        )
        kind, sound = heard(telephone, 4)
    said = samples_of(FOLDER / prompt("ended-by-staff", lang).name)
    other = samples_of(FOLDER / prompt("ended-by-order", lang).name)
    assert told is not None
    assert told.seconds == -(-len(said) // 8000)
    assert kind == 0
    assert len(sound) == pytest.approx(len(said), abs=800)
    assert alike([linear(one) for one in sound], [linear(one) for one in said]) > 0.98
    assert alike([linear(one) for one in sound], [linear(one) for one in other]) < 0.5


@needs_relay
def test_a_telephone_that_speaks_a_law_hears_it_too(announcer: Announcer) -> None:
    """One that offers PCMA alone hears the same sentence."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as telephone:
        telephone.bind((LOOPBACK, 0))
        assert announcer.announce("booth-2", "b", offer(telephone.getsockname()[1], "8 101"), "time-up", "en")
        kind, sound = heard(telephone, 4)
    said = samples_of(FOLDER / prompt("time-up", "en").name)
    assert kind == 8
    assert alike([a_law(one) for one in sound], [linear(one) for one in said]) > 0.95


@needs_relay
def test_what_is_given_back_is_a_description_of_the_relay(announcer: Announcer) -> None:
    """The 183 sends the telephone to the relay alone, to listen and not to speak."""
    told = announcer.announce("booth-3", "c", offer(free_port()), "time-up", "en")
    assert told is not None
    assert told.sdp.startswith("v=0")
    assert f"c=IN IP4 {LOOPBACK}" in told.sdp
    assert "a=sendonly" in told.sdp
    assert "m=audio 0 " not in told.sdp


@needs_relay
def test_the_relay_forgets_it_afterwards(control: int, announcer: Announcer) -> None:
    """When the sentence is over the relay holds nothing of it, and its ports are free."""
    assert announcer.announce("booth-4", "d", offer(free_port()), "ended-by-staff", "en")
    relay = Relay(control)
    assert known(relay) == ["refused-d"]
    end = time.monotonic() + prompt("ended-by-staff", "en").seconds + 3
    while known(relay) and time.monotonic() < end:
        time.sleep(0.1)
    assert known(relay) == []


@needs_relay
def test_a_telephone_hears_one_at_a_time(control: int, announcer: Announcer) -> None:
    """Whoever dials again at once hears the new reason, and the one before is ended."""
    assert announcer.announce("booth-5", "e", offer(free_port()), "suspended", "en")
    assert announcer.announce("booth-5", "f", offer(free_port()), "suspended", "en")
    assert known(Relay(control)) == ["refused-f"]


@needs_relay
def test_a_flood_of_refusals_leaves_ports_to_calls(announcer: Announcer) -> None:
    """Beyond a stated number at once, calls are refused without words."""
    told = [
        announcer.announce(f"booth-{number}", f"g-{number}", offer(free_port()), "suspended", "en")
        for number in range(AT_ONCE_MAX + 3)
    ]
    assert [one is not None for one in told] == [True] * AT_ONCE_MAX + [False] * 3
    announcer.close()
    assert announcer.announce("booth-1", "h", offer(free_port()), "suspended", "en")


@needs_relay
@pytest.mark.parametrize(
    "sdp",
    ["", "v=0", offer(9, "3 18"), offer(9).replace("m=audio", "m=video"), "m=audio 9 RTP/AVP 0", "\0" * 999],
)
def test_what_is_no_offer_is_refused_without_words(control: int, announcer: Announcer, sdp: str) -> None:
    """Whatever a telephone sends as its offer, nothing fails and nothing is left behind."""
    assert announcer.announce("booth-6", "i", sdp, "time-up", "en") is None
    assert known(Relay(control)) == []


def test_a_relay_that_is_dead_or_hangs_is_not_waited_for() -> None:
    """None, at once where nobody listens, and within half a second where nobody answers."""
    began = time.monotonic()
    assert Announcer(free_port(), FOLDER).announce("booth-7", "j", offer(9), "time-up", "en") is None
    assert time.monotonic() - began < 0.2
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind((LOOPBACK, 0))
        one = Announcer(silent.getsockname()[1], FOLDER)
        began = time.monotonic()
        assert one.announce("booth-7", "k", offer(9), "time-up", "en") is None
    assert time.monotonic() - began < 0.5


@pytest.mark.parametrize(
    ("codecs", "expected"), [("0 8", "0"), ("8 0", "8"), ("18 8", "8"), ("96 101", None), ("", None)]
)
def test_the_sound_is_sent_in_what_the_telephone_prefers(codecs: str, expected: str | None) -> None:
    """PCMU or PCMA, whichever comes first in its offer."""
    assert offered(offer(9, codecs)) == expected
