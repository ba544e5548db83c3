"""What overlays promise: they comment, and nothing else of an answer is ever different for it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from locutorio.actions import answer, shelf
from locutorio.actions.template import template
from locutorio.decisions.decision import Decision, Truth
from locutorio.facts.case import Case, Dated
from locutorio.facts.vocabulary import FactKind, Value, vocabulary
from locutorio.kernel.faults import Fault, Faults
from locutorio.notices.compose import compose
from locutorio.rules.packs import folder_of, read_pack
from locutorio.rules.rulebook import facts_of_provision

PROVISION = """instrument: Standard
section: Standard, rule 1
rank: 1
source: MAND
read_on: 2026-01-01
status: verified
from: 2016-01-01
provisions:
  - id: standard.1
    citation: Standard, rule 1
    says: {{en: It is said., es: Se dice.}}
    {extra}
    then: [{effect}]
"""
FORM = """form: paper
kind: order
title: {en: Paper, es: Documento}
citation: Standard
rank: 1
status: verified
source: MAND
read_on: 2026-01-01
from: 2016-01-01
parameters: []
provisions: []
"""
DRAWN = {"yes_no": (True, False, None), "quantity": (0, 15, 16, 1319, 1320, 9000, None)}


def overlay_facts() -> list[FactKind]:
    """Give the facts that only overlays read."""
    provisions = [one for name in shelf.overlays() for one in shelf.pack(name).provisions.values()]
    laws = [one for name in shelf.laws() for one in shelf.pack(name).provisions.values()]
    own = {path for one in provisions for path in facts_of_provision(one)}
    own -= {path for one in laws for path in facts_of_provision(one)}
    return [vocabulary().facts[path] for path in sorted(own)]


def drawn(rng: random.Random) -> Iterator[tuple[str, tuple[Dated, ...]]]:
    """Draw what an overlay asks about, or leave it unknown."""
    for kind in overlay_facts():
        value: Value | None = rng.choice(DRAWN[kind.type])
        if value is not None:
            yield kind.path, (Dated(value),)


def cases(law: str, rng: random.Random) -> list[Case]:
    """Give some worked cases of a law with drawn facts for the overlays."""
    worked = shelf.cases(law).worked
    chosen = rng.sample(worked, min(len(worked), 40))
    return [replace(one.case, facts={**one.case.facts, **dict(drawn(rng))}) for one in chosen]


def without(monkeypatch: pytest.MonkeyPatch, case: Case) -> Decision:
    """Decide as if there were no overlay."""
    with monkeypatch.context() as patched:
        patched.setattr(shelf, "overlays", lambda: ())
        return answer.answer(case)


@pytest.mark.parametrize("law", shelf.laws())
def test_an_answer_with_overlays_is_the_answer_without_them(
    monkeypatch: pytest.MonkeyPatch, law: str
) -> None:
    """Whatever an overlay says, outcome, conditions, notices, routes and all the rest are the same."""
    rng = random.Random(7)
    commented = 0
    for case in cases(law, rng):
        told, bare = answer.answer(case), without(monkeypatch, case)
        commented += bool(told.comments)

        assert replace(told, comments=()) == bare
        for lang in ("en", "es"):
            letter, plain = compose(told, lang), compose(bare, lang)
            sections = tuple(one for one in letter.sections if one.name != "comments")
            assert replace(letter, sections=sections) == plain
            assert ("comments" in {one.name for one in letter.sections}) == bool(told.comments)

    assert commented


@pytest.mark.parametrize("law", shelf.laws())
def test_only_what_surely_speaks_is_said(law: str) -> None:
    """No comment rests on a fact that is not known, or on text that nobody saw and the case did not adopt."""
    rng = random.Random(8)
    for case in cases(law, rng):
        for comment in answer.answer(case).comments:
            lines = comment.finding.lines

            assert comment.finding.truth is Truth.YES
            assert comment.finding.status in ("verified", "derived")
            assert all(fact.value is not None for line in lines for fact in line.facts)


def test_text_from_memory_is_said_only_where_it_is_adopted() -> None:
    """A recalled rule of an overlay is silent until the case adopts it, and then is marked as such."""
    case = next(one.case for one in shelf.cases("arcadia").worked if one.case.question.about == "visit")
    recalled = next(one for one in shelf.pack("mandela").provisions.values() if one.status == "recalled")
    adopting = answer.answer(case, adopt=frozenset(recalled.rows))

    assert answer.answer(case).comments == ()
    assert [one.finding.provision for one in adopting.comments] == [recalled.name]
    assert adopting.adopted == answer.answer(case).adopted


def test_an_overlay_is_never_the_law_of_a_case() -> None:
    """A case that names an overlay as its law is refused, with the laws there are."""
    raw = b"law: mandela\nquestion: {about: visit, on: 2026-12-05}\n"
    with pytest.raises(Fault, match='"mandela" is not a law'):
        answer.answer(answer.read(raw, "case.yaml"))


def test_an_overlay_has_no_template() -> None:
    """No case to fill in is printed for what decides nothing."""
    with pytest.raises(Fault, match='"mandela" decides nothing'):
        template("mandela", "visit", "en", date(2026, 12, 5))


@pytest.mark.parametrize(
    ("effect", "extra", "what"),
    [
        ("prohibit: yes", "rows: []", "does something else than flag"),
        ("permit: right", "rows: []", "does something else than flag"),
        ("condition: [recorded]", "rows: []", "does something else than flag"),
        ("flag: isolation", "residual: yes", "is residual, takes a side or overrides"),
        ("flag: isolation", "overrides: [mandela.44.solitary]", "is residual, takes a side or overrides"),
        ("flag: isolation", "about: clock", "is about a clock"),
    ],
)
def test_an_overlay_that_would_decide_is_refused(tmp_path: Path, effect: str, extra: str, what: str) -> None:
    """Reading an overlay fails, with place and reason, at every provision that does more than flag."""
    folder = Path(shutil.copytree(folder_of("mandela"), tmp_path / "mandela"))
    (folder / "rules" / "more.yaml").write_text(PROVISION.format(effect=effect, extra=extra), "utf-8")

    with pytest.raises(Faults) as refused:
        read_pack(folder)

    assert what in str(refused.value)
    assert "mandela/rules/more.yaml, line 9" in str(refused.value)


def test_an_overlay_holds_no_form_of_paper(tmp_path: Path) -> None:
    """A form in an overlay is refused: papers belong to laws."""
    folder = Path(shutil.copytree(folder_of("mandela"), tmp_path / "mandela"))
    (folder / "paper.yaml").write_text(FORM, "utf-8")

    with pytest.raises(Faults, match="the overlay holds a form paper"):
        read_pack(folder)
