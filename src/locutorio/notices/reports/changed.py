"""Tells what another law would change: who moves from which answer to which, by which provision."""

from __future__ import annotations

from locutorio.notices.reports.amounts import count, percent, share
from locutorio.notices.reports.report import Bar, Cell, Column, Pair, Report, Table
from locutorio.notices.reports.surveyed import BARS_MAX, COUNTED
from locutorio.notices.reports.telling import (
    asked,
    assumed,
    columns,
    foot,
    law,
    outcome,
    question,
    table,
)
from locutorio.notices.reports.values import OUTCOMES, Example, Impact
from locutorio.notices.words import Words, clean

WHY = "why"


def tell_impact(impact: Impact, lang: str) -> Report:
    """Tell an impact in one language.

    Raises:
        Fault: the catalogue does not have this language.
    """
    scope = impact.scope
    words = Words(lang, scope.about)
    return Report(
        lang=lang,
        name="impact",
        title=words.say("impact.title", question=question(words, scope)),
        lead=_lead(words, impact),
        tables=(
            _moves(words, impact),
            _matrix(words, impact),
            _moved(words, impact),
            _amended(words, impact),
            assumed(words, scope),
        ),
        foot=foot(words, scope, [impact.old, impact.new]),
        examples_heading=words.say("impact.examples.heading"),
        old_heading=words.say("impact.examples.before"),
        new_heading=words.say("impact.examples.after"),
        examples=tuple(Pair(_example(words, one), one.old, one.new) for one in impact.examples),
    )


def _lead(words: Words, impact: Impact) -> tuple[str, ...]:
    whole, changed = impact.scope.rows, impact.changed
    said = [words.say("impact.nothing")]
    if changed:
        told = percent(words, share(changed, whole))
        numbers = {"changed": count(words, changed), "rows": count(words, whole)}
        said = [words.say("impact.changed", share=told, **numbers)]
    if impact.reasons_only:
        said.append(words.say("impact.reasons_only", rows=count(words, impact.reasons_only)))
    said.append(words.say("impact.laws", old=law(words, impact.old), new=law(words, impact.new)))
    for one in (impact.old, impact.new):
        if not one.proved:
            said.append(words.say("report.draft", pack=clean(one.pack)))
    return (*said, *asked(words, impact.scope))


def _step(words: Words, before: str, after: str) -> str:
    return words.say("impact.move", before=outcome(words, before), after=outcome(words, after))


def _moves(words: Words, impact: Impact) -> Table:
    whole = impact.scope.rows
    found = [(step, n) for step, n in impact.matrix.items() if step[0] != step[1] and n]
    most = sorted(found, key=lambda one: (-one[1], one[0]))
    rows = tuple((outcome(words, old), outcome(words, new), n, share(n, whole)) for (old, new), n in most)
    bars = tuple(Bar(_step(words, *step), n, share(n, whole), step[1]) for step, n in most[:BARS_MAX])
    headed = columns(words, ("before", "text"), ("after", "text"), *COUNTED)
    return table(words, "impact.moves", headed, rows, bars)


def _matrix(words: Words, impact: Impact) -> Table:
    before = columns(words, ("before", "text"))
    after = tuple(Column(name, outcome(words, name), "count") for name in OUTCOMES)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (outcome(words, old), *(impact.matrix.get((old, new), 0) for new in OUTCOMES)) for old in OUTCOMES
    )
    return table(words, "impact.matrix", (*before, *after), rows if impact.scope.rows else ())


def _moved(words: Words, impact: Impact) -> Table:
    whole = impact.scope.rows
    differing = {one.provision.name for one in impact.amended}
    most = sorted(
        impact.moved,
        key=lambda one: (
            one.provision.name not in differing,
            -one.rows,
            one.provision.name,
            one.stops,
            one.before,
            one.after,
        ),
    )
    rows = tuple(
        (
            clean(one.provision.citation),
            words.text(one.provision.says),
            words.say("impact.stops") if one.stops else words.say("impact.starts"),
            outcome(words, one.before),
            outcome(words, one.after),
            one.rows,
            share(one.rows, whole),
            one.provision.name,
        )
        for one in most
    )
    headed = columns(
        words,
        *((name, "text") for name in ("citation", "says", "part", "before", "after")),
        *COUNTED,
        ("provision", "text"),
    )
    return table(words, "impact.moved", headed, rows)


def _amended(words: Words, impact: Impact) -> Table:
    rows = tuple(
        (
            clean(one.provision.citation),
            words.text(one.provision.says),
            words.all_of(words.say(f"impact.differs.{what}") for what in one.what),
            one.provision.name,
        )
        for one in impact.amended
    )
    headed = columns(words, *((name, "text") for name in ("citation", "says", "differs", "provision")))
    return table(words, "impact.amended", headed, rows)


def _example(words: Words, one: Example) -> str:
    step = {"before": outcome(words, one.before), "after": outcome(words, one.after)}
    row = count(words, one.row)
    if not one.person and not one.contact:
        return words.say("impact.examples.row", row=row, **step)
    unnamed = words.say("report.none")
    person, contact = clean(one.person) or unnamed, clean(one.contact) or unnamed
    return words.say("impact.examples.whose", row=row, person=person, contact=contact, **step)
