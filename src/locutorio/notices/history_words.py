"""The words of a chronicle in one language: possible days, events, amounts, contacts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from locutorio.chronicle.days import Days, month_days, year_days
from locutorio.chronicle.values import Amount, Basis, Chronicle, Event, Force, Signal, Statement
from locutorio.notices.words import Words, clean, quoted

_YES_NO = {True: "yes", False: "no"}


class HistoryWords(Words):
    """Says what a chronicle holds. Texts of the file are given as they stand there."""

    def __init__(self, lang: str, chronicle: Chronicle) -> None:
        """Take the words of a language for one file."""
        super().__init__(lang)
        self.chronicle = chronicle

    def days(self, days: Days, *, bare: bool = False) -> str:
        """Give possible days as a sentence says when something was; ``bare`` gives their name alone."""
        if days.exact:
            return self._when("day", self.day(days.first), bare=bare)
        if days == month_days(days.first.year, days.first.month):
            return self._when("month", self.month(days.first), bare=bare)
        if days == year_days(days.first.year):
            return self._when("year", str(days.first.year), bare=bare)
        if days.first.day == 1 and days.last == month_days(days.last.year, days.last.month).last:
            return self.say("history.days.between", first=self.month(days.first), last=self.month(days.last))
        first, last = (self._when("day", self.day(day), bare=False) for day in (days.first, days.last))
        return self.say("history.days.between", first=first, last=last)

    def _when(self, what: str, said: str, *, bare: bool) -> str:
        return said if bare else self.say(f"history.days.{what}", said=said)

    def month(self, day: date) -> str:
        """Give a month with its year."""
        return self.say("history.days.month_name", month=self.say(f"month.{day.month}"), year=str(day.year))

    def dated(self, event: Event) -> str:
        """Give the date of an event with what it is: written, filed, ruled, reported, about."""
        days = self.days(event.days)
        if event.basis is Basis.APPROX:
            days = self.days(event.days, bare=True)
            whole = event.days == month_days(event.days.first.year, event.days.first.month)
            suffix = "" if whole else "_between"
            return self.say(f"history.days.approx{suffix}", days=days)
        return self.say(f"history.basis.{event.basis.value}", days=days)

    def event(self, name: str) -> str:
        """Name an event, with its date."""
        event = self.chronicle.event(name)
        return f"{clean(name)}, {self.dated(event)}" if event else clean(name)

    def events(self, names: Iterable[str]) -> str:
        """Name some events, with their dates."""
        return self.apart(self.event(name) for name in names)

    def who(self, token: str) -> str:
        """Say who a token stands for: the words of the file, and the token."""
        someone = self.chronicle.people.get(token)
        if someone is None:
            return clean(token)
        return self.say("history.who", words=quoted(someone.words), tokens=clean(token))

    def contact(self, tokens: tuple[str, ...]) -> str:
        """Name a contact, or those whom the file names together."""
        someone = self.chronicle.people.get(tokens[0])
        words = quoted(someone.words) if someone else ""
        return self.say("history.who", words=words, tokens=", ".join(tokens))

    def channels(self, names: Iterable[str]) -> str:
        """Give channels: calls and visits."""
        return self.all_of(self.say(f"history.channel_many.{name}") for name in names)

    def classes(self, names: Iterable[str]) -> str:
        """Give classes of contacts."""
        return self.all_of(self.say(f"history.class.{name}") for name in names)

    def amount(self, amount: Amount) -> str:
        """Give an amount with its period, its length, and who shares it."""
        unit = self.say(
            f"history.unit.{amount.unit}", **({"n": str(amount.days)} if amount.unit == "days" else {})
        )
        if amount.low == amount.high:
            said = self.say("history.amount", n=str(amount.low), unit=unit)
        else:
            said = self.say("history.amount_range", low=str(amount.low), high=str(amount.high), unit=unit)
        if amount.minutes is not None:
            said = self.say("history.amount_minutes", amount=said, n=str(amount.minutes))
        if amount.pooled:
            said = self.say("history.amount_pooled", amount=said, kinds=self.classes(amount.pooled))
        return (
            self.say("history.amount_to", amount=said, to=", ".join(map(clean, amount.to)))
            if amount.to
            else said
        )

    def statement(self, one: Statement) -> str:
        """Say what was read of a text."""
        fact = one.force is Force.FACT
        plain = fact or one.force in {Force.ASKED, Force.TERMS}
        kind = "plain" if plain else _YES_NO[one.yes]
        what = self.say(f"history.read.{kind}", channels=self.channels(one.channels))
        whom = ", ".join(one.whom) if one.whom else (self.classes(one.classes) if one.classes else "")
        what = self.say("history.read.with", what=what, whom=whom) if whom else what
        what = (
            self.say("history.read.terms_of", what=what, terms=", ".join(map(clean, one.terms)))
            if one.terms
            else what
        )
        what = (
            self.say("history.read.amount", what=what, amount=self.amount(one.amount)) if one.amount else what
        )
        what = self.say("history.read.lost", what=what, n=str(one.lost)) if one.lost else what
        no = "_no" if fact and not one.yes else ""
        return self.say(f"history.read.{one.force.value}{no}", what=what)

    def signal(self, one: Signal) -> str:
        """Say which sign was read in a text."""
        tokens = ", ".join(one.tokens)
        return self.say(f"history.read.sign.{one.sign.value}", tokens=tokens, measure=clean(one.measure))
