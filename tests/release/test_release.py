"""The days that follow from a sentence: the limits are the law's own, and anybody can count the rest."""

from __future__ import annotations

import json
from datetime import date, timedelta
from random import Random

import pytest
from typer.testing import CliRunner

from locutorio.actions.project_release import laws, project_release
from locutorio.command.main import app
from locutorio.decisions.projected import Projected, Sentence
from locutorio.facts.vocabulary import LANGUAGES
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import plus_months
from locutorio.notices.release import compose
from locutorio.notices.text import letter_as_text

ON, US = date(2026, 11, 22), "us-federal"
TEN = Sentence(date(2026, 3, 1), years=10)


def projected(sentence: Sentence, offence: str = "other") -> Projected:
    """Project a sentence under federal law."""
    return project_release(US, sentence, ON, offence)


def test_ten_years_give_540_days() -> None:
    """As the statute's own example has it; every other day follows from that one."""
    found = projected(TEN, "violence")
    assert (found.a_year.value, found.good_days) == (54, 540)
    assert (found.full_term, found.release) == (date(2036, 2, 29), date(2034, 9, 7))
    assert (found.outside.value, found.outside_from) == (12, date(2033, 9, 7))
    assert (found.home.value, found.home_from) == (6, date(2034, 3, 7))
    assert found.told is not None
    assert found.told.last_day == date(2034, 9, 2)
    assert projected(TEN).told is None


def test_the_limits_are_the_laws() -> None:
    """42 days where the literacy terms are not met, none for a year or less, each with what the law says."""
    literacy = projected(Sentence(TEN.began, years=10, literacy_unmet=True))
    assert (literacy.a_year.value, literacy.good_days) == (42, 420)
    assert [one.citation for one in literacy.a_year.findings] == ["28 CFR 523.20(d)"]
    short = projected(Sentence(TEN.began, years=1))
    assert (short.a_year.value, short.good_days, short.release) == (0, 0, date(2027, 2, 28))
    longer = projected(Sentence(TEN.began, years=1, days=1))
    assert (longer.a_year.value, longer.good_days) == (54, 54)


def test_home_is_the_shorter_of_two() -> None:
    """A tenth of a term of two years is less than six months."""
    found = projected(Sentence(date(2026, 1, 1), years=2))
    assert (found.term_days, found.tenth.value) == (730, 73)
    assert found.home_from == found.release - timedelta(days=73)


def test_a_release_at_a_weekend_may_be_the_weekday_before() -> None:
    """Saturday, Sunday and holidays; on a weekday nothing is said of another day."""
    seen = set()
    for day in range(1, 29):
        found = projected(Sentence(date(2026, 12, day), months=6))
        seen.add(found.release_kind)
        if found.release_kind == "weekday":
            assert found.weekday_before is None
            continue
        assert found.weekday_before is not None
        assert found.weekday_before < found.release
        assert found.weekday_before.weekday() < 5
        assert [one.citation for one in found.weekday_law] == ["18 USC 3624(a)"]
    assert seen >= {"weekday", "saturday", "sunday"}


def test_the_days_are_those_counted_one_by_one() -> None:
    """Of 200 sentences, drawn from a seed: the whole term counted month by month, the rest by days."""
    dice = Random(20_261_122)
    for _ in range(200):
        began = date(1990, 1, 1) + timedelta(days=dice.randrange(15_000))
        years, months, days = dice.randrange(30), dice.randrange(12), dice.randrange(30)
        credit = dice.randrange(100)
        if years * 12 + months < 12:
            continue
        found = projected(Sentence(began, years, months, days, credit))
        end = counted_on(began, years * 12 + months)
        assert found.full_term == end + timedelta(days=days - 1 - credit)
        assert found.term_days == (end + timedelta(days=days) - began).days
        parts = 54 * (years * 365 * 12 + months * 365 + days * 12)
        assert found.good_days == (parts // (365 * 12) if found.a_year.value else 0)
        assert found.release + timedelta(days=found.good_days) == found.full_term


def counted_on(began: date, months: int) -> date:
    """Give the day so many months later, a month at a time; where it has none, the month's last day."""
    year, month = began.year, began.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for day in range(began.day, 27, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return date(year, month, began.day)


def test_months_go_back_as_well() -> None:
    """The day so many months before, the last of a shorter month, and none before the first year."""
    assert plus_months(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert plus_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert plus_months(date(1, 1, 1), -1) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_may_be_visited_is_told(lang: str) -> None:
    """From a half-way house two must agree; on supervised release one's own judgment says it."""
    text = " ".join(letter_as_text(compose(projected(TEN), lang)).split())
    for citation in ("28 CFR 540.44(d)", "28 CFR 500.1(c)", "18 USC 3563(b)(6)", "18 USC 3624(c)(1)"):
        assert citation in text


@pytest.mark.parametrize(
    "sentence",
    [
        Sentence(TEN.began),
        Sentence(TEN.began, years=-1),
        Sentence(TEN.began, years=100),
        Sentence(TEN.began, months=1, credit_days=400),
        Sentence(date(9999, 1, 1), years=9),
    ],
)
def test_what_is_no_sentence_is_refused(sentence: Sentence) -> None:
    """In words, and before anything is reckoned."""
    with pytest.raises(Fault):
        projected(sentence)


def test_a_law_without_such_rules_says_so() -> None:
    """None is made up for it."""
    assert laws() == (US,)
    with pytest.raises(Fault, match="release"):
        project_release("arcadia", TEN, ON)
    with pytest.raises(Fault, match="offence"):
        projected(TEN, "gossip")


def test_the_command_prints_it() -> None:
    """As text in both languages, and as JSON."""
    said = ["release", "--began", "2026-03-01", "--years", "10", "--on", "2026-11-22"]
    shown = CliRunner().invoke(app, said)
    assert (shown.exit_code, "7 September 2034" in shown.output) == (0, True)
    data = json.loads(CliRunner().invoke(app, [*said, "--json", "--lang", "es"]).output)
    assert (data["release"], data["letter"]["lang"]) == ("2034-09-07", "es")
    assert CliRunner().invoke(app, ["release", "--began", "yesterday", "--years", "1"]).exit_code == 3
