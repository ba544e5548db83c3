"""What should follow from the rows of the tables, reckoned here a second time: law, offers, quotas, places.

This is written from the rules of the house and the format of a schedule; it shares nothing with the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from tests.life.house import RULES, Rules
from tests.life.tables import Row, Tables
from tests.life.timetable import BY_TEXT, FURTHEST_DAYS, HERE, LEAD_HOURS, PEOPLE_MAX, Limit, Slot, Timetable

PERMIT, PENDING, REFUSE = "permit", "pending", "refuse"
WORST_FIRST = (REFUSE, PENDING, PERMIT)
PRIVILEGED = {"attorney"}
ADULT_AGE = 18  # of the schedule
HAPPENED = "happened"


@dataclass(frozen=True)
class World:
    """The rows at one moment, and what the establishment goes by then."""

    tables: Tables
    now: datetime

    @property
    def house(self) -> Row:
        return next(iter(self.tables.rows["establishment"].values()))

    @property
    def timetable(self) -> Timetable:
        return BY_TEXT[self.house["schedule"]]

    @property
    def rules(self) -> Rules:
        return RULES[self.house["law"]]

    def today(self) -> date:
        """Give the day by the clock on the wall."""
        return self.now.astimezone(HERE).date()

    def slot(self, booking: Row) -> Row:
        """Give the row of the slot of a booking."""
        return self.tables.one("slot", booking["slot_id"])

    def party(self, booking: Row) -> list[UUID]:
        """Give those who come."""
        return self.members(booking["request_id"])

    def members(self, request: UUID) -> list[UUID]:
        """Give those who come by a request."""
        return [row["contact_id"] for row in self.tables.of("member", request_id=request)]

    def stands(self, booking: Row) -> bool:
        """Tell whether a booking is held, and has not run out, or booked."""
        if booking["standing"] == "held":
            return bool(booking["hold_until"] > self.now)
        return bool(booking["standing"] == "booked")

    def counts(self, booking: Row) -> bool:
        """Tell whether a visit counts as used: it stands or took place."""
        return self.stands(booking) or booking["standing"] == HAPPENED

    def under_way(self, booking: Row) -> bool:
        """Tell whether a visit has begun."""
        return bool(self.tables.of("visit", booking_id=booking["id"]))

    def standing(self) -> list[Row]:
        """Give what stands and is not over, in the order of the first decisions."""
        found = [
            row
            for row in self.tables.rows["booking"].values()
            if self.stands(row) and self.slot(row)["ends"] > self.now
        ]
        return sorted(found, key=lambda row: (row["decided_at"], row["id"]))


def law(world: World, person: UUID, party: Sequence[UUID], on: date, before: Row | None = None) -> str:
    """Give what the rules say of a party: the worst of its members.

    Args:
        world: what is known.
        person: in custody.
        party: those who come.
        on: the day of the visit.
        before: a booking that is decided again; only what was first decided before it counts.
    """
    return min((_of(world, person, one, party, on, before) for one in party), key=WORST_FIRST.index)


def _of(
    world: World, person: UUID, contact: UUID, party: Sequence[UUID], on: date, before: Row | None
) -> str:
    listed = _listed(world, person, contact)
    if listed is None:  # who may be a lawyer is not refused before that is known
        return max(PENDING, _of_family(world, person, contact, party, on, before), key=WORST_FIRST.index)
    if listed["role"] in PRIVILEGED:
        return PERMIT
    return _of_family(world, person, contact, party, on, before)


def _of_family(
    world: World, person: UUID, contact: UUID, party: Sequence[UUID], on: date, before: Row | None
) -> str:
    rules = world.rules
    if _paper(world, person, contact, "court_no_contact", on):
        return REFUSE
    ordered = _paper(world, person, contact, "court_contact", on)
    if not ordered and (
        _paper(world, person, contact, "sanction", on) or _paper(world, person, contact, "suspension", on)
    ):
        return REFUSE
    adults = [one for one in party if one != contact and age(world, one, on) >= ADULT_AGE]
    young = age(world, contact, on) < rules.adult_age
    if (young and not adults) or visits(world, person, on, before) >= rules.limit(on):
        return REFUSE
    if young and not any(approved(world, person, one, on) for one in adults):
        return PENDING
    return PERMIT if ordered or on_list(world, person, contact, on) else PENDING


def age(world: World, contact: UUID, on: date) -> int:
    """Give the age of a contact on a day."""
    born = world.tables.one("contact", contact)["born_on"]
    return int(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def approved(world: World, person: UUID, contact: UUID, on: date) -> bool:
    """Tell whether a contact is approved on a person's list that day."""
    row = _listed(world, person, contact)
    if row is None or row["status"] != "approved":
        return False
    return (row["since"] is None or row["since"] <= on) and (row["until"] is None or on < row["until"])


