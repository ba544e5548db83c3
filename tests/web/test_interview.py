"""The pages of the interview as a program sees them: what they ask, keep, refuse and never keep."""

import functools
import logging
import re
from html import unescape

import pytest
from django.test import Client

from locutorio.actions import clock, interview, shelf
from locutorio.facts.vocabulary import vocabulary
from locutorio.notices.catalogue import sentences
from locutorio.web.logs import WithoutWords
from locutorio.web.open.given import Given, given_first
from locutorio.web.words import words
from tests.web.interviews import EVERY_FIELD, INTERVIEWS, teller
from tests.web.pages import LANGUAGES
from tests.web.telling import Sent, Telling, post, text_of

SHORTEST_TELLING = 12
FIRST: Sent = [("do", "begin"), ("about", "visit"), ("law", "us-federal")]


@pytest.fixture
def telling(client: Client) -> Telling:
    """Give an interview that stands before its first question and has every kind of field."""
    begun = Telling(client, teller(*EVERY_FIELD))
    begun.begin()
    return begun


def up_to(telling: Telling, control: str) -> None:
    """Answer until a question has a field of a kind."""
    while control not in telling.page:
        telling.answer(telling.teller.answer(telling.asking()))


@functools.cache
def english() -> set[str]:
    """Give what is said in English anywhere, where Spanish says it otherwise."""
    pairs = [(text, words("es")[name]) for name, text in words("en").items()]
    pairs += [(text, sentences("es")[key]) for key, text in sentences("en").items()]
    known = vocabulary()
    texts = [text for kind in known.facts.values() for text in (kind.ask, kind.label, *kind.values.values())]
    texts += [
        one.label for part in (known.offices, known.conditions, known.allowances) for one in part.values()
    ]
    for name in shelf.laws():
        pack = shelf.pack(name)
        texts += [pack.title, *(one.says for one in pack.provisions.values())]
        texts += [*(one.title for one in pack.forms.values()), *(one.label for one in pack.kinds.values())]
    pairs += [(text["en"], text["es"]) for text in texts]
    return {
        one for one, other in pairs if one != other and len(one) >= SHORTEST_TELLING and "{" not in one
    } - {other for _, other in pairs}


@pytest.mark.parametrize("told", INTERVIEWS, ids=lambda one: one[1])
def test_no_english_sentence_stands_on_a_spanish_page(client: Client, told: tuple[str, str]) -> None:
    """No page of an interview in Spanish, from the first to the answer, says anything in English."""
    known = english()
    talk = Telling(client, teller(*told), "es")
    for page in talk.pages():
        text = text_of(page)
        assert [one for one in known if one in text and re.search(rf"\b{re.escape(one)}", text)] == []
    assert talk.outcome() == teller(*told).outcome


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_of_a_page_is_on_its_own_language_only(client: Client, lang: str) -> None:
    """The test for English sentences is awake: it finds them on an English page."""
    page = text_of(client.get(f"/{lang}/").content.decode())

    assert any(one in page for one in english()) == (lang == "en")


def test_the_day_left_empty_is_today(client: Client) -> None:
    """Who names no day asks for today, and it says so."""
    page = post(client, "/en/interview", FIRST).content.decode()

    assert f'name="on" value="{clock.today().isoformat()}"' in page
    assert f'name="asked_on" value="{clock.today().isoformat()}"' in page


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ([("do", "begin"), ("law", "us-federal")], "about"),
        ([*FIRST, ("day", "31"), ("month", "2"), ("year", "2026")], "day"),
        ([*FIRST, ("day", "5")], "day"),
        ([*FIRST, ("day", "five"), ("month", "12"), ("year", "2026")], "day"),
        ([*FIRST, ("day", "²"), ("month", "12"), ("year", "2026")], "day"),
        ([*FIRST, ("day", "1"), ("month", "1"), ("year", "9999")], "day"),
        ([*FIRST, ("day", "1"), ("month", "1"), ("year", "1990")], "day_early"),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_first_page_that_cannot_be_read_says_why_and_keeps_what_was_entered(
    client: Client, lang: str, sent: Sent, problem: str
) -> None:
    """What is wrong is named beside the field, and whatever was entered still stands there."""
    page = unescape(post(client, f"/{lang}/interview", sent).content.decode())

    assert words(lang)[f"problem_{problem}"].split("{")[0] in page
    for name, value in sent:
        if name in ("day", "year"):
            assert f'name="{name}"' in page
            assert f'value="{value}"' in page
        if name == "about":
            assert re.search(rf'value="{value}" checked', page)


