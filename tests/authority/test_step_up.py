"""Acts that need step-up: whoever has not just shown that it is them does none, whatever the door."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from locutorio.actions.acts import acts
from locutorio.actions.authority import FRESH, About, NotFresh, authorize
from locutorio.actions.create_account import Role
from locutorio.store.actor import Actor
from locutorio.store.models import Entry, Establishment
from tests.authority.attempts import Call, Place, arguments, place
from tests.authority.code import functions
from tests.web.test_hostile_establishment import NOW

SECOND = timedelta(seconds=1)
STEP_UP = sorted(name for name, act in acts().items() if act.step_up)
BY_PROPOSAL = {"give_role", "add_factor", "change_witnesses", "rotate_keys", "retire_keys"}
STALE = {
    "never": {"authenticated_at": None},
    "too long ago": {"authenticated_at": NOW - FRESH - SECOND},
    "ahead": {"authenticated_at": NOW + FRESH + SECOND},
    "a token": {"factor": "token"},
    "a PIN": {"factor": "pin"},
    "nothing": {"factor": ""},
}


@pytest.fixture(scope="module")
def here() -> Iterator[Place]:
    """Give two establishments with an account of each role."""
    with place("sqlite") as made:
        yield made


def doing() -> list[Call]:
    """Give a call of each function that does an act with step-up, by a role that may."""
    return [
        Call(one, next(iter(acts()[one.act].who)), "own", elsewhere=False)
        for one in functions()
        if one.act in STEP_UP and "Sent" in one.takes
    ]


def test_each_act_with_step_up_has_a_function_that_is_tried() -> None:
    """None of the table is left out; what is done by a proposal alone is proposed with step-up."""
    assert {one.function.act for one in doing()} == {*STEP_UP} - BY_PROPOSAL
    assert {"propose", "approve_proposal", "break_glass", "stop_account"} < {*STEP_UP}


@pytest.mark.parametrize("act", sorted({*STEP_UP} - BY_PROPOSAL))
@pytest.mark.parametrize("how", STALE)
def test_who_did_not_just_show_who_they_are_does_not(here: Place, act: str, how: str) -> None:
    """Each function of each such act refuses, before it looks at anything else; nothing is written."""
    entries = Entry.objects.count()
    for one in doing():
        if one.function.act == act:
            module = importlib.import_module(f"locutorio.actions.{one.function.module}")
            stale = replace(here.actor(one.role), **STALE[how])  # type: ignore[arg-type]
            with pytest.raises(NotFresh):
                getattr(module, one.function.name)(**arguments(module, one, here, stale))

    assert Entry.objects.count() == entries


@pytest.mark.parametrize("factor", ["passkey", "totp", "recovery"])
@pytest.mark.parametrize("ago", [timedelta(), FRESH, -FRESH])
def test_who_just_showed_it_may(here: Place, factor: str, ago: timedelta) -> None:
    """Up to five minutes before the moment or after it, with any second factor."""
    for act in STEP_UP:
        may(here, act, replace(_by(here, act), factor=factor, authenticated_at=NOW - ago))


def test_a_password_is_enough_where_there_is_no_more(here: Place) -> None:
    """Not for staff of an establishment that demands a second factor, nor for an account that has one."""
    act, by = "stop_account", replace(here.actor(Role.ADMINISTRATOR), factor="password")
    places = Establishment.objects.filter(id=here.world.gate.oak.id)
    places.update(factor_needed=False)
    may(here, act, by)
    places.update(factor_needed=True)
    with pytest.raises(NotFresh):
        may(here, act, by)
    places.update(factor_needed=False)
    row = Authenticator.objects.create(user_id=by.account, type=Authenticator.Type.TOTP, data={})
    with pytest.raises(NotFresh):
        may(here, act, by)
    row.delete()
    may(here, act, by)


def may(here: Place, act: str, by: Actor) -> None:
    """Ask whether an act may be done now, to the establishment as a whole."""
    authorize(by, act, About(here.world.gate.oak.id), at=NOW)


def _by(here: Place, act: str) -> Actor:
    return here.actor(next(iter(acts()[act].who)))
