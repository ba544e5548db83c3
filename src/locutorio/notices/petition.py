"""Tells a petition: what is asked, what happened to it, until when, and where one can still turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from locutorio.decisions.decision import Decision
from locutorio.decisions.reckoned import Told as ClockTold
from locutorio.facts.vocabulary import Value
from locutorio.notices import petition_course as course
from locutorio.notices import petition_ways as ways
from locutorio.notices.clock_sheet import what as clock_named
from locutorio.notices.compose import compose as compose_decision
from locutorio.notices.contest import counted
from locutorio.notices.findings import Teller
from locutorio.notices.letter import Block, FindingBlock, Items, Letter, Paragraph, Section
from locutorio.notices.words import Words, clean, closed, quoted, sentence
from locutorio.remedies.forms import BLANKS, DAYS, PAIRS, is_fact
from locutorio.remedies.intervals import Interval, Order
from locutorio.remedies.routes import Route
from locutorio.remedies.rungs import Deadlines
from locutorio.remedies.telling import Seen, Stage
from locutorio.remedies.values import Outcome

RULED, EXTENDED = "petition_ruled", "petition_extended"
_OF_LAW = ("contested", "beside", "told")
_TONES = {
    Outcome.GRANTED: "permit",
    Outcome.PART: "permit",
    Outcome.DENIED: "refuse",
    Outcome.WITHOUT_PREJUDICE: "refuse",
    Outcome.REJECTED: "refer",
}


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Something else that the record holds between two days: a paper, or another petition to an office."""

    on: date
    what: str
    office: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Petitioned:
    """All that is told of one petition. ``on`` is the day asked about.

    ``does`` says for each thing asked what a grant does here; ``paper`` and ``contact`` name what that is
    about. ``known`` are the blanks that are facts. ``decisions`` are what the law says of its deadlines,
    ``counted`` what it counts from the days of the form, ``before`` the office whose answer it contests.
    """

    seen: Seen
    on: date
    person: str
    number: str
    establishment: str
    about: str
    does: Sequence[str] = ()
    office_name: str = ""
    case_number: str = ""
    says: str = ""
    language: str = "en"
    blanks: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Value] = field(default_factory=dict)
    paper: str = ""
    contact: str = ""
    sensitive: bool = False
    before: str = ""
    due: Deadlines = field(default_factory=Deadlines)
    routes: Sequence[Route] = ()
    decisions: Sequence[Decision] = ()
    counted: Sequence[ClockTold] = ()
    meanwhile: Sequence[Meanwhile] = ()


def office(words: Words, one: Petitioned) -> str:
    """Name the office that is asked."""
    label = words.office(one.seen.petition.office)
    named = {"office": label, "name": clean(one.office_name)}
    return words.say("petition.office_named", **named) if one.office_name else label


def title(words: Words, one: Petitioned) -> str:
    """Name a petition."""
    return words.say(
        "petition.title", what=words.say(f"petition.what.{one.about}"), office=office(words, one)
    )


def headline(words: Words, one: Petitioned) -> str:
    """Say in a few words how far it has come."""
    outcome = one.seen.outcome
    if outcome is not None:
        return words.say(f"petition.headline.{outcome.value}")
    silent = one.due.silent and one.seen.stage is Stage.PENDING
    return words.say(f"petition.headline.{'silent' if silent else one.seen.stage.value}")


def tone(one: Petitioned) -> str:
    """Give the outcome of the letter, for a style."""
    return _TONES[one.seen.outcome] if one.seen.outcome else "pending"


def compose(one: Petitioned, lang: str) -> Letter:
    """Tell all of a petition.

    Raises:
        Fault: the catalogue does not have this language.
    """
    words = Words(lang)
    parts: tuple[tuple[str, tuple[Block, ...]], ...] = (
        ("ruled", tuple(course.ruled(words, one.seen))),
        ("due", tuple(ways.due(words, one.due, one.seen))),
        ("routes", tuple(ways.routes(words, one.routes, one.seen))),
        ("asked", tuple(_asked(words, one))),
        ("form", tuple(_form(words, one))),
        ("beside", tuple(_beside(words, one))),
        ("counted", tuple(counted_days(words, one))),
        ("says", (Paragraph(clean(one.says)),) if one.says.strip() else ()),
        ("opposed", tuple(course.opposed(words, one.seen))),
        ("service", tuple(course.service(words, one.seen))),
        ("course", tuple(course.events(words, one.seen.events))),
        ("back", tuple(course.events(words, one.seen.taken_back))),
    )
    law = [compose_decision(decision, lang) for decision in one.decisions]
    return Letter(
        lang=lang,
        outcome=tone(one),
        title=title(words, one),
        headline=headline(words, one),
        lead=tuple(_lead(words, one)),
        sections=(
            *(Section(name, words.say(f"petition.heading.{name}"), told) for name, told in parts if told),
            *_of_law(law),
        ),
        foot=(words.say("petition.foot"), *(law[0].foot if law else ())),
    )


def _of_law(law: Sequence[Letter]) -> Iterator[Section]:
    """Give what the law says of each deadline, under one heading each."""
    for name in _OF_LAW:
        found = [section for letter in law for section in letter.sections if section.name == name]
        if found:
            blocks = dict.fromkeys(block for section in found for block in section.blocks)
            yield Section(name, found[0].heading, tuple(blocks))


