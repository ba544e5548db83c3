"""What is known of one question as of a moment: values only, ready to be decided upon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from locutorio.facts.vocabulary import FactKind, Value, Vocabulary
from locutorio.kernel.faults import Fault, Place
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
    for kind, start, end in _spans(facts, words):
        found.setdefault(kind.path, years_between(start, end))
    return found


def refuse_contradictions(
    facts: Mapping[str, Value], places: Mapping[str, Place | None], words: Vocabulary
) -> None:
    """Refuse years that cannot be: counted from a day still to come, or stated otherwise than counted.

    Raises:
        Fault: at the first such fact.
    """
    for kind, start, end in _spans(facts, words):
        begins = f"{kind.years_from} is {start.isoformat()}"
        place = places.get(kind.years_from or "")
        if start > end:
            raise Fault(
                f"{begins}, which is after the day of the question, {end.isoformat()}",
                where=place,
                remedy="check both days",
            )
        years, stated = years_between(start, end), facts.get(kind.path)
        if stated is not None and stated != years:
            raise Fault(
                f"{kind.path} is {stated} here, and {years} by another line",
                where=places.get(kind.path),
                why=f"{begins} ({place or 'as usual'}), which makes {years} on {end.isoformat()}",
                remedy="keep the line that is right",
            )


def _spans(facts: Mapping[str, Value], words: Vocabulary) -> Iterator[tuple[FactKind, date, date]]:
    """Give each derived fact with the two known days between which its years are counted."""
    for kind in words.facts.values():
        if kind.years_from is not None and kind.years_to is not None:
            start, end = facts.get(kind.years_from), facts.get(kind.years_to)
            if isinstance(start, date) and isinstance(end, date):
                yield kind, start, end
