"""A further factor of somebody of staff shows nothing before a second person approves it, by any trick."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from locutorio.actions import clock
from locutorio.actions.authority import NotFresh
from locutorio.actions.create_account import Role
from locutorio.actions.enrol_factor import enrol_totp, letters_of, new_secret
from locutorio.actions.propose import Proposing, preview, propose
from locutorio.actions.start_reset import Kind, start_reset
from locutorio.actions.use_reset import use_reset
from locutorio.kernel.faults import Fault
from locutorio.store.actor import PROGRAM, Actor
from locutorio.store.enrolments import ACT
from locutorio.store.models import Account, Enrolment, Proposal, Told
from locutorio.web.words import words
from tests.databases import Store
from tests.entries import entries
from tests.establishment import FOUNDED, Oak, founded
from tests.web.devices import App, Passkey
from tests.web.seated import SECRET, Seated, account

NAME, OTHER, ADMIN = "officer of the gate", "governor", "administrator"


@pytest.fixture
def oak(store: Store, quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> Oak:
    """Give an establishment with an officer, a governor and an administrator, each held by somebody else."""
    monkeypatch.setattr(clock, "now", lambda: FOUNDED)
    made = founded()
    for name, role in ((NAME, Role.GATE), (OTHER, Role.GOVERNOR), (ADMIN, Role.ADMINISTRATOR)):
        account(made, name, role, holder=f"{name}, staff 1")
    return made


@pytest.fixture
def officer(oak: Oak) -> tuple[Seated, App]:
    """Give the officer, signed in, with an app that stood at once: it was the first."""
    one = Seated(NAME)
    app, codes = one.enrol_app()
    assert len(codes) == 10
    return one, app


def second_person(name: str = OTHER) -> Seated:
    """Give somebody who can approve: the first factor of theirs stands at once."""
    one = Seated(name)
    one.enrol_app()
    return one


def approve(by: Seated, proposal: Proposal, **more: str) -> Any:
    """Send the form that approves a proposal, as the page that was seen carries it."""
    at = f"staff/proposals/{proposal.id}"
    fields = {"do": "approve", "digest": proposal.digest, **more}
    return by.post(at, fields, seen=at)


def signs_in(by: Passkey) -> bool:
    """Tell whether a passkey alone lets somebody in."""
    return bool(Seated().sign_in_by(by).status_code == 303)


def ask_for_app(one: Seated) -> App:
    """Ask to add an app; give it."""
    shown = SECRET.search(one.page("account/factors/codes"))
    assert shown
    app = App(shown[1].replace(" ", ""))
    one.post("account/factors/codes", {"code": app.code()}, seen="account/factors/codes")
    return app


def test_a_further_passkey_waits_for_a_second_person(officer: tuple[Seated, App]) -> None:
    """It signs nobody in and is no factor until it is approved; then it does, and both are in the entry."""
    one, _ = officer
    held = one.enrol_passkey()
    page = one.page("account/factors")
    assert words("en")["awaited_title"] in page
    assert words("en")["told_factor_awaited"] in one.page("account")
    assert not signs_in(held)
    assert not Authenticator.objects.filter(type="webauthn").exists()

    proposal, second = Proposal.objects.get(), second_person()
    assert proposal.act == ACT
    shown = second.page(f"staff/proposals/{proposal.id}")
    mark = next(line["value"] for line in proposal.lines if line["name"] == "factor_mark")
    assert mark in shown
    assert mark in page
    assert approve(second, proposal).status_code == 303

    assert signs_in(held)
    assert one.get("staff").status_code == 302, "sessions of the account ended"
    assert not Enrolment.objects.exists()
    noted = entries(action="approve_proposal")[0].noted["two_people"]
    assert [noted[part]["holder"] for part in ("proposed_by", "approved_by")] == [
        f"{NAME}, staff 1",
        f"{OTHER}, staff 1",
    ]
    assert Told.objects.filter(what="passkey_added").count() == 1


def test_a_further_app_waits_too(oak: Oak) -> None:
    """Whoever has a passkey and asks for an app gets none before it is approved: an administrator can."""
    one = Seated(NAME)
    one.enrol_passkey()
    app = ask_for_app(one)
    assert Authenticator.objects.filter(type="totp").count() == 0
    second = second_person(ADMIN)
    assert approve(second, Proposal.objects.get()).status_code == 303
    assert Seated(NAME, app=app).get("staff").status_code == 200


@pytest.mark.parametrize("lang", ["en", "es"])
def test_it_can_be_taken_back_and_refused(officer: tuple[Seated, App], lang: str) -> None:
    """Whoever asked for it takes it back on their page; who may approve can refuse; then it is nothing."""
    one, _ = officer
    one.lang = lang
    held = one.enrol_passkey()
    waiting = Enrolment.objects.get().id
    assert words(lang)["awaited_title"] in one.page("account/factors")
    one.post("account/factors/withdraw", {"factor": waiting}, seen="account/factors")
    assert words(lang)["awaited_title"] not in one.page("account/factors")
    second = second_person()
    assert approve(second, Proposal.objects.get()).status_code == 409

    again = one.enrol_passkey()
    proposal = Proposal.objects.get(standing="waiting")
    at = f"staff/proposals/{proposal.id}"
    second.post(at, {"do": "refuse", "ground": "it is not theirs"}, seen=at)
    assert words(lang)["awaited_title"] not in one.page("account/factors")
    assert not signs_in(held)
    assert not signs_in(again)


def test_whoever_asked_for_it_does_not_approve_it(oak: Oak) -> None:
    """A governor does not approve their own, nor by another account that they hold."""
    one = second_person()
    one.enrol_passkey()
    proposal = Proposal.objects.get()
    assert approve(one, proposal).status_code == 409
    account(oak, "their other", Role.ADMINISTRATOR, holder=f"{OTHER},  STAFF 1")
    assert approve(second_person("their other"), proposal).status_code == 409
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_taking_the_first_away_is_no_way_round(officer: tuple[Seated, App]) -> None:
    """Who removes what the account had, and then adds one of their own, still needs a second person."""
    one, _ = officer
    first = Authenticator.objects.get(type="totp").pk
    one.post("account/factors/remove", {"factor": first}, seen="account/factors")
    assert not Authenticator.objects.exists()
    held = one.enrol_passkey()
    assert not signs_in(held)
    assert Proposal.objects.get().proposed_factor == "password"


def test_what_was_exchanged_since_is_not_approved(officer: tuple[Seated, App]) -> None:
    """Another factor put in its place, by a second request or in the database, is not what was shown."""
    one, _ = officer
    one.enrol_passkey()
    first, second = Proposal.objects.get(), second_person()
    other = one.enrol_passkey()
    assert approve(second, first).status_code == 409

    latest = Proposal.objects.exclude(id=first.id).get()
    row = Enrolment.objects.get()
    Enrolment.objects.filter(id=row.id).update(kept=row.kept.replace('"counter": 0', '"counter": 7'))
    assert approve(second, latest).status_code == 409
    assert not signs_in(other)


def test_it_lapses_and_a_stopped_account_gets_none(
    officer: tuple[Seated, App], oak: Oak, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After 72 hours it is over; where the account was stopped meanwhile nothing is added either."""
    one, _ = officer
    one.enrol_passkey()
    proposal, second = Proposal.objects.get(), Seated(OTHER)
    app, _ = second.enrol_app()
    Account.objects.filter(name=NAME).update(stopped_at=FOUNDED)
    assert approve(second, proposal).status_code == 409
    Account.objects.filter(name=NAME).update(stopped_at=None)
    monkeypatch.setattr(clock, "now", lambda: FOUNDED + timedelta(hours=72))
    later = Seated(OTHER, app=app)
    assert approve(later, proposal).status_code == 409
    assert words("en")["awaited_title"] not in Seated(NAME, app=officer[1]).page("account/factors")
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_nobody_proposes_it_of_another_or_by_hand(officer: tuple[Seated, App], oak: Oak) -> None:
    """It is proposed where it is made: not on the page of proposals, not of somebody else's account."""
    one, _ = officer
    one.enrol_passkey()
    arguments = dict(Proposal.objects.get().arguments)
    with pytest.raises(Fault, match="where it is made"):
        preview(PROGRAM, oak.id, ACT, arguments)
    with pytest.raises(Fault, match="where it is made"):
        propose(Proposing(ACT, arguments, "why", ""), oak.sent("by hand"))
    other = Seated(OTHER)
    other.enrol_app()
    mine = Enrolment.objects.get().id
    other.post("account/factors/withdraw", {"factor": mine}, seen="account/factors")
    assert Proposal.objects.get().standing == "waiting"


