"""Every role against every operation of the API: with tokens of all kinds, a session, nothing; of whomever.

What ought to be answered is read off the table of acts, and off nothing of the door's code.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

from django.test import Client

from locutorio.actions.acts import acts
from locutorio.actions.create_account import FOR_CONTACT, Role
from locutorio.actions.make_token import Kind
from locutorio.store import tokens
from locutorio.store.models import Booking, Notice, Request, Token
from locutorio.web.api import limiting
from locutorio.web.api.document import document, operations
from tests.authority.attempts import OUTSIDE, Place, place, quiet, steady
from tests.web.api.programs import looked_over
from tests.web.seated import account
from tests.web.test_hostile_establishment import NOW, SECRET, THEIRS

# The acts that an operation does, all of which its caller may do, or one of several lists. A notice is read
# by the programs of those to whom notices are sent.
ACTS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "me": ((),),
    "people": (("read_whom",), ("find_person",)),
    "person": (("read_visited",),),
    "personTimes": (("read_visited", "read_times"),),
    "requests": (("read_own_requests",),),
    "ask": (("request_visit",),),
    "request": (("read_request",),),
    "requestTimes": (("read_request", "read_times"),),
    "book": (("book_visit",),),
    "confirm": (("confirm_booking",),),
    "change": (("change_booking",),),
    "cancel": (("cancel_booking",),),
    "notices": (("read_notices",),),
    "notice": (("read_notices", "open_notice"),),
    "read": (("read_notice",),),
    "calendar": (("read_own_requests",),),
}
FOR_ANYBODY = {"decide", "laws", "provisions", "provision"}
WITH_CONTACT = {"ask", "personTimes"}
HOLDING = "token", "elsewhere"
WITHOUT = "withdrawn", "past", "calendar", "cookie", "nothing"
WHOSE = ("own", "theirs", "elm", "nobody", "mixed")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
DONE, UNKNOWN, NOT_YOURS, HIDDEN = {200, 201, 409}, {401}, {403}, {404}
NO_METHOD = {405}
SLOT = "hall@2026-12-05T14:00"


@dataclass(frozen=True)
class Asked:
    """One operation asked for by a role, which holds something or nothing, of what is somebody's.

    ``method`` may be one that its address does not have.
    """

    name: str
    method: str
    address: str
    role: str
    how: str
    of: str

    @property
    def is_there(self) -> bool:
        """Tell whether the document has this method for this address."""
        return self.method.lower() in document()["paths"][self.address]


@dataclass
class Doors:
    """A world, and the secret of each role for each way of holding one."""

    place: Place
    secrets: Mapping[tuple[str, str], str]

    def ids(self, of: str) -> Mapping[str, UUID]:
        """Give identifiers by whose they are; of nobody, new ones each time."""
        if of == "nobody":
            return {name: uuid4() for name in self.place.ids["own"]}
        if of == "mixed":
            return {**self.place.ids["own"], "contact": self.place.ids["theirs"]["contact"]}
        return self.place.ids[of]


@contextmanager
def doors(kind: str) -> Iterator[Doors]:
    """Give two establishments, and an account of each role in both, with tokens that stand and that do not.

    Also roles that can make none have them: as somebody has whose role was another when they made it.
    """
    with place(kind) as here, ExitStack() as unlimited:
        for limit in (limiting.BY_TOKEN, limiting.BY_ADDRESS, limiting.OF_WRONG_TOKENS):
            unlimited.enter_context(patch.object(limit, "most", 10**9))
        elm = here.world.elm
        acting = {
            **{role: {"contact": elm.contacts["alder"]} for role in FOR_CONTACT},
            Role.PERSON: {"person": elm.people["rowan"]},
        }
        secrets: dict[tuple[str, str], str] = {}
        for role in Role:
            there = account(elm, f"at elm {role}", role, **acting.get(role, {}))
            at = here.world.gate.oak.id
            secrets[role, "elsewhere"] = _held(there, elm.id)
            secrets[role, "token"] = _held(here.accounts[role], at)
            secrets[role, "calendar"] = _held(here.accounts[role], at, Kind.CALENDAR)
            secrets[role, "withdrawn"] = _held(here.accounts[role], at, withdrawn_at=NOW - timedelta(days=1))
            secrets[role, "past"] = _held(here.accounts[role], at, expires_at=NOW)
        yield Doors(here, secrets)


def _held(of: UUID, at: UUID, kind: Kind = Kind.API, **more: Any) -> str:
    """Put a token into the database; give its secret."""
    secret = tokens.new_secret(of)
    kept = {"name": "x", "made_at": NOW, "expires_at": NOW + timedelta(days=30), **more}
    Token.objects.create(
        id=uuid4(),
        establishment_id=at,
        account_id=of,
        kind=kind.value,
        digest=tokens.digest(secret),
        **kept,
    )
    return secret


def every() -> list[Asked]:
    """Give all there is to ask: each operation, by each role, with what it holds, of whom.

    Then each method that an address does not have, by each role.
    """
    asked = [
        Asked(name, method, address, role, how, of)
        for name, method, address, _ in operations()
        for role in Role
        for how in (*HOLDING, *WITHOUT)
        for of in (WHOSE if name in WITH_CONTACT else WHOSE[:-1])
    ]
    other = [
        Asked(name, method, address, role, how, "own")
        for name, _, address, _ in operations()
        for method in METHODS
        if method.lower() not in document()["paths"][address]
        for role in Role
        for how in ("token", "cookie")
    ]
    return asked + other


def ought(one: Asked) -> set[int]:
    """Give the statuses of which one is right, by the table of acts."""
    if not one.is_there:
        return NO_METHOD
    if one.name in FOR_ANYBODY:
        return {200} if one.name != "provision" else HIDDEN
    if one.name == "calendar":
        has = one.how == "calendar" and _relations(one) is not None
        return {200} if has else HIDDEN
    if one.how not in HOLDING or one.role not in acts()["make_token"].who:
        return UNKNOWN
    how = _relations(one)
    if how is None:
        return NOT_YOURS
    if not _names(one):
        return DONE
    whose = {"elm": "own", "nobody": "nobody"}.get(one.of, "elm") if one.how == "elsewhere" else one.of
    seen = {"own", "theirs"} if how <= {"here"} else {"own"}
    return DONE if whose in seen else HIDDEN


def _relations(one: Asked) -> set[str] | None:
    """Give how a role stands to the acts of an operation; None where it may not do all of them."""
    if one.role not in acts()["make_token"].who:
        return None
    found = [
        {acts()[act].who[one.role] for act in names}
        for names in ACTS[one.name]
        if all(one.role in acts()[act].who for act in names)
    ]
    return found[0] if found else None


def _names(one: Asked) -> bool:
    """Tell whether an operation names something that is somebody's."""
    return "{" in one.address or one.name in WITH_CONTACT


