"""Says promises, periods and numbers of an account in one language."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from locutorio.arrangements.periods import month_of
from locutorio.arrangements.promises import Event, Every, Unit, What
from locutorio.notices.words import Words, clean, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from locutorio.arrangements.account import Row, Span, Tally
    from locutorio.arrangements.promises import Promise


class OwedWords(Words):
    """The words of one language for an account."""

    def kinds(self, what: Iterable[What], *, one: bool = False) -> str:
        """Name what is promised: "calls or video calls"."""
        return self.any_of(self.say(f"owed.what.{kind}.{'one' if one else 'many'}") for kind in what)

    def every(self, every: Every) -> str:
        """Say how often."""
        if every.unit is not Unit.DAYS:
            return self.say(f"owed.each.{every.unit}")
        return self.say("owed.each.day") if every.days == 1 else self.say("owed.each.days", n=str(every.days))

    def minutes(self, amount: int) -> str:
        """Give an amount of minutes."""
        return self.quantity(amount, "minutes")

    def promise(self, promise: Promise) -> str:
        """Say a promise: "2 calls of 15 minutes each month"."""
        if promise.answered_within is not None:
            return self.say("owed.promise.answer", days=self.quantity(promise.answered_within, "days"))
        what = self.kinds(promise.what, one=promise.count == 1 or promise.on is not None)
        length = self.minutes(promise.minutes) if promise.minutes is not None else ""
        if promise.on is not None:
            key = "owed.promise.on_minutes" if length else "owed.promise.on"
            return self.say(key, what=what, day=self.day(promise.on), minutes=length)
        assert promise.every is not None
        each = self.every(promise.every)
        if promise.minutes_in_all is not None:
            return self.say(
                "owed.promise.minutes", minutes=self.minutes(promise.minutes_in_all), what=what, each=each
            )
        key = "owed.promise.count_minutes" if length else "owed.promise.count"
        return self.say(key, n=str(promise.count), what=what, each=each, minutes=length)

    def by(self, promise: Promise, otherwise: str) -> str:
        """Name who promised, an office by its words."""
        return self.office(promise.by) if promise.by is not None else otherwise

    def span(self, span: Span) -> str:
        """Give a number, or the two between which it lies."""
        if span.exact:
            return str(span.low)
        return self.say("owed.number.between", low=str(span.low), high=str(span.high))

    def missing(self, promise: Promise, missing: Span, minutes: Span | None = None) -> str:
        """Say what is missing of a promise, in its unit, and the minutes where some are."""
        told = self.span(missing)
        if promise.in_minutes:
            return self.say("owed.number.minutes", minutes=told)
        if minutes is None or not minutes.high:
            return told
        return self.say("owed.number.with_minutes", n=told, minutes=self.span(minutes))

    def tally(self, tally: Tally, key: str) -> str:
        """Say a tally in the words of ``owed.row.KEY``."""
        told = self.say(
            f"owed.row.{key}",
            owed=self.span(tally.owed),
            delivered=self.span(tally.delivered),
            missing=self.span(tally.missing),
            to_come=self.span(tally.to_come),
        )
        if not tally.late.high:
            return told
        late = self.say("owed.row.late", late=self.span(tally.late))
        return f"{told}; {late}"

    def days(self, number: int) -> str:
        """Give a number of days."""
        return self.quantity(number, "days")

    def month(self, begins: date) -> str:
        """Name a calendar month."""
        return self.say("owed.period.month", month=self.say(f"month.{begins.month}"), year=str(begins.year))

    def period(self, promise: Promise, row: Row) -> str:
        """Name a period by its month, its day, its letter, or its first and last day."""
        period = row.period
        if promise.answered_within is not None:
            return self.say("owed.period.letter", begins=self.day(period.begins), last=self.day(period.last))
        if period.begins == period.last:
            return self.day(period.begins)
        if month_of(period.begins) == (period.begins, period.ends):
            return self.month(period.begins)
        return self.say("owed.period.days", begins=self.day(period.begins), last=self.day(period.last))

    def event(self, key: str, event: Event, **values: str) -> str:
        """Say one event in the words of ``key``."""
        return self.say(
            key,
            day=self.day(event.on),
            what=self.kinds([event.what], one=True),
            happened=self.say(f"owed.happened.{event.happened}"),
            **values,
        )

    def written(self, text: str | None) -> str:
        """Give words of the file as they are, on one line."""
        return clean(text or "")

    def begun(self, text: str) -> str:
        """Give text as a sentence."""
        return sentence(text)