def test_the_first_page_keeps_what_was_entered_in_the_other_language(client: Client) -> None:
    """After an error the switch gives the first page in the other language, as it was filled in."""
    sent = [*FIRST[:2], ("law", "arcadia"), ("day", "31"), ("month", "2"), ("year", "2026")]
    page = post(client, "/en/interview", sent).content.decode()
    form = re.search(r'<form class="site-language".*?</form>', page, re.DOTALL)
    assert form
    carried = re.findall(r'name="([^"]+)" value="([^"]*)"', form[0])
    switched = post(client, "/es/interview", carried).content.decode()

    assert '<html lang="es">' in switched
    assert 'value="visit" checked' in switched
    assert 'value="arcadia" selected' in switched
    assert 'value="31"' in switched
    assert 'id="problems"' not in switched


@pytest.mark.parametrize(
    ("field", "control", "wrong"),
    [
        ("choice", 'type="radio"', []),
        ("choice", 'type="radio"', [("value", "nobody offers this")]),
        ("checklist", 'type="checkbox"', []),
        ("checklist", 'type="checkbox"', [("tick", "no kind of paper")]),
        ("number_empty", 'id="number"', [("number", " ")]),
        ("number", 'id="number"', [("number", "a few")]),
        ("number", 'id="number"', [("number", "-3")]),
        ("number", 'id="number"', [("number", "1.5")]),
        ("day_empty", 'id="day"', []),
        ("day", 'id="day"', [("day", "30"), ("month", "2"), ("year", "2025")]),
        ("day", 'id="day"', [("day", "3"), ("month", ""), ("year", "2025")]),
    ],
)
def test_an_answer_that_cannot_be_read_is_asked_for_again_and_nothing_is_lost(
    telling: Telling, field: str, control: str, wrong: Sent
) -> None:
    """The same question comes again with what is wrong, what was typed, and all that was said before."""
    up_to(telling, control)
    asking, said = telling.asking(), telling.said()
    telling.send([*telling.hidden(), *wrong])

    assert (telling.asking(), telling.said()) == (asking, said)
    assert words("en")[f"problem_{field}"] in unescape(telling.page)
    assert 'id="problems"' in telling.page
    for name, value in wrong:
        if name in ("number", "day", "year") and value.strip():
            assert f'value="{value}"' in telling.page


def test_an_answer_that_contradicts_another_is_asked_for_again(client: Client) -> None:
    """A birth after the day asked about is not taken, and the page says that something does not fit."""
    law = ("law", "us-federal")
    carried: Sent = [law, ("about", "visit"), ("on", "2026-03-02"), ("asked_on", "2026-03-02")]
    paths = [path for path in vocabulary().facts if vocabulary().facts[path].years_from]
    birth = next(vocabulary().facts[path].years_from for path in paths)
    born = [("asking", birth or ""), ("day", "1"), ("month", "1"), ("year", "2027")]
    page = post(client, "/en/interview", [*carried, *born]).content.decode()

    assert words("en")["problem_does_not_fit"] in unescape(page)
    assert 'value="2027"' in page


