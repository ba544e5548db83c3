"""A program does what the pages do: whom one may see, asking, a place, its change, its end, the notices."""

from __future__ import annotations

from uuid import uuid4

from locutorio.store.models import Booking, Entry, Request
from tests.web.api.programs import Program
from tests.web.api.worlds import SATURDAY, World, asked


def test_the_way_of_a_visit(world: World) -> None:
    """From the list of people to a booked place, another time, and its end; each says what can follow."""
    family = world.family
    me = family.read("me")
    assert (me["name"], me["roles"], me["factor"]) == ("of family", ["family"], "token")
    assert me["establishment"]["code"] == "oak"
    people = family.read("people")
    assert {one["name"] for one in people} == {"Rowan Ash", "Hazel Cedar"}
    rowan = next(one for one in people if one["name"] == "Rowan Ash")
    assert family.read(f"people/{rowan['id']}") == rowan
    alder = next(one["contact"] for one in rowan["companions"] if one["name"] == "Alder Ash")
    times = family.read(f"people/{rowan['id']}/times?with={alder}&from={SATURDAY}&days=2")
    assert {one["starts"][:10] for one in times} == {"2026-12-05", "2026-12-06"}
    free = [one["slot"] for one in times if one["free"]]

    request = asked(world, family)
    seen = family.read(f"requests/{request}")
    assert seen["can"] == ["book"]
    assert [one["outcome"] for one in seen["party"]] == ["permit"]
    assert seen["party"][0]["letter"]["headline"]
    held = family.send(f"requests/{request}/booking", {"slot": free[0]})
    assert (held["had"], held["outcome"]) == (True, "held")
    assert held["request"]["can"] == ["confirm", "change", "cancel"]
    assert family.send(f"requests/{request}/booking/confirm", {})["booking"]["standing"] == "booked"
    moved = family.send(f"requests/{request}/booking/change", {"slot": free[1]})
    assert moved["had"]
    assert Booking.objects.get().slot.key == free[1]
    assert free[1] in {one["slot"] for one in family.read(f"requests/{request}/times?from={SATURDAY}")}
    ended = family.send(f"requests/{request}/booking/cancel", {"why": "ill"})
    assert ended["booking"]["standing"] == "cancelled"
    assert [one["id"] for one in family.read("requests")] == [request]
    told = family.read("notices")
    assert [one["request"] for one in told] == [request]
    whole = family.read(f"notices/{told[0]['id']}")
    assert whole["letter"]["title"] == told[0]["title"]
    assert whole["read_at"] is None
    assert family.send(f"notices/{told[0]['id']}/read", {})["read_at"]


def test_a_command_is_carried_out_once(world: World) -> None:
    """Sent again it is answered alike and nothing is made twice; with another content it is refused."""
    oak, command = world.gate.oak, uuid4()
    body = {
        "person": str(oak.people["rowan"]),
        "party": [{"contact": str(oak.contacts["alder"])}],
        "on": SATURDAY,
    }
    first = world.family.send("requests", body, 201, command=command)
    again = world.family.send("requests", body, 201, command=command)
    before = Entry.objects.count()
    other = world.family.send("requests", {**body, "on": "2026-12-06"}, 409, command=command)

    assert first == again
    assert Request.objects.count() == 1
    assert Entry.objects.count() == before
    assert other["type"] == "/api#fault"
    assert str(command) in other["faults"][0]["what"]


def test_what_is_not_there_and_what_is_not_theirs_is_told_alike(world: World) -> None:
    """Another family's request, person and notice are answered as one that nobody has, in the same words."""
    theirs = asked(world, world.others, "linden", "laurel")
    rowan, nobody = world.gate.oak.people["linden"], uuid4()
    pairs = [
        (f"requests/{theirs}", f"requests/{nobody}"),
        (f"requests/{theirs}/times", f"requests/{nobody}/times"),
        (f"people/{rowan}", f"people/{nobody}"),
        (f"notices/{theirs}", f"notices/{nobody}"),
    ]
    for held, none in pairs:
        assert world.family.read(held, 404) == world.family.read(none, 404)
    for step, body in (("", {"slot": "hall@2026-12-05T10:00"}), ("/confirm", {}), ("/cancel", {})):
        held = world.family.send(f"requests/{theirs}/booking{step}", body, 404)
        assert held == world.family.send(f"requests/{nobody}/booking{step}", body, 404)
    party = [{"contact": str(world.gate.oak.contacts["laurel"])}]
    asks = {"person": str(world.gate.oak.people["rowan"]), "party": party, "on": SATURDAY}
    elsewhere = {**asks, "party": [{"contact": str(nobody)}]}
    assert world.family.send("requests", asks, 404) == world.family.send("requests", elsewhere, 404)
    assert not Booking.objects.exists()


def test_staff_ask_for_others_and_see_no_list_of_their_own(world: World) -> None:
    """An officer's program finds a person, asks as one does at the counter, and must say why it cancels."""
    oak, officer = world.gate.oak, world.officer
    assert [one["number"] for one in officer.read("people?word=Ash")] == ["1001"]
    assert officer.read("people") == []
    body = {"person": str(oak.people["rowan"]), "party": [{"contact": str(oak.contacts["alder"])}]}
    made = officer.send("requests", {**body, "on": SATURDAY, "way": "counter"}, 201)
    assert Request.objects.get().way == "counter"
    assert (
        officer.send("requests", {**body, "on": SATURDAY, "way": "import"}, 403)["type"] == "/api#not_yours"
    )
    page = f"requests/{made['id']}/booking"
    assert officer.send(page, {"slot": "hall@2026-12-05T10:00", "hold": False})["outcome"] == "booked"
    assert officer.send(f"{page}/cancel", {"by": "establishment"}, 409)["faults"][0]["what"]
    assert officer.send(f"{page}/cancel", {"by": "establishment", "why": "paint"})["can"] == ["book"]
    for address in ("requests", "notices"):
        assert officer.read(address, 403)["type"] == "/api#not_yours"
    assert world.family.send(f"{page}/cancel", {"by": "establishment", "why": "x"}, 403)


def test_a_full_slot_is_no_refusal(world: World) -> None:
    """What the schedule does not offer is answered as not had, with why; the request stays permitted."""
    request = asked(world, world.family)
    told = world.family.send(f"requests/{request}/booking", {"slot": "hall@2026-12-01T10:00"})

    assert told["had"] is False
    assert told["hindrances"]
    assert told["request"]["outcome"] == "permit"
    for key in ("", "hall@2026-02-31T10:00", "hall"):
        assert world.family.send(f"requests/{request}/booking", {"slot": key}, 422)["type"] == "/api#unfit"
    unknown = {"slot": "none@2026-12-05T10:00"}
    assert world.family.send(f"requests/{request}/booking", unknown, 409)["type"] == "/api#fault"


def test_an_answer_is_in_the_language_that_is_asked_for(world: World) -> None:
    """Spanish where it is asked for: the answers and the problems."""
    request = asked(world, world.family)
    spanish = Program(world.family.token, lang="es")

    assert spanish.read(f"requests/{request}")["party"][0]["letter"]["lang"] == "es"
    assert spanish.read("requests/x", 404)["title"] == "Aquí no hay nada"
    assert spanish.get("me").headers["Content-Language"] == "es"
