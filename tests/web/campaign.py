"""The attacks of one seed on every page, form field and operation, for `make soak`."""

from __future__ import annotations

from collections import Counter
from unittest.mock import patch

from django.test import Client, override_settings

from locutorio.actions import clock
from locutorio.actions.create_account import STAFF, Role
from locutorio.web.api import limiting
from tests.databases import fresh
from tests.web import test_hostile, test_hostile_establishment
from tests.web.api import generating, test_hostile_api, worlds

OPEN_SHARE, PAGES_SHARE, API_SHARE = 64, 1_500, 24
EXAMPLES, OF_POSTGRESQL = 4, 4
QUICK = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}


def attacks(seed: int) -> Counter[str]:
    """Try them; give how many went to the open pages, to those of an establishment, and to the API.

    Raises:
        AssertionError: something broke, was told, or was changed elsewhere.
    """
    kind = "postgresql" if seed % OF_POSTGRESQL == OF_POSTGRESQL - 1 else "sqlite"
    with override_settings(**QUICK):
        return Counter(open=_open(seed), pages=_pages(seed, kind), api=_api(seed, kind))


def _open(seed: int) -> int:
    client = Client(raise_request_exception=False, HTTP_HOST="127.0.0.1")
    every = enumerate(test_hostile.tried(client))
    chosen = [one for number, one in every if number % OPEN_SHARE == seed % OPEN_SHARE]
    for one in chosen:
        assert test_hostile.wrong(test_hostile.send(client, one)) == [], one
    return len(chosen)


def _pages(seed: int, kind: str) -> int:
    of = test_hostile_establishment
    sent = 0
    for roles, hidden in (
        ((Role.FAMILY, Role.PERSON), (of.SECRET, of.THEIRS)),
        (sorted(STAFF), (of.SECRET,)),
    ):
        with fresh(kind), patch.object(clock, "now", lambda: of.NOW):
            world = of.two_establishments()
            before = of.kept(world.elm)
            found, _, tried = of.walk(world, roles, hidden, share=PAGES_SHARE, turn=seed)
            assert found == []
            assert of.kept(world.elm) == before
            sent += tried
    return sent


def _api(seed: int, kind: str) -> int:
    limits = (limiting.BY_TOKEN, limiting.BY_ADDRESS, limiting.OF_WRONG_TOKENS)
    before = [limit.most for limit in limits]
    try:
        for limit in limits:
            limit.most = 10**9
        with fresh(kind), patch.object(clock, "now", worlds.now):
            world = worlds.made_world()
            known = test_hostile_api.known_of(world)
            found, there = test_hostile_api.walk(world, known, API_SHARE, seed)
            assert found == []
        with fresh(kind), patch.object(clock, "now", worlds.now):
            world = worlds.made_world()
            tokens = [world.family.token, world.others.token, world.officer.token]
            generated = generating.tried(seed, EXAMPLES, tokens, worlds.named(world))
            return there.total() // API_SHARE + generated.total()
    finally:
        for limit, most in zip(limits, before, strict=True):
            limit.most = most
