"""What the answer is in each case that the unknown facts leave open; most decisive fact first."""

from __future__ import annotations

from collections.abc import Sequence

from locutorio.decisions.assess import Assessment, View, assess
from locutorio.decisions.deciders import deciders
from locutorio.decisions.decision import Branch, Outcome
from locutorio.decisions.findings import shown as raw_shown
from locutorio.decisions.vary import KINDS, OTHER, Alternatives, with_fact
from locutorio.decisions.weigh import MAYBE, Said
from locutorio.facts.vocabulary import Value
from locutorio.rules.provision import Ceiling, Floor, Lapse, Permit, Prohibit, Provision, Refer, Require
from locutorio.rules.rulebook import Rulebook
from locutorio.rules.tree import facts_of, lines_of, sums_of

LEAVES_MAX = 12
DEPTH_MAX = 6
TRIED_MAX = 10
TURNING = (Permit, Prohibit, Require, Ceiling, Floor, Refer, Lapse)
Tried = tuple[str | bool | int, Assessment, View]


def unknown_facts(view: View, assessment: Assessment, book: Rulebook) -> list[str]:
    """Name the unknown facts on which the outcome may turn, kinds of paper first."""
    found: dict[str, None] = {KINDS + kind: None for kind in assessment.unknown_kinds}
    for paper in assessment.judged:
        if paper.binds == MAYBE or paper.outcome is None:
            for path in ("instrument.from", "instrument.until"):
                if path in paper.facts and paper.facts[path] is None:
                    found[f"{paper.name}:{path}"] = None
            if "instrument.from" not in paper.facts:
                found[f"{paper.name}:instrument.from"] = None
            for one in paper.said:
                found.update(dict.fromkeys(_unknown_of(one, book)))
    for said in assessment.by_sides.values():
        for one in said:
            found.update(dict.fromkeys(_unknown_of(one, book)))
    for name, state in assessment.asked.items():
        if state == MAYBE and name in assessment.turning:
            when = book.pack.contested[name].when
            lines = lines_of(when) if when else ()
            paths = [path for line in lines for path in facts_of(sums_of(line))]
            found.update(dict.fromkeys(path for path in paths if view.facts.get(path) is None))
    return list(found)


def _turns(provision: Provision) -> bool:
    """Say whether a provision can move an outcome, by itself or by removing another."""
    return bool(provision.overrides) or any(isinstance(effect, TURNING) for effect in provision.effects)


def _unknown_of(one: Said, book: Rulebook) -> list[str]:
    if one.provision.about == "contact" and not _turns(one.provision):
        return []
    uses = book.uses(one.index)
    read = [use.facts for use in uses.lines] if one.state == MAYBE else []
    read += [use.facts for use in uses.effects if isinstance(use.effect, TURNING)]
    return [
        f"{one.paper}:{path}" if path.startswith("instrument.") else path
        for paths in read
        for path in paths
        if one.facts.get(path) is None
    ]


