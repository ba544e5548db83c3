"""With the point away, registered and emergency numbers are connected, privately; no other is."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator

import pytest

from locutorio.actions.clock import now
from locutorio.record.register import FILE, PUBLIC_KEY
from locutorio.store.spool import OPEN, closed, lines_of
from tests.record.registers import COUNSEL, SIGNER, register, signed
from tests.telephony.wire import EMERGENCY, Wire, wired

SOCIAL = "+12025550177"


@pytest.fixture(scope="module")
def plane() -> Iterator[Wire]:
    with wired(("monitored", "private", "standby", "kamailio")) as made:
        yield made


@pytest.fixture
def alone(plane: Wire) -> Iterator[Wire]:
    """Give the plane with a good register and no decision point."""
    write(plane)
    plane.point.down()
    yield plane
    plane.point.up()
    plane.clean()


def write(wire: Wire, data: bytes | None = None) -> None:
    """Put a register of this moment, or anything else, where the standby reads it."""
    at = int(now().timestamp())
    wire.plane.register.mkdir(exist_ok=True)
    (wire.plane.register / PUBLIC_KEY).write_text(SIGNER.key.text())
    path = wire.plane.register / FILE
    path.write_bytes(signed(register(version=at * 1000, at=at)) if data is None else data)


def kept(wire: Wire) -> list[dict[str, object]]:
    """Give all that the standby has kept."""
    folder = wire.plane.standby_spool
    return [line for path in (*closed(folder), *folder.glob(f"*{OPEN}")) for line in lines_of(path)]


def test_counsel_is_reached_and_family_waits(alone: Wire) -> None:
    """Without the point a lawyer is on the line, on the private relay; family are told to wait."""
    call = alone.phone("oak-1").call(f"1001*918273*{COUNSEL}")
    assert call.final().code == 200
    alone.far.leg()
    call.hang_up()

    refused = alone.phone("oak-2").call(f"1002*918273*{SOCIAL}").final()
    assert refused.code == 503
    assert "could-not-decide" in refused.one("Reason")

    found = {line["called"]: line["decision"] for line in kept(alone)}
    assert found[COUNSEL] == "allow"
    assert found[SOCIAL] == "refuse"
    assert "918273" not in json.dumps(kept(alone))


@pytest.mark.parametrize("harm", [b"", b"half a register", signed(register())])
def test_emergency_lines_need_no_register(alone: Wire, harm: bytes) -> None:
    """Whatever became of the register, who dials for help is connected."""
    write(alone, harm)
    call = alone.phone("oak-3").call(EMERGENCY)
    assert call.final().code == 200
    call.hang_up()


def test_with_neither_point_nor_standby_help_is_reached(alone: Wire) -> None:
    """Both gone: the engine itself connects the lines that its configuration names, and nothing else."""
    standby = alone.pid("standby")
    os.kill(standby, signal.SIGSTOP)
    try:
        call = alone.phone("oak-4").call(EMERGENCY)
        assert call.final().code == 200
        call.hang_up()
        assert alone.phone("oak-5").call(f"1001*1*{COUNSEL}").final().code == 503
    finally:
        os.kill(standby, signal.SIGCONT)


def test_a_standby_that_is_killed_is_back_and_what_it_kept_is_there(alone: Wire) -> None:
    """Killed in the middle, it is started again within a second, and hands over what it had answered."""
    before = len(kept(alone))
    call = alone.phone("oak-6").call(f"1001*1*{COUNSEL}")
    assert call.final().code == 200
    call.hang_up()
    killed = alone.pid("standby")
    os.kill(killed, signal.SIGKILL)
    alone.until(lambda: alone.pid("standby") != killed, 3.0)

    phone = alone.phone("oak-7")

    def connected() -> bool:
        time.sleep(0.1)
        again = phone.call(f"1001*1*{COUNSEL}")
        done = again.final().code == 200
        if done:
            again.hang_up()
        return done

    alone.until(connected)
    assert len(kept(alone)) >= before + 2
