"""Signing in and out: who gets in, how often one may try, and what a session is worth."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from locutorio.actions import clock, create_account, sign_in
from locutorio.actions.change_account import stop_account
from locutorio.actions.create_account import Role
from locutorio.kernel.faults import Fault
from locutorio.store.log.reading import payloads
from locutorio.store.log.sequencer import sequence
from locutorio.store.models import Account, Leaf
from locutorio.web import sessions, signing_in
from locutorio.web.words import words
from tests.databases import Store
from tests.entries import entries
from tests.establishment import FOUNDED, Oak, founded
from tests.web.seated import PASSWORD, Seated, account

NAME = "officer of visits"
WRONG = "not the password"


@pytest.fixture
def oak(store: Store, quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> Oak:
    """Give an establishment with one officer, at a moment that stands still."""
    monkeypatch.setattr(clock, "now", lambda: FOUNDED)
    made = founded()
    account(made, NAME, Role.VISITS)
    return made


def later(monkeypatch: pytest.MonkeyPatch, minutes: int) -> datetime:
    """Let so many minutes have passed since the beginning."""
    at = FOUNDED + timedelta(minutes=minutes)
    monkeypatch.setattr(clock, "now", lambda: at)
    return at


@pytest.mark.usefixtures("oak")
def test_who_signs_in_is_led_to_their_pages_and_out_again() -> None:
    """A name in any case and its password let in; signing out ends it, also for a copy of the cookie."""
    officer = Seated()
    assert officer.sign_in(f" {NAME.upper()} ").headers["Location"] == "/en/staff"
    copy = officer.client.cookies["seat"].value
    assert "Oak County Jail" in officer.page("staff")

    assert officer.post("sign-out", {}).status_code == 303
    assert officer.get("staff").headers["Location"].startswith("/en/sign-in?")
    officer.client.cookies["seat"] = copy
    assert officer.get("staff").headers["Location"].startswith("/en/sign-in?")
    assert Session.objects.count() == 0


@pytest.mark.usefixtures("oak")
def test_cookies_are_of_this_site_alone_and_no_script_can_read_them() -> None:
    """Each cookie is HttpOnly and SameSite=Strict, and the session's key changes as somebody signs in."""
    officer = Seated(NAME)

    assert {name: (one["httponly"], one["samesite"]) for name, one in officer.client.cookies.items()} == {
        "seat": (True, "Strict"),
        "form": (True, "Strict"),
    }
    before = officer.client.cookies["seat"].value
    officer.post("sign-out", {})
    officer.sign_in(NAME)
    assert officer.client.cookies["seat"].value != before


@pytest.mark.usefixtures("oak")
@pytest.mark.parametrize("lang", ["en", "es"])
def test_nobody_is_told_whether_an_account_exists(lang: str) -> None:
    """A wrong password and a name that nobody has are answered alike, also once there were too many tries."""
    told = []
    for name in (NAME, "nobody at all"):
        somebody = Seated(lang=lang)
        answers = [somebody.sign_in(name, WRONG) for _ in range(sign_in.TRIES_MAX + 1)]
        assert {one.status_code for one in answers} == {403}
        shown = [unescape(one.content.decode()) for one in (answers[0], answers[-1])]
        told.append([re.sub(r'value="[^"]*"', "", page) for page in shown])

    assert told[0] == told[1]
    assert words(lang)["sign_in_wrong"] in told[0][0]
    assert words(lang)["sign_in_wrong"] not in told[0][1]


