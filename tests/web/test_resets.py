"""Beginning anew: a code on paper that works once, soon, and for whom it was made."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from locutorio.actions import clock
from locutorio.actions.create_account import NewAccount, Role, create_account
from locutorio.actions.start_reset import Kind, start_reset
from locutorio.store.models import Account, Entry, Reset
from locutorio.web.words import words
from tests.databases import Store
from tests.entries import entries
from tests.establishment import FOUNDED, Oak, founded
from tests.web.seated import PASSWORD, Seated, account

NAME, NEW = "mother", "another quiet afternoon"
CODE = re.compile(r'<strong class="secret">([A-Z-]{18})</strong>')


@pytest.fixture
def oak(store: Store, quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> Oak:
    """Give an establishment with a family and an administrator, at a moment that stands still."""
    monkeypatch.setattr(clock, "now", lambda: FOUNDED)
    made = founded()
    account(made, NAME, Role.FAMILY, contact=made.contacts["alder"])
    account(made, "administrator", Role.ADMINISTRATOR)
    return made


def begin(code: str, *, name: str = NAME, new: str = NEW) -> int:
    """Send the form of whoever has a code; give the status of the answer."""
    fields = {"name": name, "code": code, "new": new}
    status: int = Seated().post("sign-in/code", fields, seen="sign-in/code").status_code
    return status


def test_a_code_lets_its_holder_choose_a_password_once(oak: Oak) -> None:
    """It is typed in any way; opening the page uses nothing up, nor does a weak password; then it is used."""
    there = Seated(NAME)
    code = start_reset(NAME, Kind.PASSWORD, oak.sent("reset"))
    for _ in range(3):
        assert Seated().get(f"sign-in/code?code={code}&name={NAME}").status_code == 200
        assert Seated().client.head("/en/sign-in/code").status_code == 200
    assert begin(code, new="password1password1") == 403
    assert begin(code.lower().replace("-", " ")) == 303
    assert begin(code) == 403

    assert there.get("visits").status_code == 302
    assert Seated().sign_in(NAME).status_code == 403
    holder = Seated()
    assert holder.sign_in(NAME, NEW).status_code == 303
    assert words("en")["told_reset_started"] in holder.page("account")


def test_a_code_is_for_ten_minutes_and_for_one_name(oak: Oak, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another name, a code that is too old or was replaced by a newer one: all are answered alike."""
    first = start_reset(NAME, Kind.PASSWORD, oak.sent("reset"))
    code = start_reset(NAME, Kind.PASSWORD, oak.sent("another reset"))
    told = set()
    for name, said in (("administrator", code), ("nobody at all", code), (NAME, first), (NAME, "BCDF-GHJK")):
        fields = {"name": name, "code": said, "new": NEW}
        page = Seated().post("sign-in/code", fields, seen="sign-in/code")
        assert page.status_code == 403
        told.add(re.sub(r'value="[^"]*"', "", page.content.decode()))
    assert len(told) == 1
    monkeypatch.setattr(clock, "now", lambda: FOUNDED + timedelta(minutes=10))
    assert begin(code) == 403
    assert Reset.objects.exclude(used_at=None).count() == 1


def test_whoever_lost_everything_enrols_anew(oak: Oak) -> None:
    """A reset of everything forgets the factors; one of the password alone leaves the second step."""
    holder = Seated(NAME)
    holder.enrol_app()
    assert begin(start_reset(NAME, Kind.PASSWORD, oak.sent("reset"))) == 303
    assert Seated().sign_in(NAME, NEW).headers["Location"] == "/en/sign-in/second"
    assert begin(start_reset(NAME, Kind.EVERYTHING, oak.sent("everything"))) == 303
    assert Seated().sign_in(NAME, NEW).headers["Location"] == "/en/visits"


def test_an_administrator_gets_a_code_and_never_a_password(oak: Oak) -> None:
    """Their page shows a code for a family once; for staff it is refused, and nobody else has the page."""
    one = Seated("administrator")
    page = one.post(
        "staff/accounts", {"name": NAME, "kind": "password"}, seen="staff/accounts"
    ).content.decode()
    code = CODE.search(page)
    assert code
    assert not CODE.search(one.page("staff/accounts"))
    refused = one.post("staff/accounts", {"name": "administrator"}, seen="staff/accounts").content.decode()
    assert not CODE.search(refused)
    assert words("en")["reset_staff"].split("`")[0] in refused
    assert Seated(NAME).get("staff/accounts").status_code == 403

    assert begin(code[1]) == 303
    assert Entry.objects.get(action="start_reset").actor == Account.objects.get(name="administrator").pk
    assert code[1] not in str(entries())
    assert not Account.objects.filter(password__contains=PASSWORD)


def test_a_new_account_may_wait_for_its_holder(oak: Oak) -> None:
    """An account made without a password lets nobody in before its holder has chosen one."""
    create_account(NewAccount("new", "", Role.FAMILY, contact=oak.contacts["holly"]), oak.sent("new"))
    for guess in ("", "!", "None", PASSWORD):
        assert Seated().sign_in("new", guess).status_code == 403
    assert begin(start_reset("new", Kind.PASSWORD, oak.sent("first")), name="new") == 303
    assert Seated().sign_in("new", NEW).status_code == 303


def test_codes_are_tried_five_times(oak: Oak) -> None:
    """Whoever guesses codes for a name waits, even once they have the right one."""
    code = start_reset(NAME, Kind.PASSWORD, oak.sent("reset"))
    for _ in range(5):
        assert begin("BCDF-GHJK") == 403
    assert begin(code) == 403
    assert Seated(NAME).get("visits").status_code == 200
