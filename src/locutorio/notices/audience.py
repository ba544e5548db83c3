"""What of a decision each of two readers may be told: the person in custody, and the one who comes.

The vocabulary says who can know each fact. Where a reason rests on a fact that the reader cannot know, or on
a paper about the person that does not name the reader, the reader is told where the law says it, and who is
told the rest.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum

from locutorio.decisions.decision import Decision, Finding, Route
from locutorio.facts.vocabulary import vocabulary
from locutorio.notices import catalogue
from locutorio.notices.compose import compose
from locutorio.notices.findings import THE_QUESTION, every_finding
from locutorio.notices.letter import FindingBlock, Letter, Section
from locutorio.notices.words import KIND_OF_PAPER, parts

OF_PAPER = "instrument."


class Reader(StrEnum):
    """Who reads a notice."""

    PERSON = "person"
    CONTACT = "contact"


def may_know(reader: Reader, path: str) -> bool:
    """Tell whether a reader can know a fact, as the vocabulary says."""
    if path.startswith(KIND_OF_PAPER):
        return reader is Reader.PERSON
    kind = vocabulary().facts.get(parts(path)[1])
    known_by = kind.known_by if kind else ()
    return path in THE_QUESTION or reader in known_by or (reader is Reader.CONTACT and "family" in known_by)


def hidden(decision: Decision, reader: Reader, naming: Collection[str]) -> frozenset[str]:
    """Give the provisions whose words this reader is not told.

    Args:
        decision: the answer.
        reader: of the notice.
        naming: the names of the papers that name the reader.
    """
    return frozenset(one.provision for one in every_finding(decision) if _hides(one, reader, naming))


def told_to(decision: Decision, reader: Reader, naming: Collection[str], lang: str) -> Letter:
    """Compose the letter of a decision for one reader.

    Args:
        decision: the answer, whole.
        reader: of the notice.
        naming: the names of the papers that name the reader.
        lang: "en" or "es".
    """
    kept_back = hidden(decision, reader, naming)
    letter = compose(_cut(decision, reader, naming, kept_back), lang)
    lead = catalogue.say(lang, f"change.kept_back.{reader.value}")
    sections = (_without(section, kept_back, lead) for section in letter.sections)
    return replace(letter, sections=tuple(sections))


def _hides(finding: Finding, reader: Reader, naming: Collection[str]) -> bool:
    named = finding.instrument in naming
    if reader is Reader.CONTACT and finding.instrument is not None and not named:
        return True
    facts = (fact.path for line in finding.lines for fact in line.facts)
    return not all(may_know(reader, path) or (named and path.startswith(OF_PAPER)) for path in facts)


def _cut(decision: Decision, reader: Reader, naming: Collection[str], kept_back: frozenset[str]) -> Decision:
    """Leave out what would tell a reader of facts or papers that are not theirs to know."""
    routes = tuple(_from_now(route) for route in decision.routes if route.recipient == reader)
    bare = replace(
        decision,
        keys=tuple(key for key in decision.keys if may_know(reader, key.fact)),
        routes=routes,
        clocks=tuple(route.clock for route in routes if route.clock is not None),
        notices=tuple(notice for notice in decision.notices if reader in notice.to),
        earliest=None
        if any(reason.provision in kept_back for reason in decision.reasons)
        else decision.earliest,
        supporting=(),
        defeated=(),
        beside=(),
        branches=(),
        more_branches=False,
        changes=tuple(change for change in decision.changes if may_know(reader, change.path)),
        unknown=tuple(path for path in decision.unknown if may_know(reader, path)),
        also_unknown=(),
        assumed=(),
        comments=(),
        criteria=(),
    )
    if reader is Reader.PERSON:
        return bare
    named = tuple(paper for paper in decision.instruments if paper.name in naming)
    return replace(bare, instruments=named, limits=(), changes=())


def _from_now(route: Route) -> Route:
    """Leave out whether there was time on the day of asking, where the time to contest began after it."""
    clock = route.clock
    if clock is None or clock.start is None or clock.asked_about >= clock.start:
        return route
    return replace(route, clock=replace(clock, outcome=None))


def _without(section: Section, kept_back: frozenset[str], lead: str) -> Section:
    def told(block: FindingBlock) -> FindingBlock:
        if block.provision not in kept_back:
            return block
        return replace(block, lead=lead, says="", seen=(), marks=())

    blocks = (told(block) if isinstance(block, FindingBlock) else block for block in section.blocks)
    return replace(section, blocks=tuple(blocks))
