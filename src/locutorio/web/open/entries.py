"""Every case the page can show: the worked cases of the shipped packs, and the example files if at hand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from locutorio.actions import answer, shelf
from locutorio.actions.case_text import case_text
from locutorio.decisions.decision import Decision
from locutorio.facts.case import Case, Dated
from locutorio.facts.vocabulary import LANGUAGES, Text, vocabulary

EXAMPLES = "examples"
EXAMPLES_FOLDER = Path(__file__).parents[4] / EXAMPLES
_TITLE = re.compile(r"^# (en|es): (.+)$", re.MULTILINE)
_AREAS = ("visiting", "families", "supervision", "telephone", "counsel", "measures", "discipline", "remedies")
_LAST_AREAS = ("england_wales", "mandela", EXAMPLES, "arcadia")


@dataclass(frozen=True, slots=True)
class Entry:
    """One case with its address (``shelf`` and ``name``).

    ``title`` and ``expected`` are missing where none was given. ``usual`` names the facts that the case did
    not state and that are as in every worked case; ``basis`` holds the citations that it must rest on.
    """

    shelf: str
    name: str
    area: str
    title: Text | None
    case: Case
    usual: frozenset[str] = frozenset()
    expected: str | None = None
    reading: int | None = None
    basis: tuple[str, ...] = ()

    def facts(self) -> Iterator[tuple[str, tuple[Dated, ...]]]:
        """Give the facts of the case; then the usual ones, without those that cannot matter to it."""
        yield from ((path, timeline) for path, timeline in self.case.facts.items() if path not in self.usual)
        if self.usual:
            yield from ((path, self.case.facts[path]) for path in sorted(self.usual & _read(self.case)))

    def text(self) -> str:
        """Give the case as the file that `locutorio decide` reads; the usual facts stand last."""
        return case_text(self.shown(), self.usual)

    def shown(self) -> Case:
        """Give the case without the usual facts that cannot matter to it."""
        return replace(self.case, facts=dict(self.facts()))

    def decide(self) -> Decision:
        """Decide the case, now.

        Raises:
            Fault: it cannot be decided.
        """
        return answer.answer(self.case)


def _read(case: Case) -> frozenset[str]:
    """Give the facts that the answer to a case can turn on, and those from which they are derived."""
    book = shelf.shelf(case.law).on(case.question.on)
    match case.question.kind:
        case "contact":
            direct = book.reach[case.question.about or ""]
        case "clock":
            direct = book.reach_of_clock(case.question.subject or "")
        case _:
            forms = [paper.form for paper in case.papers if paper.name == case.question.subject]
            direct = frozenset(path for form in forms for path in book.reach_of_form(form))
    kinds = vocabulary().facts
    ends = {end for path in direct for end in (kinds[path].years_from, kinds[path].years_to) if end}
    return direct | ends


def _worked() -> Iterator[Entry]:
    for pack in shelf.packs():
        for one in shelf.cases(pack).worked:
            yield Entry(
                pack,
                one.name,
                one.area,
                one.title,
                one.case,
                one.usual,
                one.expected.outcome,
                one.reading,
                one.expected.lists.get("basis", ()),
            )


def _examples() -> Iterator[Entry]:
    for path in sorted(EXAMPLES_FOLDER.glob("*.yaml")):
        titles = dict(_TITLE.findall(path.read_text(encoding="utf-8")))
        title = titles if titles.keys() >= set(LANGUAGES) else None
        yield Entry(EXAMPLES, path.stem, EXAMPLES, title, answer.read_file(path))


def _place(entry: Entry) -> int:
    if entry.area in _AREAS:
        return _AREAS.index(entry.area)
    return len(_AREAS) + (1 + _LAST_AREAS.index(entry.area) if entry.area in _LAST_AREAS else 0)


def entries() -> Mapping[tuple[str, str], Entry]:
    """Give every case by its address, in the order in which the page lists them.

    Raises:
        Fault, Faults: a pack or an example cannot be read.
    """
    return _entries(tuple((name, shelf.pack(name).hash) for name in shelf.packs()))


@cache
def _entries(editions: tuple[tuple[str, str], ...]) -> Mapping[tuple[str, str], Entry]:  # noqa: ARG001 - the key
    found = sorted((*_worked(), *_examples()), key=_place)
    return {(entry.shelf, entry.name): entry for entry in found}


@cache
def listed_outcome(shelf: str, name: str) -> str:
    """Give the outcome that was written for a case; one for which none was written is decided, once.

    Raises:
        Fault: it cannot be decided.
    """
    entry = entries()[shelf, name]
    return entry.expected or entry.decide().outcome.value
