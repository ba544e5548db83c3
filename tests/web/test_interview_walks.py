"""Ten interviews in a browser, in each language, on a telephone and on a desk, with and without scripts."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from locutorio.actions import interview
from locutorio.actions.interview import Said, Step
from locutorio.web.words import words
from tests.web.checks import axe, check_headings, overflow
from tests.web.interviews import EVERY_FIELD, INTERVIEWS, teller
from tests.web.pages import CROSSED, LANGUAGES
from tests.web.walking import IN_WORDS, Walk

pytestmark = pytest.mark.browser

WINDOWS = {"telephone": (390, 844), "desk": (1280, 900)}
NARROW = {"telephone-320": (320, 640), **WINDOWS}
# Both windows and both ways of running a browser.
BROWSERS = [("telephone", False), ("desk", True)]
STATES_SEEN = [("telephone-320", "es"), ("telephone", "en"), ("desk", "en")]
if CROSSED:
    BROWSERS += [("telephone", True), ("desk", False)]
    STATES_SEEN = [*product(NARROW, LANGUAGES)]
TARGET_PIXELS_MIN = 24
NOT_READ = ("telephone",)  # drawn by the same rules as the narrower one
TARGETS = "button, select, input[type=text], .tiles label, summary, a.usa-button"
STOPS_MAX = 60
STEP = interview.step


@pytest.fixture
def stepping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each step of an interview be worked out once for all walks: it is a function of what was said."""
    monkeypatch.setattr(interview, "step", _step)


@functools.cache
def _step(said: Said, lang: str) -> Step:
    return STEP(said, lang)


@contextmanager
def opened(browser: Browser, site: str, size: tuple[int, int], *, scripts: bool) -> Iterator[Page]:
    """Open a window; a request to another host, a cookie or something kept fails the test."""
    context = browser.new_context(
        base_url=site, java_script_enabled=scripts, viewport={"width": size[0], "height": size[1]}
    )
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    context.on("request", note)
    try:
        page = context.new_page()
        yield page
        assert context.cookies() == []
        assert [url for url in asked if not url.startswith(f"{site}/") or "?" in url] == []
    finally:
        context.close()


@pytest.mark.usefixtures("stepping")
@pytest.mark.parametrize(
    ("window", "scripts"), BROWSERS, ids=lambda one: {True: "js", False: "no-js"}.get(one, one)
)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("told", INTERVIEWS, ids=lambda one: one[1])
def test_an_interview_reaches_the_answer_of_its_case(
    browser: Browser, site: str, told: tuple[str, str], lang: str, window: str, scripts: bool
) -> None:
    """
    Somebody who knows a worked case answers question by question and reads the answer of that case. No page
    is wider than its window, and every page has the same address.
    """
    with opened(browser, site, WINDOWS[window], scripts=scripts) as page:
        walk = Walk(page, lang, teller(*told))
        walk.begin()
        for path in walk.questions():
            assert page.url == f"{site}/{lang}/interview"
            assert overflow(page) == 0, path

        assert walk.outcome() == teller(*told).outcome
        assert overflow(page) == 0
        assert page.locator("html").get_attribute("lang") == lang


def states(walk: Walk) -> Iterator[str]:
    """Walk through every state that the pages can have, and give the name of each while it is shown."""
    page = walk.page
    page.goto(f"/{walk.lang}/")
    yield "begin"
    walk.press("button[value=begin]")
    yield "begin-error"
    walk.begin()
    walk.press("button[value=show]")
    yield "answer-early"
    walk.press("button[value=resume]")
    seen: set[str] = set()
    for _ in walk.questions():
        kind = walk.control()
        if kind in seen:
            continue
        seen.add(kind)
        yield kind
        walk.press("button[value=go]")
        page.locator(".talk details summary").first.click()
        yield f"{kind}-error"
    assert seen == {"choices", "checklist", "quantity", "day"}
    yield "answer"
    page.emulate_media(media="print")
    yield "print"
    page.emulate_media(media="screen")
    walk.press("button[name=change]")
    yield "change"
    walk.press("button[value=first]")
    yield "change-question"
    page.goto(f"/{walk.lang}/interview")
    yield "left"


@pytest.mark.parametrize(("window", "lang"), STATES_SEEN)
def test_every_state_of_the_pages_is_accessible(
    browser: Browser, site: str, lang: str, window: str, artefacts: Path
) -> None:
    """
    In every state (question, error, change, answer and the rest) axe finds nothing against WCAG 2.2 AA,
    nothing runs out of the window, headings go down step by step, and targets are large enough to touch.
    """
    with opened(browser, site, NARROW[window], scripts=True) as page:
        for state in states(Walk(page, lang, teller(*EVERY_FIELD))):
            page.screenshot(path=artefacts / f"interview-{state}-{lang}-{window}.png", full_page=True)
            assert overflow(page) == 0, state
            check_headings(page)
            if state == "print" or window in NOT_READ:
                continue
            assert axe(page) == [], state
            heights = page.evaluate(
                f"[...document.querySelectorAll('{TARGETS}')]"
                ".map(one => [one.getBoundingClientRect().height, one.outerHTML])"
                ".filter(one => one[0] > 0)"
            )
            assert [one for one in heights if one[0] < TARGET_PIXELS_MIN] == [], state


