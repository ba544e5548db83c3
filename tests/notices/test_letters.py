"""Promises about every answer, whatever was decided."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locutorio.decisions.decision import Decision, Finding
from locutorio.facts.vocabulary import Text
from locutorio.notices import catalogue
from locutorio.notices.compose import SECTIONS, compose
from locutorio.notices.findings import ADOPTED, every_finding
from locutorio.notices.letter import FindingBlock, Items, Letter, Paragraph
from locutorio.notices.text import as_text
from locutorio.notices.words import Words
from tests.notices.generated import ENGLISH, SPANISH, WORDS, decisions, findings

both = pytest.mark.parametrize("lang", catalogue.LANGUAGES)


def flat(text: str) -> str:
    return " ".join(text.split())


def said(letter: Letter) -> list[str]:
    """Give every text a reader sees."""
    texts = [letter.title, letter.headline, *letter.lead, *letter.foot]
    for section in letter.sections:
        texts.append(section.heading)
        for block in section.blocks:
            match block:
                case Paragraph(text):
                    texts.append(text)
                case Items(items, intro):
                    texts.extend([*items, intro])
                case FindingBlock():
                    texts.extend(
                        [block.head, block.citation, block.lead, block.says, *block.seen, *block.marks]
                    )
    return [text for text in texts if text]


def phrases(sentence: str) -> list[str]:
    """Give the stretches of words between the placeholders of a sentence."""
    return [flat(words) for words, *_ in Formatter().parse(sentence) if len(re.findall(r"\w+", words)) > 1]


def english_only() -> list[str]:
    """Give the phrases of the English catalogue and vocabulary that no Spanish sentence holds."""
    labels: list[Text] = [
        *(kind.label for kind in WORDS.facts.values()),
        *(kind.ask for kind in WORDS.facts.values()),
        *(words for kind in WORDS.facts.values() for words in kind.values.values()),
        *(office.label for office in WORDS.offices.values()),
        *(condition.label for condition in WORDS.conditions.values()),
        *(allowance.label for allowance in WORDS.allowances.values()),
    ]
    english = [phrase for sentence in catalogue.sentences("en").values() for phrase in phrases(sentence)]
    english += [flat(label["en"]) for label in labels if " " in label["en"]]
    spanish = "\n".join([*catalogue.sentences("es").values(), *(label["es"] for label in labels)])
    return [phrase for phrase in english if len(phrase) > 8 and phrase not in spanish]


ENGLISH_ONLY = english_only()
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@both
@given(decision=decisions)
def test_every_decision_can_be_told(decision: Decision, lang: str) -> None:
    """No decision is so odd that nothing can be said of it: there is always a title, an answer and a foot."""
    letter = compose(decision, lang)

    assert letter.title
    assert letter.headline
    assert letter.foot
    assert all(section.blocks and section.heading for section in letter.sections)
    assert {section.name for section in letter.sections} <= SECTIONS.keys()


@given(decision=decisions)
def test_a_spanish_answer_holds_no_english(decision: Decision) -> None:
    """Who asks in Spanish reads Spanish throughout: not one English sentence, label or paraphrase."""
    text = flat(as_text(decision, "es"))

    assert ENGLISH not in text
    assert [phrase for phrase in ENGLISH_ONLY if phrase in text] == []


@given(decision=decisions)
def test_an_english_answer_holds_no_spanish(decision: Decision) -> None:
    """Who asks in English is not given the Spanish words of the law."""
    assert SPANISH not in as_text(decision, "en")


@both
@given(decision=decisions, width=st.integers(20, 120))
def test_every_law_that_was_used_is_cited(decision: Decision, lang: str, width: int) -> None:
    """Each finding behind the answer, for or against, is cited where a reader can see it."""
    text = flat(as_text(decision, lang, width))
    used = {finding.citation for finding in every_finding(decision)}

    assert {citation for citation in used if citation not in text} == set()


@both
@given(decision=decisions, finding=findings)
def test_every_number_comes_with_its_law_and_its_first_day(
    decision: Decision, finding: Finding, lang: str
) -> None:
    """A number is never bare: beside it stand the law that sets it and the day since when."""
    text = flat(as_text(only(decision, reasons=(finding,)), lang))
    words = Words(lang)

    for number in (number for line in finding.lines for number in line.numbers):
        assert words.quantity(number.value, number.unit) in text
        assert number.citation in text
        assert words.day(number.since) in text


def only(decision: Decision, reasons: tuple[Finding, ...]) -> Decision:
    """Give a decision that rests on these findings and on nothing else."""
    return Decision(
        kind=decision.kind,
        outcome=decision.outcome,
        firm=decision.firm,
        on=decision.on,
        asked_on=decision.asked_on,
        known_at=decision.known_at,
        about=decision.about,
        reasons=reasons,
    )


@both
@given(decision=decisions)
def test_what_rests_on_unchecked_text_says_so(decision: Decision, lang: str) -> None:
    """Wherever the letter tells a provision whose text was not checked, it says that it was not."""
    letter = compose(decision, lang)
    unchecked = {finding.provision for finding in every_finding(decision) if finding.status in ADOPTED}
    checked = {finding.provision for finding in every_finding(decision) if finding.status not in ADOPTED}
    mark = catalogue.say(lang, "finding.adopted")

    for section in letter.sections:
        for block in section.blocks:
            if isinstance(block, FindingBlock) and block.provision in unchecked - checked:
                assert any(told.startswith(mark) for told in block.marks)


@both
@given(decision=decisions)
def test_every_answer_says_how_far_it_can_be_relied_on(decision: Decision, lang: str) -> None:
    """Each answer ends with the day its text was read, who reviewed it, and that it is not legal advice."""
    letter, words = compose(decision, lang), Words(lang)
    foot = " ".join(letter.foot)
    read = [finding.read_on for finding in every_finding(replace(decision, comments=()))]

    assert words.say("foot.nobody") in foot
    assert words.say("foot.advice") in foot
    if read:
        assert words.day(min(read)) in foot
        assert (words.day(decision.on) in foot) or decision.on <= min(read)


@both
@given(decision=decisions)
def test_no_sentence_is_broken(decision: Decision, lang: str) -> None:
    """No answer shows an unfilled gap, a doubled stop or a character that steers the screen."""
    for text in said(compose(decision, lang)):
        assert flat(text) == text
        assert not re.search(r"\{[a-z_]+\}", text)
        assert not re.search(r"[.?!:][.:](?!\.)|\(\)", text)
        assert all(unicodedata.category(character) not in {"Cc", "Cs"} for character in text)
        assert not set(text) & TURNING


@given(decision=decisions, width=st.integers(40, 120))
def test_plain_text_keeps_to_its_width(decision: Decision, width: int) -> None:
    """On a narrow terminal no line runs past the edge, except for a single word that is longer."""
    for line in as_text(decision, "en", width).splitlines():
        assert len(line) <= width or longest_word(line) > width - 8


def longest_word(line: str) -> int:
    """Measure the longest stretch that is never broken: a word, or a citation of three."""
    return max(len(word) for word in re.split(r" (?!CFR|U\.S\.C\.|5\d\d\()", line.strip()))


@given(decision=decisions)
def test_a_finding_is_explained_once(decision: Decision) -> None:
    """The same provision is not explained twice in one letter, but in the list of all that the law asks for;
    later mentions only cite it.
    """
    letter = compose(decision, "en")
    sections = [section for section in letter.sections if section.name != "criteria"]
    blocks = [block for section in sections for block in section.blocks if isinstance(block, FindingBlock)]
    names = {(finding.provision, finding.instrument) for finding in every_finding(decision)}

    assert sum(bool(block.says) for block in blocks) <= len(names)
