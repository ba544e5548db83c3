"""The pages of calls: what staff see and end, what a person has left, what counsel can prove."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from locutorio.actions import clock
from locutorio.actions.create_account import Role
from locutorio.actions.keep_log import keep_log
from locutorio.actions.prove import whom_to_believe
from locutorio.store.actor import PROGRAM
from locutorio.web.words import say, words
from tests.calls.switchboard import MINUTE, NOW, Switchboard, switchboard
from tests.databases import fresh
from tests.log.bare import verify_proof
from tests.web.seated import Seated, account

LATER = NOW + 2 * MINUTE


@pytest.fixture
def rung(quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Switchboard]:
    """An exchange with staff, Rowan, Linden and Linden's lawyer, two minutes after a call began."""
    monkeypatch.setattr(clock, "now", lambda: LATER)
    with fresh("sqlite"):
        made = switchboard(make_up_days=7)
        for name, role in (
            ("visits", Role.VISITS),
            ("monitor", Role.MONITORING),
            ("governor", Role.GOVERNOR),
        ):
            account(made.oak, name, role)
        for name in ("rowan", "linden"):
            account(made.oak, name, Role.PERSON, person=made.oak.people[name])
        account(made.oak, "myrtle", Role.COUNSEL, contact=made.oak.contacts["myrtle"])
        account(made.oak, "alder", Role.FAMILY, contact=made.oak.contacts["alder"])
        yield made


@pytest.mark.parametrize("lang", ["en", "es"])
def test_staff_see_a_live_call_and_end_it(rung: Switchboard, lang: str) -> None:
    """With whom, why it was permitted, who may listen, what is left; ended with a reason that is kept."""
    told, officer = words(lang), Seated("visits", lang)
    at = f"staff/call/{rung.live()}"
    page = officer.page("staff/calls")
    assert "Rowan Ash a Alder Ash" in page or "Rowan Ash to Alder Ash" in page
    assert "+12025550101" in page
    assert "Arcadia Custody Act, section 5(1)" in page
    assert told["call_plane_monitored"] in page
    assert say(lang, "call_left", length=say(lang, "call_length", minutes=13, seconds=0)) in page
    empty = officer.post(at, {"do": "end", "why": " "}, seen=at)
    assert told["gate_fault_call_why"] in empty.content.decode()
    assert officer.post(at, {"do": "end", "why": "A fire drill."}, seen=at).status_code == 303
    assert told["call_being_ended"] in officer.page("staff/calls")
    again = officer.post(at, {"do": "end", "why": "Again."}, seen=at)
    assert told["gate_fault_call_ending"] in again.content.decode()


def test_a_page_of_calls_shows_itself_anew_until_it_is_told_not_to(rung: Switchboard) -> None:
    """It asks the browser for itself every ten seconds, needs no script for it, and can be told to stop."""
    monitor = Seated("monitor")
    rung.live()
    assert monitor.get("staff/calls").headers["Refresh"] == "10"
    assert "Refresh" not in monitor.get("staff/calls?still=1").headers
    assert "?still=1" in monitor.page("staff/calls")


