"""What a file expects is shown, and a check of it can fail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from locutorio.actions import history
from locutorio.command.main import app
from locutorio.kernel.faults import Fault, Faults
from tests.chronicle.files import (
    EXAMPLE,
    ROOT,
    Tree,
    changed,
    chronicle_of,
    event,
    example,
    published,
    tree,
    unmet,
)

KINDS_OF_CONTRADICTION, KINDS_OF_EXPECTATION = 16, 9


def test_every_line_of_the_example_is_met() -> None:
    """The invented example holds each kind of contradiction and of expectation, and all of it is shown."""
    chronicle = example()

    assert len(chronicle.contradictions) == KINDS_OF_CONTRADICTION
    assert len(chronicle.expectations) == KINDS_OF_EXPECTATION
    assert unmet(chronicle) == []


def test_every_line_of_the_published_case_is_met() -> None:
    """Every expectation of the published case is met, and each contradiction is shown as its test says."""
    path = published()
    chronicle = history.read(path.read_bytes(), path.name)

    assert len(chronicle.contradictions) == KINDS_OF_CONTRADICTION
    assert len(chronicle.expectations) == KINDS_OF_EXPECTATION
    assert {of for of, _ in history.check(chronicle, "es")} == {
        *(one.at.last.isoformat() for one in chronicle.expectations),
        *(one.name for one in chronicle.contradictions),
    }
    assert unmet(chronicle) == []


def test_the_program_knows_nothing_of_the_published_case() -> None:
    """No event, token or date of the published case stands in the program, the example or the document."""
    path = published()
    chronicle = history.read(path.read_bytes(), path.name)
    tokens = {name for name in chronicle.people.known if len(name) > 1 and re.search(r"[0-9-]", name)}
    words = {one.name for one in chronicle.events} | {one.name for one in chronicle.contradictions} | tokens
    words |= set(re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", path.read_text("utf-8")))
    known = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, sorted(words)))})(?![\w-])")
    parts: list[Path] = [
        *(ROOT / "src" / "locutorio" / "chronicle").iterdir(),
        *(ROOT / "src" / "locutorio").glob("*/history*.py"),
        *(ROOT / "src" / "locutorio" / "notices" / "catalogue").glob("*/history.yaml"),
        EXAMPLE,
    ]
    found = {
        (part.name, word)
        for part in parts
        if part.is_file()
        for word in known.findall(part.read_text("utf-8"))
        if not (part == EXAMPLE and word.startswith("20"))
    }

    assert found == set()


def leaves(value: Any, put: Callable[[Any], None]) -> Iterator[tuple[str, Callable[[Any], None]]]:
    """Give every text of an expectation with a way to put another in its place."""
    if isinstance(value, str):
        yield value, put
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from leaves(one, lambda new, at=at: value.__setitem__(at, new))  # type: ignore[misc]
    else:
        for name, one in list(value.items()):
            if name != "at":
                yield from leaves(one, lambda new, name=name: value.__setitem__(name, new))  # type: ignore[misc]


WRONG = {
    "no": "yes",
    "yes": "no",
    "unknown": "no",
    "SAM": "court",
    "same": "no",
    "post-conviction": "pre-trial",
}


def test_a_wrong_expectation_is_not_met() -> None:
    """Whatever line of the expectations is wrong, the check says so."""
    passed, count = [], 0
    for day, expected in enumerate(tree()["expected"]):
        for number, _ in enumerate(leaves(expected, lambda _: None)):
            made = tree()
            made["expected"], made["contradictions"] = [made["expected"][day]], []
            text, put = list(leaves(made["expected"][0], lambda _: None))[number]
            put(WRONG.get(text) or re.sub(r"[0-9]+", _one_more, text, count=1) + " not")
            count += 1
            if not unmet(chronicle_of(made)):
                passed.append(text)

    assert count > 30
    assert passed == []


def _one_more(digits: re.Match[str]) -> str:
    return str(int(digits[0]) + 1)


MATTERS_TO_NO_LINE = {2, 11, 12, 13}  # they only stand beside what other events say


def put(name: str, key: str, value: object) -> Callable[[Tree], None]:
    """Give a change of one key of one event; None takes it out."""

    def change(made: Tree) -> None:
        if value is None:
            del event(made, name)[key]
        else:
            event(made, name)[key] = value

    return change


def without(name: str) -> Callable[[Tree], None]:
    """Give a change that takes an event out."""
    return lambda made: made["events"].remove(event(made, name))


@pytest.mark.parametrize(
    "change",
    [
        *(without(f"v{number:02}") for number in range(1, 21) if number not in MATTERS_TO_NO_LINE),
        put("v01", "contact", {"husband": "yes"}),
        put("v03", "granted", ["calls with H"]),
        put("v03", "date", "2019-05-20"),
        put("v06", "outcome", "granted"),
        put("v07", "date", "2020-07-10"),
        put("v09", "date", "2020-12-01"),
        put("v10", "doc", "7"),
        put("v14", "what", "calls with L3 stop"),
        put("v14", "date", "2022-10"),
        put("v16", "outcome", "denied"),
        put("v16", "reasons", ["FPS solely responsible"]),
        put("v18", "says", "two letters of L3 not delivered"),
        put("v18", "filed", None),
        put("v20", "says", "calls at P2 authorised"),
        put("v20", "date", "2025-05-20"),
    ],
)
def test_a_wrong_event_is_noticed(change: Callable[[Tree], None]) -> None:
    """An event that is missing, moved or says something else leaves a line of the check unmet."""
    try:
        found = unmet(changed(change))
    except (Fault, Faults):
        return

    assert found


@pytest.mark.parametrize(
    ("name", "versions"),
    [
        ("q01", ["three 10-minute calls a month", "one every 15 days", "two every 15 days", "three a MONTH"]),
        ("q02", ["TJ (v03)"]),
        ("q03", ["four months", "six months"]),
        ("q04", ["1 social and 3 legal"]),
        ("q05", ["a cake (one site)", "a card (many)"]),
        ("q07", ["P1 (one site)", "the county jail (one wire story)"]),
        ("q08", ["2019-02-11 (court)", "2020 (sites that count from the sentence)"]),
        ("q09", ["15 April (image)", "16 April (two papers)"]),
        ("q10", ["about 31 March (two weeks before 14 April)", "4 April (court paper)"]),
        ("q11", ["17 June 2020", "20 June 2020 (one paper)"]),
        ("q12", ["Monday 20 January (one site)", "Tuesday (one site)"]),
        ("q13", ["US citizens", "no passport (one site)"]),
        ("q14", ["undated; O alive"]),
        ("q15", ["twice a week", "calls daily"]),
        ("q16", ["Christmas 2020 (many)", "Christmas 2020 (one site)"]),
    ],
)
def test_other_versions_fail_their_test(name: str, versions: list[str]) -> None:
    """A test of a contradiction fails where its versions do not bear it out."""

    def change(made: Tree) -> None:
        one = next(one for one in made["contradictions"] if one["id"] == name)
        one["versions"] = versions
        if name == "q14":
            one["about"] = "family calls of Friday 5 and 12 January"
        if name == "q02":
            event(made, "v03")["granted"] = ["calls with H"]

    assert unmet(changed(change))


def test_what_cannot_be_read_does_not_pass() -> None:
    """An expectation, a note or a test in no known form is not met, rather than left out."""

    def change(made: Tree) -> None:
        made["expected"] = [
            {"at": "2020-01-01", "weather": "good"},
            {"at": "2020-01-01", "note": "all is well"},
        ]
        made["contradictions"] = [{"id": "q", "about": "x", "versions": ["a", "b"], "test": "it is fine"}]

    assert len(unmet(changed(change))) == 3


def test_the_command_ends_with_4_where_a_line_is_not_met() -> None:
    """`--check` prints every line; its exit code says whether all are met."""
    runner = CliRunner()
    good = runner.invoke(app, ["history", str(EXAMPLE), "--check"])
    text = EXAMPLE.read_text("utf-8").replace("because: v20", "because: v19")
    bad = runner.invoke(app, ["history", "-", "--check"], input=text)

    assert (good.exit_code, bad.exit_code) == (0, 4)
    assert "NOT MET" in bad.stdout
    assert "NOT MET" not in good.stdout
