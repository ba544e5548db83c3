"""A form for an act with step-up, from an old session: who sits there shows it, and the form goes on once."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest

from locutorio.actions import clock
from locutorio.actions.acts import acts
from locutorio.actions.create_account import Role
from locutorio.store.models import Entry, Reset
from locutorio.web.seats import acts_of, roles_of
from locutorio.web.words import words
from tests.databases import Store
from tests.establishment import FOUNDED, Oak, founded
from tests.web.seated import HIDDEN, PASSWORD, TOKEN, Seated, account, every_role
from tests.web.test_hostile_establishment import takes
from tests.web.test_roles import address, behind_the_wall

NEEDING = [
    one
    for one in behind_the_wall()
    if takes(one) and any(acts()[act].step_up for act in acts_of(one.callback))
]
LATER = FOUNDED + timedelta(minutes=5, seconds=1)


@pytest.fixture
def oak(store: Store, quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> Oak:
    """Give an establishment at a moment that stands still."""
    monkeypatch.setattr(clock, "now", lambda: FOUNDED)
    return founded()


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_form_of_such_an_act_asks_first(oak: Oak, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    """On each page of such an act an old session is asked, with what it sent kept; nothing is done."""
    assert {one.name for one in NEEDING} >= {"staff-emergency", "reset", "staff-rules"}
    names = every_role(oak)
    for pattern in NEEDING:
        role = min(roles_of(pattern.callback) or ())
        monkeypatch.setattr(clock, "now", lambda: FOUNDED)
        one, at = Seated(names[role], lang), address(pattern, lang).removeprefix(f"/{lang}/")
        entries = Entry.objects.count()
        monkeypatch.setattr(clock, "now", lambda: LATER)

        page = unescape(one.post(at, {"reason": "what somebody wrote", "act": "end_paper"}).content.decode())

        assert words(lang)["confirm_title"] in page, pattern.name
        assert ("reason", "what somebody wrote") in HIDDEN.findall(page), pattern.name
        assert Entry.objects.count() == entries, pattern.name


def test_an_old_session_confirms_and_it_is_done_once(oak: Oak, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong password does nothing; the right one sends on what was asked; again, nothing more is done."""
    account(oak, "mother", Role.FAMILY, contact=oak.contacts["alder"])
    account(oak, "administrator", Role.ADMINISTRATOR)
    one = Seated("administrator")
    token = TOKEN.search(one.page("staff/accounts"))
    command = dict(HIDDEN.findall(one.page("staff/accounts")))["command"]
    assert token
    monkeypatch.setattr(clock, "now", lambda: LATER)
    sending = {"csrfmiddlewaretoken": token[1], "command": command, "name": "mother", "kind": "password"}
    page = one.client.post("/en/staff/accounts", sending).content.decode()
    kept = {name: unescape(value) for name, value in HIDDEN.findall(page)}
    assert {name: kept[name] for name in ("command", "name", "kind")} == {
        name: sending[name] for name in ("command", "name", "kind")
    }
    wrong = one.client.post("/en/staff/accounts", {**kept, "confirm_password": "wrong"})
    assert wrong.status_code == 403
    assert not Reset.objects.exists()

    done = one.client.post("/en/staff/accounts", {**kept, "confirm_password": PASSWORD})

    assert done.status_code == 200
    assert Reset.objects.count() == Entry.objects.filter(action="start_reset").count() == 1
    kept["csrfmiddlewaretoken"] = TOKEN.findall(done.content.decode())[0]
    again = one.client.post("/en/staff/accounts", {**kept, "confirm_password": PASSWORD})
    assert again.status_code == 200
    assert Reset.objects.count() == Entry.objects.filter(action="start_reset").count() == 1
