"""The pages of two people: one proposes on a page, another approves there; nobody sees what is not theirs."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from uuid import uuid4

import pytest

from locutorio.actions import clock
from locutorio.actions.create_account import Role
from locutorio.store.models import Account, Listed, Paper, Person, Proposal
from locutorio.web import sending
from locutorio.web.seats import actor_of
from locutorio.web.words import words
from tests.databases import Store
from tests.establishment import Oak, founded
from tests.two_people.officers import ended, order
from tests.web.seated import Seated, account
from tests.web.test_gate import text

LANGUAGES = ("en", "es")
HIDDEN = r'<input type="hidden" name="((?:arg:|act|digest)[^"]*)" value="([^"]*)"'
HOLDERS = {
    "briar": Role.ADMINISTRATOR,
    "reed": Role.INTAKE,
    "sorrel": Role.VISITS,
    "tansy": Role.GOVERNOR,
    "clover": Role.GATE,
    "fern": Role.OMBUDSMAN,
}


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everybody have shown a moment ago, with a passkey, that it is them."""
    monkeypatch.setattr(
        sending,
        "actor_of",
        lambda seat: replace(actor_of(seat), factor="passkey", authenticated_at=clock.now()),
    )


@pytest.fixture
def oak(store: Store, quick_passwords: None) -> Oak:
    """Give the establishment with its officers, and an order that is in force."""
    made = founded()
    for number, (name, role) in enumerate(HOLDERS.items()):
        account(made, name, role)
        Account.objects.filter(name=name).update(holder=f"{name}, staff {number}")
    order(made)
    return made


def proposing(one: Seated) -> str:
    """Propose to lift the order, on its page; give the address of the proposal."""
    paper = Paper.objects.get()
    address = f"staff/proposals/new?act=end_paper&paper={paper.id}&on={clock.today()}"
    page = one.page(address)
    fields = dict(re.findall(r'<input type="hidden" name="((?:arg:|act|digest)[^"]*)" value="([^"]*)"', page))
    response = one.post("staff/proposals/new", {**fields, "why": "the court lifted it"}, seen=address)
    assert response.status_code == 303, text(response)
    return str(response.headers["Location"]).partition("?")[0].removeprefix(f"/{one.lang}/")


def approving(one: Seated, address: str) -> dict[str, str]:
    """Give what the form of an approval sends."""
    found = re.search(r'name="digest" value="([^"]*)"', one.page(address))
    assert found is not None
    return {"do": "approve", "digest": found[1]}


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_proposes_and_another_approves(oak: Oak, lang: str) -> None:
    """The order ends when the second person approves what the first was shown; both pages say so."""
    first, second = Seated("sorrel", lang), Seated("tansy", lang)
    address = proposing(first)
    own = first.page(address)
    assert words(lang)["proposal_own"] in own
    assert words(lang)["proposal_approve_go"] not in own
    assert "order 26-117" in own
    assert not ended(Paper.objects.get().id)
    assert words(lang)["proposal_act_end_paper"] in second.page("staff/proposals")

    response = second.post(address, approving(second, address), seen=address)

    assert response.status_code == 303, text(response)
    assert ended(Paper.objects.get().id)
    assert words(lang)["proposal_state_approved"] in first.page(address)


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_has_changed_is_shown_and_has_no_button(oak: Oak, lang: str) -> None:
    """Where the paper is other than when it was proposed, the page says what changed and approves nothing."""
    first, second = Seated("sorrel", lang), Seated("tansy", lang)
    address = proposing(first)
    fields = approving(second, address)
    Paper.objects.update(source="order 26-999")

    page = second.page(address)
    assert words(lang)["proposal_differing"] in page
    assert "order 26-999" in page
    assert words(lang)["proposal_approve_go"] not in page
    response = second.post(address, fields, seen=address)

    assert response.status_code == 409
    assert words(lang)["proposal_fault_changed"] in text(response)
    assert not ended(Paper.objects.get().id)