def test_too_many_tries_shut_the_door_for_a_while(oak: Oak, monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many failures even the right password waits; the same name gets in once the time is over."""
    somebody = Seated()
    for _ in range(sign_in.TRIES_MAX):
        assert somebody.sign_in(NAME, WRONG).status_code == 403
    assert somebody.sign_in(NAME).status_code == 403

    later(monkeypatch, 16)
    assert somebody.sign_in(NAME).status_code == 303


def test_tries_from_one_address_or_at_one_name_are_counted_over_all(oak: Oak) -> None:
    """Many names from one address are too many, and so are many addresses at one name."""
    for number in range(sign_in.OF_ONE_ADDRESS_MAX):
        sign_in.sign_in(f"guess {number}", "", "192.0.2.1", FOUNDED)
        assert sign_in.sign_in(f"guess {number}", WRONG, "192.0.2.1", FOUNDED) == sign_in.NotSignedIn(0)
    assert sign_in.sign_in(NAME, PASSWORD, "192.0.2.1", FOUNDED) == sign_in.NotSignedIn(15)

    for number in range(sign_in.OF_ONE_NAME_MAX):
        sign_in.sign_in(NAME, WRONG, f"198.51.100.{number}", FOUNDED)
    assert sign_in.sign_in(NAME, PASSWORD, "203.0.113.9", FOUNDED) == sign_in.NotSignedIn(15)


@pytest.mark.usefixtures("oak")
def test_a_form_without_its_token_is_not_carried_out() -> None:
    """A form that another page made up changes nothing, and the reader learns what to do."""
    officer = Seated(NAME)
    for address, fields in (
        ("sign-out", {}),
        ("account", {"old": PASSWORD, "new": "another quiet afternoon"}),
        ("sign-in", {"name": NAME, "password": PASSWORD}),
    ):
        response = officer.client.post(f"/es/{address}", fields)
        assert response.status_code == 403
        assert words("es")["error_forged_title"] in unescape(response.content.decode())

    elsewhere = officer.post("sign-out", {}, command="x")
    assert elsewhere.status_code == 303


@pytest.mark.usefixtures("oak")
@pytest.mark.parametrize("origin", ["null", "https://elsewhere.example"])
def test_a_form_from_another_page_is_refused_even_with_its_token(origin: str) -> None:
    """A browser that names another origin, or none, sends nothing here: our pages say whence they come."""
    officer = Seated(NAME)
    page = officer.get("account")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    assert token
    response = officer.client.post(
        "/en/sign-out", {"csrfmiddlewaretoken": token[1]}, headers={"Origin": origin}
    )

    assert page.headers["Referrer-Policy"] == "same-origin"
    assert response.status_code == 403
    assert officer.get("staff").status_code == 200


@pytest.mark.usefixtures("oak")
def test_staff_who_do_nothing_are_signed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifteen minutes without a page end the session of staff; each page begins them again."""
    officer = Seated(NAME)
    for minutes in (14, 28):
        later(monkeypatch, minutes)
        assert officer.get("staff").status_code == 200
    later(monkeypatch, 44)
    assert officer.get("staff").status_code == 302
    later(monkeypatch, 45)
    assert officer.get("staff").status_code == 302


@pytest.mark.usefixtures("oak")
def test_a_new_password_ends_every_other_session() -> None:
    """Whoever changes their password stays; whoever used the old one elsewhere has to sign in again."""
    here, there = Seated(NAME), Seated(NAME)
    assert here.post("account", {"old": WRONG, "new": "another quiet afternoon"}).status_code == 200
    assert here.post("account", {"old": PASSWORD, "new": "short"}).status_code == 200
    assert here.post("account", {"old": PASSWORD, "new": "another quiet afternoon"}).status_code == 303

    assert here.get("staff").status_code == 200
    assert there.get("staff").status_code == 302
    assert Seated().sign_in(NAME).status_code == 403
    assert Seated().sign_in(NAME, "another quiet afternoon").status_code == 303


def test_a_stopped_account_is_out_at_once(oak: Oak) -> None:
    """Once an account is stopped, its session is worth nothing, and its password lets nobody in."""
    officer = Seated(NAME)
    stop_account(NAME, oak.sent("stop"))

    assert officer.get("staff").status_code == 302
    assert Seated().sign_in(NAME).status_code == 403
    with pytest.raises(Fault, match="nobody signs in here"):
        stop_account("nobody", oak.sent("stop nobody"))


def test_no_password_is_kept(store: Store) -> None:
    """A password stands nowhere: the table holds a slow hash of it, the record nothing."""
    account(founded(), NAME, Role.VISITS)
    kept = Account.objects.get(name=NAME).password

    assert PASSWORD not in kept
    assert re.match(r"pbkdf2_sha256\$\d{7}\$", kept)
    assert entries()
    sequence()
    held = [*map(str, entries()), *map(str, payloads([*Leaf.objects.all()]))]
    assert not [one for one in held if PASSWORD in one or kept in one]


def test_an_account_that_cannot_be_is_refused(oak: Oak) -> None:
    """A name that is taken, a short password, a family without a contact: nothing is made."""
    made = Account.objects.count()
    new = create_account.NewAccount
    for wrong in (
        new(NAME.title(), PASSWORD, Role.GATE),
        new("new", "short", Role.GATE),
        new(" ", PASSWORD, Role.GATE),
        new("new", PASSWORD, Role.FAMILY),
        new("new", PASSWORD, Role.GATE, contact=oak.contacts["alder"]),
        new("new", PASSWORD, Role.PERSON),
    ):
        with pytest.raises(Fault):
            create_account.create_account(wrong, oak.sent(str(wrong)))

    assert Account.objects.count() == made


@pytest.mark.usefixtures("oak")
@pytest.mark.parametrize(
    "address",
    ["https://elsewhere.example/en/staff", "//elsewhere.example/en/staff", "/en/visits", "/en/law", "x", ""],
)
def test_signing_in_leads_nowhere_else(address: str) -> None:
    """Whatever stands in the address, whoever signs in comes to a page of theirs here."""
    assert Seated().sign_in(NAME, next=address).headers["Location"] == "/en/staff"


@pytest.mark.usefixtures("oak")
def test_signing_in_leads_back_to_the_page_that_was_asked_for() -> None:
    """Who followed a link before signing in gets to that page."""
    asked = Seated().get("account").headers["Location"]

    assert asked == "/en/sign-in?next=%2Fen%2Faccount"
    assert Seated().sign_in(NAME, next="/en/account").headers["Location"] == "/en/account"


def test_without_a_database_there_is_nobody_to_sign_in(client: Client) -> None:
    """The open page alone has no establishment: its addresses lead nowhere, and no page names them."""
    for address in ("sign-in", "staff", "visits", "own", "account"):
        assert client.get(f"/en/{address}").status_code == 404
    assert "sign-in" not in client.get("/en/").content.decode()


@pytest.mark.usefixtures("oak")
def test_the_open_page_stays_as_it_is_beside_an_establishment() -> None:
    """With a database, an open page still sets no cookie, and asks nothing of the database."""
    reader = Client(HTTP_HOST="127.0.0.1")
    page = reader.get("/en/")

    assert page.status_code == 200
    assert not reader.cookies
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert 'href="/en/sign-in"' in page.content.decode()


@pytest.mark.usefixtures("oak")
def test_behind_https_the_server_in_front_says_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only where a server in front is named does its word count, and then only the last one: its own."""
    tried: list[str] = []

    def noted(name: str, password: str, address: str, at: datetime) -> sign_in.NotSignedIn:
        tried.append(address)
        return sign_in.NotSignedIn(0)

    monkeypatch.setattr(signing_in, "sign_in", noted)
    somebody = Seated()
    forwarded = {"X-Forwarded-For": "203.0.113.5, 198.51.100.7"}
    page = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', somebody.page("sign-in"))
    assert page
    for behind in (False, True):
        monkeypatch.setattr(sessions, "BEHIND_HTTPS", behind)
        fields = {"name": NAME, "password": PASSWORD, "csrfmiddlewaretoken": page[1]}
        somebody.client.post("/en/sign-in", fields, headers=forwarded)

    assert tried == ["127.0.0.1", "198.51.100.7"]