def test_what_was_said_can_be_changed_and_the_rest_stays(client: Client) -> None:
    """Change gives the question with its answer chosen; another takes its place, and the others stay."""
    talk = Telling(client, teller("us-federal", "A01"))
    for _ in talk.pages():
        pass
    before = talk.said()
    at = next(at for at, one in enumerate(before) if not one.startswith("instruments"))
    path, _, value = before[at].partition("=")
    talk.send([*talk.hidden(), ("change", path)])
    assert talk.asking() == path
    assert re.search(rf'value="{re.escape(value)}" checked', talk.page)

    other = next(one for one in re.findall(r'name="value" value="(\w+)"', talk.page) if one != value)
    talk.answer(other)
    assert talk.said() == [*before[:at], f"{path}={other}", *before[at + 1 :]]


def test_back_leads_through_the_answers_to_the_first_page(telling: Telling) -> None:
    """Back gives the last answer, then the one before it, then the first page as it was filled in."""
    for _ in range(2):
        telling.answer(telling.teller.answer(telling.asking()))
    said = telling.said()
    paths = [one.partition("=")[0] for one in said]

    for path in reversed(paths):
        telling.send([*telling.hidden(), ("do", "back")])
        assert (telling.asking(), telling.said()) == (path, said)
    page = telling.send([*telling.hidden(), ("do", "back")])
    assert 'value="call" checked' in page
    assert 'name="year" type="text"' in page
    assert 'value="2025"' in page
    assert [unescape(one) for one in re.findall(r'name="said" value="([^"]*)"', page)][: len(said)] == said


def test_the_answer_can_be_seen_at_any_time(telling: Telling) -> None:
    """Show gives the answer so far, says that more could change it, takes what was chosen, and leads on."""
    asking = telling.asking()
    page = telling.send([*telling.hidden(), ("do", "show")])
    assert words("en")["answer_more"] in page
    telling.send([*telling.hidden(), ("do", "resume")])
    assert telling.asking() == asking

    telling.send([*telling.hidden(), ("do", "show"), *telling.entered(telling.teller.answer(asking))])
    assert telling.outcome()
    assert [one.partition("=")[0] for one in telling.said()] == [asking]


@pytest.mark.parametrize(
    ("on", "kind"),
    [("2026-11-27", "weekday"), ("2026-11-28", "saturday"), ("2026-11-29", "sunday")],
)
def test_the_kind_of_day_is_chosen_by_the_calendar(on: str, kind: str) -> None:
    """Nobody has to look up the day of the week; it is chosen already, and can be changed to a holiday."""
    said = interview.Said("us-federal", "visit", on, on)
    asked = interview.again(said, "en", "visit.day").question

    assert given_first(asked, on) == Given(kind)
    assert kind in {one.value for one in asked.choices}


def test_another_law_keeps_no_answer_it_cannot_use(telling: Telling) -> None:
    """Answers that another law does not know are left out, and its interview begins."""
    up_to(telling, 'id="number"')
    said = [one for one in telling.hidden() if one[0] == "said"]
    page = telling.send([("do", "begin"), ("about", "visit"), ("law", "arcadia"), *said])

    assert 'name="law" value="arcadia"' in page
    assert telling.asking() or telling.outcome()


@pytest.mark.parametrize(
    "spoiled",
    [
        [],
        [("law", "us-federal")],
        [("law", "atlantis"), ("about", "visit"), ("on", "2026-03-02"), ("asked_on", "2026-03-02")],
        [("law", "us-federal"), ("about", "<b>"), ("on", "2026-03-02"), ("asked_on", "2026-03-02")],
        [("law", "us-federal"), ("about", "visit"), ("on", "soon"), ("asked_on", "2026-03-02")],
        [("law", "us-federal"), ("about", "visit"), ("on", "2026-03-02"), ("asked_on", "2027-03-02")],
    ],
)
@pytest.mark.parametrize("more", [[], [("do", "show")], [("do", "back")], [("change", "contact.age")]])
def test_fields_that_no_page_sends_are_refused_in_plain_words(
    client: Client, spoiled: Sent, more: Sent
) -> None:
    """Hidden fields that were changed by hand give a page that says so, in the language of the address."""
    response = post(client, "/es/interview", [*spoiled, *more])

    assert response.status_code == 400
    assert words("es")["error_bad_request_title"] in unescape(response.content.decode())


