"""The kiosk: a number, a PIN and a place; who is let in, who waits, and what a stranger learns."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from locutorio.actions import clock
from locutorio.actions.create_account import Role
from locutorio.actions.enrol_kiosk import enrol_kiosk, stop_kiosk
from locutorio.actions.passwords import is_weak_pin
from locutorio.actions.sign_in import TRIES_MAX
from locutorio.actions.start_reset import Kind, start_reset
from locutorio.store.models import Entry, PinUse
from locutorio.web.words import words
from tests.databases import Store
from tests.establishment import FOUNDED, Oak, founded
from tests.web.seated import Seated, account

NUMBER, PIN, NAME = "1001", "704913", "rowan"


@pytest.fixture
def oak(store: Store, quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> Oak:
    """Give an establishment with one person who has an account, at a moment that stands still."""
    monkeypatch.setattr(clock, "now", lambda: FOUNDED)
    made = founded()
    account(made, NAME, Role.PERSON, person=made.people["rowan"])
    return made


def device(oak: Oak, name: str, wing: str) -> Seated:
    """Give a device that is a kiosk."""
    one = Seated()
    code = enrol_kiosk(name, wing, oak.sent(f"kiosk {name}"))
    assert one.post("kiosk/device", {"code": code}, seen="kiosk/device").status_code == 303
    assert Seated().post("kiosk/device", {"code": code}, seen="kiosk/device").status_code == 403
    return one


def enter(at: Seated, pin: str = PIN, number: str = NUMBER) -> int:
    """Sign in with a number and a PIN; give the status of the answer."""
    status: int = at.post("kiosk", {"number": number, "pin": pin}, seen="kiosk").status_code
    return status


def choose(at: Seated, proof: str, new: str = PIN) -> int:
    """Choose a PIN; give the status of the answer."""
    fields = {"number": NUMBER, "proof": proof, "new": new}
    status: int = at.post("kiosk/pin", fields, seen="kiosk/pin").status_code
    return status


@pytest.fixture
def north(oak: Oak) -> Seated:
    """Give a kiosk at which the person has chosen their PIN with a code."""
    one = device(oak, "north 1", "north")
    code = start_reset(NAME, Kind.PIN, oak.sent("first pin"))
    assert choose(one, code, "123456") == 403
    assert choose(one, code) == 303
    assert choose(one, code) == 403
    return one


def test_a_person_signs_in_and_is_forgotten_after_ninety_seconds(
    oak: Oak, north: Seated, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They see their own visits and no page that makes or changes anything else; then the screen is empty."""
    assert enter(north) == 303
    own = north.get("own")
    assert (own.status_code, own.headers["Refresh"]) == (200, "90; url=/en/kiosk")
    for address in ("account/factors", "account/tokens", "account/factors/codes", "confirm"):
        assert north.get(address).status_code == 403
    for seconds, status in ((80, 200), (160, 200), (251, 302)):
        monkeypatch.setattr(clock, "now", lambda seconds=seconds: FOUNDED + timedelta(seconds=seconds))
        assert north.get("own").status_code == status


def test_a_pin_is_worth_nothing_without_the_place(oak: Oak, north: Seated) -> None:
    """Elsewhere the right number and PIN are no sign-in; a kiosk that was stopped is none, at once."""
    assert enter(Seated()) != 303
    assert Seated().sign_in(NUMBER, PIN).status_code == 403
    assert enter(north) == 303
    stop_kiosk("north 1", oak.sent("stop"))
    assert north.get("own").status_code == 302
    assert enter(north) != 303


def test_wrong_pins_keep_nobody_out_elsewhere(oak: Oak, north: Seated) -> None:
    """Fifty wrong PINs shut this kiosk for the number and for others; at another kiosk its owner gets in."""
    south = device(oak, "south 1", "south")
    assert [enter(north, "111222") for _ in range(TRIES_MAX)] == [403] * TRIES_MAX
    assert enter(north) == 403
    for number in range(50):
        enter(north, "111222", f"guess {number}")
    assert enter(north, PIN, "1003") == 403
    assert enter(south) == 303


def test_nobody_is_told_whether_a_number_exists(oak: Oak, north: Seated) -> None:
    """A wrong PIN, a number of nobody and one without a PIN are answered alike."""
    told = set()
    for number in (NUMBER, "1002", "nobody"):
        page = north.post("kiosk", {"number": number, "pin": "111222"}, seen="kiosk")
        told.add((page.status_code, re.sub(r'value="[^"]*"', "", page.content.decode())))
    assert len(told) == 1
    assert words("en")["kiosk_wrong"] in told.pop()[1]


def test_a_pin_in_two_wings_at_once_is_flagged(
    oak: Oak, north: Seated, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Used in another wing within ten seconds: an entry says so and its owner is told; an hour later not."""
    south, second = device(oak, "south 1", "south"), device(oak, "north 2", "north")
    assert enter(north) == 303
    assert enter(second) == 303
    assert not PinUse.objects.filter(flagged=True).exists()
    monkeypatch.setattr(clock, "now", lambda: FOUNDED + timedelta(seconds=10))
    assert enter(south) == 303
    assert PinUse.objects.filter(flagged=True).count() == 1
    assert Entry.objects.filter(action="flag_pin").count() == 1
    assert words("en")["told_pin_two_places"] in south.page("account")
    monkeypatch.setattr(clock, "now", lambda: FOUNDED + timedelta(hours=1))
    assert enter(north) == 303
    assert PinUse.objects.filter(flagged=True).count() == 1


def test_a_person_changes_their_own_pin(oak: Oak, north: Seated) -> None:
    """With the PIN they have; sessions elsewhere end, and the old PIN is worth nothing."""
    south = device(oak, "south 1", "south")
    assert enter(south) == 303
    assert choose(north, "000000", "481620") == 403
    assert choose(north, PIN, "481620") == 303
    assert south.get("own").status_code == 302
    assert (enter(north), enter(north, "481620")) == (403, 303)


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦"])
def test_what_is_no_pin_is_refused(pin: str) -> None:
    """A PIN is six digits, as they stand on every keypad."""
    assert is_weak_pin(pin)


def test_pins_that_are_tried_first_are_refused() -> None:
    """Rows, years, days and repetitions are refused; most PINs can be chosen."""
    weak = [
        "000000",
        "123456",
        "987654",
        "135790",
        "121212",
        "123123",
        "123321",
        "198475",
        "251290",
        "901225",
    ]
    assert [pin for pin in weak if not is_weak_pin(pin)] == []
    assert 0.8 < sum(not is_weak_pin(f"{pin:06}") for pin in range(0, 1_000_000, 997)) / 1004 < 0.95
