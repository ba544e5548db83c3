"""Promises about the papers to hand over: the officer's slip, and the text of a first request."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from locutorio.actions import answer, shelf
from locutorio.decisions.decision import Decision, Outcome, Truth
from locutorio.facts.case import Case
from locutorio.notices import catalogue
from locutorio.notices.findings import every_finding
from locutorio.notices.handout import Handout, handouts_pdf
from locutorio.notices.request import VOICES, can_contest, requests
from locutorio.notices.slip import SHOWN_MAX, can_slip, slip
from locutorio.notices.words import Words
from tests.notices.test_letters import ENGLISH_ONLY
from tests.notices.test_pdf import bare, kinds, opened, written

EXAMPLES = Path(__file__).parents[2] / "examples"
EVERY = 9
LONGEST = ("order-of-visits-used", "measure-no-visits-pretrial", "D04")
ALL_LANGUAGES = pytest.mark.parametrize("lang", catalogue.LANGUAGES)


@cache
def decided() -> list[tuple[Case, Decision]]:
    """Give a spread of the worked cases with their answers, those with the longest slips among them."""
    worked = [one for law in shelf.laws() for one in shelf.cases(law).worked]
    chosen = [one for at, one in enumerate(worked) if at % EVERY == 0 or one.name in LONGEST]
    return [(one.case, answer.answer(one.case)) for one in chosen]


def texts(handout: Handout) -> list[str]:
    told = [handout.title, *handout.lead, *handout.foot]
    for part in handout.parts:
        told += [part.heading, *part.paragraphs, *part.items, *(blank.label for blank in part.blanks)]
    return told


def slips(lang: str) -> list[tuple[Decision, Handout]]:
    return [(decision, slip(case, decision, lang)) for case, decision in decided() if can_slip(decision)]


def all_requests(lang: str) -> list[tuple[Decision, tuple[Handout, ...]]]:
    return [(decision, requests(decision, lang)) for _, decision in decided() if can_contest(decision)]


@ALL_LANGUAGES
def test_a_slip_is_one_page_and_holds_everything(lang: str) -> None:
    """What the officer gives fits on one sheet, tagged, and every sentence of it is on the paper."""
    for decision, handout in slips(lang):
        made = handouts_pdf(handout.title, (handout,), lang, decision.on)
        text = bare(written(made))

        assert [part for part in texts(handout) if bare(part) not in text] == []
        with opened(made) as document:
            assert len(document.pages) == 1
            assert document.Root.MarkInfo.Marked
            assert {"/H1", "/H2", "/P"} <= set(kinds(document.Root.StructTreeRoot))


@ALL_LANGUAGES
def test_a_slip_says_why_and_until_when_it_can_be_contested(lang: str) -> None:
    """The law behind a refusal, each office to turn to and the last day in time stand on the slip."""
    assert slips(lang)
    for decision, handout in slips(lang):
        words = Words(lang, decision.about)
        told = " ".join(texts(handout))
        for reason in decision.reasons[:SHOWN_MAX]:
            if decision.outcome is Outcome.REFUSE:
                assert reason.citation in told
        for key in decision.keys:
            if key.state is Truth.NO and decision.outcome is Outcome.PENDING:
                assert words.office(key.office) in told
        for route in decision.routes[:1]:
            assert words.office(route.office) in told
            if route.clock and route.clock.last_day:
                assert words.day(route.clock.last_day) in told


def test_only_a_refusal_or_a_missing_approval_gives_a_slip() -> None:
    """What is permitted, left to a person or hangs on a fact is no refusal, and neither is a deadline."""
    for _, decision in decided():
        refused = decision.outcome is Outcome.REFUSE
        missing = decision.outcome is Outcome.PENDING and decision.firm and bool(decision.keys)

        assert can_slip(decision) == (decision.kind == "contact" and (refused or missing))
    assert not can_slip(replace(decided()[0][1], outcome=Outcome.PERMIT))


@ALL_LANGUAGES
def test_there_is_a_request_for_each_way_to_contest(lang: str) -> None:
    """Each person and office that the law names gets a text of its own, with the law behind the answer."""
    assert all_requests(lang)
    for decision, made in all_requests(lang):
        words = Words(lang, decision.about)
        ways = {(route.recipient, route.office, route.form["en"]) for route in decision.routes}
        told = [" ".join(texts(handout)) for handout in made]

        assert len(made) == len([way for way in ways if way[0] in VOICES])
        for reason in decision.reasons[:SHOWN_MAX]:
            assert all(reason.citation in text for text in told)
        for recipient, office, _ in ways:
            if recipient in VOICES:
                voice = words.say(f"request.voice.{recipient}")
                assert any(voice in text and words.office(office) in text for text in told)


@ALL_LANGUAGES
def test_a_request_counts_its_days(lang: str) -> None:
    """Where a clock runs, its last day is in the text; where none does, that is said."""
    words = Words(lang)
    for decision, made in all_requests(lang):
        told = " ".join(text for handout in made for text in texts(handout))
        for route in decision.routes:
            if route.recipient in VOICES and route.clock and route.clock.last_day:
                assert words.day(route.clock.last_day) in told
            if route.recipient in VOICES and route.clock is None:
                assert words.say("request.no_clock") in told


@ALL_LANGUAGES
def test_each_request_begins_a_page_and_reads_in_order(lang: str) -> None:
    """Several texts in one file can be taken apart: each is one page."""
    for decision, made in all_requests(lang)[::3]:
        with pikepdf.open(io.BytesIO(handouts_pdf("x", made, lang, decision.on))) as document:
            assert len(document.pages) == len(made)


def test_a_spanish_paper_holds_no_english() -> None:
    """Who asks in Spanish gets papers in Spanish, down to the empty lines; laws keep their names."""
    made = slips("es")
    made += [(decision, handout) for decision, several in all_requests("es") for handout in several]
    for decision, handout in made:
        told = " ".join(" ".join(text.split()) for text in texts(handout))
        for finding in every_finding(decision):
            told = told.replace(finding.citation, "")

        assert [phrase for phrase in ENGLISH_ONLY if phrase in told] == []


@ALL_LANGUAGES
def test_names_are_never_filled_in(lang: str) -> None:
    """Names, numbers and signatures are empty lines: nothing asks for them and nothing could print them."""
    for _, handout in slips(lang)[:3]:
        assert [blank for part in handout.parts for blank in part.blanks]
    for _, made in all_requests(lang)[:3]:
        labels = [blank.label for part in made[0].parts for blank in part.blanks]

        assert catalogue.say(lang, "request.blank.name") in labels
        assert catalogue.say(lang, "request.blank.signature") in labels


def test_a_missing_approval_is_asked_of_the_office_that_gives_it() -> None:
    """Where a probation officer's yes is missing, the text to that officer asks for no other's."""
    case = answer.read_file(EXAMPLES / "spouse-half-way-house-before-release.yaml")
    made = {handout.title: handout for handout in requests(answer.answer(case), "en")}
    officer = next(handout for title, handout in made.items() if "probation" in title)
    asked = " ".join(next(part.paragraphs for part in officer.parts if part.heading == "What I ask"))

    assert re.search("probation or supervising officer given permission", asked)
    assert "Warden" not in asked


def test_the_same_paper_is_the_same_file() -> None:
    """Made twice, a paper is the same bytes."""
    day = date(2026, 12, 5)
    made = tuple(handout for _, handout in slips("en")[:2])

    assert handouts_pdf("x", made, "en", day) == handouts_pdf("x", made, "en", day)
    assert handouts_pdf("x", made, "en", day) != handouts_pdf("x", made[:1], "en", day)
