"""An age that a case states is what every part of the program reads."""

from __future__ import annotations

from datetime import date

from locutorio.actions import shelf
from locutorio.decisions.assess import view_of
from locutorio.decisions.vary import with_fact
from locutorio.facts.snapshot import Question, Snapshot, derived
from locutorio.facts.vocabulary import Value, vocabulary

ON = date(2026, 12, 5)
BORN = date(1980, 1, 1)


def age_with_birthday(facts: dict[str, Value]) -> tuple[object, object]:
    """Give the age with a birthday tried: in a view, and as facts have it."""
    book = shelf.shelf("us-federal").on(ON)
    view = view_of(Snapshot(Question("contact", ON, "visit"), facts), book)
    tried = with_fact(view, "contact.born_on", BORN.toordinal(), book)
    whole = derived({**facts, "request.on": ON, "contact.born_on": BORN}, vocabulary())
    return tried.facts["contact.age"], whole["contact.age"]


def test_a_stated_age_stands_whatever_birthday_is_tried() -> None:
    """Where only the age is known, a birthday that is tried out does not push it aside."""
    assert age_with_birthday({"contact.age": 12}) == (12, 12)


def test_a_counted_age_is_counted_anew() -> None:
    """Where the age comes from the birthday, another birthday makes another age."""
    assert age_with_birthday({}) == (46, 46)
    assert age_with_birthday({"contact.born_on": date(2010, 12, 10)}) == (46, 46)