def on_list(world: World, person: UUID, contact: UUID, on: date) -> bool:
    """Tell whether a contact is on the list that day, by the list or by what was entered of it since."""
    entered = [
        row
        for row in world.tables.of(
            "fact", path="contact.on_visiting_list", person_id=person, contact_id=contact
        )
        if (row["since"] is None or row["since"] <= on) and (row["until"] is None or on < row["until"])
    ]
    if entered:
        return bool(max(entered, key=lambda row: (row["known_at"], row["id"]))["value"] == "yes")
    return approved(world, person, contact, on)


def visits(world: World, person: UUID, on: date, before: Row | None) -> int:
    """Count the visits of family and friends in the week of a day."""
    first, last = world.timetable.week_of(on)
    return sum(
        first <= world.slot(row)["on"] <= last and _social(world, row) and _earlier(row, before)
        for row in world.tables.of("booking", person_id=person)
        if world.counts(row)
    )


def _earlier(row: Row, before: Row | None) -> bool:
    if before is None:
        return True
    first = (row["decided_at"], row["id"]) < (before["decided_at"], before["id"])
    return bool(row["id"] != before["id"] and (first or row["standing"] == HAPPENED))


def _social(world: World, booking: Row) -> bool:
    listed = (_listed(world, booking["person_id"], one) for one in world.party(booking))
    return any(row is None or row["role"] not in PRIVILEGED for row in listed)


def _listed(world: World, person: UUID, contact: UUID) -> Row | None:
    found = world.tables.of("listed", person_id=person, contact_id=contact)
    return found[0] if found else None


def _paper(world: World, person: UUID, contact: UUID, form: str, on: date) -> bool:
    longest = {"sanction": world.rules.sanction_days, "suspension": world.rules.suspension_days}
    for row in world.tables.of("paper", person_id=person, form=form):
        ends = [day for day in (row["until"], row["ended_on"]) if day is not None]
        if form in longest:
            ends.append(row["since"] + timedelta(days=longest[form]))
        names = row["contact_id"] in {None, contact}
        if names and _counts(row) and row["since"] <= on and (not ends or on < min(ends)):
            return True
    return False


def _counts(paper: Row) -> bool:
    """Tell whether a paper is in order: a sanction or suspension nobody was told of does not count."""
    return "no" not in {paper["facts"].get("notice_to_person"), paper["facts"].get("notice_to_contact")}


def obstacles(
    world: World, person: UUID, party: Sequence[UUID], slot: Slot, *, by: str, but: Row | None = None
) -> set[str]:
    """Give all that stands against places in a slot; nothing means that they are to be had.

    Args:
        world: what is known.
        person: in custody.
        party: those who come.
        slot: where.
        by: public or staff.
        but: a booking that moves, which is in nobody's way.
    """
    others = [row for row in world.tables.rows["booking"].values() if world.counts(row) and row is not but]
    found = set()
    if closed(world, slot.on, slot.session.code):
        found.add("closed")
    if world.now >= slot.starts or not _in_window(world.now, slot, by) or len(party) > PEOPLE_MAX:
        found.add("not_offered")
    if any(_spent(world, limit, person, party, slot, but) for limit in world.timetable.limits):
        found.add("spent")
    taken = sum(row["places"] for row in others if world.slot(row)["key"] == slot.key)
    if taken + places(world, slot, len(party)) > world.timetable.rooms[slot.session.room].places:
        found.add("full")
    mine = {person, *party}
    during = slot.ticks()
    for row in others:
        there = {row["person_id"], *world.party(row)}
        at = world.timetable.slot(world.slot(row)["key"])
        same_time = at is not None and bool(at.ticks() & during)
        if same_time and there & mine and row["standing"] != HAPPENED:
            found.add("busy")
        if any(
            _kept_from(one, mine, there, slot, at_once=same_time, one_day=world.slot(row)["on"] == slot.on)
            for one in apart(world, slot.on)
        ):
            found.add("apart")
    if any(
        {one["person_id"], one["contact_id"]} <= mine for one in apart(world, slot.on) if one["contact_id"]
    ):
        found.add("apart")
    return found