def answered(one: Asked, here: Doors) -> Any:
    """Ask, and see that the answer has what each must have."""
    ids = here.ids(one.of)
    secret = here.secrets.get((one.role, one.how), "")
    kept = "notice" if one.address.startswith("/api/notices") else "request"
    named = {"id": ids[kept], "person": ids["person"], "secret": secret or "x", "law": "arcadia", "name": "x"}
    address = one.address.format_map(named)
    if one.name == "personTimes":
        address += f"?with={ids['contact']}"
    client = here.place.client(one.role) if one.how == "cookie" else _NOBODY
    bearer = {"Authorization": f"Bearer {secret}"} if secret and one.name != "calendar" else {}
    body = _body(one, ids) if one.method not in ("GET", "HEAD", "TRACE", "OPTIONS") else b""
    kind = "application/json" if body else "application/octet-stream"
    response = client.generic(one.method, address, body, content_type=kind, headers=bearer)
    if one.method != "HEAD":
        looked_over(response)
    return response


_NOBODY = Client(raise_request_exception=False, HTTP_HOST="127.0.0.1")


def _body(one: Asked, ids: Mapping[str, UUID]) -> bytes:
    values: dict[str, object] = {
        "command": str(uuid4()),
        "person": str(ids["person"]),
        "party": [{"contact": str(ids["contact"])}],
        "on": "2026-12-05",
        "slot": SLOT,
        "law": "arcadia",
        "question": {"kind": "contact", "about": "visit", "on": "2026-12-05"},
    }
    content = document()["paths"][one.address].get("post", {}).get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    schema = document()["components"]["schemas"].get(schema.get("$ref", "").rpartition("/")[2], schema)
    return json.dumps({name: values[name] for name in schema.get("required", ("command",))}).encode()


