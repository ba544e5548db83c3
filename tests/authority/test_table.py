"""The table of acts: no role has what it must not have together, and the document says the same."""

from __future__ import annotations

import pytest

from locutorio.actions.acts import RELATIONS, acts, roles_for
from locutorio.actions.create_account import FOR_CONTACT, STAFF, Role
from locutorio.actions.four_eyes import ACTS
from tests.authority.table import DOCUMENT, written

OWN = {"own"}
NARROW = {
    Role.ADMINISTRATOR: {"configuration", "accounts", "proposals"},
    Role.AUDITOR: {"log"},
    Role.OPERATOR: set[str](),
    Role.CUSTODIAN: {"keys", "log", "proposals"},
    Role.MONITORING: {"content"},
    Role.KIOSK: set[str](),
}


def touched_by(role: Role) -> set[str]:
    """Give what a role touches, beside what is its own."""
    return {act.of for act in acts().values() if role in act.who} - OWN


def test_no_role_has_content_and_configuration() -> None:
    """Whoever may change the rules or make accounts sees and changes nobody's visits."""
    for role in Role:
        found = touched_by(role)
        assert not ("content" in found and found & {"configuration", "accounts", "keys"}), role


@pytest.mark.parametrize("role", NARROW)
def test_a_narrow_role_has_no_more_than_its_work(role: Role) -> None:
    """The administrator, the auditor, the operator, the custodian and a kiosk touch only what is theirs."""
    assert touched_by(role) <= NARROW[role]


def test_no_role_proposes_and_approves_the_same_act() -> None:
    """Who proposes and who approves an act of four eyes share no role, but of one's own account."""
    four_eyes = [act for act in acts().values() if act.four_eyes and act.of != "own"]
    assert four_eyes
    for act in four_eyes:
        kind = ACTS[act.name]
        assert kind.proposing
        assert not kind.approving & kind.proposing, act.name


def test_an_ombudsman_only_reads() -> None:
    """The ombudsman changes nothing but their own account."""
    assert all(act.reads or act.of == "own" for act in acts().values() if Role.OMBUDSMAN in act.who)


def test_those_outside_have_only_what_is_theirs() -> None:
    """Family, counsel and a person in custody never stand to anything as staff do, nor staff as they do."""
    for act in acts().values():
        for role, how in act.who.items():
            outside = role in {*FOR_CONTACT, Role.PERSON}
            assert (how == "here") != outside or how == "self", (act.name, role)
            assert how in RELATIONS
            assert role in STAFF or outside


def test_a_protected_read_is_one_that_staff_make() -> None:
    """What is protected is read, not changed; and what staff alone read of one person is protected."""
    for act in acts().values():
        assert not act.protected or act.reads, act.name
    assert {act.name for act in acts().values() if act.protected} >= {
        "read_person",
        "read_request",
        "read_booking",
    }


def test_an_unknown_act_has_no_roles() -> None:
    """A name that is not in the table is a mistake of the program, at once."""
    with pytest.raises(ValueError, match="no such act"):
        roles_for("do_anything")


def test_the_document_has_the_table() -> None:
    """docs/reference/authority.md holds every act as the table has it."""
    said = DOCUMENT.read_text("utf-8")

    assert said == written(said), "write it anew: python -m tests.authority.table"
