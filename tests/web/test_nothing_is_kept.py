"""Nothing that was entered is stored: not by the page, not by the browser, not in an address or a log."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright

import locutorio.web
from locutorio.facts.case import UNKNOWN
from locutorio.facts.vocabulary import vocabulary
from locutorio.web.words import words
from tests.web.conftest import FLAGS, chromium
from tests.web.interviews import EVERY_FIELD, Teller, teller
from tests.web.payloads import FILES, LANGUAGES, MULTIPART, multipart
from tests.web.walking import Walk
from tests.web.watching import NO_STORAGE, Wire, found_among, found_in, no_byte_to_disk, serving, storage

WORDS = tuple(
    f"quetzal{name}" for name in ("paper", "source", "office", "reason", "giver", "person", "letter")
)
DAYS = ("2031-07-19", "1971-03-17", "2031-05-23")
IN_WORDS = ("19 July 2031", "17 March 1971", "23 May 2031", "19 de julio de 2031", "17 de marzo de 1971")
NUMBERS = ("48613",)
ANSWERS_MAX = 12
CASE = f"""\
law: us-federal
question: {{kind: contact, about: visit, on: {DAYS[0]}, asked_on: {DAYS[2]}}}
facts:
  contact.relation: {{value: mother, source: {WORDS[1]}}}
  contact.born_on: {DAYS[1]}
  use.visit_minutes_month: {NUMBERS[0]}
instruments:
  - {{id: {WORDS[0]}, form: sanction_visits, from: {DAYS[2]}, source: {WORDS[6]}}}
"""
OWED = f"""\
law: us-federal
complete_until: {DAYS[0]}
promises:
  - {{id: a, what: call, paper: {WORDS[0]}, by: {WORDS[2]}, count: 2, each: month, from: {DAYS[2]}}}
events:
  - {{on: {DAYS[0]}, what: call, happened: no, reason: {WORDS[3]}, said_by: {WORDS[4]}, with: {WORDS[5]}}}
