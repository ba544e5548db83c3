"""Promises about a synthetic population: deterministic, true to its shares, and readable by a survey."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from locutorio.actions import shelf
from locutorio.actions.generate import Wanted, drawn, generate
from locutorio.actions.population.papers import OFTEN_UNKNOWN
from locutorio.actions.population.published import Published, read_published
from locutorio.kernel.faults import Fault
from locutorio.survey.table import read_table

ROOT = Path(__file__).parents[2]
INVENTED = ROOT / "examples" / "populations" / "invented.yaml"
PUBLISHED = ROOT.parent / "shared" / "data" / "distributions.yaml"
ON = date(2026, 12, 5)
PEOPLE, CONTACTS = 20_000, 3
NEAR = 1.2  # percentage points: more than three standard errors of a share of 20,000 people


@pytest.fixture(scope="module", params=["invented", "published"])
def population(request: pytest.FixtureRequest) -> tuple[Published, pl.DataFrame]:
    """Give the shares and the people drawn from them, one row for each person."""
    path = INVENTED if request.param == "invented" else PUBLISHED
    if not path.exists():
        pytest.skip("needs the published distributions beside the project")
    shares = read_published(path)
    rows = pl.concat(drawn(shares, Wanted(PEOPLE, 1, 11, ON)))
    return shares, rows


def percent(of: pl.Series) -> dict[str, float]:
    """Give the share of each word in a column, in percent of all rows."""
    counted = of.cast(pl.String).fill_null("unclassified").value_counts(normalize=True)
    return {word: 100 * part for word, part in counted.rows()}


def scaled(shares: Mapping[str, float]) -> dict[str, float]:
    """Give shares in percent of their own total."""
    return {word: 100 * share / sum(shares.values()) for word, share in shares.items()}


@pytest.mark.parametrize(
    ("column", "name"),
    [("sentence", "sentences"), ("person.security_level", "security"), ("citizenship", "citizenship")],
)
def test_published_shares_are_respected(
    population: tuple[Published, pl.DataFrame], column: str, name: str
) -> None:
    """Sentences, security levels and citizenships come out as the file says, within sampling error."""
    shares, rows = population
    expected, found = scaled(getattr(shares, name)), percent(rows[column])

    assert found.keys() <= expected.keys()
    assert {w: round(found.get(w, 0) - share, 2) for w, share in expected.items()} == pytest.approx(
        dict.fromkeys(expected, 0), abs=NEAR
    )


def test_visits_are_as_published(population: tuple[Published, pl.DataFrame]) -> None:
    """So many people had a visit this month, so many never had one; who has nobody listed had none."""
    shares, rows = population
    visited = 100 * (rows["usage.visits_month"] > 0).mean()  # type: ignore[operator]
    never = 100 * rows["never_visited"].mean()  # type: ignore[operator]

    assert visited == pytest.approx(shares.visited_pct, abs=NEAR)
    assert never == pytest.approx(shares.never_visited_pct, abs=NEAR)
    assert rows.filter(pl.col("never_visited") | (pl.col("listed") == 0))["usage.visits_month"].sum() == 0


def test_lists_and_calls_are_as_published(population: tuple[Published, pl.DataFrame]) -> None:
    """Lists have the published share of nobody and the published mean; so many telephoned this week."""
    shares, rows = population
    for column, listed in (("listed", shares.visits_listed), ("numbers", shares.numbers_listed)):
        some = rows.filter(pl.col(column) > 0)[column]
        assert 100 * (1 - len(some) / PEOPLE) == pytest.approx(listed.none_pct, abs=NEAR)
        assert some.mean() == pytest.approx(1 + listed.mean, abs=0.1)
    week = 100 * (rows["use.minutes_since_call"] < 7 * 24 * 60).mean()  # type: ignore[operator]

    assert week == pytest.approx(shares.telephoned_pct, abs=NEAR)


def test_foreign_citizens_are_those_of_other_countries(population: tuple[Published, pl.DataFrame]) -> None:
    """The fact follows from the citizenship drawn; nobody else was asked about a consulate."""
    _, rows = population

    assert (rows["person.foreign_citizen"] == (rows["citizenship"].cast(pl.String) != "USA")).all()
    assert rows.filter(~pl.col("person.foreign_citizen"))["person.consul_notice"].unique().to_list() == [
        "nothing_said"
    ]


def test_the_same_seed_gives_the_same_rows(tmp_path: Path) -> None:
    """Twice the same file byte for byte; another seed gives another."""
    wanted = Wanted(300, 4, 7, ON)
    for name, seed in (("one", 7), ("again", 7), ("other", 8)):
        generate(INVENTED, Wanted(wanted.people, wanted.contacts, seed, ON), tmp_path / name)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "again").read_bytes()
    assert not pl.read_parquet(tmp_path / "one").equals(pl.read_parquet(tmp_path / "other"))


def test_the_size_of_a_batch_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row depends on the seed and its own number alone: made in other batches it is the same."""
    shares, wanted = read_published(INVENTED), Wanted(50, 6, 3, ON)
    whole = pl.concat(drawn(shares, wanted))
    monkeypatch.setattr("locutorio.actions.generate.ROWS_AT_ONCE", 40)

    assert len(list(drawn(shares, wanted))) > 1
    assert pl.concat(drawn(shares, wanted)).equals(whole)


