"""Four complaints on pages, each from filing to outcome: retaliation, isolation, language, health."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from locutorio.actions import clock
from locutorio.actions.create_account import Role
from locutorio.notices.catalogue import sentences
from locutorio.notices.words import Words
from locutorio.web.words import words
from tests.databases import fresh
from tests.establishment import Oak, founded
from tests.web.checks import axe, check_headings, overflow
from tests.web.pages import LANGUAGES
from tests.web.seated import PASSWORD, account

pytestmark = pytest.mark.browser
WIDTHS, HEIGHT = {"telephone": 320, "desk": 1280}, 900


@pytest.fixture
def oak(quick_passwords: None) -> Iterator[Oak]:
    """An establishment under federal law, with a person in custody and an officer of records who sign in."""
    with fresh("sqlite"):
        made = founded(law="us-federal")
        account(made, "records", Role.RECORDS)
        account(made, "rowan", Role.PERSON, person=made.people["rowan"])
        yield made


@dataclass
class Window:
    """A browser in which somebody is signed in."""

    page: Page
    lang: str
    picture: Callable[[str], Path]
    seen: int = 0

    def go(self, address: str) -> str:
        """Open a page; where it is asked why, say why."""
        self.page.goto(f"/{self.lang}/{address}")
        return self.look()

    def look(self) -> str:
        """Go past the page that asks why; test the page that is shown, take its picture, give its text."""
        if "/staff/why" in self.page.url:
            self.page.locator("main .usa-radio__label").first.click()
            self.press()
        self.seen += 1
        picture = self.picture(f"{self.seen:02}")
        self.page.screenshot(path=picture, full_page=True)
        assert axe(self.page) == [], (picture.name, self.page.url)
        assert overflow(self.page) == 0, (picture.name, self.page.url)
        check_headings(self.page)
        return str(self.page.locator("main").inner_text())

    def fill(self, fields: Mapping[str, str]) -> None:
        """Fill in fields by their names: lists, boxes and marks."""
        for name, value in fields.items():
            field = self.page.locator(f'main form[method=post] [name="{name}"]').first
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value)
            elif field.get_attribute("type") == "checkbox":
                self.page.locator(f'main form[method=post] [name="{name}"] + label').first.click()
            else:
                field.fill(value)

    def press(self) -> None:
        """Send the form of the page that changes something."""
        with self.page.expect_navigation():
            self.page.locator("main form[method=post] button[type=submit]").first.click()

    def saved(self, says: str) -> PdfReader:
        """Save what a link of the page gives, and read it as PDF."""
        with self.page.expect_download() as saved:
            self.page.get_by_role("link", name=words(self.lang)[says], exact=True).click()
        return PdfReader(io.BytesIO(saved.value.path().read_bytes()))


@contextmanager
def window(
    browser: Browser, site: str, name: str, lang: str, width: str, picture: Callable[[str], Path]
) -> Iterator[Window]:
    """Open a window in which somebody is signed in."""
    context = browser.new_context(base_url=site, viewport={"width": WIDTHS[width], "height": HEIGHT})
    page = context.new_page()
    page.goto(f"/{lang}/sign-in")
    page.locator("#name").fill(name)
    page.locator("#password").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main button[type=submit]").click()
    yield Window(page, lang, picture)
    context.close()


def today() -> date:
    """Give the establishment's day."""
    return (clock.now() - timedelta(hours=5)).date()


def ago(days: int) -> str:
    """Give a day as a form takes it."""
    return (today() - timedelta(days=days)).isoformat()


FORMS: Mapping[str, Callable[[], Mapping[str, str]]] = {
    "retaliation": lambda: {
        "blank:filing_what": "A form about the mail",
        "blank:filing_on": ago(20),
        "blank:act_what": "The visits were stopped",
        "blank:act_on": ago(6),
    },
    "isolation": lambda: {
        "blank:person.special_housing": "administrative_detention",
        "blank:housing.since": ago(40),
        "blank:person.minutes_alone_a_day": "1380",
        "blank:housing.heard_on": ago(33),
        "blank:person.told_end_of_isolation": "no",
    },
    "language": lambda: {
        "blank:remedy.reads_and_writes": "other_language",
        "blank:spoken": "Mixteco",
        "blank:refused_what": "The rules of the unit",
        "blank:refused_on": ago(9),
    },
    "health": lambda: {
        "blank:need": "Insulin twice a day",
        "blank:asked_on": ago(8),
        "emergency": "yes",
    },
}


def filed(person: Window, about: str) -> str:
    """Let the person write a complaint and print its form; give its identifier."""
    person.go(f"own/petition?about={about}")
    person.fill({"ask-0": "Put it right", "ask-1": "Tell me why", "arose_on": ago(6), "written_on": ago(6)})
    person.fill(FORMS[about]())
    person.press()
    told = person.look()
    assert sentences(person.lang)["petition.headline.written"] in told
    form = person.saved("petition_form_pdf")
    text = " ".join(" ".join(one.extract_text() for one in form.pages).split())
    root = dict(form.root_object)
    assert str(root["/Lang"]) == person.lang
    assert "/StructTreeRoot" in root
    assert sentences(person.lang)["form_petition.office_part"] in text
    assert "Put it right" in text
    return person.page.url.split("?")[0].rpartition("/")[2]


