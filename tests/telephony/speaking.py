"""Makes the sounds of the telephone from their sentences: `python -m tests.telephony.speaking`.

espeak-ng speaks at 22,050 samples a second. Here that becomes 8,000: what a telephone cannot carry is
filtered out, silence at both ends is cut, loudness is brought to one level, and samples become mu-law. Only
sounds whose sentence changed, or that are not there, are made again.
"""

from __future__ import annotations

import array
import hashlib
import io
import math
import operator
import struct
import subprocess
import sys
import wave
from pathlib import Path

from locutorio.kernel.texts import read_bytes, read_documents
from locutorio.telephony.prompts import FOLDER, LANGUAGES

VOICES = {"en": "en-us", "es": "es-419"}
WORDS_A_MINUTE = "145"
RATE = 8000
TAPS, CUTOFF = 64, 3500
LOUDEST, QUIET = 20_000, 150
BEFORE, AFTER = 0.1, 0.3  # seconds of silence that are left
HEADER = "file\tseconds\tsha256\tsays\n"


def sentences() -> dict[tuple[str, str], str]:
    """Give each sentence by its slug and language."""
    path = FOLDER / "sentences.yaml"
    (root,) = read_documents(read_bytes(path), path.name)
    return {
        (slug, lang): text.text()
        for slug, said in root.entries().items()
        for lang, text in said.entries(required=LANGUAGES).items()
    }


def spoken(text: str, lang: str) -> bytes:
    """Give a sentence as mu-law samples. Needs espeak-ng."""
    command = ["espeak-ng", "-v", VOICES[lang], "-s", WORDS_A_MINUTE, "--stdout", text]
    with wave.open(
        io.BytesIO(_headed(subprocess.run(command, check=True, capture_output=True).stdout))
    ) as read:
        samples = array.array("h", read.readframes(read.getnframes()))
        rate = read.getframerate()
    slow = _cut(resampled(samples, rate))
    loud = LOUDEST / max(abs(one) for one in slow)
    return bytes(mu_law(int(one * loud)) for one in slow)


def _headed(stream: bytes) -> bytes:
    """Put the true lengths into a WAV that was written to a pipe."""
    at = stream.index(b"data")
    fixed = stream[: at + 4] + struct.pack("<I", len(stream) - at - 8) + stream[at + 8 :]
    return fixed[:4] + struct.pack("<I", len(fixed) - 8) + fixed[8:]


def resampled(samples: array.array[int], rate: int) -> list[float]:
    """Bring samples to the rate of a telephone, through a windowed low-pass filter."""
    step = math.gcd(rate, RATE)
    up, down = RATE // step, rate // step
    filters = [_taps(phase / up, rate) for phase in range(up)]
    padded = [0] * TAPS + list(samples) + [0] * TAPS
    slow = []
    for index in range(len(samples) * up // down):
        whole, phase = divmod(index * down, up)
        first = whole + TAPS - TAPS // 2 + 1
        slow.append(sum(map(operator.mul, padded[first : first + TAPS], filters[phase])))
    return slow


def _taps(ahead: float, rate: int) -> list[float]:
    edge = 2 * CUTOFF / rate
    taps = []
    for index in range(TAPS):
        away = index - TAPS // 2 + 1 - ahead
        window = 0.5 + 0.5 * math.cos(2 * math.pi * away / TAPS)
        taps.append(window * (math.sin(math.pi * edge * away) / (math.pi * away) if away else edge))
    return taps


def _cut(samples: list[float]) -> list[float]:
    """Leave a little silence before the first sound and after the last."""
    heard = [index for index, one in enumerate(samples) if abs(one) > QUIET]
    told = samples[heard[0] : heard[-1] + 1][
        : (heard[-1] + 1 - heard[0]) // 2 * 2
    ]  # a chunk of WAV is of even length
    return [0.0] * int(BEFORE * RATE) + told + [0.0] * int(AFTER * RATE)


def mu_law(sample: int) -> int:
    """Give a sample of 16 bits as the byte of G.711 mu-law."""
    sign = 0x80 if sample < 0 else 0
    biased = min(abs(sample), 32_635) + 132
    exponent = biased.bit_length() - 8
    return ~(sign | exponent << 4 | biased >> exponent + 3 & 0x0F) & 0xFF


def linear(byte: int) -> int:
    """Give a byte of G.711 mu-law as a sample of 16 bits."""
    flipped = ~byte & 0xFF
    size = ((flipped & 0x0F) << 3) + 132 << (flipped >> 4 & 0x07)
    return 132 - size if flipped & 0x80 else size - 132


def wav(samples: bytes) -> bytes:
    """Give mu-law samples as a WAV file."""
    form = struct.pack("<HHIIHHH", 7, 1, RATE, RATE, 1, 8, 0)
    fact = struct.pack("<I", len(samples))
    chunks = ((b"fmt ", form), (b"fact", fact), (b"data", samples))
    body = b"WAVE" + b"".join(name + struct.pack("<I", len(data)) + data for name, data in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def samples_of(path: Path) -> bytes:
    """Give the mu-law samples of a file that was made here."""
    raw = path.read_bytes()
    at = raw.index(b"data") + 4
    return raw[at + 4 : at + 4 + struct.unpack_from("<I", raw, at)[0]]


def listed() -> dict[str, tuple[str, str, str]]:
    """Give, by the name of each file, seconds, sha256 and sentence, as `files.tsv` tells them."""
    lines = (FOLDER / "files.tsv").read_text("utf-8").splitlines()[1:]
    return {
        name: (seconds, digest, says) for name, seconds, digest, says in (line.split("\t") for line in lines)
    }


def main() -> int:
    """Make what is not there or is of another sentence, drop what has no sentence, and write the list."""
    said = {f"{lang}/{slug}.wav": (lang, text) for (slug, lang), text in sentences().items()}
    before = listed() if (FOLDER / "files.tsv").exists() else {}
    rows = []
    for name, (lang, text) in sorted(said.items()):
        path = FOLDER / name
        path.parent.mkdir(exist_ok=True)
        if not path.exists() or before.get(name, ("", "", ""))[2] != text:
            path.write_bytes(wav(spoken(text, lang)))
            print(name)
        seconds = len(samples_of(path)) / RATE
        rows.append(f"{name}\t{seconds:.2f}\t{hashlib.sha256(path.read_bytes()).hexdigest()}\t{text}\n")
    for path in FOLDER.glob("*/*.wav"):
        if path.relative_to(FOLDER).as_posix() not in said:
            path.unlink()
    (FOLDER / "files.tsv").write_text(HEADER + "".join(rows), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
