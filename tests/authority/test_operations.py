"""A share of every role against every operation of the API; `make soak` tries all of it, many times over."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse

from locutorio.actions import authority, visits_seen
from locutorio.actions.create_account import Role
from locutorio.actions.visits_seen import RequestSeen
from locutorio.store import accounts, tokens
from locutorio.store.accounts import Seat
from locutorio.store.actor import Actor
from locutorio.store.models import Account, Request
from locutorio.web import problems
from locutorio.web.api import calendar, door
from locutorio.web.api.document import document, operations
from locutorio.web.api.urls import urlpatterns
from tests.authority.attempts import NOISE
from tests.authority.code import SOURCE
from tests.authority.operations import (
    ACTS,
    DONE,
    FOR_ANYBODY,
    HIDDEN,
    HOLDING,
    UNKNOWN,
    WITHOUT,
    Doors,
    compared,
    doors,
    every,
    looked,
    ought,
    tried,
)

KINDS = ("sqlite", "postgresql")
SHARE = 0.03


@pytest.mark.parametrize("kind", KINDS)
def test_no_program_may_what_is_not_theirs(kind: str) -> None:
    """Drawn operations, by every role and whatever it holds, of one's own, others', elsewhere and nothing."""
    found = tried(kind, seed=7, share=SHARE)

    assert found.wrong == []
    assert found.count > 400


def test_every_operation_is_among_them() -> None:
    """Each operation of the document and of the addresses, by each role, with each thing that it can hold."""
    asked = every()
    there = {(one.name, one.role, one.how) for one in asked if one.is_there}
    addresses = {f"/api/{one.pattern}" for one in urlpatterns} - {"/api/openapi.json"}

    assert {name for name, *_ in operations()} == {*ACTS} | FOR_ANYBODY
    assert {name for name, *_, needs in operations() if not needs} == FOR_ANYBODY | {"calendar"}
    assert there == {
        (name, role, how) for name, *_ in operations() for role in Role for how in (*HOLDING, *WITHOUT)
    }
    assert {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", one) for one in addresses} == {*document()["paths"]}
    assert {frozenset(ought(one)) for one in asked if one.is_there} >= {
        frozenset(DONE),
        frozenset(HIDDEN),
        frozenset(UNKNOWN),
        frozenset({403}),
    }


@pytest.fixture
def here() -> Iterator[Doors]:
    """Give two establishments, with tokens of every role in both."""
    with doors("sqlite") as made:
        yield made


def _let_all(patch: pytest.MonkeyPatch) -> None:
    for module in (door, calendar):
        patch.setattr(module, "seat_of_token", tokens.seat_of)


def _let_ended(patch: pytest.MonkeyPatch) -> None:
    def seat_of(secret: str, *_: object) -> Seat:
        return accounts.seats_of(UUID(secret.split("_")[1]))[0]

    patch.setattr(tokens, "seat_of", seat_of)


def _let_sessions(patch: pytest.MonkeyPatch) -> None:
    real = door.Bearer.__call__

    def answer(self: door.Bearer, request: HttpRequest) -> Any:
        found = real(self, request)
        account = Account.objects.get(name="of family").id
        return found or (accounts.seats_of(account)[0] if request.COOKIES else None)

    patch.setattr(door.Bearer, "__call__", answer)


def _tell(patch: pytest.MonkeyPatch) -> None:
    real = problems.problem

    def problem(request: HttpRequest, name: str, *args: Any, **more: Any) -> HttpResponse:
        response = real(request, name, *args, **more)
        if any(str(one) in request.path for one in Request.objects.values_list("id", flat=True)):
            response.headers["Content-Language"] = "de"
        return response

    patch.setattr(door, "problem", problem)


HOLES: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "others' things are let through": lambda patch: patch.setattr(authority, "_holds", lambda *_: True),
    "any token is let through": _let_all,
    "an ended token is let through": _let_ended,
    "a session is let through": _let_sessions,
    "what is not theirs is told from what is not there": _tell,
}


@pytest.mark.parametrize("hole", HOLES)
def test_a_hole_is_found(here: Doors, monkeypatch: pytest.MonkeyPatch, hole: str) -> None:
    """Where an operation lets through or tells what it should not, the trial says so; before, it does not."""
    asked = [
        one
        for one in every()
        if one.is_there and one.name in {"me", "request"} and one.role in {Role.FAMILY, Role.AUDITOR}
    ]
    assert [said for one in asked if (said := looked(one, here))] == []
    HOLES[hole](monkeypatch)

    assert [said for one in asked if (said := looked(one, here))]


def test_what_takes_longer_is_found(here: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who could tell by the time what is there from what is not is noticed in the ratio."""
    real = visits_seen.request

    def slowly(by: Actor, at: UUID, id_: UUID) -> RequestSeen:
        if Request.objects.filter(id=id_).exists():
            time.sleep(0.02)
        return real(by, at, id_)

    monkeypatch.setattr(visits_seen, "request", slowly)
    ratios = compared(here, 5, Random(1))

    assert ratios["request theirs"] > NOISE
    assert set(ratios) == {
        f"{name} {of}"
        for name in ("person", "personTimes", "request", "requestTimes", "notice")
        for of in ("theirs", "elm")
    }


def test_a_command_on_the_machine_acts_as_the_program() -> None:
    """No command says who acts: whoever may run it holds the database, and its entries name the program."""
    command = SOURCE / "command"
    named = {
        node.id if isinstance(node, ast.Name) else node.name
        for path in command.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Name | ast.alias)
    }

    assert "PROGRAM" in named
    assert not named & {"Actor", "actor_of", "Seat", "seats_of"}
