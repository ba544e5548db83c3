"""Passkeys: what lets somebody in, and every way in which what a browser sends is not what was asked for."""

from __future__ import annotations

import json
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from hypothesis import given
from hypothesis import strategies as st

from locutorio.actions import clock, sign_in
from locutorio.actions.change_account import stop_account
from locutorio.actions.create_account import Role
from locutorio.store import passkeys
from locutorio.store.models import Challenge
from locutorio.store.passkeys import Site
from locutorio.web.headers import SCRIPTED
from locutorio.web.words import words
from tests.databases import Store, fresh
from tests.establishment import FOUNDED, Oak, founded
from tests.web.devices import HERE, Passkey
from tests.web.seated import Seated, account

NAME = "officer of visits"


@pytest.fixture
def oak(store: Store, quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> Oak:
    """Give an establishment with two officers, at a moment that stands still."""
    monkeypatch.setattr(clock, "now", lambda: FOUNDED)
    made = founded()
    account(made, NAME, Role.VISITS)
    account(made, "another", Role.GATE)
    return made


@pytest.mark.usefixtures("oak")
def test_a_passkey_alone_signs_in() -> None:
    """Who enrolled a passkey signs in by it, without name or password; it can also be the second step."""
    passkey = Seated(NAME).enrol_passkey()
    officer = Seated()
    assert officer.sign_in_by(passkey).headers["Location"] == "/en/staff"
    assert NAME in officer.page("staff")

    by_password = Seated()
    assert by_password.sign_in(NAME).headers["Location"] == "/en/sign-in/second"
    asked = by_password.options("sign-in/passkey", "sign-in/second")
    assert len(asked["publicKey"]["allowCredentials"]) == 1
    answer = {"credential": passkey.use(asked)}
    assert by_password.post("sign-in/second", answer, seen="sign-in/second").status_code == 303


@pytest.mark.usefixtures("oak")
def test_an_answer_is_taken_once() -> None:
    """What a passkey signed lets somebody in once; sent again, from wherever, it is worth nothing."""
    passkey = Seated(NAME).enrol_passkey()
    officer = Seated()
    answer = {"credential": passkey.use(officer.options("sign-in/passkey", "sign-in"))}
    assert officer.post("sign-in", answer, seen="sign-in").status_code == 303
    officer.post("sign-out", {})

    assert officer.post("sign-in", answer, seen="sign-in").status_code == 403
    assert Seated().post("sign-in", answer, seen="sign-in").status_code == 403


@pytest.mark.usefixtures("oak")
@pytest.mark.parametrize(
    "bent",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "http://127.0.0.1:81"},
        {"origin": "https://127.0.0.1"},
        {"by": 0},
        {"by": -1},
        {"handle": b"x"},
        {"handle": b"0" * 16},
    ],
)
def test_what_is_not_as_it_was_asked_for_is_refused(bent: dict[str, Any]) -> None:
    """Another origin, a counter that stays or goes back, an account that is none: nobody gets in."""
    passkey = Passkey(counter=5)
    Seated(NAME).enrol_passkey(passkey)
    refused = Seated().sign_in_by(passkey, **bent)

    assert refused.status_code == 403
    assert words("en")["sign_in_passkey_wrong"] in unescape(refused.content.decode())
    passkey.counter = 10
    assert Seated().sign_in_by(passkey).status_code == 303


@pytest.mark.usefixtures("oak")
def test_a_device_that_was_not_unlocked_or_is_of_another_site_is_refused() -> None:
    """Somebody must have unlocked the device, and it must have signed for this site."""
    passkey = Seated(NAME).enrol_passkey()
    flags, passkey.flags = passkey.flags, passkey.flags.UP
    assert Seated().sign_in_by(passkey).status_code == 403
    passkey.flags, passkey.host = flags, "elsewhere.example"
    assert Seated().sign_in_by(passkey).status_code == 403

    for bad in (Passkey(flags=passkey.flags.UP), Passkey(host="x"), Passkey(origin="https://x.example")):
        officer = Seated()
        officer.sign_in("another")
        at = "account/factors/passkey"
        made = bad.make(officer.options(f"{at}/options", at))
        assert officer.post(at, {"credential": made}, seen=at).status_code == 403
    assert Authenticator.objects.filter(type="webauthn").count() == 1


