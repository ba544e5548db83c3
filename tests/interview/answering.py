"""Answers an interview from a whole case ("I don't know" where it is silent); decides witnesses again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from statistics import median

from locutorio.actions import answer, interview, shelf
from locutorio.actions.case_text import write_value
from locutorio.actions.interview import Asked, Said, Step
from locutorio.decisions.assess import View, view_of
from locutorio.decisions.cases import WorkedCase, snapshot_of
from locutorio.decisions.decide import Judge
from locutorio.decisions.decision import Outcome
from locutorio.decisions.findings import shown
from locutorio.decisions.witnesses import Witness
from locutorio.facts.case import NONE, UNKNOWN
from locutorio.facts.snapshot import Paper, Question, Snapshot
from locutorio.rules.rulebook import ABOUT, Rulebook

ON, ASKED_ON, UNTIL, ROLE = "request.on", "request.asked_on", "instrument.until", "contact.role"
QUESTIONS_MAX = 120


@dataclass(frozen=True)
class Known:
    """A whole case, as somebody who knows it answers from it."""

    worked: WorkedCase
    law: str
    book: Rulebook
    view: View

    def answer(self, asked: Asked) -> str:
        """Give the answer to a question, as a case file writes it."""
        if asked.path == "instruments":
            return ",".join(self._of_kind(choice.value) for choice in asked.choices if choice.value != NONE)
        if asked.path.startswith("instruments."):
            _, kind, *rest = asked.path.split(".")
            papers = self.papers(kind, {choice.value for choice in asked.choices})
            number = int(rest[0]) if rest else 1
            return papers[number - 1][1] if number <= len(papers) else self._no_more(kind)
        before, colon, fact = asked.path.rpartition(":")
        if not colon:
            return self._written(fact, self.view.facts.get(fact))
        kind, _, place = before.rpartition("-")
        own = self.papers(kind)[int(place) - 1][2]
        return NONE if fact == UNTIL and fact not in own else self._written(fact, own.get(fact))

    def papers(self, kind: str, forms: set[str] | None = None) -> list[tuple[str, str, Mapping[str, object]]]:
        """Give the papers of a kind that can be named: those whose form is offered."""
        if forms is None:
            offered = [form.name for form in self.book.pack.forms.values() if form.kind == kind]
            makes = [name for name in offered if self.book.form(name, self.view.about).indices]
            forms = set(makes or offered)
        return [paper for paper in self.view.papers if paper[1] in forms]

    def _of_kind(self, kind: str) -> str:
        if any(self.book.pack.forms[form].kind == kind for _, form, _ in self.view.papers):
            return kind
        return f"{kind}?" if kind in self.view.open_kinds else f"-{kind}"

    def _no_more(self, kind: str) -> str:
        return UNKNOWN if kind in self.view.open_kinds else NONE

    def _written(self, fact: str, value: object) -> str:
        return write_value(shown(fact, value, self.book))  # type: ignore[arg-type]


@cache
def judge_of(book: Rulebook) -> Judge:
    return Judge(book)


def contact_cases(law: str) -> list[WorkedCase]:
    """Give the worked cases of a pack that ask about a contact."""
    return [one for one in shelf.cases(law).worked if one.case.question.kind == "contact"]


def known(law: str, worked: WorkedCase) -> Known:
    book = shelf.shelf(law).on(worked.case.question.on)
    snapshot = snapshot_of(worked.case, book.pack.zone, list(book.pack.kinds))
    return Known(worked, law, book, view_of(snapshot, book))


def begun(one: Known) -> Said:
    """Give the interview of a case before the first answer."""
    question = one.worked.case.question
    return Said(
        law=one.law,
        about=question.about or "",
        on=question.on.isoformat(),
        asked_on=question.asked_on.isoformat() if question.asked_on else "",
        adopt=tuple(sorted(one.worked.case.adopt)),
    )


def steps(one: Known, lang: str = "en") -> Iterator[tuple[Said, Step]]:
    """Walk an interview to its end."""
    said = begun(one)
    for _ in range(QUESTIONS_MAX):
        step = interview.step(said, lang)
        yield said, step
        if step.question is None:
            return
        given = one.answer(step.question)
        assert step.question.path not in dict(said.answers), f"{step.question.path} is asked twice"
        said = interview.answered(said, step.question.path, given)
    raise AssertionError(f"more than {QUESTIONS_MAX} questions")


def walked(law: str, worked: WorkedCase) -> int:
    """Walk one interview and hold it to its promises; give how many questions were asked."""
    one = known(law, worked)
    asked = 0
    for said, step in steps(one):
        if step.question is not None:
            asked += 1
            assert step.witness is not None
            refuse_false(step.witness, step.question.path, said, one)
    whole = answer.answer(worked.case)
    assert (step.decision.outcome, step.decision.firm) == (whole.outcome, whole.firm), (
        f"{worked.name}: {step.decision.outcome} ({step.decision.firm}) after {asked} questions, "
        f"{whole.outcome} ({whole.firm}) for the whole case"
    )
    return asked


def refuse_false(witness: Witness, path: str, said: Said, one: Known) -> None:
    """Decide both worlds of a witness again, each as a case of its own; compare them with what was said."""
    outcomes = [_decided(world, one.book) for world in (witness.one, witness.other)]
    assert outcomes == [*witness.outcomes], f"{path}: {outcomes} where {witness.outcomes} was claimed"
    assert outcomes[0] is not outcomes[1], f"{path} turns nothing"
    assert _differs(witness) <= 1, f"{path}: its two worlds differ in more than the answer"
    case = interview.case_of(said)
    for fact, (entry,) in case.facts.items():
        for world in (witness.one, witness.other):
            now = shown(fact, world.facts.get(fact), one.book)
            assert entry.value is None or now == entry.value, f"{path}: a world denies {fact}"


def _differs(witness: Witness) -> int:
    """Count the facts, papers and kinds of paper in which two worlds differ."""
    one, other = witness.one, witness.other
    facts = sum(value != other.facts.get(path) for path, value in one.facts.items())
    before, after = ({name: own for name, _, own in world.papers} for world in (one, other))
    papers = len(before.keys() ^ after.keys())
    stated = sum(
        before[name].get(path) != value
        for name in before.keys() & after.keys()
        for path, value in after[name].items()
    )
    return facts + papers + stated + len({*one.open_kinds} ^ {*other.open_kinds})


def _decided(world: View, book: Rulebook) -> Outcome:
    """Decide a world from its facts alone, through everything that a case file goes through after reading."""
    facts = {path: shown(path, value, book) for path, value in world.facts.items() if value is not None}
    on, asked_on = facts.pop(ON), facts.pop(ASKED_ON, None)
    question = Question("contact", on, facts.pop(ABOUT), asked_on)  # type: ignore[arg-type]
    papers = tuple(
        Paper(name, form, {path: shown(path, value, book) for path, value in own.items()})  # type: ignore[misc]
        for name, form, own in world.papers
    )
    complete = frozenset(book.pack.kinds) - set(world.open_kinds)
    snapshot = Snapshot(question, facts, papers, complete, world.adopted)  # type: ignore[arg-type]
    return judge_of(book).reasoned(snapshot).outcome


def counted(law: str, worked: WorkedCase) -> str:
    """Walk one interview; give what it was about with how many questions were asked."""
    asked = walked(law, worked)
    role = worked.case.facts.get(ROLE)
    ordinary = role is not None and role[0].value == "social" and not worked.case.papers
    about = worked.case.question.about or ""
    return f"{f'{about} of family, no paper' if ordinary else f'{about}, others'}:{asked}"


def told(tally: Mapping[str, int]) -> list[str]:
    """Say the median and the largest number of questions, of all interviews and by what they were about."""
    numbers: dict[str, list[int]] = {}
    for key, count in tally.items():
        about, _, asked = key.rpartition(":")
        for name in ("all", about):
            numbers.setdefault(name, []).extend([int(asked)] * count)
    return [
        f"{name}: median {median(found):g} questions, at most {max(found)}, in {len(found)} interviews"
        for name, found in sorted(numbers.items())
    ]
