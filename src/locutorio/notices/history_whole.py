"""Tells a whole chronicle: every event with what was read of it, and the versions that differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from locutorio.chronicle.asked import Answered
from locutorio.chronicle.values import Chronicle, Event, Told
from locutorio.chronicle.weighed import Found, Weighed
from locutorio.notices.history_words import HistoryWords
from locutorio.notices.letter import Block, FindingBlock, Items, Letter, Section
from locutorio.notices.words import clean, sentence


def compose_whole(chronicle: Chronicle, weighed: Iterable[Weighed], lang: str) -> Letter:
    """Tell every contradiction, then every event, each text word for word beside what was read of it.

    Raises:
        Fault: the catalogue does not have this language.
    """
    listed, words = tuple(weighed), HistoryWords(lang, chronicle)
    texts = [told for event in chronicle.events for told in event.told]
    unread = sum(not one.read for one in texts)
    return Letter(
        lang=lang,
        outcome="history",
        title=words.say(
            "history.whole.title",
            first=words.days(chronicle.events[0].days),
            last=words.days(chronicle.events[-1].days),
        ),
        headline=words.say(
            "history.whole.headline", events=str(len(chronicle.events)), contradictions=str(len(listed))
        ),
        lead=(
            words.say("history.whole.unread", unread=str(unread), texts=str(len(texts))),
            words.say("history.lead.words"),
        ),
        sections=(*sections_of(listed, words), *events_of(chronicle.events, words)),
        foot=(words.say("history.foot.order"), words.say("foot.advice")),
    )


def sections_of(weighed: Iterable[Weighed], words: HistoryWords) -> Iterator[Section]:
    """Give a section for each contradiction: its versions, what becomes of each, what was worked out."""
    for one in weighed:
        heading = words.say(
            "history.contradiction.heading",
            name=clean(one.contradiction.name),
            about=clean(one.contradiction.about),
        )
        versions = Items(
            tuple(
                words.say(
                    "history.contradiction.version",
                    text=clean(version.text),
                    mark=words.say(f"history.mark.{mark.value}"),
                )
                for version, mark in zip(one.versions, one.marks, strict=True)
            )
        )
        told = tuple(_worked_out(one, words))
        yield Section(f"contradiction-{one.contradiction.name}", heading, (versions, *told))


def _worked_out(weighed: Weighed, words: HistoryWords) -> Iterator[Block]:
    lines: list[str] = []
    differences = [one for one in weighed.found if one.kind == "difference"]
    for one in weighed.found:
        if one.kind != "difference":
            lines.extend(_found(one, weighed, words))
    if differences:
        all_of = words.apart(_difference(one, weighed) for one in differences)
        lines.append(words.say("history.found.differences", all=all_of))
    if lines:
        yield Items(tuple(map(sentence, lines)))
    for one in weighed.found:
        if one.law:
            yield law_block(one.law, one.days["on"].last, words)


def law_block(law: Answered, on: date, words: HistoryWords, *marks: str) -> FindingBlock:
    """Give what the law says of a day, and say so where the law of that day is not held."""
    later = [words.say("history.route.law_later", day=words.day(law.on))] if law.on > on else []
    return FindingBlock(
        citation=law.citation,
        lead=words.say("history.route.law"),
        says=law.says[words.lang],
        marks=(*marks, *later),
        provision=law.provision,
    )


def _difference(one: Found, weighed: Weighed) -> str:
    first, second = (f"“{clean(weighed.versions[at].says)}”" for at in one.versions)
    numbers = one.numbers
    return f"{first} {numbers['one']}, {second} {numbers['other']}: {numbers['difference']}"


def _found(one: Found, weighed: Weighed, words: HistoryWords) -> Iterator[str]:
    slots = {
        "versions": words.all_of(f"“{clean(weighed.versions[at].says)}”" for at in one.versions),
        "events": words.events(one.events),
        "event": words.event(one.events[0]) if one.events else "",
        **{name: str(number) for name, number in one.numbers.items()},
        **{name: clean(text) for name, text in one.texts.items()},
        **{name: words.days(days) for name, days in one.days.items()},
        **{f"{name}_bare": words.days(days, bare=True) for name, days in one.days.items()},
    }
    match one.kind:
        case "weekday":
            slots["weekday"] = words.say(f"history.weekday.{one.numbers['weekday']}")
            yield words.say(f"history.found.weekday_{'right' if one.numbers['right'] else 'wrong'}", **slots)
        case "date_of" | "date_beside":
            slots["basis"] = words.say(f"history.basis_done.{one.texts['basis']}")
            yield words.say(f"history.found.{one.kind}", **slots)
        case "empty" | "needs_adult":
            yield from _adults(one, slots, words)
        case _:
            yield words.say(f"history.found.{one.kind}", **slots)
    if "or_times" in one.numbers:
        yield words.say("history.found.times_or", **slots)
    if one.kind == "paper_wins" and one.events:
        yield words.say("history.found.paper_event", **slots)


def _adults(one: Found, slots: dict[str, str], words: HistoryWords) -> Iterator[str]:
    ages = sorted({one.numbers["age_min"], one.numbers["age_max"]})
    yield words.say("history.found.ages", on=slots["on"], ages=words.any_of(map(str, ages)))
    told = []
    for token, why in one.texts.items():
        reason = words.say(f"history.found.adult.{why}")
        told.append(f"{words.who(token)}: {reason}")
    yield words.say(f"history.found.{one.kind}", adults=words.apart(told))


def events_of(events: Iterable[Event], words: HistoryWords) -> Iterator[Section]:
    """Give a section for each event: its dates kept apart, each text beside what was read of it."""
    for event in events:
        heading = words.say(
            "history.event.line", name=clean(event.name), what=clean(event.what), days=words.dated(event)
        )
        more = [words.say("history.event.filed", day=words.days(event.filed))] if event.filed else []
        more += [words.say("history.event.entered", day=words.days(event.entered))] if event.entered else []
        more += [words.say("history.event.who", who=", ".join(map(clean, event.who)))] if event.who else []
        more.append(words.say(f"history.event.trust.{event.trust}"))
        texts = tuple(_text(told, words) for told in event.told)
        yield Section(f"event-{event.name}", heading, (Items(texts, sentence("; ".join(more))),))


def _text(told: Told, words: HistoryWords) -> str:
    path, text = clean(told.path), clean(told.text)
    read = [words.statement(one) for one in told.statements] + [words.signal(one) for one in told.signals]
    if read:
        return words.say("history.event.text", path=path, text=text, read=words.apart(read))
    return words.say("history.event.used" if told.used else "history.event.unread", path=path, text=text)
