"""schemathesis on the document: whatever is sent, no server error and no answer that is not told there."""

from __future__ import annotations

from locutorio.store.models import Notice
from tests.gate.at_oak import booked
from tests.web.api.conftest import World
from tests.web.api.generating import tried
from tests.web.api.test_visits import asked

EXAMPLES = 8


def test_whatever_is_sent_is_answered_as_the_document_tells(world: World) -> None:
    """Requests that fit and that do not, by a family, others and an officer, also on what is there."""
    gate = world.gate
    booked(gate)
    gate.misses(booked(gate, "linden", ("laurel",)), gate.seen(booked(gate, "hazel", ("holly",))).starts)
    requests = [asked(world, world.family), asked(world, world.others, "linden", "laurel")]
    known = {
        "person of people": [str(id_) for id_ in gate.oak.people.values()],
        "id of requests": requests,
        "id of notices": [str(one.id) for one in Notice.objects.all()],
        "law of laws": ["us-federal", "arcadia"],
        "name of laws": ["540.44.e.child_escort"],
    }
    tokens = [world.family.token, world.others.token, world.officer.token]
    answered = tried(1, EXAMPLES, tokens, known)

    assert {"200", "404", "422"} <= answered.keys()
    assert answered.total() >= 20 * EXAMPLES
