"""The form of an establishment's own rules: what it says is read as it stands, and a bad value is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from locutorio.actions.house_rules import entered, form_fields, form_text, pack_files, read_rules, shown
from locutorio.facts.vocabulary import LANGUAGES
from locutorio.kernel.faults import Fault, Faults
from tests.house.forms import EXAMPLE, Form, changed, drawn, example, later, rules_of, text_of

LINE = re.compile(r"form\.yaml, line [1-9]\d*, column [1-9]\d*: ")
DRAWN = 40


def refusal(form: Form | bytes) -> str:
    """Give what is told of a form that is refused."""
    with pytest.raises((Fault, Faults)) as refused:
        read_rules(form if isinstance(form, bytes) else text_of(form), "form.yaml")
    return str(refused.value)


def with_head(**entries: object) -> Form:
    """Give the example with other entries at its head."""
    return {**example(), **entries}


def with_memo(entries: Form, at: int = 0) -> Form:
    """Give the example with other entries in one memo."""
    form = example()
    form["memos"][at].update(entries)
    return form


def test_the_example_is_read_as_it_stands() -> None:
    """Every line of the example is read: memos with their days, rules with their items."""
    rules = read_rules(EXAMPLE.read_bytes(), EXAMPLE.name)
    first, second = rules.memos

    assert (rules.pack, rules.zone, rules.name["en"]) == (
        "house-oak",
        "America/New_York",
        "Oak County Jail (invented)",
    )
    assert (first.number, str(first.since), first.rules["adult_age"].value) == ("2026-03", "2026-01-15", 18)
    assert (first.rules["visit_search"].value, first.rules["visit_search"].item) == (True, "4(a)")
    assert {name: rule.value for name, rule in second.rules.items()} == {"visits_a_week": 3}


@pytest.mark.parametrize("seed", range(DRAWN))
def test_writing_a_form_and_reading_it_gives_the_same_rules(seed: int) -> None:
    """The form that is kept beside a pack says what was entered, whatever that was."""
    rules = rules_of(drawn(seed))

    assert read_rules(form_text(rules).encode(), "again") == rules


BAD: dict[str, tuple[Callable[[], Form | bytes], str]] = {
    "nothing": (lambda: b"", "is empty"),
    "no memos": (lambda: with_head(memos=[]), "0 memos stand here"),
    "house in capitals": (lambda: with_head(house="Oak"), '"Oak" cannot name these rules'),
    "house like a path": (lambda: with_head(house="../oak"), '"../oak" cannot name these rules'),
    "house too long": (lambda: with_head(house="o" * 31), "cannot name these rules"),
    "no Spanish name": (lambda: with_head(name={"en": "Oak"}), '"es" is missing'),
    "long name": (lambda: with_head(name={"en": "Oak " * 40, "es": "Oak"}), "too long"),
    "zone": (lambda: with_head(zone="Chicago"), '"Chicago" is not a time zone'),
    "entered day": (lambda: with_head(entered_on="22 June 2026"), "is not a day"),
    "entered too early": (lambda: with_head(entered_on="2026-01-01"), "before their last memo was signed"),
    "unknown entry": (lambda: with_head(jail="oak"), '"jail" is not known here'),
    "memo without number": (lambda: with_memo({"number": ""}), "nothing is written here"),
    "memo before it was signed": (lambda: with_memo({"signed_on": "2026-01-16"}), "before it was signed"),
    "memo of long ago": (
        lambda: with_memo({"signed_on": "1910-01-01", "from": "1910-01-01"}),
        "cannot be entered",
    ),
    "memo without rules": (lambda: with_memo({"rules": {}}, 1), "lays nothing down"),
    "memos out of order": (
        lambda: with_memo({"from": "2026-01-15", "signed_on": "2026-01-15"}, 1),
        "not later than",
    ),
    "unknown rule": (lambda: changed(visits_a_day=1), 'visits_a_day" is not known here'),
    "rule without item": (
        lambda: with_memo({"rules": {"visits_a_week": {"value": 3}}}, 1),
        '"item" is missing',
    ),
    "rule left out": (
        lambda: changed(review_days=None),
        '"review_days" is missing: days to ask for a review',
    ),
    "a number in words": (lambda: changed(adult_age="eighteen"), "is not a whole number"),
    "a number below": (lambda: changed(visits_a_week=0), "it lies between 1 and 50 visits"),
    "a number above": (lambda: changed(adult_age=22), "it lies between 10 and 21 years"),
    "neither yes nor no": (lambda: changed(visit_search="maybe"), '"maybe" is not one of the words'),
    "no such choice": (lambda: changed(calls_heard="taped"), "known here: listened, nobody, recorded"),
    "no such office": (lambda: changed(review_office="governor"), "known here"),
    "an office that cannot": (lambda: changed(sanction_decider="visiting_office"), "known here"),
    "no ground": (lambda: changed(suspension_grounds=[]), "at least one word"),
    "a ground twice": (lambda: changed(suspension_grounds=["threat", "threat"]), "each of them once"),
    "a ground that is none": (lambda: changed(suspension_grounds=["policy"]), "known here"),
    "a list as one word": (lambda: changed(privileged="attorney"), "a list is expected here"),
    "no lawyers": (lambda: changed(privileged=["consul"]), '"attorney" is missing from this list'),
    "family as privileged": (lambda: changed(privileged=["attorney", "social"]), "is not one of the words"),
    "what may not end": (lambda: later(changed(), "2026-03-01", adult_age="none"), "is not a whole number"),
    "the end of nothing": (
        lambda: later(changed(visits_a_week=None), "2026-03-01", visits_a_week="none"),
        "never began",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_value_is_refused_at_its_place(name: str) -> None:
    """Each bad value ends in words that say where, what is wrong and what to do; nothing is made of it."""
    form, words = BAD[name]

    told = refusal(form())

    assert words in told
    assert "What to do: " in told
    assert name == "nothing" or LINE.match(told)


def test_all_that_is_wrong_is_told_at_once() -> None:
    """Someone who mends a form learns of every fault in one reading."""
    told = refusal(changed(adult_age=99, calls_heard="taped", review_days="soon"))

    assert told.count("What to do: ") == 3


def answers(**more: str | list[str]) -> dict[str, Any]:
    """Give the example's first memo as a page sends it."""
    memo = example()["memos"][0]
    head = {
        "house": "oak",
        "name.en": "Oak",
        "name.es": "Oak",
        "zone": "America/New_York",
        "entered_on": "2026-02-01",
    }
    rules = {name: rule["value"] for name, rule in memo["rules"].items()}
    items = {f"{name}.item": rule["item"] for name, rule in memo["rules"].items()}
    own = {name: memo[name] for name in ("number", "signed_on", "from")}
    return {**head, **own, **rules, **items, **more}