def looked(one: Asked, here: Doors) -> str:
    """Ask for an operation; say what is wrong with the answer, if anything is."""
    before = _kept() if one.method != "GET" else None
    response = answered(one, here)
    right, status = ought(one), response.status_code
    if status not in right:
        return f"{one}: {status}, not one of {sorted(right)}"
    if status in DONE and one.name not in FOR_ANYBODY:
        told = response.content.decode()
        strange = SECRET if one.how != "elsewhere" else THEIRS
        others = (strange, THEIRS) if one.role in OUTSIDE else (strange,)
        return f"{one}: it tells somebody else's name" if any(name in told for name in others) else ""
    if before is not None and one.name not in FOR_ANYBODY and _kept() != before:
        return f"{one}: it was refused, and changed something"
    absent = answered(replace(one, of="nobody"), here)
    return "" if plain(response) == plain(absent) else f"{one}: it is not as of what is not there"


def plain(response: Any) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Give all that an answer says."""
    return response.status_code, response.content, sorted(response.headers.items())


def _kept() -> list[list[Any]]:
    """Give what operations change."""
    return [
        [*Booking.objects.order_by("id").values_list("id", "standing", "slot")],
        [*Request.objects.order_by("id").values_list("id", "outcome")],
        [*Notice.objects.order_by("id").values_list("id", "read_at")],
    ]


@dataclass(frozen=True)
class Tried:
    """How much was asked, what was wrong, and by operation the ratio of times of `compared`."""

    count: int
    wrong: list[str]
    ratios: Mapping[str, float]


def tried(kind: str, seed: int, share: float = 1.0, rounds: int = 0) -> Tried:
    """Ask for all there is in an order drawn by a seed, or for a share of it."""
    rng = Random(f"operations {seed}")
    with doors(kind) as here:
        some = every()
        some = sorted(rng.sample(some, int(len(some) * share)), key=lambda one: one.role)
        found = [said for one in some if (said := looked(one, here))]
        ratios = steady(lambda more: compared(here, rounds * more, rng)) if rounds else {}
    return Tried(len(some), found, ratios)


def compared(here: Doors, rounds: int, rng: Random) -> dict[str, float]:
    """Give how long what is not theirs takes for a family's program, beside what is not there, by operation.

    Both are asked for in turn.
    """
    ratios = {}
    for name, method, address, _ in operations():
        one = Asked(name, method, address, Role.FAMILY, "token", "theirs")
        if ought(one) != HIDDEN or method != "GET" or name in {"calendar", "provision"}:
            continue
        times: dict[str, list[float]] = {of: [] for of in ("theirs", "elm", "nobody")}
        for _ in range(rounds):
            for of in rng.sample(sorted(times), len(times)):
                begun = time.perf_counter()
                assert answered(replace(one, of=of), here).status_code == 404
                times[of].append(time.perf_counter() - begun)
        for of in ("theirs", "elm"):
            ratios[f"{name} {of}"] = quiet(times[of]) / quiet(times["nobody"])
    return ratios
