"""Second factors: an app with one-time codes, recovery codes, and what changes when they do."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections

from locutorio.actions import clock, sign_in
from locutorio.actions.create_account import Role
from locutorio.actions.sign_in import NotSignedIn
from locutorio.store.models import Account, Entry, Establishment, Told
from locutorio.web.words import words
from tests.databases import Store
from tests.entries import entries
from tests.establishment import FOUNDED, Oak, founded
from tests.web.devices import App
from tests.web.seated import PASSWORD, Seated, account

NAME = "officer of visits"


@pytest.fixture
def oak(store: Store, quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> Oak:
    """Give an establishment with one officer, at a moment that stands still."""
    monkeypatch.setattr(clock, "now", lambda: FOUNDED)
    made = founded()
    account(made, NAME, Role.VISITS)
    return made


@pytest.mark.usefixtures("oak")
def test_with_an_app_a_password_alone_lets_nobody_in() -> None:
    """Once an app is enrolled, the password leads to a second step; only the code after it signs in."""
    first = Seated(NAME)
    app, codes = first.enrol_app()
    assert first.get("staff").status_code == 200
    assert len(codes) == 10

    second = Seated()
    assert second.sign_in(NAME).headers["Location"] == "/en/sign-in/second"
    assert second.get("staff").status_code == 302
    assert second.post("sign-in/second", {"code": "000000"}, seen="sign-in/second").status_code == 403
    assert second.get("staff").status_code == 302
    assert second.post("sign-in/second", {"code": app.code()}, seen="sign-in/second").status_code == 303
    assert second.get("staff").status_code == 200


def test_a_code_is_never_taken_twice(oak: Oak, monkeypatch: pytest.MonkeyPatch) -> None:
    """A one-time code that was used opens nothing more, nor does one before it, while it still shows."""
    app, _ = Seated(NAME).enrol_app()
    used = app.code()
    signed = sign_in.sign_in(NAME, PASSWORD, "192.0.2.1", FOUNDED)
    assert isinstance(signed, sign_in.SignedIn)

    def show(code: str) -> bool:
        answer = sign_in.show_code(signed.account, signed.stamp, code, "192.0.2.1", FOUNDED)
        return not isinstance(answer, NotSignedIn)

    assert show(used)
    assert not show(used)
    assert show(app.code())
    assert not show(App(app.secret).code())


def test_of_two_who_send_one_code_at_once_one_gets_in(store: Store, quick_passwords: None) -> None:
    """The same code sent twice at one moment is right once, on both databases."""
    account(founded(), NAME, Role.VISITS)
    app, codes = Seated(NAME).enrol_app()
    signed = sign_in.sign_in(NAME, PASSWORD, "192.0.2.1", clock.now())
    assert isinstance(signed, sign_in.SignedIn)
    for code in (app.code(), codes[0]):
        right: list[bool] = []

        def show(code: str = code, right: list[bool] = right) -> None:
            answer = sign_in.show_code(signed.account, signed.stamp, code, "192.0.2.1", clock.now())
            right.append(not isinstance(answer, NotSignedIn))
            connections.close_all()

        threads = [threading.Thread(target=show) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert sorted(right) == [False, False, False, True]


@pytest.mark.usefixtures("oak")
def test_a_recovery_code_works_once_and_is_never_shown_again() -> None:
    """Recovery codes are shown as the first factor is enrolled; each opens once, and new ones end the old."""
    first = Seated(NAME)
    app, codes = first.enrol_app()
    assert not [code for code in codes if code in first.page("account/factors")]
    for status in (303, 403):
        other = Seated()
        other.sign_in(NAME)
        assert other.post("sign-in/second", {"code": codes[0]}, seen="sign-in/second").status_code == status

    renewing = Seated(NAME, app=app)
    renewed = renewing.post("account/factors/recovery", {}, seen="account/factors").content.decode()
    assert codes[1] not in renewed
    other = Seated()
    other.sign_in(NAME)
    assert other.post("sign-in/second", {"code": codes[1]}, seen="sign-in/second").status_code == 403


@pytest.mark.usefixtures("oak")
def test_a_change_of_what_shows_who_one_is_ends_other_sessions_and_is_told() -> None:
    """A factor that is added or removed ends the sessions elsewhere; a notice stands on the owner's pages."""
    here, there = Seated(NAME), Seated(NAME)
    app, _ = here.enrol_app()
    assert here.get("staff").status_code == 200
    assert there.get("staff").status_code == 302
    assert words("en")["told_some"] in here.page("staff")
    assert words("en")["told_totp_added"] in here.page("account")
    assert here.post("account/seen", {}).status_code == 303
    assert words("en")["told_some"] not in here.page("staff")

    there = Seated(NAME, app=app)
    factor = Authenticator.objects.get(type="totp").pk
    assert here.post("account/factors/remove", {"factor": factor}, seen="account/factors").status_code == 303
    assert there.get("staff").status_code == 302
    assert words("en")["told_totp_removed"] in here.page("account")
    assert not Authenticator.objects.exists()
    assert Seated(NAME).get("staff").status_code == 200


