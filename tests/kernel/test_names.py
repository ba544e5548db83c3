"""Names are refused where they could be taken for another one; all that people are called is not."""
# ruff: noqa: RUF001 - names that look alike are what is tried

from __future__ import annotations

import pytest

from locutorio.kernel.faults import Fault
from locutorio.kernel.names import refuse_unclear

FAIR = (
    *("", "Ana María Núñez-O’Brien", "Zoë", "Łukasz Żółć", "Nguyễn Thị Minh Khai", "José\u0301", "李小龍"),
    *(
        "Иванова Анна",
        "Ιωάννης",
        "محمد علی",
        "علی\u200cرضا",
        "क्\u200dष",
        "Smith Иванов",
        "D'Angelo 3rd",
        "ﬁnn",
    ),
)
UNCLEAR = (
    *("Ash\u202ella", "Ro\u200bwan", "Ro\u200dwan", "Ro\u200cwan", "\ufeffRowan", "Ro\u00adwan", "Rowan\x00"),
    *("Ro\nwan", "Rowan\x1b[2J", "Ro\u2066wan\u2069", "Rowan\U000e0041", "\ud800", "Rowan\u2028", "\ue000"),
    *("Аsh", "Αsh", "Rоwan", "pаypаl Smith"),
)


@pytest.mark.parametrize("name", FAIR)
def test_what_people_are_called_is_taken(name: str) -> None:
    """Accents, any alphabet, two names of two alphabets, joiners where they belong to the spelling."""
    refuse_unclear(name, "the name")


@pytest.mark.parametrize("name", UNCLEAR)
def test_what_could_be_taken_for_another_name_is_refused(name: str) -> None:
    """Signs that turn the writing or that nobody sees, line ends, and one word of two alphabets."""
    with pytest.raises(Fault, match="the name") as refused:
        refuse_unclear(name, "the name")
    assert str(refused.value).isascii() or refused.value.what.isprintable()
    assert refused.value.remedy
