"""Says days, quantities, facts and offices in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from locutorio.facts.vocabulary import FactKind, Text, Value, vocabulary
from locutorio.kernel.moments import NEVER
from locutorio.notices import catalogue

KIND_OF_PAPER = "instruments."
ANY_OTHER = ("other", "any_other")
_CONTACT = "contact"
_Y_BECOMES_E = re.compile("h?i(?!e)", re.IGNORECASE)
_O_BECOMES_U = re.compile("h?o", re.IGNORECASE)
_STEERING = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def clean(text: str) -> str:
    """Give text on one line, without characters that could steer a terminal or turn the reading direction."""
    return " ".join(_STEERING.sub("", " ".join(text.split())).split())


def quoted(text: str | None) -> str:
    """Give what somebody else wrote, to stand inside a sentence of ours: clean, without its own last stop."""
    return clean(text or "").rstrip(" .:?!")


def closed(text: str) -> str:
    """Give text that ends with a stop."""
    whole = clean(text)
    return whole if not whole or whole[-1] in ".?!:" else f"{whole}."


def sentence(text: str) -> str:
    """Give text that begins with a capital letter and ends with a stop."""
    whole = closed(text)
    return whole[:1].upper() + whole[1:]


def parts(path: str) -> tuple[str | None, str]:
    """Split ``NAME:instrument.fact`` into the paper's name (None for other facts) and the fact's path."""
    paper, colon, fact = path.rpartition(":")
    return (paper, fact) if colon else (None, path)


class Words:
    """The words of one language for one question."""

    def __init__(self, lang: str, about: str | None = None) -> None:
        """Take the words of a language; ``about`` (visit, call, ...) says how to name the contact."""
        self.lang = lang
        self._about = about
        self._known = catalogue.sentences(lang)

    def say(self, key: str, **values: str) -> str:
        """Give a sentence of the catalogue."""
        return catalogue.say(self.lang, key, **values)

    def has(self, key: str) -> bool:
        """Tell whether the catalogue has this sentence."""
        return key in self._known

    def text(self, text: Text) -> str:
        """Give a bilingual text in this language."""
        return clean(text[self.lang])

    def day(self, day: date) -> str:
        """Give a day in words: 21 November 2026."""
        return self.say("date", day=str(day.day), month=self.say(f"month.{day.month}"), year=str(day.year))

    def all_of(self, items: Iterable[str]) -> str:
        """Join short texts: one, two and three."""
        return self._joined("and", _Y_BECOMES_E, list(items))

    def any_of(self, items: Iterable[str]) -> str:
        """Join short texts: one, two or three."""
        return self._joined("or", _O_BECOMES_U, list(items))

    def _joined(self, by: str, changed_before: re.Pattern[str], items: list[str]) -> str:
        *before, last = items or [""]
        if not before:
            return last
        key = f"list.{by}_before_its_sound" if changed_before.match(last) else f"list.{by}"
        return self.say(key, first=self.say("list.separator").join(before), last=last)

    def apart(self, items: Iterable[str]) -> str:
        """Join texts that may themselves hold commas."""
        return self.say("list.apart").join(items)

    def quantity(self, amount: int, unit: str) -> str:
        """Give an amount with its unit: 1 minute, 10 minutes."""
        words = vocabulary().units.get(unit)
        if words is None:
            return self.say("value.quantity", amount=str(amount), unit=clean(unit))
        named = words.one if abs(amount) == 1 else words.many
        return self.say("value.quantity", amount=str(amount), unit=self.text(named))

    def office(self, name: str) -> str:
        """Give the words for an office, a recipient or an observer."""
        if name == _CONTACT and self.has(f"contact.{self._about}"):
            return self.say(f"contact.{self._about}")
        if name in vocabulary().offices:
            return self.text(vocabulary().offices[name].label)
        return self.say(f"observer.{name}") if self.has(f"observer.{name}") else clean(name)

    def offices(self, names: Iterable[str]) -> str:
        """Give several offices."""
        return self.apart(self.office(name) for name in names)

    def reach(self, name: str) -> str | None:
        """Say how to reach an office, where that is known."""
        office = vocabulary().offices.get(name)
        return self.text(office.reach) if office is not None and office.reach else None

    def kind_of(self, path: str) -> FactKind | None:
        """Give the vocabulary's entry for a fact, also when it is written as a fact of one paper."""
        return vocabulary().facts.get(parts(path)[1])

    def label(self, path: str) -> str:
        """Give the name of a fact in words; a fact of one paper names the paper."""
        paper, fact = parts(path)
        kind = self.kind_of(path)
        label = self.text(kind.label) if kind else clean(fact)
        if fact == "request.on" and self.has(f"day_of.{self._about}"):
            label = self.say(f"day_of.{self._about}")
        return label if paper is None else self.say("value.of_paper", label=label, paper=clean(paper))

    def ask(self, path: str) -> str:
        """Give the question that the vocabulary asks about a fact."""
        paper, _ = parts(path)
        kind = self.kind_of(path)
        if kind is None:
            return sentence(self.label(path))
        ask = self.text(kind.ask)
        return ask if paper is None else self.say("value.ask_of_paper", ask=ask, paper=clean(paper))

    def value(self, path: str, value: Value | None) -> str:
        """Give the value of a fact in words."""
        kind = self.kind_of(path)
        if value is None:
            return self.say("value.unknown")
        if isinstance(value, bool):
            return self.say("value.yes" if value else "value.no")
        if isinstance(value, date):
            return self.say("value.never") if value == NEVER else self.day(value)
        if isinstance(value, int):
            return self.quantity(value, kind.unit) if kind and kind.unit else str(value)
        if kind and value in kind.values:
            return self.text(kind.values[value])
        if value in ANY_OTHER:
            return self.say("value.any_other")
        return self.office(value) if kind and kind.type == "office" else clean(value)

    def condition(self, token: str) -> str:
        """Give the words for a condition of a contact."""
        kind = vocabulary().conditions.get(token)
        return self.text(kind.label) if kind else clean(token)

    def allowance(self, name: str) -> str:
        """Give the words for what is counted."""
        allowance = vocabulary().allowances.get(name)
        return self.text(allowance.label) if allowance else clean(name)
