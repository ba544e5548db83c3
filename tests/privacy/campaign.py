"""Establishments drawn by seeds, in which everybody reads all they can; for the suite and for `make soak`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from unittest.mock import patch

from django.test import override_settings

from locutorio.actions import clock
from locutorio.actions.keep_log import keep_log
from locutorio.store.actor import PROGRAM
from locutorio.web.api import limiting
from tests.campaign import Campaign, Done
from tests.databases import fresh
from tests.privacy.planting import NOW, Plan, World, made, plan_of
from tests.privacy.reading import INSIDE, OUTSIDE, Reader, found, seated
from tests.privacy.table import KINDS

QUICK = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
LIMITS = (limiting.BY_TOKEN, limiting.BY_ADDRESS, limiting.OF_WRONG_TOKENS)
OF_POSTGRESQL = 4
READ_A_WORLD = 4_000
TOLD = (
    "name",
    "birthday",
    "order",
    "measure",
    "hold",
    "told",
    "emergency",
    "note",
    "proposal",
    "supervision",
)


@contextmanager
def opened(plan: Plan, kind: str = "sqlite") -> Iterator[World]:
    """Give the establishment of a plan, with an account for each reader, and its log signed."""
    before = [limit.most for limit in LIMITS]
    with override_settings(**QUICK), fresh(kind), patch.object(clock, "now", lambda: NOW):
        try:
            for limit in LIMITS:
                limit.most = 10**9
            world = made(plan)
            seated(world.oak)
            keep_log(PROGRAM, world.oak.id, NOW)
            yield world
        finally:
            for limit, most in zip(LIMITS, before, strict=True):
                limit.most = most


def read_all(
    plan: Plan, kind: str = "sqlite", readers: Sequence[Reader] = (*OUTSIDE, *INSIDE)
) -> Counter[str]:
    """Let readers read all they can of an establishment; give how much that was, and what they rightly read.

    Raises:
        AssertionError: somebody read what they may not know.
    """
    tally: Counter[str] = Counter()
    with opened(plan, kind) as world:
        for reader in readers:
            told = found(world.oak, reader, world.planted)
            assert told.leaks == [], "\n".join([*told.leaks[:20], str(plan)])
            tally["read"] += told.read
            tally.update({f"of {name}": count for name, count in told.rightly.items()})
    return tally


def batch(seed: int) -> Done:
    """Read one establishment, drawn by a seed; one of four on PostgreSQL."""
    kind = "postgresql" if seed % OF_POSTGRESQL == OF_POSTGRESQL - 1 else "sqlite"
    tally = read_all(plan_of(seed), kind)
    return Done(tally["read"], tally={"establishments": 1, **tally})


def told(tally: Mapping[str, int]) -> Sequence[str]:
    """Say in how many establishments, and how often who may know a secret read it."""
    rightly = ", ".join(f"{name} {tally.get(f'of {name}', 0):,}" for name in TOLD)
    return (
        f"{tally['establishments']:,} establishments, {len(KINDS)} kinds of secret in each",
        f"read by those who may know them: {rightly}",
    )


def lacking(tally: Mapping[str, int]) -> Sequence[str]:
    """Say which kinds nobody read at all, so that nothing would have been found of them."""
    return [f"nobody read any secret of the kind {name}" for name in TOLD if not tally.get(f"of {name}")]


CAMPAIGN = Campaign(
    "privacy",
    "pages and files read by everybody, no secret found",
    400_000,
    READ_A_WORLD,
    batch,
    told=told,
    lacking=lacking,
)
