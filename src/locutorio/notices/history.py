"""Tells one day of a chronicle: what was allowed, on whose word, what is not known, where one could turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from locutorio.chronicle.asked import Laws
from locutorio.chronicle.cells import Cell, InFact, Standing, Value
from locutorio.chronicle.counts import Count
from locutorio.chronicle.days import Days
from locutorio.chronicle.grants import Carried
from locutorio.chronicle.routes import PENDING, Petition, Route, Way
from locutorio.chronicle.telling import Day
from locutorio.chronicle.values import WORST, Chronicle, Sign
from locutorio.decisions.decision import Truth
from locutorio.notices.history_whole import law_block
from locutorio.notices.history_words import HistoryWords
from locutorio.notices.letter import Block, Items, Letter, Paragraph, Section
from locutorio.notices.words import clean, closed, sentence


def compose_day(chronicle: Chronicle, day: Day, laws: Laws, lang: str) -> Letter:
    """Tell one day.

    Raises:
        Fault: the catalogue does not have this language.
    """
    teller = _Day(chronicle, day, laws, HistoryWords(lang, chronicle))
    words = teller.words
    return Letter(
        lang=lang,
        outcome="history",
        title=words.say("history.title", day=words.day(day.on)),
        headline=words.say("history.headline", events=str(len(chronicle.events))),
        lead=tuple(teller.lead()),
        sections=tuple(teller.sections()),
        foot=(words.say("history.foot.order"), words.say("foot.advice")),
    )


class _Day:
    """One day in one language."""

    def __init__(self, chronicle: Chronicle, day: Day, laws: Laws, words: HistoryWords) -> None:
        self.chronicle, self.day, self.laws, self.words = chronicle, day, laws, words

    def lead(self) -> Iterator[str]:
        words, knowledge = self.words, self.day.knowledge
        if knowledge.known_at is None:
            yield words.say("history.lead.everything")
        else:
            yield words.say("history.lead.known_at", day=words.day(knowledge.known_at))
        if knowledge.least_trust < WORST:
            yield words.say(
                "history.lead.trust", trust=words.say(f"history.event.trust.{knowledge.least_trust}")
            )
        yield words.say("history.lead.values")
        yield words.say("history.lead.words")

    def sections(self) -> Iterator[Section]:
        yield Section("stage", self.words.say("history.heading.stage"), (Items(tuple(self._stage())),))
        for number, (whom, cells) in enumerate(groupby(self.day.cells, key=lambda cell: cell.whom), 1):
            items = tuple(self._alike(list(cells)))
            yield Section(
                f"contact-{number}", sentence(self.words.contact(whom)).rstrip("."), (Items(items),)
            )
        parts: dict[str, Callable[[], Iterator[Block]]] = {
            "counts": lambda: self._items(map(self._count, self.day.counts)),
            "grants": self._grants,
            "petitions": lambda: self._items(map(self._petition, self.day.petitions)),
            "overtaken": self._overtaken,
            "routes": self._routes,
            "unknown": self._unknown,
        }
        for name, part in parts.items():
            blocks = tuple(part())
            if blocks:
                yield Section(name, self.words.say(f"history.heading.{name}"), blocks)

    def _items(self, told: Iterator[str]) -> Iterator[Block]:
        items = tuple(told)
        if items:
            yield Items(items)

    def _stage(self) -> Iterator[str]:
        words, stage = self.words, self.day.stage
        yield words.say(f"history.stage.{stage.regime.name.lower()}")
        if stage.places:
            key = "place" if len(stage.places) == 1 else "places"
            yield words.say(f"history.stage.{key}", place=words.any_of(map(words.who, stage.places)))
        for one in self.day.measures:
            if one.sign is Sign.IMPOSED:
                by, on = one.tokens[0], one.tokens[-1]
                values = {"by": words.who(by), "on": words.who(on), "event": words.event(one.event)}
                yield words.say("history.stage.imposed", measure=clean(one.measure), **values)
            else:
                yield words.say(
                    "history.stage.renewed", measure=clean(one.measure), event=words.event(one.event)
                )

    def _alike(self, cells: list[Cell]) -> Iterator[str]:
        """Tell the channels of a contact, those of which the same is told together."""
        told: dict[str, list[str]] = {}
        for cell in cells:
            told.setdefault(self._cell(cell), []).append(cell.channel)
        for what, channels in told.items():
            yield sentence(
                self.words.say("history.cell.line", channel=self.words.channels(channels), told=what)
            )

    def _cell(self, cell: Cell) -> str:
        words = self.words
        said = "said_" if cell.standing is Standing.CLAIMED and cell.value in {Value.YES, Value.NO} else ""
        told = [closed(words.say(f"history.value.{said}{cell.value.value}"))]
        if cell.why:
            told.append(words.say(f"history.why.{cell.why.value}"))
        if cell.terms:
            told.append(words.say("history.cell.terms", terms=", ".join(map(clean, cell.terms))))
        if cell.measure:
            by = ", ".join(cell.by)
            told.append(words.say("history.cell.measure", measure=clean(cell.measure), by=by))
        if cell.value is not Value.UNKNOWN:
            told += [
                words.say(f"history.standing.{cell.standing.value}"),
                words.say(f"history.certainty.{cell.certainty.name.lower()}"),
            ]
        if cell.because:
            told.append(words.say("history.cell.because", events=words.events(cell.because)))
        if cell.fact:
            told.append(self._fact("history.cell.fact", cell.fact))
        return " ".join(one for one in told if one)

    def _fact(self, key: str, fact: InFact) -> str:
        words = self.words
        events = words.events(fact.because)
        if fact.lost:
            return words.say("history.cell.lost", n=str(fact.lost), events=events)
        since = words.days(Days(fact.since_first, fact.since_last))
        return words.say(f"{key}.{fact.happened.value}", events=events, since=since)

    def _count(self, count: Count) -> str:
        words = self.words
        told = [
            words.say(
                "history.count.line",
                channel=words.say(f"history.channel.{count.channel}"),
                classes=words.classes(count.classes),
                amount=words.amount(count.amount),
                standing=words.say(f"history.standing.{count.standing.value}"),
                certainty=words.say(f"history.certainty.{count.certainty.name.lower()}"),
                event=words.event(count.because),
            )
        ]
        if count.others:
            others = (f"{words.amount(amount)} ({words.event(event)})" for amount, event in count.others)
            told.append(words.say("history.count.others", others=words.apart(others)))
        if count.short:
            told.append(words.say("history.count.short", events=words.events(count.short)))
        if count.fact:
            told.append(self._fact("history.count.fact", count.fact))
        return " ".join(told)

    def _grants(self) -> Iterator[Block]:
        words = self.words
        yield from self._items(
            words.say(
                f"history.grant.{one.carried.value}",
                text=clean(one.statement.text),
                event=words.event(one.statement.event),
                because=words.events(one.because),
            )
            for one in self.day.grants
        )
        if self.laws.old_order and any(one.carried is not Carried.IN_FORCE for one in self.day.grants):
            yield law_block(self.laws.old_order, self.day.on, self.words, words.say("history.route.adopted"))

    def _petition(self, one: Petition) -> str:
        words = self.words
        key = "pending" if one.outcome == PENDING else "line"
        told = [
            words.say(f"history.petition.{key}", event=words.event(one.event), outcome=clean(one.outcome))
        ]
        if one.because != (one.event,):
            told.append(words.say("history.petition.answered", event=words.events(one.because)))
        return " ".join(told)

    def _routes(self) -> Iterator[Block]:
        words = self.words
        for one in self.day.routes:
            yield Paragraph(self._route(one))
            law = {Way.ADMINISTRATIVE: self.laws.remedy, Way.RENEWAL: self.laws.extension}.get(one.way)
            if law:
                yield law_block(law, self.day.on, words)

    def _route(self, one: Route) -> str:
        words = self.words
        suffix = {Truth.YES: "", Truth.UNKNOWN: "_unknown", Truth.NO: "_closed"}[one.open]
        told = words.say(f"history.route.{one.way.value}{suffix}", to=words.who(one.to))
        because = words.say("history.cell.because", events=words.events(one.because)) if one.because else ""
        return f"{told} {because}".strip()

    def _overtaken(self) -> Iterator[Block]:
        words = self.words
        for one in self.day.overtaken:
            denial = self.chronicle.event(one.denied_by)
            yield Paragraph(
                words.say(
                    "history.overtaken",
                    petition=words.event(one.petition),
                    ruled=words.days(denial.days) if denial else "",
                    denial=clean(one.denied_by),
                    changed=words.days(one.changed),
                    by=clean(one.changed_by),
                )
            )

    def _unknown(self) -> Iterator[Block]:
        words, day = self.words, self.day
        yield from self._items(
            iter(
                (
                    *(words.say("history.uncertain", event=words.event(one.name)) for one in day.uncertain),
                    *(words.say("history.perhaps", event=words.event(one.name)) for one in day.perhaps),
                )
            )
        )
