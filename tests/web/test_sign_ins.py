"""Who signed in, and who could not, is in the record: with what, from where, and nothing that was typed."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from locutorio.actions import clock, sign_in
from locutorio.actions.change_account import stop_account
from locutorio.actions.create_account import Role
from locutorio.actions.enrol_kiosk import stop_kiosk
from locutorio.actions.erase_due import erase_due
from locutorio.actions.keep_log import keep_logs
from locutorio.actions.note_failures import note_failures
from locutorio.actions.order_erasure import order_erasure
from locutorio.actions.sign_in_at_kiosk import place_of, sign_in_at_kiosk
from locutorio.actions.start_reset import Kind, start_reset
from locutorio.actions.use_reset import use_reset
from locutorio.actions.verify_log import verify_log
from locutorio.kernel.faults import Fault
from locutorio.store.actor import PROGRAM
from locutorio.store.log.reading import contents_of, payload
from locutorio.store.log.sequencer import sequence
from locutorio.store.models import Account, Entry, Failure, Leaf, Told
from locutorio.web.words import words
from tests.databases import Store, server
from tests.entries import entries
from tests.establishment import FOUNDED, Oak, founded
from tests.store import planting
from tests.web.seated import PASSWORD, Seated, account
from tests.web.test_kiosk import NUMBER, PIN, choose, device, enter

NAME, WRONG = "officer of visits", "Tr0ub4dor and 3 lanterns"
HOME, STREET = "9.9.9.9", "127.0.0.1"


@pytest.fixture
def oak(store: Store, quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> Oak:
    """Give an establishment with one officer, at a moment that stands still."""
    at(monkeypatch, timedelta())
    made = founded()
    account(made, NAME, Role.VISITS)
    return made


def at(monkeypatch: pytest.MonkeyPatch, since: timedelta) -> datetime:
    """Let so much time have passed since the beginning."""
    moment = FOUNDED + since
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


def noted(oak: Oak, action: str) -> list[dict[str, Any]]:
    """Give what the entries of an action say, without the account, oldest first."""
    account_ = str(Account.objects.get(name=NAME).id)
    found = [one.asked for one in entries(action=action, establishment=oak.id)]
    assert all(one["account"] in (account_, None) for one in found)
    return [{name: value for name, value in one.items() if name != "account"} for one in found]


def in_order(said: dict[str, Any]) -> str:
    """Give what puts entries in one order."""
    return json.dumps(said, sort_keys=True)


def test_signing_in_showing_it_again_and_signing_out_are_entries(oak: Oak) -> None:
    """Each says by which factor and from what kind of network; the account is who did it."""
    officer = Seated(NAME)
    app, _ = officer.enrol_app()
    officer.post("sign-out", {})
    Seated(NAME, app=app)

    inside = {"network": "private", "kiosk": None}
    begun = sorted(noted(oak, "sign_in"), key=lambda one: str(one["factor"]))
    assert begun == [{**inside, "factor": factor} for factor in ("password", "totp")]
    assert noted(oak, "show_password") == [inside]
    assert noted(oak, "sign_out") == [{}]
    assert sorted(one.action for one in Entry.objects.exclude(actor=None)) == [
        "enrol_totp",
        "show_password",
        "sign_in",
        "sign_in",
        "sign_out",
    ]


def test_showing_once_more_that_one_is_there_is_an_entry(oak: Oak, monkeypatch: pytest.MonkeyPatch) -> None:
    """After five minutes a page asks again: what was shown is entered, and what was wrong is counted."""
    officer = Seated(NAME)
    at(monkeypatch, timedelta(minutes=6))
    for password in (WRONG, PASSWORD):
        officer.post("confirm", {"confirm_password": password, "confirms": "1"})

    assert noted(oak, "step_up") == [{"network": "private", "kiosk": None}]
    assert [row.wrong for row in Failure.objects.all()] == [1]


@pytest.mark.parametrize("why", ["idle", "day", "changed", "kiosk"])
def test_a_session_that_ends_by_itself_is_an_entry(
    oak: Oak, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether nobody did anything, the day was over, the account was stopped or the kiosk: once, with why."""
    account(oak, "rowan", Role.PERSON, person=oak.people["rowan"])
    if why == "kiosk":
        somebody = device(oak, "north 1", "north")
        assert choose(somebody, start_reset("rowan", Kind.PIN, oak.sent("pin"))) == 303
        assert enter(somebody) == 303
        stop_kiosk("north 1", oak.sent("stop"))
    else:
        somebody = Seated(NAME)
    if why == "changed":
        stop_account(NAME, oak.sent("stop"))
    if why == "idle":
        at(monkeypatch, timedelta(minutes=40))
    for minutes in range(10, 13 * 60, 10) if why == "day" else ():
        at(monkeypatch, timedelta(minutes=minutes))
        somebody.get("staff")
    for _ in range(3):
        assert somebody.get("own" if why == "kiosk" else "staff").status_code == 302

    said = [one.asked for one in entries(action="end_session")]
    assert [(one["why"], one["begun"]) for one in said] == [(why, FOUNDED.isoformat())]


