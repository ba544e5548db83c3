"""Says again what a case states: each fact with its days and where it comes from, then the papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from locutorio.decisions.decision import Decision
from locutorio.facts.case import Case, CasePaper, Dated
from locutorio.facts.vocabulary import Text
from locutorio.notices.findings import Teller
from locutorio.notices.letter import Block, Items, Paragraph, Section
from locutorio.notices.words import Words, clean, quoted, sentence

NAME = "said"
_WHOLE_DAY = len("2026-11-21")


def said(case: Case, decision: Decision, kinds: Mapping[str, Text], lang: str) -> Section:
    """Give what a case states, as the last section of the letter that answers it.

    Args:
        case: what was said.
        decision: the answer to it.
        kinds: the words for each kind of paper.
        lang: the language.
    """
    teller = Teller(decision, lang)
    words = teller.words
    facts = tuple(
        sentence(words.say("said.fact", label=words.label(path), value=value_said(path, entry, words)))
        for path, line in case.facts.items()
        for entry in line
    )
    blocks: list[Block] = [Items(facts)] if facts else [Paragraph(words.say("said.no_facts"))]
    blocks += [
        Items(tuple(_of_paper(paper, words)), intro=sentence(teller.paper(paper.name)))
        for paper in case.papers
    ]
    blocks.append(Paragraph(_complete(case, kinds, words)))
    return Section(NAME, words.say("heading.said"), tuple(blocks))


def value_said(path: str, entry: Dated, words: Words) -> str:
    """Say a value with its days and where it comes from."""
    told = [words.value(path, entry.value)]
    if entry.since:
        told.append(words.say("said.from", day=words.day(entry.since)))
    if entry.until:
        told.append(words.say("said.until", day=words.day(entry.until)))
    if entry.known_at:
        told.append(words.say("said.known", moment=moment_said(entry.known_at, words)))
    if source := quoted(entry.source):
        told.append(words.say("said.source", source=source))
    return words.apart(told)


def moment_said(written: str, words: Words) -> str:
    """Say a day in words; a moment stays as it is written."""
    return words.day(date.fromisoformat(written)) if len(written) == _WHOLE_DAY else clean(written)


def _of_paper(paper: CasePaper, words: Words) -> Iterator[str]:
    for path, entry in paper.facts.items():
        value = value_said(path, entry, words)
        yield sentence(words.say("said.fact", label=words.label(path), value=value))
    if paper.known_at:
        yield sentence(words.say("said.known", moment=moment_said(paper.known_at, words)))
    if source := quoted(paper.source):
        yield sentence(words.say("said.source", source=source))


def _complete(case: Case, kinds: Mapping[str, Text], words: Words) -> str:
    if case.complete is None:
        return words.say("said.all_papers" if case.papers else "said.no_papers")
    if not case.complete:
        return words.say("said.papers_unknown" if case.papers else "said.any_paper_unknown")
    named = words.all_of(words.text(kinds[kind]) for kind in sorted(case.complete))
    return words.say("said.some_papers", kinds=named)
