"""Looks at a paper that two people are to enter, before one of them proposes it. Nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from locutorio.actions import deciding, shelf
from locutorio.actions.authority import About, reading
from locutorio.actions.new_paper import NewPaper, stated
from locutorio.actions.paper_checks import refuse_unproven, refuse_unusable
from locutorio.actions.paper_document import refuse_unconfirmed
from locutorio.store import people
from locutorio.store.actor import Actor


def ready_paper(by: Actor, at: UUID, what: NewPaper, moment: datetime) -> Mapping[str, str]:
    """Give the arguments under which a paper is proposed.

    Raises:
        NotEntered: it says no day or two things, or was entered before.
        Fault: the law has no such form, the form does not state that, or a value cannot be read.
    """
    with reading(by, "propose", About(at, "person", what.person)):
        house = people.establishment(at)
        law = shelf.pack(house.law)
        facts = stated(what, law)
        refuse_unproven(what, facts, law)
        refuse_unconfirmed(what, at)
        refuse_unusable(what, facts, law, at, deciding.local_day(house.zone, moment))
    return what.arguments
