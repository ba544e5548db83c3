"""Prepares the text of a first request, one for each way to contest an answer, in the voice of its user."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from locutorio.decisions.decision import Decision, Outcome, Route, Truth
from locutorio.notices import answer, contest
from locutorio.notices.findings import THE_QUESTION, Teller
from locutorio.notices.handout import Blank, Handout, Part
from locutorio.notices.letter import Block
from locutorio.notices.slip import told_briefly
from locutorio.notices.words import closed, sentence

VOICES = ("person", "contact", "counsel", "consulate")
FACTS_MAX = 12


def can_contest(decision: Decision) -> bool:
    """Tell whether the law gives anybody a way to contest this answer."""
    return any(route.recipient in VOICES for route in decision.routes)


def requests(decision: Decision, lang: str) -> tuple[Handout, ...]:
    """Give the text of each first request that this answer opens, in the order of its ways to contest.

    It states what was said, what the law says with its citation, what is asked and until when it is in time.
    Names, numbers, days not known and signatures are spaces to fill by hand.
    """
    ways: dict[tuple[str, str, str], Route] = {}
    for route in decision.routes:
        if route.recipient in VOICES:
            ways.setdefault((route.recipient, route.office, route.form["en"]), route)
    return tuple(_Request(decision, lang, route).handout() for route in ways.values())


class _Request:
    """One request."""

    def __init__(self, decision: Decision, lang: str, route: Route) -> None:
        self._decision = decision
        self._route = route
        self._teller = Teller(decision, lang)
        self._words = self._teller.words

    def handout(self) -> Handout:
        say = self._words.say
        parts = (
            Part(say("request.from"), blanks=tuple(self._names())),
            Part(
                say("request.about"), (self._about(),), blanks=(self._blank("told"), self._blank("told_on"))
            ),
            Part(say("request.facts"), items=tuple(self._facts())),
            Part(say("request.law"), items=self._law()),
            Part(say("request.asks"), tuple(self._asks()), blanks=(self._blank("more", lines=2),)),
            Part(say("request.in_time"), tuple(self._in_time())),
            Part(say("request.signed"), blanks=(self._blank("signature"), self._blank("day"))),
        )
        return Handout(
            lang=self._words.lang,
            title=say("request.title", office=self._words.office(self._route.office)),
            lead=(
                say("request.form", form=closed(self._words.text(self._route.form))),
                say("request.prepared"),
            ),
            parts=tuple(part for part in parts if part.paragraphs or part.items or part.blanks),
            foot=(say("request.foot"), *answer.foot(self._teller)[:2]),
        )

    def _names(self) -> Iterator[Blank]:
        names = {"person": ("name", "number"), "contact": ("name", "person_name")}
        others = ("name", "person_name", "number")
        for name in (*names.get(self._route.recipient, others), "establishment"):
            yield self._blank(name)

    def _blank(self, name: str, lines: int = 1) -> Blank:
        return Blank(self._words.say(f"request.blank.{name}"), lines)

    def _about(self) -> str:
        voice = self._words.say(f"request.voice.{self._route.recipient}")
        return self._words.say("request.opening", voice=voice, asked=closed(answer.title(self._teller)))

    def _facts(self) -> Iterator[str]:
        """Give the facts that made the answer, each once."""
        findings = (*self._decision.reasons, *(key.finding for key in self._decision.keys))
        seen = (fact for finding in findings for line in finding.lines for fact in line.facts)
        known = {(fact.path, fact.instrument): fact for fact in seen if fact.value is not None}
        told = (fact for fact in known.values() if fact.path not in THE_QUESTION)
        yield from dict.fromkeys(sentence(self._teller.fact(fact)) for fact in islice(told, FACTS_MAX))

    def _law(self) -> tuple[str, ...]:
        findings = (*self._decision.reasons, *(key.finding for key in self._decision.keys))
        blocks: list[Block] = [self._teller.block(finding, brief=True) for finding in findings]
        return told_briefly(self._teller, blocks)

    def _asks(self) -> Iterator[str]:
        words = self._words
        state = answer.state(self._teller) if self._decision.kind == "contact" else self._decision.kind
        missing = [key for key in self._decision.keys if key.state is not Truth.YES]
        theirs = [key for key in missing if key.office == self._route.office] or missing
        if state == "pending_key" and theirs:
            asks = " ".join(dict.fromkeys(words.ask(key.fact) for key in theirs))
            yield words.say("request.ask.approval", asks=asks)
        else:
            yield words.say(f"request.ask.{state}")
        yield words.say("request.ask.in_writing")

    def _in_time(self) -> Iterator[str]:
        clock = self._route.clock
        if clock is None:
            yield self._words.say("request.no_clock")
            return
        yield contest.last_day(self._words, clock)
        if clock.outcome is Outcome.LATE:
            yield self._words.say("request.late")
