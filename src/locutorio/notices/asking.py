"""Asks what still matters, in words: the question, the answers offered, why it is asked, who can know it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from locutorio.facts.case import NONE, UNKNOWN
from locutorio.facts.vocabulary import FactKind, Value, vocabulary
from locutorio.kernel.moments import NEVER, day
from locutorio.notices.words import Words, clean, sentence
from locutorio.rules.provision import Form, Pack, Provision

REASONS_MAX = 3
UNSURE, ABSENT = "?", "-"
UNTIL = "instrument.until"
_NO_DAY = {"instrument.from": "interview.no_first_day", UNTIL: "interview.no_last_day"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer offered, as a case file writes it and in words; ``here``: it is the answer given now."""

    value: str
    label: str
    here: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, ready to be drawn. "I don't know" can answer each, and is not among the choices.

    ``control``  choices: one of them; checklist: any of them, but the last, `none`, alone; quantity or day: a
    number
                 or a day, or one of the choices instead.
    ``unit``     of a quantity, in words.
    ``value``    the answer given now as it was said, empty where there is none.
    ``why``      (what a provision says, its citation), the most telling first.
    ``who``      those who can know it.
    """

    path: str
    ask: str
    hint: str | None
    control: str
    choices: tuple[Choice, ...]
    unit: str | None
    value: str
    why: tuple[tuple[str, str], ...]
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer given, in words."""

    path: str
    ask: str
    answer: str


@dataclass(frozen=True, slots=True)
class About:
    """What a question is about: a fact (of a paper of a form, the Nth of its kind), or a kind of paper.

    ``path`` and ``value`` are as said; ``fact`` is a path of the vocabulary, ``kind`` a kind of paper;
    neither where the question is which kinds exist, of ``kinds``. ``forms`` are those offered for a kind.
    """

    path: str
    value: str = ""
    fact: str | None = None
    kind: str | None = None
    form: Form | None = None
    number: int = 1
    kinds: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()
    forms: tuple[Form, ...] = ()


