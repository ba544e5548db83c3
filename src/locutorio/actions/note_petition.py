"""Notes what happened to a petition: sent, delivered, filed, opposed, and so on, each with its proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.petitioning import SHORT_MAX, TEXT_MAX, note, refuse_long, visible
from locutorio.actions.plain import as_plain
from locutorio.actions.telling_petitions import tell_extended
from locutorio.kernel.faults import Fault, suggestion
from locutorio.remedies.values import Carried, Event, Kind
from locutorio.store.transaction import Answer, Sent, Transaction, perform

NOTED = tuple(kind for kind in Kind if kind not in (Kind.RULED, Kind.WITHDRAWN))
"""What may be noted. What an office ruled is entered by an act of its own, and so is that it is withdrawn."""


@dataclass(frozen=True, slots=True)
class Noting:
    """One event of a petition; ``on`` is None where nobody knows the day. See `remedies.values.Event`."""

    petition: UUID
    kind: str
    on: date | None = None
    proof: str = ""
    by: str = ""
    carried: str = Carried.PETITION.value
    says: str = ""
    ends_with: str = ""
    of: UUID | None = None


def note_petition(what: Noting, sent: Sent) -> UUID:
    """Note an event; give its identifier.

    Raises:
        Refused: they may not.
        Fault: it is nothing that can be noted, or it cannot have happened.
    """
    authorize(sent.by, "note_petition", About(sent.establishment, "petition", what.petition))
    found = visible(sent.establishment, what.petition, sent.by)
    kind = _word(what.kind, [one.value for one in NOTED])
    carried = _word(what.carried, [one.value for one in Carried])
    refuse_long(SHORT_MAX, proof=what.proof, by=what.by, ends_with=what.ends_with)
    refuse_long(TEXT_MAX, says=what.says)
    if kind in (Kind.OPPOSED, Kind.OFFERED, Kind.ANSWERED, Kind.TAKEN_BACK) and not what.says.strip():
        raise Fault("this is noted with its words", remedy="write the ground, the offer, or the reason")

    def work(tx: Transaction) -> Answer:
        event = Event(
            id=str(tx.new_id()),
            kind=Kind(kind),
            known_at=tx.at,
            on=what.on,
            proof=what.proof.strip(),
            by=what.by.strip(),
            carried=Carried(carried),
            says=what.says.strip(),
            ends_with=what.ends_with.strip(),
            of=str(what.of) if what.of else None,
        )
        kept = note(tx, what.petition, event)
        if event.kind is Kind.EXTENDED:
            tell_extended(tx, kept)
        return {"event": event.id}

    done = perform(sent.command("note_petition", as_plain(what), person=found.row.person), work)
    return UUID(done["event"])


def withdraw_petition(petition: UUID, on: date, sent: Sent) -> None:
    """Note that the person does not ask any more.

    Raises:
        Refused: it is not theirs.
        Fault: it cannot have happened.
    """
    authorize(sent.by, "withdraw_petition", About(sent.establishment, "petition", petition))
    found = visible(sent.establishment, petition, sent.by)
    arguments = {"petition": petition, "on": on}

    def work(tx: Transaction) -> Answer:
        event = Event(id=str(tx.new_id()), kind=Kind.WITHDRAWN, known_at=tx.at, on=on)
        note(tx, petition, event)
        return {}

    perform(sent.command("withdraw_petition", as_plain(arguments), person=found.row.person), work)


def _word(said: str, known: list[str]) -> str:
    if said not in known:
        raise Fault(f'"{said}" is nothing that is noted of a petition', remedy=suggestion(said, known))
    return said
