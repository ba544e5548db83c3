"""Opens the invented Oak County Jail in an empty database: rules, schedule, people, visits, accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from locutorio.actions import house_rules, shelf
from locutorio.actions.create_account import NewAccount, Role, create_account
from locutorio.actions.demo.calls import LAWYER, open_telephones
from locutorio.actions.demo.people import Inside, Outside, people
from locutorio.actions.demo.visits import Entered, Sends, book_some
from locutorio.actions.open_establishment import NewEstablishment, open_establishment
from locutorio.actions.schedules import read
from locutorio.kernel.faults import Fault
from locutorio.kernel.texts import read_bytes
from locutorio.store import people as kept
from locutorio.store.identifiers import new_id
from locutorio.store.transaction import Answer, Sent, Transaction, perform

EXAMPLES = Path(__file__).parents[4] / "examples"
RULES, SCHEDULE = EXAMPLES / "house" / "oak-county.yaml", EXAMPLES / "schedules" / "oak-county.yaml"
CODE, NAME, LAW = "oak", "Oak County Jail", "house-oak"
SEED = 2026
OPEN_FOR = timedelta(days=9)
PASSWORD = "invented paper lanterns"  # noqa: S105 - of an invented jail that only this machine reaches


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody who can sign in to the demo."""

    name: str
    role: Role
    says: str
    lang: str = "en"


STAFF = (
    Seated("visits officer", Role.VISITS, "enters requests, orders and closures"),
    Seated("gate officer", Role.GATE, "lets people in, or says why not"),
    Seated("records officer", Role.RECORDS, "enters orders, and proposes that one ends"),
    Seated("governor", Role.GOVERNOR, "sees the day and people, and approves what others propose"),
    Seated("administrator", Role.ADMINISTRATOR, "sets the rules, and sees nobody's visits"),
    Seated("auditor", Role.AUDITOR, "sees who did what, and not about whom"),
    Seated("listener", Role.MONITORING, "sees the calls, and of private ones only that there are some"),
    Seated("ombudsman", Role.OMBUDSMAN, "sees everybody's visits, and changes nothing"),
)


@dataclass(frozen=True, slots=True)
class Family:
    """A family that can sign in: whom they visit, and which of them signs in."""

    name: str
    inside: Inside


def families(today: date) -> tuple[Family, Family]:
    """Give the two families that can sign in, one in each language."""
    return (
        Family(
            "juniper",
            Inside(
                "26-04901",
                "Thistlecroft",
                "Heath",
                _ago(today, 34),
                "male",
                "N-2-101",
                "en",
                "pretrial",
                _received(today),
                visited_by=(
                    Outside(
                        "C049011", "Thistlecroft", "Juniper", _ago(today, 33), "en", "spouse", "approved"
                    ),
                    Outside("C049012", "Thistlecroft", "Wren", _ago(today, 8), "en", "child", "approved", 0),
                ),
            ),
        ),
        Family(
            "azucena",
            Inside(
                "26-04902",
                "Vallesereno",
                "Jacinto",
                _ago(today, 41),
                "male",
                "S-3-102",
                "es",
                "sentenced",
                _received(today),
                visited_by=(
                    Outside("C049021", "Vallesereno", "Azucena", _ago(today, 39), "es", "spouse", "approved"),
                    Outside("C049022", "Vallesereno", "Alba", _ago(today, 6), "es", "child", "approved", 0),
                    Outside("C049023", "Vallesereno", "Bruno", _ago(today, 67), "es", "father", "approved"),
                ),
            ),
        ),
    )


def _ago(today: date, years: int) -> date:
    return today - timedelta(days=years * 365 + 100)


def _received(today: date) -> datetime:
    return datetime.combine(today - timedelta(days=40), time(14), UTC)


