"""What a table may hold, what its columns and empty cells mean, and what is refused with its place."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from locutorio.decisions.decide import Judge
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import NEVER, years_between
from locutorio.rules.columns import Cells, Span
from locutorio.rules.provision import Pack
from locutorio.rules.rulebook import Shelf
from locutorio.survey import table
from locutorio.survey.survey import Survey
from tests.decisions.small_law import DAY, little_pack, provision
from tests.decisions.test_amounts import number

FAMILY = provision("family", "permit: open", when='contact.relation == "spouse"')
USED = "use.visit_minutes_month"
ADULTS = provision(
    "adults",
    "prohibit: yes",
    when="contact.age < number.adult",
    numbers=number("adult", 16).replace("minutes", "years"),
)
ORDER = {"no_visits": ("court_order", 2, [provision("bars", "prohibit: yes")])}
KINDS = frozenset({"court_order", "sanction"})


def survey(pack: Pack, rows: Mapping[str, Any], **options: Any) -> tuple[Survey, pl.DataFrame]:
    """Survey a visit by a little law."""
    frame = pl.DataFrame(rows)
    made = Survey(Shelf(pack).on(DAY), "visit", DAY, frame.schema, **{"complete": KINDS, **options})
    return made, frame


def outcomes(pack: Pack, rows: Mapping[str, Any], **options: Any) -> list[str]:
    """Give the outcome of each row."""
    made, frame = survey(pack, rows, **options)
    found: list[str] = made.evaluate(frame).get_column("outcome").to_list()
    return found


def fault(pack: Pack, rows: Mapping[str, Any], **options: Any) -> str:
    """Give what is said of a table that cannot be used."""
    with pytest.raises(Fault) as caught:
        outcomes(pack, rows, **options)
    return str(caught.value)


def test_an_empty_cell_is_not_known() -> None:
    """It is never taken for no."""
    law = little_pack(FAMILY)

    assert outcomes(law, {"contact.relation": ["spouse", "friend", None]}) == ["permit", "refuse", "open"]


def test_a_fact_without_a_column_is_unknown_or_plain() -> None:
    """It is unknown for everyone; with ``usual`` it takes the plain value, which is told."""
    law = little_pack(provision("spouse", "permit: open", when="not contact.convicted"))
    rows = {"person": [1, 2]}
    usual, frame = survey(law, rows, usual=True)

    assert outcomes(law, rows) == ["open", "open"]
    assert usual.evaluate(frame).get_column("outcome").to_list() == ["permit", "permit"]
    assert usual.assumed["contact.convicted"] is False


def test_people_are_carried_through() -> None:
    """Who a row is about stands in its answer, in the same order."""
    made, frame = survey(little_pack(FAMILY), {"person": ["b", "a"], "contact": [2, 1]})

    assert made.evaluate(frame).select("person", "contact").to_dicts() == frame.to_dicts()


def test_a_paper_counts_from_its_first_to_before_its_last_day() -> None:
    """It has not begun, binds, or has ended; its end is unknown where the cell is empty; never is a day."""
    law = little_pack(FAMILY, forms=ORDER)
    until = [DAY + timedelta(1), DAY, NEVER, None, NEVER]
    since = [DAY, DAY, DAY, DAY, DAY + timedelta(1)]
    rows = {
        "contact.relation": ["spouse"] * 5,
        "paper.no_visits": [True] * 5,
        "paper.no_visits.from": since,
        "paper.no_visits.until": until,
    }

    assert outcomes(law, rows) == ["refuse", "permit", "refuse", "open", "permit"]
    del rows["paper.no_visits.until"]
    assert outcomes(law, rows) == ["refuse", "refuse", "refuse", "refuse", "permit"]


def test_where_nobody_knows_of_a_paper_nothing_is_settled_by_its_absence() -> None:
    """An empty cell under a paper leaves its kind open; so does a row whose papers are not all known."""
    law = little_pack(FAMILY, forms=ORDER)
    rows = {"contact.relation": ["spouse"] * 3, "paper.no_visits": [True, False, None]}
    rows["paper.no_visits.from"] = [DAY] * 3

    assert outcomes(law, rows) == ["refuse", "permit", "open"]
    assert outcomes(law, rows, complete=frozenset()) == ["open", "open", "open"]
    rows["complete"] = [True, None, True]
    assert outcomes(law, rows, complete=frozenset()) == ["refuse", "open", "open"]


def test_a_person_may_have_two_papers_of_a_form() -> None:
    """The second is named with its number."""
    law = little_pack(FAMILY, forms=ORDER)
    ended, now = [DAY, DAY], [NEVER, DAY]
    rows = {
        "contact.relation": ["spouse"] * 2,
        "paper.no_visits": [True] * 2,
        "paper.no_visits.from": [DAY] * 2,
        "paper.no_visits.until": ended,
        "paper.no_visits-2": [True] * 2,
        "paper.no_visits-2.from": [DAY] * 2,
        "paper.no_visits-2.until": now,
    }

    assert outcomes(law, rows) == ["refuse", "permit"]


def test_years_are_counted_as_in_one_decision() -> None:
    """On every day, also for those born on 29 February; a stated age stands where no birthday is known."""
    rng = random.Random(29)
    days = [date(1900, 1, 1) + timedelta(rng.randrange(47_000)) for _ in range(400)]
    born = [*days, *(date(year, 2, 29) for year in range(1904, 2028, 4))]
    cells = Cells("born", pl.col("born").to_physical(), "day")
    frame = pl.DataFrame({"born": born})
    for on in (date(2028, 2, 28), date(2028, 2, 29), date(2027, 2, 28), date(2027, 3, 1), DAY):
        counted = frame.select(table.years_between(cells, on.toordinal())).to_series().to_list()
        assert counted == [years_between(one, on) for one in born]
        span = Span("born", cells.expression, on)
        for years in (0, 1, 16, 18, 65):
            late = frame.select(pl.lit(span.latest(years)) < span.since).to_series().to_list()
            assert late == [years_between(one, on) < years for one in born]
    law = little_pack(FAMILY, ADULTS)
    rows = {
        "contact.relation": ["spouse"] * 4,
        "contact.born_on": [date(2010, 6, 1), date(2010, 6, 2), None, None],
        "contact.age": [None, None, 15, 16],
    }

    assert outcomes(law, rows) == ["permit", "refuse", "refuse", "permit"]


@pytest.mark.parametrize("dtype", [pl.UInt8, pl.Int16, pl.Int64, pl.UInt64])
def test_a_number_is_a_number_whatever_its_width(dtype: pl.DataType) -> None:
    """A sum of narrow numbers does not turn over."""
    ceiling = f"ceiling: {{of: visit_minutes, limit: number.most, used: {USED}, asked: {USED}}}"
    law = little_pack(FAMILY, provision("most", ceiling, numbers=number("most", 300)))
    rows = {"contact.relation": ["spouse"] * 2, USED: pl.Series([150, 200], dtype=dtype)}

    assert outcomes(law, rows) == ["permit", "refuse"]


def test_what_a_column_cannot_be_is_refused() -> None:
    """The fault names the column, and what to do."""
    law = little_pack(FAMILY, forms=ORDER)

    assert 'column "contact.relaton"' in fault(law, {"contact.relaton": ["spouse"]})
    assert "contact.relation" in fault(law, {"contact.relaton": ["spouse"]})
    assert "column of words" in fault(law, {"contact.relation": [1]})
    assert "yes and no" in fault(law, {"paper.no_visits": ["yes"]})
    assert "no such form" in fault(law, {"paper.no_visit": [True]})
    assert 'does not state "colour"' in fault(law, {"paper.no_visits.colour": [True]})
    assert "column paper.no_visits is missing" in fault(law, {"paper.no_visits.from": [DAY]})
    assert "--about and --on" in fault(law, {"request.on": [DAY]})


def test_what_a_cell_cannot_be_is_refused_with_its_row() -> None:
    """The first row that has it is named, whatever the type of the column."""
    law = little_pack(FAMILY, ADULTS)
    wrong = pl.Series(["spouse", None, "spose"])

    for dtype in (pl.String, pl.Categorical, pl.Enum(["spouse", "spose"])):
        told = fault(law, {"contact.relation": wrong.cast(dtype)})
        assert 'row 3 has "spose"' in told
        assert "did you mean spouse" in told
    assert 'row 2 has -1 in the column "contact.age"' in fault(law, {"contact.age": [1, -1]})
    assert "at most 999,999,999" in fault(law, {"contact.age": pl.Series([2**64 - 1], dtype=pl.UInt64)})
    for strange in (date(1, 1, 1), date(1899, 12, 31), date(2201, 1, 1), date(9999, 12, 30)):
        told = fault(law, {"contact.born_on": [None, strange]})
        assert f'row 2 has {strange} in the column "contact.born_on"' in told
        assert "1900 to 2200" in told
    assert "row 1 has +15659" in fault(law, {"contact.born_on": pl.Series([5_000_000]).cast(pl.Date)})
    assert "after the day" in fault(law, {"contact.born_on": [DAY + timedelta(1)]})
    assert "makes it 26" in fault(law, {"contact.born_on": [date(2000, 1, 1)], "contact.age": [30]})


def test_a_question_the_law_does_not_answer_is_refused() -> None:
    """As one decision refuses it."""
    frame = pl.DataFrame({"person": [1]})

    with pytest.raises(Fault, match="nothing on"):
        Survey(Shelf(little_pack(FAMILY)).on(DAY), "letter", DAY, frame.schema)


def test_only_the_columns_that_matter_are_read() -> None:
    """The others are named, and may be left out of what is evaluated."""
    made, frame = survey(
        little_pack(FAMILY), {"person": [1], "contact.relation": ["spouse"], "contact.age": [3]}
    )

    assert made.columns == ("person", "contact.relation")
    assert made.unread == ("contact.age",)
    assert made.evaluate(frame.select(made.columns)).get_column("outcome").to_list() == ["permit"]


def test_more_keys_than_a_number_has_bits_are_refused() -> None:
    """They are never counted short."""
    key = "require: {key: approval.warden, from: warden}"
    law = little_pack(FAMILY, *(provision(f"key{at}", key) for at in range(65)))

    assert "65 keys, conditions or limits" in fault(law, {"contact.relation": ["spouse"]})


def test_an_empty_table_gives_an_empty_answer() -> None:
    """With every column of an answer, and no row."""
    made, frame = survey(little_pack(FAMILY, forms=ORDER), {"contact.relation": ["spouse"]})
    found = made.evaluate(frame.clear())

    assert len(found) == 0
    assert found.columns == made.evaluate(frame).columns


def test_a_row_is_one_decision() -> None:
    """What a row says, decided by itself, has the same outcome and the same words."""
    law = little_pack(FAMILY, forms=ORDER)
    made, frame = survey(
        law, {"contact.relation": ["spouse"], "paper.no_visits": [True], "paper.no_visits.from": [DAY]}
    )
    decision = Judge(Shelf(law).on(DAY)).reasoned(made.snapshot(frame.row(0, named=True)))

    assert made.evaluate(frame).get_column("outcome").to_list() == [decision.outcome.value]
    assert decision.instruments[0].name == "no_visits"