def test_others_who_only_propose_do_not_see_it(officer: tuple[Seated, App], oak: Oak) -> None:
    """An officer of visits sees no proposal of another's account; a governor does."""
    one, _ = officer
    one.enrol_passkey()
    proposal = Proposal.objects.get()
    account(oak, "visits", Role.VISITS, holder="visits, staff 9")
    at = f"staff/proposals/{proposal.id}"
    assert Seated("visits").get(at).status_code == 404
    assert second_person().get(at).status_code == 200


def test_after_a_reset_the_first_stands_at_once(officer: tuple[Seated, App], oak: Oak) -> None:
    """Who begins anew by a reset of everything enrols as a new account does; what waited is nothing."""
    one, _ = officer
    held = one.enrol_passkey()
    code = start_reset(NAME, Kind.EVERYTHING, oak.sent("reset"))
    assert use_reset(NAME, code, "another quiet afternoon", "127.0.0.1", FOUNDED) is None
    anew = Seated()
    assert anew.sign_in(NAME, "another quiet afternoon").status_code == 303
    assert approve(second_person(), Proposal.objects.get()).status_code == 409
    passkey = anew.enrol_passkey()
    assert signs_in(passkey)
    assert not signs_in(held)


def test_a_reset_of_the_password_alone_frees_nothing(officer: tuple[Seated, App], oak: Oak) -> None:
    """Whoever chose the password anew still needs what they had, and a second person for more."""
    _, app = officer
    code = start_reset(NAME, Kind.PASSWORD, oak.sent("reset"))
    assert use_reset(NAME, code, "another quiet afternoon", "127.0.0.1", FOUNDED) is None
    anew = Seated()
    anew.sign_in(NAME, "another quiet afternoon")
    anew.post("sign-in/second", {"code": app.code()}, seen="sign-in/second")
    assert not signs_in(anew.enrol_passkey())


