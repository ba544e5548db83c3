"""Watches a case of a court for a person, until it is watched no more."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.plain import as_plain
from locutorio.dockets.watching import Watched
from locutorio.store import people, watching
from locutorio.store.locks import hold_person
from locutorio.store.transaction import Answer, Sent, Transaction, perform


@dataclass(frozen=True, slots=True)
class Watching:
    """Whose case, and which."""

    person: UUID
    case: Watched


def watch_docket(what: Watching, sent: Sent) -> UUID:
    """Watch a case from now on; what was read before does not count.

    Raises:
        Refused: they may not, or there is no such person here.
        Fault: it is watched for them already.
    """
    authorize(sent.by, "watch_docket", About(sent.establishment, "person", what.person))

    def work(tx: Transaction) -> Answer:
        hold_person(tx, what.person)
        people.person(tx.establishment, what.person)
        return {"watch": str(watching.watch(tx, what.person, as_plain(what.case)))}

    done = perform(sent.command("watch_docket", as_plain(what), person=what.person), work)
    return UUID(done["watch"])


def end_watch(person: UUID, watch: UUID, sent: Sent) -> None:
    """Watch a case no more; its leads stay.

    Raises:
        Refused: they may not, or there is no such person here.
        Fault: it is not watched for them.
    """
    authorize(sent.by, "end_watch", About(sent.establishment, "person", person))

    def work(tx: Transaction) -> Answer:
        watching.end_watch(tx, person, watch)
        return {}

    asked = {"person": str(person), "watch": str(watch)}
    perform(sent.command("end_watch", asked, person=person), work)
