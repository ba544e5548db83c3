"""Says of a call that it is privileged: then nobody listens, and a recording of it is played to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.end_call import held_call
from locutorio.actions.plain import as_plain
from locutorio.actions.seal_recordings import sealed_now
from locutorio.kernel.faults import Fault
from locutorio.store import calls
from locutorio.store.transaction import Answer, Sent, Transaction, perform

PRIVILEGE = "privilege"
WORDS_MAX = 500


@dataclass(frozen=True, slots=True)
class Claiming:
    """A call of which somebody says that it is privileged, and why."""

    call: UUID
    why: str


def claim_privilege(what: Claiming, sent: Sent) -> None:
    """Say it, of a call under way or one that is over.

    Raises:
        Fault: no reason is given, it was said before, or nobody could listen to the call.
    """
    authorize(sent.by, "claim_privilege", About(sent.establishment, "call", what.call))
    if not what.why.strip() or len(what.why) > WORDS_MAX:
        raise Fault(
            "it is not said why the call is privileged", remedy=f"write it in up to {WORDS_MAX} letters"
        )

    def work(tx: Transaction) -> Answer:
        one = held_call(tx, what.call)
        if one.plane != calls.MONITORED:
            raise Fault("nobody could listen to this call", remedy="there is nothing to stop or to seal")
        if one.ending == PRIVILEGE:
            raise Fault("this was said of the call before", remedy="look at the call again")
        calls.change(tx, one.id, {"ending": PRIVILEGE, "ending_why": what.why.strip()})
        return {"sealed": [str(found) for found in sealed_now(tx)]}

    found = calls.call(sent.establishment, what.call)
    person = found.person if found else None
    perform(sent.command("claim_privilege", as_plain(what), person=person), work)