"""
# What was chosen from a list is looked for as the pages send it.
CHOSEN = ("contact.relation=mother", "contact.born_on=1971", "said=contact", "f.contact.relation=")
FACTS = (*WORDS, *DAYS, *IN_WORDS, *NUMBERS, *CHOSEN)
MANY = 100
asked: list[str] = []
# A form as no page of ours has it: the browser keeps what it sends for its next start.
PLANTING = """value => {
    const form = Object.assign(document.createElement('form'), {method: 'post', action: '/en/owed'});
    form.append(Object.assign(document.createElement('input'), {name: 'text', value}));
    document.body.append(form);
    form.submit();
}"""
TEMPLATES = Path(locutorio.web.__file__).parent

pytestmark = pytest.mark.browser


@pytest.fixture
def root() -> Iterator[Path]:
    """Give a folder with a short name: Chromium makes a socket below it."""
    with TemporaryDirectory(prefix="kept") as name:
        yield Path(name)


def window(playwright: Playwright, root: Path, site: str) -> BrowserContext:
    """Open a browser whose profile, home and cache stand below a folder, and whose saved files do not."""
    for name in ("profile", "home", "t"):
        (root / name).mkdir(parents=True)
    mine = root.parents[1] / "saved by the person"
    mine.mkdir(exist_ok=True)
    return playwright.chromium.launch_persistent_context(
        root / "profile",
        executable_path=chromium(),
        args=list(FLAGS),
        downloads_path=mine,
        base_url=site,
        env={"HOME": str(root / "home"), "TMPDIR": str(root / "t")},
    )


class Entering(Teller):
    """Somebody who tells a worked case, but with days and numbers that can be found again."""

    def answer(self, path: str) -> str:
        """Answer a question: at first with a day or a number that can be found again, if it asks for one."""
        kind = vocabulary().facts.get(path.rpartition(":")[2])
        asked.append(path)
        if kind and asked.count(path) == 1 and kind.type in {"day", "quantity"}:
            return DAYS[1] if kind.type == "day" else NUMBERS[0]
        return super().answer(path) if asked.count(path) < 3 else UNKNOWN


def interview(page: Page, lang: str) -> Path:
    """Answer an interview up to its answer, and save that; give the file that was saved."""
    asked.clear()
    told = teller(*EVERY_FIELD)
    on = replace(told.case.question, on=date.fromisoformat(DAYS[0]), asked_on=None)
    walk = Walk(page, lang, Entering(replace(told.case, question=on), ""))
    walk.begin()
    for _ in walk.questions():
        if len(asked) > ANSWERS_MAX:
            walk.press("button[value=show]")
            break
    assert page.locator("section.letter").count() == 1
    return saved(page, 'button[formaction$="answer.pdf"]')


def form(page: Page, lang: str, mine: Path) -> list[Path]:
    """Open a case file in the one-page form, change it, and save all that can be saved of it."""
    page.goto(f"/{lang}/form")
    page.locator("#file").set_input_files(mine)
    page.locator("button[value=open]").click()
    assert page.locator("section.letter").count() == 1
    page.locator("#on").fill(DAYS[0])
    page.locator("button[value=answer]").first.click()
    ways = [one.get_attribute("formaction") or "" for one in page.locator("button[formaction]").all()]
    return [saved(page, f'button[formaction="{way}"]') for way in ways if way.endswith((".pdf", "case-file"))]


def owed(page: Page, lang: str, mine: Path) -> list[Path]:
    """Open a file of promises, add to it in the page, count it, and save it."""
    page.goto(f"/{lang}/owed")
    page.locator("#file").set_input_files(mine)
    page.locator("#on").fill(DAYS[0])
    page.locator("button[value=show]").click()
    assert page.locator(".timeline").count() == 1
    page.get_by_text(words(lang)["owed_add_event"]).click()
    for name, value in (("on", DAYS[0]), ("reason", WORDS[3]), ("said_by", WORDS[4]), ("with", WORDS[5])):
        page.locator(f"#e_{name}").fill(value)
    page.locator("#e_what").select_option("call")
    page.locator("#e_happened").select_option("no")
    page.locator("button[value=event]").click()
    assert WORDS[3] in page.locator("section.letter").inner_text()
    return [saved(page, "button[value=save]")]


def saved(page: Page, button: str) -> Path:
    """Press a button that gives a file; give where the person saved it."""
    with page.expect_download() as saving:
        page.locator(button).first.click()
    path: Path = saving.value.path()
    return path


def test_nothing_that_was_entered_is_found_anywhere(playwright: Playwright, root: Path) -> None:
    """
    A person walks through every page in both languages, enters words, days and numbers, opens files and saves
    papers. Afterwards none of it is in any file of the page or of the browser, in what the page said, in an
    address, a referrer, a cookie or in anything kept in the browser; only the saved papers hold it.
    """
    mine = root / "mine"
    mine.mkdir()
    (mine / "CASE.yaml").write_text(CASE, "utf-8")
    (mine / "owed.yaml").write_text(OWED, "utf-8")
    wire, kept, papers = Wire(), [], []
    watched = root / "watched"
    with serving(watched / "server") as server:
        context = window(playwright, watched / "browser", server.site)
        wire.watch(context)
        page = context.pages[0]
        for lang in LANGUAGES:
            papers.append(interview(page, lang))
            kept.append(storage(page))
            papers += form(page, lang, mine / "CASE.yaml")
            kept.append(storage(page))
            papers += owed(page, lang, mine / "owed.yaml")
            kept.append(storage(page))
        cookies = context.cookies()
        held = {fact for paper in papers for fact in FACTS if fact.encode() in paper.read_bytes()}
        kinds = {paper.read_bytes()[:4] for paper in papers}
        context.close()
        said = server.end()
        files = server.files()

    assert b"%PDF" in kinds
    assert held >= {*WORDS[:5], DAYS[0]}
    assert len(wire.seen) > MANY
    assert files == []
    assert said == ""
    assert cookies == []
    assert set(kept) == {NO_STORAGE}
    assert found_among(wire.seen, FACTS) == []
    assert [url for url in wire.seen if "?" in url] == []
    leaks = found_in(watched, FACTS)
    assert leaks == [], "\n".join(map(str, leaks))


def test_the_page_works_where_it_can_write_nothing(root: Path) -> None:
    """Where the system lets it write not one byte to a file, uploads and papers work as ever."""
    case = [("form", "1"), ("law", "us-federal"), ("about", "visit"), ("on", DAYS[0]), ("asked_on", DAYS[2])]
    large = CASE.encode() + b"# " + b"x" * 400_000
    with serving(root, may_write=False) as server:
        opened = sent(server.site, "/en/form", multipart([*case, ("do", "open")], "file", "CASE.yaml", large))
        counted = sent(
            server.site,
            "/es/owed",
            multipart([("do", "show"), ("on", DAYS[0])], "file", "owed.yaml", OWED.encode()),
        )
        paper = sent(server.site, "/en/form/answer.pdf", multipart(case, "file", "none", b""))
        bomb = sent(server.site, "/en/form", multipart([*case, ("do", "open")], "file", "x", FILES["laughs"]))
        said = server.end()
        files = server.files()

    assert WORDS[1].encode() in opened
    assert WORDS[3].encode() in counted
    assert paper.startswith(b"%PDF")
    assert b"</html>" in bomb
    assert said == ""
    assert files == []


def sent(site: str, address: str, body: bytes) -> bytes:
    """Send a form with a file; give the answer."""
    request = Request(f"{site}{address}", body, {"Content-Type": MULTIPART})
    with urlopen(request, timeout=60) as answered:
        content: bytes = answered.read()
    return content


def test_what_is_kept_would_be_found(playwright: Playwright, root: Path) -> None:
    """The search is awake: what is put into each of the places it looks at is found there."""
    wire = Wire()
    planted = "quetzalplanted"
    with serving(root / "server") as server:
        context = window(playwright, root / "browser", server.site)
        wire.watch(context)
        page = context.pages[0]
        page.goto(f"/en/cases?word={planted}")
        assert storage(page) == NO_STORAGE
        page.evaluate(f"localStorage.setItem('a', '{planted}'); document.cookie = 'a={planted}; max-age=999'")
        assert planted in storage(page)
        assert any(cookie["value"] == planted for cookie in context.cookies())
        page.evaluate(PLANTING, f"{planted}sent")
        page.wait_for_url("**/en/owed")
        (server.places[1] / "upload").write_text(f"x{planted}", "utf-16")
        context.close()
        found = dict(found_in(root, [planted]))
        sessions = found_in(root / "browser" / "profile" / "Default" / "Sessions", [f"{planted}sent"])
        files = server.files()

    assert [path.name for path in files] == ["upload"]
    assert "server/scratch/upload" in found
    assert any("Local Storage" in path for path in found)
    assert any(path.endswith("History") for path in found)
    assert sessions != []
    assert found_among(wire.seen, [planted]) != []
    assert found_among([f"a?b={planted}%20x"], [f"{planted} x"]) != []


def test_no_form_is_kept_for_the_next_start() -> None:
    """Each form that sends something holds the field that makes a browser leave it out of what it keeps."""
    forms = [
        (path.name, form)
        for path in TEMPLATES.rglob("*.html")
        for form in re.findall(r'<form[^>]*method="post".*?</form>', path.read_text("utf-8"), re.DOTALL)
    ]

    assert len(forms) > 5
    unkept = re.compile("(carried|unkept|sending).html")
    assert [name for name, form in forms if not unkept.search(form)] == []


def test_a_server_that_may_not_write_cannot(root: Path) -> None:
    """The limit is awake: a process under it cannot put one byte into a file."""
    code = "import pathlib; pathlib.Path('x').write_text('y')"
    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        check=False,
        capture_output=True,
        preexec_fn=no_byte_to_disk,
    )

    assert ended.returncode != 0
    assert all(path.stat().st_size == 0 for path in root.iterdir())
