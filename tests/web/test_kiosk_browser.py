"""A device becomes a kiosk, a person chooses a PIN and signs in there; somebody begins anew with a code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from locutorio.actions import clock
from locutorio.actions.create_account import Role
from locutorio.actions.enrol_kiosk import enrol_kiosk
from locutorio.actions.start_reset import Kind, start_reset
from locutorio.store.identifiers import new_id
from locutorio.store.transaction import Sent
from tests.databases import fresh
from tests.establishment import Oak, founded
from tests.web.pages import LANGUAGES
from tests.web.reading import Opens, Reader, readers
from tests.web.seated import PASSWORD, account
from tests.web.windows import WIDTHS

pytestmark = pytest.mark.browser
NUMBER, PIN, NEW = "1001", "704913", "another quiet afternoon"


@pytest.fixture
def oak(quick_passwords: None) -> Iterator[Oak]:
    """Give an establishment with a person, a family and an administrator."""
    with fresh("sqlite"):
        made = founded()
        account(made, "rowan", Role.PERSON, person=made.people["rowan"])
        account(made, "mother", Role.FAMILY, contact=made.contacts["alder"])
        account(made, "administrator", Role.ADMINISTRATOR, holder="administrator, staff 1")
        yield made


@pytest.fixture(params=[True, False], ids=["scripts", "without"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(params=WIDTHS)
def reader(
    browser: Browser, site: str, artefacts: Path, request: pytest.FixtureRequest, scripts: bool
) -> Iterator[Opens]:
    """Give what opens a browser window for somebody, on a telephone and on a desk."""
    with readers(browser, site, artefacts, request.param, scripts=scripts) as opens:
        yield opens


def now(oak: Oak) -> Sent:
    """Give what a command on the machine sends now."""
    return Sent(new_id(clock.now()), oak.id, clock.now())


def send(at: Reader, go: str, **fields: str) -> None:
    """Fill in a form and send it."""
    for name, value in fields.items():
        at.page.locator(f"#{name}").fill(value)
    with at.page.expect_navigation():
        at.press(go)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_kiosk_from_its_code_to_signing_out(oak: Oak, reader: Opens, lang: str) -> None:
    """Each page and each thing that can go wrong, as axe wants it; nobody is signed in at the end."""
    kiosk = reader("kiosk", lang)
    kiosk.page.goto(f"/{lang}/kiosk")
    assert kiosk.says("kiosk_none") in kiosk.look("none")
    kiosk.press("kiosk_device_title")
    send(kiosk, "kiosk_device_go", code="BCDF-GHJK-LMNP-QRST")
    assert kiosk.says("kiosk_device_wrong") in kiosk.look("device-wrong")
    send(kiosk, "kiosk_device_go", code=enrol_kiosk("north 1", "north", now(oak)))
    kiosk.look("kiosk")

    code = start_reset("rowan", Kind.PIN, now(oak))
    kiosk.press("kiosk_pin_title")
    kiosk.look("pin")
    send(kiosk, "kiosk_pin_go", number=NUMBER, proof=code, new="123456")
    assert kiosk.says("kiosk_pin_weak") in kiosk.look("pin-weak")
    send(kiosk, "kiosk_pin_go", number=NUMBER, proof=code, new=PIN)
    assert kiosk.says("kiosk_pin_done") in kiosk.look("pin-done")

    send(kiosk, "sign_in_go", number=NUMBER, pin="111222")
    assert kiosk.says("kiosk_wrong") in kiosk.look("wrong")
    send(kiosk, "sign_in_go", number=NUMBER, pin=PIN)
    kiosk.look("own")
    kiosk.page.goto(f"/{lang}/account")
    assert kiosk.says("sign_in_from_kiosk") in kiosk.look("account")
    kiosk.page.get_by_role("button", name=kiosk.says("sign_out")).click()
    kiosk.page.wait_for_url(f"**/{lang}/kiosk")
    kiosk.page.goto(f"/{lang}/own")
    assert "/sign-in" in kiosk.page.url


@pytest.mark.parametrize("lang", LANGUAGES)
def test_somebody_begins_anew_with_a_code(oak: Oak, reader: Opens, lang: str) -> None:
    """An administrator makes a code, for no staff and for nobody; its holder chooses a password with it."""
    office, mother = reader("office", lang), reader("beginning", lang)
    office.sign_in("administrator", PASSWORD)
    office.page.goto(f"/{lang}/staff/accounts")
    office.look("reset")
    for name, wrong in (("nobody", "reset_nobody"), ("administrator", "reset_staff")):
        send(office, "reset_go", name=name)
        assert office.says(wrong)[:40] in office.look(wrong)
    send(office, "reset_go", name="mother")
    assert office.says("reset_code_what") in office.look("code")
    code = office.page.locator("strong.secret").inner_text()

    mother.page.goto(f"/{lang}/sign-in/code")
    assert mother.says("anew_what") in mother.look("begin")
    send(mother, "anew_go", name="mother", code="BCDF-GHJK-LMNP-QRST", new=NEW)
    assert mother.says("anew_wrong") in mother.look("begin-wrong")
    send(mother, "anew_go", name="mother", code=code, new="password1password1")
    mother.look("begin-weak")
    send(mother, "anew_go", name="mother", code=code, new=NEW)
    assert mother.says("sign_in_begun") in mother.look("begun")
    send(mother, "sign_in_go", name="mother", password=NEW)
    mother.page.wait_for_url(f"**/{lang}/visits")
    mother.page.goto(f"/{lang}/account")
    assert mother.says("told_reset_started") in mother.look("account")
