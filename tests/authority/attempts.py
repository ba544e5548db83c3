"""Every role against every action, every read and every page: what they name is somebody's, or nobody's."""

from __future__ import annotations

import importlib
import inspect
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from math import log
from random import Random
from types import ModuleType
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

from django.test import Client, override_settings
from django.urls import URLPattern

from locutorio.actions import authority, clock
from locutorio.actions.acts import acts
from locutorio.actions.authority import About, PurposeNeeded, Refused
from locutorio.actions.create_account import FOR_CONTACT, Role
from locutorio.store.actor import Actor
from locutorio.store.knowledge import PartyMember
from locutorio.store.models import Account
from locutorio.store.transaction import Sent
from locutorio.web.seats import roles_of
from tests.authority.code import Found, functions
from tests.databases import fresh
from tests.gate.at_oak import TEN
from tests.web.seated import Seated
from tests.web.test_hostile_establishment import (
    NOW,
    SECRET,
    THEIRS,
    World,
    address_of,
    takes,
    two_establishments,
    walled,
)

OUTSIDE = frozenset({*FOR_CONTACT, Role.PERSON})
WHOSE = ("own", "theirs", "elm", "nobody")
ID_MEANS = {
    "booking_shown": "booking",
    "gate_shown": "booking",
    "person_shown": "person",
    "notice": "notice",
    "request": "request",
    "call_whole": "call",
    "own_call": "call",
    "open_recording": "recording",
    "recording_shown": "recording",
    "recording_played": "recording",
}
OTHERS_NAMES = {"child": "contact", "adult": "contact", "other_person": "person", "subject": "person"}
OF_ONESELF = {"by": "public", "way": "page", "window": "public"}
OF_STAFF = {"by": "staff", "way": "telephone", "window": "staff"}
CLAIMING = {
    *("request_visit", "book_visit", "change_booking", "cancel_booking"),
    *("times_shown", "times_of_request"),
}
NOISE = 1.25
DONE = {200, 302, 303, 400, 409}
LEFT = re.compile(
    rb'name="(?:csrfmiddlewaretoken|command)" value="[^"]*"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
)


class Passed(Exception):
    """What was asked may be done; it is not."""


@dataclass
class Place:
    """A world, whose each identifier in it is, and the accounts by role."""

    world: World
    ids: Mapping[str, Mapping[str, UUID]]
    accounts: Mapping[str, UUID]
    _signed_in: tuple[str, Client] | None = None

    def actor(self, role: str) -> Actor:
        """Give who acts in a role."""
        oak = self.world.gate.oak
        contacts = (oak.contacts["alder"],) if role in FOR_CONTACT else ()
        person = oak.people["rowan"] if role == Role.PERSON else None
        return Actor(
            self.accounts[role],
            frozenset({role}),
            contacts,
            person,
            factor="passkey",
            authenticated_at=NOW,
            establishment=oak.id,
        )

    def client(self, role: str) -> Client:
        """Give a browser in which a role is signed in. It is one role at a time: each ends the one before.

        The clock of a world is ahead, so that whoever signs in clears away the sessions of the others.
        """
        if self._signed_in is None or self._signed_in[0] != role:
            seat = Seated(self.world.names[role])
            seat.client.handler.enforce_csrf_checks = False
            self._signed_in = role, seat.client
        return self._signed_in[1]

    def whose(self, id_: UUID) -> str:
        """Give whose a thing is."""
        return next((name for name, ids in self.ids.items() if id_ in ids.values()), "nobody")


@contextmanager
def place(kind: str) -> Iterator[Place]:
    """Give two establishments in a fresh database, and an account of each role in one of them."""
    with (
        fresh(kind) as store,
        override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]),
        patch.object(clock, "now", lambda: NOW),
    ):
        store.use()
        world = two_establishments()
        accounts = dict(Account.objects.values_list("name", "id"))
        by_role = {role: accounts[name] for role, name in world.names.items()}
        yield Place(world, {name: world.whose[name] for name in WHOSE}, by_role)


class Named:
    """What an action is told, as far as it looks at it before it asks: each attribute by its name."""

    def __init__(self, ids: Mapping[str, UUID], said: Mapping[str, str]) -> None:
        self._ids, self._said = ids, said

    def __getattr__(self, name: str) -> object:
        return value_of(name, self._ids, self._said)


