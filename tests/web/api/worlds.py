"""An establishment whose family, others and officer have programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from locutorio.actions.create_account import Role
from locutorio.store.models import Establishment, Notice
from tests.gate.at_oak import MINUTE, SCHEDULE, TEN, Gate, at_the_gate, booked
from tests.web.api.programs import Program, token_of
from tests.web.seated import account

SATURDAY = "2026-12-05"


@dataclass
class World:
    """An establishment, a family's program, another family's, and an officer's."""

    gate: Gate
    family: Program
    others: Program
    officer: Program


def now() -> datetime:
    """Give a moment four days before a Saturday's visit."""
    return TEN - 4 * 24 * 60 * MINUTE


def made_world() -> World:
    """Make it in the database that is used now, where it is `now`."""
    gate = at_the_gate()
    Establishment.objects.update(schedule=SCHEDULE)
    account(gate.oak, "of family", Role.FAMILY, contact=gate.oak.contacts["alder"])
    account(gate.oak, "of others", Role.FAMILY, contact=gate.oak.contacts["laurel"])
    account(gate.oak, "of visits", Role.VISITS)
    family, others, officer = (
        Program(token_of(gate.oak, name)) for name in ("of family", "of others", "of visits")
    )
    return World(gate, family, others, officer)


def asked(world: World, program: Program, person: str = "rowan", contact: str = "alder") -> str:
    """Ask for a visit on Saturday; give the request."""
    who = world.gate.oak
    body = {
        "person": str(who.people[person]),
        "party": [{"contact": str(who.contacts[contact])}],
        "on": SATURDAY,
    }
    told = program.send("requests", body, 201)
    assert told["outcome"] == "permit"
    return str(told["id"])


def named(world: World) -> Mapping[str, Sequence[str]]:
    """Give what can stand in addresses: people, requests of two families, notices, laws."""
    gate = world.gate
    booked(gate)
    gate.misses(booked(gate, "linden", ("laurel",)), gate.seen(booked(gate, "hazel", ("holly",))).starts)
    return {
        "person of people": [str(id_) for id_ in gate.oak.people.values()],
        "id of requests": [asked(world, world.family), asked(world, world.others, "linden", "laurel")],
        "id of notices": [str(one.id) for one in Notice.objects.all()],
        "law of laws": ["us-federal", "arcadia"],
        "name of laws": ["540.44.e.child_escort"],
    }