@pytest.mark.usefixtures("oak")
def test_a_challenge_is_for_one_browser_one_account_and_five_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one browser was asked is not answered by another, nor for another account, nor later."""
    passkey = Seated(NAME).enrol_passkey()
    one, two = Seated(), Seated()
    asked = one.options("sign-in/passkey", "sign-in")
    two.get("sign-in")
    assert two.post("sign-in", {"credential": passkey.use(asked)}, seen="sign-in").status_code == 403

    waiting = Seated()
    waiting.sign_in(NAME)
    asked = waiting.options("sign-in/passkey", "sign-in/second")
    assert waiting.post("sign-in", {"credential": passkey.use(asked)}, seen="sign-in").status_code == 403

    asked = one.options("sign-in/passkey", "sign-in")
    monkeypatch.setattr(clock, "now", lambda: FOUNDED + timedelta(minutes=5))
    assert one.post("sign-in", {"credential": passkey.use(asked)}, seen="sign-in").status_code == 403
    one.options("sign-in/passkey", "sign-in")
    assert Challenge.objects.count() == 1


@pytest.mark.usefixtures("oak")
def test_no_passkey_stands_in_for_another_account() -> None:
    """A passkey of one account shows nothing for another: not as a second step, not by naming it."""
    mine, theirs = Seated(NAME).enrol_passkey(), Seated("another").enrol_passkey()
    waiting = Seated()
    waiting.sign_in(NAME)
    asked = waiting.options("sign-in/passkey", "sign-in/second")
    assert (
        waiting.post("sign-in/second", {"credential": theirs.use(asked)}, seen="sign-in/second").status_code
        == 403
    )
    assert Seated().sign_in_by(theirs, handle=mine.handle).status_code == 403
    again = Seated()
    again.sign_in_by(theirs)
    at = "account/factors/passkey"
    assert mine.id != theirs.id
    answer = theirs.make(again.options(f"{at}/options", at))
    assert again.post(at, {"credential": answer}, seen=at).status_code == 409


def test_no_number_of_tries_keeps_a_passkey_out(oak: Oak) -> None:
    """However often others fail in somebody's name or from their address, their passkey lets them in."""
    passkey = Seated(NAME).enrol_passkey()
    for number in range(sign_in.OF_ONE_NAME_MAX + 5):
        sign_in.sign_in(NAME, "wrong", f"198.51.100.{number}", FOUNDED)
    for number in range(sign_in.OF_ONE_ADDRESS_MAX + 5):
        sign_in.sign_in(f"guess {number}", "wrong", "127.0.0.1", FOUNDED)
    stranger = Passkey(handle=passkey.handle)
    for _ in range(10):
        assert Seated().sign_in_by(stranger).status_code == 403
    assert Seated().sign_in(NAME).status_code == 403

    assert Seated().sign_in_by(passkey).status_code == 303


def test_a_stopped_account_has_no_way_in(oak: Oak) -> None:
    """The passkey of a stopped account is answered like one that nobody knows."""
    passkey = Seated(NAME).enrol_passkey()
    stop_account(NAME, oak.sent("stop"))
    told = [Seated().sign_in_by(one) for one in (passkey, Passkey(handle=passkey.handle))]

    assert [one.status_code for one in told] == [403, 403]
    assert len({words("en")["sign_in_passkey_wrong"] in unescape(one.content.decode()) for one in told}) == 1


@pytest.mark.usefixtures("oak")
def test_only_the_pages_of_passkeys_run_a_script() -> None:
    """The script is a file of ours, on these pages alone; without JavaScript they say what to do instead."""
    officer = Seated(NAME)
    for address in ("sign-in", "account/factors/passkey", "confirm"):
        page = (Seated() if address == "sign-in" else officer).get(address)
        assert page.headers["Content-Security-Policy"] == SCRIPTED
        assert page.content.decode().count("<script") == 1
    for address in ("staff", "account", "account/factors", "account/factors/codes"):
        page = officer.get(address)
        assert "script-src 'none'" in page.headers["Content-Security-Policy"]
        assert "<script" not in page.content.decode()
    named = Seated().client.get("/en/sign-in", headers={"host": "localhost:8000"}).content.decode()
    assert f"<noscript><p>{words('en')['passkey_needs_script']}" in unescape(named)
    assert "<strong>http://localhost/en/sign-in</strong>" in Seated().page("sign-in")


def test_nothing_that_a_browser_sends_breaks_it(quick_passwords: None) -> None:
    """Any text and any JSON for an answer is refused, by what makes a passkey and by what uses one."""
    junk = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=8,
    )
    with fresh("sqlite"):
        who = account(founded(), NAME, Role.VISITS)
        site = Site("127.0.0.1", HERE, "x", "a browser")
        passkey = Passkey()
        whole = json.loads(passkey.make(passkeys.begin_making(who, site, FOUNDED)))
        used = json.loads(passkey.use(passkeys.begin_using(None, site, FOUNDED)))

        @given(
            junk, st.sampled_from(["", *whole, *used, *whole["response"], *used["response"]]), st.booleans()
        )
        def bent(value: object, where: str, making: bool) -> None:
            sent = json.loads(json.dumps(whole if making else used))
            (sent["response"] if where in sent["response"] else sent)[where] = value
            for text in (json.dumps(sent), json.dumps(value), str(value)):
                passkeys.made(text, who, site, FOUNDED)
                assert passkeys.used(text, None, site, FOUNDED) is None

        bent()
