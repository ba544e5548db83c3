"""Which fields a form has: the facts that can matter to its question, those that still turn it first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from locutorio.actions import shelf
from locutorio.actions.form import CLOCK, PAPER, Filled
from locutorio.decisions.clocks import known_clocks
from locutorio.decisions.decision import Decision
from locutorio.facts.vocabulary import Text, vocabulary
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import day
from locutorio.rules.provision import Window
from locutorio.rules.rulebook import ABOUT, Rulebook

OF_PAPER = "instrument."
FIRST, BESIDE = "first", "beside"
_ASKED = (ABOUT, "request.on", "request.asked_on")
_PLACES: Mapping[str, Sequence[str]] = {
    "person": ("person", "housing", "discipline"),
    "contact": ("contact", "escort", "counsel", "consulate"),
    "occasion": ("request", "visit", "call", "letter", "call_list", "notice"),
    "approvals": ("approval",),
    "establishment": ("establishment", "local", "resource"),
    "used": ("use", "usage"),
    "remedies": ("remedy", "clock"),
    "transfer": ("transfer",),
    "disclosure": ("disclosure",),
}
_GROUP_OF = {part: group for group, parts in _PLACES.items() for part in parts}
GROUPS = (FIRST, *_PLACES, "others", BESIDE)


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that stand together, by path. ``name`` is one of GROUPS."""

    name: str
    paths: tuple[str, ...]


def groups(filled: Filled, decision: Decision | None) -> tuple[Group, ...]:
    """Give the facts of a form, each once.

    First those that by themselves still turn the answer, then the others that can matter, by what they are
    about; last those that were said and cannot matter to this question.
    """
    open_facts = () if decision is None else decision.unknown
    turning = [path for path in open_facts if path in vocabulary().facts and not path.startswith(OF_PAPER)]
    found: dict[str, list[str]] = {FIRST: turning}
    reach = _reach(filled)
    for path in vocabulary().facts:
        if path in reach and path not in turning:
            found.setdefault(_GROUP_OF.get(path.split(".")[0], "others"), []).append(path)
    said = (path for path in (*filled.said, *filled.kept) if path not in reach and path not in turning)
    found[BESIDE] = list(dict.fromkeys(said))
    return tuple(Group(name, tuple(found[name])) for name in GROUPS if found.get(name))


def parameters(law: str, form: str, decision: Decision | None, name: str) -> tuple[str, ...]:
    """Give the facts that a paper of a form states, those first that still turn the answer."""
    forms = shelf.pack(law).forms
    known = [OF_PAPER + one for one in forms[form].parameters if one not in {"from", "until"}]
    turning = () if decision is None else (*decision.unknown, *decision.also_unknown)
    return tuple(sorted(known, key=lambda path: f"{name}:{path}" not in turning))


def clocks(law: str, on: str) -> dict[str, Text]:
    """Give the clocks of a law by name, each with what the provision that sets it says."""
    book = _book(law, on)
    found: dict[str, Text] = {}
    for name in known_clocks(book):
        setting = (book.provisions[index] for index in book.clocks(name).indices)
        first = next(p for p in setting if any(isinstance(effect, Window) for effect in p.effects))
        found[name] = first.says
    return found


def _reach(filled: Filled) -> frozenset[str]:
    return frozenset(path for path in _read(filled) if path not in _ASKED and not path.startswith(OF_PAPER))


def _read(filled: Filled) -> Iterator[str]:
    """Give every fact that the answer can turn on, and those from which such a fact is counted."""
    book, about = _book(filled.law, filled.on), filled.about
    if about.startswith(CLOCK):
        direct = book.reach_of_clock(about.removeprefix(CLOCK))
    elif about.startswith(PAPER):
        name = about.removeprefix(PAPER)
        forms = [paper.form for paper in filled.papers if paper.name == name]
        direct = frozenset(path for form in forms for path in book.reach_of_form(form))
    else:
        direct = book.reach_of_contact(about)
    for path in direct:
        kind = vocabulary().facts[path]
        yield from (one for one in (path, kind.years_from, kind.years_to) if one)


def _book(law: str, on: str) -> Rulebook:
    """Give the rules of the day asked about; of the first day of the law where that day cannot be read."""
    first = shelf.pack(law).first_day
    try:
        wanted = max(day(on), first)
    except Fault:
        wanted = first
    return shelf.shelf(law).on(wanted)