def open_demo(at: datetime) -> UUID:
    """Open the jail in the database that is used, which must hold none of its code; give its identifier.

    It is as if it had been opened some days ago: visits took place, others are to come.

    Raises:
        Fault, Faults: the examples are not here, or the jail is open already.
    """
    for needed in (RULES, SCHEDULE):
        if not needed.exists():
            raise Fault(
                f"{needed.name} is not here",
                why="the demo reads the examples of the source",
                remedy="run it there",
            )
    folder = shelf.house_folder()
    assert folder is not None, "the demo has a home"
    house_rules.adopt(house_rules.read_rules(read_bytes(RULES), RULES.name), folder)
    begun = at - OPEN_FOR
    sent = Sends(new_id(begun), begun)
    schedule = read_bytes(SCHEDULE).decode()
    what = NewEstablishment(CODE, NAME, _zone(schedule), LAW, schedule, factor_needed=False)
    open_establishment(what, sent.next("open"))
    today = at.astimezone(ZoneInfo(_zone(schedule))).date()
    own = families(today)
    entered = _register([*(family.inside for family in own), *people(SEED, today)], sent.next("people"))
    _seat(own, entered, sent)
    book_some(entered[len(own) :], today, at, sent)
    open_telephones(entered[: len(own)], PASSWORD, at, sent)
    return sent.establishment


def _zone(schedule: str) -> str:
    return read(schedule.encode(), SCHEDULE.name).zone


def _register(held: list[Inside], sent: Sent) -> list[Entered]:
    """Register everybody, in one change."""

    def work(tx: Transaction) -> Answer:
        return {"people": [_registered(one, tx) for one in held]}

    answer = perform(sent.command("register_people", {"seed": SEED, "people": len(held)}), work)
    return [
        Entered(drawn, UUID(one["person"]), tuple(map(UUID, one["contacts"])))
        for drawn, one in zip(held, answer["people"], strict=True)
    ]


def _registered(one: Inside, tx: Transaction) -> dict[str, Any]:
    person, contacts = tx.new_id(), [tx.new_id() for _ in one.visited_by]
    kept.keep_person(
        tx,
        person,
        {
            "number": one.number,
            "surname": one.surname,
            "forenames": one.forenames,
            "born_on": one.born_on,
            "sex": one.sex,
            "unit": one.unit,
            "legal_status": one.legal_status,
            "statuses": [*one.statuses],
            "language": one.language,
            "held_since": one.held_since,
        },
    )
    for id_, outside in zip(contacts, one.visited_by, strict=True):
        _outside(id_, outside, tx)
        place = {"relation": outside.relation, "status": outside.status, "since": one.held_since.date()}
        kept.keep_listed(tx, person, id_, place)
        if outside.guarded_by is not None:
            kept.keep_guardian(tx, contacts[outside.guarded_by], id_, {"source": "stated at registration"})
    return {"person": str(person), "contacts": [str(id_) for id_ in contacts]}


def _outside(id_: UUID, one: Outside, tx: Transaction) -> None:
    columns = {
        "number": one.number,
        "surname": one.surname,
        "forenames": one.forenames,
        "born_on": one.born_on,
        "language": one.language,
    }
    kept.keep_contact(tx, id_, columns)


def _seat(own: tuple[Family, ...], entered: list[Entered], sent: Sends) -> None:
    """Let the staff, the families and one person sign in."""
    accounts = [
        NewAccount(one.name, PASSWORD, one.role, holder=f"{one.name}, staff {number:03}")
        for number, one in enumerate(STAFF, 1)
    ]
    for family, one in zip(own, entered, strict=False):
        accounts.append(
            NewAccount(family.name, PASSWORD, Role.FAMILY, family.inside.language, contact=one.contacts[0])
        )
        name = family.inside.forenames.lower()
        accounts.append(NewAccount(name, PASSWORD, Role.PERSON, family.inside.language, person=one.person))
    for account in accounts:
        create_account(account, sent.next(f"account {account.name}"))


def told(address: str) -> str:
    """Say where the demo is, and who can sign in to it."""
    rows = [(one.name, one.says) for one in STAFF]
    for family in families(date(2000, 1, 1)):
        child = family.inside.visited_by[1].forenames
        says = f"a family, {family.inside.language}: visits {family.inside.forenames}, with {child}"
        rows += [(family.name, says), (family.inside.forenames.lower(), "a person in custody")]
    rows.append((LAWYER.split()[0].lower(), "a lawyer: sees what the record says of calls with her"))
    width = max(len(name) for name, _ in rows)
    return "\n".join(
        [
            f"The open page:  {address}/en/  {address}/es/",
            f"{NAME}: {address}/en/sign-in  {address}/es/sign-in",
            "",
            *(f"  {name:<{width}}  {says}" for name, says in rows),
            "",
            f"The password of all: {PASSWORD}",
            "The jail is invented, and so is everybody in it. Ctrl-C ends it, and nothing of it is left.",
        ]
    )
