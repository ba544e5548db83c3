"""Two people make a number one that nobody listens to, and the telephone's register follows the rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from locutorio.actions.change_number import NewNumber, change_number
from locutorio.actions.end_privileged import end_privileged
from locutorio.actions.enter_privileged import NewPrivileged, NotRegistered, enter_privileged
from locutorio.actions.two_people import NotByTwo
from locutorio.actions.verify_log import verify_log
from locutorio.actions.write_register import write_register
from locutorio.kernel.faults import Fault
from locutorio.record.register import Untrusted
from locutorio.store import privileged
from locutorio.store.actor import PROGRAM
from locutorio.store.identifiers import new_id
from locutorio.store.keyring import folder
from locutorio.store.models import Call, Entry, PrivilegedNumber, Recording
from tests.databases import Store
from tests.establishment import founded
from tests.telephony.registering import (
    COUNSEL,
    COURT,
    FOUNDED,
    LATER,
    NOW,
    SOCIAL,
    SOON,
    Registering,
    registering,
)


@pytest.fixture
def made(store: Store, tmp_path: Path) -> Registering:
    return registering(founded(), tmp_path / "register")


def test_two_people_register_a_number(made: Registering) -> None:
    """One proposes it, another approves it; then it stands, and the telephone's register has it."""
    row = made.officers.proposed(
        {"number": "(202) 555-0101", "kind": "counsel", "name": " Ana  Ibáñez "},
        "enter_privileged",
        by="clover",
    )
    assert privileged.entered(made.oak.id) == []
    assert write_register(PROGRAM, made.oak.id, made.directory, SOON) is None

    made.officers.approve(row)
    write_register(PROGRAM, made.oak.id, made.directory, LATER)

    (line,) = made.believed().lines
    assert (line.number, line.kind, line.name) == (COUNSEL, "counsel", "Ana Ibáñez")
    assert (line.number, made.believed().region) == (COUNSEL, "US")


@pytest.mark.parametrize("act", ["enter", "end"])
def test_nobody_does_it_alone(made: Registering, act: str) -> None:
    """An officer who asks alone is refused, for adding as for taking away."""
    made.enter()
    (row,) = privileged.entered(made.oak.id)
    sent = made.officers.sent("clover", "alone")
    alone: dict[str, Callable[[], object]] = {
        "enter": lambda: enter_privileged(NewPrivileged(COURT, "court", "District Court"), sent),
        "end": lambda: end_privileged(row.id, "no more", sent),
    }
    with pytest.raises(NotByTwo):
        alone[act]()

    assert [one.number for one in privileged.entered(made.oak.id)] == [COUNSEL]


def test_two_people_end_a_number(made: Registering) -> None:
    """What two ended is out of the register, and can be registered again."""
    made.enter()
    made.enter(COURT, "court", "District Court")
    write_register(PROGRAM, made.oak.id, made.directory, LATER)
    made.end(COUNSEL)
    write_register(PROGRAM, made.oak.id, made.directory, LATER + timedelta(seconds=1))
    assert made.numbers() == [COURT]


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ({"number": COUNSEL, "kind": "court", "name": "Another"}, "already"),
        ({"number": "555", "kind": "counsel", "name": "Short"}, "number"),
        ({"number": "call me", "kind": "counsel", "name": "Words"}, "number"),
        ({"number": f"{COURT} ext. 5", "kind": "counsel", "name": "Extension"}, "extension"),
        ({"number": COURT, "kind": "friend", "name": "Kind"}, "kind"),
        ({"number": COURT, "kind": "court", "name": ""}, "name"),
        ({"number": "112", "kind": "court", "name": "Short"}, "number"),
        (
            {"number": COURT, "kind": "court", "name": "C", "since": "2026-12-02", "until": "2026-12-02"},
            "days",
        ),
        ({"number": SOCIAL, "kind": "counsel", "name": "Alder"}, "family"),
    ],
)
def test_what_contradicts_itself_is_refused(made: Registering, arguments: dict[str, str], name: str) -> None:
    """What cannot be so is said before anybody proposes it: one word for each way."""
    made.enter()
    oak = made.oak
    change_number(
        NewNumber(oak.people["rowan"], SOCIAL, "mobile", contact=oak.contacts["alder"]), oak.sent("number")
    )
    with pytest.raises(NotRegistered) as caught:
        made.officers.proposed(arguments, "enter_privileged", by="clover", step=" again")

    assert caught.value.name == name
    assert [one.number for one in privileged.entered(oak.id)] == [COUNSEL]


def test_a_short_number_is_of_a_line_for_emergencies(made: Registering) -> None:
    """Lines for emergencies and free ones are registered as they are dialled."""
    made.enter("112", "emergency", "Emergencies")
    write_register(PROGRAM, made.oak.id, made.directory, LATER)
    assert made.numbers() == ["112"]


