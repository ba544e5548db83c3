"""A softphone that knows nothing of us (baresip) calls through a living plane."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.calls.exchange import NUMBERS, PIN
from tests.telephony.live import PHONES, Live, living

pytestmark = pytest.mark.skipif(shutil.which("baresip") is None, reason="needs baresip")
MODULES = next(iter(Path("/usr/lib").glob("**/baresip/modules")), Path("/usr/lib/baresip/modules"))
TALKS_SECONDS = 6
CONFIG = """sip_listen 127.0.0.1:{port}
net_interface 127.0.0.1
module_path {modules}
module g711.so
module ausine.so
module_tmp account.so
module_app menu.so
audio_source ausine,440
ausrc_srate 48000
ausrc_channels 2
rtp_ports {voices}-{last}
"""
ACCOUNT = (
    "<sip:{name}@{engine};transport=udp>;auth_user={name};auth_pass={secret};regint=0;audio_codecs=PCMU\n"
)


@pytest.fixture(scope="module")
def plane() -> Iterator[Live]:
    with living() as live:
        yield live


@pytest.fixture
def live(plane: Live) -> Iterator[Live]:
    yield plane
    plane.clean()


def calls(live: Live, folder: Path, called: str, pin: str = PIN) -> str:
    """Let the softphone dial a number, talk for some seconds and hang up; give what it said."""
    plane, name = live.wire.plane, PHONES[0]
    engine, port = f"127.0.0.1:{plane.sip}", plane.sip + 15
    said = {"port": port, "modules": MODULES, "voices": port + 150, "last": port + 170}
    (folder / "config").write_text(CONFIG.format(**said))
    account = ACCOUNT.format(name=name, engine=engine, secret=live.secrets[name])
    (folder / "accounts").write_text(account)
    (folder / "contacts").write_text("")
    dialled = f"/dial sip:1001*{pin}*{called}@{engine}"
    argv = ["baresip", "-f", str(folder), "-t", str(TALKS_SECONDS), "-e", dialled]
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    return (done.stdout + done.stderr).decode(errors="replace")


def test_permitted(live: Live, tmp_path: Path) -> None:
    """It shows who it is, is connected and heard, and its call is in the record."""
    said = calls(live, tmp_path, NUMBERS["alder"])
    live.until(lambda: [row for row in live.rows() if row.disposition == "answered"])
    (row,) = (row for row in live.rows() if row.disposition == "answered")
    assert (row.cause, row.plane, row.line) == ("caller", "private", PHONES[0]), said
    assert row.talk_seconds >= 1
    assert sum(live.wire.far.voice.heard.values()) > 50


def test_refused(live: Live, tmp_path: Path) -> None:
    """It is refused a number that is not on the list, and shows the answer to whoever calls."""
    before = len(live.rows())
    said = calls(live, tmp_path, "+12025550199")
    (row,) = live.rows()[before:]
    assert (row.disposition, row.cause) == ("blocked", "number-not-listed"), said
    assert not live.wire.far.legs