class Asker:
    """Asks in one language, about one kind of contact, under one law."""

    def __init__(self, lang: str, about: str, law: Pack) -> None:
        self._words = Words(lang, about)
        self._law = law

    def asked(self, about: About, because: Sequence[Provision]) -> Asked:
        """Give a question, with the provisions on account of which it is asked."""
        control, choices = self._offered(about)
        kind = self._fact(about)
        return Asked(
            path=about.path,
            ask=self._ask(about),
            hint=self._hint(about),
            control=control,
            choices=choices,
            unit=self._words.text(vocabulary().units[kind.unit].many) if kind and kind.unit else None,
            value=about.value,
            why=tuple(
                (sentence(self._words.text(one.says)), clean(one.citation)) for one in because[:REASONS_MAX]
            ),
            who=tuple(dict.fromkeys(self._words.office(office) for office in self._known_by(about))),
        )

    def answered(self, about: About) -> Answered:
        """Give an answer that was given."""
        ask = self._ask(about)
        if about.form is not None and about.fact is not None:
            ask = self._words.say("interview.of_paper", ask=ask, paper=self._paper(about.form, about.number))
        return Answered(about.path, ask, self._answer(about))

    def _fact(self, about: About) -> FactKind | None:
        return vocabulary().facts[about.fact] if about.fact else None

    def _ask(self, about: About) -> str:
        say = self._words.say
        if about.fact:
            return self._words.ask(about.fact)
        if about.kind is None:
            return say("interview.papers")
        label = self._label(about.kind)
        return say("unknown.kind" if about.number == 1 else "interview.another", kind=label)

    def _label(self, kind: str) -> str:
        return self._words.text(self._law.kinds[kind].label)

    def _paper(self, form: Form, number: int) -> str:
        title = self._words.text(form.title)
        return (
            title if number == 1 else self._words.say("interview.numbered", title=title, number=str(number))
        )

    def _hint(self, about: About) -> str | None:
        say = self._words.say
        if about.form is not None and about.fact is not None:
            return say("interview.about_paper", paper=self._paper(about.form, about.number))
        if about.fact:
            return None
        if about.kind is None:
            return say("interview.papers_hint")
        return say("interview.only_kind_hint" if self._one_form(about) else "interview.kind_hint")

    def _offered(self, about: About) -> tuple[str, tuple[Choice, ...]]:
        kind = self._fact(about)
        if kind is None and about.kind is None:
            kinds = [self._choice(name, self._label(name), here=name in about.ticked) for name in about.kinds]
            none_here = bool(about.value) and not about.ticked and not not_known(about.value)
            none = self._choice(NONE, self._words.say("interview.none_of_these"), here=none_here)
            return "checklist", (*kinds, none)
        if kind is None:
            forms = [self._given(about, form.name, self._title(about, form)) for form in about.forms]
            return "choices", (*forms, self._given(about, NONE, self._none(about)))
        match kind.type:
            case "yes_no":
                return "choices", tuple(
                    self._given(about, word, self._words.value(kind.path, word == "yes"))
                    for word in ("yes", "no")
                )
            case "choice" | "office":
                known = kind.values if kind.type == "choice" else vocabulary().offices
                return "choices", tuple(
                    self._given(about, word, sentence_case(self._words.value(kind.path, word)))
                    for word in known
                )
            case "quantity":
                return "quantity", ()
            case _:
                never = self._words.say(_NO_DAY.get(kind.path, "value.never"))
                return "day", (self._given(about, NONE, sentence_case(never)),)

    def _title(self, about: About, form: Form) -> str:
        """Name a paper that is offered; where the law knows no other of its kind, "yes" says it."""
        if not self._one_form(about):
            return self._words.text(form.title)
        return self._words.say("interview.such" if about.number == 1 else "interview.other")

    def _one_form(self, about: About) -> bool:
        return sum(form.kind == about.kind for form in self._law.forms.values()) == 1

    def _none(self, about: About) -> str:
        return self._words.say("interview.no_such" if about.number == 1 else "interview.no_other")

    def _choice(self, value: str, label: str, *, here: bool) -> Choice:
        return Choice(value, sentence_case(label), here)

    def _given(self, about: About, value: str, label: str) -> Choice:
        return self._choice(value, label, here=value == about.value)

    def _known_by(self, about: About) -> Iterable[str]:
        kind = self._fact(about)
        if kind is not None:
            return kind.known_by
        return [self._law.kinds[one].ask for one in ((about.kind,) if about.kind else about.kinds)]

    def _answer(self, about: About) -> str:
        say, kind = self._words.say, self._fact(about)
        if not_known(about.value):
            return say("value.unknown")
        if kind is not None:
            if kind.path in _NO_DAY and about.value == NONE:
                return say(_NO_DAY[kind.path])
            return self._words.value(kind.path, _typed(kind, about.value))
        if about.kind is None:
            return self._words.all_of(self._label(name) for name in about.ticked) or say(
                "interview.none_of_these"
            )
        if about.value == NONE:
            return self._none(about)
        return self._words.text(self._law.forms[about.value].title)


def not_known(value: str) -> bool:
    """Whether an answer, as it was said, is "I don't know": of kinds of paper, none is there for certain, and
    some may be.
    """
    kinds = [one for one in value.split(",") if not one.startswith(ABSENT)]
    return value == UNKNOWN or (bool(kinds) and all(one.endswith(UNSURE) for one in kinds))


def sentence_case(text: str) -> str:
    """Give text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def _typed(kind: FactKind, value: str) -> Value:
    match kind.type:
        case "yes_no":
            return value in {"yes", "true"}
        case "quantity":
            return int(value)
        case "day":
            return NEVER if value == NONE else day(value)
        case _:
            return value
