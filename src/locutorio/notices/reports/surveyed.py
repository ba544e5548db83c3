"""Tells a survey: the answers, what makes them, what is missing, what is not known."""

from __future__ import annotations

from collections.abc import Mapping

from locutorio.facts.vocabulary import Text
from locutorio.notices.reports.amounts import share
from locutorio.notices.reports.report import Bar, Report, Table
from locutorio.notices.reports.telling import (
    asked,
    assumed,
    columns,
    foot,
    outcome,
    question,
    table,
)
from locutorio.notices.reports.values import OUTCOMES, Decided, Surveyed
from locutorio.notices.words import KIND_OF_PAPER, Words, clean

BARS_MAX = 15
COUNTED = (("rows", "count"), ("share", "share"))


def tell_survey(surveyed: Surveyed, lang: str) -> Report:
    """Tell a survey in one language.

    Raises:
        Fault: the catalogue does not have this language.
    """
    scope = surveyed.scope
    words = Words(lang, scope.about)
    drafts = () if surveyed.law.proved else (words.say("report.draft", pack=clean(surveyed.law.pack)),)
    return Report(
        lang=lang,
        name="survey",
        title=words.say("survey.title", question=question(words, scope)),
        lead=(*asked(words, scope), words.say("report.everyone"), *drafts),
        tables=(
            _outcomes(words, surveyed),
            _decided(words, surveyed),
            _missing(words, surveyed),
            _conditions(words, surveyed),
            _breached(words, surveyed),
            _unknown(words, surveyed),
            assumed(words, scope),
        ),
        foot=foot(words, scope, [surveyed.law]),
    )


def _outcomes(words: Words, surveyed: Surveyed) -> Table:
    whole = surveyed.scope.rows
    counted = [(name, surveyed.outcomes.get(name, 0)) for name in OUTCOMES]
    rows = tuple((outcome(words, name), rows, share(rows, whole)) for name, rows in counted)
    bars = tuple(Bar(outcome(words, name), rows, share(rows, whole), name) for name, rows in counted)
    headed = columns(words, ("answer", "text"), *COUNTED)
    heading, intro = words.say("survey.outcomes.heading"), words.say("survey.outcomes.intro")
    return Table("outcomes", heading, intro, headed, rows, "", bars)


def _decided(words: Words, surveyed: Surveyed) -> Table:
    whole = surveyed.scope.rows
    most = sorted(surveyed.decided, key=lambda one: (-one.rows, one.provision.name, one.outcome))
    rows = tuple(
        (
            outcome(words, one.outcome),
            clean(one.provision.citation),
            words.text(one.provision.says),
            one.rows,
            share(one.rows, whole),
            one.provision.name,
        )
        for one in most
    )
    bars = tuple(
        Bar(_made(words, one), one.rows, share(one.rows, whole), one.outcome) for one in most[:BARS_MAX]
    )
    headed = columns(
        words, ("answer", "text"), ("citation", "text"), ("says", "text"), *COUNTED, ("provision", "text")
    )
    return table(words, "survey.decided", headed, rows, bars)


def _missing(words: Words, surveyed: Surveyed) -> Table:
    whole = surveyed.scope.rows
    most = sorted(surveyed.missing, key=lambda one: (-one[2], one[:2]))
    rows = tuple((words.label(fact), words.office(office), n, share(n, whole)) for fact, office, n in most)
    bars = tuple(Bar(words.label(fact), n, share(n, whole), "pending") for fact, _, n in most[:BARS_MAX])
    return table(
        words, "survey.missing", columns(words, ("fact", "text"), ("office", "text"), *COUNTED), rows, bars
    )


def _conditions(words: Words, surveyed: Surveyed) -> Table:
    whole = surveyed.scope.rows
    most = sorted(surveyed.conditions, key=lambda one: (-one[1], one[0]))
    rows = tuple((words.condition(token), n, share(n, whole)) for token, n in most)
    return table(words, "survey.conditions", columns(words, ("condition", "text"), *COUNTED), rows)


def _breached(words: Words, surveyed: Surveyed) -> Table:
    whole = surveyed.scope.rows
    most = sorted(surveyed.breached, key=lambda one: (-one[1], one[0].name))
    rows = tuple((clean(one.citation), words.text(one.says), n, share(n, whole), one.name) for one, n in most)
    headed = columns(words, ("citation", "text"), ("says", "text"), *COUNTED, ("provision", "text"))
    return table(words, "survey.breached", headed, rows)


def _unknown(words: Words, surveyed: Surveyed) -> Table:
    whole = surveyed.scope.rows
    most = sorted(surveyed.unknown, key=lambda one: (-one[1], one[0]))
    rows = tuple((_fact(words, path, surveyed.kinds), n, share(n, whole)) for path, n in most)
    bars = tuple(
        Bar(_fact(words, path, surveyed.kinds), n, share(n, whole), "open") for path, n in most[:BARS_MAX]
    )
    return table(words, "survey.unknown", columns(words, ("fact", "text"), *COUNTED), rows, bars)


def _made(words: Words, one: Decided) -> str:
    answer, citation = outcome(words, one.outcome), clean(one.provision.citation)
    return words.say("survey.decided.bar", answer=answer, citation=citation)


def _fact(words: Words, path: str, kinds: Mapping[str, Text]) -> str:
    """Name what is not known: a fact, or papers of a kind."""
    if not path.startswith(KIND_OF_PAPER):
        return words.label(path)
    kind = kinds[path.removeprefix(KIND_OF_PAPER)]
    return words.say("survey.unknown.papers", kind=words.text(kind))
