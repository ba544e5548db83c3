"""An interview by the test client: what a page of it would send, read from the page itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

from tests.web.interviews import Teller

FORM = "application/x-www-form-urlencoded"
QUESTIONS_MAX = 60
Sent = list[tuple[str, str]]


def post(client: Client, address: str, sent: Sent) -> HttpResponse:
    """Send a form as a browser does; a name may stand in it more than once."""
    response = client.post(address, urlencode(sent), content_type=FORM)
    assert isinstance(response, HttpResponse)
    return response


def text_of(page: str) -> str:
    """Give the words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@dataclass
class Telling:
    """An interview under way; ``page`` is the page that is shown."""

    client: Client
    teller: Teller
    lang: str = "en"
    page: str = field(default="", init=False)

    def send(self, sent: Sent) -> str:
        """Send fields, and give the page that comes."""
        response = post(self.client, f"/{self.lang}/interview", sent)
        assert response.status_code == 200, sent
        self.page = response.content.decode()
        return self.page

    def begin(self) -> str:
        """Ask what the teller wants to know."""
        question = self.teller.case.question
        day = [
            ("day", str(question.on.day)),
            ("month", str(question.on.month)),
            ("year", str(question.on.year)),
        ]
        return self.send(
            [("do", "begin"), ("about", question.about or ""), ("law", self.teller.case.law), *day]
        )

    def hidden(self) -> Sent:
        """Give the hidden fields of the form of a question, or of what was said."""
        inside = re.search(r'<form (?:class="talk"|id="said-form").*?</form>', self.page, re.DOTALL)
        assert inside
        found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', inside[0])
        return [(unescape(name), unescape(value)) for name, value in found]

    def asking(self) -> str:
        """Give the path of the question, or nothing."""
        return dict(self.hidden()).get("asking", "")

    def said(self) -> list[str]:
        """Give the answers that the page carries."""
        return [value for name, value in self.hidden() if name == "said"]

    def answer(self, value: str) -> str:
        """Answer the question that is shown."""
        return self.send([*self.hidden(), *self.entered(value)])

    def entered(self, value: str) -> Sent:
        """Give the fields of an answer."""
        if 'type="radio"' in self.page or value in ("none", "unknown"):
            return [("value", value)]
        if 'type="checkbox"' in self.page:
            return [("tick", kind) for kind in value.split(",")]
        if 'id="number"' in self.page:
            return [("number", value)]
        year, month, day = value.split("-")
        return [("day", day), ("month", month), ("year", year)]

    def pages(self) -> Iterator[str]:
        """Give the page of each question, and answer it; the last is the answer."""
        self.begin()
        for _ in range(QUESTIONS_MAX):
            yield self.page
            if not self.asking():
                return
            self.answer(self.teller.answer(self.asking()))
        raise AssertionError(f"more than {QUESTIONS_MAX} questions")

    def outcome(self) -> str:
        """Give the outcome that the answer shows."""
        found = re.search(r'class="letter letter--(\w+)"', self.page)
        assert found
        return found[1]
