"""What changes what is known or gone by: papers, lists, facts, separations, closures, rules, who leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from random import Random
from typing import Any
from uuid import UUID

from locutorio.actions.change_number import NewNumber, change_number
from locutorio.actions.change_rules import change_rules
from locutorio.actions.change_schedule import change_schedule
from locutorio.actions.close_date import Closing, close_date
from locutorio.actions.end_paper import end_paper
from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.actions.lift_closure import lift_closure
from locutorio.actions.list_contact import Listing, list_contact
from locutorio.actions.register_contact import NewContact, register_contact
from locutorio.actions.register_person import NewPerson, register_person
from locutorio.actions.release_person import release_person
from locutorio.actions.separate import Apart, end_separation, separate
from locutorio.actions.transfer_person import Leaving, transfer_person
from tests.life.expected import World
from tests.life.house import PEOPLE, RULES
from tests.life.life import Doing, Life
from tests.life.tables import Row
from tests.life.timetable import TIMETABLES
from tests.life.visits import free_request, here, in_order, some_slot

OF_A_CONTACT = ("court_no_contact", "court_contact", "suspension")
STATED: Mapping[str, Mapping[str, str]] = {
    "court_no_contact": {
        "decider": "court",
        "covers_visits": "yes",
        "covers_calls": "yes",
        "later_order": "no",
    },
    "court_contact": {"decider": "court", "covers_visits": "yes", "covers_calls": "no", "later_order": "no"},
    "sanction": {
        "decider": "hearing_board",
        "covers_visits": "yes",
        "covers_calls": "no",
        "notice_to_person": "yes",
    },
    "suspension": {
        "decider": "establishment_head",
        "ground": "threat",
        "covers_visits": "yes",
        "covers_calls": "yes",
        "notice_to_contact": "yes",
    },
}
NOTICE_OF = {"sanction": "notice_to_person", "suspension": "notice_to_contact"}


def paper(life: Life, rng: Random) -> Doing | None:
    """Enter an order, a sanction or a suspension, now and then one that is not in order."""
    person, known = somebody_coming(life, rng)
    form = rng.choice(("court_no_contact", "court_no_contact", "sanction", "suspension", "court_contact"))
    contact = (known or some_listed(life, rng, person)) if form in OF_A_CONTACT else None
    ordered = [
        row
        for row in life.tables.of("paper", person_id=person, contact_id=contact)
        if row["form"].startswith("court")
    ]
    if form.startswith("court") and ordered:
        return None
    since = life.world.today() + timedelta(days=rng.randint(-2, 9))
    signed = min(since, life.world.today()) - timedelta(days=1)
    facts = {**STATED[form], "signed_on": signed.isoformat()}
    if form in NOTICE_OF and rng.random() < 0.15:
        facts[NOTICE_OF[form]] = "no"
    until = rng.choice((None, since + timedelta(days=rng.randint(1, 15))))
    what = NewPaper(person, form, contact, facts, since, until, "a paper")
    about = f" about {life.name(contact)}" if contact else ""
    return Doing(
        f"enter {form} of {life.name(person)}{about} from {since} to {until}",
        lambda sent: enter_paper(what, sent),
        None,
        lambda sent: enter_paper(replace(what, source="another"), sent),
    )


def paper_ends(life: Life, rng: Random) -> Doing | None:
    """End a paper, from today or another day."""
    papers = life.tables.of("paper", ended_on=None)
    if not papers:
        return None
    row = rng.choice(in_order(papers)[-6:])
    on = life.world.today() + timedelta(days=rng.choice((-1, 0, 0, 1, 5)))
    return Doing(
        f"end {row['form']} of {life.name(row['person_id'])} on {on}",
        lambda sent: end_paper(row["id"], on, sent),
    )


def listing(life: Life, rng: Random) -> Doing | None:
    """Approve a contact, or withdraw an approval, now or from a day on."""
    person, known = somebody_coming(life, rng)
    waiting = [row for row in life.world.standing() if row["risk"]]
    if waiting and rng.random() < 0.6:
        return approved_again(life, rng, rng.choice(waiting))
    rows = life.tables.of("listed", person_id=person)
    if len(rows) < 3 or rng.random() < 0.1:
        return listed_anew(life, rng, person)
    row = next((one for one in rows if one["contact_id"] == known), None) or rng.choice(in_order(rows))
    status = rng.choice(("approved", "approved", "removed", "denied", "asked"))
    today = life.world.today()
    until = rng.choice((None, None, today + timedelta(days=rng.randint(0, 12))))
    since = rng.choice((None, today - timedelta(days=3), today + timedelta(days=4)))
    if until and since and until <= since:
        since = None
    what = Listing(
        person, row["contact_id"], status, row["role"], row["relation"], since, until, "looked at again"
    )
    return Doing(
        f"list {life.name(row['contact_id'])} of {life.name(person)}: {status} {since} to {until}",
        lambda sent: list_contact(what, sent),
        None,
        lambda sent: list_contact(replace(what, ground="another"), sent),
    )


def approved_again(life: Life, rng: Random, booking: Row) -> Doing | None:
    """Approve somebody of a party that is at risk."""
    contact = rng.choice(sorted(life.world.party(booking)))
    row = life.tables.of("listed", person_id=booking["person_id"], contact_id=contact)[0]
    what = Listing(booking["person_id"], contact, role=row["role"], relation=row["relation"])
    told = f"approve {life.name(contact)} of {life.name(booking['person_id'])} again"
    return Doing(told, lambda sent: list_contact(what, sent))


def listed_anew(life: Life, rng: Random, person: UUID) -> Doing | None:
    """Put somebody on a list who was not on it."""
    listed = {row["contact_id"] for row in life.tables.of("listed", person_id=person)}
    others = sorted({*life.house.contacts.values()} - listed)
    if not others:
        return None
    contact = rng.choice(others)
    role = "attorney" if contact == life.house.contacts["sorrel"] else "social"
    what = Listing(person, contact, role=role)
    return Doing(f"list {life.name(contact)} of {life.name(person)}", lambda sent: list_contact(what, sent))


def fact(life: Life, rng: Random) -> Doing | None:
    """Enter of somebody that they are on the list for some days, or are not."""
    person = rng.choice(here(life))
    contact = some_listed(life, rng, person)
    today = life.world.today()
    since = rng.choice((None, today + timedelta(days=rng.randint(0, 8))))
    until = rng.choice((None, (since or today) + timedelta(days=rng.randint(1, 9))))
    if since is None:
        until = until or today + timedelta(days=5)
    what = NewFact("contact.on_visiting_list", rng.choice(("yes", "no")), person, contact, since, until)
    return Doing(
        f"enter that {life.name(contact)} is listed by {life.name(person)}: {what.value}, {since} to {until}",
        lambda sent: enter_fact(what, sent),
    )


def number(life: Life, rng: Random) -> Doing | None:
    """Change a telephone number: no visit depends on it."""
    person = rng.choice(here(life))
    what = NewNumber(
        person,
        f"+1555555010{rng.randrange(5)}",
        "mobile",
        rng.choice(("approved", "blocked", "ended")),
        some_listed(life, rng, person),
    )
    return Doing(
        f"a number of {life.name(person)} is {what.status}",
        lambda sent: change_number(what, sent),
        nothing_touched,
    )


def keep_apart(life: Life, rng: Random) -> Doing | None:
    """Separate two people held, or one and a contact."""
    person = rng.choice(here(life))
    today = life.world.today()
    others = [one for one in here(life) if one != person]
    ids: dict[str, Any] = {}
    near = near_each_other(life)
    if near and rng.random() < 0.7:
        one, other = rng.choice(near)
        person = one["person_id"]
        if rng.random() < 0.6 and other["person_id"] != person:
            ids["other_person"] = other["person_id"]
        else:
            ids["contact"] = rng.choice(sorted(life.world.party(other)))
    elif rng.random() < 0.6 and others:
        ids["other_person"] = rng.choice(others)
    else:
        ids["contact"] = rng.choice(sorted(life.house.contacts.values()))
    since = rng.choice((None, today + timedelta(days=rng.randint(-1, 5))))
    until = today + timedelta(days=rng.randint(6, 25))
    what = Apart(person, scope=rng.choice(("at_once", "day")), since=since, until=until, **ids)
    names = " and ".join(map(life.name, (person, *ids.values())))
    return Doing(
        f"keep {names} apart ({what.scope}) from {since} to {until}", lambda sent: separate(what, sent)
    )


def near_each_other(life: Life) -> list[tuple[Row, Row]]:
    """Give the bookings of one day, two by two, either first."""
    return [
        pair
        for pair in permutations(life.world.standing(), 2)
        if life.world.slot(pair[0])["on"] == life.world.slot(pair[1])["on"]
    ]


def meet_again(life: Life, rng: Random) -> Doing | None:
    """End a separation."""
    today = life.world.today()
    rows = [
        row for row in life.tables.rows["separation"].values() if row["until"] is None or row["until"] > today
    ]
    if not rows:
        return None
    row = rng.choice(in_order(rows))
    return Doing("end a separation", lambda sent: end_separation(row["id"], today, sent))


def close(life: Life, rng: Random) -> Doing | None:
    """Close a day or a session, mostly one that has bookings."""
    standing = life.world.standing()
    if standing and rng.random() < 0.7:
        slot = life.world.slot(rng.choice(standing))
        on, session = slot["on"], slot["session"]
    else:
        chosen = some_slot(life, rng)
        on, session = chosen.on, chosen.session.code
    what = Closing(on, "the water is off", rng.choice(("", session)))
    return Doing(
        f"close {on} {what.session or 'all day'}",
        lambda sent: close_date(what, sent),
        None,
        lambda sent: close_date(replace(what, reason="another"), sent),
    )


def lift(life: Life, rng: Random) -> Doing | None:
    """Open again what was closed."""
    rows = [row for row in life.tables.of("closure", lifted_at=None) if row["on"] >= life.world.today()]
    if not rows:
        return None
    row = rng.choice(in_order(rows))
    return Doing(f"open {row['on']} {row['session']} again", lambda sent: lift_closure(row["id"], sent))


def timetable(life: Life, rng: Random) -> Doing | None:
    """Go by the other schedule."""
    now = life.world.house["schedule"]
    name, other = next((name, one) for name, one in TIMETABLES.items() if one.text() != now)
    return Doing(f"go by the schedule of {name}", lambda sent: change_schedule(other.text(), sent))


def rules(life: Life, rng: Random) -> Doing | None:
    """Go by the other rules."""
    other = next(name for name in RULES if name != life.world.house["law"])
    return Doing(f"go by the rules {other}", lambda sent: change_rules(other, sent))


def contact_corrected(life: Life, rng: Random) -> Doing | None:
    """Correct when somebody was born or the language they read."""
    row = rng.choice(in_order([*life.tables.rows["contact"].values()]))
    young = date(
        life.world.today().year - rng.choice((15, 16, 17, 18)), rng.randint(1, 12), rng.randint(1, 28)
    )
    what = NewContact(
        row["surname"],
        row["forenames"],
        rng.choice((row["born_on"], young)),
        row["number"],
        rng.choice(("en", "es")),
        id=row["id"],
    )
    return Doing(
        f"{life.name(row['id'])} was born on {what.born_on}, reads {what.language}",
        lambda sent: register_contact(what, sent),
    )


def person_corrected(life: Life, rng: Random) -> Doing | None:
    """Correct the unit or the language of somebody held."""
    row = life.tables.one("person", rng.choice(here(life)))
    what = NewPerson(
        row["number"],
        row["surname"],
        row["forenames"],
        row["born_on"],
        unit=rng.choice(("A-1", "B-2")),
        language=rng.choice(("en", "es")),
        held_since=row["held_since"],
    )
    return Doing(
        f"{life.name(row['id'])} is in {what.unit}", lambda sent: register_person(what, sent), nothing_touched
    )


def come(life: Life, rng: Random) -> Doing | None:
    """Somebody new is held here."""
    number = len(life.tables.rows["person"])
    if len(here(life)) >= len(PEOPLE):
        return None
    what = NewPerson(
        f"{1001 + number}",
        "Ash",
        f"New{number}",
        date(1990, 1, 1),
        language=rng.choice(("en", "es")),
        held_since=life.now,
    )
    return Doing(f"{what.forenames} comes", lambda sent: register_person(what, sent), nothing_touched)


def leave(life: Life, rng: Random) -> Doing | None:
    """Transfer or release somebody; at least two stay."""
    staying = here(life)
    if len(staying) <= 2:
        return None
    person = rng.choice(staying)
    what = Leaving(person, life.world.today() + timedelta(days=rng.randint(0, 9)), "ask at the other place")
    action = rng.choice((transfer_person, release_person))
    return Doing(
        f"{life.name(person)} leaves on {what.on} ({action.__name__})", lambda sent: action(what, sent)
    )


def somebody_coming(life: Life, rng: Random) -> tuple[UUID, UUID | None]:
    """Give a person and a contact who are booked, or asked to be, mostly; else any person and nobody."""
    standing = life.world.standing()
    asked = free_request(life, rng)
    if rng.random() < 0.3 or not (standing or asked):
        return rng.choice(here(life)), None
    row = rng.choice(standing) if standing and rng.random() < 0.7 else asked or rng.choice(standing)
    party = life.world.party(row) if "request_id" in row else life.world.members(row["id"])
    return row["person_id"], rng.choice(sorted(party))


def some_listed(life: Life, rng: Random, person: UUID) -> UUID:
    """Give somebody of a person's list, or anybody where it is empty."""
    listed: list[UUID] = [row["contact_id"] for row in life.tables.of("listed", person_id=person)]
    return rng.choice(sorted(listed) or sorted(life.house.contacts.values()))


def nothing_touched(before: World, after: World, given: object) -> None:
    """See that no booking, request or notice is other than before, but for holds that ran out."""
    ran_out = {
        row["id"] for row in before.tables.of("booking", standing="held") if row["hold_until"] <= after.now
    }
    for table in ("booking", "request", "notice", "decided", "place", "tick", "debit"):
        for was, now in after.tables.changed(before.tables, table):
            row = now or was
            assert row is not None
            of_hold = row["id"] in ran_out if table == "booking" else row.get("booking_id") in ran_out
            assert of_hold, f"a row of {table} changed for nothing"
