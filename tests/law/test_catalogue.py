"""Every row of the catalogue is carried or left out with a reason; every case has its answer and basis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from locutorio.actions.check import Checked, load
from locutorio.decisions.cases import CaseBook
from locutorio.facts.vocabulary import vocabulary
from locutorio.rules.provision import Pack
from tests.law.catalogue import (
    Asked,
    Catalogue,
    family,
    misjudged,
    read_catalogue,
    unasserted_basis,
    unasserted_words,
    uncovered,
    unheard,
)

CATALOGUE = Path(__file__).resolve().parents[3] / "shared" / "law" / "catalogue.md"

SECTIONS = {
    "us-federal": ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "14"),
    "england-wales": ("13A",),
    "mandela": ("13B",),
}
NOT_DUE = frozenset({"C24", "C25"})
DUE = {
    "us-federal": ("A", "B", "C", "D", "E", "F", "G"),
    "england-wales": ("H",),
    "mandela": ("H",),
}
OF_OVERLAYS = frozenset({"H07"})

# The first words of a decision, and the outcome they ask for. The more particular words come first.
ANSWERS = {
    "PERMIT suspension": "stands",
    "PERMIT": "permit",
    "DENY search": "void",
    "DENY application": "void",
    "CEILING": "defective",
    "visa inadmissible": "permit",
    "DENY": "refuse",
    "NEEDS_APPROVAL": "pending",
    "REFER": "refer",
    "FLOOR breach": "permit",
    "FLAG": "permit",  # an overlay decides nothing: the letter goes out, and the flag stands beside it
    "LAPSE": "lapsed",
    "delete unless necessity recorded": "late",
    "invalid: necessity and proportionality": "defective",
    "SAM-only limits LAPSE": "lapsed",
    "ACTIVE": "stands",
    "DEADLINE": "open",
    "Condition invalid": "defective",
    "Denial invalid": "defective",
    "invalid decider": "defective",
    "invalid": "void",
    "Suspension recorded": "stands",
    "Warden may DENY": "pending",
    "treat as friend": "pending",
    "continues": "stands",
    "late": "late",
    "timely": "open",
    "one collect call": "permit",
    "terminate": "refuse",
    "order superseded": "refuse",
    "no visit": "refuse",
    "not an order": "void",
    "court order prevails": "permit",
    "deemed denial": "deemed_denied",
    "respond by": "open",
    "misdirected": "open",
    "attorney appeals": "refuse",
    "assistance": "open",
    "no federal route": "refuse",
    "`notice_missing": "stands",
    "no notice, no return": "stands",
    "needs 540.15 process": "defective",
    "out of normal": "permit",
    "eligible at gate": "permit",
    "hold": "pending",
    "irrevocable": "stands",
}
READ_OTHERWISE = frozenset(
    {
        "Warden may DENY",
        "treat as friend",
        "not an order",
        "CEILING",
        "visa inadmissible",
        "eligible at gate",
        "hold",
    }
)

ARCADIA = """
### 0.5 Sources
| key | address |
|---|---|
| ARC | https://law.example/custody-act |

# PART I. RULES
## 1. Visits
| id | citation | rule | status |
|---|---|---|---|
| arc_list | 4(1) | Who visits is on the list. | verified |
| arc_child | 4(4) | A child under 14 comes with an adult. | verified |
| arc_colour | 4(9) | The visiting room is green. | recalled |

# PART II. CASES
## A. Visits
| # | facts | decision | also | basis |
|---|---|---|---|---|
| arcadia-child-alone | A child of 13 comes alone. | DENY | - | 4(4) |
| arcadia-counsel | A lawyer, while an order bars visits. | PERMIT | unmonitored | 6(1) |

