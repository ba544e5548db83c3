"""Sets what happened beside what was promised, and asks the law about what is missing. Needs no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from locutorio.actions import answer, shelf
from locutorio.arrangements.account import Account, Kept, Row, account
from locutorio.arrangements.asking import MONTHS_MAX, Deadline, Month, Owed
from locutorio.arrangements.periods import month_of
from locutorio.arrangements.promises import ONE_DAY, OPEN, Event, Happened, Promise, Record, Unit, What
from locutorio.arrangements.reading import read_record, zone_of
from locutorio.decisions.decision import Decision
from locutorio.facts.case import Case, Dated
from locutorio.facts.snapshot import Question
from locutorio.facts.vocabulary import Value
from locutorio.facts.words import Word, refuse_unknown
from locutorio.kernel.faults import Fault
from locutorio.kernel.texts import read_documents
from locutorio.notices.catalogue import say

ROWS_MAX = 2000
USUAL_ZONE = "Etc/UTC"
FIRST_STEPS: Mapping[str, str] = {"us-federal": "bp9"}
_OWN_MATTER: Mapping[str, Value] = {"remedy.claimant": "person", "remedy.subject": "confinement"}
_ABOUT: Mapping[What, str] = {What.CALL: "call", What.VISIT: "visit"}


def read(raw: bytes, name: str) -> Record:
    """Read a file of what was promised and what happened.

    Raises:
        Fault, Faults: it cannot be used, and why.
    """
    documents = read_documents(raw, name)
    if not documents:
        raise Fault(f"{name} is empty", remedy="`locutorio owed --template` prints a file to fill in")
    node = documents[0]
    entries = node.entries()
    usual = USUAL_ZONE
    if "law" in entries:
        law = entries["law"]
        refuse_unknown([Word("law", law.text(), law.place)], "law", shelf.laws())
        usual = shelf.pack(law.text()).zone
    return read_record(node, zone_of(node, usual))


def template(lang: str, on: date) -> str:
    """Give a file to fill in, as YAML with comments; its promise begins with the month of a day."""
    return say(lang, "owed.template", day=on.isoformat(), first=on.replace(day=1).isoformat())


def owed(record: Record, on: date) -> Owed:
    """Say what was owed and delivered by a day, and what the law says of what is missing.

    Raises:
        Fault: the file has too many periods, or what it says of facts and papers cannot be used.
    """
    _refuse_many(record, on)
    told = account(record, on)
    if record.case is None:
        return Owed(told)
    law_begins = shelf.pack(record.case.law).first_day
    _ask(record.case, Question(kind="contact", about="call", on=max(on, law_begins)), {})
    return Owed(
        account=told,
        deadlines=tuple(_deadlines(record.case, told, law_begins)),
        months=tuple(_months(record.case, told, law_begins)),
        law_begins=law_begins,
    )


def _refuse_many(record: Record, on: date) -> None:
    """Refuse a file whose promises have more periods than anyone could read."""
    lengths = {Unit.WEEK: 7, Unit.MONTH: 28, Unit.QUARTER: 90}
    rows = 0
    for promise in record.promises:
        if promise.every is not None:
            last = min(on, promise.until or on)
            rows += max(0, (last - promise.since).days) // lengths.get(
                promise.every.unit, promise.every.days or 1
            )
    if rows > ROWS_MAX:
        raise Fault(
            f"the promises of this file have more than {ROWS_MAX} periods by {on.isoformat()}",
            remedy="check the first days of the promises, or split the file",
        )


def _ask(case: Case, question: Question, facts: Mapping[str, Value | None]) -> Decision:
    """Ask the law one question, with some facts added to those of the file."""
    known = {path: (Dated(value),) for path, value in facts.items()}
    return answer.answer(replace(case, question=question, facts={**case.facts, **known}))


def _deadlines(case: Case, told: Account, law_begins: date) -> Iterator[Deadline]:
    """Ask until when a complaint about each missing thing can be filed."""
    clock = FIRST_STEPS.get(case.law)
    if clock is None or told.on < law_begins:
        return
    question = Question(kind="clock", subject=clock, on=told.on)
    for kept in told.kept:
        for row in kept.rows:
            for day in _event_days(kept, row, told.on):
                decision = _ask(case, question, {**_OWN_MATTER, "clock.event_on": day})
                yield Deadline(kept.promise, row, day, decision)


def _event_days(kept: Kept, row: Row, on: date) -> list[date]:
    """Give the days from which time may run: the first on which it failed, and the last of the period.

    A contact that was surely too short failed too.
    """
    short = [] if row.minutes is None or not row.minutes.missing.low else _short(kept.promise, row)
    if row.running or not (row.tally.missing.high or short):
        return []
    failed = [event.on for event in (*row.failed, *short) if event.on <= row.period.last]
    single = kept.promise.on is not None
    days = {min([*failed, row.period.last]), row.period.last} if not single else {row.period.last}
    return sorted(day for day in days if day <= on)


def _short(promise: Promise, row: Row) -> list[Event]:
    """Give the contacts of a row that took less than the promised minutes."""
    most = promise.minutes or 0
    return [
        event
        for event in row.events
        if event.happened is Happened.YES and event.minutes is not None and event.minutes < most
    ]


def _months(case: Case, told: Account, law_begins: date) -> Iterator[Month]:
    """Ask of the calls and visits of each calendar month that has ended, the latest first."""
    record = told.record
    first: dict[What, date] = {}
    for what, since in (
        *((what, kept.promise.since) for kept in told.kept for what in kept.promise.what),
        *((event.what, event.on) for event in record.events),
    ):
        first[what] = min(since, first.get(what, since))
    begins, ends = month_of(told.on)
    for _ in range(MONTHS_MAX):
        begins, ends = month_of(begins - ONE_DAY)
        if begins < law_begins:
            return
        for what, about in _ABOUT.items():
            if what in first and first[what] < ends:
                facts = _facts_of(told, what, begins, ends)
                decision = _ask(case, Question(kind="contact", about=about, on=ends - ONE_DAY), facts)
                yield Month(begins, ends - ONE_DAY, about, decision)


def _facts_of(told: Account, what: What, begins: date, ends: date) -> dict[str, Value | None]:
    """Give what the file knows of one month in the words of the vocabulary; what it does not know is None."""
    events = [one for one in told.record.events if one.what is what and begins <= one.on < ends]
    had = [one for one in events if one.happened is Happened.YES]
    known = told.record.complete(begins, ends - ONE_DAY) and not any(one.happened in OPEN for one in events)
    if what is What.VISIT:
        lengths = [one.minutes for one in had]
        minutes = sum(length or 0 for length in lengths)
        return {
            "use.visit_minutes_month": minutes if known and None not in lengths else None,
            "visit.by_video": False,
        }
    facts: dict[str, Value | None] = {"use.calls_month": len(had) if known else None}
    row = max(
        (row for kept in told.kept for row in _calls_of(kept, begins, ends)),
        key=lambda row: row.tally.missing.low,
        default=None,
    )
    if row is not None and row.tally.owed.exact and row.tally.delivered.exact:
        facts["use.calls_authorised"] = row.tally.owed.low
        facts["use.calls_placed"] = min(row.tally.delivered.low, row.tally.owed.low)
    return facts


def _calls_of(kept: Kept, begins: date, ends: date) -> Iterator[Row]:
    """Give the rows of a promise of calls whose period is in the month."""
    if kept.promise.what == (What.CALL,) and not kept.promise.in_minutes:
        yield from (row for row in kept.rows if begins <= row.period.begins and row.period.ends <= ends)
