"""Every clock on every day of fifty years, beside a calendar that shares nothing with the program's."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from locutorio.actions import answer, remedy, shelf
from locutorio.decisions.clock_question import decide_clock
from locutorio.decisions.decision import Decision
from locutorio.facts.case import Case, Dated, read_value, see
from locutorio.facts.snapshot import Question, Snapshot
from locutorio.facts.vocabulary import Value, vocabulary
from locutorio.kernel.texts import Node
from locutorio.notices.remedy import compose
from locutorio.notices.text import as_text, letter_as_text
from tests.clocks.independent import Day, back, counted, every_day, hours_behind, next_day
from tests.clocks.law import ROWS, Row

FIRST_YEAR, LAST_YEAR = 1990, 2040
YEARS = LAST_YEAR - FIRST_YEAR + 1
UNIT = "deadlines equal to a calendar that shares nothing with ours"
A_YEAR = 366 * len(ROWS)
ALL = sum(1 for _ in every_day(FIRST_YEAR, LAST_YEAR)) * len(ROWS)
AFTER_ALL = date(2042, 1, 1)
FIRST_MOMENTS = 2026
CHAIN = ("bp9", "warden_response", "bp10", "regional_response", "bp11", "general_counsel_response")
USUAL, LONGEST = (20, 20, 20, 30, 30, 40), (20, 40, 20, 60, 30, 60)
ZONES = {"arcadia": "Etc/UTC", "england-wales": "Europe/London", "us-federal": "America/New_York"}
SEEN_BY_MOMENT = ("8.2.review_clock", "r35d.three_months", "542.14.a.bp9", "541.7.c.five_work_days")
# fmt: off
MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
}
# fmt: on
UNITS = {
    ("en", False): "calendar day",
    ("en", True): "work day",
    ("es", False): "día natural|días naturales",
    ("es", True): "día hábil|días hábiles",
}


def last_day_of(row: Row, start: Day) -> Day:
    """Give the last day of a clock as its text counts it."""
    return counted(begins(row, start), row.days, work=row.work, american=row.law == "us-federal")


def begins(row: Row, start: Day) -> Day:
    """Give the day after which the first day is counted."""
    if row.before < 0:
        return back(start, -row.before)
    return counted(start, row.before, work=False, american=False)


@cache
def _plain(row: Row) -> Mapping[str, Value]:
    """Give the usual value of each other fact that the clock's law reads."""
    words = vocabulary()
    reach = shelf.shelf(row.law).on(AFTER_ALL).reach_of_clock(row.clock)
    found = {
        path: read_value(Node(text, "vocabulary", 1, 1), words.facts[path], words)
        for path in sorted(reach)
        if (text := words.facts[path].plain) is not None and path not in {row.start, row.acted}
    }
    return {path: value for path, value in found.items() if value is not None} | row.facts


def decide(row: Row, start: Day, on: Day | None, acted: Day | None) -> Decision:
    """Ask about one clock that began on a day."""
    day = date(*on) if on else AFTER_ALL
    facts = {**_plain(row), row.start: date(*start)}
    if row.acted is not None:
        facts[row.acted] = date(*acted) if acted else date.max
    shelved = shelf.shelf(row.law)
    snapshot = replace(_bare(row), question=Question(kind="clock", subject=row.clock, on=day), facts=facts)
    return decide_clock(snapshot, shelved.on(day))


@cache
def _bare(row: Row) -> Snapshot:
    """See a case of one clock of which nothing is known."""
    question = Question(kind="clock", subject=row.clock, on=AFTER_ALL)
    pack = shelf.pack(row.law)
    case = Case(row.law, question, {}, complete=None, adopt=_adopted(row))
    return see(case, on=AFTER_ALL, zone=pack.zone, kinds=pack.kinds, known_at=None)


def _adopted(row: Row) -> frozenset[str]:
    return frozenset({row.provision} if row.adopt else ())


def outcome(row: Row, decision: Decision) -> str | None:
    """Give the answer that this row's side gives."""
    if row.side is None:
        return decision.outcome.value
    (question,) = decision.contested
    (side,) = [one for one in question.sides if one.name == row.side]
    return side.outcome.value if side.outcome else None


def held(row: Row, start: Day) -> Decision:
    """Try one clock from one day: its last day, and the answers on that day and on the next."""
    last = last_day_of(row, start)
    after = next_day(last)
    told = f"{row.provision} from {start}, last {last}"
    decision = decide(row, start, None, last)
    (seen,) = decision.clocks
    if row.side != "ordinary":
        assert seen.finding.provision == row.provision, told
        assert seen.last_day == date(*last), f"{told}: {seen.last_day}"
    if row.acted is not None:
        assert outcome(row, decision) == "open", told
        assert outcome(row, decide(row, start, None, after)) == row.past, told
    if date(*last) >= shelf.pack(row.law).first_day and date(*start) >= shelf.pack(row.law).first_day:
        assert outcome(row, decide(row, start, last, None)) == "open", told
        assert outcome(row, decide(row, start, after, None)) == row.past, told
    return decision


