"""Compares condition lines with CEL: every line and every whole condition that can bear on a drawn case."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

from locutorio.decisions.assess import view_of
from locutorio.decisions.clocks import known_clocks
from locutorio.facts.vocabulary import vocabulary
from locutorio.rules.explain import line_truth
from locutorio.rules.generate import Facts
from locutorio.rules.rulebook import Rulebook, Speakers
from locutorio.rules.tree import Group, lines_of
from tests.oracles.cel import Cel, cel_condition, cel_line
from tests.properties.drawing import Drawer


@cache
def oracle() -> Cel:
    """Give the one CEL environment of this process for shipped law."""
    return Cel(vocabulary())


def cel_agrees(book: Rulebook, cel: Cel, drawer: Drawer, rng: random.Random) -> int:
    """Compare each line with the explaining reader, each whole condition with the generated Python."""
    view = view_of(drawer.any(rng, most=2), book)
    counted = 0
    for speakers, facts in speakers_of(book, view.about, view.facts, view.papers):
        known = cel.known(facts)
        sure, maybe = speakers.speak(facts)
        for index in speakers.indices:
            provision, numbers = book.provisions[index], book.numbers[index]
            said = True if index in sure else None if index in maybe else False
            whole = cel_condition(provision.when, numbers)
            assert cel.truth(whole, known) is said, f"{provision.name}: {whole} is not {said} on {facts}"
            lines = lines_of(provision.when or Group(True, ()))
            for line in lines:
                text = cel_line(line, numbers)
                expected = line_truth(line, facts, numbers)
                assert cel.truth(text, known) is expected, (
                    f"{provision.name}: {text} is not {expected} on {facts}"
                )
            counted += 1 + len(lines)
    return counted


def speakers_of(
    book: Rulebook, about: str, facts: Facts, papers: tuple[tuple[str, str, Facts], ...]
) -> Iterator[tuple[Speakers, Facts]]:
    """Give everything that can speak to a case, with the facts it sees."""
    yield book.general(about), facts
    for name in known_clocks(book):
        yield book.clocks(name), facts
    for _, form, own in papers:
        yield book.form(form, about), {**facts, **own}
        yield book.judges(form), {**facts, **own}
