"""A paper lands, or ends: what is booked of the person is decided again, and of nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from locutorio.actions import answer
from locutorio.actions.end_paper import end_paper
from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.kernel.faults import Fault
from locutorio.store import models, requests
from tests.databases import Store
from tests.establishment import FOUNDED, Oak
from tests.replay.booked import DAY, booked, everything, founded

LATER = FOUNDED + timedelta(days=1)
ORDER = {"decider": "court", "signed_on": "2026-11-03", "later_order": "no"}


def order(oak: Oak, person: str = "rowan", contact: str | None = "alder") -> NewPaper:
    return NewPaper(
        oak.people[person],
        "order_no_visits",
        oak.contacts[contact] if contact else None,
        ORDER,
        since=LATER.date(),
        source="order 26-117",
    )


def test_an_order_withdraws_the_visits_it_names_and_touches_nothing_else(store: Store) -> None:
    """A court's order about one contact withdraws their visits to that person; no other row is written."""
    oak = founded()
    named = booked(oak, "rowan", "alder")
    other_contact = booked(oak, "rowan", "holly", on=DAY + timedelta(days=1))
    other_person = booked(oak, "hazel", "alder", on=DAY + timedelta(days=2))
    before = [everything(visit) for visit in (other_contact, other_person)]

    done = enter_paper(order(oak), oak.sent("order", LATER))

    assert done.standing == "stands"
    assert done.touched.withdrawn == (named.id,)
    assert (named.standing, named.row.ended_by) == ("withdrawn", "law")
    assert "section 7(1)" in named.row.ground
    assert [everything(visit) for visit in (other_contact, other_person)] == before


def test_each_is_told_in_their_own_language_and_only_what_is_theirs(store: Store) -> None:
    """The person reads what the order is and how to contest it; the family, the section and their way."""
    oak = founded()
    visit = booked(oak, "linden", "laurel")
    sanction = NewPaper(
        oak.people["linden"],
        "order_no_visits",
        None,
        {**ORDER, "signed_on": "2026-11-03"},
        since=LATER.date(),
        source="order 26-118",
    )
    enter_paper(sanction, oak.sent("order", LATER))

    person, contact = visit.told("linden"), visit.told("laurel")
    assert "Anulada" in person
    assert "El tribunal ordenó que no haya visitas de familia ni de amistades" in person
    assert "order 26-118" in person
    assert "la jueza o el juez de visitas" in person
    assert "Hasta el 23 de noviembre de 2026" in person
    assert "Arcadia Custody Act, section 7(1)" in contact
    assert "se le dice a la persona presa" in contact
    for secret in ("El tribunal ordenó", "order 26-118", "firma"):
        assert secret not in contact
    assert "de palabra en la puerta o por carta" in contact


def test_a_notice_opens_as_a_letter_in_all_its_forms(store: Store) -> None:
    """What was kept is a whole letter: it says the visit, the reason, the number and what one can do."""
    oak = founded()
    visit = booked(oak, "rowan", "alder")
    enter_paper(order(oak), oak.sent("order", LATER))

    told = visit.told("alder")
    assert "Your visit on 10 November 2026 is withdrawn" in told
    assert "The visit to Rowan Ash at Oak County Jail: 10 November 2026, from 14:00 to 15:00." in told
    assert "The court ordered that there be no visits" in told
    assert str(visit.id)[-8:] in told


def test_what_withdrew_it_can_be_decided_again(store: Store) -> None:
    """The case kept with a withdrawal, decided by itself, gives the same outcome by the same law."""
    oak = founded()
    visit = booked(oak, "rowan", "alder")
    enter_paper(order(oak), oak.sent("order", LATER))

    last = requests.decided_of(oak.id, visit.request)[-1]
    again = answer.answer(answer.read(last.case.encode(), "case"))
    assert (last.cause, last.outcome, again.outcome.value) == ("replay", "refuse", "refuse")
    assert again.pack_hash == last.law_hash