def test_those_who_listen_see_of_private_calls_only_that_there_is_one(rung: Switchboard) -> None:
    """Neither the lawyer's name nor the number, nor its page; nor can they end it. The governor can."""
    told, monitor = words("en"), Seated("monitor")
    id_ = rung.live("linden", "myrtle")
    page = monitor.page("staff/calls?still=1")
    assert told["call_plane_private"] in page
    assert "Linden Birch: a private call" in page
    for hidden in ("Myrtle", "+12025550104", str(id_)):
        assert hidden not in page
    assert monitor.get(f"staff/call/{id_}").status_code == 404
    at = f"staff/call/{id_}"
    assert monitor.post(at, {"do": "end", "why": "So."}, seen="staff/calls").status_code == 404
    assert not rung.row(id_).ending
    governor = Seated("governor")
    assert "Myrtle Birch" in governor.page("staff/calls")
    assert governor.post(at, {"do": "end", "why": "A fire."}, seen=at).status_code == 303
    assert rung.row(id_).ending == "officer"


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_refused_call_shows_its_letter(rung: Switchboard, lang: str) -> None:
    """It stands on the day's page with its cause, and its own page has the letter; so has the person's."""
    told, officer = words(lang), Seated("visits", lang)
    id_ = rung.call(
        disposition="blocked", cause="number-not-listed", plane="", answered_at=None, talk_seconds=0
    )
    assert told["call_cause_number_not_listed"] in officer.page("staff/calls")
    for page in (officer.page(f"staff/call/{id_}"), Seated("rowan", lang).page(f"own/call/{id_}")):
        assert told["call_decided"] in page
        assert "section 5(1)" in page


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_person_sees_what_is_left_and_why(rung: Switchboard, lang: str) -> None:
    """The longest call with the section that says so, what was used this month, how each call ended."""
    told, rowan = words(lang), Seated("rowan", lang)
    rung.call(at=NOW - timedelta(hours=20), returned_seconds=60, disposition="lost", cause="engine")
    rung.call(at=NOW - timedelta(hours=30))
    page = rowan.page("own/calls")
    assert "Arcadia Custody Act, section 5(2)" in page
    assert "15 minut" in page
    assert say(lang, "calls_used", calls=1, length=say(lang, "call_length", minutes=8, seconds=0)) in page
    assert say(lang, "calls_returned", length=say(lang, "call_length", minutes=1, seconds=0)) in page
    assert told["call_cause_caller"] in page
    assert told["call_state_lost"] in page
    assert "Alder Ash, Holly Cedar" in page


def test_a_lawyer_gets_a_signed_statement_of_a_private_call(rung: Switchboard) -> None:
    """The statement is a notice that says that nothing recorded it; it is made once."""
    told, counsel = words("en"), Seated("myrtle")
    id_ = rung.call("linden", "myrtle", NOW - timedelta(hours=1))
    assert told["call_unrecorded"] in counsel.page("visits/calls")
    done = counsel.post(f"visits/call/{id_}/statement", {}, seen="visits/calls")
    assert done.status_code == 303
    notice = done.headers["Location"].removeprefix("/en/")
    page = counsel.page(notice)
    assert "Nobody listened to this call, and it was not recorded." in page
    assert str(id_) in page
    assert told["call_state_it"] not in counsel.page("visits/calls")
    assert notice in counsel.page("visits/calls")


def test_the_statement_is_proved_on_a_machine_without_locutorio(rung: Switchboard, tmp_path: Path) -> None:
    """What counsel saves holds in the second verifier, which tells what the statement says of which call."""
    counsel = Seated("myrtle")
    id_ = rung.call("linden", "myrtle", NOW - timedelta(hours=1))
    done = counsel.post(f"visits/call/{id_}/statement", {}, seen="visits/calls")
    keep_log(PROGRAM, rung.oak.id, LATER)
    saved = counsel.get(done.headers["Location"].removeprefix("/en/") + ".zip").content
    with zipfile.ZipFile(io.BytesIO(saved)) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "policy").write_text(whom_to_believe(PROGRAM, rung.oak.id).text())
    proof = [tmp_path / f"notice.{ending}" for ending in ("tlog-proof", "json", "sealed", "key")]
    checked = verify_proof(tmp_path / "policy", *proof[:2], "--content", *proof[2:])
    assert checked.returncode == 0, checked.stdout
    assert str(id_) in checked.stdout
    assert "No grant to listen or to record was given for it." in checked.stdout


