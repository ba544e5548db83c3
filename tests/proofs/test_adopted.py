"""What must never follow does not follow either where a case adopts every text that nobody has read yet."""

from locutorio.actions.check import load
from locutorio.decisions.proofs import Prover

HELD = {
    "no refusal without a route",
    "no permit without a provision",
    "what is said with a lawyer is private",
    "no listening to a lawyer without an authority",
    "no lawyer is turned away",
}


def test_adopted_text_of_england_and_wales_breaks_no_promise_to_a_lawyer() -> None:
    """With all unverified text adopted, lawyers are still private, and every refusal still has a route."""
    checked = load("england-wales")
    rows = frozenset(row for provision in checked.pack.provisions.values() for row in provision.rows)
    proofs = [
        proof
        for day in checked.shelf.days()
        for proof in Prover(checked.shelf.on(day), rows).prove()
        if proof.name in HELD
    ]

    assert {proof.name for proof in proofs} == HELD
    assert [proof for proof in proofs if not proof.proved] == []
