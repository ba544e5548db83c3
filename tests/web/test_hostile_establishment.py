"""Hostile input to every page of an establishment, by all who may sign in: nothing breaks or is told."""

from __future__ import annotations

import os
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from html import unescape
from itertools import count, product
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.urls import URLPattern, reverse

from locutorio.actions import clock
from locutorio.actions.close_date import Closing, close_date
from locutorio.actions.create_account import STAFF, Role
from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.actions.entry import grounds_of
from locutorio.actions.note_unplaced import note_unplaced
from locutorio.actions.paper_forms import paper_forms
from locutorio.actions.unplacing import Unmade
from locutorio.store import recordings
from locutorio.store.actor import PROGRAM
from locutorio.store.models import Booking, Contact, Establishment, Notice, Person, Request
from locutorio.store.recordings import RecordingRow
from locutorio.store.transaction import Transaction, perform
from locutorio.web import posts
from locutorio.web.headers import HEADERS, MAY_SCRIPT, OF_THE_PAGE, SCRIPTED
from locutorio.web.seats import roles_of
from tests.databases import Store
from tests.establishment import LAW, Oak
from tests.gate.at_oak import MINUTE, SCHEDULE, TEN, Gate, at_the_gate, booked
from tests.recordings.kept import called
from tests.web import attacks
from tests.web.payloads import MARK, SEED, TEXTS, form, names_of
from tests.web.payloads import Sent as Attack
from tests.web.seated import TOKEN, Seated, every_role
from tests.web.test_hostile import Seen, send
from tests.web.test_roles import patterns

SHARE = int(os.environ.get("HOSTILE_SHARE", "400"))
FEWEST = 4_000
SCRIPT = b'<script src="/static/passkeys.js" defer></script>'
CLEAR = {200, 302, 303, 400, 403, 404, 405, 409, 413}
DAYS = ("2026-02-31", "0001-01-01", "9999-12-31", "1900-01-01", "2200-12-31")
NUMBERS = ("-1", "0", "101", "9" * 20)
KEYS = ("hall@2026-12-05T10:00", "hall@2025-12-05T10:00", "none@2026-12-06T10:00", "hall@9999-12-31T10:00")
ADDED = (
    "role",
    "person",
    "contact",
    "request",
    "booking",
    "establishment",
    "by",
    "kind",
    "hold",
    "with",
    "lap",
)
ASKED = ("on", "from", "with", "slot", "word", "did", "done", "gone", "next", "form", "ended", "changed")
Making = partial[Attack]
OTHERS = (" theirs", " elm", " mixed")
SECRET, THEIRS = "Elmwardine", "Birch"
NOW = TEN - 30 * MINUTE


@dataclass(frozen=True)
class World:
    """What each name of an address may stand for, by whose it is, and who signs in as what."""

    gate: Gate
    elm: Oak
    whose: dict[str, dict[str, UUID]]
    names: dict[str, str]

    @property
    def strange(self) -> tuple[str, ...]:
        """Identifiers of what is somebody else's."""
        return tuple(str(id_) for of in ("theirs", "elm") for id_ in self.whose[of].values())


