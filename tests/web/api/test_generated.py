"""schemathesis on the document: whatever is sent, no server error and no answer that is not told there."""

from __future__ import annotations

from tests.web.api.generating import tried
from tests.web.api.worlds import World, named

EXAMPLES = 8


def test_whatever_is_sent_is_answered_as_the_document_tells(world: World) -> None:
    """Requests that fit and that do not, by a family, others and an officer, also on what is there."""
    tokens = [world.family.token, world.others.token, world.officer.token]
    answered = tried(1, EXAMPLES, tokens, named(world))

    assert {"200", "404", "422"} <= answered.keys()
    assert answered.total() >= 20 * EXAMPLES
