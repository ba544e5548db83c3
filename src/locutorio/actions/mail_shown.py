"""What is seen of mail: what waits and what is overdue, a person's, one item; and what the person sees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from locutorio.actions import remedy, shelf
from locutorio.actions.authority import About, reading
from locutorio.actions.decided_shown import again, letter_of
from locutorio.actions.deciding import local_day
from locutorio.actions.deciding_mail import ITEM
from locutorio.actions.reject_mail import grounds
from locutorio.decisions.decision import Decision, Outcome, Truth
from locutorio.facts.vocabulary import Text, Value, vocabulary
from locutorio.notices.letter import Letter
from locutorio.store import mail, notices, people
from locutorio.store.actor import Actor
from locutorio.store.entered import read_entered
from locutorio.store.mail import MailNamed, MailRow
from locutorio.store.notices import NoticeRow
from locutorio.store.people import ContactRow, EstablishmentRow, PersonRow

_AWAY_SINCE = "letter.reached_fbi_on"
_OF_CLOCK = ("request.language", "letter.code_suspicion_recorded")
_ELSEWHERE = ("instrument", "use.", "visit.", "request.on")


@dataclass(frozen=True, slots=True)
class Due:
    """Until when somebody who reads or translates an item must give it back: so many days of a kind."""

    last_day: date
    days: int | None
    count: str
    citation: str
    late: bool


@dataclass(frozen=True, slots=True)
class MailSeen:
    """One item with the names, how many days it is here, and what is due of it."""

    named: MailNamed
    days_here: int
    due: Due | None

    @property
    def row(self) -> MailRow:
        """The item itself."""
        return self.named.row


@dataclass(frozen=True, slots=True)
class MailItemSeen:
    """One item, whole: the letter of its decision, what it still asks for, and what anybody was told.

    ``asks`` are facts that nobody said and the answer needs; ``conditions`` the words of those that hold;
    ``grounds`` those on which the law knows a rejection.
    """

    seen: MailSeen
    letter: Letter
    asks: tuple[str, ...]
    conditions: frozenset[str]
    grounds: Mapping[str, Text]
    notices: tuple[NoticeRow, ...]


@dataclass(frozen=True, slots=True)
class MailOfPerson:
    """The items of a person, the latest first, and with whom outside a new one can be."""

    person: PersonRow
    items: tuple[MailSeen, ...]
    contacts: tuple[ContactRow, ...]


def mail_waiting(by: Actor, at: UUID, now: datetime) -> tuple[MailSeen, ...]:
    """Give the items that wait for something: those that are overdue first, then the oldest."""
    with reading(by, "read_mail", About(at)):
        found = _seen(at, mail.open_mail(at), now)
    return tuple(sorted(found, key=lambda one: not (one.due and one.due.late)))


def mail_of_person(by: Actor, at: UUID, person: UUID, now: datetime) -> MailOfPerson:
    """Give the items of one person.

    Raises:
        Refused: there is no such person here.
        PurposeNeeded: it was not said why.
    """
    with reading(by, "read_mail_item", About(at, "person", person)):
        rows = mail.mail_of(at, person)
        known = {one.contact for one in people.listed_of(at, person)} | {one.contact for one in rows}
        contacts = sorted(people.contacts(at, known).values(), key=lambda one: (one.name, one.id))
        return MailOfPerson(people.person(at, person), _seen(at, rows, now), tuple(contacts))


def mail_item(by: Actor, at: UUID, id_: UUID, lang: str, now: datetime) -> MailItemSeen:
    """Give one item.

    Raises:
        Refused: there is none here.
        PurposeNeeded: it was not said why.
    """
    with reading(by, "read_mail_item", About(at, "mail", id_)):
        row = mail.mail(at, id_)
        (seen,) = _seen(at, [row], now)
        told = again(row)
        return MailItemSeen(
            seen,
            letter_of(row, lang),
            _asks(told) if told else (),
            frozenset(one.token for one in told.conditions if one.truth is Truth.YES)
            if told
            else frozenset(),
            grounds(row.law, row.facts.get(ITEM, "")),
            tuple(notices.notices_about_mail(at, id_)),
        )


def own_mail(by: Actor, at: UUID, now: datetime) -> tuple[MailSeen, ...]:
    """Give a person their own items, the latest first.

    A rejection of which the law tells nobody is not seen: the item is seen as one that waits.
    """
    with reading(by, "read_own_mail", About(at)):
        if by.person is None:
            return ()
        told = {one.mail for one in notices.notices_of(at, person=by.person)}
        rows = (_as_told(one, one.id in told) for one in mail.mail_of(at, by.person))
        return _seen(at, rows, now)


def _as_told(one: MailRow, told: bool) -> MailRow:
    if one.standing == mail.REJECTED and not told:
        return replace(one, standing=mail.WAITING, ended_at=None, ground="", why="")
    return one


def _seen(at: UUID, rows: Iterable[MailRow], now: datetime) -> tuple[MailSeen, ...]:
    house = people.establishment(at)
    today = local_day(house.zone, now)
    return tuple(
        MailSeen(one, (today - one.row.on).days, _due(one.row, house, today)) for one in mail.named(at, rows)
    )


def _due(one: MailRow, house: EstablishmentRow, today: date) -> Due | None:
    """Give the clock of a law that counts from the day on which a letter went to be read, if it has one."""
    if one.standing != mail.IN_REVIEW or one.review_since is None or today < shelf.pack(house.law).first_day:
        return None
    said = ((path, read_entered(path, one.facts[path])) for path in _OF_CLOCK if path in one.facts)
    given: dict[str, Value] = {path: value for path, value in said if value is not None}
    given[_AWAY_SINCE] = one.review_since
    for name, kind in remedy.kinds(house.law, today).items():
        if any(way.starts[0] == _AWAY_SINCE for way in kind.ways):
            clock = remedy.reckon(house.law, name, given, today).first
            late = clock.seen.outcome is not Outcome.OPEN
            return Due(clock.last_day, clock.seen.days, clock.seen.count, clock.seen.finding.citation, late)
    return None


def _asks(told: Decision) -> tuple[str, ...]:
    """Give what an establishment can find out and the answer needs: facts, and somebody's yes."""
    if told.firm and told.outcome is not Outcome.PENDING:
        return ()
    keys = [key.fact for key in told.keys if key.state is not Truth.YES]
    words = vocabulary().facts
    paths = dict.fromkeys([*told.unknown, *told.also_unknown, *keys])
    return tuple(path for path in paths if path in words and not path.startswith(_ELSEWHERE))
