"""What is known of one question as of a moment: values only, ready to be decided upon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from locutorio.facts.vocabulary import Value, Vocabulary
from locutorio.kernel.moments import years_between


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. ``kind`` is contact, instrument or clock; ``subject`` names the instrument or the
    clock.
    """

    kind: str
    on: date
    about: str | None = None
    asked_on: date | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """An instrument about one person as known: which form, and the facts it states (`instrument.*`)."""

    name: str
    form: str
    facts: Mapping[str, Value]
    source: str | None = None
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything known: facts by path, papers, and the kinds of paper of which all are known.

    ``adopted`` holds names of provisions or catalogue rows whose unverified text the case relies on;
    ``sources`` the
    paper each fact was read from; ``known_at`` the moment up to which things were known, as written.
    """

    question: Question
    facts: Mapping[str, Value]
    papers: tuple[Paper, ...] = ()
    complete: frozenset[str] = frozenset()
    adopted: frozenset[str] = frozenset()
    sources: Mapping[str, str] = field(default_factory=dict)
    known_at: str | None = None


def derived(facts: Mapping[str, Value], words: Vocabulary) -> dict[str, Value]:
    """Give the facts with the derived ones added: whole years between two days. A stated value stands."""
    found = dict(facts)
    for path, kind in words.facts.items():
        if kind.years_from is None or kind.years_to is None or path in found:
            continue
        start, end = found.get(kind.years_from), found.get(kind.years_to)
        if isinstance(start, date) and isinstance(end, date):
            found[path] = years_between(start, end)
    return found