class Brancher:
    """Grows a tree over unknown facts until every leaf is firm, or LEAVES_MAX leaves stand."""

    def __init__(self, book: Rulebook, about: str, alternatives: Alternatives) -> None:
        self.book = book
        self.about = about
        self.alternatives = alternatives
        self.leaves: list[Branch] = []
        self.more = False

    def grow(self, view: View, assessment: Assessment, when: tuple[tuple[str, Value], ...] = ()) -> None:
        """Add the leaves below a view."""
        if assessment.outcome is not None:
            self._leaf(when, assessment.outcome, assessment)
            return
        if len(when) >= DEPTH_MAX or len(self.leaves) >= LEAVES_MAX:
            self.more = True
            self._leaf(when, Outcome.PENDING, None)
            return
        chosen = self._most_decisive(view, unknown_facts(view, assessment, self.book))
        if chosen is None:
            self._leaf(when, Outcome.PENDING, None)
            return
        path, tried = chosen
        for value, below, next_view in sorted(
            self._joined(path, tried), key=lambda one: one[1].outcome is None
        ):
            step = (path, value)
            if path.startswith(KINDS) and value == "some":
                self._leaf((*when, step), Outcome.PENDING, None)
            else:
                self.grow(next_view, below, (*when, step))

    def _joined(self, path: str, tried: Sequence[Tried]) -> list[tuple[Value, Assessment, View]]:
        """Join values that lead to one firm answer: of words the largest such group is "any_other", of
        amounts
        and days each run of neighbours stands as its first value.
        """
        is_word = isinstance(tried[0][0], str)
        groups: dict[tuple[Outcome | None, tuple[str, ...], int], list[Tried]] = {}
        run, before = 0, None
        for one in tried:
            outcome, reasons = one[1].outcome, self.reasons(one[1])
            differs = before != (outcome, reasons) or outcome is None
            run += differs if not is_word or outcome is None else 0
            before = (outcome, reasons)
            groups.setdefault((outcome, reasons, run), []).append(one)
        largest = max(groups.values(), key=len)
        found: list[tuple[Value, Assessment, View]] = []
        for group in groups.values():
            for value, below, view in group if is_word and group is not largest else group[:1]:
                joined = is_word and group is largest and len(group) > 1
                found.append((OTHER if joined else self.shown(path, value), below, view))
        return found

    def reasons(self, assessment: Assessment) -> tuple[str, ...]:
        said = assessment.first_said
        return tuple(dict.fromkeys(said[at].provision.citation for at in deciders(assessment)))

    def _leaf(
        self, when: tuple[tuple[str, Value], ...], outcome: Outcome, assessment: Assessment | None
    ) -> None:
        if len(self.leaves) >= LEAVES_MAX:
            self.more = True
            return
        reasons = self.reasons(assessment) if assessment is not None else ()
        self.leaves.append(Branch(when=when, outcome=outcome, reasons=reasons))

    def _most_decisive(self, view: View, paths: Sequence[str]) -> tuple[str, list[Tried]] | None:
        """Choose the fact that leaves most answers firm, then fewest facts open, then that the contact can
        know.
        """
        best: tuple[tuple[float, float, bool], str, list[Tried]] | None = None
        kinds = [path for path in paths if path.startswith(KINDS)]
        plain = [path for path in paths if not path.startswith(KINDS)]
        for path in (*kinds, *plain[:TRIED_MAX]):
            tried = self._try(view, path)
            left = [len(unknown_facts(next_view, below, self.book)) for _, below, next_view in tried]
            firm = sum(below.outcome is not None for _, below, _ in tried)
            if not tried or (firm == 0 and min(left) >= len(paths)):
                continue
            kind = self.book.words.facts.get(path.rpartition(":")[2])
            familiar = kind is not None and "contact" in kind.known_by
            score = (firm / len(tried), -sum(left) / len(tried), familiar)
            if best is None or score > best[0]:
                best = (score, path, tried)
        return None if best is None else (best[1], best[2])

    def _try(self, view: View, path: str) -> list[Tried]:
        if path.startswith(KINDS):
            without = with_fact(view, path, "none", self.book)
            return [("none", assess(without, self.book), without), ("some", assess(view, self.book), view)]
        fact = path.rpartition(":")[2]
        name = path.partition(":")[0]
        facts = next(({**view.facts, **own} for paper, _, own in view.papers if paper == name), view.facts)
        found: list[Tried] = []
        for value in self.alternatives.of(fact, facts):
            if value is not None:
                changed = with_fact(view, path, value, self.book)
                found.append((value, assess(changed, self.book), changed))
        return found

    def shown(self, path: str, value: str | bool | int) -> Value:
        if path.startswith(KINDS):
            return value
        fact = path.rpartition(":")[2]
        if (
            isinstance(value, str)
            and len(self.alternatives.others(fact)) > 1
            and value in self.alternatives.others(fact)
        ):
            return OTHER
        found = raw_shown(fact, value, self.book)
        assert found is not None
        return found
