"""Tells the deadlines that a law sets, before anything is known of a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from locutorio.decisions.clock_kinds import ClockKind, Way
from locutorio.facts.vocabulary import FactKind
from locutorio.notices.contest import way as way_to_contest
from locutorio.notices.findings import ADOPTED
from locutorio.notices.letter import Block, FindingBlock, Items, Letter, Paragraph, Section
from locutorio.notices.words import Words, clean, sentence
from locutorio.rules.provision import Pack
from locutorio.rules.tree import Constant, Number, Sum


def what(words: Words, kind: ClockKind) -> str:
    """Name a clock in words: what its days are for, and the act that stops it."""
    first = kind.first
    label = words.text(first.provision.numbers[first.numbers[0]].label) if first.numbers else kind.name
    if kind.acted is None:
        return label
    return words.say("remedy.what", what=label, acted=words.label(kind.acted))


def listed(
    pack: Pack,
    kinds: Mapping[str, ClockKind],
    options: Mapping[str, Mapping[str, FactKind]],
    lang: str,
    on: date,
) -> Letter:
    """List the clocks of a law: what each is for, how it counts, and the first thing to say.

    Raises:
        Fault: the catalogue does not have this language.
    """
    words = Words(lang)
    sections = tuple(
        Section(
            name,
            f"{name}: {what(words, kind)}",
            (_way(words, kind.first, kind, on), *_routes(words, kind, most=1)),
        )
        for name, kind in kinds.items()
    )
    name, kind = next(iter(kinds.items()))
    if "bp9" in kinds:
        name, kind = "bp9", kinds["bp9"]
    begin = next(option for option, fact in options[name].items() if fact.path == kind.first.starts[0])
    command = f"locutorio remedy {name} --{begin} {on.isoformat()}"
    return _letter(
        words,
        words.say("remedy.list_title", law=words.text(pack.title)),
        words.say("remedy.list_headline", n=str(len(kinds))),
        (words.say("remedy.list_lead", command=command),),
        sections,
    )


def sheet(kind: ClockKind, options: Mapping[str, FactKind], lang: str, on: date) -> Letter:
    """Tell one clock: every way it counts, where it goes, what follows, and what can be said of it.

    Raises:
        Fault: the catalogue does not have this language.
    """
    words = Words(lang)
    ways: tuple[Block, ...] = tuple(_way(words, one, kind, on) for one in kind.ways)
    follows = [Paragraph(words.say("remedy.follows", names=words.all_of(kind.then)))] if kind.then else []
    routes = (*_routes(words, kind), *follows)
    said = tuple(
        words.say("remedy.option", name=name, value=_value(words, fact), label=words.label(fact.path))
        for name, fact in options.items()
    )
    sections = [Section("ways", words.say("remedy.heading_ways"), ways)]
    if routes:
        sections.append(Section("where", words.say("remedy.heading_where"), routes))
    sections.append(Section("options", words.say("remedy.heading_options"), (Items(said),)))
    return _letter(words, sentence(what(words, kind)).rstrip("."), kind.name, (), tuple(sections))


def _value(words: Words, fact: FactKind) -> str:
    """Say what can be written for a fact."""
    if fact.type == "day":
        return words.say("remedy.day")
    return "|".join(fact.values) if fact.values else words.say("remedy.yes_no")


def _letter(
    words: Words, title: str, headline: str, lead: tuple[str, ...], sections: tuple[Section, ...]
) -> Letter:
    foot = (words.say("foot.nobody"), words.say("foot.advice"), words.say("foot.words"))
    return Letter(words.lang, "open", title, headline, lead, sections, foot)


def _way(words: Words, way: Way, kind: ClockKind, on: date) -> FindingBlock:
    marks = tuple(_marks(words, way, kind))
    return FindingBlock(
        citation=clean(way.provision.citation),
        says=sentence(words.text(way.provision.says)),
        head=_counts(words, way, on),
        lead=words.say("finding.lead"),
        marks=marks,
        provision=way.provision.name,
    )


def _counts(words: Words, way: Way, on: date) -> str:
    start = words.all_of(words.label(path) for path in way.starts)
    days, before = _number(way, way.window.days, on), _number(way, way.window.start, on)
    if not days and before < 0:
        return words.say("remedy.counts_less", less=words.quantity(-before, "days"), start=start)
    count = "work" if way.window.count == "work" else "calendar"
    spelt = words.say(f"clock.{count}.{'one' if days + before == 1 else 'many'}", n=str(days + before))
    return words.say("remedy.counts", days=spelt, start=start)


def _number(way: Way, operand: Sum, on: date) -> int:
    """Add up the numbers of an operand, leaving its facts out."""
    total = 0
    for sign, term in operand.terms:
        if isinstance(term, Constant) and isinstance(term.value, int):
            total += sign * term.value
        elif isinstance(term, Number):
            row = way.provision.numbers[term.name].on(on)
            total += sign * (row.value if row else 0)
    return total


def _marks(words: Words, way: Way, kind: ClockKind) -> Iterator[str]:
    needs = [
        words.say("remedy.fact", label=words.label(path), value=words.value(path, yes))
        for path, yes in way.needs.items()
    ]
    if needs:
        yield words.say("remedy.only_if", facts=words.apart(needs))
    if kind.acted is not None:
        yield words.say("remedy.stops", acted=words.label(kind.acted))
    if kind.by_silence:
        yield words.say("remedy.silence_any")
    if way.provision.status in ADOPTED:
        yield words.say("remedy.unchecked")


def _routes(words: Words, kind: ClockKind, most: int | None = None) -> tuple[Paragraph, ...]:
    told = dict.fromkeys(way_to_contest(words, route) for _, route in kind.routes)
    return tuple(Paragraph(one) for one in list(told)[:most])
