"""An establishment with telephone numbers on its lists, and calls in it as the decision point keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from locutorio.actions.case_text import case_text
from locutorio.actions.deciding import Contact, decided, knowledge, local_day
from locutorio.arrangements.call_course import ANSWERED, UNDER_WAY
from locutorio.notices.document import as_document
from locutorio.store import calls
from locutorio.store.calls import CallDecisionRow, CallRow
from locutorio.store.identifiers import new_id
from locutorio.store.knowledge import PartyMember
from locutorio.store.models import ApprovedNumber, Establishment, Listed, Telephone
from locutorio.store.transaction import Answer, Transaction, perform
from tests import establishment
from tests.establishment import FOUNDED, LAW, ZONE, Oak

NUMBERS = {
    ("rowan", "alder"): "+12025550101",
    ("rowan", "holly"): "+12025550102",
    ("linden", "laurel"): "+12025550103",
    ("linden", "myrtle"): "+12025550104",
}
COUNSEL = ("linden", "myrtle")
MINUTE = timedelta(minutes=1)
NOW = FOUNDED + timedelta(hours=4)


@dataclass(frozen=True)
class Switchboard:
    """The establishment and its telephone. Myrtle is Linden's lawyer; calls with her are private."""

    oak: Oak
    telephone: UUID

    def call(self, person: str = "rowan", contact: str = "alder", at: datetime = NOW, **columns: Any) -> UUID:
        """Keep a call that began at a moment, with its decision: over after four minutes, unless said."""
        whose, private = (person, contact), (person, contact) == COUNSEL
        usual = {
            "disposition": ANSWERED,
            "answered_at": at,
            "talk_from": at,
            "ended_at": at + 4 * MINUTE,
            "talk_seconds": 240,
            "cause": "caller",
            "plane": calls.PRIVATE if private else calls.MONITORED,
            "limit_seconds": 900,
            "by": calls.POINT,
        }
        row = CallRow(
            new_id(at),
            at,
            NUMBERS[whose],
            person=self.oak.people[person],
            contact=self.oak.contacts[contact],
            telephone=self.telephone,
            line="wing-a",
            **{"disposition": "", **usual, **columns},
        )

        def work(tx: Transaction) -> Answer:
            calls.keep(tx, row)
            calls.keep_decision(tx, self._decided(tx, row))
            return {}

        perform(self.oak.sent(f"call {row.id}", at).command("x", {}, person=row.person), work)
        return row.id

    def live(self, person: str = "rowan", contact: str = "alder", at: datetime = NOW, **columns: Any) -> UUID:
        """Keep a call that is under way."""
        under_way = {"disposition": UNDER_WAY, "ended_at": None, "talk_seconds": 0, "cause": ""}
        return self.call(person, contact, at, **{**under_way, **columns})

    def row(self, id_: UUID) -> CallRow:
        """Give a call as it stands now."""
        found = calls.call(self.oak.id, id_)
        assert found is not None
        return found

    def _decided(self, tx: Transaction, row: CallRow) -> CallDecisionRow:
        assert row.person is not None
        assert row.contact is not None
        known = knowledge(self.oak.id, row.person, [row.contact], known_at=row.started_at)
        on = local_day(ZONE, row.started_at)
        found = decided(known, Contact((PartyMember(row.contact),), on, on, "call")).members[0]
        return CallDecisionRow(
            id=tx.new_id(),
            call=row.id,
            person=row.person,
            contact=row.contact,
            cause="asked",
            outcome=found.decision.outcome.value,
            on=on,
            decided_at=row.started_at,
            law=found.case.law,
            law_hash=found.decision.pack_hash,
            case=case_text(found.case),
            document=as_document(found.decision, "en"),
        )


def switchboard(*, law: str = LAW, **telephony: Any) -> Switchboard:
    """Open it in the database that is used now; ``telephony`` is how it keeps its telephones."""
    oak = establishment.founded(law=law)
    Establishment.objects.filter(id=oak.id).update(telephony=telephony)
    person, contact = oak.people[COUNSEL[0]], oak.contacts[COUNSEL[1]]
    Listed.objects.filter(person=person, contact=contact).update(role="attorney", relation="")
    for (whose, with_), number in NUMBERS.items():
        ApprovedNumber.objects.create(
            id=new_id(FOUNDED),
            establishment_id=oak.id,
            person_id=oak.people[whose],
            contact_id=oak.contacts[with_],
            number=number,
            status="approved",
        )
    telephone = Telephone.objects.create(id=new_id(FOUNDED), establishment_id=oak.id, name="a1", ha1="x")
    return Switchboard(oak, telephone.id)
