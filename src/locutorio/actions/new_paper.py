"""A paper to be entered: as it was filled in, as a proposal holds it, and as two people are shown it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from locutorio.actions import answer, shelf
from locutorio.actions.two_people import Arguments, Line, day_or_none, identifier
from locutorio.facts.case import Case
from locutorio.facts.snapshot import Question
from locutorio.facts.vocabulary import LANGUAGES, Text
from locutorio.kernel.faults import Fault, suggestion
from locutorio.rules.provision import Form, Pack
from locutorio.store import changes, people, watching
from locutorio.store.entered import PaperRow, case_paper, read_entered

NAMES_CONTACT = "names_contact"
SUPERSEDES, VACATES, EXTENDS = EARLIER = ("supersedes", "vacates", "extends")
WAITS = "waits"
TEXT_LENGTH_MAX, WORDS_LENGTH_MAX = 200, 4_000
_LONG = frozenset({"quote", "awaits", "confirmed"})
_TEXTS = ("source", "number", "office", "earlier_how", *_LONG)
_DRAFT, _ANY_MOMENT = UUID(int=0), datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper by a form of the establishment's law; about one contact, or about all where there is none.

    ``facts`` holds what it states, by the form's parameters, each value as a case file writes it. Whether it
    names the contact follows from ``contact``. It holds from ``since`` up to, not including, ``until``.
    ``number`` and ``office``: whose it is, under which number. ``quote``: its words, and on which page.
    ``confirmed``: how whoever made it confirmed that they did. ``earlier``: the paper that it supersedes,
    vacates or extends, as ``earlier_how`` says. ``awaits``: an event without which it does not hold.
    ``document``: the file that it came as, kept of the person. ``lead``: the docket entry that it answers.
    """

    person: UUID
    form: str
    contact: UUID | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    source: str = ""
    number: str = ""
    office: str = ""
    quote: str = ""
    quote_page: int | None = None
    confirmed: str = ""
    earlier: UUID | None = None
    earlier_how: str = ""
    awaits: str = ""
    document: UUID | None = None
    lead: UUID | None = None

    @property
    def columns(self) -> dict[str, object]:
        """Give what is kept of it as it was filled in, but for what it states."""
        names = ("form", "since", "until", *_TEXTS, "quote_page", "earlier")
        found = {name: getattr(self, name) for name in names}
        return {**found, "person_id": self.person, "contact_id": self.contact}

    @property
    def arguments(self) -> dict[str, str]:
        """Give it as a proposal holds it."""
        kept = {"person": str(self.person), "form": self.form}
        for name in ("contact", "since", "until", "quote_page", "earlier", "document", "lead", *_TEXTS):
            value = getattr(self, name)
            if value not in {None, ""}:
                kept[name] = value.isoformat() if isinstance(value, date) else str(value)
        if self.facts:
            kept["facts"] = json.dumps(dict(self.facts), sort_keys=True, ensure_ascii=False)
        return kept


TAKES = frozenset(
    {
        "person",
        "form",
        "contact",
        "facts",
        "since",
        "until",
        "quote_page",
        "earlier",
        "document",
        "lead",
        *_TEXTS,
    }
)


def read_paper(arguments: Arguments) -> NewPaper:
    """Read a paper as a proposal holds it.

    Raises:
        Fault: an identifier, a day or a page is none, or a text is too long.
    """
    said = {name: arguments.get(name, "").strip() for name in _TEXTS}
    for name, text in said.items():
        most = WORDS_LENGTH_MAX if name in _LONG else TEXT_LENGTH_MAX
        if len(text) > most:
            raise Fault(f"{name} has more than {most} characters", remedy="keep what matters")
    return NewPaper(
        identifier(arguments, "person"),
        arguments.get("form", ""),
        identifier(arguments, "contact") if arguments.get("contact") else None,
        _facts(arguments.get("facts", "")),
        day_or_none(arguments, "since"),
        day_or_none(arguments, "until"),
        quote_page=_page(arguments.get("quote_page", "")),
        earlier=identifier(arguments, "earlier") if arguments.get("earlier") else None,
        document=identifier(arguments, "document") if arguments.get("document") else None,
        lead=identifier(arguments, "lead") if arguments.get("lead") else None,
        **said,
    )


