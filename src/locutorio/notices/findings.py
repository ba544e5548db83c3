"""Tells one finding: what the law says, on which facts and numbers, and what a reader must know of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace

from locutorio.decisions.decision import Decision, FactSeen, Finding, LineSeen, NumberSeen, Outcome, Truth
from locutorio.notices.letter import FindingBlock
from locutorio.notices.words import Words, clean, quoted, sentence

ADOPTED = ("verified-2", "recalled")
THE_QUESTION = ("request.about", "request.on")


def every_finding(value: object) -> Iterator[Finding]:
    """Give every finding that a value of a decision holds, in order, repeated where it stands twice."""
    if isinstance(value, tuple):
        for item in value:
            yield from every_finding(item)
    elif is_dataclass(value) and not isinstance(value, type):
        if isinstance(value, Finding):
            yield value
        for field in fields(value):
            yield from every_finding(getattr(value, field.name))


def _name(finding: Finding) -> tuple[str, str | None]:
    return finding.provision, finding.instrument


def _says_something(line: LineSeen) -> bool:
    """Tell whether a line used more than facts that are not known; those stand under what is not known."""
    return bool(line.numbers) or any(fact.value is not None for fact in line.facts)


class Teller:
    """Tells the findings of one decision; one that was told in full is only cited afterwards."""

    def __init__(self, decision: Decision, lang: str) -> None:
        self.decision = decision
        self.words = Words(lang, decision.about)
        decided = replace(decision, comments=())
        read = Counter(finding.read_on for finding in every_finding(decided))
        self.oldest = min(read, default=None)
        self.usual = max(sorted(read), key=lambda day: read[day], default=None)
        self._titles = {paper.name: paper.title for paper in decision.instruments}
        self._sources: dict[str | None, str | None] = {
            paper.name: paper.source for paper in decision.instruments
        }
        self._reasons = {_name(reason) for reason in decision.reasons}
        self._told: set[tuple[str, str | None]] = set()
        self._facts_told: set[str] = set()

    def has_told(self, finding: Finding) -> bool:
        """Tell whether this finding already stands in the letter."""
        return _name(finding) in self._told

    def paper(self, name: str) -> str:
        """Name a paper by its title and its name in the case."""
        if name not in self._titles:
            return clean(name)
        title = self.words.text(self._titles[name])
        return self.words.say("finding.named_paper", title=title, name=clean(name))

    def outcome(self, outcome: Outcome) -> str:
        """Say an outcome inside a sentence."""
        begins_later = outcome is Outcome.PENDING and self.decision.kind == "instrument"
        return self.words.say("outcome.pending_paper" if begins_later else f"outcome.{outcome.value}")

    def cite(self, finding: Finding) -> str:
        """Give a citation with the marks that go with it wherever it stands."""
        say = self.words.say
        marks = []
        if finding.instrument is not None:
            marks.append(self.paper(finding.instrument))
        if finding.reading is not None:
            marks.append(say("finding.short_reading", number=str(finding.reading)))
        if finding.status in ADOPTED:
            marks.append(say("finding.short_adopted"))
        citation = clean(finding.citation)
        if not marks:
            return citation
        return say("finding.cited", citation=citation, marks=say("list.separator").join(marks))

    def cites(self, findings: Iterable[Finding]) -> str:
        """Give several citations, each once."""
        return self.words.apart(dict.fromkeys(self.cite(finding) for finding in findings))

    def block(
        self, finding: Finding, head: str = "", *, in_doubt: bool = False, brief: bool = False
    ) -> FindingBlock:
        """Tell a finding, in full the first time.

        Args:
            finding: what one provision says.
            head: what it does here.
            in_doubt: the text before it already says that it may not apply.
            brief: tell it in one sentence, without what it used.
        """
        told = self.has_told(finding)
        self._told.add(_name(finding))
        return FindingBlock(
            citation=clean(finding.citation),
            says="" if told else sentence(self.words.text(finding.says)),
            head=sentence(head),
            lead=self.words.say("finding.told" if told else "finding.lead"),
            seen=() if told or brief else self._seen(finding),
            marks=self._marks(finding, brief=told or brief, in_doubt=in_doubt),
            provision=finding.provision,
        )

    def blocks(self, findings: Iterable[Finding], head: str = "") -> list[FindingBlock]:
        """Tell several findings; the head stands on the first only."""
        told = []
        for finding in findings:
            told.append(self.block(finding, head))
            head = ""
        return told

    def _marks(self, finding: Finding, *, brief: bool, in_doubt: bool) -> tuple[str, ...]:
        say = self.words.say
        marks = []
        if finding.status in ADOPTED:
            marks.append(say("finding.adopted"))
        if not brief:
            if finding.truth is Truth.UNKNOWN and not in_doubt:
                marks.append(say("finding.unknown"))
            marks.extend(self._marks_of_the_first(finding))
        return tuple(sentence(mark) for mark in marks)

    def _marks_of_the_first(self, finding: Finding) -> Iterator[str]:
        """Give what is said where a finding is told in full, and not again."""
        say = self.words.say
        if finding.reading is not None:
            yield say("finding.reading", number=str(finding.reading))
        if finding.instrument is not None:
            yield say("finding.paper", paper=self.paper(finding.instrument))
        if finding.read_on != self.usual:
            yield say("finding.read_on", day=self.words.day(finding.read_on))

    def _seen(self, finding: Finding) -> tuple[str, ...]:
        """Say what the lines used; what the letter has said before is said again for reasons only."""
        again = self.decision.firm and _name(finding) in self._reasons
        seen = [
            line
            for line in dict.fromkeys(self._line(line) for line in finding.lines if _says_something(line))
            if line and (again or line not in self._facts_told)
        ]
        self._facts_told.update(seen)
        return tuple(sentence(line) for line in seen)

    def _line(self, line: LineSeen) -> str:
        """Say what one condition line used: "age on the day: 15 years (number: 16 years, ...)"."""
        say = self.words.say
        facts = self.words.apart(
            dict.fromkeys(self.fact(fact) for fact in line.facts if fact.path not in THE_QUESTION)
        )
        numbers = self.words.apart(self._number(number) for number in line.numbers)
        if facts and numbers:
            return say("finding.with_numbers", facts=facts, numbers=numbers)
        return facts or numbers

    def fact(self, fact: FactSeen) -> str:
        """Say a fact as a line used it, and the paper it was read from."""
        say, words = self.words.say, self.words
        label = words.label(fact.path)
        if fact.instrument is not None:
            label = say("value.of_paper", label=label, paper=clean(fact.instrument))
        told = say("finding.fact", label=label, value=words.value(fact.path, fact.value))
        source = quoted(fact.source)
        if source and fact.source != self._sources.get(fact.instrument):
            return say("finding.with_source", fact=told, source=source)
        return told

    def _number(self, number: NumberSeen) -> str:
        return self.words.say(
            "finding.number",
            value=self.words.quantity(number.value, number.unit),
            label=self.words.text(number.label),
            citation=clean(number.citation),
            day=self.words.day(number.since),
        )
