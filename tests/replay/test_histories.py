"""Through any history of changes: what stands is permitted or at risk, and deciding again changes nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest

from locutorio.actions import deciding
from locutorio.actions.book_visit import VisitBooking, book_visit
from locutorio.actions.close_date import Closing, close_date
from locutorio.actions.end_paper import end_paper
from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.actions.list_contact import Listing, list_contact
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import Touched, replay, touched
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.kernel.faults import Fault
from locutorio.store import models, people, replaying
from locutorio.store.knowledge import PartyMember
from locutorio.store.transaction import Answer, Sent, Transaction, perform
from tests.databases import Store
from tests.establishment import FOUNDED, Oak
from tests.replay.booked import DAY, founded

VISITS, STEPS = 12, 15
ORDER = {"decider": "court", "signed_on": "2026-11-03", "later_order": "no"}
SANCTION = {"decider": "establishment", "visits_left": "1", "notice_to_person": "yes"}


class History:
    """A small establishment with visits booked, to which something happens every hour."""

    def __init__(self, seed: int) -> None:
        self.drawn = random.Random(seed)
        self.oak: Oak = founded()
        self.now = FOUNDED
        self.papers: list[UUID] = []
        for _ in range(VISITS):
            self.ask()

    def step(self) -> None:
        self.now += timedelta(hours=1)
        happening: Callable[[], object] = self.drawn.choice(
            [self.ask, self.ask, self.order, self.sanction, self.end, self.relist, self.fact, self.close]
        )
        with suppress(Fault):  # a paper ended twice, or one too many: nothing is changed
            happening()

    def sent(self) -> Sent:
        return self.oak.sent(f"{self.now} {self.drawn.random()}", self.now)

    def person(self) -> UUID:
        return self.oak.people[self.drawn.choice(sorted(self.oak.people))]

    def contact(self) -> UUID:
        return self.oak.contacts[self.drawn.choice(sorted(self.oak.contacts))]

    def ask(self) -> None:
        person = self.person()
        of_person = {one.contact for one in people.listed_of(self.oak.id, person)}
        listed = [one for _, one in sorted(self.oak.contacts.items()) if one in of_person]
        party = self.drawn.sample(listed, min(len(listed), self.drawn.choice([1, 1, 2])))
        on = DAY + timedelta(days=self.drawn.randrange(12))
        what = VisitRequest(person, tuple(PartyMember(contact) for contact in party), on)
        answer = request_visit(what, self.sent())
        if answer.outcome == "permit":
            slot = f"{self.drawn.choice(['hall', 'booths'])}@{on}T{self.drawn.choice(['09', '14'])}:00"
            book_visit(VisitBooking(answer.request, slot, by="staff"), self.sent())

    def order(self) -> None:
        contact = self.drawn.choice([None, self.contact()])
        since = (self.now + timedelta(days=self.drawn.randrange(9))).date()
        until = since + timedelta(days=self.drawn.randrange(1, 9))
        what = NewPaper(self.person(), "order_no_visits", contact, ORDER, since, until)
        self.papers.append(enter_paper(what, self.sent()).paper)

    def sanction(self) -> None:
        since = self.now.date()
        until = since + timedelta(days=20)
        enter_paper(NewPaper(self.person(), "sanction", None, SANCTION, since, until), self.sent())

    def end(self) -> None:
        if self.papers:
            end_paper(self.drawn.choice(self.papers), self.now.date(), self.sent())

    def relist(self) -> None:
        status = self.drawn.choice(["approved", "approved", "removed", "denied"])
        list_contact(Listing(self.person(), self.contact(), status), self.sent())

    def fact(self) -> None:
        value = self.drawn.choice(["yes", "no", "no", "unknown"])
        enter_fact(NewFact("arcadia.worked_here", value, contact=self.contact()), self.sent())

    def close(self) -> None:
        on = DAY + timedelta(days=self.drawn.randrange(12))
        close_date(Closing(on, "painting", self.drawn.choice(["", "hall"])), self.sent())

    def rows(self) -> list[dict[str, object]]:
        tables = (models.Booking, models.Request, models.Decided, models.Notice, models.Place, models.Debit)
        return [dict(row) for table in tables for row in table.objects.order_by("pk").values()]

    def look_again(self) -> Touched:
        def work(tx: Transaction) -> Answer:
            return {"replayed": as_plain(replay(tx, self.oak.people.values()))}

        return touched(perform(self.sent().command("look", {}), work))


@pytest.mark.parametrize("seed", range(2))
def test_what_stands_is_permitted_or_at_risk(store: Store, seed: int) -> None:
    """
    After every change each booking that stands would be permitted again, or is marked; whoever lost one by
    law has a decision that refuses it, its citation, and a notice to each; and to look again changes nothing.
    """
    history = History(seed)
    at = history.oak.id
    for _ in range(STEPS):
        history.step()
        for one in replaying.standing(at, history.now):
            known = deciding.knowledge(at, one.person, one.contacts, known_at=history.now)
            asked = deciding.Contact(
                one.party,
                one.on,
                deciding.local_day("America/New_York", one.asked_at),
                video=False,
                before=(one.decided_at, one.id),
            )
            assert bool(one.risk) == (deciding.permitted(known, asked) is None)
        before = history.rows()
        seen = history.look_again()
        assert [*seen.withdrawn, *seen.at_risk, *seen.stands_again] == []
        assert history.rows() == before
    withdrawn = models.Booking.objects.filter(standing="withdrawn")
    for booking in withdrawn:
        mine = models.Notice.objects.filter(request=booking.request_id, kind="withdrawn")
        members = models.Member.objects.filter(request=booking.request_id)
        assert mine.exclude(person=None).exists()
        assert {row.contact_id for row in mine if row.contact_id} == {row.contact_id for row in members}
        assert booking.ground
        causes = models.Decided.objects.filter(request=booking.request_id, outcome="refuse").values("cause")
        assert causes.exists() == (booking.ended_by == "law")
    assert withdrawn.exists()
