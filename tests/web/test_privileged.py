"""The page of the numbers nobody listens to: who keeps or oversees them sees it, two people change it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest

from locutorio.actions.change_number import NewNumber, change_number
from locutorio.actions.create_account import Role
from locutorio.actions.enter_privileged import NewPrivileged, enter_privileged
from locutorio.store import privileged
from locutorio.web.words import words
from tests.databases import fresh
from tests.establishment import Oak, founded
from tests.web.seated import Seated, account
from tests.web.test_gate import text

PAGE = "staff/numbers"
COUNSEL, FAMILY = "+12025550101", "+12025550177"
HIDDEN = r'<input type="hidden" name="((?:arg:|act|digest)[^"]*)" value="([^"]*)"'


@pytest.fixture
def oak(quick_passwords: None) -> Iterator[Oak]:
    """An establishment with one registered number, and a number of family."""
    with fresh("sqlite"):
        made = founded()
        for name in ("records", "governor", "ombudsman", "gate"):
            account(made, name, Role(name))
        enter_privileged(NewPrivileged(COUNSEL, "counsel", "Ana Ibáñez"), made.sent("counsel"))
        change_number(
            NewNumber(made.people["rowan"], FAMILY, "mobile", contact=made.contacts["alder"]),
            made.sent("family"),
        )
        yield made


def form(number: str, kind: str = "court", name: str = "District Court", **more: str) -> dict[str, str]:
    """Give what the form of a new number sends."""
    said = {"number": number, "kind": kind, "name": name, **more}
    return {"act": "enter_privileged", **{f"arg:{key}": value for key, value in said.items()}}


def test_a_number_is_looked_at_before_it_is_proposed(oak: Oak) -> None:
    """As it is dialled; what would be done is shown in both languages, and nothing is done by looking."""
    for lang, kind in (("en", "court"), ("es", "tribunal")):
        records = Seated("records", lang)
        done = records.post(PAGE, form("(202) 555-0102"), seen=PAGE)
        assert done.status_code == 200
        said = text(done)
        assert "+12025550102" in said
        assert kind in said
        assert words(lang)["proposal_does_enter_privileged"] in said
        fields = dict(re.findall(HIDDEN, done.content.decode()))
        assert fields["act"] == "enter_privileged"
    assert len(privileged.entered(oak.id)) == 1


@pytest.mark.parametrize(
    ("sent", "name", "values"),
    [
        (form("12"), "number", {"region": "US"}),
        (form("+12025550102 x7"), "extension", {}),
        (form("+12025550102", kind="friend"), "kind", {}),
        (form("+12025550102", name=" "), "name", {}),
        (form("+12025550102", since="2026-05-02", until="2026-05-01"), "days", {}),
        (form(COUNSEL), "already", {"number": COUNSEL, "holder": "Ana Ibáñez"}),
        (form(FAMILY, kind="counsel"), "family", {"number": FAMILY, "names": "Alder Ash"}),
    ],
)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_contradiction_is_said_where_it_was_written(
    oak: Oak, lang: str, sent: dict[str, str], name: str, values: dict[str, str]
) -> None:
    """In the reader's language, above the form that still holds what they wrote."""
    done = Seated("records", lang).post(PAGE, sent, seen=PAGE)
    assert done.status_code == 409
    shown = unescape(done.content.decode())
    assert words(lang)[f"privileged_fault_{name}"].format(**values) in shown
    assert f'value="{sent["arg:number"]}"' in shown


def test_to_end_one_a_reason_is_needed(oak: Oak) -> None:
    """Ending a number begins on its row, with why."""
    (row,) = privileged.entered(oak.id)
    sent = {"act": "end_privileged", "arg:privileged": str(row.id), "arg:ground": " "}
    assert Seated("records").post(PAGE, sent, seen=PAGE).status_code == 409
    done = Seated("records").post(PAGE, {**sent, "arg:ground": "another lawyer now"}, seen=PAGE)
    assert done.status_code == 200
    assert "another lawyer now" in done.content.decode()


def test_who_oversees_sees_the_numbers_and_no_form(oak: Oak) -> None:
    """The ombudsman and the governor see them and change nothing here; a gate officer is shown nothing."""
    for name in ("ombudsman", "governor"):
        one = Seated(name)
        page = one.page(PAGE)
        assert COUNSEL in page
        assert "Ana Ibáñez" in page
        assert '<form class="narrow' not in page
        assert one.post(PAGE, form("+12025550102"), seen=PAGE).status_code == 404
    assert Seated("gate").get(PAGE).status_code in (403, 404)
    assert len(privileged.entered(oak.id)) == 1
