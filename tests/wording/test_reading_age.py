"""What the program says can be read at about twelve: measured by stated formulas, in both languages."""

from __future__ import annotations

import pytest

from locutorio.actions import shelf
from locutorio.notices.audience import Reader, told_to
from tests.notices.test_audience import worked
from tests.notices.test_pdf import told
from tests.wording.reading_age import LANGUAGES, measured, syllables, texts, worst

AGE, ONE_SENTENCE, LONG = 12.0, 14.0, 15
ALL_LANGUAGES = pytest.mark.parametrize("lang", LANGUAGES)
SYLLABLES = {
    "en": {
        "visit": 2,
        "asked": 1,
        "wanted": 2,
        "places": 2,
        "officer": 3,
        "people": 2,
        "before": 2,
        "changes": 2,
    },
    "es": {
        "día": 2,
        "cuenta": 2,
        "prisión": 2,
        "leer": 2,
        "ahora": 3,
        "quien": 1,
        "guerra": 2,
        "muy": 1,
        "año": 2,
    },
}


@ALL_LANGUAGES
@pytest.mark.parametrize(("of", "least"), [("notices", 500), ("pages", 500), ("telephone", 25)])
def test_all_that_is_said_can_be_read_at_twelve(lang: str, of: str, least: int) -> None:
    """Of notices, pages and the telephone; labels of a few words would make it look easier: left out."""
    said = [text for name, text in texts(lang).items() if name.startswith(of)]
    running = [text for text in said if measured([text], lang).words > 5]
    assert len(running) > least
    assert measured(running, lang).age <= AGE


@ALL_LANGUAGES
def test_no_long_text_asks_for_much_more(lang: str) -> None:
    """A text of fifteen words or more can be read at fourteen: the worst are named here, to be mended."""
    found = [(round(age, 1), name) for age, name, _ in worst(lang, 5, LONG) if age > ONE_SENTENCE]
    assert found == []


@ALL_LANGUAGES
@pytest.mark.parametrize("law", shelf.laws())
def test_the_law_in_our_words_can_be_read_at_twelve(law: str, lang: str) -> None:
    """All that a pack says of its provisions, taken together."""
    assert measured((one.says[lang] for one in shelf.pack(law).provisions.values()), lang).age <= AGE


@ALL_LANGUAGES
@pytest.mark.parametrize("law", ["arcadia", "us-federal"])
def test_each_whole_letter_can_be_read_at_twelve(law: str, lang: str) -> None:
    """Letters of worked cases to either reader, with the law they quote in our words."""
    for decision in worked(law):
        for reader in Reader:
            assert measured(told(told_to(decision, reader, (), lang)), lang).age <= AGE, decision.on


@ALL_LANGUAGES
def test_what_is_hard_is_measured_as_hard(lang: str) -> None:
    """The measure sees a long sentence of long words, counts syllables as they are spoken, and can fail."""
    hard = {
        "en": "Notwithstanding the aforementioned determination, administrative reconsideration necessitates"
        " documentary substantiation of extraordinary circumstances justifying individualised accommodation.",
        "es": "No obstante la determinación administrativa anteriormente mencionada, la reconsideración"
        " requerirá la acreditación documental de circunstancias extraordinarias debidamente justificadas.",
    }
    easy = {"en": "You can come. Bring your card.", "es": "Puede venir. Traiga su carné."}
    assert measured([hard[lang]], lang).age > ONE_SENTENCE + 4
    assert measured([easy[lang]], lang).age < AGE - 2
    assert {word: syllables(word, lang) for word in SYLLABLES[lang]} == SYLLABLES[lang]