def value_of(name: str, ids: Mapping[str, UUID], said: Mapping[str, str]) -> object:
    """Give what a name means."""
    if name == "party":
        return (PartyMember(ids["contact"]),)
    return ids.get(OTHERS_NAMES.get(name, name)) or said.get(name) or uuid4()


@dataclass(frozen=True)
class Call:
    """One function of the actions, called by a role, at the own establishment or another.

    ``claims``: what it is told says something in the name of staff.
    """

    function: Found
    role: str
    of: str
    elsewhere: bool
    claims: bool = False


def calls() -> list[Call]:
    """Give every call there is: each function that asks for an act, by each role, of whom and where."""
    return [
        Call(function, role, of, elsewhere, claims)
        for function in functions()
        if function.act
        for role in Role
        for of in WHOSE
        for elsewhere in (False, True)
        for claims in ((False, True) if function.name in CLAIMING else (False,))
    ]


def called(one: Call, here: Place) -> str:
    """Make a call, which ends as soon as it is allowed; say what is wrong with it, if anything is."""
    seen: list[About] = []
    real = authority.authorize

    def asked(actor: Actor, act: str, about: About, purpose: str = "", *, at: datetime | None = None) -> None:
        seen.append(about)
        real(actor, act, about, purpose, at=at)
        raise Passed

    module = importlib.import_module(f"locutorio.actions.{one.function.module}")
    with ExitStack() as patched:
        for name in ("authorize", "reading"):
            if hasattr(module, name):
                patched.enter_context(patch.object(module, name, asked))
        try:
            getattr(module, one.function.name)(**arguments(module, one, here, here.actor(one.role)))
        except (Passed, PurposeNeeded):
            allowed = True
        except Refused:
            allowed = False
        else:
            return f"{one}: it did not ask"
    if one.elsewhere and "Sent" in one.function.takes and seen[0].at != here.world.elm.id:
        return f"{one}: it asks of another establishment than it changes"
    ought = _ought(one, seen[0], here)
    return "" if allowed == ought else f"{one}: {'allowed' if allowed else 'refused'}, of {seen[0]}"


def arguments(module: ModuleType, one: Call, here: Place, by: Actor) -> dict[str, object]:
    """Give what a function is called with by somebody, for a call."""
    oak, elm = here.world.gate.oak.id, here.world.elm.id
    at, ids = elm if one.elsewhere else oak, here.ids[one.of]
    said = OF_STAFF if one.claims else OF_ONESELF
    if one.function.name == "cancel_booking" and not one.claims:
        said = {"by": "contact"}
    given: dict[str, object] = {
        "by": by,
        "at": at,
        "sent": Sent(uuid4(), at, NOW, by),
        "name": here.world.names[one.role if one.of == "own" else "visits"],
        "account": here.accounts[one.role if one.of == "own" else "auditor"],
        "id_": ids.get(ID_MEANS.get(one.function.name, "")) or uuid4(),
        "on": TEN.date(),
        "what": Named(ids, said),
        "new": Named({**ids, "account": here.accounts[one.role if one.of == "own" else "auditor"]}, said),
    }
    wanted = inspect.signature(getattr(module, one.function.name)).parameters.values()
    return {
        name.name: given[name.name] if name.name in given else value_of(name.name, ids, said)
        for name in wanted
        if name.default is inspect.Parameter.empty
    }


def _ought(one: Call, about: About, here: Place) -> bool:
    """Tell whether a role may do an act to something, by whose it is in this world."""
    how = acts()[str(one.function.act)].who.get(one.role)
    if how is None or about.at != here.world.gate.oak.id:
        return False
    if one.claims and how != "here":
        return False
    if about.id is None:
        return how in {"here", "self"}
    if about.kind == "account":
        return how == "here" or about.id == here.accounts[one.role]
    whose = here.whose(about.id)
    if how == "here":
        return whose in {"own", "theirs"}
    return whose == "own" and not (one.role == Role.PERSON and how == "told")


@dataclass(frozen=True)
class Asked:
    """One page, asked for or sent to by a role; what its address names is somebody's."""

    pattern: URLPattern
    role: str
    of: str
    sends: bool


def pages() -> list[Asked]:
    """Give every page with every role, of whom, asked for and sent to."""
    return [
        Asked(pattern, role, of, sends)
        for pattern in walled()
        if roles_of(pattern.callback)
        for role in Role
        for of in WHOSE
        for sends in (False, True)
    ]


