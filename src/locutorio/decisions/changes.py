"""What would change the answer: every fact that somebody can change, tried with each value that matters."""

from __future__ import annotations

from datetime import date

from locutorio.decisions.assess import Assessment, View
from locutorio.decisions.decision import Change, Outcome
from locutorio.decisions.findings import shown
from locutorio.decisions.trials import ON, Trials
from locutorio.decisions.vary import Alternatives
from locutorio.rules.generate import Facts
from locutorio.rules.rulebook import Rulebook

ENDED = "instrument"
BETTER = {Outcome.REFUSE: 0, Outcome.REFER: 1, Outcome.PENDING: 2, Outcome.PERMIT: 3}


def changes(view: View, assessment: Assessment, book: Rulebook, alternatives: Alternatives) -> list[Change]:
    """Give the single changes that lead to another firm outcome, best first.

    Only what an act or the passing of time can bring about is tried: nobody is helped by hearing that a
    daughter might have been a lawyer.
    """
    trials = Trials(view, book)
    found = []
    for path in sorted((book.reach_of_contact(view.about) | {ON}) & view.facts.keys()):
        if _can_change(path, book) and view.facts[path] is not None and trials.moves(path):
            found += _one_fact(trials, path, None, {}, assessment, alternatives)
    for name, form, own in view.papers:
        for path in sorted(own):
            if own[path] is not None and _can_change(path, book) and trials.moves(path):
                found += _one_fact(trials, path, name, own, assessment, alternatives)
        outcome = trials.without(name)
        if outcome is not None and outcome != assessment.outcome:
            found.append(Change(path=ENDED, now=form, then="ended", outcome=outcome, instrument=name))
    return sorted(found, key=lambda change: (-BETTER[change.outcome], change.path))


def _can_change(path: str, book: Rulebook) -> bool:
    return path == ON or (path in book.words.facts and book.words.facts[path].changes)


def _one_fact(
    trials: Trials,
    path: str,
    name: str | None,
    own: Facts,
    assessment: Assessment,
    alternatives: Alternatives,
) -> list[Change]:
    """Try a fact with each other value that matters; thresholds may lie in any paper a general fact is
    held against.
    """
    view, book = trials.view, trials.book
    beside = trials.beside if name is None else [{**view.facts, **own}]
    now = beside[0].get(path)
    values = dict.fromkeys(value for facts in beside for value in alternatives.of(path, facts))
    found = []
    for value, outcome in trials.outcomes(path, name, values):
        if outcome is None or outcome == assessment.outcome:
            continue
        then = shown(path, value, book)
        assert then is not None
        found.append(
            Change(path=path, now=shown(path, now, book), then=then, outcome=outcome, instrument=name)
        )
    return found


def better(outcome: Outcome | None, than: Outcome) -> bool:
    """Say whether an outcome is firm and better than another."""
    return outcome is not None and BETTER[outcome] > BETTER[than]


def earliest(found: list[Change], on: date, outcome: Outcome | None) -> date | None:
    """Give the first later day on which the answer is better, all else being the same: facts and law of the
    present day are taken to last. What knows how they go on has to look again on each of `later_days`.
    """
    if outcome is None:
        return None
    days = [
        change.then
        for change in found
        if change.path == ON
        and isinstance(change.then, date)
        and change.then > on
        and better(change.outcome, outcome)
    ]
    return min(days, default=None)


def later_days(view: View, alternatives: Alternatives) -> list[date]:
    """Give the later days on which the passing of time alone may turn an answer: a period ends, a paper
    begins or lapses, someone has a birthday.
    """
    on = view.facts[ON]
    assert isinstance(on, int)
    beside = (view.facts, *({**view.facts, **own} for _, _, own in view.papers))
    found = {int(day) for facts in beside for day in alternatives.of(ON, facts) if day is not None}
    return [date.fromordinal(day) for day in sorted(found) if day > on]