def test_a_page_gives_the_same_rules_as_a_file() -> None:
    """What a page sends is read by the same reader: the same memo comes of it."""
    assert entered(answers()).memos == rules_of(example()).memos[:1]


def test_a_later_memo_of_a_page_follows_the_rules_adopted_so_far() -> None:
    """A page that changes one number adds one memo, and every earlier one stays as it was."""
    before = entered(answers())
    memo = {"number": "7", "signed_on": "2026-05-01", "from": "2026-06-01", "entered_on": "2026-05-02"}

    after = entered({**memo, "visits_a_week": "4", "visits_a_week.item": "1", "visit_minutes": ""}, before)

    assert after.memos[:1] == before.memos
    assert {name: rule.value for name, rule in after.memos[1].rules.items()} == {"visits_a_week": 4}


def test_a_fault_of_a_page_names_its_field() -> None:
    """The page can show each fault beside the field it is about."""
    with pytest.raises(Faults) as refused:
        entered(answers(adult_age="9", review_days="", **{"calls_heard.item": ""}))

    assert [fault.where.file for fault in refused.value.faults if fault.where] == [
        "adult_age",
        "calls_heard.item",
        "review_days",
    ]


def test_every_field_can_be_asked_in_both_languages() -> None:
    """A page is drawn from the fields alone: each has its words, its values theirs, a number its limits."""
    known = form_fields()
    for field in known.by_name.values():
        texts = [field.label, known.groups[field.group], *field.values.values()]
        assert all(text[language] for text in texts for language in LANGUAGES)
        assert (field.kind == "number") == (field.unit is not None and field.least < field.most)
        assert bool(field.values) == (field.kind in {"choice", "choices", "office"})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_memo_is_told_in_words(lang: str) -> None:
    """What was entered can be read back in words: no name of a field or value is left over."""
    for memo in rules_of(later(example(), "2027-01-01", visit_minutes="none", calls_a_week=1)).memos:
        for what, answered, _ in shown(memo, lang):
            assert "_" not in what + answered

    last = {what: answered for what, answered, _ in shown(memo, lang)}
    assert (
        list(last.values())
        == {"en": ["no such rule", "1 call"], "es": ["no hay tal regla", "1 llamada"]}[lang]
    )


def test_the_files_are_the_same_every_time() -> None:
    """The same rules give the same bytes, so the hash of the pack says that nothing changed."""
    assert pack_files(rules_of(example())) == pack_files(rules_of(example()))


def test_the_reference_lists_every_field_with_its_limits() -> None:
    """What the reference says of a field is what the form takes."""
    told = (EXAMPLE.parents[2] / "docs" / "reference" / "house-rules.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| .* \| (.*) \|$", told, flags=re.MULTILINE))
    known = form_fields().by_name

    assert set(known) <= set(rows)
    for field in known.values():
        said = rows[field.name]
        limits = [f"{field.least} to {field.most} {field.unit}"] if field.kind == "number" else []
        assert [
            word for word in [*limits, *(f"`{value}`" for value in field.values)] if word not in said
        ] == []
        assert ("may be left out" in said) == field.optional
