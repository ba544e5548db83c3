"""Files with bytes changed, taken out and put in: each gets an answer that can be kept and told."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence

from locutorio.actions.files.reading import read_file
from locutorio.kernel.faults import Fault
from locutorio.web.documents_said import reading_said
from tests.campaign import Campaign, Done
from tests.documents import made

FILES = 12
KEPT = {"read", "partly", "locked", "broken", "heavy", "letters", "picture", "empty"}


def bent(rng: random.Random, whole: bytes) -> bytes:
    """Give a file with a few places changed, and sometimes its end gone."""
    data = bytearray(whole)
    for _ in range(rng.choice((1, 3, 30, 300))):
        at = rng.randrange(min(8, len(data) - 1), len(data))
        data[at : at + rng.randint(0, 3)] = rng.randbytes(rng.randint(0, 3))
    return bytes(data[: rng.choice((len(data), len(data), rng.randrange(9, len(data))))])


def wholes() -> tuple[bytes, ...]:
    """Give files of every kind."""
    return (
        *(made.mixed(), made.letter(3), made.scanned(2), made.unfolding(b"BT (a) Tj ET" * 100, 2)),
        made.locked(made.printed(made.ENGLISH), ""),
        *(made.PNG, made.JPEG, f"{made.SPANISH} {made.HEBREW}".encode(), made.ARABIC.encode("utf-16")),
    )


def batch(seed: int) -> Done:
    """Read some bent files."""
    rng, tally = random.Random(f"files {seed}"), Counter[str]()
    for _ in range(FILES):
        data = bent(rng, rng.choice(wholes()))
        try:
            found = read_file(data)
        except Fault:
            tally["refused"] += 1
            continue
        tally[found.became] += 1
        assert found.became in KEPT
        assert len(found.text) <= found.pages
        kept = json.dumps([found.plain, found.text], ensure_ascii=False)
        assert "\x00" not in kept
        kept.encode()
        assert all(all(one.strip() for one in reading_said(found.plain, lang)) for lang in ("en", "es"))
    return Done(FILES, tally=tally)


def told(tally: Mapping[str, int]) -> Sequence[str]:
    """Say what became of them."""
    return (", ".join(f"{count:,} {name}" for name, count in sorted(tally.items())),)


CAMPAIGN = Campaign("files", "bent files read", 1_200, FILES, batch, told=told)
