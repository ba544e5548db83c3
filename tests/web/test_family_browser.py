"""A family and an officer at their browsers: a visit is booked, a suspension lands, the notice is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.web.checks import check_skip_link
from tests.web.opened import demo
from tests.web.pages import SEEN
from tests.web.reading import READERS, Opens, Reader, readers
from tests.web.windows import WIDTHS

pytestmark = pytest.mark.browser

FAMILIES = {"en": ("juniper", "Heath Thistlecroft"), "es": ("azucena", "Jacinto Vallesereno")}
OFFICER = "visits officer"
ORDER = "suspension"


@pytest.fixture
def establishment() -> Iterator[Path]:
    """Give a jail of its own."""
    with demo() as opened:
        yield opened


@pytest.fixture(params=[True, False], ids=["scripts", "without"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def reader(browser: Browser, site: str, artefacts: Path, width: str, scripts: bool) -> Iterator[Opens]:
    """Give what opens a browser window for somebody."""
    with readers(browser, site, artefacts, width, scripts=scripts) as opens:
        yield opens


@pytest.mark.usefixtures("establishment")
@pytest.mark.parametrize(("width", "lang", "scripts"), READERS, indirect=["width", "scripts"])
def test_a_visit_is_booked_a_suspension_lands_and_the_notice_is_read(reader: Opens, lang: str) -> None:
    """
    A family signs in, chooses a child and a time, sees why the visit may take place and books it. An officer
    suspends the mother. The family sees the visit withdrawn, reads why and how to
    contest it, and says that it was read. In both languages, on a telephone and on a desk, with and without
    scripts; each page as axe wants it.
    """
    account, person = FAMILIES[lang]
    family, officer = reader("family", lang), reader("officer", lang)
    book(family, account)
    enter_suspension(officer, person, account.capitalize())
    read(family)


def book(family: Reader, account: str) -> None:
    """Sign in as a family and book the first time there is, with a child."""
    family.sign_in(account)
    assert family.says("visits_coming_none") in family.look("visits")
    check_skip_link(family.page, family.lang)
    family.press("visits_ask")
    family.look("ask")
    family.page.locator("label[for=with-2]").click()
    family.press("ask_times")
    family.look("times")
    room = family.page.locator("details.room").first
    if room.get_attribute("open") is None:
        room.locator("summary").click()
    family.look("room")
    room.locator("button[name=slot]").first.click()
    assert family.says("standing_held") in family.look("held")
    family.page.locator(".letter details > summary").first.click()
    assert "memo 2026-03" in family.look("reasons")
    family.press("request_confirm")
    assert family.says("done_confirmed") in family.look("booked")


def enter_suspension(officer: Reader, person: str, mother: str) -> None:
    """Sign in as an officer and enter a suspension of the mother, which one officer may do alone."""
    officer.sign_in(OFFICER)
    officer.look("day")
    page = officer.page
    page.get_by_role("link", name=officer.says("menu_staff_people"), exact=True).click()
    page.locator("#word").fill(person.rpartition(" ")[2])
    officer.press("search_go")
    officer.look("people")
    page.get_by_role("link", name=person, exact=True).click()
    officer.look("why")
    page.locator('label[for="why-paper"]').click()
    officer.press("why_go")
    officer.look("person")
    page.goto(f"{page.url.partition('?')[0]}/paper?form={ORDER}")
    officer.look("order")
    value = page.locator("#contact option", has_text=mother).first.get_attribute("value")
    page.locator("#contact").select_option(value)
    fill(page)
    officer.press("staff_paper_go")
    assert officer.says("standing_withdrawn") in officer.look("entered")


def fill(page: Page) -> None:
    """Fill in what a suspension says: who signed it today, that it covers visits, that she was told."""
    today = page.locator("#since").input_value()
    for name, value in {
        "decider": "establishment_head",
        "ground": "rule_breach",
        "covers_visits": "yes",
        "notice_to_contact": "yes",
    }.items():
        found = page.locator(f'select[name="fact:{name}"]')
        if found.count():
            found.select_option(value)
    signed = page.locator('input[name="fact:signed_on"]')
    if signed.count():
        signed.fill(today)
    page.locator("#source").fill("Suspension 26-118")


def read(family: Reader) -> None:
    """See that the visit was withdrawn, read why, and say that it was read."""
    page = family.page
    page.locator(".site-menu a", has_text=family.says("menu_visits")).click()
    shown = family.look("withdrawn")
    assert family.says("notices_unread") in shown
    assert family.says("standing_withdrawn") in shown
    withdrawn = "anulada" if family.lang == "es" else "withdrawn"
    page.locator(".unread a", has_text=withdrawn).first.click()
    told = family.look("notice")
    assert page.locator(".letter .part--contest").count() == 1
    assert page.locator(".letter .citation").count() > 0
    assert page.locator(f'main [lang="{"es" if family.lang == "en" else "en"}"]').count() == 0
    assert family.says("notice_mark_read") in told
    with page.expect_download() as saving:
        family.press("notice_pdf")
    assert saving.value.path().read_bytes().startswith(b"%PDF")
    family.press("notice_mark_read")
    assert family.says("notice_mark_read") not in family.look("read")
    family.press("notice_request")
    assert family.says("standing_withdrawn") in family.look("visit-withdrawn")
    page.get_by_role("button", name=family.says("sign_out")).click()
    assert page.url.endswith(f"/{family.lang}/")


BESIDE = {
    "juniper": ("visits/notices", "account"),
    "heath": ("own", "visits/notices"),
    "administrator": ("staff/rules",),
    "auditor": ("staff/log", "staff/checks"),
    "ombudsman": ("staff/people?word=a", "staff", "staff/why"),
    "visits officer": ("staff/closed",),
}


@pytest.mark.usefixtures("establishment")
@pytest.mark.parametrize("scripts", [True], ids=["scripts"], indirect=True)
@pytest.mark.parametrize(("width", "lang"), SEEN, indirect=["width"])
def test_the_pages_beside_the_way_are_accessible(reader: Opens, lang: str) -> None:
    """The other pages of each role, and those on which somebody changes or cancels, are as axe wants them."""
    for name, addresses in BESIDE.items():
        somebody = reader(f"{name}-beside", lang)
        somebody.sign_in(name)
        for address in addresses:
            somebody.page.goto(f"/{lang}/{address}")
            somebody.look(re.sub(r"\W+", "-", address))
    family = reader("juniper-again", lang)
    book(family, "juniper")
    for way in ("request_change", "request_cancel"):
        request = family.page.url.partition("?")[0]
        family.press(way)
        family.look(way)
        family.page.goto(request)
    family.press("request_cancel")
    family.press("cancel_go")
    family.look("cancelled")
    family.press("request_book")
    assert family.says("wait_go") in family.look("again")