def form_of(what: NewPaper, law: Pack) -> Form:
    """Give the form of a paper.

    Raises:
        Fault: the law has no such form.
    """
    if what.form not in law.forms:
        raise Fault(f'the law {law.name} has no form "{what.form}"', remedy=suggestion(what.form, law.forms))
    return law.forms[what.form]


def stated(what: NewPaper, law: Pack) -> dict[str, str]:
    """Give what a paper states, all of which its form can state and the vocabulary can read.

    Raises:
        Fault: at the first thing that it cannot state.
    """
    known = form_of(what, law).parameters
    facts = dict(what.facts)
    if NAMES_CONTACT in known:
        facts[NAMES_CONTACT] = "no" if what.contact is None else "yes"
    for word, value in facts.items():
        if word not in known:
            raise Fault(
                f'a paper of the form {what.form} does not state "{word}"', remedy=suggestion(word, known)
            )
        read_entered(f"instrument.{word}", value)
    return facts


def standing(row: PaperRow, law: str, on: date) -> str | None:
    """Give what a paper is on a day: stands, defective, void, …; waits, for an event; None if not known."""
    if row.waits:
        return WAITS
    question = Question("instrument", on, subject=row.name)
    found = answer.answer(Case(law, question, {}, (case_paper(row),), None))
    return found.outcome.value if found.firm else None


def lines(at: UUID, what: NewPaper) -> Iterator[Line]:
    """Say all that a paper is to say, about whom, and what it will be on its first day.

    Raises:
        Fault: somebody is not of this establishment, or the paper cannot state that.
    """
    law = shelf.pack(people.establishment(at).law)
    facts = stated(what, law)
    held = people.person(at, what.person)
    yield Line("person", f"{held.name}, {held.number}")
    yield Line("paper", form_of(what, law).title)
    if what.contact is not None:
        yield Line("contact", people.contact(at, what.contact).name)
    texts = {"paper_number": what.number, "paper_office": what.office, "source": what.source}
    yield from (Line(name, text) for name, text in texts.items() if text)
    yield from (
        Line(f"instrument.{word}", value, "fact")
        for word, value in sorted(facts.items())
        if word in what.facts
    )
    days = {"since": what.since, "until": what.until}
    yield from (Line(name, found.isoformat(), "day") for name, found in days.items() if found is not None)
    if what.awaits:
        yield Line("paper_awaits", what.awaits)
    if what.earlier is not None:
        yield Line(f"paper_{what.earlier_how}", named(changes.paper(at, what.earlier), law))
    if what.lead is not None:
        entry = watching.lead(at, what.lead).entry.entry
        yield Line("paper_lead", ", ".join(filter(None, (entry.court, entry.case, entry.number))))
    if what.quote:
        yield Line("paper_quote", what.quote)
    if what.quote_page is not None:
        yield Line("paper_quote_page", str(what.quote_page))
    if what.confirmed:
        yield Line("paper_confirmed", what.confirmed)
    first = what.since or day_or_none(facts, "signed_on")
    if first is not None:
        row = PaperRow(
            _DRAFT,
            what.person,
            what.contact,
            what.form,
            facts,
            what.since,
            what.until,
            _ANY_MOMENT,
            None,
            None,
            what.source,
            awaits=what.awaits,
        )
        yield Line("paper_standing", f"paper_{standing(row, law.name, first) or 'unknown'}", "word")


def named(row: PaperRow, law: Pack) -> Text:
    """Name a paper that is kept: what it is, whose, under which number."""
    title = law.forms[row.form].title if row.form in law.forms else dict.fromkeys(LANGUAGES, row.form)
    return {lang: ", ".join(one for one in (title[lang], row.cited) if one) for lang in LANGUAGES}


def _facts(said: str) -> dict[str, str]:
    try:
        found = json.loads(said or "{}")
    except ValueError as error:
        raise Fault("what the paper states cannot be read", remedy="fill in the form again") from error
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise Fault("what the paper states cannot be read", remedy="fill in the form again")
    return found


def _page(said: str) -> int | None:
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and 0 < int(said[:6]) <= 99_999 and len(said) < 6):
        raise Fault(f'"{said[:20]}" is not a page', remedy="write its number, such as 3, or leave it out")
    return int(said)
