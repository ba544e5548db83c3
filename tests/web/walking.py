"""Walks an interview in a browser as a person does: chooses, types, presses buttons. Knows no script."""

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.web.interviews import Teller

QUESTIONS_MAX = 60
IN_WORDS = ("none", "unknown")
FIELDS = {
    "choices": "input[type=radio]",
    "checklist": "input[type=checkbox]",
    "quantity": "#number",
    "day": "#day",
}


@dataclass
class Walk:
    """An interview under way in a browser."""

    page: Page
    lang: str
    teller: Teller

    def begin(self) -> None:
        """Fill in the first page and begin."""
        question = self.teller.case.question
        self.page.goto(f"/{self.lang}/")
        self.page.locator(f'input[name=about][value="{question.about}"] + label').click()
        self.type_day(question.on.isoformat())
        self.page.locator("#law").select_option(self.teller.case.law)
        self.press("button[value=begin]")

    def questions(self) -> Iterator[str]:
        """Give the path of each question that stands on the page, then answer it and go on."""
        for _ in range(QUESTIONS_MAX):
            path = self.asking()
            if not path:
                return
            yield path
            self.answer(self.teller.answer(path))
        raise AssertionError(f"more than {QUESTIONS_MAX} questions")

    def answer(self, value: str) -> None:
        """Give an answer, and go on; where a button is the answer, it goes on by itself."""
        control = self.control()
        if value in IN_WORDS and control != "choices":
            self.press(f'button[name=value][value="{value}"]')
            return
        if control == "choices":
            self.page.locator(f'input[type=radio][value="{value}"] + label').click()
        elif control == "checklist":
            for kind in value.split(","):
                self.page.locator(f'input[type=checkbox][value="{kind}"] + label').click()
        elif control == "quantity":
            self.page.locator("#number").fill(value)
        else:
            self.type_day(value)
        self.press("button[value=go]")

    def press(self, button: str) -> None:
        """Press a button, and wait for the page that it leads to."""
        with self.page.expect_navigation():
            self.page.locator(button).first.click()

    def type_day(self, iso: str) -> None:
        """Fill in the three fields of a day."""
        year, month, day = (str(int(part)) for part in iso.split("-"))
        self.page.locator("#day").fill(day)
        self.page.locator("#month").select_option(month)
        self.page.locator("#year").fill(year)

    def asking(self) -> str:
        """Give the path of the question that is asked, or nothing on a page that asks none."""
        path: str = self.page.evaluate("document.querySelector('input[name=asking]')?.value ?? ''")
        return path

    def control(self) -> str:
        """Give the kind of field that the question has."""
        for kind, field in FIELDS.items():
            if self.page.evaluate("field => document.querySelector(field) !== null", field):
                return kind
        raise AssertionError("the question has no field")

    def outcome(self) -> str:
        """Give the outcome that the answer page shows."""
        classes = self.page.locator("section.letter").get_attribute("class") or ""
        return classes.rpartition("--")[2]
