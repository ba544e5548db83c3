"""When much is unknown: the answer if nothing unusual applies, and what each single unusual fact would
make of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from locutorio.decisions.assess import Assessment, View, assess
from locutorio.decisions.branches import LEAVES_MAX, Brancher, unknown_facts
from locutorio.decisions.decision import Branch, Outcome
from locutorio.decisions.vary import KINDS, with_fact
from locutorio.facts.case import NONE
from locutorio.facts.vocabulary import FactKind, Value
from locutorio.kernel.moments import NEVER, day, years_between
from locutorio.rules.generate import Raw
from locutorio.rules.provision import Require

ROUNDS_MAX = 12
SETTLED = (Outcome.PERMIT, Outcome.REFUSE)


@dataclass(frozen=True, slots=True)
class Usual:
    """What was assumed, the branches that rest on it, and which of the unknown facts turn the answer by
    themselves.
    """

    assumed: tuple[tuple[str, Value], ...]
    branches: tuple[Branch, ...]
    turning: tuple[str, ...]
    more: bool


def plain_value(kind: FactKind) -> Raw:
    """Give the plain value of a fact as conditions compare it; None where the vocabulary has none."""
    if kind.plain is None:
        return None
    match kind.type:
        case "yes_no":
            return kind.plain in {"yes", "true"}
        case "quantity":
            return int(kind.plain)
        case "day":
            return (NEVER if kind.plain == NONE else day(kind.plain)).toordinal()
        case _:
            return kind.plain


def usual_course(view: View, brancher: Brancher) -> Usual:
    """Grow the answer from plain values: no paper exists, nothing unusual is true, no key was given yet."""
    book = brancher.book
    keys = frozenset(e.key for p in book.provisions for e in p.effects if isinstance(e, Require))
    view, assessment, assumed = _settle(view, keys, brancher)
    own = Brancher(book, brancher.about, brancher.alternatives)
    own.grow(view, assessment)
    branches, turning = _deviations(view, assessment, assumed, keys, own)
    shown_assumed = tuple((path, own.shown(path, value)) for path, value in assumed.items())
    leaves = tuple(own.leaves)
    room = max(LEAVES_MAX + len(assumed) - len(leaves), 0)
    open_still = [path for leaf in leaves for path, _ in leaf.when]
    return Usual(
        shown_assumed, (*leaves, *branches[:room]), tuple(dict.fromkeys([*open_still, *turning])), own.more
    )


def _settle(
    view: View, keys: frozenset[str], brancher: Brancher
) -> tuple[View, Assessment, dict[str, str | bool | int]]:
    """Assume what is usual, round by round, until the answer is firm or nothing is left to assume."""
    book = brancher.book
    assumed: dict[str, str | bool | int] = {}
    assessment = assess(view, book)
    for _ in range(ROUNDS_MAX):
        if assessment.outcome is not None:
            break
        usual = {path: _assume(path, keys, brancher) for path in unknown_facts(view, assessment, book)}
        new = {path: value for path, value in usual.items() if value is not None and path not in assumed}
        if not new:
            break
        for path, value in new.items():
            view = with_fact(view, path, value, book)
        assumed |= new
        assessment = assess(view, book)
    return view, assessment, assumed


def _assume(path: str, keys: frozenset[str], brancher: Brancher) -> str | bool | int | None:
    if path.startswith(KINDS):
        return "none"
    if path in keys:
        return False
    facts = brancher.book.words.facts
    kind = facts.get(path)
    if kind is None:
        return None
    if kind.years_from is not None:
        born = plain_value(facts[kind.years_from])
        return None if born is None else years_between(date.fromordinal(int(born)), brancher.book.day)
    return plain_value(kind)


def _deviations(
    view: View,
    base: Assessment,
    assumed: dict[str, str | bool | int],
    keys: frozenset[str],
    brancher: Brancher,
) -> tuple[list[Branch], list[str]]:
    """Give one branch for each single departure from the usual course that changes the answer or its
    reasons.
    """
    found: list[Branch] = []
    turning: list[str] = []
    usual = (base.outcome, brancher.reasons(base))
    for path in assumed:
        if path.startswith(KINDS):
            found.append(Branch(when=((path, "some"),), outcome=Outcome.PENDING))
            turning.append(path)
            continue
        before = len(found)
        for value in brancher.alternatives.of(path, view.facts):
            if value is None:
                continue
            _, other, _ = _settle(with_fact(view, path, value, brancher.book), keys, brancher)
            answer = (other.outcome, brancher.reasons(other))
            same = other.outcome is base.outcome and (other.outcome in SETTLED or answer == usual)
            if other.outcome is None or same:
                continue
            step = (path, brancher.shown(path, value))
            found.append(Branch(when=(step,), outcome=other.outcome, reasons=answer[1]))
        if len(found) > before:
            turning.append(path)
    return found, turning
