"""A right and a bar of one rank that can meet are found, whatever shape they have."""

import pytest

from locutorio.decisions.proofs import Prover
from locutorio.rules.provision import Pack
from locutorio.rules.rulebook import Shelf
from tests.decisions.small_law import DAY, little_pack, provision

RIGHTS = {
    "right": "permit: right",
    "floor": "floor: {of: calls, limit: use.calls_month + 1, used: use.calls_month}",
}
BARS = {
    "prohibition": "prohibit: yes",
    "ceiling": "ceiling: {of: calls, limit: 1, used: use.calls_month, asked: 1}",
}
SOCIAL = {"when": 'contact.role == "social"'}


def prover(pack: Pack) -> Prover:
    return Prover(Shelf(pack).on(DAY))


def names(pairs: object) -> set[tuple[str, str]]:
    return {(right.name, bar.name) for right, bar in pairs}  # type: ignore[attr-defined]


@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize("bar", BARS)
def test_a_clash_in_one_instrument_is_found(right: str, bar: str) -> None:
    """Rights and floors, prohibitions and ceilings: each pair of one Act that can meet is named."""
    owed, barred = provision("owed", RIGHTS[right], **SOCIAL), provision("barred", BARS[bar], **SOCIAL)

    found = prover(little_pack(owed, barred))

    assert names(found.oppositions()) == {("owed", "barred")}
    assert not names(found.left_to_a_person())


@pytest.mark.parametrize("why", [{"overrides": "[owed]"}, {"reading": "1"}, {"rank": "4"}])
def test_a_clash_that_is_explained_is_none(why: dict[str, str]) -> None:
    """An override, a numbered reading or another rank settles who prevails."""
    owed = provision("owed", RIGHTS["right"], **SOCIAL)

    found = prover(little_pack(owed, provision("barred", BARS["prohibition"], **SOCIAL, **why)))

    assert not names(found.oppositions())


def test_two_that_never_meet_do_not_clash() -> None:
    """A floor that is met and a ceiling that is not reached at the same count cannot oppose each other."""
    floor = provision("owed", "floor: {of: calls, limit: 1, used: use.calls_month}", **SOCIAL)
    ceiling = provision("barred", "ceiling: {of: calls, limit: 1, used: use.calls_month, asked: 1}", **SOCIAL)

    assert not names(prover(little_pack(floor, ceiling)).oppositions())


def test_a_clash_of_two_instruments_is_told_apart() -> None:
    """Two Acts of one rank that meet are left to a person: named, but no fault of either."""
    owed = provision("owed", RIGHTS["floor"], **SOCIAL)
    barred = provision("barred", BARS["prohibition"], **SOCIAL)

    found = prover(little_pack(owed, barred, separate=True))

    assert not names(found.oppositions())
    assert names(found.left_to_a_person()) == {("owed", "barred")}
