"""Every property that a check proves can fail: for each there is a little law on which it does."""

from collections.abc import Mapping
from dataclasses import replace
from textwrap import dedent

from locutorio.decisions.proofs import Proof, Prover
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.texts import read_documents
from locutorio.rules.manifest import safety
from locutorio.rules.provision import Pack
from locutorio.rules.rulebook import Shelf
from tests.decisions.small_law import DAY, little_pack, provision

ROUTE = "{route: {for: person, to: warden, form: {en: a letter, es: una carta}, on: [refuse]}}"
LAWYER = provision("lawyer", "permit: right", when='contact.role == "attorney"')
HEARD = provision("heard", "condition: [recorded]", when='contact.role == "attorney"')
PRIVATE = provision("private", "condition: [unmonitored]", when='contact.role == "attorney"')
ORDER = provision("is_heard", "condition: [recorded]", when="instrument.names_contact")


def with_property(pack: Pack, text: str) -> Pack:
    """Give the pack with one safety property, written as in pack.yaml."""
    written = "id: stated\nsays: {en: never, es: nunca}\nabout: [visit]\n" + dedent(text)
    return replace(pack, safety=(safety(read_documents(written.encode(), "stated")[0], vocabulary()),))


def proofs(pack: Pack) -> Mapping[str, Proof]:
    """Prove everything about visits; give each proof by its name."""
    found = Prover(Shelf(pack).on(DAY)).prove()
    return {proof.name: proof for proof in found if proof.about == "visit"}


def test_a_refusal_without_a_route_is_found() -> None:
    """A law that refuses and names no way to contest it fails, and says on which facts."""
    assert proofs(little_pack(provision("route", ROUTE)))["no refusal without a route"].proved

    broken = proofs(little_pack(provision("route", ROUTE, when='contact.role == "attorney"')))

    assert not broken["no refusal without a route"].proved
    assert broken["no refusal without a route"].counterexample["contact.role"] != "attorney"


def test_a_permit_that_nothing_gives_is_found() -> None:
    """A law that takes its residual away and puts no permission in its place fails."""
    condition = {"when": 'contact.role == "attorney"', "overrides": "[residual]"}

    kept = proofs(little_pack(provision("seen", "permit: open", **condition)))
    broken = proofs(little_pack(provision("seen", "condition: [contact_visit]", **condition)))

    assert kept["no permit without a provision"].proved
    assert not broken["no permit without a provision"].proved
    assert broken["no permit without a provision"].counterexample["contact.role"] == "attorney"


def test_what_is_never_imposed_is_not_even_imposed_and_displaced() -> None:
    """A recording put on a lawyer fails although privacy displaces it; what holds in the end is proved."""
    imposed = """
        when: [contact.role == "attorney"]
        never_imposed: [recorded]
    """
    held = imposed.replace("never_imposed", "never_conditions")

    assert proofs(with_property(little_pack(LAWYER, PRIVATE), imposed))["stated"].proved
    assert not proofs(with_property(little_pack(LAWYER, PRIVATE, HEARD), imposed))["stated"].proved
    assert proofs(with_property(little_pack(LAWYER, PRIVATE, HEARD), held))["stated"].proved
    assert not proofs(with_property(little_pack(LAWYER, HEARD), held))["stated"].proved


def test_only_a_paper_of_the_named_kinds_excuses() -> None:
    """A court order may let staff listen where the property says so; a sanction may not."""
    text = """
        when: [contact.role == "attorney"]
        never_imposed: [recorded]
        unless_papers: [court_order]
    """
    by_court = little_pack(LAWYER, forms={"order": ("court_order", 2, [ORDER])})
    by_staff = little_pack(LAWYER, forms={"paper": ("sanction", 4, [ORDER])})

    assert proofs(with_property(by_court, text))["stated"].proved
    broken = proofs(with_property(by_staff, text))["stated"]
    assert not broken.proved
    assert broken.counterexample["paper:present"] is True


def test_a_forbidden_outcome_is_found() -> None:
    """A sanction of the rank of a right opposes it: a lawyer who must never be refused waits for a person."""
    text = """
        when: [contact.role == "attorney"]
        never_outcomes: [refuse, refer]
    """
    barring = provision("no_visits", "prohibit: yes")
    below = little_pack(LAWYER, forms={"paper": ("sanction", 4, [barring])})
    equal = little_pack(LAWYER, forms={"paper": ("sanction", 3, [barring])})

    assert proofs(with_property(below, text))["stated"].proved
    assert not proofs(with_property(equal, text))["stated"].proved


def test_a_property_that_says_nothing_is_not_proved() -> None:
    """Facts that never come together, or a contact refused in any case, make a property vacuous."""
    never_together = """
        when: [contact.role == "attorney", contact.role == "consul"]
        never_outcomes: [refuse]
    """
    always_refused = """
        when: [contact.role == "consul"]
        never_conditions: [recorded]
    """
    for text in (never_together, always_refused):
        found = proofs(with_property(little_pack(LAWYER), text))["stated"]

        assert found.vacuous
        assert not found.proved
