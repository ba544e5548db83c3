"""What was read of dockets, in words: what a person should look at, what is unclear, what cannot be seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from locutorio.dockets.leads import Gap, Lead
from locutorio.dockets.reading import Parsed, Reading
from locutorio.dockets.seen import Known, Span
from locutorio.dockets.touching import Touch
from locutorio.notices.letter import Block, Items, Letter, Paragraph, Section
from locutorio.notices.words import Words, quoted

_MOMENT = "%Y-%m-%d %H:%M:%S UTC"


def compose(reading: Reading, lang: str) -> Letter:
    """Tell what files of courts say beyond what was read before.

    Raises:
        Fault: the catalogue does not have this language.
    """
    words = Words(lang)
    leads = len(reading.new) + len(reading.changed)
    return Letter(
        lang=lang,
        outcome="dockets",
        title=words.say("dockets.title"),
        headline=words.say("dockets.headline", leads=str(leads)),
        lead=(words.say("dockets.lead"),),
        sections=(
            *(_lead(one, "new", words) for one in reading.new),
            *(_lead(one, "changed", words) for one in reading.changed),
            *_unseen(reading, words),
            Section(
                "counted", words.say("dockets.heading.counted"), (Items(tuple(_counts(reading, words))),)
            ),
        ),
        foot=(words.say("dockets.foot"),),
    )


def lead_section(lead: Lead, lang: str, *, changed: bool) -> Section:
    """Tell one lead, under what it is.

    Raises:
        Fault: the catalogue does not have this language.
    """
    return _lead(lead, "changed" if changed else "new", Words(lang))


def taken(
    file: str, counts: Mapping[str, int] | None, lang: str, *, cut_short: bool = False
) -> Iterator[str]:
    """Tell what a file added to the cases that are watched, line by line; None: it was taken before.

    Raises:
        Fault: the catalogue does not have this language.
    """
    words = Words(lang)
    if counts is None:
        yield words.say("dockets.taken.before", file=quoted(file))
        return
    said = {name: str(count) for name, count in counts.items()}
    unread = said.pop("unread")
    yield words.say("dockets.taken.now", file=quoted(file), **said)
    if cut_short:
        yield words.say("dockets.cut_short", file=quoted(file))
    if unread != "0":
        yield words.say("dockets.unread", file=quoted(file), items=unread)


def not_seen(gaps: Iterable[Gap], spans: Iterable[tuple[str, Span]], lang: str) -> tuple[str, ...]:
    """Tell what cannot be seen: numbers that a sheet lacks, times of which no feed was read.

    Raises:
        Fault: the catalogue does not have this language.
    """
    words = Words(lang)
    return (*(_gap(gap, words) for gap in gaps), *(_span(court, span, words) for court, span in spans))


def _lead(lead: Lead, how: str, words: Words) -> Section:
    heading = words.say(f"dockets.heading.{how}", entry=_which(lead.known, words))
    blocks: list[Block] = [Paragraph(text) for text in _texts(lead, words)]
    blocks.append(Items(tuple(_lines(lead, words))))
    return Section(lead.known.name, heading, tuple(blocks))


def _texts(lead: Lead, words: Words) -> Iterator[str]:
    wordings = lead.known.wordings
    if not wordings:
        yield words.say(
            "dockets.no_text", kinds=words.all_of(f"[{quoted(kind)}]" for kind in lead.known.kinds)
        )
    for one in wordings:
        if len(wordings) == 1:
            yield words.say("dockets.text", text=quoted(one.text))
        else:
            read = words.say(
                "dockets.read",
                first=one.first_read_at.strftime(_MOMENT),
                last=one.last_read_at.strftime(_MOMENT),
            )
            yield f"{read} {words.say('dockets.text', text=quoted(one.text))}"


def _lines(lead: Lead, words: Words) -> Iterator[str]:
    yield from dict.fromkeys(_touch(one, words) for one in lead.touches)
    for touch in {one.depends_on: one for one in lead.touches if one.depends_on}.values():
        yield words.say("dockets.depends", words=quoted(touch.depends_on))
    named = lead.named or tuple(sorted(lead.known.defendants))
    yield words.say("dockets.defendants" if named else "dockets.no_defendant", numbers=", ".join(named))
    if lead.mentions:
        yield words.say("dockets.mentions", numbers=", ".join(lead.mentions))
    yield from _others(lead, words)
    for term in lead.terms:
        key = "dockets.term_differs" if term.amount is None else "dockets.term"
        yield words.say(key, words=quoted(term.words))
    for day in lead.days:
        if day.why:
            yield words.say(f"dockets.no_day.{day.why}", words=day.words)
    if lead.attachments:
        yield words.say("dockets.attachments", titles="; ".join(quoted(one) for one in lead.attachments))
    yield words.say("dockets.name", name=lead.known.name)


def _others(lead: Lead, words: Words) -> Iterator[str]:
    for key, others in (("undoes", lead.undoes), ("alike", lead.alike), ("same_number", lead.same_number)):
        if others:
            yield words.say(f"dockets.{key}", entries="; ".join(_short(one, words) for one in others))


def _touch(touch: Touch, words: Words) -> str:
    return words.say("dockets.touch", kind=words.say(f"dockets.kind.{touch.kind}"), words=quoted(touch.words))


def _unseen(reading: Reading, words: Words) -> Iterator[Section]:
    lines = [
        *not_seen(reading.gaps, reading.unseen, words.lang),
        *_cut(reading.files, words),
    ]
    if lines:
        yield Section("unseen", words.say("dockets.heading.unseen"), (Items(tuple(lines)),))


def _gap(gap: Gap, words: Words) -> str:
    return words.say(
        "dockets.gap",
        case=f"{gap.court} {gap.case}",
        first=str(gap.first),
        last=str(gap.last),
        numbers=", ".join(_ranges(gap.numbers)),
    )


def _span(court: str, span: Span, words: Words) -> str:
    start, end = (moment.strftime(_MOMENT) for moment in span)
    return words.say("dockets.span", court=court, start=start, end=end)


def _cut(files: Iterable[Parsed], words: Words) -> Iterator[str]:
    for file in files:
        if file.cut_short:
            yield words.say("dockets.cut_short", file=quoted(file.name))
        if file.unread:
            yield words.say("dockets.unread", file=quoted(file.name), items=str(file.unread))


def _counts(reading: Reading, words: Words) -> Iterator[str]:
    counts = {
        "again": reading.again,
        "housekeeping": reading.counted.housekeeping,
        "sealed": reading.counted.sealed,
        "others": reading.counted.others,
        "other_cases": reading.other_cases,
    }
    for name, count in counts.items():
        yield words.say(f"dockets.counted.{name}", count=str(count))


def _which(known: Known, words: Words) -> str:
    entry = known.entry
    filed = (
        entry.filed_at.strftime(_MOMENT)
        if entry.filed_at
        else words.day(entry.filed_on)
        if entry.filed_on
        else "?"
    )
    text = words.say(
        "dockets.which", case=f"{entry.court} {entry.case}", number=_number(known, words), filed=filed
    )
    if entry.entered_on and entry.entered_on != entry.filed_on:
        text = words.say("dockets.entered", which=text, entered=words.day(entry.entered_on))
    return text


def _short(known: Known, words: Words) -> str:
    day = known.entry.entered_on or known.entry.filed_on
    return words.say("dockets.short", number=_number(known, words), day=words.day(day) if day else "?")


def _number(known: Known, words: Words) -> str:
    number = known.entry.number
    return words.say("dockets.number", number=number) if number else words.say("dockets.no_number")


def _ranges(numbers: tuple[int, ...]) -> Iterator[str]:
    """Give numbers that follow one another as one: 6-9, 12."""
    start = last = numbers[0]
    for number in (*numbers[1:], None):
        if number != last + 1:
            yield str(start) if start == last else f"{start}-{last}"
            start = number or start
        last = number or last
