"""decide(): one pure function for the three kinds of question. No clock, no database, no words."""

from __future__ import annotations

from locutorio.decisions.assess import Assessment, View, assess, view_of
from locutorio.decisions.beside import beside, contested_seen, defeated, limits, may_last
from locutorio.decisions.branches import Brancher, unknown_facts
from locutorio.decisions.changes import changes, earliest
from locutorio.decisions.clock_question import decide_clock
from locutorio.decisions.clocks import known_clocks
from locutorio.decisions.contact import conditions_seen, instrument_seen, keys_seen, supporting
from locutorio.decisions.deciders import deciders
from locutorio.decisions.decision import Decision, Outcome
from locutorio.decisions.findings import Findings, frame
from locutorio.decisions.instrument_question import decide_instrument
from locutorio.decisions.settling import Settling
from locutorio.decisions.usual import usual_course
from locutorio.decisions.vary import Alternatives
from locutorio.decisions.weighing import Weighing, told
from locutorio.facts.snapshot import Question, Snapshot
from locutorio.kernel.faults import Fault, suggestion
from locutorio.rules.rulebook import Rulebook

TREE_MAX = 4


class Judge:
    """Decides by one rulebook; holds nothing but what was compiled from it."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self._alternatives: dict[str, Alternatives] = {}

    def alternatives(self, about: str) -> Alternatives:
        """Give the values that matter to one question of contact, worked out once."""
        if about not in self._alternatives:
            self._alternatives[about] = Alternatives(self.book, about)
        return self._alternatives[about]

    def outcome(self, snapshot: Snapshot) -> Outcome | None:
        """Give the bare outcome of a question of contact; None where an unknown fact could turn it."""
        return assess(view_of(snapshot, self.book), self.book, bare=True).outcome

    def reasoned(self, snapshot: Snapshot) -> Decision:
        """Decide with every reason, but without branches and what would change the answer."""
        return self._contact(snapshot, deep=False)

    def decide(self, snapshot: Snapshot) -> Decision:
        """Decide with everything a reader is owed.

        Raises:
            Fault: the question cannot be answered by this pack, and why.
        """
        _check(snapshot, self.book)
        match snapshot.question.kind:
            case "contact":
                return self._contact(snapshot, deep=True)
            case "instrument":
                return decide_instrument(snapshot, self.book)
            case _:
                return decide_clock(snapshot, self.book)

    def _contact(self, snapshot: Snapshot, *, deep: bool) -> Decision:
        view = view_of(snapshot, self.book)
        assessment = assess(view, self.book)
        decision_parts = self._deep(view, assessment, snapshot.question) if deep else {}
        weighing = Weighing(assessment, Findings(self.book, snapshot), snapshot)
        outcome = assessment.outcome or Outcome.PENDING
        notices, routes = told(weighing, outcome)
        made = deciders(assessment)
        return Decision(
            kind="contact",
            outcome=outcome,
            firm=assessment.outcome is not None,
            on=snapshot.question.on,
            asked_on=snapshot.question.asked_on,
            known_at=snapshot.known_at,
            about=snapshot.question.about,
            reasons=tuple(weighing.finding(at) for at in made),
            supporting=supporting(weighing, made),
            defeated=defeated(weighing),
            conditions=conditions_seen(weighing) if outcome is not Outcome.REFUSE else (),
            keys=keys_seen(weighing),
            limits=limits(weighing),
            may_last=may_last(weighing) if outcome is not Outcome.REFUSE else {},
            beside=beside(weighing),
            instruments=tuple(instrument_seen(paper, weighing.findings) for paper in assessment.judged),
            notices=notices,
            routes=routes,
            contested=contested_seen(weighing),
            **decision_parts,  # type: ignore[arg-type]
            **frame(snapshot, self.book),  # type: ignore[arg-type]
        )

    def _deep(self, view: View, assessment: Assessment, question: Question) -> dict[str, object]:
        alternatives = self.alternatives(view.about)
        parts = self._open(view, assessment, alternatives) if assessment.outcome is None else {}
        found = changes(view, assessment, self.book, alternatives)
        first = earliest(found, question.on, assessment.outcome)
        return {**parts, "changes": tuple(found), "earliest": first}

    def _open(self, view: View, assessment: Assessment, alternatives: Alternatives) -> dict[str, object]:
        """Say what the unknown facts leave open; where every case comes out the same, that is the outcome."""
        assessment.outcome = Settling(self.book, alternatives).outcome(view)
        if assessment.outcome is not None:
            return {}
        unknown = unknown_facts(view, assessment, self.book)
        brancher = Brancher(self.book, view.about, alternatives)
        if len(unknown) <= TREE_MAX:
            brancher.grow(view, assessment)
            if not brancher.more:
                return {"branches": tuple(brancher.leaves), "unknown": tuple(unknown)}
        usual = usual_course(view, brancher)
        return {
            "branches": usual.branches,
            "more_branches": usual.more,
            "assumed": usual.assumed,
            "unknown": usual.turning,
            "also_unknown": tuple(path for path in unknown if path not in usual.turning),
        }


def _check(snapshot: Snapshot, book: Rulebook) -> None:
    question = snapshot.question
    if question.kind == "instrument" and question.subject not in {paper.name for paper in snapshot.papers}:
        raise Fault(
            f'the case holds no paper "{question.subject}"',
            remedy=suggestion(question.subject or "", [paper.name for paper in snapshot.papers]),
        )
    clocks = known_clocks(book)
    if question.kind == "clock" and question.subject not in clocks:
        raise Fault(
            f'there is no clock "{question.subject}"', remedy=suggestion(question.subject or "", clocks)
        )
    known = {*book.pack.provisions, *(row for p in book.pack.provisions.values() for row in p.rows)}
    for name in sorted(snapshot.adopted - known):
        raise Fault(
            f'there is no provision or catalogue row "{name}" to adopt', remedy=suggestion(name, known)
        )


def decide(snapshot: Snapshot, book: Rulebook) -> Decision:
    """Decide one question on what is known, by the law of the day of the contact.

    ``earliest`` takes the facts and the law of the day to last: a snapshot holds no more. What knows the case
    through time corrects it.

    Args:
        snapshot: the question and everything known of it.
        book: the law in force on the day asked about.

    Raises:
        Fault: the question cannot be answered by this pack, and why.
    """
    return Judge(book).decide(snapshot)