def ruled(one: Petitioned, lang: str) -> Letter:
    """Tell the person what was ruled, and where they can still turn."""
    rejected = one.seen.outcome is Outcome.REJECTED
    return _notice(
        one, lang, "ruled", "rejected" if rejected else "ruled", ("ruled", "due", "routes", "asked")
    )


def extended(one: Petitioned, lang: str) -> Letter:
    """Tell the person that the office takes more time."""
    return _notice(one, lang, "extended", "extended", ("due", "routes", "asked"))


def _notice(one: Petitioned, lang: str, named: str, lead: str, kept: Sequence[str]) -> Letter:
    words, whole = Words(lang), compose(one, lang)
    sections = {section.name: section for section in whole.sections}
    return Letter(
        lang=lang,
        outcome=whole.outcome,
        title=words.say(f"petition.notice.{named}", office=office(words, one)),
        headline=whole.headline,
        lead=(words.say(f"petition.lead_{lead}"), *whole.lead),
        sections=tuple(sections[name] for name in (*kept, *_OF_LAW) if name in sections),
        foot=whole.foot,
    )


def _lead(words: Words, one: Petitioned) -> Iterator[str]:
    yield words.say(
        "petition.of",
        person=clean(one.person),
        number=clean(one.number),
        establishment=quoted(one.establishment),
    )
    if one.case_number:
        yield words.say("petition.of_number", number=quoted(one.case_number))
    if one.before:
        yield words.say("petition.answers", office=words.office(one.before))
    if one.sensitive:
        yield words.say("petition.sensitive")
    if one.seen.petition.emergency:
        yield words.say("petition.emergency")


def _asked(words: Words, one: Petitioned) -> Iterator[Block]:
    yield Items(tuple(asks(words, one)))
    arose = one.seen.petition.arose_on
    if arose:
        yield Paragraph(words.say("petition.arose", day=words.day(arose)))
    else:
        yield Paragraph(words.say("petition.arose_unknown"))


def asks(words: Words, one: Petitioned) -> Iterator[str]:
    """Say each thing that is asked; once it was ruled on, whether it was granted."""
    decided = one.seen.outcome not in (None, Outcome.REJECTED)
    for at, ask in enumerate(one.seen.petition.asks):
        says, does = quoted(ask), one.does[at] if at < len(one.does) else ""
        if decided:
            yield words.say(f"petition.ask_{'granted' if at in one.seen.granted else 'not'}", says=says)
        elif does == "end_paper":
            yield words.say("petition.ask_ends_paper", says=says, paper=quoted(one.paper))
        elif does == "list_contact":
            yield words.say("petition.ask_lists", says=says, contact=clean(one.contact))
        else:
            yield closed(words.say("petition.ask", says=says))


def _form(words: Words, one: Petitioned) -> Iterator[Block]:
    told = tuple(blanks(words, one))
    if told:
        yield Items(told)


def blanks(words: Words, one: Petitioned) -> Iterator[str]:
    """Say what stands in each blank of the form, or that it is not said."""
    for name in BLANKS[one.about]:
        label = words.label(name) if is_fact(name) else words.say(f"petition.label.{name}")
        said = one.blanks.get(name, "")
        if not said:
            yield sentence(words.say("petition.blank_unsaid", label=label))
            continue
        if is_fact(name):
            value = words.value(name, one.known[name])
        else:
            value = words.day(date.fromisoformat(said)) if name in DAYS else quoted(said)
        yield sentence(words.say("petition.blank", label=label, value=value))


def between(one: Petitioned) -> Interval | None:
    """Give the two days that the form sets side by side."""
    if one.about not in PAIRS:
        return None
    first, second = (one.blanks.get(name, "") for name in PAIRS[one.about])
    return Interval(*(date.fromisoformat(said) if said else None for said in (first, second)))


def _beside(words: Words, one: Petitioned) -> Iterator[Block]:
    found = between(one)
    if found is None:
        return
    yield Paragraph(interval(words, found))
    yield Paragraph(words.say("petition.nothing_concluded"))
    if one.meanwhile:
        items = tuple(_meanwhile(words, other) for other in one.meanwhile)
        yield Items(items, words.say("petition.meanwhile"))


def interval(words: Words, found: Interval) -> str:
    """Say two days and what lies between them."""
    if found.order is Order.UNKNOWN or found.first is None or found.second is None:
        return words.say("petition.beside.unknown")
    first, second = words.day(found.first), words.day(found.second)
    if found.order is Order.SAME_DAY:
        return words.say("petition.beside.same_day", first=first)
    key = f"petition.beside.{found.order.value}"
    if found.days == 1:
        return words.say(f"{key}_one", first=first, second=second)
    return words.say(key, first=first, second=second, days=str(found.days))


def _meanwhile(words: Words, other: Meanwhile) -> str:
    told = {"day": words.day(other.on), "what": quoted(other.what)}
    if other.office:
        about = words.say(f"petition.what.{other.what}")
        told |= {"what": about, "office": words.office(other.office)}
        return closed(words.say("petition.meanwhile_petition", **told))
    return closed(words.say("petition.meanwhile_paper", **told))


def counted_days(words: Words, one: Petitioned) -> Iterator[FindingBlock]:
    """Say each last day that the law counts from the days of the form, with its arithmetic."""
    for told in one.counted:
        named = sentence(clock_named(words, told.kind)).rstrip(".")
        yield Teller(told.decision, words.lang).block(
            told.seen.finding, words.say("petition.blank", label=named, value=counted(words, told.seen))
        )
