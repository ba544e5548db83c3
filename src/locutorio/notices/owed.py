"""Tells an account: what was owed, what took place, the days between, and what can be asked of whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from locutorio.arrangements.account import Kept, Row
from locutorio.arrangements.asking import Owed
from locutorio.arrangements.gaps import Between, Gap
from locutorio.arrangements.periods import Holds
from locutorio.arrangements.promises import FAILED, OPEN, Event, Happened, Pause, Promise
from locutorio.notices.answer import foot
from locutorio.notices.findings import Teller
from locutorio.notices.letter import Block, Items, Letter, Paragraph, Section
from locutorio.notices.owed_asking import Asking
from locutorio.notices.owed_words import OwedWords
from locutorio.notices.words import clean, sentence

_YES = {Happened.YES}


@dataclass(frozen=True, slots=True)
class Table:
    """The periods of one promise: ``section`` names the section of the letter that says the same in lines."""

    section: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def state(owed: Owed) -> str:
    """Name the answer: missing, perhaps, kept or nothing."""
    totals = [kept.total for kept in owed.account.kept]
    missing = [span for kept in owed.account.kept for span in kept.missing]
    if any(span.low for span in missing):
        return "missing"
    if any(span.high for span in missing):
        return "perhaps"
    return "kept" if any(total.owed.high - total.to_come.high for total in totals) else "nothing"


def compose(owed: Owed, lang: str) -> Letter:
    """Tell the whole account.

    Raises:
        Fault: the catalogue does not have this language.
    """
    teller = _Account(owed, OwedWords(lang))
    return Letter(
        lang=lang,
        outcome=state(owed),
        title=teller.words.say("owed.title", day=teller.words.day(owed.account.on)),
        headline=teller.words.say(f"owed.headline.{state(owed)}"),
        lead=tuple(teller.lead()),
        sections=tuple(teller.sections()),
        foot=teller.foot(),
    )


def tables(owed: Owed, lang: str) -> tuple[Table, ...]:
    """Give the periods of each promise as a table of text.

    Raises:
        Fault: the catalogue does not have this language.
    """
    return _Account(owed, OwedWords(lang)).tables()


class _Account:
    """One account in one language."""

    def __init__(self, owed: Owed, words: OwedWords) -> None:
        self.owed, self.account, self.words = owed, owed.account, words
        self.lang = words.lang

    def lead(self) -> Iterator[str]:
        """Say how to read the account."""
        if not all(row.complete for kept in self.account.kept for row in kept.rows):
            yield self.words.say("owed.lead.incomplete")
        spans = [span for kept in self.account.kept for span in (kept.total.owed, *kept.missing)]
        if not all(span.exact for span in spans):
            yield self.words.say("owed.lead.ranges")
        yield self.words.say("owed.lead.causes")

    def sections(self) -> Iterator[Section]:
        """Give the sections that have something to say."""
        for number, kept in enumerate(self.account.kept, 1):
            heading = sentence(self.words.promise(kept.promise)).rstrip(".")
            yield Section(f"promise-{number}", heading, tuple(self._promise(kept)))
        asking = Asking(self.owed, self.words)
        parts: dict[str, Callable[[], Iterator[Block]]] = {
            "between": self._between,
            "late": self._late,
            "open": self._open,
            "said": self._said,
            "paused": self._paused,
            "law": asking.law,
            "ask": asking.ask,
            "writing": asking.writing,
        }
        for name, part in parts.items():
            blocks = tuple(part())
            if blocks:
                yield Section(name, self.words.say(f"owed.heading.{name}"), blocks)

    def _promise(self, kept: Kept) -> Iterator[Block]:
        words, promise = self.words, kept.promise
        told_of = [words.say("owed.promise.paper", paper=words.written(promise.paper))]
        if promise.by:
            told_of.append(words.say("owed.promise.by", by=words.by(promise, "")))
        if promise.on is None:
            since = words.day(promise.since)
            if promise.until is None:
                told_of.append(words.say("owed.promise.since", day=since))
            else:
                last = words.day(promise.until - timedelta(days=1))
                told_of.append(words.say("owed.promise.since_until", day=since, last=last))
        if promise.with_whom:
            whom = words.any_of(words.written(one) for one in promise.with_whom)
            told_of.append(words.say("owed.promise.with", whom=whom))
        yield Paragraph(" ".join(told_of))
        if not kept.rows:
            return
        total = words.tally(kept.total, "all" if kept.total.to_come.high else "past")
        yield Paragraph(words.say("owed.promise.total", day=words.day(self.account.on), told=total))
        yield Items(tuple(self._row(kept.promise, row) for row in kept.rows))

    def _row(self, promise: Promise, row: Row) -> str:
        words = self.words
        key = "running" if row.running else "past"
        line = words.say("owed.row.line", period=words.period(promise, row), told=words.tally(row.tally, key))
        said = [sentence(line)]
        if row.minutes is not None and row.minutes.owed.high:
            said.append(words.say("owed.row.minutes", told=words.tally(row.minutes, key)))
        return " ".join([*said, *self._notes(promise, row)])

    def _notes(self, promise: Promise, row: Row) -> Iterator[str]:
        """Say what a reader must know of a row."""
        words, period = self.words, row.period
        if row.running:
            yield words.say("owed.row.not_over")
        if period.holds is not Holds.WHOLE:
            papers = [pause.paper for pause in promise.pauses if _touches(pause, row)]
            if papers:
                yield words.say("owed.row.paused", papers=words.apart(clean(paper or "") for paper in papers))
        if not row.tally.owed.exact and period.holds is Holds.PART:
            yield words.say("owed.row.part")
        if not row.complete:
            yield words.say("owed.row.incomplete")
        for event in row.events:
            if event.happened is Happened.RETURNED:
                yield words.say("owed.row.returned")
            elif event.happened not in _YES:
                yield sentence(words.event("owed.row.failed", event))

    def _between(self) -> Iterator[Block]:
        for kind, found in (("spoken", self.account.spoken), ("written", self.account.written)):
            if found is not None:
                yield Paragraph(" ".join(self._gaps(self.words.say(f"owed.between.{kind}"), found)))

    def _gaps(self, kind: str, found: Between) -> Iterator[str]:
        words = self.words
        if found.last is None:
            days = words.days(found.now.days)
            yield words.say("owed.between.never", kind=kind, since=words.day(found.since), days=days)
        else:
            days = words.days(found.now.days)
            yield words.say("owed.between.now", kind=kind, last=words.day(found.last), days=days)
        if found.now_if is not None:
            last = words.day(found.now_if.begins)
            yield words.say("owed.between.now_if", last=last, days=words.days(found.now_if.days))
        if found.longest != found.now:
            yield self._gap("owed.between.longest", found.longest)
        if found.longest_if is not None and found.longest_if != found.now_if:
            yield self._gap("owed.between.longest_if", found.longest_if)
        if not found.complete:
            yield words.say("owed.between.incomplete")

    def _gap(self, key: str, gap: Gap) -> str:
        words = self.words
        days = words.days(gap.days)
        return words.say(key, days=days, begins=words.day(gap.begins), ends=words.day(gap.ends))

    def _late(self) -> Iterator[Block]:
        words = self.words
        lines = [
            words.say(
                "owed.late.line",
                what=words.kinds([late.event.what], one=True),
                day=words.day(late.event.on),
                days=words.days(late.days),
                due=words.day(late.due),
                promise=words.promise(kept.promise),
            )
            for kept in self.account.kept
            for row in kept.rows
            for late in row.late
        ]
        if lines:
            yield Items(tuple(sentence(line) for line in lines))

    def _events(self) -> list[Event]:
        known = [event for event in self.account.record.events if event.on <= self.account.on]
        return sorted(known, key=lambda event: (event.on, repr(event)))

    def _open(self) -> Iterator[Block]:
        lines = [self.words.event("owed.open.line", one) for one in self._events() if one.happened in OPEN]
        if lines:
            yield Items(tuple(sentence(line) for line in lines))

    def _said(self) -> Iterator[Block]:
        words = self.words
        lines = []
        for event in self._events():
            if event.happened not in FAILED and event.reason is None:
                continue
            key = "owed.said.line" if event.reason else "owed.said.none"
            line = words.event(key, event, reason=words.written(event.reason).rstrip("."))
            by = [words.say("owed.said.by", by=words.office(event.said_by))] if event.said_by else []
            lines.append(" ".join([line, *by]))
        if lines:
            yield Items(tuple(lines))

    def _paused(self) -> Iterator[Block]:
        words = self.words
        lines = []
        for kept in self.account.kept:
            for pause in sorted(kept.promise.pauses, key=lambda one: one.since):
                key = "paper" if pause.paper is not None else "nobody"
                key = key if pause.until else f"open_{key}"
                last = words.day(pause.until - timedelta(days=1)) if pause.until else ""
                line = words.say(
                    f"owed.paused.{key}",
                    promise=words.promise(kept.promise),
                    begins=words.day(pause.since),
                    last=last,
                    paper=words.written(pause.paper),
                )
                lines.append(sentence(line))
        if lines:
            yield Items(tuple(lines))

    def foot(self) -> tuple[str, ...]:
        """Say how far the account can be relied on."""
        decisions = [month.decision for month in self.owed.months] or [
            one.decision for one in self.owed.deadlines
        ]
        if decisions:
            return foot(Teller(decisions[0], self.lang))
        return (self.words.say("foot.advice"),)

    def tables(self) -> tuple[Table, ...]:
        """Give the periods of each promise as a table of text."""
        found = []
        for number, kept in enumerate(self.account.kept, 1):
            columns = ["period", "owed", "on_time", "late", "missing", "to_come"]
            if kept.minutes is not None:
                columns.append("minutes")
            columns.append("notes")
            found.append(
                Table(
                    section=f"promise-{number}",
                    caption=sentence(self.words.promise(kept.promise)).rstrip("."),
                    columns=tuple(self.words.say(f"owed.column.{column}") for column in columns),
                    rows=tuple(self._cells(kept, row) for row in kept.rows),
                )
            )
        return tuple(found)

    def _cells(self, kept: Kept, row: Row) -> tuple[str, ...]:
        words, tally = self.words, row.tally
        numbers = (tally.owed, tally.delivered, tally.late, tally.missing, tally.to_come)
        cells = [words.period(kept.promise, row), *(words.span(number) for number in numbers)]
        if kept.minutes is not None:
            cells.append(words.span(row.minutes.missing) if row.minutes else "")
        return (*cells, " ".join(self._notes(kept.promise, row)))


def _touches(pause: Pause, row: Row) -> bool:
    """Whether a pause with a paper takes away days of a row."""
    if pause.paper is None or pause.since >= row.period.ends:
        return False
    return pause.until is None or pause.until > row.period.begins