def told_whole(row: Row, start: Day, decision: Decision, lang: str) -> None:
    """The letter of a clock holds the day it counts from, how many days of which kind, the last, the law."""
    if row.side == "ordinary":
        return
    text = " ".join(as_text(decision, lang).split())
    parts = [in_words(begins(row, start), lang), in_words(last_day_of(row, start), lang)]
    for part in parts:
        assert part in text, f"{row.provision} {start} {lang}: {part}"
    units = UNITS[lang, row.work].split("|")
    assert any(f"{row.days} {unit}" in text for unit in units), f"{row.provision} {lang}: {row.days}"
    citation = shelf.pack(row.law).provisions[row.provision].citation
    assert " ".join(citation.split()) in text, f"{row.provision} {lang}: {citation}"


def in_words(day: Day, lang: str) -> str:
    """Give a day as a letter writes it."""
    of = " de " if lang == "es" else " "
    return f"{day[2]}{of}{MONTHS[lang][day[1] - 1]}{of}{day[0]}"


def chain_held(start: Day) -> None:
    """The whole chain of remedies from one day, on both courses, in the letter and in days."""
    for lang in ("en", "es"):
        on = max(date(*start), shelf.pack("us-federal").first_day)
        reckoned = remedy.reckon(
            "us-federal", "bp9", {"clock.event_on": date(*start), "clock.filed_on": _filed(start)}, on
        )
        assert tuple(step.usual.kind.name for step in reckoned.steps) == CHAIN
        text = " ".join(letter_as_text(compose(reckoned, lang)).split())
        for days, at_length in ((USUAL, False), (LONGEST, True)):
            day = (_filed(start).year, _filed(start).month, _filed(start).day)
            for step, length in zip(reckoned.steps[1:], days[1:], strict=True):
                day = counted(day, length, work=False, american=True)
                told = step.longest if at_length and step.longest else step.usual
                assert told.last_day == date(*day), f"{start} {told.kind.name}: {told.last_day}, not {day}"
                assert in_words(day, lang) in text, f"{start} {told.kind.name} {lang}"


def _filed(start: Day) -> date:
    return date(*counted(start, 7, work=False, american=True))


def moments_held(row: Row, start: Day) -> int:
    """The last minute of the last day is in time, and the next is not, by the clocks of the law's place."""
    zone = ZONES[row.law]
    assert zone == shelf.pack(row.law).zone
    last = last_day_of(row, start)
    facts = {path: (Dated(value),) for path, value in {**_plain(row), row.start: date(*start)}.items()}
    facts[row.acted or ""] = (Dated(date.max),)
    question = Question(kind="clock", subject=row.clock, on=date(*last))
    case = Case(row.law, question, facts, complete=None, adopt=_adopted(row))
    for at, wanted in zip(_around_midnight(next_day(last), zone), ("open", row.past), strict=True):
        found = answer.answer(case, at=at).outcome.value
        assert found == wanted, f"{row.provision} from {start} at {at}: {found}"
    return 2


def _around_midnight(day: Day, zone: str) -> Iterator[str]:
    """Give the last minute before a day begins in a zone, and its first, in Greenwich time."""
    first = hours_behind(day, zone) * 60
    for minutes in (first - 1, first):
        whole, at = (day, minutes) if minutes >= 0 else (back(day, 1), minutes + 24 * 60)
        yield f"{whole[0]:04}-{whole[1]:02}-{whole[2]:02}T{at // 60:02}:{at % 60:02}Z"


def batch(seed: int, share: int = 1) -> Counter[str]:
    """Try every clock on the days of one year of the fifty; ``share`` takes one day in so many."""
    rng = random.Random(f"clocks {seed}")
    year = FIRST_YEAR + seed % YEARS
    days = [day for day in every_day(year, year) if share == 1 or rng.randrange(share) == 0]
    tally: Counter[str] = Counter()
    for row in ROWS:
        chosen = set(rng.sample(days, min(4, len(days))))
        for day in days:
            decision = held(row, day)
            tally["clocks"] += 1
            if day in chosen:
                for lang in ("en", "es"):
                    told_whole(row, day, decision, lang)
                    tally["letters"] += 1
    moving = FIRST_MOMENTS + seed % (LAST_YEAR - FIRST_MOMENTS + 1)
    for day in rng.sample(list(every_day(moving, moving)), 4):
        chain_held(day)
        tally["chains"] += 1
    for row in (row for row in ROWS if row.provision in SEEN_BY_MOMENT):
        for day in every_day(moving, moving):
            if share == 1 or rng.randrange(share) == 0:
                tally["moments"] += moments_held(row, day)
    return tally


def told(tally: Mapping[str, int]) -> tuple[str, ...]:
    """Say what was looked at beside the last days."""
    return (
        f"{tally['letters']:,} letters with their arithmetic; {tally['chains']:,} chains on two courses",
        f"{tally['moments']:,} moments on both sides of midnight, in {len(set(ZONES.values()))} zones",
    )
