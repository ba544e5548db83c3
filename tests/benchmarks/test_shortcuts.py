"""Shortcuts taken for speed change no answer: on generated law and on the shipped packs."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locutorio.decisions.assess import View, assess, view_of
from locutorio.decisions.trials import Trials
from locutorio.decisions.vary import Alternatives, with_fact
from locutorio.facts.snapshot import Snapshot
from locutorio.rules.explain import line_truth
from locutorio.rules.generate import Raw
from locutorio.rules.rulebook import Rulebook
from tests.properties.laws import SHIPPED, Law, generated, of_pack

DRAWN_OF_GENERATED = 4
DRAWN_OF_SHIPPED = 40


def drawn(law: Law, rng: random.Random, count: int) -> Iterator[Snapshot]:
    for number in range(count):
        yield (law.wild if number % 4 == 0 else law.drawer).any(rng)


def trials(view: View, book: Rulebook) -> Iterator[tuple[str, str | None, list[Raw]]]:
    """Give every fact of a view, with its paper and the other values that are tried."""
    alternatives = Alternatives(book, view.about)
    for path, now in view.facts.items():
        if now is not None and path in book.reach_of_contact(view.about):
            yield path, None, alternatives.of(path, view.facts)
    for name, _, own in view.papers:
        for path, now in own.items():
            if now is not None:
                yield path, name, alternatives.of(path, {**view.facts, **own})


def what_cannot_move_the_outcome_may_be_left_out(law: Law, rng: random.Random, count: int) -> None:
    for snapshot in drawn(law, rng, count):
        view = view_of(snapshot, law.book)

        assert assess(view, law.book, bare=True).outcome == assess(view, law.book).outcome


def a_trial_tells_what_weighing_anew_would(law: Law, rng: random.Random, count: int) -> None:
    for snapshot in drawn(law, rng, count):
        view = view_of(snapshot, law.book)
        now = assess(view, law.book).outcome
        tried = Trials(view, law.book)
        for path, paper, values in trials(view, law.book):
            told = dict(tried.outcomes(path, paper, values)) if tried.moves(path) else {}
            for value in values:
                changed = with_fact(view, path if paper is None else f"{paper}:{path}", value, law.book)
                expected = assess(changed, law.book).outcome
                found = told.get(value)

                assert found == expected or (found is None and expected in (None, now)), (path, paper, value)


def a_needed_line_holds_wherever_its_provision_speaks(law: Law, rng: random.Random, count: int) -> None:
    for snapshot in drawn(law, rng, count):
        view = view_of(snapshot, law.book)
        sure, _ = law.book.general(view.about).speak(view.facts)
        for index in sure:
            needed = [use.line for use in law.book.uses(index).lines if use.needed]

            assert all(line_truth(line, view.facts, law.book.numbers[index]) for line in needed)


SHORTCUTS = (
    what_cannot_move_the_outcome_may_be_left_out,
    a_trial_tells_what_weighing_anew_would,
    a_needed_line_holds_wherever_its_provision_speaks,
)
NAMES = [shortcut.__name__ for shortcut in SHORTCUTS]


@pytest.mark.parametrize("shortcut", SHORTCUTS, ids=NAMES)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=30)
def test_a_shortcut_on_generated_law(shortcut: object, seed: int) -> None:
    """Many small laws full of overrides, sides, papers and counts."""
    rng = random.Random(seed)

    assert callable(shortcut)
    shortcut(generated(rng), rng, DRAWN_OF_GENERATED)


@pytest.mark.parametrize("pack", SHIPPED)
@pytest.mark.parametrize("shortcut", SHORTCUTS, ids=NAMES)
def test_a_shortcut_on_shipped_law(shortcut: object, pack: str) -> None:
    """Questions drawn near the shipped cases."""
    for law in of_pack(pack):
        assert callable(shortcut)
        shortcut(law, random.Random(5), DRAWN_OF_SHIPPED)
