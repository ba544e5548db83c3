"""A register harmed in any way lets nobody hear a privileged call; careless readers are found out."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from locutorio.record.notes import Key
from locutorio.record.register import Register, RegisterLine, Untrusted, parsed_register, read_register
from locutorio.record.unproved import Unproved
from tests.record.registers import AT, HARM, ORIGIN, VERSION
from tests.telephony import campaign

SEED = 20_261


@pytest.mark.parametrize("how", [*HARM, campaign.A_DIRECTORY])
def test_no_harm_lets_anybody_hear(how: str) -> None:
    """Each harm, met by a process that knew the good register and by a new one: no grant for anybody."""
    rng = random.Random(f"{SEED} {how}")
    with campaign.house("sqlite", rows=False) as found:
        for restart in (False, True):
            for called in (campaign.COUNSEL, campaign.FAMILY, *campaign.PRIVILEGED):
                campaign.harmed(found, how, rng)
                if restart:
                    found.restart()
                answer, granted = found.dial(called)
                assert (answer.listen, answer.record, granted) == (False, False, False)
                assert answer.plane != "monitored"


def test_a_whole_register_records_family_and_nobody_else() -> None:
    """What is tried is not vacuous: the same house does record who is on no register."""
    with campaign.house("sqlite", rows=False) as found:
        answer, granted = found.dial(campaign.FAMILY)
        assert (answer.plane, answer.record, granted) == ("monitored", True, True)
        for number in campaign.PRIVILEGED:
            answer, granted = found.dial(number)
            assert (answer.plane, answer.record, granted) == ("private", False, False)


def test_some_of_the_campaign(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch of `make soak`, with fewer calls; its counts are told."""
    monkeypatch.setattr(campaign, "CALLS", 60)
    done = campaign.batch(1)
    assert done.count == sum(done.tally.values()) == 60
    assert "none monitored" in campaign.told(done.tally)[0]
    every = [*HARM, campaign.A_DIRECTORY, "a recorded call by a whole register"]
    assert campaign.lacking({}) == every
    assert campaign.lacking(done.tally) != every


def lenient(data: bytes, _key: Key, **_more: object) -> Register:
    """Read whatever lines can be read, and believe them."""
    lines = []
    for line in data.decode("utf-8", "ignore").split("\n"):
        number, _, rest = line.partition(" ")
        kind, _, name = rest.partition(" ")
        try:
            lines.append(RegisterLine(number, kind, name))
        except Unproved:
            continue
    return Register(ORIGIN, "US", VERSION, AT, tuple(sorted(lines)))


def without_a_floor(data: bytes, key: Key, **_more: object) -> Register:
    """Believe whatever was signed, whenever it was."""
    return parsed_register(data, key)


def absent_is_none(data: bytes, key: Key, *, floor: int, now: int) -> Register:
    """Take a register that cannot be believed for one that holds nobody."""
    try:
        return read_register(data, key, floor=floor, now=now)
    except Untrusted:
        return Register(ORIGIN, "US", VERSION, AT, ())


@pytest.mark.parametrize("careless", [lenient, without_a_floor, absent_is_none])
def test_a_careless_reader_is_found_out(
    monkeypatch: pytest.MonkeyPatch, careless: Callable[..., Register]
) -> None:
    """One that believes too much is caught by the same tries within a batch."""
    monkeypatch.setattr("locutorio.telephony.local_register.read_register", careless)
    with pytest.raises((AssertionError, Untrusted), match="would be heard"):
        campaign.batch(1)
