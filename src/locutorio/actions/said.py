"""What somebody has said so far in an interview, as a value that is stored nowhere, and the case it makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from locutorio.actions import shelf
from locutorio.actions.answer import refuse_unstated
from locutorio.facts.case import NONE, PAPERS_MAX, UNKNOWN, Case, read_case, read_value
from locutorio.facts.vocabulary import vocabulary
from locutorio.facts.words import refuse_unknown
from locutorio.kernel.faults import Fault, Faults, suggestion
from locutorio.kernel.texts import Node
from locutorio.notices.asking import ABSENT, UNSURE
from locutorio.rules.provision import Pack

PAPERS = "instruments"
OF_PAPER = "instrument."
UNTIL = "instrument.until"
ANSWERS_MAX = 300
LENGTH_MAX = 300
_FILE = "answers"
_ASKED = ("request.about", "request.on", "request.asked_on")
_KIND = re.compile(r"instruments\.([a-z][a-z0-9_]*)(?:\.([1-9][0-9]?))?")
_OWN = re.compile(r"([a-z][a-z0-9_]*)-([1-9][0-9]?):(instrument\.[a-z][a-z0-9_]*)")


@dataclass(frozen=True, slots=True)
class Said:
    """What is asked and every answer given, in the order given.

    ``answers`` holds (path, value): a path is a fact (`contact.age`), `instruments` (which kinds of paper
    exist), `instruments.KIND` or `instruments.KIND.N` (the first or the Nth paper of a kind: a form, `none`
    or `unknown`), or `KIND-N:instrument.fact` (what that paper states). A value is written as a case file
    writes it. Where a path stands twice, the last counts. ``asked_on`` is empty where it was not said.
    """

    law: str
    about: str
    on: str
    asked_on: str
    answers: tuple[tuple[str, str], ...] = ()
    adopt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """The Nth paper of a kind, as said: its form, its name in the case, and the answer that named it."""

    kind: str
    number: int
    form: str
    name: str

    @property
    def before(self) -> str:
        """What stands before the facts of this paper in a path."""
        return f"{self.kind}-{self.number}:"


@dataclass(frozen=True, slots=True)
class Heard:
    """What the answers say, by what they are about. ``unsure``: kinds of paper of which it is not known
    whether one (or one more) exists.
    """

    facts: Mapping[str, str]
    papers: tuple[Paper, ...]
    own: Mapping[str, Mapping[str, str]]
    complete: frozenset[str]
    unsure: frozenset[str]
    covered: frozenset[str]


def law_of(said: Said) -> Pack:
    """Give the law that is asked.

    Raises:
        Fault: there is none of that name.
    """
    if said.law not in shelf.laws():
        raise Fault(f'"{said.law}" is not a law that is here', remedy=suggestion(said.law, shelf.laws()))
    return shelf.pack(said.law)


def kinds_asked(law: Pack, about: str) -> list[str]:
    """Give the kinds of paper that can bear on a kind of contact, in the order of the pack."""
    return [name for name, kind in law.kinds.items() if about in kind.reaches]


def path_of_kind(kind: str, number: int) -> str:
    """Give the path that asks for the Nth paper of a kind."""
    return f"{PAPERS}.{kind}" if number == 1 else f"{PAPERS}.{kind}.{number}"


def answered(said: Said, path: str, value: str) -> Said:
    """Give what was said with one answer given, or changed where it stands; all others stay.

    Raises:
        Fault: there is nothing of that path to answer, or the value cannot be read.
    """
    law = law_of(said)
    value = value.strip()
    _refuse_unreadable(path, value, law, len(said.answers) + 1)
    if path == PAPERS:
        value = _in_full(value, kinds_asked(law, said.about))
    before = dict(said.answers)
    if path not in before and len(before) >= ANSWERS_MAX:
        raise Fault(
            f"no more than {ANSWERS_MAX} answers can be given", remedy="take one back, or begin again"
        )
    return replace(said, answers=tuple({**before, path: value}.items()))


def removed(said: Said, path: str) -> Said:
    """Give what was said without one answer; all others stay."""
    return replace(said, answers=tuple(one for one in said.answers if one[0] != path))


def heard(said: Said, law: Pack) -> Heard:
    """Sort the answers by what they are about. Answers of papers that are not said to exist are left aside.

    Raises:
        Fault, Faults: an answer cannot be read.
    """
    if len(said.answers) > ANSWERS_MAX:
        raise Fault(f"more than {ANSWERS_MAX} answers were given", remedy="begin again")
    faults = []
    for at, (path, value) in enumerate(said.answers, 1):
        try:
            _refuse_unreadable(path, value, law, at)
        except Fault as fault:
            faults.append(fault)
    if faults:
        raise Faults(faults)
    given = dict(said.answers)
    kinds = _checklist(given.get(PAPERS, ""), kinds_asked(law, said.about))
    given = {**dict(_only_forms(kinds, law)), **given}
    papers: list[Paper] = []
    for kind in law.kinds:
        papers += _papers(kind, given, len(papers))
    last = {kind: given.get(path_of_kind(kind, _count(papers, kind) + 1)) for kind in law.kinds}
    sure = {kind: last[kind] or (kinds.get(kind) if not _count(papers, kind) else None) for kind in law.kinds}
    return Heard(
        facts={path: value for path, value in given.items() if path in vocabulary().facts},
        papers=tuple(papers),
        own={paper.name: _own(paper, given, law) for paper in papers},
        complete=frozenset(kind for kind, word in sure.items() if word in {NONE, ABSENT}),
        unsure=frozenset(kind for kind, word in sure.items() if word in {UNKNOWN, UNSURE}),
        covered=frozenset(kind for kind in law.kinds if kind in kinds or last[kind] or _count(papers, kind)),
    )


def case_of(said: Said) -> Case:
    """Give the case said so far, as a case file would hold it.

    A kind of paper of which somebody does not know whether one exists is left out of `complete`, as one not
    yet spoken of is. A paper that names no last day has no `until`.

    Raises:
        Fault, Faults: something in it cannot be read or used, and why.
    """
    law = law_of(said)
    found = heard(said, law)
    at = {path: number for number, (path, _) in enumerate(said.answers, 1)}
    question = {"kind": "contact", "about": said.about, "on": said.on}
    if said.asked_on:
        question["asked_on"] = said.asked_on
    tree: dict[str, Node] = {
        "law": _node(said.law),
        "question": _node({name: _node(value) for name, value in question.items()}),
        "facts": _node({path: _node(value, at[path]) for path, value in found.facts.items()}),
        "instruments": _node([_paper_node(paper, found, at) for paper in found.papers]),
        "complete": _node([_node(kind) for kind in sorted(found.complete)]),
        "adopt": _node([_node(name) for name in said.adopt]),
    }
    case = read_case(_node(tree), vocabulary())
    refuse_unknown(case.words, "form", law.forms)
    refuse_unstated(case, law)
    return case


def _paper_node(paper: Paper, found: Heard, at: Mapping[str, int]) -> Node:
    number = at.get(path_of_kind(paper.kind, paper.number), at.get(PAPERS, 1))
    own = {fact: _node(value, at[paper.before + fact]) for fact, value in found.own[paper.name].items()}
    until = own.pop(UNTIL, _node(UNKNOWN, number))
    entries = {"id": _node(paper.name, number), "form": _node(paper.form, number)}
    if until.value != NONE:
        entries["until"] = until
    if "instrument.from" in own:
        entries["from"] = own.pop("instrument.from")
    return _node({**entries, "facts": _node(own, number)}, number)


def _node(value: str | list[Node] | dict[str, Node], line: int = 1) -> Node:
    return Node(value, _FILE, line, 1)


def _only_forms(kinds: Mapping[str, str], law: Pack) -> Iterator[tuple[str, str]]:
    """Give the form of each kind that was ticked and has but one."""
    for kind, word in kinds.items():
        forms = [form.name for form in law.forms.values() if form.kind == kind]
        if not word and len(forms) == 1:
            yield path_of_kind(kind, 1), forms[0]


def _count(papers: list[Paper], kind: str) -> int:
    return sum(paper.kind == kind for paper in papers)


def _papers(kind: str, given: Mapping[str, str], before: int) -> Iterator[Paper]:
    """Give the papers of a kind that were said to exist, each after the one before it."""
    for number in range(1, PAPERS_MAX + 1):
        form = given.get(path_of_kind(kind, number), UNKNOWN)
        if form in {NONE, UNKNOWN}:
            return
        yield Paper(kind, number, form, str(before + number))


def _own(paper: Paper, given: Mapping[str, str], law: Pack) -> dict[str, str]:
    """Give what was said of a paper that its form can state."""
    stated = {f"{OF_PAPER}{word}" for word in ("from", "until", *law.forms[paper.form].parameters)}
    own = {
        path.removeprefix(paper.before): value
        for path, value in given.items()
        if path.startswith(paper.before)
    }
    return {fact: value for fact, value in own.items() if fact in stated}


def _checklist(value: str, kinds: list[str]) -> dict[str, str]:
    """Give what a checklist says of each kind: ABSENT, UNSURE, or empty where papers of it exist."""
    if not value:
        return {}
    found = {}
    for word in _in_full(value, kinds).split(","):
        name = word.removeprefix(ABSENT).removesuffix(UNSURE)
        found[name] = ABSENT if word.startswith(ABSENT) else UNSURE if word.endswith(UNSURE) else ""
    return found


def _in_full(value: str, kinds: list[str]) -> str:
    """Write a checklist in full: of each kind that was asked, whether papers of it exist, do not, or may."""
    if value == UNKNOWN:
        return ",".join(kind + UNSURE for kind in kinds)
    words = [] if value == NONE else [word.strip() for word in value.split(",")]
    if any(word.startswith(ABSENT) for word in words):
        return ",".join(words)
    named = {word.removesuffix(UNSURE) for word in words}
    return ",".join([*words, *(ABSENT + kind for kind in kinds if kind not in named)])


def _refuse_unreadable(path: str, value: str, law: Pack, at: int) -> None:
    """Refuse an answer to what cannot be asked, or one that cannot be read."""
    node = _node(value, at)
    name = _node(path, at)
    if not value or len(value) > LENGTH_MAX:
        node.fail(
            f"there is no answer to {path}" if not value else f"the answer to {path} is too long",
            remedy="give an answer, or unknown",
        )
    if path == PAPERS:
        _refuse_kinds(node, law)
        return
    of_kind, of_own = _KIND.fullmatch(path), _OWN.fullmatch(path)
    if of_kind:
        _refuse_form(node, name, of_kind[1], int(of_kind[2] or 1), law)
        return
    fact = of_own[3] if of_own else path
    if of_own and of_own[1] not in law.kinds:
        name.fail(
            f'"{of_own[1]}" is not a kind of paper of this law', remedy=suggestion(of_own[1], law.kinds)
        )
    kind = vocabulary().facts.get(fact)
    if kind is None or fact in _ASKED or (fact.startswith(OF_PAPER) and not of_own):
        known = [one for one in vocabulary().facts if one not in _ASKED]
        name.fail(
            f'"{path}" is nothing that can be asked here',
            remedy=suggestion(path, known, otherwise="begin again"),
        )
    read_value(node, kind, vocabulary())


def _refuse_kinds(node: Node, law: Pack) -> None:
    words = [word.strip() for word in node.text().split(",")]
    if words in ([NONE], [UNKNOWN]):
        return
    kinds = [word.removeprefix(ABSENT).removesuffix(UNSURE) for word in words]
    if NONE in words or UNKNOWN in words or len(set(kinds)) < len(kinds):
        node.fail(
            f'"{node.text()}" says two things of the papers',
            remedy="tick the papers that exist, or say that there is none, or that you do not know",
        )
    for kind in kinds:
        if kind not in law.kinds:
            node.fail(f'"{kind}" is not a kind of paper of this law', remedy=suggestion(kind, law.kinds))


def _refuse_form(node: Node, name: Node, kind: str, number: int, law: Pack) -> None:
    if kind not in law.kinds or number > PAPERS_MAX:
        name.fail(f'"{name.text()}" is nothing that can be asked here', remedy=suggestion(kind, law.kinds))
    forms = [form.name for form in law.forms.values() if form.kind == kind]
    if node.text() not in {NONE, UNKNOWN, *forms}:
        node.fail(
            f'"{node.text()}" is not a paper of the kind {kind}',
            remedy=suggestion(node.text(), [*forms, NONE, UNKNOWN]),
        )
