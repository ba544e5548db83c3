"""The third kind of question: until when can something be done, and has that day gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from locutorio.decisions.clocks import ClockWeighed, weigh_clock
from locutorio.decisions.decision import Branch, Contested, Decision, NoticeOwed, Outcome, Route, Side
from locutorio.decisions.findings import frame, unique
from locutorio.decisions.weigh import MAYBE, YES
from locutorio.decisions.weighing import Weighing, bare_weighing, overridden, raised, raw_facts, tell
from locutorio.facts.snapshot import Snapshot
from locutorio.kernel.moments import plus_days
from locutorio.rules.generate import Facts
from locutorio.rules.provision import ContestedQuestion, Window
from locutorio.rules.rulebook import Rulebook
from locutorio.rules.tree import facts_of, lines_of, sums_of


@dataclass(frozen=True, slots=True)
class _Sided:
    """One clock weighed on each combination of sides; the first is the interim's."""

    questions: Sequence[ContestedQuestion]
    weighed: Sequence[tuple[Mapping[str, str], ClockWeighed]]

    @property
    def first(self) -> ClockWeighed:
        return self.weighed[0][1]

    @property
    def outcome(self) -> Outcome | None:
        outcomes = {one.outcome for _, one in self.weighed}
        if None in outcomes:
            return None
        return outcomes.pop() if len(outcomes) == 1 else Outcome.REFER


def decide_clock(snapshot: Snapshot, book: Rulebook) -> Decision:
    """Say until when something can be done, and whether that day has gone."""
    question = snapshot.question
    facts = raw_facts(snapshot, book)
    weighing = bare_weighing(snapshot, book, ())
    sided = _weigh(question.subject or "", facts, weighing)
    first, outcome = sided.first, sided.outcome
    standing = [one for at, one in enumerate(first.said) if first.standing[at] == YES]
    notices: list[NoticeOwed] = []
    routes: list[Route] = []
    for one in standing:
        tell(one, outcome or Outcome.PENDING, weighing, notices, routes)
    window = (first.seen.finding,) if first.seen else ()
    return Decision(
        kind="clock",
        outcome=outcome or Outcome.PENDING,
        firm=outcome is not None,
        on=question.on,
        asked_on=question.asked_on,
        known_at=snapshot.known_at,
        about=None,
        subject=question.subject,
        reasons=unique(window),
        supporting=unique(f for f in (weighing.findings.of(one) for one in standing) if f not in window),
        defeated=tuple(overridden(first.said, first.standing, weighing)),
        beside=tuple(entry for one in standing for entry in raised(one, weighing)),
        clocks=(first.seen,) if first.seen else (),
        notices=tuple(notices),
        routes=tuple(routes),
        contested=_contested(sided),
        unknown=_unknown(first, facts) if outcome is None else (),
        branches=_branches(first) if outcome is None else (),
        **frame(snapshot, book),  # type: ignore[arg-type]
    )


def _weigh(name: str, facts: Facts, weighing: Weighing) -> _Sided:
    book, snapshot = weighing.findings.book, weighing.snapshot
    sides = {p.side[0] for i in book.clocks(name).indices if (p := book.provisions[i]).side}
    questions = [book.pack.contested[q] for q in sorted(sides) if book.asks(book.pack.contested[q], facts)]
    choices = [[(question.name, side.name) for side in question.sides] for question in questions]
    weighed = []
    for chosen in product(*choices):
        taken = dict(chosen)
        on, adopted = snapshot.question.on, snapshot.adopted
        weighed.append((taken, weigh_clock(name, facts, on, weighing.findings, adopted, taken)))
    return _Sided(questions, weighed)


def _contested(sided: _Sided) -> tuple[Contested, ...]:
    found = []
    for question in sided.questions:
        sides = []
        for side in question.sides:
            taken = (one for chosen, one in sided.weighed if chosen[question.name] == side.name)
            outcome = next((one.outcome for one in taken), None)
            sides.append(Side(name=side.name, says=side.says, authorities=side.authorities, outcome=outcome))
        found.append(
            Contested(
                name=question.name,
                question=question.question,
                sides=tuple(sides),
                interim=question.interim,
                office=question.office,
                decides=sided.outcome is Outcome.REFER,
            )
        )
    return tuple(found)


def _branches(weighed: ClockWeighed) -> tuple[Branch, ...]:
    """Where only the day of the act is unknown: in time up to the last day, and past from the next."""
    if weighed.window is None or weighed.seen is None or weighed.seen.last_day is None:
        return ()
    window, end, citation = weighed.window[1], weighed.seen.last_day, weighed.seen.finding.citation
    after = plus_days(end, 1)
    if window.acted is None or after is None:
        return ()
    return (
        Branch(when=((window.acted, end),), outcome=Outcome.OPEN, reasons=(citation,)),
        Branch(when=((window.acted, after),), outcome=Outcome(window.past), reasons=(citation,)),
    )


def _unknown(weighed: ClockWeighed, facts: Facts) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for one in weighed.said:
        sets = one.provision.overrides or any(isinstance(e, Window) for e in one.provision.effects)
        if sets and one.state == MAYBE and one.provision.when:
            paths = [p for line in lines_of(one.provision.when) for p in facts_of(sums_of(line))]
            found.update(dict.fromkeys(p for p in paths if facts.get(p) is None))
    if weighed.window:
        window = weighed.window[1]
        needed = (*facts_of((window.start, window.days)), *((window.acted,) if window.acted else ()))
        found.update(dict.fromkeys(p for p in needed if facts.get(p) is None))
    return tuple(found)
