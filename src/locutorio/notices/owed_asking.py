"""Tells what can be asked about what is missing: what the law says, until when, and what in writing."""

from __future__ import annotations

from collections.abc import Iterator

from locutorio.arrangements.account import Row, Span
from locutorio.arrangements.asking import MONTHS_MAX, Deadline, Month, Owed
from locutorio.decisions.decision import ClockSeen, Finding, Truth
from locutorio.notices.contest import last_day, told
from locutorio.notices.findings import Teller
from locutorio.notices.letter import Block, FindingBlock, Items, Paragraph
from locutorio.notices.owed_words import OwedWords
from locutorio.notices.words import sentence


class Asking:
    """What can be asked about one account, in one language."""

    def __init__(self, owed: Owed, words: OwedWords) -> None:
        self.owed, self.account, self.words = owed, owed.account, words
        self.lang = words.lang

    def law(self) -> Iterator[Block]:
        """Say what the law owes of each month, and what of it was not given."""
        words = self.words
        if self.account.record.case is None:
            return
        begins = self.owed.law_begins
        if begins is not None and any(kept.promise.since < begins for kept in self.account.kept):
            yield Paragraph(words.say("owed.law.begins", day=words.day(begins)))
        asked = sorted({month.begins for month in self.owed.months})
        if len(asked) == MONTHS_MAX and any(kept.promise.since < asked[0] for kept in self.account.kept):
            yield Paragraph(words.say("owed.law.only_last", n=str(len(asked))))
        found: dict[tuple[str, str], tuple[Teller, Finding, list[Month]]] = {}
        for month in self.owed.months:
            teller = Teller(month.decision, self.lang)
            for key, finding in _short(month):
                found.setdefault((key, finding.provision), (teller, finding, []))[2].append(month)
        shared = Teller(self.owed.months[0].decision, self.lang) if self.owed.months else None
        for (key, provision), (teller, finding, months) in sorted(found.items(), key=lambda one: one[0]):
            assert shared is not None
            names = words.all_of(words.month(month.begins) for month in reversed(months))
            yield shared.block(finding, words.say(f"owed.law.{key}", months=names), in_doubt=True, brief=True)
            if key == "owed":
                yield from self._notices(teller, provision)
        if any(key != "owed" for key, _ in found):
            yield Paragraph(words.say("owed.law.counts"))
        if not found and self.owed.months:
            yield Paragraph(words.say("owed.law.nothing"))

    def _notices(self, teller: Teller, provision: str) -> Iterator[Block]:
        """Give what must be told of what was not delivered."""
        for block in told(teller):
            if isinstance(block, FindingBlock) and block.provision == provision:
                yield Paragraph(block.head)

    def ask(self) -> Iterator[Block]:
        """Give the last days to complain of what is missing: those to come, then those that have passed."""
        words = self.words
        in_time = [one for one in self.owed.deadlines if _in_time(one)]
        late = [one for one in self.owed.deadlines if not _in_time(one)]
        if in_time:
            routes = dict.fromkeys(
                words.say(
                    "owed.ask.route",
                    recipient=words.office(route.recipient),
                    form=words.text(route.form),
                    office=words.office(route.office),
                )
                for one in in_time
                for route in one.decision.routes
            )
            lines = tuple(self._deadline(one) for one in in_time)
            yield Items(lines, words.say("owed.ask.intro_open", who=" ".join(routes)))
        if late:
            yield Items(tuple(self._passed(late)), words.say("owed.ask.intro_late"))
        if len({id(one.row) for one in self.owed.deadlines}) < len(self.owed.deadlines):
            yield Paragraph(words.say("owed.ask.two_days"))
        clocks = [one.decision.clocks[0].finding for one in self.owed.deadlines[:1]]
        for finding in clocks:
            yield Teller(self.owed.deadlines[0].decision, self.lang).block(finding, brief=True)

    def _deadline(self, one: Deadline) -> str:
        words = self.words
        what = words.say(
            "owed.ask.missing",
            promise=words.promise(one.promise),
            period=words.period(one.promise, one.row),
            missing=words.missing(one.promise, *_missing(one.row)),
        )
        clock = last_day(words, one.decision.clocks[0])
        return words.say("owed.ask.open", what=sentence(what).rstrip("."), clock=clock)

    def _passed(self, late: list[Deadline]) -> Iterator[str]:
        """Say of each promise from when to when what is missing can no longer be complained of in time."""
        words = self.words
        for name in dict.fromkeys(one.promise.name for one in late):
            mine = [one for one in late if one.promise.name == name]
            promise, last = mine[0].promise, mine[-1].decision.clocks[0].last_day
            yield words.say(
                "owed.ask.late" if mine[0].row is mine[-1].row else "owed.ask.all_late",
                promise=sentence(words.promise(promise)).rstrip("."),
                period=words.period(promise, mine[0].row),
                first=words.day(mine[0].row.period.begins),
                final=words.day(mine[-1].row.period.last),
                last=words.day(last) if last else "",
            )

    def writing(self) -> Iterator[Block]:
        """Say what can be asked in writing, of whom, by which paper."""
        words = self.words
        lines = []
        for kept in self.account.kept:
            promise, missing = kept.promise, kept.missing
            name = sentence(words.promise(promise)).rstrip(".")
            if any(span.high for span in missing):
                by = words.by(promise, words.say("owed.writing.somebody"))
                paper = words.written(promise.paper)
                asked = words.say(
                    "owed.writing.line",
                    promise=name,
                    by=by,
                    paper=paper,
                    missing=words.missing(promise, *missing),
                )
                reach = words.reach(promise.by) if promise.by else None
                lines.append(f"{asked} {words.say('needed.reach', reach=reach)}" if reach else asked)
            if any(span.high for span in missing) and not any(span.low for span in missing):
                lines.append(words.say("owed.writing.incomplete", promise=name))
            lines.extend(
                words.say("owed.writing.pause", promise=name, begins=words.day(pause.since))
                for pause in promise.pauses
                if pause.paper is None
            )
        if not lines:
            return
        if self.account.record.case is None:
            yield Paragraph(words.say("owed.writing.no_law"))
        elif not self.owed.deadlines and any(
            kept.total.missing.high or any(span.low for span in kept.missing) for kept in self.account.kept
        ):
            yield Paragraph(words.say("owed.writing.no_rule"))
        yield Items(tuple(lines))


def _missing(row: Row) -> tuple[Span, ...]:
    """Give what is missing in a row; where no contact is, its minutes too."""
    return row.missing[:1] if row.tally.missing.high else row.missing


def _in_time(one: Deadline) -> bool:
    clock: ClockSeen = one.decision.clocks[0]
    return clock.last_day is not None and clock.asked_about <= clock.last_day


def _short(month: Month) -> Iterator[tuple[str, Finding]]:
    """Give what the law says was owed in a month and not given: for certain, perhaps, or as authorised."""
    for limit in month.decision.limits:
        if limit.kind == "floor" and limit.left != 0:
            certain = limit.left is not None and limit.finding.truth is Truth.YES
            yield ("months" if certain else "perhaps"), limit.finding
    for entry in month.decision.beside:
        if entry.kind == "owed":
            yield "owed", entry.finding
