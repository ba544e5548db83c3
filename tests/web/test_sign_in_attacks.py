"""Attacks on signing in with many accounts, a clock, or two browsers: docs/reference/attacks.md, part A."""

from __future__ import annotations

import runpy
import threading
import time
import unicodedata
from statistics import median
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connections
from django.test import override_settings

from locutorio.actions import clock, sign_in
from locutorio.actions.change_account import stop_account
from locutorio.actions.create_account import NewAccount, Role, create_account
from locutorio.store.models import Account, Told
from locutorio.web import settings as web_settings
from tests.databases import Store
from tests.establishment import FOUNDED, Oak, founded
from tests.web.devices import App
from tests.web.seated import COMMAND, PASSWORD, SECRET, TOKEN, Seated, account

NAME, WRONG = "officer of visits", "not the password"
NAMES, ROUNDS, NOISE = 200, 7, 1.3


class Slower(PBKDF2PasswordHasher):
    """The hash that is kept of passwords, by fewer rounds: slow enough to be seen in the time."""

    iterations = 40_000


@pytest.fixture
def oak(store: Store, quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> Oak:
    """Give an establishment with one officer, at a moment that stands still."""
    monkeypatch.setattr(clock, "now", lambda: FOUNDED)
    made = founded()
    account(made, NAME, Role.VISITS)
    return made


def test_one_password_on_many_accounts(oak: Oak) -> None:
    """From one address fifty names are tried, then none, not even the right one. Its owner gets in."""
    tried = [sign_in.sign_in(f"account {number}", PASSWORD, "192.0.2.1", FOUNDED) for number in range(NAMES)]
    looked_at = [one for one in tried if one == sign_in.NotSignedIn(0)]

    assert len(looked_at) <= sign_in.OF_ONE_ADDRESS_MAX
    assert isinstance(sign_in.sign_in(NAME, PASSWORD, "192.0.2.1", FOUNDED), sign_in.NotSignedIn)
    assert isinstance(sign_in.sign_in(NAME, PASSWORD, "203.0.113.9", FOUNDED), sign_in.SignedIn)


def test_nobody_is_told_by_the_time_whether_an_account_exists(store: Store) -> None:
    """A wrong password, a name of nobody, an account that is stopped or has no password: one work for all."""
    oak = founded()
    with override_settings(PASSWORD_HASHERS=[f"{__name__}.Slower"]):
        for name in ("known", "stopped"):
            account(oak, name, Role.VISITS)
        stop_account("stopped", oak.sent("stop"))
        create_account(NewAccount("without", "", Role.VISITS), oak.sent("without"))
        taken: dict[str, list[float]] = {name: [] for name in ("known", "nobody", "stopped", "without")}
        for turn in range(ROUNDS):
            for name, times in taken.items():
                begun = time.thread_time()
                answer = sign_in.sign_in(name, WRONG, f"192.0.2.{turn}", FOUNDED)
                times.append(time.thread_time() - begun)
                assert answer == sign_in.NotSignedIn(0)
    each = {name: median(times) for name, times in taken.items()}

    assert max(each.values()) < NOISE * min(each.values()), each


def test_a_password_is_the_same_in_each_form_of_its_letters(oak: Oak) -> None:
    """An accent that is typed by itself, or a letter of full width, is the same letter."""
    password = "tres ñandúes tranquilos"
    create_account(
        NewAccount("forms", password, Role.FAMILY, contact=oak.contacts["alder"]), oak.sent("forms")
    )
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert Seated().sign_in("forms", unicodedata.normalize(form, password)).status_code == 303
    assert Seated().sign_in("forms", password.replace("ñ", "n")).status_code == 403


def test_a_session_that_an_attacker_began_is_not_the_victims(oak: Oak) -> None:
    """A cookie of one's own, planted in another browser, gives neither of them the other's rights."""
    account(oak, "attacker", Role.FAMILY, contact=oak.contacts["laurel"])
    inside, begun = Seated("attacker"), Seated()
    inside.enrol_app()
    assert begun.sign_in("attacker").headers["Location"] == "/en/sign-in/second"
    for attacker in (begun, inside):
        planted = attacker.client.cookies[settings.SESSION_COOKIE_NAME].value
        victim = Seated()
        victim.client.cookies[settings.SESSION_COOKIE_NAME] = planted
        victim.sign_in(NAME)
        if attacker is begun:
            assert victim.get("staff").status_code == 200
            assert victim.client.cookies[settings.SESSION_COOKIE_NAME].value != planted
        assert attacker.get("staff").status_code != 200


def test_a_cookie_is_of_one_host(oak: Oak, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names no domain, so that a browser gives it to its host alone; another host is answered nothing."""
    officer = Seated(NAME)
    cookies = officer.client.cookies
    assert {name: (one["domain"], one["path"]) for name, one in cookies.items()} == {
        "seat": ("", "/"),
        "form": ("", "/"),
    }
    for host in ("public.example", "127.0.0.1.example", "staff.127.0.0.1"):
        assert officer.client.get("/en/staff", headers={"host": host}).status_code == 400
    monkeypatch.setenv("LOCUTORIO_SITE", "https://visits.example")
    behind = runpy.run_path(str(web_settings.__file__))
    for name in (behind["SESSION_COOKIE_NAME"], behind["CSRF_COOKIE_NAME"]):
        assert name.startswith("__Host-")
    assert behind["SESSION_COOKIE_SECURE"]
    assert behind["CSRF_COOKIE_SECURE"]


def test_two_who_enrol_at_one_moment_leave_one_factor(store: Store, quick_passwords: None) -> None:
    """Two sessions of one account send the code of an app of their own at once: one app is enrolled."""
    account(founded(), NAME, Role.VISITS)
    sessions = [Seated(NAME) for _ in range(4)]
    secrets = [SECRET.search(one.page("account/factors/codes")) for one in sessions]
    apps = [App(found[1].replace(" ", "")) for found in secrets if found]
    forms = [_form(one) for one in sessions]
    gate = threading.Barrier(len(sessions))
    answers: list[int] = []

    def enrol(one: Seated, app: App, form: dict[str, Any]) -> None:
        gate.wait()
        answers.append(one.client.post("/en/account/factors/codes", {**form, "code": app.code()}).status_code)
        connections.close_all()

    threads = [threading.Thread(target=enrol, args=each) for each in zip(sessions, apps, forms, strict=True)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert Authenticator.objects.filter(user=Account.objects.get(), type="totp").count() == 1
    assert Told.objects.filter(what="totp_added").count() == 1
    assert answers.count(200) == 1
    assert not [status for status in answers if status >= 500]


def _form(one: Seated) -> dict[str, Any]:
    """Give what the form on the page of codes sends, without its code."""
    page = one.get("account/factors/codes").content.decode()
    found = {"csrfmiddlewaretoken": TOKEN.search(page), "command": COMMAND.search(page)}
    return {name: match[1] for name, match in found.items() if match}
