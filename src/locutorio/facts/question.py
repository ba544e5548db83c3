"""The question of a case: what is asked, for which day, and when it was asked."""

from __future__ import annotations

from locutorio.facts.snapshot import Question
from locutorio.facts.vocabulary import Vocabulary
from locutorio.kernel.moments import day
from locutorio.kernel.texts import Node

QUESTION_KINDS = ("contact", "instrument", "clock")


def read_question(node: Node, words: Vocabulary) -> Question:
    """Read the ``question:`` block.

    Raises:
        Fault: something in it cannot be used.
    """
    entries = node.entries(optional=["kind", "about", "on", "asked_on", "instrument", "clock"])
    kind = entries["kind"].choice(QUESTION_KINDS) if "kind" in entries else "contact"
    needed = {"contact": "about", "instrument": "instrument", "clock": "clock"}[kind]
    for name in ("on", needed):
        if name not in entries:
            node.fail(f'"{name}" is missing in the question', remedy=f"add `{name}: ...`")
    for name in ("about", "instrument", "clock"):
        if name in entries and name != needed:
            entries[name].name.fail(f'a question of kind {kind} has no "{name}"', remedy="delete the line")
    on = day(entries["on"].text(), entries["on"].place)
    asked_on = day(entries["asked_on"].text(), entries["asked_on"].place) if "asked_on" in entries else None
    if asked_on and asked_on > on:
        entries["asked_on"].fail(
            f"the question was asked on {asked_on.isoformat()}, after the day asked about, {on.isoformat()}",
            remedy="check the two days",
        )
    return Question(
        kind=kind,
        on=on,
        about=entries["about"].choice(list(words.facts["request.about"].values))
        if kind == "contact"
        else None,
        asked_on=asked_on,
        subject=entries[needed].text() if kind != "contact" else None,
    )
