"""Gives a decision that was kept as a letter, in the language of who reads it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from locutorio.actions import answer, shelf
from locutorio.decisions.decision import Decision
from locutorio.notices.audience import Reader, told_to
from locutorio.notices.compose import compose
from locutorio.notices.kept import as_letter
from locutorio.notices.letter import Letter
from locutorio.notices.withdrawn import with_a_route
from locutorio.notices.words import Words


class Decided(Protocol):
    """A decision as it is kept: its case, the law that decided it, and the answer as a document."""

    @property
    def case(self) -> str: ...
    @property
    def law(self) -> str: ...
    @property
    def law_hash(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def document(self) -> Mapping[str, Any]: ...


def letter_of(decided: Decided, lang: str) -> Letter:
    """Give the letter of a decision in a language.

    The case that was kept is told again by the same law. Where the law has another text by now, the letter is
    the one that was kept, in the language in which it was written.
    """
    told = again(decided)
    return compose(told, lang) if told else as_letter(decided.document["letter"])


def letter_to(decided: Decided, reader: Reader, naming: Collection[str], lang: str) -> Letter | None:
    """Give the letter of a decision as far as one reader may know what it rests on.

    Args:
        decided: the decision.
        reader: who reads it.
        naming: the names of the papers that name the reader.
        lang: "en" or "es".

    Returns:
        the letter; None where the law has another text by now, so that nobody can tell what may be told.
    """
    told = again(decided)
    if told is None:
        return None
    return with_a_route(told_to(told, reader, naming, lang), Words(lang, told.about), told, reader)


def again(decided: Decided) -> Decision | None:
    """Tell a kept case again by the law that decided it; None where that has another text by now."""
    if decided.law not in shelf.laws() or shelf.pack(decided.law).hash != decided.law_hash:
        return None
    told = answer.answer(answer.read(decided.case.encode(), "case"))
    return told if told.outcome.value == decided.outcome else None