@pytest.mark.parametrize(
    "said", ["=", "x", "contact.age", "contact.age=", "contact.age=old", "no.fact=yes", "a" * 999]
)
def test_an_answer_that_no_page_carries_is_refused(telling: Telling, said: str) -> None:
    """An answer changed by hand is refused, not guessed."""
    response = post(telling.client, "/en/interview", [*telling.hidden(), ("said", said), ("do", "show")])

    assert response.status_code == 400


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_after_leaving_says_to_close_the_window(client: Client, lang: str) -> None:
    """Whoever leaves, reloads or comes by the bare address finds an empty page that says what to do."""
    page = unescape(client.get(f"/{lang}/interview").content.decode())

    assert words(lang)["left_shared"] in page
    assert 'type="hidden"' not in page


def test_a_failure_says_nothing_of_what_was_entered(
    telling: Telling, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the program fails on an answer, the console names the place in the code and no word of it."""
    secret = "what a family said"
    records: list[logging.LogRecord] = []

    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError(secret)

    handlers = logging.getLogger("django").handlers
    console = next(one for one in handlers if isinstance(one.formatter, WithoutWords))
    monkeypatch.setattr(console, "emit", records.append)
    monkeypatch.setattr(interview, "step", fails)
    response = post(telling.client, "/en/interview", [*telling.hidden(), ("value", "unknown")])
    [record] = records
    record.exc_text = None
    written = console.format(record)

    assert response.status_code == 500
    assert "ZeroDivisionError" in written
    assert secret not in written
    assert secret not in response.content.decode()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("given", "enough"),
    [
        (["unknown", "unknown"], False),
        (["unknown", "unknown", "unknown"], True),
        (["unknown", "social", "unknown", "unknown"], False),
        (["unknown", "court_order?,sanction?", "unknown"], True),
        (["unknown", "court_order,sanction?", "unknown"], False),
        (["social", "unknown", "unknown", "unknown", "unknown"], True),
    ],
)
def test_after_three_answers_not_known_in_a_row_nobody_has_to_go_on(
    client: Client, lang: str, given: list[str], enough: bool
) -> None:
    """After "I don't know" three times in a row the first button of the page shows the answer, and the page
    says that nobody has to go on; the question still stands below. After any other answer it does not.
    """
    paths = ["person.status", "contact.role", "contact.age", "contact.relation", "visit.by_video"]
    if "social" in given:
        paths.remove("contact.role")
        paths.insert(given.index("social"), "contact.role")
    if any("court_order" in value for value in given):
        paths[1] = "instruments"
    said = [("said", f"{path}={value}") for path, value in zip(paths, given, strict=False)]
    sent = [
        ("law", "us-federal"),
        ("about", "visit"),
        ("on", "2026-12-05"),
        ("asked_on", ""),
        *said,
        ("do", "resume"),
    ]
    page = post(client, f"/{lang}/interview", sent).content.decode()
    main = page.split("<main", maxsplit=1)[1]
    first = re.search(r"<button[^>]*>", main)

    assert first
    assert ('value="show"' in first[0]) is enough
    assert (words(lang)["enough"] in unescape(page)) is enough
    assert 'name="asking"' in page


def test_a_question_without_a_rule_to_name_says_so_in_general(client: Client) -> None:
    """Where no provision reads what is asked, the page gives the general sentence and no provision."""
    sent = [
        ("law", "us-federal"),
        ("about", "visit"),
        ("on", "2026-12-05"),
        ("asked_on", ""),
        ("said", "call.direction=unknown"),
    ]
    page = post(client, "/en/interview", [*sent, ("change", "call.direction")]).content.decode()

    assert words("en")["why_general"] in unescape(page)
    assert words("en")["why_rule"] not in unescape(page)