def test_fewer_people_are_the_first_of_more() -> None:
    """A smaller population of the same seed is the beginning of a larger one."""
    shares = read_published(INVENTED)
    more, fewer = (pl.concat(drawn(shares, Wanted(people, 2, 5, ON))) for people in (60, 20))

    assert more.head(40).equals(fewer)


@pytest.mark.parametrize("about", ["visit", "call"])
def test_a_survey_accepts_every_column(tmp_path: Path, about: str) -> None:
    """Every column is a fact, a paper or an identifier of the contract, of the right type."""
    generate(INVENTED, Wanted(30, 3, 1, ON), tmp_path / "p.parquet")
    book = shelf.shelf("us-federal").on(ON)
    schema = pl.read_parquet_schema(tmp_path / "p.parquet")
    table = read_table(schema, book, about, ON, None, usual=False, reads=book.reach_of_contact(about))

    assert {slot.name for slot in table.slots} == {
        name.removeprefix("paper.") for name in schema if name.startswith("paper.") and name.count(".") == 1
    }


def test_some_facts_are_unknown_as_often_as_asked() -> None:
    """The facts that records often lack are missing as often as asked for: for 0 never."""
    shares = read_published(INVENTED)
    rows = pl.concat(drawn(shares, Wanted(4000, 3, 2, ON, unknown_pct=4)))
    none = pl.concat(drawn(shares, Wanted(400, 3, 2, ON, unknown_pct=0)))

    for path in OFTEN_UNKNOWN:
        assert 100 * rows[path].null_count() / len(rows) == pytest.approx(4, abs=NEAR)
        assert none[path].null_count() == 0


def test_each_person_has_so_many_contacts() -> None:
    """Rows of one person stand together, number their contacts from 1 and agree on the person."""
    rows = pl.concat(drawn(read_published(INVENTED), Wanted(50, CONTACTS, 1, ON)))

    assert rows["person"].to_list() == [1 + at // CONTACTS for at in range(50 * CONTACTS)]
    assert rows["contact"].to_list() == [1 + at % CONTACTS for at in range(50 * CONTACTS)]
    assert (
        rows.group_by("person").agg(pl.col("usage.visits_month").n_unique())["usage.visits_month"].max() == 1
    )


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("security_pct", "security", "security_pct"),
        ("life: 5", "live: 5", "live"),
        ("USA: 80", "USA: many", "many"),
        ("Poisson(4)", "about 4", "fit"),
        ("{60: 50", "{an hour: 50", "an hour"),
        ("never visited in the whole term", "never visited", "never visited in the whole term"),
    ],
)
def test_a_file_that_lacks_something_is_refused(tmp_path: Path, was: str, becomes: str, told: str) -> None:
    """What is missing or cannot be read is named with its place, and nothing is written."""
    text = INVENTED.read_text("utf-8")
    assert was in text
    (tmp_path / "d.yaml").write_text(text.replace(was, becomes), "utf-8")

    with pytest.raises(Fault) as refused:
        generate(tmp_path / "d.yaml", Wanted(10, 1, 1, ON), tmp_path / "out.parquet")
    assert told in str(refused.value)
    assert list(tmp_path.iterdir()) == [tmp_path / "d.yaml"]


@pytest.mark.parametrize(
    "wanted", [Wanted(0, 1, 1, ON), Wanted(1, 0, 1, ON), Wanted(1, 1, -1, ON), Wanted(1, 1, 1, ON, 101)]
)
def test_a_population_that_cannot_be_is_refused(tmp_path: Path, wanted: Wanted) -> None:
    """A number out of bounds is told before anything is written."""
    with pytest.raises(Fault, match="cannot be used"):
        generate(INVENTED, wanted, tmp_path / "out.parquet")


def test_what_stood_there_is_kept_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that breaks off leaves the old file as it was, and nothing half-written beside it."""
    out = tmp_path / "p.parquet"
    generate(INVENTED, Wanted(10, 1, 1, ON), out)
    before = out.read_bytes()
    monkeypatch.setattr("locutorio.actions.generate.ROWS_AT_ONCE", 5)

    def broken(done: int, _: int) -> None:
        if done > 5:
            raise Fault("the work was broken off")

    with pytest.raises(Fault, match="broken off"):
        generate(INVENTED, Wanted(10, 1, 2, ON), out, broken)
    assert out.read_bytes() == before
    assert list(tmp_path.iterdir()) == [out]


def test_only_a_file_is_written(tmp_path: Path) -> None:
    """A folder, or a device, is not written over."""
    with pytest.raises(Fault, match="is not a file"):
        generate(INVENTED, Wanted(10, 1, 1, ON), tmp_path)