def noted(officer: Window, made: str, kind: str, days: int, **more: str) -> str:
    """Let the officer note an event; give the page that follows."""
    officer.go(f"staff/petition/{made}/note?kind={kind}")
    officer.fill({"on": ago(days), "proof": "stamp of the office", **more})
    officer.press()
    return officer.look()


def ruled(officer: Window, made: str, outcome: str, **more: str) -> str:
    """Let the officer enter what was ruled; give the page that follows."""
    officer.go(f"staff/petition/{made}/ruling")
    officer.fill({"outcome": outcome, "on": ago(0), "says": "The warden looked into it", **more})
    officer.press()
    return officer.look()


def course_of_retaliation(officer: Window, made: str) -> None:
    """Filed, more time is taken, granted in part."""
    told = noted(officer, made, "filed", 5)
    assert sentences(officer.lang)["petition.nothing_concluded"] in told
    assert "14" in told
    noted(officer, made, "extended", 0)
    assert sentences(officer.lang)["petition.headline.part"] in ruled(officer, made, "part", granted="0")


def course_of_isolation(officer: Window, made: str) -> None:
    """Filed, opposed on a ground that ends with an event, which takes place; denied."""
    told = noted(officer, made, "filed", 5)
    assert sentences(officer.lang)["petition.heading.counted"] in told
    noted(officer, made, "opposed", 4, says="The trial is near", ends_with="the trial")
    noted(officer, made, "offered", 3, says="An hour with others each day")
    told = noted(officer, made, "ended", 1)
    assert sentences(officer.lang)["petition.offer_unanswered"] in told
    assert Words(officer.lang).say(
        "petition.ground_spent", day=Words(officer.lang).day(today() - timedelta(days=1))
    ) in " ".join(told.split())
    assert sentences(officer.lang)["petition.headline.denied"] in ruled(officer, made, "denied")


def course_of_language(officer: Window, made: str) -> None:
    """Filed, sent back because of its form, put right and filed again; granted."""
    told = noted(officer, made, "filed", 5)
    assert "28 CFR 542.16(b)" in told
    told = ruled(officer, made, "rejected", until=(today() + timedelta(days=10)).isoformat())
    assert sentences(officer.lang)["petition.headline.rejected"] in told
    assert sentences(officer.lang)["petition.headline.pending"] in noted(officer, made, "filed", 0)
    assert sentences(officer.lang)["petition.headline.granted"] in ruled(officer, made, "granted")


def course_of_health(officer: Window, made: str) -> None:
    """Filed as an emergency; delivered, and the office says that it never came; denied for now."""
    told = noted(officer, made, "filed", 5)
    emergency = Words(officer.lang).day(today() - timedelta(days=2))
    assert Words(officer.lang).say("petition.due.emergency", day=emergency) in " ".join(told.split())
    noted(officer, made, "delivered", 4)
    noted(officer, made, "denied", 1)
    told = ruled(officer, made, "without_prejudice", next="warden")
    assert sentences(officer.lang)["petition.headline.without_prejudice"] in told


COURSES = {
    "retaliation": course_of_retaliation,
    "isolation": course_of_isolation,
    "language": course_of_language,
    "health": course_of_health,
}


@pytest.mark.usefixtures("oak")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("about", COURSES)
def test_from_filing_to_outcome(browser: Browser, site: str, artefacts: Path, about: str, lang: str) -> None:
    """The person writes and prints it, staff note what happens, the person finds outcome and next way."""
    wide = (list(COURSES).index(about) + LANGUAGES.index(lang)) % 2

    def picture(who: str) -> Callable[[str], Path]:
        return lambda number: artefacts / f"petition-{about}-{lang}-{who}-{number}.png"

    def of(name: str) -> tuple[Browser, str, str, str, str, Callable[[str], Path]]:
        return browser, site, name, lang, [*WIDTHS][wide], picture(name)

    with window(*of("rowan")) as person, window(*of("records")) as officer:
        made = filed(person, about)
        assert sentences(lang)[f"petition.what.{about}"] in officer.go("staff/petitions")
        COURSES[about](officer, made)
        told = person.go(f"own/petition/{made}")
        assert "stamp of the office" in told
        whole = person.saved("petition_pdf")
        text = " ".join(" ".join(one.extract_text() for one in whole.pages).split())
        assert sentences(lang)["petition.heading.routes"] in text
        assert person.go("own/petitions")
        person.go("visits/notices")
        person.page.locator("main .rows a").first.click()
        assert sentences("en")["petition.lead_ruled"] in person.look()