def test_no_statement_is_made_of_a_call_that_could_be_heard(rung: Switchboard) -> None:
    """Not of one that could be heard, nor one under way; the lawyer says that the first is privileged."""
    told, counsel = words("en"), Seated("myrtle")
    heard = rung.call("linden", "myrtle", NOW - timedelta(hours=1), plane="monitored")
    live = rung.live("linden", "myrtle")
    for id_ in (heard, live):
        said = counsel.post(f"visits/call/{id_}/statement", {}, seen="visits/calls")
        assert told["gate_fault_call_no_statement"] in said.content.decode()
    claimed = counsel.post(f"visits/call/{heard}/claim", {"why": "Her case."}, seen="visits/calls")
    assert claimed.status_code == 303
    assert rung.row(heard).ending == "privilege"
    page = counsel.page("visits/calls?did=claim")
    assert told["call_did_claim"] in page
    assert told["call_claim_go"] not in page


def test_a_call_is_shown_to_nobody_else(rung: Switchboard) -> None:
    """A family and another person see none of it; a lawyer only calls with them, and states only of those."""
    mine = rung.call(at=NOW - timedelta(hours=1))
    rung.call("linden", "myrtle", NOW - timedelta(hours=2))
    assert Seated("linden").get(f"own/call/{mine}").status_code == 404
    assert "Alder" not in Seated("linden").page("own/calls")
    for address in ("visits/calls", "staff/calls", f"own/call/{mine}", "own/calls"):
        assert Seated("alder").get(address).status_code == 403
    counsel = Seated("myrtle")
    assert "Rowan" not in counsel.page("visits/calls")
    for form in ("statement", "claim"):
        said = counsel.post(f"visits/call/{mine}/{form}", {"why": "So."}, seen="visits/calls")
        assert said.status_code == 404


def test_a_call_that_was_not_made_is_told_and_made_up(rung: Switchboard) -> None:
    """Both read why; it stands on the list and the person's page until a later call makes it up."""
    officer, told = Seated("visits"), words("en")
    at = f"staff/person/{rung.oak.people['rowan']}/calls"
    fields = {
        "contact": str(rung.oak.contacts["alder"]),
        "on": "2026-11-01",
        "why": "no_interpreter",
        "says": "She was ill.",
    }
    later = officer.post(at, {**fields, "on": "2026-11-03"}, seen=at)
    assert told["gate_fault_unplaced_day"] in later.content.decode()
    assert officer.post(at, fields, seen=at).status_code == 303
    for name, says in (("rowan", True), ("alder", False)):
        reader = Seated(name)
        notice = reader.page(_notice(reader.page("visits/notices")))
        assert "Nobody was there who understands the language of the call." in notice
        assert "8 November 2026" in notice
        assert "Arcadia Custody Act, section 5(4)" in notice
        assert ("She was ill." in notice) == says
    assert told["calls_owed_to_you"] in Seated("rowan").page("own/calls")
    assert "Rowan Ash" in Seated("governor").page("staff/calls/owed")
    made = rung.call(at=NOW - timedelta(hours=1))
    page = officer.page(at)
    owed = page.partition('name="unplaced" value="')[2].partition('"')[0]
    assert officer.post(at, {"unplaced": owed, "call": str(made)}, seen=at).status_code == 303
    assert told["calls_owed_none"] in officer.page("staff/calls/owed")
    assert told["unplaced_made_up"] in Seated("rowan").page("own/calls")


def _notice(page: str) -> str:
    start = page.index("visits/notice/")
    return page[start : page.index('"', start)]


def test_whom_the_law_owes_a_call_is_seen_without_anybody_noting_it(rung: Switchboard) -> None:
    """Rowan and Linden had none this month, and section 5(1) owes one; once Rowan had one, only Linden."""
    officer = Seated("visits")
    page = officer.page("staff/calls/due")
    assert "Rowan Ash, 1001" in page
    assert "Still owed: 1 of 1 (Arcadia Custody Act, section 5(1))." in page
    assert "Hazel" not in page
    rung.call(at=NOW - timedelta(hours=2))
    again = officer.page("staff/calls/due")
    assert "Rowan" not in again
    assert "Linden Birch, 1002" in again
