"""Every action, sent again long after, with the same identifier: the same answer, and nothing done twice."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps

import locutorio.actions
from locutorio.actions.answer_disclosure import Asking, answer_disclosure
from locutorio.actions.answer_lead import Answering, answer_lead
from locutorio.actions.attach_letter import attach_letter
from locutorio.actions.book_visit import VisitBooking, book_visit
from locutorio.actions.cancel_booking import Cancelling, cancel_booking
from locutorio.actions.change_account import change_password, stop_account
from locutorio.actions.change_booking import Changing, change_booking
from locutorio.actions.change_number import NewNumber, change_number
from locutorio.actions.change_retention import change_retention
from locutorio.actions.change_rules import change_rules
from locutorio.actions.change_schedule import change_schedule
from locutorio.actions.close_date import Closing, close_date
from locutorio.actions.confirm_booking import confirm_booking
from locutorio.actions.create_account import NewAccount, Role, create_account
from locutorio.actions.disclose import Disclosing, disclose
from locutorio.actions.documents import NewFile
from locutorio.actions.end_hold import end_hold
from locutorio.actions.end_paper import end_paper
from locutorio.actions.end_privileged import end_privileged
from locutorio.actions.end_visit import Ending, end_visit
from locutorio.actions.enter_event import enter_event
from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.actions.enter_paper import enter_paper
from locutorio.actions.enter_petition import Ask, NewPetition, enter_petition
from locutorio.actions.enter_privileged import NewPrivileged, enter_privileged
from locutorio.actions.entry import grounds_of
from locutorio.actions.keep_document import keep_document
from locutorio.actions.lapse_holds import lapse_holds
from locutorio.actions.lift_closure import lift_closure
from locutorio.actions.list_contact import Guardian, Listing, list_contact, name_guardian
from locutorio.actions.make_up_time import MakingUp, make_up_time
from locutorio.actions.mark_missed import Missing, mark_missed
from locutorio.actions.note_petition import Noting, note_petition, withdraw_petition
from locutorio.actions.offer_places import offer_places
from locutorio.actions.open_establishment import NewEstablishment, open_establishment
from locutorio.actions.order_erasure import order_erasure
from locutorio.actions.place_hold import Holding, place_hold
from locutorio.actions.read_notice import read_notice
from locutorio.actions.record_arrival import Arriving, record_arrival
from locutorio.actions.record_service import Serving, record_service
from locutorio.actions.refuse_entry import Refusing, refuse_entry
from locutorio.actions.register_contact import NewContact, register_contact
from locutorio.actions.register_person import NewPerson, register_person
from locutorio.actions.release_person import release_person
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.actions.rule_petition import Ruling, rule_petition
from locutorio.actions.separate import Apart, end_separation, separate
from locutorio.actions.start_visit import Starting, start_visit
from locutorio.actions.take_docket import take_docket
from locutorio.actions.transfer_person import Leaving, transfer_person
from locutorio.actions.wait_for_place import WaitingFor, stop_waiting, wait_for_place
from locutorio.actions.watch_docket import Watching, end_watch, watch_docket
from locutorio.dockets.watching import Watched
from locutorio.store import models
from locutorio.store.knowledge import PartyMember
from locutorio.store.transaction import Sent
from tests.databases import Store
from tests.dockets.files import feed, needs_parser
from tests.establishment import FOUNDED, LAW, Oak
from tests.replay.booked import DAY, SCHEDULE, founded
from tests.replay.test_papers import order

HOUR = timedelta(hours=1)
# parts of actions; files are in tests/importing, what accounts do in tests/two_people and tests/web/api
ELSEWHERE = {
    "about",
    "changed",
    "leave",
    "take",
    "tried",
    "refuse_alone",
    "propose_factor",
    "break_glass",
    "review_break_glass",
}
ELSEWHERE |= {"propose", "approve_proposal", "refuse_proposal", "withdraw_proposal"}
ELSEWHERE |= {"make_token", "withdraw_token"}
ELSEWHERE |= {"export_person"}  # it gives what is held by then: tests/store/test_exporting.py
# Mail, which needs a law of letters: tests/mail/test_sent_again.py
ELSEWHERE |= {
    *("log_mail", "decide_mail", "review_mail", "end_review"),
    *("pass_mail", "reject_mail", "appeal_mail"),
}
# Recordings, which need a call: tests/recordings/test_recordings.py
ELSEWHERE |= {"keep_recording", "open_recording", "seal_recordings", "destroy_recording"}
# Calls, which need a telephone: tests/calls/test_sent_again.py
ELSEWHERE |= {"authorize_call", "note_call"}
# Calls as people look at them: tests/calls/test_seen_again.py
ELSEWHERE |= {"end_call", "claim_privilege", "state_unrecorded"}
ELSEWHERE |= {"note_unplaced", "make_up_call", "put_before_governor", "change_telephony"}
# Somebody's own account, which needs a session: tests/web/test_factors.py. Recovery codes are given once.
ELSEWHERE |= {
    "enrol_totp",
    "enrol_passkey",
    "remove_factor",
    "renew_recovery_codes",
    "see_told",
    "sign_out",
    "withdraw_factor",
    "start_reset",
    "enrol_kiosk",
    "stop_kiosk",
    "keep_telephone",
    "stop_telephone",
}


@dataclass
class Doing:
    """Does one thing after another, an hour apart, and keeps what was sent and answered."""

    oak: Oak
    at: datetime = FOUNDED
    done: list[tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any], Any]] = field(default_factory=list)

    def __call__(
        self, action: Callable[..., Any], *given: Any, at: datetime | None = None, **named: Any
    ) -> Any:
        self.at = at or self.at + HOUR
        sent = self.oak.sent(f"{action.__name__} {len(self.done)}", self.at)
        answer = action(*given, sent, **named)
        self.done.append((action, (*given, sent), named, answer))
        return answer

    def all_again(self) -> None:
        """Send everything once more: each answers as before, and no row is another."""
        before = _rows()
        for action, given, named, answer in self.done:
            assert action(*given, **named) == answer, action.__name__
        assert _rows() == before

    def books(self, person: str, *contacts: str, on: date = DAY, hour: int = 14, hold: bool = False) -> UUID:
        """Ask and book."""
        party = tuple(PartyMember(self.oak.contacts[name]) for name in contacts)
        asked = self(request_visit, VisitRequest(self.oak.people[person], party, on))
        assert asked.outcome == "permit"
        had = self(book_visit, VisitBooking(asked.request, f"hall@{on}T{hour}:00", hold=hold, by="staff"))
        assert had.booking is not None, had
        booking: UUID = had.booking
        return booking


def test_every_action_sent_again_answers_as_before_and_does_nothing(store: Store) -> None:
    """Each is sent once in some weeks of a small establishment, and all of them once more at their end."""
    needs_parser()
    do = Doing(founded())
    _weeks(do)
    _what_is_changed(do)
    assert {action.__name__ for action, *_ in do.done} == _actions() - ELSEWHERE

    do.all_again()


def _weeks(do: Doing) -> None:
    """Visits that are booked, changed, cancelled and held."""
    oak = do.oak
    kept = do.books("rowan", "alder", hold=True)
    do(confirm_booking, kept, at=do.at)
    do(change_booking, Changing(kept, f"hall@{DAY}T15:00", by="staff"))
    cancelled = do.books("linden", "laurel")
    do(cancel_booking, Cancelling(cancelled, "establishment", "flooded"))
    do(
        read_notice,
        models.Notice.objects.filter(contact=oak.contacts["laurel"]).values_list("id", flat=True)[0],
    )
    told = models.Notice.objects.filter(contact=oak.contacts["laurel"]).values_list("id", flat=True)[0]
    do(record_service, Serving(told, "sent", "post", do.at.date(), "letter 7"))
    do.books("linden", "myrtle", hold=True)
    do(lapse_holds)
    request = models.Request.objects.get(booking=cancelled).id
    do(wait_for_place, WaitingFor(request, DAY, DAY))
    do(offer_places)
    do(stop_waiting, request)
    missed, refused, owed = (
        do.books("rowan", "holly"),
        do.books("hazel", "alder"),
        do.books("hazel", "holly", hour=16),
    )

    begins = models.Slot.objects.get(key=f"hall@{DAY}T15:00").starts
    do(mark_missed, Missing(missed, "family"), at=begins)
    do(mark_missed, Missing(owed, "establishment", "no staff"), at=begins + HOUR)
    said = {"contact.search_accepted": "yes"}
    arriving = Arriving(kept, oak.contacts["alder"], identity="passport", facts=said)
    do(record_arrival, arriving, at=begins)
    do(start_visit, Starting(kept, late_by="establishment"), at=begins + HOUR / 4)
    do(end_visit, Ending(kept), at=begins + HOUR)
    do(make_up_time, MakingUp(kept, 5, "extra"))
    do(enter_fact, NewFact("contact.convicted", "no", contact=oak.contacts["alder"]))
    ground = grounds_of(LAW, DAY)[0].provision
    do(refuse_entry, Refusing(refused, oak.contacts["alder"], ground=ground, note="was seen"), at=begins)


def _what_is_changed(do: Doing) -> None:
    """Papers, separations, closures, schedules, law, who is there and who may sign in."""
    oak, week = do.oak, DAY + timedelta(days=7)
    rowan, alder = oak.people["rowan"], oak.contacts["alder"]
    do.books("rowan", "alder", on=week)
    paper = do(enter_paper, order(oak))
    do(end_paper, paper.paper, week)
    waiting = do(enter_paper, replace(order(oak), awaits="the court of appeal affirms it"))
    do(enter_event, waiting.paper, FOUNDED.date())
    apart = do(separate, Apart(rowan, oak.people["linden"]))
    do(end_separation, apart.separation, week)
    do.books("linden", "laurel", on=week)
    closed = do(close_date, Closing(week, "painting"))
    do(lift_closure, closed.closure)
    do(change_number, NewNumber(rowan, "+15555550100", "mobile", contact=alder))
    registered = do(enter_privileged, NewPrivileged("+15555550199", "court", "District Court"))
    do(end_privileged, registered, "another court now")
    do(list_contact, Listing(rowan, alder, "removed"))
    do(name_guardian, Guardian(oak.contacts["holly"], oak.contacts["willow"]))
    do(change_schedule, SCHEDULE + "adult_age: 17\n")
    do(change_rules, LAW)
    do(change_retention, "person_file", 3_653, "records schedule 4")
    letter = do(keep_document, rowan, NewFile("letter.txt", b"Dear Rowan"))
    watch = do(watch_docket, Watching(rowan, Watched("zzd", "3:24-cr-00001")))
    moments = ("Mon, 05 Jan 2026 10:00:00 GMT", "Mon, 05 Jan 2026 11:00:00 GMT")
    do(take_docket, feed(*(("Order", one) for one in moments)), "feed.xml", None)
    do(answer_lead, Answering(models.Docketed.objects.order_by("id")[0].id, why="of another jail"))
    do(end_watch, rowan, watch)
    petition = do(enter_petition, NewPetition(rowan, "warden", (Ask("More visits"),)))
    do(note_petition, Noting(petition, "sent"))
    do(attach_letter, petition, letter)
    do(rule_petition, Ruling(petition, "rejected", FOUNDED.date()))
    do(withdraw_petition, petition, FOUNDED.date())
    held = do(place_hold, Holding("an inquest", "letter 7", person=oak.people["hazel"]))
    do(end_hold, held)
    do(order_erasure, oak.people["hazel"], "order 12")
    do(disclose, Disclosing(oak.people["hazel"], "the county court", "the visiting list", "order 7"))
    do(answer_disclosure, Asking("The Herald", "press", "name", "none", "1001"))
    do(register_contact, NewContact("Elm", "Wych"))
    do(register_person, NewPerson("1004", "Elm", "Slippery"))
    do(transfer_person, Leaving(oak.people["hazel"], week, "Ask Elm House"))
    do(release_person, Leaving(rowan, week))
    do(create_account, NewAccount("gate", "nine paper lanterns", Role.GATE))
    do(change_password, "gate", "another quiet afternoon")
    do(stop_account, "gate")
    other = Sent(oak.sent("other").id, oak.contacts["alder"], do.at)
    new = NewEstablishment("elm", "Elm House", "America/New_York", LAW)
    do.done.append((open_establishment, (new, other), {}, open_establishment(new, other)))


def _actions() -> set[str]:
    """Give the name of every function that makes a change, by what it is given."""
    found = set()
    for module in pkgutil.walk_packages(locutorio.actions.__path__, "locutorio.actions."):
        for name, one in vars(importlib.import_module(module.name)).items():
            if inspect.isfunction(one) and one.__module__ == module.name and not name.startswith("_"):
                found |= {
                    name for given in inspect.signature(one).parameters.values() if given.annotation == "Sent"
                }
    return found


def _rows() -> dict[str, Counter[str]]:
    """Give every row of the database."""
    return {
        model.__name__: Counter(repr(sorted(row.items())) for row in model._default_manager.values())
        for model in apps.get_app_config("store").get_models()
    }
