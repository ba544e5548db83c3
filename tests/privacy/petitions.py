"""Petitions as secrets: what a person asks of an office, why, and what was ruled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from locutorio.actions.enter_petition import Ask, NewPetition, enter_petition
from locutorio.actions.note_petition import Noting, note_petition
from locutorio.actions.rule_petition import Ruling, rule_petition
from tests.establishment import FOUNDED

if TYPE_CHECKING:
    from tests.privacy.planting import Step, World


def plant(world: World, step: Step) -> None:
    """Plant a petition with what became of it: one that those who read petitions see, or a sensitive one."""
    word = world.word("petition")
    hidden, on = step.kind == "sensitive", FOUNDED.date()
    what = NewPetition(
        world.oak.people[step.person],
        "warden",
        (Ask(f"{word} asked"),),
        about=("health", "other")[step.pick % 2],
        says=word,
        office_name=word,
        number=word,
        written_on=on,
        sensitive=hidden,
    )
    made = enter_petition(what, world.sent())
    note_petition(Noting(made, "filed", on, word, word), world.sent())
    note_petition(Noting(made, "extended", on, word), world.sent())
    rule_petition(Ruling(made, "denied", on, word, word, word), world.sent())
    world.keep(step, (word,))