def test_families_need_nobody(oak: Oak) -> None:
    """What a family adds to its own account stands at once."""
    account(oak, "mother", Role.FAMILY, contact=oak.contacts["alder"])
    mother = Seated("mother")
    mother.enrol_app()
    assert signs_in(mother.enrol_passkey())


def test_an_account_of_nobody_gets_no_further_one(oak: Oak) -> None:
    """Where nobody wrote down who holds an account, nobody can tell whether two are two: it says so."""
    account(oak, "unheld", Role.GATE)
    one = Seated("unheld")
    one.enrol_app()
    at = "account/factors/passkey"
    made = Passkey().make(one.options(f"{at}/options", at))
    answer = one.post(at, {"credential": made, "name": "mine"}, seen=at)
    assert answer.status_code == 403
    assert words("en")["proposal_fault_no_holder"] in answer.content.decode()
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize(("factor", "ago"), [("totp", 301), ("token", 0), ("pin", 0), ("password", 0)])
def test_whoever_did_not_just_show_it_asks_for_nothing(
    officer: tuple[Seated, App], oak: Oak, factor: str, ago: int
) -> None:
    """Whatever the door: more than five minutes ago, or by less than they can show, nothing even waits."""
    whose = Account.objects.get(name=NAME).id
    shown = FOUNDED - timedelta(seconds=ago)
    by = Actor(whose, frozenset({"gate"}), factor=factor, authenticated_at=shown, establishment=oak.id)
    secret = new_secret()
    code = App(letters_of(secret)).code()
    with pytest.raises(NotFresh):
        enrol_totp(secret, code, "", oak.sent("enrol", by=by))
    assert not Enrolment.objects.exists()