# PART III. RANKS
## III.4 What is contested
| id | question | positions | interim default |
|---|---|---|---|
| cq_table | Does the table count? | Yes. No. | It does. |
"""


def answer_of(asked: Asked, answers: Mapping[str, str] = ANSWERS) -> tuple[str, str]:
    """Give the words of a decision that were understood, and the outcome they ask for."""
    words = max((w for w in answers if asked.decision.startswith(w)), key=len, default="")
    return words, answers.get(words, "")


def departures(catalogue: Catalogue, pack: Pack, book: CaseBook, numbers: list[str]) -> list[str]:
    """Say each way in which the worked cases of a pack depart from the cases of a catalogue."""
    found = []
    for number in numbers:
        asked = catalogue.cases[number]
        cases = family(number, book)
        own = next((one for one in cases if one.name == number), None)
        if own is None:
            found.append(f"{number} has no worked case")
            continue
        words, outcome = answer_of(asked)
        if own.expected.outcome != outcome:
            found.append(f"{number} is {own.expected.outcome}; the catalogue says {asked.decision}")
        if words in READ_OTHERWISE and own.reading is None:
            found.append(f"{number} departs from the words of the catalogue and names no reading")
        found += [
            f"{number} does not assert {missing}"
            for missing in unasserted_basis(asked, cases, catalogue, pack)
        ]
        found += [
            f"{number} does not assert {missing}"
            for missing in unasserted_words(asked, cases, vocabulary().conditions)
        ]
    return found


@cache
def checked(name: str) -> Checked:
    """Read a pack once."""
    return load(name)


def due(catalogue: Catalogue, name: str) -> list[str]:
    """Give the numbers of the cases that a pack must have."""
    comments = checked(name).pack.overlay
    return [
        number
        for number in catalogue.cases
        if number.startswith(DUE[name]) and number not in NOT_DUE and (number in OF_OVERLAYS) == comments
    ]


@cache
def shared() -> Catalogue:
    """Read the catalogue beside the repository, or skip."""
    if not CATALOGUE.exists():
        pytest.skip("needs ../shared")
    return read_catalogue(CATALOGUE.read_text("utf-8"))


@pytest.mark.parametrize("name", SECTIONS)
def test_every_row_is_carried_or_left_out_with_a_reason(name: str) -> None:
    """No row of the areas of this release, and no contested question, is forgotten."""
    catalogue = shared()
    questions = catalogue.questions if name == "us-federal" else ()

    assert catalogue.of(SECTIONS[name])
    assert uncovered(catalogue.of(SECTIONS[name]), questions, checked(name).pack) == []


@pytest.mark.parametrize("name", SECTIONS)
def test_no_row_is_invented(name: str) -> None:
    """What a provision says it carries is in the catalogue."""
    assert unheard(shared(), checked(name).pack) == []


@pytest.mark.parametrize("name", SECTIONS)
def test_no_text_is_said_to_be_better_than_it_is(name: str) -> None:
    """A provision has the status of its rows."""
    assert misjudged(shared(), checked(name).pack) == []


@pytest.mark.parametrize("name", SECTIONS)
def test_every_case_has_its_number_its_answer_and_its_basis(name: str) -> None:
    """Each case that is due is a worked case of the same number, with the catalogue's answer and basis."""
    catalogue, law = shared(), checked(name)

    assert due(catalogue, name)
    assert departures(catalogue, law.pack, law.cases, due(catalogue, name)) == []


@pytest.fixture
def arcadia() -> tuple[Catalogue, Pack, CaseBook]:
    """Give an invented catalogue with the invented pack that carries its two first rows."""
    checked = load("arcadia")
    carried = {"4.1.list": ("arc_list",), "4.4.child_alone": ("arc_child",)}
    provisions = {
        name: replace(provision, rows=carried.get(name, ()))
        for name, provision in checked.pack.provisions.items()
    }
    return read_catalogue(ARCADIA), replace(checked.pack, provisions=provisions), checked.cases


def test_a_forgotten_row_is_named(arcadia: tuple[Catalogue, Pack, CaseBook]) -> None:
    """A row that no provision carries is named, and so is a question nobody asks, until it is left out."""
    catalogue, pack, _ = arcadia
    left_out = replace(pack, omitted=dict.fromkeys(("arc_colour", "cq_table"), pack.title))

    assert uncovered(catalogue.of(["1"]), catalogue.questions, pack) == ["arc_colour", "cq_table"]
    assert uncovered(catalogue.of(["1"]), catalogue.questions, left_out) == []


def test_an_invented_row_is_named(arcadia: tuple[Catalogue, Pack, CaseBook]) -> None:
    """A row that is nowhere in the catalogue is named."""
    catalogue, pack, _ = arcadia
    invented = replace(pack.provisions["4.1.list"], rows=("arc_list", "arc_dragon"))

    assert unheard(catalogue, pack) == []
    assert unheard(catalogue, replace(pack, provisions={"4.1.list": invented})) == ["arc_dragon"]


def test_a_status_that_is_too_good_is_named(arcadia: tuple[Catalogue, Pack, CaseBook]) -> None:
    """A provision that carries a recalled row may not say that its text was seen."""
    catalogue, pack, _ = arcadia
    provision = replace(pack.provisions["4.1.list"], rows=("arc_list", "arc_colour"))

    assert misjudged(catalogue, pack) == []
    assert misjudged(catalogue, replace(pack, provisions={"4.1.list": provision})) == [
        "4.1.list is verified; its rows are recalled, verified"
    ]


def test_a_case_that_departs_is_named(arcadia: tuple[Catalogue, Pack, CaseBook]) -> None:
    """A missing case, another outcome, a basis and a condition that nobody asserts are each named."""
    catalogue, pack, book = arcadia
    numbers = list(catalogue.cases)
    other = replace(
        catalogue,
        cases={
            "arcadia-child-alone": Asked("arcadia-child-alone", "PERMIT", "unmonitored", "6(1); ARC"),
            "arcadia-nobody": Asked("arcadia-nobody", "DENY", "-", "4(1)"),
        },
    )

    assert departures(catalogue, pack, book, numbers) == []
    assert departures(other, pack, book, list(other.cases)) == [
        "arcadia-child-alone is refuse; the catalogue says PERMIT",
        "arcadia-child-alone does not assert 6(1)",
        "arcadia-child-alone does not assert unmonitored",
        "arcadia-nobody has no worked case",
    ]
