"""Hostile input to every operation of the API: a clear answer, nothing told, nothing changed elsewhere."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from locutorio.store.models import Booking, Notice, Request
from locutorio.web.api.document import document, operations
from tests.gate.at_oak import booked
from tests.web.api.payloads import Sent, attacks
from tests.web.api.programs import Program, looked_over
from tests.web.api.worlds import World, asked
from tests.web.payloads import MARK

SHARE = int(os.environ.get("HOSTILE_SHARE", "12"))
FEWEST = 2_000
THEIRS = ("Birch", "Laurel", "Linden")


def send(program: Program, sent: Sent) -> Any:
    """Send one attack, as JSON where it has a body."""
    kind = "application/json" if sent.body else "application/octet-stream"
    return program.client.generic(
        sent.method, sent.address, sent.body, content_type=kind, headers=program.headers()
    )


def wrong(response: Any, hidden: tuple[str, ...]) -> list[str]:
    """Say what is wrong with an answer: a failure, one that the document has not, or what is hidden."""
    try:
        looked_over(response)
    except AssertionError as error:
        return [f"not as each answer is: {error}"]
    found = []
    if response.status_code >= 500 or response.status_code not in (200, 201, *_documented()):
        found.append(f"status {response.status_code}")
    if any(MARK in value or "\n" in value for value in response.headers.values()):
        found.append("a header holds what was sent")
    told = response.content.decode()
    never = (*hidden, "Traceback", "site-packages", "locutorio/")
    found += [f"tells {word}" for word in never if word in told]
    return found


def _documented() -> set[int]:
    each = [one for methods in document()["paths"].values() for one in methods.values()]
    return {int(status) for one in each for status in one["responses"]}


def known_of(world: World) -> dict[str, str]:
    """Give what a family may name: a person, a contact, a request with a booking, a notice."""
    gate = world.gate
    gate.misses(booked(gate), gate.seen(booked(gate)).starts)
    request = asked(world, world.family)
    notice = Notice.objects.filter(contact=gate.oak.contacts["alder"]).first()
    return {
        "person": str(gate.oak.people["rowan"]),
        "contact": str(gate.oak.contacts["alder"]),
        "id of requests": request,
        "id of notices": str(notice.id) if notice else "x",
        "law": "arcadia",
        "name": "x",
    }


def walk(world: World, known: Mapping[str, str], share: int, turn: int) -> tuple[list[object], Counter[str]]:
    """Try one attack in ``share``; give what went wrong, and how much there was to try at each address."""
    found: list[object] = []
    there: Counter[str] = Counter()
    for number, sent in enumerate(attacks(known)):
        there[sent.address.partition("?")[0]] += 1
        if number % share == turn % share:
            mine = number // share % 2 == 0
            response = send(world.family if mine else world.officer, sent)
            told = wrong(response, THEIRS if mine else ())
            found += [(sent.method, sent.address[:90], sent.of, one) for one in told]
    return found, there


def test_whatever_is_sent_breaks_nothing_and_tells_nothing(
    world: World, capfd: pytest.CaptureFixture[str]
) -> None:
    """
    Each hostile text in each part of each request: an answer in the API's own words, no server error, nothing
    of what is not the reader's, nothing of another family changed. HOSTILE_SHARE=1 tries all of it.
    """
    theirs = asked(world, world.others, "linden", "laurel")
    held = Request.objects.filter(id=UUID(theirs)).values().get()
    found, there = walk(world, known_of(world), SHARE, 3)

    assert found == []
    assert Request.objects.filter(id=UUID(theirs)).values().get() == held
    assert not Booking.objects.filter(request=UUID(theirs)).exists()
    assert there.total() > FEWEST
    assert len(there) >= len(operations())
    assert capfd.readouterr().err == ""
