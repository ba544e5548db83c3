"""Promises about reports on a population: the same numbers in every form and language, none that harms."""

from __future__ import annotations

import csv
import io
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locutorio.notices.catalogue import sentences
from locutorio.notices.reports.amounts import percent, share
from locutorio.notices.reports.bars import PATTERNS
from locutorio.notices.reports.cells import FORMULA, harmless, report_as_csv
from locutorio.notices.reports.changed import tell_impact
from locutorio.notices.reports.page import report_as_page
from locutorio.notices.reports.report import Report
from locutorio.notices.reports.surveyed import tell_survey
from locutorio.notices.reports.text import report_as_text
from locutorio.notices.reports.values import OUTCOMES
from locutorio.notices.words import Words
from tests.survey_report.samples import HOSTILE, impact, surveyed

LANGUAGES = ("en", "es")
APART = {"en": ",", "es": "\N{NO-BREAK SPACE}"}
VOID = {"meta", "img", "br", "link", "input", "rect", "path", "circle"}


def reports(lang: str) -> list[Report]:
    """Give one report of each kind."""
    return [tell_survey(surveyed(), lang), tell_impact(impact(lang), lang)]


class Elements(HTMLParser):
    """Reads a page into (tag, attributes) and its text; holds that every element that opens also closes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] != "style":
            self.text.append(data)


def counts(report: Report) -> set[int]:
    """Give every count that stands in a table."""
    return {
        cell
        for table in report.tables
        for row in table.rows
        for column, cell in zip(table.columns, row, strict=True)
        if column.kind == "count" and isinstance(cell, int)
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_stands_in_every_form(lang: str) -> None:
    """Text and page write each count as the language does, CSV as digits; none is rounded or left out."""
    for report in reports(lang):
        text, page = report_as_text(report), "".join(Elements(report_as_page(report)).text)
        cells = " ".join(written for _, written in report_as_csv(report))
        assert len(counts(report)) > 4
        for count in counts(report):
            told = f"{count:,}".replace(",", APART[lang])
            assert told in text.replace("\n", " ")
            assert told in page
            assert re.search(rf"\b{count}\b", cells)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chart_has_its_numbers_as_table_and_file(lang: str) -> None:
    """Beside each chart stand a table of all its numbers and a CSV file of the same name, linked."""
    for report in reports(lang):
        files = dict(report_as_csv(report))
        page = report_as_page(report, files)
        drawn = [table for table in report.tables if table.bars]
        assert drawn
        for table in drawn:
            bars = {bar.count for bar in table.bars}
            inside = {cell for row in table.rows for cell in row if isinstance(cell, int)}
            assert bars <= inside
            assert f'href="{table.name}.csv"' in page
            rows = list(csv.reader(io.StringIO(files[f"{table.name}.csv"])))
            assert len(rows) == 1 + len(table.rows)


def test_no_file_is_linked_that_is_not_there() -> None:
    """A page written alone links to nothing."""
    page = report_as_page(tell_survey(surveyed(), "en"))

    assert "href" not in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_charts_can_be_read_without_colour_and_without_eyes(lang: str) -> None:
    """Each outcome has its own pattern in black and white; each chart a title and every number described."""
    assert len({PATTERNS[outcome] for outcome in OUTCOMES}) == len(OUTCOMES)
    for report in reports(lang):
        page = report_as_page(report)
        elements = Elements(page)
        colours = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]+)"', page))
        charts = [attributes for tag, attributes in elements.tags if tag == "svg" and attributes.get("role")]
        names = {attributes.get("id") for _, attributes in elements.tags}
        assert colours == {"#fff", "#1b1b1b"}
        assert len(charts) == sum(bool(table.bars) for table in report.tables)
        for attributes in charts:
            assert attributes["role"] == "img"
            assert set((attributes["aria-labelledby"] or "").split()) <= names
        for table in report.tables:
            described = re.search(rf'<desc id="{table.name}-desc">(.*?)</desc>', page)
            assert (described is not None) == bool(table.bars)
            for bar in table.bars:
                assert described is not None
                assert f"{bar.count:,}".replace(",", APART[lang]) in described[1]


def test_a_page_loads_nothing_and_runs_nothing() -> None:
    """No script, no address of another place, no style but the one whose digest its own policy names."""
    for report in reports("en"):
        page = report_as_page(report, ["outcomes.csv", "moves.csv"])
        style = page.partition("<style>")[2].partition("</style>")[0]
        digest = b64encode(sha256(style.encode()).digest()).decode()
        tags = Elements(page).tags
        policy = next(attributes["content"] for _, attributes in tags if "http-equiv" in attributes)
        assert (
            policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        )
        assert page.count("<style>") == 1
        assert {tag for tag, _ in tags}.isdisjoint(
            {"script", "img", "link", "iframe", "object", "form", "use"}
        )
        assert not any(
            name.startswith("on") or name == "style" for _, attributes in tags for name in attributes
        )
        assert not re.search(r"https?:|//|url\((?!#)|@import|javascript:", page.partition("<body>")[2])


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_identifiers_stay_text(hostile: str) -> None:
    """An identifier that is markup or a formula is shown as it is written, and never becomes either."""
    report = tell_impact(impact("en", hostile, hostile), "en")
    page = report_as_page(report)
    plain = Elements(report_as_page(tell_impact(impact("en"), "en")))
    found = Elements(page)

    assert [tag for tag, _ in found.tags] == [tag for tag, _ in plain.tags]
    assert hostile in "".join(found.text)
    for _, text in report_as_csv(report):
        for row in csv.reader(io.StringIO(text)):
            assert not any(cell.startswith(FORMULA) for cell in row)


@given(st.text(), st.text())
def test_no_cell_is_a_formula_and_no_cell_is_lost(before: str, after: str) -> None:
    """Whatever a cell holds, a spreadsheet shows it as text; without its one mark it is what was written."""
    for text in (before, f"={after}", f"@{after}", f"+{after}", f"-{after}", f"\t={after}", f"\r{after}"):
        written = harmless(text)
        assert not written.startswith(FORMULA)
        assert written.removeprefix("'") == text or written == text


def test_numbers_in_files_are_numbers() -> None:
    """A program that reads the CSV finds counts as digits and shares with a point, in either language."""
    for lang in LANGUAGES:
        files = dict(report_as_csv(tell_survey(surveyed(), lang)))
        first = list(csv.reader(io.StringIO(files["outcomes.csv"])))[1]
        assert first[1:] == ["700001", f"{100 * 700001 / 1234567:.4f}"]


def test_no_english_stands_on_a_spanish_page() -> None:
    """No sentence of the English catalogue of reports stands in a Spanish report, in any form."""
    english = {
        text
        for key, text in sentences("en").items()
        if key.startswith(("report.", "survey.", "impact.")) and text != sentences("es")[key]
    }
    parts = [part.strip() for text in english for part in re.split(r"\{[a-z_]+\}", text)]
    words = {part for part in parts if len(part) > 12 and " " in part}
    assert len(words) > 40
    for report in reports("es"):
        shown = f"{report_as_text(report, 10_000)} {report_as_page(report)}"
        assert [word for word in words if word in shown] == []


def test_a_part_is_never_told_as_nothing_nor_as_all() -> None:
    """One row of many is under 0.1%, and all rows but one are over 99.9%."""
    words = Words("en")
    told = [percent(words, share(part, 100_000)) for part in (0, 1, 100, 99_900, 99_999, 100_000)]

    assert told == ["0.0%", "under 0.1%", "0.1%", "99.9%", "over 99.9%", "100.0%"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_empty_is_said(lang: str) -> None:
    """Where nothing is missing or nothing holds, a sentence says so; its file has headings alone."""
    report = tell_survey(surveyed(empty=True), lang)
    text, page = report_as_text(report), report_as_page(report)
    empty = [table for table in report.tables if not table.rows]

    assert len(empty) == 5
    files = dict(report_as_csv(report))
    for table in empty:
        assert len(files[f"{table.name}.csv"].splitlines()) == 1
        assert table.empty in text.replace("\n", " ")
        assert table.empty in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_draft_is_called_a_draft(lang: str) -> None:
    """A law whose safety is not proved is named as a draft that decides nothing; a proved one is not."""
    draft = sentences(lang)["report.draft"].format(pack="draft")

    assert draft in report_as_page(tell_impact(impact(lang), lang))
    assert draft not in report_as_page(tell_survey(surveyed(), lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_taken_for_granted_is_listed(lang: str) -> None:
    """Every fact assumed, every column not used, and how far the law can be relied on."""
    text = report_as_text(tell_survey(surveyed(), lang), 10_000)

    assert sentences(lang)["survey.assumed.heading"].upper() in text
    assert "use.calls_month" in text
    for key in ("foot.advice", "foot.nobody"):
        assert sentences(lang)[key] in text


def test_an_example_tells_both_decisions() -> None:
    """Each example names its row and says the answer and its reason under each law, in words and citation."""
    for lang in LANGUAGES:
        told = impact(lang)
        text = report_as_text(tell_impact(told, lang), 10_000)
        example = told.examples[0]
        for letter in (example.old, example.new):
            assert letter.headline in text
        assert "12" + APART[lang] + "345" in text
        assert "28 CFR" in text.partition(sentences(lang)["impact.examples.heading"].upper())[2]


def test_a_long_table_says_what_it_leaves_out_in_text() -> None:
    """A terminal gets the first lines of a long table and the name of the file with all; a page gets all."""
    many = surveyed()
    conditions = tuple((f"c{number}", number) for number in range(50))
    report = tell_survey(replace(many, conditions=conditions), "en")

    assert "30 more lines are in the file conditions.csv." in report_as_text(report)
    assert report_as_page(report).count("<td") > 100
