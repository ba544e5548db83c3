"""Reckons the deadlines of a remedy from a few days: until when, and what follows. Needs no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from locutorio.actions import answer, shelf
from locutorio.decisions.clock_kinds import ClockKind, clock_kinds, forward
from locutorio.decisions.decision import Decision
from locutorio.decisions.reckoned import Reckoned, Step, Told
from locutorio.facts.case import Case, Dated, read_value
from locutorio.facts.snapshot import Question
from locutorio.facts.vocabulary import FactKind, Value, vocabulary
from locutorio.kernel.faults import Fault, suggestion
from locutorio.kernel.moments import NEVER
from locutorio.kernel.texts import Node
from locutorio.notices.calendar import as_calendar
from locutorio.notices.clock_sheet import listed
from locutorio.notices.clock_sheet import sheet as one_sheet
from locutorio.notices.remedy import events
from locutorio.notices.text import letter_as_text
from locutorio.rules.rulebook import clocks_of

RESERVED = ("on", "law", "lang", "json", "ics", "adopt", "help")


def kinds(law: str, on: date, adopt: frozenset[str] = frozenset()) -> Mapping[str, ClockKind]:
    """Give the clocks that count under a law on a day.

    Raises:
        Fault: there is no such law, it decides nothing, or the day is before it.
    """
    if law not in shelf.laws():
        raise Fault(f'there is no law "{law}" with deadlines', remedy=suggestion(law, shelf.laws()))
    unknown = sorted(adopt - set(answer.adoptable(shelf.pack(law))))
    if unknown:
        raise Fault(
            f'"{unknown[0]}" is not a provision or a catalogue row of {law}, so it cannot be adopted',
            remedy=suggestion(unknown[0], answer.adoptable(shelf.pack(law))),
        )
    return clock_kinds(shelf.shelf(law).on(on), adopt)


def chosen(law: str, known: Mapping[str, ClockKind], name: str) -> ClockKind:
    """Give one clock of a law by its name.

    Raises:
        Fault: there is none of that name, or nobody has checked the text it rests on.
    """
    if name not in known:
        unchecked = [one.name for one in shelf.pack(law).provisions.values() if name in clocks_of(one)]
        if unchecked:
            raise Fault(
                f'the deadline "{name}" rests on text that nobody has checked, so it does not count',
                remedy=f"check the official text, or add --adopt {unchecked[0]}",
            )
        raise Fault(f'there is no deadline called "{name}"', remedy=suggestion(name, known))
    return known[name]


def options(known: Mapping[str, ClockKind], name: str) -> Mapping[str, FactKind]:
    """Give what can be said for a clock and those that follow: the name of each option, and its fact.

    An option is called as the last part of its fact, without `_on`: `--filed` is `clock.filed_on`. Where two
    would be called the same, or one is an option of the command, it keeps its first part: `--release-on`.
    """
    paths = list(dict.fromkeys(path for kind in forward(known, name) for path in kind.asks))
    short = [path.rpartition(".")[2].removesuffix("_on") for path in paths]
    words = vocabulary().facts
    found = {}
    for path, brief in zip(paths, short, strict=True):
        alone = short.count(brief) == 1 and brief not in RESERVED
        name = brief if alone else f"{path.partition('.')[0]}-{brief}"
        found[name.replace("_", "-")] = words[path]
    return found


def values(known: Mapping[str, FactKind], written: Mapping[str, str]) -> dict[str, Value]:
    """Read what was given with options; `unknown` counts as not given.

    Raises:
        Fault: an option is not known, or its value cannot be read; the option is named.
    """
    found: dict[str, Value] = {}
    for name, text in written.items():
        kind = known.get(name)
        if kind is None:
            near = suggestion(name, known)
            raise Fault(f"there is no option --{name} for this deadline", remedy=near)
        try:
            value = read_value(Node(text, f"--{name}", 1, 1), kind, vocabulary())
        except Fault as fault:
            raise Fault(f"--{name}: {fault.what}", why=fault.why, remedy=fault.remedy) from None
        if value is not None:
            found[kind.path] = value
    return found


def reckon(
    law: str, name: str, given: Mapping[str, Value], on: date, adopt: frozenset[str] = frozenset()
) -> Reckoned:
    """Reckon one deadline and all that follow it.

    What nobody said of a day ahead is taken at its latest: each step is taken on its last day, and no
    office answers. On the longest course each office takes the extra time that the law gives it.

    Args:
        law: a law that is here.
        name: one of its clocks.
        given: facts of the vocabulary, by path.
        on: the day asked about.
        adopt: provisions or catalogue rows of unverified text to adopt.

    Raises:
        Fault: the clock is not known, days stand in the wrong order, or what it counts from is not given.
    """
    known = kinds(law, on, adopt)
    chosen(law, known, name)
    chain = forward(known, name)
    _refuse_backwards(chain, given)
    usual = tuple(course(law, chain, given, on, adopt, longest=False))
    if not usual:
        _refuse_unreckoned(chain, given)
    longest = tuple(course(law, chain, given, on, adopt, longest=True))
    steps = tuple(
        Step(one, other if other.last_day != one.last_day else None)
        for one, other in zip(usual, longest, strict=True)
    )
    return Reckoned(law, on, given, steps)


def _refuse_backwards(chain: Sequence[ClockKind], given: Mapping[str, Value]) -> None:
    """Refuse an act that stands before the day its clock counts from."""
    words = vocabulary().facts
    for kind in chain:
        for way in kind.ways:
            start, acted = given.get(way.starts[0]), given.get(kind.acted or "")
            if len(way.window.start.terms) > 1 or not isinstance(start, date) or not isinstance(acted, date):
                continue
            if acted < start < NEVER:
                later, earlier = words[kind.acted or ""].label["en"], words[way.starts[0]].label["en"]
                raise Fault(
                    f"{later} is {acted.isoformat()}, before {earlier}, {start.isoformat()}",
                    why="the later step cannot come first",
                    remedy="check the two days",
                )


def course(
    law: str,
    chain: Sequence[ClockKind],
    given: Mapping[str, Value],
    on: date,
    adopt: frozenset[str],
    *,
    longest: bool,
) -> Iterator[Told]:
    """Go through a chain, each step on what was given and on how the steps before it went.

    It ends before the first step of which no last day can be reckoned.
    """
    facts = dict(given)
    for kind in chain:
        assumed = _assumed(kind, facts, longest=longest)
        said = facts | assumed
        if kind.acted and kind.acted not in said:
            said[kind.acted] = NEVER
        decision = _ask(law, kind.name, said, on, adopt)
        seen = next((one for one in decision.clocks if one.name == kind.name), None)
        if seen is None or seen.last_day is None:
            return
        shown = tuple((path, value) for path, value in assumed.items() if path not in given)
        yield Told(kind, decision, seen, seen.last_day, shown)
        facts |= assumed
        if kind.acted:
            facts.setdefault(kind.acted, NEVER if kind.by_silence else max(seen.last_day, on))


def _assumed(kind: ClockKind, facts: Mapping[str, Value], *, longest: bool) -> dict[str, Value]:
    """Give the yes/no facts nobody said: as the days that are known imply, else as the course is."""
    ways = kind.counting(facts)
    found: dict[str, Value] = {}
    for path in dict.fromkeys(path for way in ways for path in way.needs):
        if path not in facts:
            needed = {way.needs[path] for way in ways if path in way.needs}
            more = any(way.needs.get(path) and way.provision.side is None for way in ways)
            found[path] = needed == {True} or (longest and more)
    return found


def _ask(law: str, name: str, said: Mapping[str, Value], on: date, adopt: frozenset[str]) -> Decision:
    """Ask the law about one clock; of facts that do not move its last day the usual value is taken."""
    words = vocabulary()
    reach = shelf.shelf(law).on(on).reach_of_clock(name)
    plain = {
        path: read_value(Node(text, "vocabulary", 1, 1), words.facts[path], words)
        for path in reach
        if path not in said and (text := words.facts[path].plain) is not None
    }
    facts = {path: (Dated(value),) for path, value in {**plain, **said}.items()}
    question = Question(kind="clock", subject=name, on=on)
    return answer.answer(Case(law, question, facts, complete=None, adopt=adopt))


def _refuse_unreckoned(chain: Sequence[ClockKind], given: Mapping[str, Value]) -> None:
    kind = chain[0]
    known = options({one.name: one for one in chain}, kind.name)
    named = {fact.path: name for name, fact in known.items()}
    days = [f"--{named[path]}" for way in kind.ways for path in way.starts]
    rest = [f"--{named[path]}" for path in kind.asks if f"--{named[path]}" not in days and path != kind.acted]
    wanted = " or ".join(dict.fromkeys(days)) + (f"; it may also need {', '.join(rest)}" if rest else "")
    later = [one.name for one in chain[1:] if one.counting(given)]
    instead = f"; or ask about {later[0]}, which counts from a day you gave" if later else ""
    raise Fault(
        f"no last day of {kind.name} can be reckoned from what was given",
        why="the day it counts from is missing, or the law counts no such time on these facts",
        remedy=f"give the day with {wanted}{instead}",
    )


def sheet(law: str, known: Mapping[str, ClockKind], name: str | None, lang: str, on: date) -> str:
    """Tell all clocks of a law, or one with everything that can be said of it, as text.

    Raises:
        Fault: there is no clock of that name.
    """
    if name is None:
        if not known:
            raise Fault(
                f"{law} sets no deadline that counts",
                why="there is none, or nobody has checked the text of it",
                remedy="choose another law with --law, or adopt the text with --adopt",
            )
        every = {one: options(known, one) for one in known}
        return letter_as_text(listed(shelf.pack(law), known, every, lang, on))
    return letter_as_text(one_sheet(chosen(law, known, name), options(known, name), lang, on))


def write_calendar(reckoned: Reckoned, lang: str, now: datetime, path: Path) -> None:
    """Write the last days to a calendar file.

    Raises:
        Fault: the file cannot be written.
    """
    try:
        path.write_text(as_calendar(events(reckoned, lang), now), encoding="utf-8", newline="")
    except OSError as error:
        raise Fault(
            f"{path} cannot be written ({error.strerror})",
            remedy="name a file in a folder that you may write to",
        ) from error
