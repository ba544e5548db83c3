"""A file of dated events is read whole: each text word for word, what was read of it, and what was not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from typing import Any

import pytest

from locutorio.actions import history
from locutorio.chronicle.forms import forms
from locutorio.chronicle.stage import Knowledge
from locutorio.chronicle.values import Chronicle, Event, Force
from locutorio.kernel.faults import Fault, Faults
from locutorio.notices.history_page import as_page
from tests.chronicle.files import ROOT, Tree, changed, chronicle_of, event, example, tree

HEADER = """# A case that does not exist.
# Tokens: P prisoner; H husband; C1, C2 sons
#   (born 2014, US citizens by birth; live abroad); L1.. lawyers; TJ trial judge;
#   LJ district court where P2 lies.
# date_basis: written, filed
events:
- {id: a, date: 2020-01-05, date_basis: ruled, trust: 1, who: [TJ], what: order, granted: [calls with H]}
"""


def read_of(chronicle: Chronicle, name: str) -> Event:
    """Give an event by its name."""
    found = chronicle.event(name)
    assert found is not None
    return found


def test_comments_at_the_top_say_who_the_tokens_are() -> None:
    """Without a block of tokens the comment after "Tokens:" counts, up to the next comment."""
    people = history.read(HEADER.encode(), "header.yaml").people

    assert list(people.known) == ["P", "H", "C1", "C2", "L1", "TJ", "LJ"]
    assert people.get("C2") is not None
    assert [people.role(name) for name in ("H", "C1", "L7", "TJ")] == ["spouse", "child", "lawyer", "court"]
    assert people.known["LJ"].lies == "P2"
    assert people.known["C1"].citizen


def test_nothing_is_dropped() -> None:
    """Every text of every event stands there, word for word, read or said not to be."""
    made, chronicle = tree(), example()

    def texts(value: object) -> list[str]:
        if isinstance(value, str):
            return [value]
        return [text for one in (value if isinstance(value, list) else value.values()) for text in texts(one)]  # type: ignore[attr-defined]

    frame = {"id", "date", "date_basis", "trust", "who", "doc", "filed", "entered", "to", "answers", "means"}
    for one in made["events"]:
        shown = " ".join(told.text for told in read_of(chronicle, one["id"]).told)
        for key, value in one.items():
            if key not in frame | {"outcome", "place", "from"}:
                for text in texts(value):
                    assert all(part.strip() in shown for part in text.split(";")), (one["id"], text)


@pytest.mark.parametrize(
    ("key", "text", "force", "channels", "yes", "whom"),
    [
        ("granted", "visits of H on Sundays", Force.DECREED, ("visit",), True, ("H",)),
        ("denied", "letters to H and C1", Force.DECREED, ("letter",), False, ("H", "C1")),
        ("asks", "speak to H in person or by telephone", Force.ASKED, ("visit", "call"), True, ("H",)),
        ("says", "visits are allowed", Force.STATED, ("visit",), True, ("L1",)),
        ("says", "two letters of L4 not delivered", Force.FACT, ("letter",), False, ("L4",)),
        ("says", "no calls with H for six months", Force.FACT, ("call",), False, ("H",)),
        ("says", "calls with the sons stopped", Force.FACT, ("call",), False, ("C1", "C2")),
        ("says", "MIN had authorised 4 calls a month", Force.STATED, ("call",), True, ()),
    ],
)
def test_a_text_in_a_known_form_is_read(
    key: str, text: str, force: Force, channels: tuple[str, ...], yes: bool, whom: tuple[str, ...]
) -> None:
    """What it says of whom, by which channel, is read beside its words."""
    told = _told(lambda one: one.update({"who": ["L1"], key: [text] if key != "says" else text}))
    [statement] = told.statements

    assert (statement.force, statement.channels, statement.yes) == (force, channels, yes)
    assert statement.whom == whom
    assert statement.text == text


@pytest.mark.parametrize(
    "text",
    [
        "no agreement on contact visits by lawyers",
        "he would have loved calls with H",
        "nobody said that visits of H are a risk",
        "the ban on calls hurts",
    ],
)
def test_a_text_in_no_known_form_is_not_read(text: str) -> None:
    """Words that only sound alike are read as nothing, and shown."""
    told = _told(lambda one: one.update({"says": text}))

    assert told.statements == ()
    assert [one for one in told.told if one.text == text and not one.read]


def _told(change: Callable[[Tree], None]) -> Event:
    def put(made: Tree) -> None:
        one = {"id": "x1", "date": "2021-01-01", "date_basis": "filed", "trust": "2", "what": "paper"}
        change(one)
        made["events"].append(one)

    return read_of(changed(put), "x1")


def test_what_no_form_reads_can_be_said_in_fields() -> None:
    """`means` says in fields what an event means; the words stay beside it."""
    meaning = {
        "whom": ["H"],
        "does": "permits",
        "channels": ["visit"],
        "count": "2",
        "per": "month",
        "by": "TJ",
    }
    told = _told(lambda one: one.update({"who": ["TJ"], "says": "let him in", "means": [meaning]}))
    [statement] = told.statements

    assert (statement.force, statement.whom, statement.yes) == (Force.DECREED, ("H",), True)
    assert statement.amount is not None
    assert (statement.amount.low, statement.amount.unit) == (2, "month")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda made: made.pop("events"), "there are no events"),
        (lambda made: made.update({"weather": "good"}), '"weather" is not known here'),
        (lambda made: event(made, "v03").update({"date": "2019-02-30"}), "there is no day"),
        (lambda made: event(made, "v03").update({"date": "spring"}), "is not a day, a month"),
        (lambda made: event(made, "v03").update({"date": "2019-09/2019-05"}), "ends before it begins"),
        (lambda made: event(made, "v03").update({"trust": "7"}), "trust is 7"),
        (lambda made: event(made, "v03").update({"date_basis": "dreamt"}), '"dreamt" is not one'),
        (lambda made: event(made, "v03").update({"id": "v04"}), 'two events are called "v04"'),
        (lambda made: event(made, "v03").update({"date": "2019-01-05"}), "is dated before it"),
        (lambda made: event(made, "v18").update({"filed": "2025-01-05"}), "filed before it is written"),
        (lambda made: made.update({"law": "atlantis"}), 'there is no law "atlantis"'),
        (lambda made: made["tokens"].update({"H, W": "wives"}), '"H" stands for two'),
        (lambda made: made["tokens"].update({"the wife": "wife"}), "does not say who somebody is"),
        (
            lambda made: event(made, "v21").update({"means": [{"whom": ["Z"], "does": "bars"}]}),
            '"Z" is nobody of this file',
        ),
    ],
)
def test_what_cannot_be_used_is_said_with_its_place(change: Callable[[Tree], None], what: str) -> None:
    """A fault names what is wrong and what to do; several are told in one report."""
    with pytest.raises((Fault, Faults)) as caught:
        changed(change)

    assert what in str(caught.value)
    assert "What to do" in str(caught.value)


def forms_of_the_document() -> list[tuple[str, str]]:
    """Give the rows of the table of forms in the document: where, and a part."""
    text = (ROOT / "docs" / "reference" / "history.md").read_text("utf-8")
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| `([^`]+)`(?: \(.*\))? \|$", text, flags=re.MULTILINE)
    return [(key, part) for keys, part in rows for key in re.findall(r"\w+", keys)]


@pytest.mark.parametrize(("key", "part"), forms_of_the_document())
def test_every_form_of_the_document_is_read(key: str, part: str) -> None:
    """A part that the document names as read is read."""
    asks = [part] if key == "asks" else ["calls go on"]
    told = _told(lambda one: one.update({"who": ["TJ"], key: part, "asks": asks}))

    assert [one for one in told.told if one.text == part and one.read]


def test_the_document_names_every_form() -> None:
    """Each form of the program has a row in the document."""
    parts = [part for _, part in forms_of_the_document()]
    told_apart = [next((c for c in parts if pattern.fullmatch(c)), None) for pattern, _ in forms()]

    assert [
        pattern.pattern for (pattern, _), row in zip(forms(), told_apart, strict=True) if row is None
    ] == []


WORDS = (
    *(
        "",
        "calls with H",
        "H",
        "C1 C2",
        "none",
        "2020-01-01",
        "2019-05/2020-02",
        "9",
        "two",
        "denied",
        "visit",
    ),
    *("TJ", "the sons", "wrong forum - X", "no visas", "differ by foo", "three dates for three events", "()"),
    *("(", "many undelivered", "9999-12-31", "1900", "x" * 600, "ñ“”", "1 or 2", "Monday 31 February"),
)


def spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Give every place of a file in which something else could stand."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from spots(value[key])


@pytest.mark.parametrize("seed", range(24))
def test_whatever_stands_in_a_file_is_told_or_refused_in_words(seed: int) -> None:
    """Any text in any place, or none, ends in a page or in faults; nothing else happens."""
    rng, made = Random(seed), tree()
    inside, key = rng.choice(list(spots(made)))
    inside[key] = rng.choice([*WORDS, [rng.choice(WORDS)], {"k": rng.choice(WORDS)}])
    try:
        chronicle = chronicle_of(made)
        told = history.answer_of(chronicle, date(rng.randint(2018, 2027), 6, 1), Knowledge())
        ended = as_page(history.page(chronicle, told, "es"))
        history.check(chronicle, "en")
    except (Fault, Faults) as refused:
        ended = str(refused)

    assert ended.startswith("<!doctype html>") or "What to do" in ended


def test_a_file_that_nobody_could_read_is_refused() -> None:
    """More events, tokens or words in one text than a person reads are too many."""
    with pytest.raises(Faults, match="more than 500 characters"):
        changed(lambda made: event(made, "v03").update({"note": "x" * 501}))
    with pytest.raises(Fault, match="more than 150 entries"):
        changed(lambda made: made.update({"events": [dict(one) for _ in range(8) for one in made["events"]]}))
    with pytest.raises(Fault, match="more than 40 tokens"):
        changed(lambda made: made["tokens"].update({f"T{number}": "friend" for number in range(40)}))