def test_who_could_not_is_an_entry_for_a_quarter_of_an_hour(
    oak: Oak, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often: one for an account and a network, with how many were looked at and how many not."""
    for _ in range(40):
        sign_in.sign_in(NAME, WRONG, HOME, FOUNDED)
        sign_in.sign_in("nobody at all", WRONG, STREET, FOUNDED)
    for number in range(3):
        sign_in.sign_in(f"nobody {number}", WRONG, HOME, FOUNDED)
    keep_logs(FOUNDED + timedelta(minutes=15))
    assert noted(oak, "fail_sign_in") == []

    later = at(monkeypatch, timedelta(minutes=16))
    for _ in range(2):
        note_failures(later)
    quarter = {"since": FOUNDED.isoformat(), "last_at": FOUNDED.isoformat()}
    found = sorted(noted(oak, "fail_sign_in"), key=in_order)
    assert found == sorted(
        (
            {"door": "password", "kiosk": None, "network": "public", "wrong": 5, "held_back": 35, **quarter},
            {"door": "password", "kiosk": None, "network": "private", "wrong": 5, "held_back": 35, **quarter},
            {"door": "password", "kiosk": None, "network": "public", "wrong": 3, "held_back": 0, **quarter},
        ),
        key=in_order,
    )
    assert not Failure.objects.exists()
    assert {one.actor for one in Entry.objects.filter(action="fail_sign_in")} == {None}


def test_every_door_counts(oak: Oak) -> None:
    """A password, a code, a passkey, a PIN and a reset that were wrong are each counted by their door."""
    account(oak, "rowan", Role.PERSON, person=oak.people["rowan"])
    kiosk = device(oak, "north 1", "north")
    Seated(NAME).enrol_app()
    somebody = Seated()
    somebody.sign_in(NAME, WRONG)
    somebody.sign_in(NAME)
    somebody.post("sign-in/second", {"code": "000000"}, seen="sign-in/second")
    somebody.post("sign-in/second", {"credential": "{}"}, seen="sign-in/second")
    enter(kiosk, "111222")
    choose(kiosk, "111222")
    use_reset(NAME, "BCDF-GHJK", "another quiet afternoon", HOME, FOUNDED)
    use_reset("nobody", "BCDF-GHJK", "another quiet afternoon", HOME, FOUNDED)
    note_failures(FOUNDED + timedelta(minutes=16))

    found = [one.asked for one in entries(action="fail_sign_in")]
    assert sorted((one["door"], one["network"], one["account"] is None, one["wrong"]) for one in found) == [
        ("code", "private", False, 1),
        ("passkey", "private", False, 1),
        ("password", "private", False, 1),
        ("pin", "kiosk", False, 2),
        ("reset", "public", False, 1),
        ("reset", "public", True, 1),
    ]


def test_nothing_that_was_typed_is_kept(oak: Oak, store: Store) -> None:
    """Neither a wrong password nor what somebody typed as a name (perhaps their password), nor an address."""
    typed = (WRONG, "correct horse battery staple 7", "203.0.113.77")
    sign_in.sign_in(NAME, WRONG, typed[2], FOUNDED)
    sign_in.sign_in(typed[1], WRONG, typed[2], FOUNDED)
    note_failures(FOUNDED + timedelta(minutes=16))
    sequence(oak.id)
    said = str(entries())
    connections.close_all()
    folder = Path(store.where).parent
    if store.kind == "postgresql":
        server().say("CHECKPOINT")
        folder = server().data

    assert not planting.where(folder, *(one.encode() for one in typed))
    assert not [one for one in typed if one in said]


def test_a_name_of_nobody_is_refused_by_the_same_work(oak: Oak) -> None:
    """As many questions to the database, of the same kinds, for a name that somebody has and for another."""
    account(oak, "rowan", Role.PERSON, person=oak.people["rowan"])
    kiosk = device(oak, "north 1", "north")
    place = place_of(kiosk.client.cookies["kiosk"].value)
    assert place
    sign_in.sign_in("warm", WRONG, HOME, FOUNDED)
    for tries in range(7):
        asked = []
        for name, number in ((NAME, NUMBER), ("nobody at all", "9999")):
            with CaptureQueriesContext(connection) as seen:
                sign_in.sign_in(name, f"{WRONG} {tries}", HOME, FOUNDED)
                sign_in_at_kiosk(place, number, "111222", FOUNDED)
                use_reset(name, "BCDF-GHJK", "another quiet afternoon", STREET, FOUNDED)
            asked.append([one["sql"].partition('"')[0] for one in seen.captured_queries])
        assert len(asked[0]) > 10
        assert asked[0] == asked[1]


def test_nobody_comes_in_whose_sign_in_cannot_be_entered(oak: Oak, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the log cannot be written nobody is signed in, and the page says so; signing out always works."""
    officer, other = Seated(NAME), Seated()
    begun = Seated()
    begun.get("sign-in")

    def broken(*_: object, **__: object) -> None:
        raise Fault("the database cannot write", remedy="make room")

    with monkeypatch.context() as patched:
        patched.setattr("locutorio.actions.begin_session.perform", broken)
        assert other.sign_in(NAME).status_code == 409
        assert other.get("staff").status_code == 302
        assert officer.post("sign-out", {}).status_code == 303
    assert officer.get("staff").status_code == 302


def test_its_holder_sees_when_they_signed_in_and_that_others_tried(
    oak: Oak, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last times stand on the page of one's account; five tries or more by others are told, once."""
    for lang in ("en", "es"):
        assert words(lang)["sign_in_by_password"] in Seated(NAME, lang=lang).page("account")
    for quarter in range(3):
        moment = at(monkeypatch, timedelta(minutes=20 * quarter))
        for _ in range(4 if quarter == 0 else 6):
            sign_in.sign_in(NAME, WRONG, HOME, moment)
        note_failures(moment + timedelta(minutes=31))
        assert Told.objects.filter(what="tries_failed").count() == min(quarter, 1)
    assert words("en")["told_tries_failed"] in Seated(NAME).page("account")
    account(oak, "another", Role.GATE)
    page = Seated("another").page("account")
    assert page.count(words("en")["sign_in_by_password"]) == 1
    assert words("en")["told_tries_failed"] not in page


def test_the_auditor_sees_them_without_whom_they_were_about(oak: Oak) -> None:
    """The page of the log says that somebody signed in, that somebody could not, and nothing more."""
    account(oak, "auditor", Role.AUDITOR)
    Seated(NAME)
    sign_in.sign_in(NAME, WRONG, HOME, FOUNDED)
    note_failures(FOUNDED + timedelta(minutes=16))
    page = Seated("auditor").page("staff/log")

    for action in ("sign_in", "fail_sign_in"):
        assert words("en")[f"did_{action}"] in page
    assert HOME not in page


def test_they_go_with_whose_account_it_was(oak: Oak) -> None:
    """A person's sign-ins, failures and resets are under their key, and are read no more once it is gone."""
    account(oak, "rowan", Role.PERSON, person=oak.people["rowan"])
    kiosk = device(oak, "north 1", "north")
    assert choose(kiosk, start_reset("rowan", Kind.PIN, oak.sent("pin"))) == 303
    enter(kiosk, "111222")
    enter(kiosk, PIN)
    kiosk.post("sign-out", {}, seen="own")
    note_failures(FOUNDED + timedelta(minutes=16))
    sequence(oak.id)
    wanted = {"start_reset", "choose_pin", "sign_in", "sign_out", "fail_sign_in"}
    mine = {one.action: one.id for one in Entry.objects.filter(action__in=wanted)}
    assert mine.keys() == wanted
    leaves = [*Leaf.objects.filter(entry_id__in=mine.values(), part=0)]
    assert len({leaf.subject for leaf in leaves}) == 1
    assert not [
        leaf for leaf in leaves if b"rowan" in bytes(leaf.body) or NUMBER.encode() in bytes(leaf.body)
    ]
    assert None not in contents_of(oak.id, [*mine.values()]).values()

    order_erasure(oak.people["rowan"], "order 12", oak.sent("order"))
    assert erase_due(oak.id, FOUNDED + timedelta(days=1)).erased
    assert [payload(leaf) for leaf in Leaf.objects.filter(entry_id__in=mine.values(), part=0)] == [None] * 5
    faults = verify_log(PROGRAM, oak.id, FOUNDED + timedelta(days=1)).faults
    assert not [one for one in faults if "changed without an entry" not in one]
