"""Calls of a SIP client that is not ours: what it makes of the engine is what a telephone would."""

import subprocess
import time
from pathlib import Path

import pytest

from tests.telephony.wire import TELEPHONES, Wire, lacking

SCENARIO = Path(__file__).parent / "sipp" / "caller.xml"
NUMBER = "+12025550101"
DIALLED = f"1001*4711*{NUMBER}"
pytestmark = pytest.mark.skipif(bool(lacking("sipp")), reason="needs sipp")


def test_called_and_cut(wire: Wire, tmp_path: Path) -> None:
    """It shows who it is, is connected, and is cut at its limit."""
    wire.point.says(NUMBER, limit_seconds=2)
    began = time.monotonic()
    assert _sipp(wire, tmp_path, "oak-1").returncode == 0
    assert 1 < time.monotonic() - began < 6
    assert wire.point.event("ended")["why"] == "engine"


@pytest.mark.parametrize(("secret", "code"), [("", 403), ("wrong", 403)])
def test_refused(wire: Wire, tmp_path: Path, secret: str, code: int) -> None:
    """A number that is not allowed, and a secret that is not its own, connect it to nobody."""
    done = _sipp(wire, tmp_path, "oak-1", secret)
    assert done.returncode == 1
    assert f"SIP/2.0 {code}" in (tmp_path / "errors").read_text()
    assert not wire.far.legs


def _sipp(wire: Wire, folder: Path, name: str, secret: str = "") -> subprocess.CompletedProcess[bytes]:
    engine = f"{wire.plane.address}:{wire.plane.sip}"
    named = ["-key", "telephone", name, "-au", name, "-ap", secret or TELEPHONES[name]]
    command = [
        *("sipp", engine, "-sf", str(SCENARIO), "-s", DIALLED, "-auth_uri", f"{DIALLED}@{engine}", *named),
        *("-p", str(wire.plane.sip + 150), "-mp", str(wire.plane.sip + 160)),
        *("-i", wire.plane.address, "-mi", wire.plane.address, "-m", "1", "-nostdin", "-timeout", "10"),
        *("-trace_err", "-error_file", str(folder / "errors")),
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, timeout=20, check=False)
