"""A paper nobody has seen could still do what its form can do."""

from dataclasses import replace
from datetime import date

from locutorio.decisions.decide import Judge
from locutorio.decisions.decision import Outcome
from locutorio.facts.snapshot import Paper, Question, Snapshot
from locutorio.rules.rulebook import Shelf
from tests.properties.conditions import FIRST_DAY
from tests.properties.law import Block, Files, read, words

ON = date(2025, 3, 1)
HEAD: Block = {"rank": 3, "source": "G", "read_on": FIRST_DAY, "status": "verified", "from": FIRST_DAY}
ASKED = Snapshot(Question("contact", ON, "entry", ON), {"arcadia.listed": False, "contact.role": "social"})


def provision(name: str, effect: Block, **more: object) -> Block:
    """Write one provision."""
    return {"id": name, "citation": f"Act, {name}", "says": words(name), "then": [effect], **more}


def judge() -> Judge:
    """Give a law by which entry needs a place on the list, unless an order says otherwise."""
    general = [
        provision("may", {"permit": "open"}),
        provision("list", {"require": {"key": "arcadia.listed", "from": "warden"}}),
        provision("end", {"prohibit": "yes"}, residual="yes", when=['request.about == "entry"']),
    ]
    order = {
        **HEAD, "form": "order", "kind": "order", "title": words("Order"), "citation": "Act, order",
        "parameters": [], "provisions": [provision("admit", {"flag": "may_leave"}, overrides=["list"])],
    }  # fmt: skip
    pack = {
        "pack": "small", "title": words("Small law"), "zone": "Etc/UTC", "first_day": FIRST_DAY,
        "ladder": {"3": words("act")}, "sources": {"G": {"title": words("Act")}},
        "kinds": {
            "order": {"label": words("order"), "reaches": ["entry"], "may_permit": "yes", "ask": "court"}
        },
    }  # fmt: skip
    section = {**HEAD, "instrument": "Act", "section": "Act", "provisions": general}
    return Judge(Shelf(read(Files({"pack.yaml": pack, "act.yaml": section, "order.yaml": order}))).on(ON))


def test_a_missing_key_at_the_gate_refuses_when_no_order_exists() -> None:
    """All orders are known and there is none: the key is missing, so the answer is firm."""
    assert judge().outcome(replace(ASKED, complete=frozenset({"order"}))) is Outcome.REFUSE


def test_a_missing_key_at_the_gate_is_open_while_an_order_may_exist() -> None:
    """An order could override the rule that asks for the key, so nobody can be sure of a refusal yet."""
    order = Paper("o", "order", {"instrument.from": date(2025, 2, 1)})

    assert judge().outcome(ASKED) is None
    assert judge().outcome(replace(ASKED, papers=(order,), complete=frozenset({"order"}))) is Outcome.PERMIT