@pytest.mark.usefixtures("shown")
def test_it_is_refused_with_a_reason_or_taken_back(oak: Oak) -> None:
    """The second person refuses with a reason that the first reads; the first takes another back."""
    first, second = Seated("sorrel"), Seated("tansy")
    address, other = proposing(first), proposing(first)
    assert second.post(address, {"do": "refuse", "ground": ""}, seen=address).status_code == 409
    assert second.post(address, {"do": "refuse", "ground": "no seal"}, seen=address).status_code == 303
    assert first.post(other, {"do": "withdraw"}, seen=other).status_code == 303

    assert "no seal" in first.page(address)
    assert [*Proposal.objects.order_by("proposed_at").values_list("standing", flat=True)] == [
        "refused",
        "withdrawn",
    ]
    assert not ended(Paper.objects.get().id)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_showed_too_long_ago_who_they_are_is_told(oak: Oak, lang: str) -> None:
    """A password alone proposes nothing; what was written is not lost."""
    one = Seated("sorrel", lang)
    paper = Paper.objects.get()
    address = f"staff/proposals/new?act=end_paper&paper={paper.id}&on=2026-12-01"
    fields = dict(
        re.findall(
            r'<input type="hidden" name="((?:arg:|act|digest)[^"]*)" value="([^"]*)"', one.page(address)
        )
    )
    response = one.post("staff/proposals/new", {**fields, "why": "the court lifted it"}, seen=address)

    assert response.status_code == 409
    assert words(lang)["proposal_fault_stale"] in text(response)
    assert "the court lifted it" in text(response)
    assert not Proposal.objects.exists()


@pytest.mark.usefixtures("shown")
def test_nobody_sees_a_proposal_that_is_not_theirs(oak: Oak) -> None:
    """A gate officer sees none of it; an ombudsman reads, and does nothing; one not there is none."""
    address = proposing(Seated("sorrel"))
    ombudsman = Seated("fern")
    page = ombudsman.page(address)
    assert words("en")["proposal_approve_go"] not in page
    assert words("en")["proposal_refuse_go"] not in page
    digest = Proposal.objects.get().digest
    sent = ombudsman.post(address, {"do": "approve", "digest": digest}, seen=address)

    assert sent.status_code == 409
    assert Seated("clover").get(address).status_code == 403
    assert ombudsman.get(f"staff/proposals/{uuid4()}").status_code == 404
    assert not ended(Paper.objects.get().id)


def looking(one: Seated, fields: dict[str, str], seen: str) -> str:
    """Send a form that shows an act, and propose it; give the address of the proposal."""
    shown = unescape(one.post("staff/proposals/new", {**fields, "look": "1"}, seen=seen).content.decode())
    carried = dict(re.findall(HIDDEN, shown))
    sent = one.post("staff/proposals/new", {**carried, "why": "it is so"}, seen=seen)
    assert sent.status_code == 303, text(sent)
    return str(sent.headers["Location"]).partition("?")[0].removeprefix(f"/{one.lang}/")


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_act_can_be_proposed_on_a_page(oak: Oak, lang: str) -> None:
    """Counsel, a release and a role for somebody new: each is proposed by a form, and approved."""
    intake, administrator, second = (Seated(name, lang) for name in ("reed", "briar", "tansy"))
    page = f"staff/person/{oak.people['rowan']}/propose"
    assert words(lang)["proposing_leaving"] in intake.page(page)
    assert words(lang)["proposal_act_give_role"] in administrator.page("staff/proposals")
    about = {"arg:person": str(oak.people["rowan"])}
    wanted = [
        (intake, page, {"act": "list_contact", **about, "arg:contact": str(oak.contacts["alder"])}),
        (intake, page, {"act": "release_person", **about, "arg:on": "2027-12-01"}),
        (administrator, "staff/proposals", {"act": "give_role", "arg:name": "aspen", "arg:role": "gate"}),
    ]
    wanted[0][2].update({"arg:role": "attorney", "arg:status": "approved"})
    wanted[2][2]["arg:holder"] = "Aspen, staff 31"
    for one, seen, fields in wanted:
        address = looking(one, fields, seen)
        assert second.post(address, approving(second, address), seen=address).status_code == 303

    assert Listed.objects.get(person=oak.people["rowan"], contact=oak.contacts["alder"]).role == "attorney"
    assert Person.objects.get(id=oak.people["rowan"]).left_on is not None
    assert Account.objects.get(name="aspen").holder == "Aspen, staff 31"
