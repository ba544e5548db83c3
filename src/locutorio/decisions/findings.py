"""Turns what was weighed into findings a reader can follow: every line, with the facts and numbers it
used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from locutorio.decisions.decision import FactSeen, Finding, LineSeen, NumberSeen, Truth
from locutorio.decisions.weigh import YES, Said
from locutorio.facts.snapshot import Snapshot
from locutorio.facts.vocabulary import Value
from locutorio.rules.effects import NAMES
from locutorio.rules.explain import line_truth
from locutorio.rules.generate import Raw
from locutorio.rules.provision import Provision, Require
from locutorio.rules.rulebook import ABOUT, Rulebook
from locutorio.rules.uses import EffectUse, LineUse

TRUTHS: Mapping[bool | None, Truth] = {True: Truth.YES, False: Truth.NO, None: Truth.UNKNOWN}


def shown(path: str, value: Raw, book: Rulebook) -> Value | None:
    """Give a raw value as the vocabulary types it: an ordinal of a day becomes the day."""
    if value is None:
        return None
    is_day = path in book.words.facts and book.words.facts[path].type == "day"
    return date.fromordinal(int(value)) if is_day else value


@dataclass(slots=True)
class Findings:
    """Makes findings for one decision, each once."""

    book: Rulebook
    snapshot: Snapshot
    _made: dict[tuple[str, str | None], Finding] = field(default_factory=dict)
    _seen: dict[tuple[str, str | None, Raw], FactSeen] = field(default_factory=dict)

    def of(self, said: Said) -> Finding:
        """Give the finding of one provision that spoke."""
        key = (said.provision.name, said.paper)
        if key not in self._made:
            self._made[key] = self._make(said)
        return self._made[key]

    def _make(self, said: Said) -> Finding:
        provision = said.provision
        return Finding(
            provision=provision.name,
            instrument=said.paper,
            citation=provision.citation,
            rank=provision.rank,
            status=provision.status,
            reading=provision.reading,
            says=provision.says,
            effects=tuple(dict.fromkeys(NAMES[type(effect)] for effect in provision.effects)),
            truth=Truth.YES if said.state == YES else Truth.UNKNOWN,
            source=provision.source,
            read_on=provision.read_on,
            lines=self._lines(said),
        )

    def _lines(self, said: Said) -> tuple[LineSeen, ...]:
        uses = self.book.uses(said.index)
        lines = [self._line(use, said) for use in uses.lines if self._shows(use)]
        return (*lines, *(self._effect(use, said) for use in uses.effects))

    def _shows(self, use: LineUse) -> bool:
        """Say whether an answer may show a line: not where it reads what must not be told by the answer."""
        known = self.book.words.facts
        return use.facts != (ABOUT,) and not any(path in known and known[path].veiled for path in use.facts)

    def _line(self, use: LineUse, said: Said) -> LineSeen:
        if said.state == YES and use.needed:
            truth = Truth.YES
        else:
            truth = TRUTHS[line_truth(use.line, said.facts, self.book.numbers[said.index])]
        return LineSeen(
            text=use.line.source,
            truth=truth,
            facts=self.facts(use.facts, said),
            numbers=self.numbers(use.numbers, said.provision),
        )

    def _effect(self, use: EffectUse, said: Said) -> LineSeen:
        facts = self.facts(use.facts, said)
        if isinstance(use.effect, Require):
            truth = TRUTHS[None if facts[0].value is None else bool(facts[0].value)]
            return LineSeen(text=f"require {use.effect.key}", truth=truth, facts=facts)
        numbers = self.numbers(use.numbers, said.provision)
        return LineSeen(text=NAMES[type(use.effect)], truth=Truth.YES, facts=facts, numbers=numbers)

    def facts(self, paths: tuple[str, ...], said: Said) -> tuple[FactSeen, ...]:
        """Give facts as seen by one provision, with the paper each was read from; age comes with its
        birthday.
        """
        return tuple([self._fact(path, said) for path in paths])

    def _fact(self, path: str, said: Said) -> FactSeen:
        value = said.facts.get(path)
        paper = said.paper if path.startswith("instrument.") else None
        key = (path, paper, value)
        if key not in self._seen:
            self._seen[key] = FactSeen(
                path=path,
                value=shown(path, value, self.book),
                source=self._source(path, said.paper),
                instrument=paper,
            )
        return self._seen[key]

    def _source(self, path: str, paper: str | None) -> str | None:
        if path.startswith("instrument."):
            found = next((one for one in self.snapshot.papers if one.name == paper), None)
            return (found.sources.get(path) or found.source) if found else None
        return self.snapshot.sources.get(path)

    def numbers(self, names: tuple[str, ...], provision: Provision) -> tuple[NumberSeen, ...]:
        """Give numbers with the row in force on the rulebook's day."""
        if not names:
            return ()
        seen = []
        for name in names:
            number = provision.numbers[name]
            row = number.on(self.book.day)
            assert row is not None
            seen.append(
                NumberSeen(
                    name=name,
                    value=row.value,
                    unit=number.unit,
                    label=number.label,
                    citation=row.citation,
                    since=row.since,
                )
            )
        return tuple(seen)


def unique(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give findings in order, each provision of each paper once."""
    return tuple({(finding.provision, finding.instrument): finding for finding in findings}.values())


def frame(snapshot: Snapshot, book: Rulebook) -> dict[str, object]:
    """Give what every decision says of the law it rests on."""
    return {
        "pack": book.pack.name,
        "pack_title": book.pack.title,
        "pack_hash": book.pack.hash,
        "reviewed_by": book.pack.reviewed_by,
        "adopted": tuple(sorted(snapshot.adopted)),
        "ladder": book.pack.ladder,
        "kinds": {name: (kind.label, kind.ask) for name, kind in book.pack.kinds.items()},
    }
