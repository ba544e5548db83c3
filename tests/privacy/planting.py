"""Random establishments in which secrets of every kind stand, each in words that nothing else holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

from locutorio.actions.book_visit import VisitBooking, book_visit
from locutorio.actions.break_glass import Breaking, break_glass
from locutorio.actions.disclose import Disclosing, disclose
from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.actions.entry import grounds_of
from locutorio.actions.list_contact import Listing, list_contact
from locutorio.actions.place_hold import Holding, place_hold
from locutorio.actions.propose import Proposing, preview, propose
from locutorio.actions.record_service import Serving, record_service
from locutorio.actions.refuse_entry import Refusing, refuse_entry
from locutorio.actions.register_contact import NewContact, register_contact
from locutorio.actions.request_visit import VisitRequest, request_visit
from locutorio.actions.separate import Apart, separate
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault
from locutorio.notices.words import Words
from locutorio.store.actor import PROGRAM
from locutorio.store.knowledge import PartyMember
from locutorio.store.models import Booking, Contact, Listed, Notice, Person
from locutorio.store.transaction import Sent
from tests.establishment import FOUNDED, Oak
from tests.privacy import petitions, telephones
from tests.privacy.table import CONTACT, KINDS, LISTED, ON_LIST, PARTY, PERSON, known_by
from tests.replay.booked import DAY, founded
from tests.replay.test_federal import KNOWN, ORDER
from tests.two_people.officers import Officers, officers

LAWS = ("us-federal", "arcadia")
LANGUAGES = ("en", "es")
LISTS = {
    "rowan": ("alder", "willow", "holly"),
    "linden": ("laurel", "myrtle"),
    "hazel": ("holly", "alder"),
}
PARTIES = (
    ("rowan", ("alder",)),
    ("rowan", ("alder", "willow")),
    ("rowan", ("alder", "holly")),
    ("rowan", ("holly",)),
    ("linden", ("laurel", "myrtle")),
    ("linden", ("myrtle",)),
    ("hazel", ("holly",)),
    ("hazel", ("alder",)),
)
PLAIN = {
    "person.unit": "general",
    "person.special_housing": "none",
    "person.status": "sentenced",
    "local.visitors_at_once": "5",
}
ORDERS = {
    "us-federal": ("court_order_no_contact", ORDER),
    "arcadia": ("order_no_visits", {"decider": "court", "signed_on": "2026-11-02"}),
}
SUSPENDED = {
    "decider": "warden",
    "ground": "life_or_safety",
    "covers_visits": "yes",
    "covers_calls": "yes",
    "certified": "no",
    "notice_to_director": "yes",
}
MEASURES = {
    "us-federal": ("emergency_suspension", SUSPENDED),
    "arcadia": ("sanction", {"decider": "establishment", "visits_left": "0", "notice_to_person": "yes"}),
}
DECIDING = {"contact.supervision": "halfway_house"}  # what the law asks about, so that letters may tell it
SINCE = date(2026, 11, 8)
FIRST_DAY = date(1911, 1, 1)
NOW = datetime(2026, 11, 10, 20, 30, tzinfo=UTC)
_SPACES = re.compile(r"[\s\-\u00ad\u200b\xa0]+")


def plain(text: str) -> str:
    """Give a text as marks are looked for in it: without spaces, hyphens, capitals, line ends."""
    return _SPACES.sub("", text).lower()


@dataclass(frozen=True)
class Planted:
    """One secret: by which marks it is found, and whom outside it may reach."""

    kind: str
    what: str
    marks: tuple[str, ...]
    people: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Step:
    """One secret to be planted, about a person and a contact of theirs. ``pick`` draws what it says."""

    kind: str
    person: str
    contact: str
    pick: int


@dataclass(frozen=True)
class Plan:
    """What an establishment is made of: what is planted before and after the visits that are asked for."""

    law: str
    languages: tuple[str, ...]
    before: tuple[Step, ...]
    visits: tuple[tuple[str, tuple[str, ...]], ...]
    after: tuple[Step, ...]


def plan_of(seed: int) -> Plan:
    """Draw a plan: each kind of secret is planted at least once, before the visits or after them."""
    rng = Random(f"privacy {seed}")
    kinds = [*PLANTING, *rng.choices([*PLANTING], k=6)]
    rng.shuffle(kinds)
    steps = [_step(rng, kind) for kind in kinds]
    middle = rng.randint(len(steps) // 3, len(steps) // 2)
    return Plan(
        law=LAWS[seed % len(LAWS)],
        languages=tuple(rng.choices(LANGUAGES, k=len(LISTS))),
        before=tuple(steps[:middle]),
        visits=tuple(rng.sample(PARTIES, rng.randint(3, len(PARTIES)))),
        after=tuple(steps[middle:]),
    )


def _step(rng: Random, kind: str) -> Step:
    person = rng.choice(sorted(LISTS))
    return Step(kind, person, rng.choice(LISTS[person]), rng.randrange(1_000))


@dataclass
class World:
    """An establishment as a plan says, and every secret in it."""

    oak: Oak
    law: str
    staff: Officers
    planted: list[Planted] = field(default_factory=list)
    requests: list[UUID] = field(default_factory=list)
    bookings: dict[tuple[str, tuple[str, ...]], UUID] = field(default_factory=dict)
    number: count[int] = field(default_factory=lambda: count(1))
    at: datetime = FOUNDED

    def sent(self) -> Sent:
        """Give what a door says of the next change, a minute after the one before."""
        self.at += timedelta(minutes=1)
        return self.oak.sent(f"change {next(self.number)}", self.at)

    def word(self, kind: str) -> str:
        """Give a word that nothing else holds."""
        return f"Qv{kind}{next(self.number)}zx"

    def keep(
        self,
        step: Step,
        marks: tuple[str, ...],
        what: str = "",
        outside: tuple[str, ...] = (),
        also: Collection[str] = (),
    ) -> None:
        """Keep in mind what was planted, and whom outside it may reach by the table.

        ``outside`` is said where what is planted says it, not its kind; ``also`` are those who come along.
        """
        reach = outside or KINDS[step.kind].outside
        people = {step.person} if PERSON in reach else set()
        contacts = {step.contact} if CONTACT in reach else set()
        if LISTED in reach:
            people |= {person for person, listed in LISTS.items() if step.contact in listed}
        if ON_LIST in reach:
            contacts |= {*LISTS[step.person]}
        if PARTY in reach:
            contacts |= {*also}
        self.planted.append(
            Planted(step.kind, what, tuple(map(plain, marks)), frozenset(people), frozenset(contacts))
        )


def made(plan: Plan) -> World:
    """Make the establishment of a plan in the database that is used now."""
    oak = founded(law=plan.law)
    world = World(oak, plan.law, officers(oak))
    world.staff.add("clover", "records", "Clover, staff 21")
    for path, value in (KNOWN | PLAIN).items():
        enter_fact(NewFact(path, value), world.sent())
    for row, language in zip(Person.objects.order_by("number"), plan.languages, strict=True):
        Person.objects.filter(id=row.id).update(language=language)
    for name in oak.contacts:
        word = world.word("name")
        Contact.objects.filter(id=oak.contacts[name]).update(surname=word)
        together = {one for _, party in plan.visits if name in party for one in party}
        world.keep(Step("name", "", name, 0), (word,), also=together)
    for name in LISTS:
        word = world.word("held")
        Person.objects.filter(id=oak.people[name]).update(surname=word)
        world.keep(Step("held", name, "", 0), (word,))
    for step in plan.before:
        _plant(world, step)
    for person, party in plan.visits:
        _visit(world, person, party)
    for step in plan.after:
        _plant(world, step)
    return world


def _visit(world: World, person: str, party: tuple[str, ...]) -> None:
    oak, note = world.oak, world.word("asked")
    members = tuple(PartyMember(oak.contacts[name]) for name in party)
    answer = request_visit(VisitRequest(oak.people[person], members, DAY, note=note), world.sent())
    world.requests.append(answer.request)
    hours = 9 + len(world.requests)
    if answer.outcome == "permit":
        had = book_visit(
            VisitBooking(answer.request, f"hall@{DAY.isoformat()}T{hours:02}:00", by="staff"), world.sent()
        )
        if had.booking is not None:
            world.bookings[person, party] = had.booking
    world.keep(Step("asked", person, party[0], 0), (note,), also=party)


def _plant(world: World, step: Step) -> None:
    """Plant a secret; what the law or the state of things does not let be planted is not."""
    with suppress(Fault):
        PLANTING[step.kind](world, step)


def _fact(world: World, step: Step) -> None:
    paths = KINDS[step.kind].facts
    path = paths[0] if step.pick % 2 else paths[step.pick % len(paths)]
    kind, source = vocabulary().facts[path], world.word(step.kind)
    value = DECIDING.get(path) or ([*kind.values] or ["yes"])[-1]
    if kind.type == "day":
        value = (FIRST_DAY + timedelta(days=next(world.number))).isoformat()
    about_contact = path.startswith(("contact.", "escort.", "approval.supervising", "approval.officer"))
    person = None if about_contact else world.oak.people[step.person]
    contact = world.oak.contacts[step.contact] if about_contact else None
    enter_fact(NewFact(path, value, person=person, contact=contact, source=source), world.sent())
    marks = [source]
    for lang in LANGUAGES:
        words = Words(lang, "visit")
        if kind.type == "day":
            marks += [words.day(date.fromisoformat(value)), value]
        elif kind.type == "choice":
            marks.append(words.say("finding.fact", label=words.label(path), value=words.value(path, value)))
    outside = known_by(path) if not about_contact else tuple(one for one in known_by(path) if one == CONTACT)
    if about_contact and PERSON in known_by(path):
        outside = (*outside, LISTED)
    world.keep(step, tuple(marks), path, outside or ("nobody",))


def _birthday(world: World, step: Step) -> None:
    row = Contact.objects.get(id=world.oak.contacts[step.contact])
    if row.born_on is None or row.born_on.year > 2000:
        return
    born = date(1931, 1, 1) + timedelta(days=next(world.number) * 3)
    register_contact(
        NewContact(row.surname, row.forenames, born, row.number, row.language, id=row.id), world.sent()
    )
    world.keep(step, (born.isoformat(), *(Words(lang).day(born) for lang in LANGUAGES)))


def _address(world: World, step: Step) -> None:
    row = Contact.objects.get(id=world.oak.contacts[step.contact])
    mail = f"{world.word('address')}@example.invalid"
    register_contact(
        NewContact(row.surname, row.forenames, row.born_on, row.number, row.language, "", mail, row.id),
        world.sent(),
    )
    world.keep(step, (mail,))


def _order(world: World, step: Step) -> None:
    form, facts = ORDERS[world.law]
    _enter(world, step, form, facts, world.oak.contacts[step.contact])


def _measure(world: World, step: Step) -> None:
    form, facts = MEASURES[world.law]
    _enter(world, step, form, facts, None)


def _enter(world: World, step: Step, form: str, facts: Mapping[str, str], contact: UUID | None) -> None:
    source, person = world.word(step.kind), world.oak.people[step.person]
    enter_paper(NewPaper(person, form, contact, facts, since=SINCE, source=source), world.sent())
    world.keep(step, (source,))


def _ground(world: World, step: Step) -> None:
    person, contact = world.oak.people[step.person], world.oak.contacts[step.contact]
    ground, place = world.word("ground"), Listed.objects.get(person=person, contact=contact)
    list_contact(Listing(person, contact, "denied", place.role, place.relation, ground=ground), world.sent())
    world.keep(step, (ground,))


def _separation(world: World, step: Step) -> None:
    source = world.word("separation")
    person, contact = world.oak.people[step.person], world.oak.contacts[step.contact]
    separate(Apart(person, contact=contact, scope="day", source=source), world.sent())
    world.keep(step, (source, '"action":"separate"'))


def _hold(world: World, step: Step) -> None:
    why = world.word("hold")
    place_hold(Holding(why, why, person=world.oak.people[step.person]), world.sent())
    world.keep(step, (why, '"action":"place_hold"'))


def _told(world: World, step: Step) -> None:
    word = world.word("told")
    disclose(Disclosing(world.oak.people[step.person], word, word, word), world.sent())
    world.keep(step, (word,))


def _emergency(world: World, step: Step) -> None:
    reason = world.word("emergency")
    ids = world.oak.people[step.person], world.oak.contacts[step.contact]
    world.at += timedelta(minutes=1)
    break_glass(
        Breaking(*ids, "allow" if step.pick % 2 else "stop", reason),
        world.staff.sent("tansy", reason, world.at),
    )
    world.keep(step, (reason,))


def _note(world: World, step: Step) -> None:
    found = [
        booking
        for (person, party), booking in world.bookings.items()
        if person == step.person and step.contact in party
    ]
    note = world.word("note")
    ground = grounds_of(world.law, DAY)[0].provision
    for booking in found[:1]:
        starts = Booking.objects.get(id=booking).slot.starts
        refuse_entry(
            Refusing(booking, world.oak.contacts[step.contact], ground=ground, note=note),
            world.oak.sent(note, starts),
        )
        world.keep(step, (note,))


def _proposal(world: World, step: Step) -> None:
    arguments = {"person": str(world.oak.people[step.person]), "on": DAY.isoformat()}
    why = world.word("proposal")
    shown = preview(PROGRAM, world.oak.id, "release_person", arguments)
    world.at += timedelta(minutes=1)
    propose(
        Proposing("release_person", arguments, why, shown.digest), world.staff.sent("clover", why, world.at)
    )
    world.keep(step, (why,))


def _service(world: World, step: Step) -> None:
    sent = Notice.objects.filter(contact=world.oak.contacts[step.contact]).order_by("id")
    for notice in sent[:1]:
        proof = world.word("service")
        record_service(
            Serving(notice.id, "returned", "post", notice.at.date(), proof), world.oak.sent(proof, NOW)
        )
        world.keep(step, (proof,))


PLANTING: dict[str, Callable[[World, Step], None]] = {
    "supervision": _fact,
    "victim": _fact,
    "immigration": _fact,
    "medical": _fact,
    "birthday": _birthday,
    "address": _address,
    "order": _order,
    "measure": _measure,
    "ground": _ground,
    "separation": _separation,
    "hold": _hold,
    "told": _told,
    "emergency": _emergency,
    "called": telephones.plant,
    "private_call": telephones.plant,
    "note": _note,
    "service": _service,
    "proposal": _proposal,
    "petition": petitions.plant,
    "sensitive": petitions.plant,
}