def test_a_defective_paper_withdraws_nothing(store: Store) -> None:
    """An order that no court signed binds nobody; whoever enters it is told so at once."""
    oak = founded()
    visit = booked(oak, "rowan", "alder")
    before = everything(visit)
    what = NewPaper(oak.people["rowan"], "order_no_visits", None, {**ORDER, "decider": "establishment"})
    done = enter_paper(what, oak.sent("order", LATER))

    assert done.standing == "void"
    assert everything(visit) == before


def test_an_order_from_a_later_day_leaves_the_visits_before_it(store: Store) -> None:
    """Each visit is decided as of its own day."""
    oak = founded()
    before = booked(oak, "rowan", "alder")
    after = booked(oak, "rowan", "alder", on=DAY + timedelta(days=7))
    what = NewPaper(
        oak.people["rowan"], "order_no_visits", oak.contacts["alder"], ORDER, since=DAY + timedelta(days=1)
    )
    enter_paper(what, oak.sent("order", LATER))

    assert (before.standing, after.standing) == ("booked", "withdrawn")


def test_a_sanction_leaves_those_who_were_first(store: Store) -> None:
    """
    Where visits are cut to two a month, the two that were booked first stand, whatever their days are; the
    law owes two, and the third is withdrawn.
    """
    oak = founded()
    first = booked(oak, "rowan", "alder", on=DAY + timedelta(days=9))
    second = booked(oak, "rowan", "alder", on=DAY + timedelta(days=5))
    third = booked(oak, "rowan", "alder", on=DAY)
    next_month = booked(oak, "rowan", "alder", on=DAY + timedelta(days=25))
    what = NewPaper(
        oak.people["rowan"],
        "sanction",
        facts={"decider": "establishment", "visits_left": "2", "notice_to_person": "yes"},
        since=LATER.date(),
        until=LATER.date() + timedelta(days=30),
    )
    done = enter_paper(what, oak.sent("sanction", LATER))

    assert done.touched.withdrawn == (third.id,)
    assert [visit.standing for visit in (first, second, next_month)] == ["booked"] * 3


def test_ending_a_paper_withdraws_nothing_and_can_be_asked_twice(store: Store) -> None:
    """A paper ends once; the same again changes nothing, and another day is refused."""
    oak = founded()
    done = enter_paper(order(oak), oak.sent("order", LATER))
    visit = booked(oak, "rowan", "holly")
    before = everything(visit)
    end_paper(done.paper, DAY, oak.sent("end", LATER))
    end_paper(done.paper, DAY, oak.sent("end again", LATER))
    with pytest.raises(Fault, match="ended on"):
        end_paper(done.paper, DAY + timedelta(days=1), oak.sent("end otherwise", LATER))

    assert everything(visit) == before
    again = booked(oak, "rowan", "alder", on=DAY + timedelta(days=1))
    assert again.standing == "booked"


@pytest.mark.parametrize(
    ("form", "facts", "said"),
    [
        ("order_no_visit", {}, "has no form"),
        ("order_no_visits", {"visits_left": "2"}, "does not state"),
        ("order_no_visits", {"signed_on": "yesterday"}, "is not a day"),
    ],
)
def test_a_paper_that_cannot_be_read_changes_nothing(
    store: Store, form: str, facts: dict[str, str], said: str
) -> None:
    """What the law has no form for, or the form does not state, is not taken, and says why."""
    oak = founded()
    visit = booked(oak, "rowan", "alder")
    before = everything(visit)
    with pytest.raises(Fault, match=said):
        enter_paper(NewPaper(oak.people["rowan"], form, None, facts), oak.sent("order", LATER))
    assert everything(visit) == before
    assert not models.Paper.objects.exists()


def test_a_paper_sent_twice_is_entered_once(store: Store) -> None:
    """The same command twice: one paper, one withdrawal, one notice to each, one answer."""
    oak = founded()
    visit = booked(oak, "rowan", "alder")
    first = enter_paper(order(oak), oak.sent("order", LATER))
    second = enter_paper(order(oak), oak.sent("order", LATER))

    assert first == second
    assert models.Paper.objects.count() == 1
    assert visit.kinds("alder") == ["withdrawn"]