def test_a_wrong_answer_is_told_where_the_reader_is(browser: Browser, site: str) -> None:
    """The focus stands on the summary of the error; its link leads to the field, which names the error."""
    with opened(browser, site, WINDOWS["desk"], scripts=False) as page:
        walk = Walk(page, "en", teller("us-federal", "C03"))
        walk.begin()
        while walk.control() != "quantity":
            walk.answer(walk.teller.answer(walk.asking()))
        page.locator("#number").fill("about 30")
        walk.press("button[value=go]")

        assert page.evaluate("document.activeElement.classList.contains('problems')")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "number"
        assert page.locator("#number").input_value() == "about 30"
        described = page.locator("fieldset").get_attribute("aria-describedby") or ""
        assert words("en")["problem_number"] in [
            page.locator(f"#{name}").inner_text() for name in described.split()
        ]
        assert page.title().startswith(words("en")["error_in"].split("{")[0])


def test_an_interview_can_be_walked_by_keyboard_alone(browser: Browser, site: str) -> None:
    """From the first page to the answer with Tab, arrows, space, letters and Enter only."""
    with opened(browser, site, WINDOWS["desk"], scripts=False) as page:
        told = teller(*EVERY_FIELD)
        page.goto("/es/")
        stop(page, "input[name=about]")
        choose(page, told.case.question.about or "")
        on = told.case.question.on
        type_day(page, on.day, on.month, on.year)
        page.keyboard.press("Enter")
        page.wait_for_url("**/interview")
        walk = Walk(page, "es", told)
        questions = 0
        while walk.asking():
            answer_by_keyboard(walk)
            questions += 1

        assert questions > 1
        assert walk.outcome() == told.outcome


def stop(page: Page, selector: str) -> None:
    """Press Tab until the focus stands on what is meant."""
    for _ in range(STOPS_MAX):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no stop of the keyboard is {selector}")


def choose(page: Page, value: str) -> None:
    """Choose a radio button of the group that has the focus."""
    page.keyboard.press("Space")
    for _ in range(STOPS_MAX):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no radio button is {value}")


def type_day(page: Page, day: int, month: int, year: int) -> None:
    """Type a day into its three fields; the month by arrows."""
    stop(page, "#day")
    page.keyboard.type(str(day))
    page.keyboard.press("Tab")
    for _ in range(month):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type(str(year))


def answer_by_keyboard(walk: Walk) -> None:
    """Answer one question, and go on by Enter."""
    page, value, control = walk.page, walk.teller.answer(walk.asking()), walk.control()
    if value in IN_WORDS and control != "choices":
        stop(page, f'button[name=value][value="{value}"]')
    elif control == "choices":
        stop(page, "input[type=radio]")
        choose(page, value)
    elif control == "checklist":
        for kind in value.split(","):
            stop(page, f'input[type=checkbox][value="{kind}"]')
            page.keyboard.press("Space")
    elif control == "quantity":
        stop(page, "#number")
        page.keyboard.type(value)
    else:
        year, month, day = (int(part) for part in value.split("-"))
        type_day(page, day, month, year)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_language_can_be_changed_on_the_way(browser: Browser, site: str) -> None:
    """The switch gives the same question, or the answer, with everything said, in the other language."""
    with opened(browser, site, WINDOWS["telephone"], scripts=False) as page:
        walk = Walk(page, "en", teller("us-federal", "A01"))
        walk.begin()
        walk.answer(walk.teller.answer(walk.asking()))
        asking, carried = walk.asking(), said(page)
        walk.press(".site-language button")

        assert page.url == f"{site}/es/interview"
        assert (walk.asking(), said(page)) == (asking, carried)
        for _ in walk.questions():
            pass
        walk.press(".site-language button")
        assert page.locator("html").get_attribute("lang") == "en"
        assert walk.outcome() == walk.teller.outcome


def said(page: Page) -> list[str]:
    """Give the answers that a page carries."""
    return [one.get_attribute("value") or "" for one in page.locator(".talk input[name=said]").all()]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_paper_stands_the_answer_and_what_was_said(
    browser: Browser, site: str, lang: str, artefacts: Path
) -> None:
    """Printed, the page has the whole letter, what is folded too, all that was said, and nothing to press."""
    with opened(browser, site, WINDOWS["desk"], scripts=False) as page:
        walk = Walk(page, lang, teller(*EVERY_FIELD))
        walk.begin()
        walk.answer(walk.teller.answer(walk.asking()))
        walk.press("button[value=show]")
        assert page.locator(".more .finding").first.is_hidden()
        page.emulate_media(media="print")

        assert page.locator(".headline").is_visible()
        assert page.locator(".said-rows dt").count() == len(("the question", "one answer"))
        assert all(one.is_visible() for one in page.locator(".said-rows dt, .letter .finding").all())
        for hidden in page.locator("button, input, select, .site-menu, .leave a").all():
            assert not hidden.is_visible()
        page.pdf(path=artefacts / f"interview-{lang}.pdf", format="Letter")