def looked(one: Asked, here: Place, rng: Random) -> str:
    """Ask for a page; say what is wrong with the answer, if anything is."""
    response = _answer(one, here, one.of, rng)
    may, status = one.role in (roles_of(one.pattern.callback) or ()), response.status_code
    hidden = (SECRET, THEIRS) if one.role in OUTSIDE else (SECRET,)
    told = response.content.decode(errors="replace")
    if any(name in told for name in hidden):
        return f"{one}: it tells somebody else's name"
    if one.sends and not takes(one.pattern):
        return "" if status == 405 else f"{one}: {status}"
    if not may:
        return "" if status == 403 else f"{one}: {status} for a role that may not"
    if not one.pattern.pattern.converters.keys() - {"lang", "key"}:
        return "" if status in DONE | {404} else f"{one}: {status}"
    if one.of in {"elm", "nobody"} or (one.of == "theirs" and one.role in OUTSIDE):
        return _hidden(one, here, response, rng)
    mine = one.role in OUTSIDE and one.of == "own" and one.role != Role.PERSON
    return "" if status in (DONE if mine else DONE | {404}) else f"{one}: {status}"


def _hidden(one: Asked, here: Place, response: Any, rng: Random) -> str:
    """Compare an answer about what is not theirs with the answer about what is not there."""
    absent = _answer(one, here, "nobody", rng)
    if plain(response) != plain(absent):
        return f"{one}: {response.status_code} is not as for what is not there, {absent.status_code}"
    return "" if response.status_code in {404, 303} else f"{one}: {response.status_code}"


def plain(response: Any) -> tuple[int, bytes, bytes]:
    """Give an answer without what differs each time: tokens, commands, the identifier asked for."""
    leads = response.headers.get("Location", "").encode()
    return response.status_code, LEFT.sub(b"", leads), LEFT.sub(b"", response.content)


def _answer(one: Asked, here: Place, of: str, rng: Random) -> Any:
    client, address = here.client(one.role), address_of(one.pattern, dict(here.ids[of]))
    if not one.sends:
        return client.get(address)
    return client.post(address, {"command": str(UUID(int=rng.getrandbits(128), version=4))})


@dataclass(frozen=True)
class Tried:
    """How many calls and pages there were, what was wrong, and the ratio of times of `compared`."""

    count: int
    wrong: list[str]
    ratio: float


def tried(kind: str, seed: int, share: float = 1.0, rounds: int = 0) -> Tried:
    """Make every call and ask for every page in an order drawn by a seed, or a share of them."""
    rng = Random(f"roles {seed}")
    with place(kind) as here:
        some, others = calls(), pages()
        some = rng.sample(some, int(len(some) * share))
        others = sorted(rng.sample(others, int(len(others) * share)), key=lambda one: one.role)
        found = [said for one in some if (said := called(one, here))]
        found += [said for one in others if (said := looked(one, here, rng))]
        ratio = (
            steady(lambda more: {"a page": compared(here, rounds * more, rng)})["a page"] if rounds else 1.0
        )
    return Tried(len(some) + len(others), found, ratio)


def compared(here: Place, rounds: int, rng: Random) -> float:
    """Give how long a page of what is not theirs takes for a family, beside one of what is not there.

    Both are asked for in turn.
    """
    client = here.client(Role.FAMILY)
    pattern = next(one for one in walled() if one.name == "visits-request")
    addresses = {of: address_of(pattern, dict(here.ids[of])) for of in ("theirs", "nobody")}
    times: dict[str, list[float]] = {of: [] for of in addresses}
    for _ in range(rounds):
        for of in rng.sample(sorted(addresses), len(addresses)):
            begun = time.perf_counter()
            assert client.get(addresses[of]).status_code == 404
            times[of].append(time.perf_counter() - begun)
    return quiet(times["theirs"]) / quiet(times["nobody"])


def steady(ratios: Callable[[int], Mapping[str, float]]) -> Mapping[str, float]:
    """Give ratios of times, and where one is beyond NOISE, of what is measured twice the one nearer to 1.

    What else the machine did does not come again in four times as many rounds; what the program does, does.
    """
    found = ratios(1)
    if all(1 / NOISE < ratio < NOISE for ratio in found.values()):
        return found
    again = ratios(4)
    return {name: min(found[name], again[name], key=lambda one: abs(log(one))) for name in found}


def quiet(times: Sequence[float]) -> float:
    """Give the time that one in five does not reach: what else the machine did lengthens the others."""
    return sorted(times)[len(times) // 5]
