"""Gives the invented jail its telephones, and lets two people call from them, as its engine would.

What is dialled is decided and kept by the same actions as of a real call; only the voices are not there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from locutorio.actions.authorize_call import Attempt, Privileged, authorize_call
from locutorio.actions.change_number import NewNumber, change_number
from locutorio.actions.change_telephony import change_telephony
from locutorio.actions.create_account import NewAccount, Role, create_account
from locutorio.actions.demo.visits import Entered, Sends
from locutorio.actions.enter_privileged import NewPrivileged, enter_privileged
from locutorio.actions.keep_telephone import keep_telephone
from locutorio.actions.list_contact import Listing, list_contact
from locutorio.actions.note_call import CallEvent, note_call
from locutorio.actions.note_unplaced import note_unplaced
from locutorio.actions.register_contact import NewContact, register_contact
from locutorio.actions.unplacing import Unmade
from locutorio.store import accounts, calls, kiosks, people
from locutorio.store.transaction import Answer, Sent, Transaction, perform

CALLERS = ("26-04901", "26-04902")
LAWYER, LAWYER_NUMBER = "Marina Hollybrook", "+12025550191"
COURT, COURT_NUMBER = "Oak County Court (invented)", "+12025550190"
REGISTER = {LAWYER_NUMBER: "counsel", COURT_NUMBER: "court"}
STRANGER = "+12025550177"
PIN = "483920"
WINGS = ("north", "south")
KEPT: Mapping[str, str | int] = {
    "monitors": "record",
    "minutes": 15,
    "recordings_days": 30,
    "make_up_days": 7,
}
LASTS, PAUSE = timedelta(minutes=6), timedelta(minutes=2)
_FIRST_NUMBER = 100


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who calls in the demo: by their register number, from which telephone, whom in turn."""

    person: UUID
    number: str
    telephone: str
    called: tuple[str, ...]


def open_telephones(own: Sequence[Entered], password: str, at: datetime, sent: Sends) -> None:
    """Set up two telephones, numbers on lists, a lawyer and PINs; and let some calls have been made by now.

    Args:
        own: the two whose families sign in.
        password: of the lawyer.
        at: now.
        sent: the changes that open the jail.
    """
    change_telephony(KEPT, sent.next("telephony"))
    for wing in WINGS:
        keep_telephone(f"{wing}-1", wing, "locutorio", sent.next(f"telephone {wing}"))
    for kind, name, line in (("counsel", LAWYER, LAWYER_NUMBER), ("court", COURT, COURT_NUMBER)):
        enter_privileged(NewPrivileged(line, kind, name), sent.next(f"privileged {kind}"))
    number = _FIRST_NUMBER
    for one in own:
        for contact in one.contacts:
            what = NewNumber(one.person, f"+12025550{number}", "mobile", contact=contact)
            change_number(what, sent.next(f"telephone number {number}"))
            number += 1
        _give_pin(one, sent)
    _let_lawyer_in(own[0], password, sent)
    _have_called(own, at, sent)


def turn_of_calls(establishment: UUID, at: datetime) -> None:
    """Do what an engine does all the time: end what is to end, and let somebody call again after a while.

    Raises:
        Fault: the database does not answer, or cannot write.
    """
    for one in calls.under_way(establishment):
        since = one.answered_at or one.started_at
        if one.ending or at - since > LASTS:
            _end(one.id, since, at, "engine" if one.ending else "caller", establishment)
    for index, who in enumerate(_callers(establishment)):
        last = calls.calls_of(establishment, who.person)[:1]
        ended = last[0].ended_at if last else at - PAUSE
        if ended is not None and at - ended >= PAUSE * (index + 1):
            turn = int(at.timestamp()) // 60 % len(who.called)
            attempt = uuid5(establishment, f"attempt {who.number} {at.isoformat()}")
            _begin(who, who.called[turn], attempt, at, establishment)


def _callers(establishment: UUID) -> list[Caller]:
    found = []
    for number, wing in zip(CALLERS, WINGS, strict=True):
        person = people.person_of(establishment, number)
        if person is not None:
            listed = [one.number for one in people.numbers_of(establishment, person.id) if one.person]
            found.append(Caller(person.id, number, f"{wing}-1", tuple(listed)))
    return found


def _give_pin(one: Entered, sent: Sends) -> None:
    """Let somebody have chosen a PIN, at a kiosk or here."""
    account, hashed = kiosks.numbered(sent.establishment, one.drawn.number), accounts.hashed(PIN)

    def work(tx: Transaction) -> Answer:
        if account is not None:
            accounts.set_pin(tx, account, hashed)
        return {}

    perform(sent.next(f"pin {one.drawn.number}").command("choose_pin", {"account": str(account)}), work)


def _let_lawyer_in(one: Entered, password: str, sent: Sends) -> None:
    """Let the lawyer of somebody be on the list, be called, and sign in."""
    forenames, surname = LAWYER.split()
    contact = register_contact(NewContact(surname, forenames), sent.next("lawyer")).id
    list_contact(Listing(one.person, contact, role="attorney"), sent.next("lawyer listed"))
    number = NewNumber(one.person, LAWYER_NUMBER, "mobile", contact=contact)
    change_number(number, sent.next("number of the lawyer"))
    account = NewAccount(forenames.lower(), password, Role.COUNSEL, contact=contact)
    create_account(account, sent.next("account of the lawyer"))


def _have_called(own: Sequence[Entered], at: datetime, sent: Sends) -> None:
    first, second = _callers(sent.establishment)
    for who, called, days, minutes, why in (
        (first, first.called[0], 5, 14, "caller"),
        (first, LAWYER_NUMBER, 3, 12, "called"),
        (second, second.called[0], 2, 15, "engine"),
        (second, second.called[-1], 1, 6, "called"),
        (first, first.called[0], 1, 3, "fault"),
    ):
        begun = at - timedelta(days=days, hours=1)
        attempt = uuid5(sent.establishment, f"attempt {who.number} {days}")
        _begin(who, called, attempt, begun, sent.establishment)
        _end(attempt, begun, begun + timedelta(minutes=minutes), why, sent.establishment)
    refused = uuid5(sent.establishment, "attempt of a stranger's number")
    _begin(first, STRANGER, refused, at - PAUSE * 2, sent.establishment)
    owed = Unmade(own[1].person, own[1].contacts[0], (at - timedelta(days=2)).date(), "no_interpreter")
    note_unplaced(owed, replace(sent, at=at - timedelta(days=1)).next("a call that is owed"))


def _begin(who: Caller, called: str, attempt: UUID, at: datetime, establishment: UUID) -> None:
    """Let somebody dial; where it is allowed, it is answered at once."""
    dialled = Attempt(attempt, who.telephone, who.number, PIN, called, {})
    answer = authorize_call(dialled, Privileged(REGISTER, trusted=True), Sent(attempt, establishment, at))
    if answer.allowed:
        note_call(CallEvent(attempt, "answered", at), Sent(attempt, establishment, at))


def _end(attempt: UUID, began: datetime, at: datetime, why: str, establishment: UUID) -> None:
    note_call(CallEvent(attempt, "ended", at, why=why, began=began), Sent(attempt, establishment, at))
