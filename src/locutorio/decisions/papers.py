"""Judges papers about one person: does each bind on the day, and if not, why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from locutorio.decisions.decision import Outcome
from locutorio.decisions.weigh import MAYBE, NO, YES, Said, standings
from locutorio.rules.generate import Facts
from locutorio.rules.provision import Defect, Lapse, Refer, Supersede, Void
from locutorio.rules.rulebook import Rulebook, Speakers

FROM, UNTIL = "instrument.from", "instrument.until"


@dataclass(slots=True)
class Judged:
    """One paper: in three values, whether it binds on the day, and what says so.

    ``lapses`` holds (said, first day it no longer binds as ordinal or None, state). ``questions`` are the
    contested questions that leave its standing open: it counts where each takes its first side.
    """

    name: str
    form: str
    facts: Facts
    said: Sequence[Said]
    standing: Sequence[int]
    begun: int
    ended: int
    void: int
    defective: int
    superseded: int
    lapses: Sequence[tuple[int, int | None, int]]
    questions: tuple[str, ...]
    perhaps_referred: bool

    @property
    def referred(self) -> str | None:
        """The first of the contested questions that leave its standing open, if there is one."""
        return self.questions[0] if self.questions else None

    @property
    def binds(self) -> int:
        """Whether it counts on the day: YES, MAYBE or NO."""
        against = max(self.ended, self.void, self.defective, self.superseded)
        return min(self.begun, YES - against, MAYBE if self.perhaps_referred else YES)

    @property
    def outcome(self) -> Outcome | None:
        """What the paper is on the day; None where an unknown fact could turn it, PENDING before its first
        day.
        """
        gone = (
            (self.superseded, Outcome.SUPERSEDED),
            (self.void, Outcome.VOID),
            (self.ended, Outcome.LAPSED),
        )
        for state, outcome in gone:
            if state:
                return outcome if state == YES else None
        if self.referred:
            return Outcome.REFER
        if self.perhaps_referred or self.defective == MAYBE:
            return None
        if self.defective:
            return Outcome.DEFECTIVE
        return {YES: Outcome.STANDS, MAYBE: None, NO: Outcome.PENDING}[self.begun]


def speaking(
    speakers: Speakers,
    book: Rulebook,
    facts: Facts,
    adopted: frozenset[str],
    paper: str | None = None,
    most: int = YES,
) -> list[Said]:
    """Give what speaks, each at most as certain as ``most``."""
    sure, maybe = speakers.speak(facts)
    off, provisions = book.off(adopted), book.provisions
    said = [Said(i, provisions[i], most, facts, paper) for i in sure if i not in off]
    if maybe:
        perhaps = min(MAYBE, most)
        said += [Said(i, provisions[i], perhaps, facts, paper) for i in maybe if i not in off]
    return said


def judge(
    name: str,
    form: str,
    facts: Mapping[str, bool | int | str | None],
    book: Rulebook,
    on: int,
    adopted: frozenset[str],
    *,
    bare: bool = False,
) -> Judged:
    """Judge one paper on a day (an ordinal). ``facts`` holds the paper's own facts beside all others."""
    said = speaking(book.judges(form, bare=bare), book, facts, adopted, name)
    standing = standings(said, book.overriders)
    strongest = {Void: NO, Defect: NO, Supersede: NO}
    lapses: list[tuple[int, int | None, int]] = []
    questions: set[str] = set()
    perhaps = False
    for at, one in enumerate(said):
        for effect in book.weighed[one.index]:
            if type(effect) in strongest:
                strongest[type(effect)] = max(strongest[type(effect)], standing[at])
            elif isinstance(effect, Lapse) and standing[at]:
                ends = book.compute(one.index, effect.on, facts)
                lapses.append((at, ends, min(standing[at], _reached(ends, on))))
            elif isinstance(effect, Refer) and standing[at]:
                questions |= {effect.question} if standing[at] == YES else set()
                perhaps = perhaps or standing[at] == MAYBE
    until = facts.get(UNTIL, 0)
    ended = NO if until == 0 else _reached(until, on)
    return Judged(
        name=name,
        form=form,
        facts=facts,
        said=said,
        standing=standing,
        begun=_reached(facts.get(FROM), on),
        ended=max([ended, *(state for _, _, state in lapses)]),
        void=strongest[Void],
        defective=strongest[Defect],
        superseded=strongest[Supersede],
        lapses=lapses,
        questions=tuple(sorted(questions)),
        perhaps_referred=perhaps and not questions,
    )


def _reached(day: bool | int | str | None, on: int) -> int:
    return MAYBE if day is None else YES if on >= int(day) else NO