def test_a_number_stands_on_its_days(made: Registering) -> None:
    """From its first day to the one before its last, and the register follows by itself."""
    first = LATER + timedelta(days=2)
    made.enter()
    made.enter(COURT, "court", "Court", since=first.date().isoformat(), until="2026-11-08")
    seen = {}
    for days in (0, 2, 4, 5):
        moment = LATER + timedelta(days=days)
        write_register(PROGRAM, made.oak.id, made.directory, moment)
        seen[moment.date().isoformat()] = made.numbers(moment)

    assert seen == {
        "2026-11-03": [COUNSEL],
        "2026-11-05": [COUNSEL, COURT],
        "2026-11-07": [COUNSEL, COURT],
        "2026-11-08": [COUNSEL],
    }


def test_it_is_written_when_it_must_be_and_not_more(made: Registering) -> None:
    """Asked each second it writes once an hour; its version only grows, even where the clock is set back."""
    made.enter()
    at = made.oak.id
    assert write_register(PROGRAM, at, made.directory, LATER) is not None
    first = made.version()
    assert [
        write_register(PROGRAM, at, made.directory, LATER + timedelta(seconds=n)) for n in (1, 60, 3599)
    ] == [None] * 3
    assert made.version() == first
    assert write_register(PROGRAM, at, made.directory, LATER + timedelta(hours=1)) is not None
    assert made.version() > first
    second = made.version()
    assert write_register(PROGRAM, at, made.directory, LATER - timedelta(days=400)) is not None
    assert made.version() > second


def test_a_harmed_file_is_put_right_at_once(made: Registering) -> None:
    """Whatever was done to the file, the next look puts the signed one back and says so in an entry."""
    made.enter()
    write_register(PROGRAM, made.oak.id, made.directory, LATER)
    good = made.file.read_bytes()
    for harm in (b"", good[:-9], good.replace(b"counsel", b"council"), None):
        if harm is None:
            made.file.unlink()
        else:
            made.file.write_bytes(harm)
        with pytest.raises(Untrusted):
            made.believed()

        assert write_register(PROGRAM, made.oak.id, made.directory, LATER + timedelta(seconds=5)) is not None
        assert made.file.read_bytes() == good
    assert Entry.objects.filter(establishment=made.oak.id, action="write_register").count() == 5


def test_rows_that_vanish_take_nobodys_privilege_away(made: Registering) -> None:
    """A table that was emptied, or put back from an older copy, empties no register: only two people do."""
    made.enter()
    made.enter(COURT, "court", "District Court")
    write_register(PROGRAM, made.oak.id, made.directory, LATER)
    PrivilegedNumber.objects.filter(establishment=made.oak.id).delete()

    found = write_register(PROGRAM, made.oak.id, made.directory, LATER + timedelta(hours=2))

    assert found is not None
    assert made.numbers(LATER + timedelta(hours=2)) == [COUNSEL, COURT]
    noted = Entry.objects.filter(establishment=made.oak.id, action="write_register").count()
    assert noted == 2


def test_without_what_was_signed_last_nothing_is_signed(made: Registering) -> None:
    """Where the memory of the signer was changed, nobody knows whose numbers it held: nothing is signed."""
    made.enter()
    write_register(PROGRAM, made.oak.id, made.directory, LATER)
    (memory,) = folder().glob("*register.signed")
    memory.write_bytes(memory.read_bytes()[:-20])
    with pytest.raises(Fault, match="signed last"):
        write_register(PROGRAM, made.oak.id, made.directory, LATER + timedelta(hours=2))


def test_a_late_registration_silences_what_there_is(made: Registering) -> None:
    """A monitored call with the number is told to end, and recordings with it are sealed, in one change."""
    oak, person = made.oak, made.oak.people["rowan"]
    for number, ended in ((COUNSEL, None), (SOCIAL, None), (COUNSEL, NOW)):
        call = Call.objects.create(
            id=new_id(FOUNDED),
            establishment_id=oak.id,
            person_id=person if ended else None,
            started_at=FOUNDED if ended else NOW,
            ended_at=ended,
            called=number,
            line=f"wing {ended}",
            disposition="answered" if ended else "under_way",
            plane="monitored",
        )
        if ended:
            Recording.objects.create(
                id=new_id(FOUNDED),
                establishment_id=oak.id,
                call=call,
                person_id=person,
                file="a",
                grant="",
                began_at=FOUNDED,
            )
    made.enter()

    live = dict(Call.objects.filter(ended_at=None).values_list("called", "ending"))
    assert live == {COUNSEL: "privilege", SOCIAL: ""}
    assert Call.objects.get(ended_at=NOW).ending == ""
    assert Recording.objects.get().sealed_at == SOON


def test_all_of_it_is_in_the_record(made: Registering) -> None:
    """What two people did to the numbers, and each register that was signed, is in the log that holds."""
    before = verify_log(PROGRAM, made.oak.id, NOW).faults
    made.enter()
    write_register(PROGRAM, made.oak.id, made.directory, LATER)
    made.end(COUNSEL)
    write_register(PROGRAM, made.oak.id, made.directory, LATER + timedelta(hours=1))

    found = verify_log(PROGRAM, made.oak.id, LATER + timedelta(hours=2))
    assert found.faults == before
