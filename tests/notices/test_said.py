"""Promises about what an answer on paper repeats of what was said."""

from __future__ import annotations

from datetime import date

import pytest

from locutorio.actions import answer, shelf
from locutorio.facts.case import Case, CasePaper, Dated
from locutorio.facts.snapshot import Question
from locutorio.notices import catalogue
from locutorio.notices.letter import Items, Paragraph, Section
from locutorio.notices.said import said
from locutorio.notices.words import Words

ON = date(2026, 12, 5)
KINDS = {name: kind.label for name, kind in shelf.pack("us-federal").kinds.items()}
ALL_LANGUAGES = pytest.mark.parametrize("lang", catalogue.LANGUAGES)


def section(case: Case, lang: str) -> Section:
    return said(case, answer.answer(case), KINDS, lang)


def text(told: Section) -> str:
    parts = []
    for block in told.blocks:
        assert isinstance(block, (Items, Paragraph))
        parts += [block.text] if isinstance(block, Paragraph) else [block.intro, *block.items]
    return "\n".join(parts)


def case(**parts: object) -> Case:
    known: dict[str, object] = {
        "law": "us-federal",
        "question": Question("contact", ON, "visit", ON),
        "facts": {},
    }
    return Case(**{**known, **parts})  # type: ignore[arg-type]


@ALL_LANGUAGES
def test_every_fact_is_said_again_with_its_days_and_source(lang: str) -> None:
    """Who reads the paper sees what the answer rests on: each value, its days, since when known, whence."""
    words = Words(lang)
    facts = {
        "contact.supervision": (
            Dated("halfway_house", date(2026, 6, 1), ON, "2026-11-20", "letter of 20 November"),
            Dated("supervised_release", ON),
        ),
        "contact.born_on": (Dated(date(1984, 4, 17)),),
    }
    told = text(section(case(facts=facts), lang))

    for day in (date(2026, 6, 1), ON, date(2026, 11, 20), date(1984, 4, 17)):
        assert words.day(day) in told
    assert "letter of 20 November" in told
    for value in ("halfway_house", "supervised_release"):
        assert words.value("contact.supervision", value) in told


@ALL_LANGUAGES
def test_every_paper_is_said_again_with_what_it_states(lang: str) -> None:
    """A paper stands under its own title, with its facts and what was seen of it."""
    paper = CasePaper("m", "special_measure", {"instrument.from": Dated(ON)}, "2026-01-05", "a copy")
    told = text(section(case(papers=(paper,)), lang))

    assert shelf.pack("us-federal").forms["special_measure"].title[lang] in told
    assert Words(lang).day(ON) in told
    assert "a copy" in told
    assert Words(lang).day(date(2026, 1, 5)) in told


@ALL_LANGUAGES
@pytest.mark.parametrize(
    ("complete", "papers", "name"),
    [
        (None, False, "no_papers"),
        (None, True, "all_papers"),
        (frozenset(), False, "any_paper_unknown"),
        (frozenset(), True, "papers_unknown"),
    ],
)
def test_it_is_said_which_papers_are_known(
    lang: str, complete: frozenset[str] | None, papers: bool, name: str
) -> None:
    """Whether there are other papers is part of what was said, and so is not knowing it."""
    paper = CasePaper("m", "special_measure", {}, None, None)
    told = text(section(case(complete=complete, papers=(paper,) if papers else ()), lang))

    assert catalogue.say(lang, f"said.{name}") in told


@ALL_LANGUAGES
def test_kinds_of_paper_are_named_in_words(lang: str) -> None:
    """Where only some kinds are known to be complete, they are named as a reader knows them."""
    told = text(section(case(complete=frozenset({"court_order", "sanction"})), lang))

    assert KINDS["court_order"][lang] in told
    assert KINDS["sanction"][lang] in told
    assert "court_order" not in told
