"""The vocabulary holds observations that the law uses: no conclusion, nothing made for one case or idle."""

import re
from collections.abc import Iterator

import pytest

from locutorio.actions import shelf
from locutorio.actions.check import micro
from locutorio.decisions.running import judges_of, run_worked, spoken_in
from locutorio.facts.vocabulary import vocabulary
from locutorio.rules.provision import (
    Ceiling,
    Floor,
    Impose,
    Notice,
    Owed,
    Provision,
    Raise,
    Require,
    RouteTo,
)
from locutorio.rules.rulebook import facts_of_provision
from locutorio.rules.tree import Compare, Constant, Group, Line, Member, facts_of, lines_of, sums_of
from tests.house.forms import oak
from tests.properties.drawing import shipped
from tests.properties.laws import SHIPPED

EVERY = (*SHIPPED, *shelf.overlays(), str(oak()))
# Words that say what follows from facts. Acts that someone did (approved, refused, signed) are observations.
CONCLUSIONS = """
    valid invalid void voidable lawful unlawful legal illegal eligible ineligible allowed permitted allowable
    permissible entitled justified unjustified proper improper adequate inadequate reasonable unreasonable
    qualified unqualified sufficient insufficient authorised authorized appropriate inappropriate necessary
    unnecessary excessive defective compliant privileged fair unfair timely untimely late legitimate exempt
    guilty credible protected good wrong
"""
# A name with such a word that states no conclusion, and why.
OBSERVATIONS = {
    "arcadia.calls_authorised": "a number of calls: somebody put them on a list",
    "use.calls_authorised": "a number of calls: somebody put them on a list",
    "instrument.court_authorised": "an act: a judge signed an order beforehand",
    "remedy.late_reason": "what the paper gives as its reason; whether it is late is counted",
}


def lines() -> Iterator[Line]:
    """Give every line of the shipped law, of contested questions and of kinds of paper."""
    for name in EVERY:
        pack = shipped(name).pack
        conditions = [
            *(provision.when for provision in pack.provisions.values()),
            *(question.when for question in pack.contested.values()),
            *(kind.when for kind in pack.kinds.values()),
        ]
        for condition in conditions:
            yield from lines_of(condition or Group(True, ()))


def provisions() -> Iterator[Provision]:
    """Give every shipped provision."""
    for name in EVERY:
        yield from shipped(name).pack.provisions.values()


def using(path: str) -> list[str]:
    """Name the worked cases that state a fact themselves."""
    return [
        one.name
        for name in EVERY
        for one in shipped(name).cases.worked
        if (path in one.case.facts and path not in one.usual)
        or any(path in paper.facts for paper in one.case.papers)
    ]


def test_no_fact_states_a_conclusion() -> None:
    """What someone can see or read is a fact; what follows from it is for the law to say."""
    found = {
        path
        for path in vocabulary().facts
        if set(CONCLUSIONS.split()) & set(re.split(r"[._]", path)) and path not in OBSERVATIONS
    }

    assert found == set()


def test_every_exception_is_a_fact() -> None:
    """The list of exceptions names nothing that is gone."""
    assert set(OBSERVATIONS) <= set(vocabulary().facts)


def test_few_facts_serve_one_case_only(capsys: pytest.CaptureFixture[str]) -> None:
    """A fact made for one case would be its answer in disguise; those only one case states are listed."""
    alone = {path: names[0] for path in vocabulary().facts if len(names := using(path)) == 1}
    with capsys.disabled():
        print(f"\nfacts that only one worked case states: {len(alone)}")
        print(*(f"  {path}: {name}" for path, name in sorted(alone.items())), sep="\n")

    read_once = {
        path
        for path in alone
        if sum(path in facts_of_provision(provision) for provision in provisions()) == 0
    }
    assert read_once == set()
    assert len(alone) * 20 <= len(vocabulary().facts)


def test_every_fact_is_read() -> None:
    """No fact is asked for that no provision, question or kind of paper reads."""
    words = vocabulary()
    read = {path for provision in provisions() for path in facts_of_provision(provision)}
    read |= {path for line in lines() for path in facts_of(sums_of(line))}
    read |= {
        source
        for path in read
        for source in (words.facts[path].years_from, words.facts[path].years_to)
        if source is not None
    }

    assert set(words.facts) - read == set()


def test_every_condition_flag_and_allowance_is_used() -> None:
    """No word stands in the vocabulary that no shipped provision uses."""
    words = vocabulary()
    conditions, flags, allowances = set[str](), set[str](), set[str]()
    for effect in (effect for provision in provisions() for effect in provision.effects):
        match effect:
            case Impose(tokens):
                conditions |= set(tokens)
            case Raise(flag):
                flags.add(flag)
            case Ceiling(of=of) | Floor(of=of) | Owed(of=of):
                allowances.add(of)
            case _:
                pass

    assert set(words.conditions) - conditions == set()
    assert set(words.flags) - flags == set()
    assert set(words.allowances) - allowances == set()


def test_every_office_is_used() -> None:
    """Every office supplies a key, tells, is told, decides, knows a fact, or stands in a line."""
    words = vocabulary()
    used = {office for kind in words.facts.values() for office in kind.known_by}
    for effect in (effect for provision in provisions() for effect in provision.effects):
        match effect:
            case Require(_, office):
                used.add(office)
            case Notice(to=to, by=by):
                used |= {*to, by}
            case RouteTo(recipient, office):
                used |= {recipient, office}
            case _:
                pass
    for name in SHIPPED:
        pack = shipped(name).pack
        used |= {question.office for question in pack.contested.values()}
        used |= {kind.ask for kind in pack.kinds.values()}
    for line in lines():
        used |= {str(value) for value in constants(line)}

    assert set(words.offices) - used == set()


def constants(line: Line) -> Iterator[object]:
    """Give the constants of a line."""
    match line:
        case Member(_, items, _, _):
            yield from items
        case Compare(_, left, right, _):
            yield from (
                term.value for part in (left, right) for _, term in part.terms if isinstance(term, Constant)
            )
        case _:
            pass


@pytest.mark.parametrize("name", SHIPPED)
def test_no_provision_is_silent_in_all_cases(name: str) -> None:
    """Every shipped provision speaks in at least one case that holds."""
    checked = shipped(name)
    assert list(micro(checked)) == []
    spoken = {one.provision for one in checked.cases.micro}
    for result in run_worked(checked.pack, checked.cases, judges_of(checked.shelf)):
        assert result.decision is not None
        spoken |= spoken_in(result.decision)

    assert sorted(set(checked.pack.provisions) - spoken) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_no_provision_speaks_in_all_cases(name: str) -> None:
    """Every shipped provision with a condition is silent in at least one case."""
    checked = shipped(name)
    silent = {one.provision for one in checked.cases.micro if one.silent}
    conditional = {own for own, provision in checked.pack.provisions.items() if provision.when is not None}

    assert sorted(conditional - silent) == []
