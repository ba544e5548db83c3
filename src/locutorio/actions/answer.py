"""Answers one case: read it, see it as of a moment, decide by the law of that day. Needs no database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from locutorio.actions import shelf
from locutorio.actions.course import Course
from locutorio.decisions.comments import comments
from locutorio.decisions.criteria import JUDGED, criteria
from locutorio.decisions.decision import Decision
from locutorio.facts.case import Case, read_case
from locutorio.facts.vocabulary import vocabulary
from locutorio.facts.words import refuse_unknown
from locutorio.kernel.faults import Fault, suggestion
from locutorio.kernel.moments import moment
from locutorio.kernel.texts import read_bytes, read_documents
from locutorio.rules.provision import Pack
from locutorio.rules.rulebook import Rulebook, clocks_of

BOUNDS = ("from", "until")
OF_PAPER = "instrument."


def read(raw: bytes, name: str) -> Case:
    """Read a case from the bytes of its file.

    Raises:
        Fault, Faults: it cannot be used, and why.
    """
    documents = read_documents(raw, name)
    if not documents:
        raise Fault(f"{name} is empty", remedy="`locutorio decide --template visit` prints a case to fill in")
    return read_case(documents[0], vocabulary())


def read_file(path: Path) -> Case:
    """Read a case file.

    Raises:
        Fault, Faults: it cannot be used, and why.
    """
    return read(read_bytes(path), path.name)


def answer(
    case: Case, *, at: str | None = None, known_at: str | None = None, adopt: frozenset[str] = frozenset()
) -> Decision:
    """Decide a case.

    Args:
        case: as read.
        at: the moment of the contact, instead of the case's own day.
        known_at: only what was known by this moment counts.
        adopt: provisions or catalogue rows to adopt beside the case's own.

    Raises:
        Fault: a moment cannot be read, or the question cannot be answered.
    """
    law = checked_law(case)
    on = moment(at, law.zone).date() if at else case.question.on
    adopted = case.adopt | adopt
    commented = adopted & {name for overlay in shelf.overlays() for name in adoptable(shelf.pack(overlay))}
    course = Course(replace(case, adopt=adopted - commented), shelf.shelf(case.law), known_at)
    decision = course.decide(on)
    snapshot = replace(course.seen(on), adopted=commented)
    seen, book = course.seen(on), shelf.shelf(case.law).on(on)
    return replace(
        decision,
        comments=comments(snapshot, decision, _commenting(on)),
        criteria=criteria(seen, book) if case.question.about in JUDGED else (),
    )


def checked_law(case: Case) -> Pack:
    """Give the law of a case, all of whose words it knows.

    Raises:
        Fault: a word means nothing under this law, or a paper is said to state what its form does not.
    """
    shelf.refuse_unknown_law(case.words)
    law = shelf.pack(case.law)
    for what, known in case_words(law).items():
        refuse_unknown(case.words, what, known)
    refuse_unstated(case, law)
    return law


def _commenting(on: date) -> Iterator[Rulebook]:
    """Give the overlays that say something of a day."""
    for one in map(shelf.shelf, shelf.overlays()):
        if on >= one.pack.first_day:
            yield one.on(on)


def refuse_unstated(case: Case, law: Pack) -> None:
    """Refuse what a paper of a case is said to state, and its form does not: it would not count.

    Raises:
        Fault: at the first such fact.
    """
    for paper in case.papers:
        form = law.forms[paper.form]
        known = [*form.parameters, *BOUNDS]
        for path, dated in paper.facts.items():
            word = path.removeprefix(OF_PAPER)
            if word not in known:
                raise Fault(
                    f'a paper of the form {form.name} does not state "{word}"',
                    where=dated.place,
                    why="it would be left out of account without a word",
                    remedy=suggestion(word, known),
                )


def known_words(law: Pack) -> Mapping[str, Collection[str]]:
    """Give the words of a law that a case may use."""
    provisions = law.provisions.values()
    return {
        "form": law.forms,
        "kind": law.kinds,
        "clock": {clock for one in provisions if one.about == "clock" for clock in clocks_of(one)},
        "adopt": adoptable(law),
    }


def case_words(law: Pack) -> Mapping[str, Collection[str]]:
    """Give the words that a case under a law may use; what overlays say can be adopted as well."""
    adopted = {name for pack in (law, *map(shelf.pack, shelf.overlays())) for name in adoptable(pack)}
    return {**known_words(law), "adopt": adopted}


def adoptable(pack: Pack) -> Collection[str]:
    """Give the names under which the text of a pack can be adopted: provisions and catalogue rows."""
    return {*pack.provisions, *(row for one in pack.provisions.values() for row in one.rows)}