def places(world: World, slot: Slot, people: int) -> int:
    """Give how many places a party takes."""
    return people if world.timetable.rooms[slot.session.room].people else 1


def closed(world: World, on: date, session: str) -> bool:
    """Tell whether a session does not take place on a day."""
    return any(
        row["lifted_at"] is None and row["session"] in {"", session}
        for row in world.tables.of("closure", on=on)
    )


def apart(world: World, on: date) -> Iterator[Row]:
    """Give the separations that hold on a day."""
    for row in world.tables.rows["separation"].values():
        if (row["since"] is None or row["since"] <= on) and (row["until"] is None or on < row["until"]):
            yield row


def together(world: World, one: Row, other: Row) -> Row | None:
    """Give a separation that two bookings break, if there is one."""
    a, b = world.slot(one), world.slot(other)
    at_once = a["starts"] < b["ends"] and b["starts"] < a["ends"]
    mine, there = {one["person_id"], *world.party(one)}, {other["person_id"], *world.party(other)}
    for row in apart(world, a["on"]):
        if a["on"] == b["on"] and _kept_from(row, mine, there, None, at_once=at_once, one_day=True):
            return row
    return None


def _kept_from(
    row: Row, mine: set[UUID], there: set[UUID], slot: Slot | None, *, at_once: bool, one_day: bool
) -> bool:
    one, other = row["person_id"], row["other_person_id"] or row["contact_id"]
    meet = (one in mine and other in there) or (other in mine and one in there)
    return meet and (at_once if row["scope"] == "at_once" else one_day)


def _in_window(now: datetime, slot: Slot, by: str) -> bool:
    far = slot.on - now.astimezone(HERE).date() <= timedelta(days=FURTHEST_DAYS[by])
    return slot.starts - now >= timedelta(hours=LEAD_HOURS[by]) and far


def charged(world: World, limit: Limit, slot: Slot, party: Sequence[UUID], person: UUID) -> dict[UUID, int]:
    """Give what a visit takes of a limit, by whose it is."""
    if limit.video is not None and limit.video != slot.session.video:
        return {}
    listed = [_listed(world, person, one) for one in party]
    if all(row is not None and row["role"] in PRIVILEGED for row in listed):
        return {}
    amount = 1 if limit.unit == "visits" else (slot.ends - slot.starts) // timedelta(minutes=1)
    return dict.fromkeys(party if limit.whose == "contact" else [person], amount)


def stretches(timetable: Timetable, limit: Limit, on: date) -> list[tuple[date, date]]:
    """Give the days in which a limit counts what a day is among."""
    if limit.per == "day":
        return [(on, on)]
    if limit.per == "week":
        return [timetable.week_of(on)]
    days = int(limit.per.split()[0])
    return [(on - timedelta(days=back), on + timedelta(days=days - 1 - back)) for back in range(days)]


def used(world: World, limit: Limit, subject: UUID, first: date, last: date, but: Row | None = None) -> int:
    """Give what was taken of a limit in some days, by the debits of visits that count."""
    counted = {
        row["id"] for row in world.tables.rows["booking"].values() if world.counts(row) and row is not but
    }
    return sum(
        row["amount"]
        for row in world.tables.of("debit", subject=subject, quota=limit.code)
        if row["booking_id"] in counted and first <= row["on"] <= last
    )


def _spent(
    world: World, limit: Limit, person: UUID, party: Sequence[UUID], slot: Slot, but: Row | None
) -> bool:
    return any(
        used(world, limit, subject, *days, but) + amount > limit.most
        for subject, amount in charged(world, limit, slot, party, person).items()
        for days in stretches(world.timetable, limit, slot.on)
    )
