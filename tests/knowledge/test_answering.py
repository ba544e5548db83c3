"""Whoever asks what the records hold gets one answer, byte for byte, hidden or not there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from locutorio.actions.answer_disclosure import Answered, Asking, answer_disclosure
from locutorio.actions.disclose import disclosures_shown
from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.facts.vocabulary import LANGUAGES
from locutorio.kernel.faults import Fault
from locutorio.store.actor import PROGRAM
from tests import establishment
from tests.establishment import FOUNDED, Oak

pytestmark = pytest.mark.usefixtures("store")
MARKED = "person.file_confidential"
PUBLIC = ["name", "register_number", "place", "age", "sentence"]


@pytest.fixture
def oak() -> Oak:
    """Oak under federal law: Linden's file is marked, nobody knows of Hazel's, Rowan's is as others are."""
    made = establishment.founded(law="us-federal")
    enter_fact(NewFact(MARKED, "yes", person=made.people["linden"]), made.sent("marked"))
    enter_fact(NewFact(MARKED, "unknown", person=made.people["hazel"]), made.sent("not known"))
    return made


def ask(oak: Oak, number: str, item: str = "name", asker: str = "press", lang: str = "en") -> Answered:
    """Ask of a register number."""
    what = Asking("The Oak Herald", asker, item, "none", number, lang=lang)
    return answer_disclosure(what, oak.sent(f"{number} {item} {asker} {lang}"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("item", PUBLIC)
def test_a_marked_file_is_answered_as_nobody_s(oak: Oak, item: str, lang: str) -> None:
    """Of a marked file, one of which nobody knows, and a number that is nobody's: one and the same answer."""
    linden, hazel, nobody = (ask(oak, number, item, lang=lang) for number in ("1002", "1003", "9999"))
    assert linden == hazel == nobody
    assert (nobody.outcome, nobody.tells) == ("refuse", "")


def test_what_is_public_is_told_and_accounted(oak: Oak) -> None:
    """The press is told, and the person can see it: who asked for what, and on which ground."""
    told = ask(oak, "1001")
    assert (told.outcome, told.tells) == ("permit", "Rowan Ash")
    (seen,) = disclosures_shown(PROGRAM, oak.id, oak.people["rowan"])
    assert (seen.kind, seen.to, seen.what, seen.why) == ("answered", "The Oak Herald", "name", "none")


def test_what_is_not_told_is_no_disclosure(oak: Oak) -> None:
    """Who visits is told to nobody of the press, and nothing of it stands in the accounting."""
    assert ask(oak, "1001", "visitor_names").outcome == "refuse"
    ask(oak, "1002")
    for person in ("rowan", "linden"):
        assert disclosures_shown(PROGRAM, oak.id, oak.people[person]) == []


def test_a_mark_that_was_taken_away_hides_nothing(oak: Oak) -> None:
    """The last word counts."""
    enter_fact(
        NewFact(MARKED, "no", person=oak.people["linden"]), oak.sent("unmarked", FOUNDED + timedelta(1))
    )
    assert ask(oak, "1002").tells == "Linden Birch"


@pytest.mark.parametrize(
    "what",
    [
        Asking("", "press", "name", "none", "1001"),
        Asking("Herald", "nobody", "name", "none", "1001"),
        Asking("Herald", "press", "shoe_size", "none", "1001"),
        Asking("Herald", "press", "name", "none", "1001", {MARKED: "no"}),
        Asking("Herald", "press", "name", "none", "1001", {"disclosure.medical_review": "maybe"}),
        Asking("Herald", "press", "name", "none", "1001", lang="xx"),
    ],
)
def test_what_cannot_be_asked_is_refused(oak: Oak, what: Asking) -> None:
    """Nobody says for themselves that a file is not marked, and no word is guessed."""
    with pytest.raises(Fault):
        answer_disclosure(what, oak.sent("one"))


def test_a_list_of_people_is_given_to_nobody(oak: Oak) -> None:
    """A request about no one person is answered too."""
    assert ask(oak, "", "list_of_people").outcome == "refuse"
