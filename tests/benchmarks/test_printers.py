"""The benchmark compares the same law: every engine that is installed says the same provisions speak."""

from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec

import pytest

from benchmarks.agreement import agreement, spread
from benchmarks.engines.ours import Locutorio
from benchmarks.law import Asked, Rule, drawn, rules_by_question, rules_of, worked
from benchmarks.printers import cedar, openfisca, rego
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.texts import Node
from locutorio.rules.language import Scope, parse_conditions
from locutorio.rules.rulebook import Rulebook
from tests.properties.drawing import shipped

DAY = date(2026, 11, 21)
ENGINES = {  # what `make bench` installs beside what `make test` does; of each: its package, how many cases
    ("cel", "Cel"): ("cel_expr_python", 120),
    ("cedar", "Cedar"): ("cedarpy", 120),
    ("cedar", "CedarByQuestion"): ("cedarpy", 120),
    ("rego", "Rego"): ("regopy", 12),
    ("openfisca", "OpenFisca"): ("openfisca_core", 12),
}
INSTALLED = [engine for engine, (package, _) in ENGINES.items() if find_spec(package)]


@cache
def federal() -> Rulebook:
    return shipped("us-federal").shelf.on(DAY)


@cache
def sampled() -> tuple[Asked, ...]:
    cases = shipped("us-federal").cases
    return (*worked(federal(), cases), *drawn(federal(), cases, 100, seed=7))


@pytest.mark.parametrize("engine", INSTALLED, ids=[f"{module}.{name}" for module, name in INSTALLED])
def test_an_engine_agrees_on_which_provisions_speak(engine: tuple[str, str]) -> None:
    """Asked of the printed conditions, it names exactly the provisions our compiled law names."""
    module, name = engine
    made = getattr(import_module(f"benchmarks.engines.{module}"), name)(federal())

    found = agreement(made, spread(sampled(), ENGINES[engine][1]))

    assert found.cases > 0
    assert found.differing == ()


def test_our_own_speakers_are_asked_as_the_others_are() -> None:
    """From plain facts they name what they name when a case is prepared."""
    assert agreement(Locutorio(federal()), sampled()).differing == ()


def test_every_provision_on_contact_and_papers_is_compared() -> None:
    """Nothing is left out but the provisions about windows of time, which only routes ask for."""
    names = {rule.name for rule in rules_of(federal())}

    assert names == {p.name for p in federal().provisions if p.about != "clock"}


def test_what_is_cut_beforehand_never_speaks() -> None:
    """The smaller sets leave out only provisions that are silent in every such case."""
    cut = rules_by_question(federal())
    for case in sampled():
        for part in case.parts:
            assert part.certain <= {rule.name for rule in cut[part.about, part.form]}


def small(*lines: str) -> Rule:
    """Make a provision whose second line is an *any of* of all lines but the first."""
    nodes = [Node(line, "small.yaml", 1, 1) for line in lines]
    either = Node({"any": Node(nodes[1:], "small.yaml", 1, 1)}, "small.yaml", 1, 1)
    scope = Scope(vocabulary(), {"adult_age": "years"})
    return Rule(
        "small", parse_conditions(Node([nodes[0], either], "small.yaml", 1, 1), scope), {"adult_age": 16}
    )


SMALL = (
    "contact.age < number.adult_age",
    "not escort.present",
    'contact.role not in ["consul", "attorney"]',
    'request.on >= date("2026-11-21")',
)


def test_how_cedar_is_printed() -> None:
    """Known alternatives are not hidden by unknown ones."""
    day = DAY.toordinal()

    assert cedar.policies([small(*SMALL)]) == (
        '@id("small")\npermit (principal, action, resource)\nwhen { ((context["contact.age"] < 16)'
        ' && ((context has "escort.present" && context["escort.present"] == false)'
        ' || (context has "contact.role" && !["consul", "attorney"].contains(context["contact.role"]))'
        f' || (context has "request.on" && context["request.on"] >= {day}))) }};'
    )


def test_how_rego_is_printed() -> None:
    """Nothing is negated that could be undefined."""
    assert rego.module([small(*SMALL)]).splitlines()[4:] == [
        'any_1 if { input["escort.present"] == false }',
        'any_1 if { input["contact.role"] != "consul"; input["contact.role"] != "attorney" }',
        f'any_1 if {{ input["request.on"] >= {DAY.toordinal()} }}',
        'speaks contains "small" if { input["contact.age"] < 16; any_1 }',
    ]


def test_how_openfisca_is_printed() -> None:
    """One formula over arrays, and one input for each fact it reads."""
    printed = openfisca.module([small(*SMALL)], vocabulary())

    assert printed.count("(Variable):") == 5
    assert printed.splitlines()[-1].strip() == (
        "return ((case('contact__age', period) < 16) & ((~case('escort__present', period))"
        " | ((case('contact__role', period) != 'consul') & (case('contact__role', period) != 'attorney'))"
        f" | (case('request__on', period) >= {DAY.toordinal()})))"
    )


def test_the_same_cases_are_drawn_from_the_same_seed() -> None:
    """A figure can be measured again on the same cases."""
    cases = shipped("us-federal").cases

    first, second = (list(drawn(federal(), cases, 5, seed=3)) for _ in range(2))

    assert first == second