@pytest.fixture
def world(store: Store, quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """Give two establishments with two families each, of whom all but one family are the others."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return two_establishments()


def two_establishments() -> World:
    """Make two establishments with two families each, of whom all but one family are the others."""
    elm = at_the_gate()
    Establishment.objects.update(code="elm", name=SECRET, schedule=SCHEDULE)
    Person.objects.update(surname=SECRET)
    Contact.objects.update(surname=SECRET)
    theirs = _made(elm, "rowan", "alder")
    oak = at_the_gate()
    Establishment.objects.filter(id=oak.oak.id).update(schedule=SCHEDULE)
    whose = {
        "own": _made(oak, "rowan", "alder"),
        "theirs": _made(oak, "linden", "laurel"),
        "elm": theirs,
        "nobody": {name: uuid4() for name in theirs},
    }
    whose["mixed"] = {**whose["own"], "contact": theirs["contact"], "paper": theirs["paper"]}
    return World(oak, elm.oak, whose, every_role(oak.oak))


def _made(gate: Gate, person: str, contact: str) -> dict[str, UUID]:
    """Make a booked visit, one that was refused and told, a paper, a closed day, a call, and one owed."""
    held, at = gate.oak.people[person], TEN - 40 * MINUTE
    paper_form = paper_forms(PROGRAM, gate.oak.id)[0].name
    past = date(2026, 11, 1)
    paper = enter_paper(NewPaper(held, paper_form, since=past, until=date(2026, 11, 5)), gate.sent(at)).paper
    refused = booked(gate, person, (contact,))
    ground = grounds_of(LAW, TEN.date())[0].provision
    gate.refuses(refused, contact, at, ground=ground, note="said so")
    closure = close_date(Closing(TEN.date().replace(day=20), "painting"), gate.sent(at)).closure
    booking = booked(gate, person, (contact,))
    call = called(gate.oak, f"of {person}", at, person=held, contact=gate.oak.contacts[contact])
    return {
        "person": held,
        "contact": gate.oak.contacts[contact],
        "booking": booking,
        "request": Booking.objects.get(id=booking).request_id,
        "notice": Notice.objects.filter(contact=gate.oak.contacts[contact])[0].id,
        "paper": paper,
        "closure": closure,
        "call": call,
        "recording": _recording(gate, call, held, at),
        "unplaced": note_unplaced(
            Unmade(held, gate.oak.contacts[contact], at.date(), "fault"), gate.sent(at)
        ),
    }


def _recording(gate: Gate, call: UUID, person: UUID, at: datetime) -> UUID:
    """Keep the row of a recording, with no file."""
    made: list[UUID] = []

    def work(tx: Transaction) -> dict[str, str]:
        made[:] = [tx.new_id()]
        recordings.keep(tx, RecordingRow(made[0], call, person, None, "", 0, "", "", at, at, None))
        return {}

    perform(gate.sent(at).command("keep_recording", {"call": str(call)}), work)
    return made[0]


def address_of(pattern: URLPattern, of: dict[str, UUID], key: str = KEYS[0]) -> str:
    """Give an address of a pattern, with what it names."""
    meant: defaultdict[str, object] = defaultdict(uuid4)
    meant |= {
        **of,
        "id_": of[
            next((kind for kind in ("notice", "recording", "call") if kind in str(pattern.name)), "request")
        ],
        "key": key,
        "lang": "en",
    }
    return reverse(
        str(pattern.name), kwargs={name: meant[name] for name in pattern.pattern.converters} | {"lang": "en"}
    )


def walled() -> list[URLPattern]:
    """Give every address of an establishment but the one that ends the walk."""
    return [one for one in patterns() if roles_of(one.callback) is not None and one.name != "sign-out"]


def values(world: World) -> tuple[str, ...]:
    """Give what is put into each field."""
    return (*TEXTS[::4], "\x00", "a\x00b", "x" * 10_000, "\ud800", *DAYS, *NUMBERS, *KEYS, *world.strange)


def attacks_on(world: World, pattern: URLPattern, fields: dict[str, str]) -> Iterator[Making]:
    """Give what makes each attack on one address: what it names, what is asked of it, what is sent to it."""
    own = address_of(pattern, world.whose["own"])
    sends = takes(pattern)
    for whose, of in world.whose.items():
        yield partial(Attack, f"look at {whose}", address_of(pattern, of), "GET")
        yield partial(_form, f"send to {whose}", address_of(pattern, of), fields)
    for text in (*KEYS, *TEXTS[::6]) if "key" in pattern.pattern.converters else ():
        part = quote(text.encode("utf-8", "surrogatepass"), safe="")[:3_000]
        yield partial(Attack, f"key {text[:30]!r}", own.rpartition("/")[0] + "/" + part, "GET")
    for name, text in product(ASKED, values(world)):
        yield partial(_asked, own, name, text)
    for name, text in product(dict.fromkeys([*fields, *ADDED]), values(world)) if sends else ():
        yield partial(_form, f"{name}={text[:30]!r}", own, {**fields, name: text})
    for name in sorted(fields) if sends else ():
        yield partial(_form, f"{name} twice", own, fields, (name, world.strange[0]))
        yield partial(_form, f"without {name}", own, {one: fields[one] for one in fields if one != name})
    for headers in attacks.ELSEWHERE:
        yield partial(Attack, f"from {headers}", own, body=form([*fields.items()]), headers=headers)
    yield from (partial(replace, one) for one in (attacks.bodies(own, fields) if sends else ()))


def _form(of: str, address: str, fields: dict[str, str], *more: tuple[str, str]) -> Attack:
    return Attack(of, address, body=form([*fields.items(), *more]))


def _asked(address: str, name: str, text: str) -> Attack:
    said = quote(text.encode("utf-8", "surrogatepass"))[:3_000]
    return Attack(f"?{name}={text[:30]!r}", f"{address}?{name}={said}", "GET")


def takes(pattern: URLPattern) -> bool:
    """Tell whether an address takes what a form sends."""
    return pattern.callback in posts._posting


def carried(one: Seated, address: str, token: str) -> dict[str, str]:
    """Give what the forms of a page send, with a command of its own."""
    fields, _ = names_of([one.client.get(address).content.decode(errors="replace")])
    return {**fields, "csrfmiddlewaretoken": token, "command": str(uuid4())}


def wrong(response: Any, hidden: Iterable[str]) -> list[str]:
    """Say what is wrong with an answer: a failure, something that runs, or what its reader may not see."""
    found = [] if response.status_code in CLEAR else [f"status {response.status_code}"]
    scripts = SCRIPT in response.content and response.headers.get(MAY_SCRIPT) == SCRIPTED
    for name, value in HEADERS.items():
        if (
            name != OF_THE_PAGE
            and response.headers.get(name) != value
            and not (scripts and name == MAY_SCRIPT)
        ):
            found.append(f"header {name}")
    if response.headers.get("Cache-Control", "").find("no-store") < 0:
        found.append("may be kept")
    if any(
        MARK in value or "\n" in value
        for value in response.headers.values()
        if value != response.headers.get("Location")
    ):
        found.append("a header holds what was sent")
    leads = response.headers.get("Location", "/en/")
    if not re.match(r"/(en|es)/", leads):
        found.append(f"leads to {leads[:60]}")
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return found
    content = response.content.decode()
    told = unescape(content)
    found += [f"tells {name}" for name in hidden if name in told]
    if "Traceback" in told or "site-packages" in told or "locutorio/" in told:
        found.append("a traceback")
    if content:
        page = Seen()
        page.feed(content)
        if scripts:
            page.wrong.remove("<script>")
        found += [one for one in page.wrong if not one.startswith("<a href=?")]
        if not page.ended:
            found.append("the page does not end")
    return found


def kept(of: Oak) -> list[tuple[str, list[dict[str, Any]]]]:
    """Give everything that is stored about an establishment."""
    theirs = [one for one in apps.get_models() if "establishment" in {of.name for of in one._meta.fields}]
    return [
        (one.__name__, [*one._default_manager.filter(establishment=of.id).order_by("pk").values()])
        for one in theirs
    ]


def kept_of(world: World) -> list[list[Any]]:
    """Give what is stored about the visits of the other family."""
    held = world.whose["theirs"]["person"]
    mine = Notice.objects.filter(contact=world.whose["theirs"]["contact"])
    rows = Booking.objects.filter(person=held), Request.objects.filter(person=held)
    return [[*found.order_by("pk").values()] for found in (*rows, mine)]


def walk(
    world: World, roles: Sequence[Role], hidden: tuple[str, ...], share: int = SHARE, turn: int = SEED
) -> tuple[list[object], Counter[str], int]:
    """Try everything as each of some roles; give what went wrong, how much there was at each address, and how
    much was tried.

    What names somebody else's is always tried. Of the rest one in ``share`` is, each address by one role
    alone.
    """
    found: list[object] = []
    tried: Counter[str] = Counter()
    visits = count(1)
    sent = 0
    for role in roles:
        one = Seated(world.names[role])
        token = TOKEN.findall(one.get("account").content.decode())[0]
        for at, pattern in enumerate(walled()):
            may = [of for of in roles if of in (roles_of(pattern.callback) or {*Role})]
            if role not in may or (share > 1 and role != may[at % len(may)]):
                continue
            world.whose["own"] |= _anew(world, next(visits))
            fields = carried(one, address_of(pattern, world.whose["own"]), token)
            for making in attacks_on(world, pattern, fields):
                tried[str(pattern.name)] += 1
                sampled = tried.total() % share == turn % share
                if not sampled and not str(making.args[0]).endswith(OTHERS):
                    continue
                attack = making()
                sent += 1
                body = attack.body.replace(fields["command"].encode(), str(uuid4()).encode())
                response = send(one.client, replace(attack, body=body))
                found += [(role, attack.address[:90], attack.of, fault) for fault in wrong(response, hidden)]
    return found, tried, sent


def _anew(world: World, number: int) -> dict[str, UUID]:
    """Make a visit that nothing was tried on yet, so many minutes after the first."""
    standing = "held" if number % 2 else "booked"
    booking = booked(world.gate, "rowan", ("alder",), TEN + number * MINUTE, standing=standing)
    return {"booking": booking, "request": Booking.objects.get(id=booking).request_id}


def test_a_family_and_a_person_break_nothing_and_learn_nothing(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """
    Whatever a family, or a person in custody, puts into any address or field: an answer in words, nothing
    that runs, nothing of another family or establishment told or changed. HOSTILE_SHARE=1 tries all of it.
    """
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = kept(world.elm), kept_of(world)
    found, tried, _ = walk(world, (Role.FAMILY, Role.PERSON), (SECRET, THEIRS))

    assert found == []
    assert (kept(world.elm), kept_of(world)) == before
    assert sum(tried.values()) > FEWEST
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr().err == ""


def test_staff_break_nothing_and_learn_nothing_of_another_establishment(
    world: World, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever staff of any role put into any address or field, the same holds for another establishment."""
    before = kept(world.elm)
    found, tried, _ = walk(world, sorted(STAFF), (SECRET,))

    assert found == []
    assert kept(world.elm) == before
    assert sum(tried.values()) > FEWEST
    assert capfd.readouterr().err == ""
