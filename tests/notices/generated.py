"""Generated decisions: every shape a decision can have, its words taken from the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from locutorio.decisions.decision import (
    Beside,
    Branch,
    Change,
    ClockSeen,
    Comment,
    Condition,
    Contested,
    Criterion,
    Decision,
    Defeated,
    FactSeen,
    Finding,
    InstrumentSeen,
    Key,
    Limit,
    LineSeen,
    NoticeOwed,
    NumberSeen,
    Outcome,
    Route,
    Side,
    Truth,
)
from locutorio.facts.vocabulary import FactKind, Value, vocabulary

WORDS = vocabulary()
ENGLISH, SPANISH = "zzenglish", "zzspanish"
KINDS = ("court_order", "special_measure")

days = st.dates(date(2019, 1, 1), date(2031, 12, 31))
texts = st.integers(0, 999).map(lambda n: {"en": f"{ENGLISH}{n} words", "es": f"{SPANISH}{n} palabras"})
offices = st.sampled_from(sorted(WORDS.offices))
names = st.sampled_from(["s1", "s2", "orden-3"])
said_by_others = st.one_of(
    st.just("carta 20"),
    st.text(max_size=12).filter(lambda text: not re.search(r"[.?!:]\s*[.:]|\(\s*\)", text)),
)
citations = st.builds(
    "{} {} {}({})".format,
    st.sampled_from([18, 28]),
    st.sampled_from(["CFR", "U.S.C."]),
    st.integers(500, 549),
    st.sampled_from("abcd"),
)


def _value(kind: FactKind) -> st.SearchStrategy[Value]:
    by_type: Mapping[str, st.SearchStrategy[Any]] = {
        "yes_no": st.booleans(),
        "choice": st.sampled_from(sorted(kind.values) or ["none"]),
        "quantity": st.integers(0, 400),
        "day": days,
        "office": offices,
    }
    return by_type[kind.type]


facts = st.sampled_from(sorted(WORDS.facts)).map(lambda path: WORDS.facts[path])


@st.composite
def told_facts(draw: st.DrawFn) -> tuple[str, Value]:
    kind = draw(facts)
    return kind.path, draw(_value(kind))


@st.composite
def seen_facts(draw: st.DrawFn) -> FactSeen:
    path, value = draw(told_facts())
    return FactSeen(
        path=path,
        value=draw(st.sampled_from([value, None])),
        source=draw(st.none() | said_by_others),
        instrument=draw(names) if path.startswith("instrument.") else None,
    )


numbers = st.builds(
    NumberSeen,
    name=st.just("most"),
    value=st.integers(0, 400),
    unit=st.sampled_from(sorted(WORDS.units)),
    label=texts,
    citation=citations,
    since=days,
)
lines = st.builds(
    LineSeen,
    text=st.just("contact.age < number.adult_age"),
    truth=st.sampled_from(Truth),
    facts=st.lists(seen_facts(), max_size=2).map(tuple),
    numbers=st.lists(numbers, max_size=1).map(tuple),
)
a_finding = st.builds(
    Finding,
    provision=st.just(""),
    instrument=st.none() | names,
    citation=st.just(""),
    rank=st.integers(1, 7),
    status=st.sampled_from(["verified", "derived", "verified-2", "recalled"]),
    reading=st.none() | st.integers(1, 40),
    says=texts,
    effects=st.lists(st.sampled_from(["prohibit", "permit", "require"]), max_size=2).map(tuple),
    truth=st.sampled_from([Truth.YES, Truth.UNKNOWN]),
    source=st.just("E28"),
    read_on=days,
    lines=st.lists(lines, max_size=2).map(tuple),
)
findings = st.builds(
    lambda finding, section: replace(
        finding, provision=f"540.{section}.a", citation=f"28 CFR 540.{section}(a)"
    ),
    a_finding,
    st.integers(1, 40),
)
some_findings = st.lists(findings, max_size=2).map(tuple)
outcomes = st.sampled_from(Outcome)
clocks = st.builds(
    ClockSeen,
    name=st.just("bp9"),
    start=st.none() | days,
    days=st.none() | st.integers(0, 90),
    count=st.sampled_from(["calendar", "work"]),
    last_day=st.none() | days,
    acted_on=st.none() | days,
    asked_about=days,
    outcome=st.none() | st.sampled_from([Outcome.OPEN, Outcome.LATE, Outcome.DEEMED_DENIED]),
    finding=findings,
    skipped=st.lists(days, max_size=2).map(tuple),
)
unknown_paths = st.one_of(
    facts.map(lambda kind: kind.path),
    st.builds("{}:{}".format, names, st.sampled_from(["instrument.decider", "instrument.signed_on"])),
    st.sampled_from([f"instruments.{kind}" for kind in KINDS]),
)


@st.composite
def branch_facts(draw: st.DrawFn) -> tuple[str, Value]:
    if draw(st.booleans()):
        return f"instruments.{draw(st.sampled_from(KINDS))}", draw(st.sampled_from(["none", "some"]))
    return draw(told_facts())


@st.composite
def changed_facts(draw: st.DrawFn) -> Change:
    path, then = draw(told_facts())
    return Change(
        path=path,
        now=draw(st.sampled_from([None, then])),
        then=then,
        outcome=draw(outcomes),
        instrument=draw(names) if path.startswith("instrument.") else None,
    )


def few(of: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=2).map(tuple)


defeated = st.builds(
    Defeated,
    finding=findings,
    by=some_findings,
    how=st.sampled_from(
        ["overridden", "outranked", "privilege", "stricter", "floor", "yields", "not_in_force", "else"]
    ),
)
conditions = st.builds(
    Condition,
    token=st.sampled_from(sorted(WORDS.conditions)),
    findings=some_findings,
    contested=st.none() | st.just("cq_1"),
)
keys = st.builds(
    Key,
    fact=st.sampled_from([path for path in sorted(WORDS.facts) if path.startswith("approval.")]),
    office=offices,
    state=st.sampled_from(Truth),
    finding=findings,
)
amounts = st.none() | st.integers(-5, 400)
limits = st.builds(
    Limit,
    kind=st.sampled_from(["ceiling", "floor"]),
    of=st.sampled_from(sorted(WORDS.allowances)),
    unit=st.sampled_from(sorted(WORDS.units)),
    limit=amounts,
    used=amounts,
    left=amounts,
    finding=findings,
)
besides = st.builds(
    Beside,
    kind=st.sampled_from(["floor_breach", "owed", "notice_missing", "lapse_soon", *sorted(WORDS.flags)]),
    finding=findings,
    amount=amounts,
    unit=st.none() | st.sampled_from(sorted(WORDS.units)),
    of=st.none() | st.sampled_from(sorted(WORDS.allowances)),
    day=st.none() | days,
    against=some_findings,
    recipients=few(offices),
)
instruments = st.builds(
    InstrumentSeen,
    name=names,
    form=st.just("special_measure"),
    kind=st.sampled_from(KINDS),
    title=texts,
    citation=citations,
    standing=st.none() | outcomes,
    begins_on=st.none() | days,
    ends_on=st.none() | days,
    ended_by=st.none() | st.just("540.1.a"),
    source=st.none() | said_by_others,
    because=some_findings,
    cures=few(texts),
)
criteria = st.builds(
    Criterion,
    provision=names,
    citation=citations,
    status=st.just("verified"),
    says=texts,
    state=st.sampled_from(Truth),
    source=st.just("E28"),
    read_on=days,
    key=st.none() | facts.map(lambda kind: kind.path),
)
comments = st.builds(Comment, overlay=st.just("standard"), title=texts, finding=findings)
notices = st.builds(
    NoticeOwed,
    to=st.lists(offices, min_size=1, max_size=3).map(tuple),
    by=offices,
    tell=texts,
    within_days=st.none() | st.integers(0, 30),
    given=st.sampled_from(Truth),
    finding=findings,
)
routes = st.builds(
    Route, recipient=offices, office=offices, form=texts, clock=st.none() | clocks, finding=findings
)
sides = st.builds(
    Side, name=st.just("floor"), says=texts, authorities=few(citations), outcome=st.none() | outcomes
)
contested = st.builds(
    Contested,
    name=st.just("cq_1"),
    question=texts,
    sides=few(sides),
    interim=texts,
    office=offices,
    decides=st.booleans(),
)
branches = st.builds(
    Branch,
    when=st.lists(branch_facts(), max_size=3).map(tuple),
    outcome=outcomes,
    reasons=few(citations),
)
decisions = st.builds(
    Decision,
    kind=st.sampled_from(["contact", "instrument", "clock"]),
    outcome=outcomes,
    firm=st.booleans(),
    on=days,
    asked_on=st.none() | days,
    known_at=st.none() | st.just("2026-11-21T09:30"),
    about=st.none() | st.sampled_from(sorted(WORDS.facts["request.about"].values)),
    reasons=few(findings),
    supporting=some_findings,
    defeated=few(defeated),
    conditions=few(conditions),
    keys=few(keys),
    limits=few(limits),
    may_last=st.dictionaries(st.sampled_from(sorted(WORDS.allowances)), st.integers(0, 60), max_size=2),
    beside=few(besides),
    instruments=few(instruments),
    notices=few(notices),
    routes=few(routes),
    clocks=few(clocks),
    contested=few(contested),
    unknown=few(unknown_paths),
    also_unknown=few(unknown_paths),
    assumed=few(branch_facts()),
    branches=few(branches),
    more_branches=st.booleans(),
    changes=few(changed_facts()),
    earliest=st.none() | days,
    pack=st.just("us-federal"),
    pack_title=texts,
    pack_hash=st.sampled_from(["", "0123456789abcdef"]),
    reviewed_by=st.just("nobody"),
    adopted=few(st.just("540.2.a")),
    subject=st.none() | names,
    kinds=st.fixed_dictionaries({kind: st.tuples(texts, offices) for kind in KINDS}),
    ladder=st.fixed_dictionaries(dict.fromkeys(range(1, 8), texts)),
    comments=few(comments),
    criteria=few(criteria),
)