def test_of_two_sessions_that_change_an_account_at_once_one_does(oak: Oak) -> None:
    """Two that enrol from sessions begun before either: the second changes nothing and is told."""
    one, two = Seated(NAME), Seated(NAME)
    secrets = [session.page("account/factors/codes") for session in (one, two)]
    assert secrets[0] != secrets[1]
    one.enrol_app()
    late = two.post("account/factors/codes", {"code": "123456"}, seen="sign-in")

    assert late.status_code == 302
    assert Authenticator.objects.filter(type="totp").count() == 1
    assert Told.objects.filter(what="totp_added").count() == 1


@pytest.mark.usefixtures("oak")
def test_nobody_removes_the_factor_of_another() -> None:
    """The number of somebody else's factor removes nothing."""
    oak = Establishment.objects.get()
    first = Seated(NAME)
    app, _ = first.enrol_app()
    factor = Authenticator.objects.get(type="totp").pk
    account(Oak(oak.id, {}, {}), "another", Role.GATE)
    other = Seated("another")
    for given in (factor, "x", "", "-1", "9" * 30):
        answer = other.post("account/factors/remove", {"factor": given}, seen="account/factors")
        assert answer.status_code in (303, 409)
    assert Authenticator.objects.filter(pk=factor).exists()
    assert Seated(NAME, app=app).get("staff").status_code == 200


def test_codes_are_tried_five_times(oak: Oak, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has the password guesses the code five times in a quarter of an hour, and no more."""
    app, _ = Seated(NAME).enrol_app()
    guessing = Seated()
    for _ in range(3):
        guessing.sign_in(NAME)
        for wrong in ("111111", "222222"):
            guessing.post("sign-in/second", {"code": wrong}, seen="sign-in/second")
    guessing.sign_in(NAME)
    assert guessing.post("sign-in/second", {"code": app.code()}, seen="sign-in/second").status_code == 403

    monkeypatch.setattr(clock, "now", lambda: FOUNDED + timedelta(minutes=16))
    assert Seated(NAME, app=app).get("staff").status_code == 200


def test_staff_enrol_before_anything_else_where_it_is_needed(oak: Oak) -> None:
    """Where an establishment needs a second factor, staff see no other page before they have one."""
    Establishment.objects.update(factor_needed=True)
    account(oak, "mother", Role.FAMILY, contact=oak.contacts["alder"])
    officer = Seated(NAME)
    for address in ("staff", "staff/people", "account"):
        assert officer.get(address).headers["Location"] == "/en/account/factors"
    assert words("en")["factors_must"] in officer.page("account/factors")
    officer.enrol_app()

    assert officer.get("staff").status_code == 200
    assert Seated("mother").get("visits").status_code == 200


def test_the_second_step_waits_five_minutes(oak: Oak, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever showed a password and went away begins again."""
    app, _ = Seated(NAME).enrol_app()
    slow = Seated()
    slow.sign_in(NAME)
    monkeypatch.setattr(clock, "now", lambda: FOUNDED + timedelta(minutes=6))
    answer = slow.client.get("/en/sign-in/second")
    assert answer.headers["Location"] == "/en/sign-in?ended=1"
    assert Seated(NAME, app=app).get("staff").status_code == 200


def test_no_secret_stands_in_the_record(oak: Oak) -> None:
    """Neither the secret of an app nor a recovery code is in an entry; who did what is."""
    app, codes = Seated(NAME).enrol_app()
    said = str(entries())

    assert Entry.objects.filter(action="enrol_totp", actor=Account.objects.get().pk).count() == 1
    assert not [secret for secret in (app.secret, *codes) if secret in said]
