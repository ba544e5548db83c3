"""`locutorio demo` opens an invented jail; `serve`, `open` and `account` run an establishment for good."""

from __future__ import annotations

import http.client
import os
import re
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")
SCHEDULE = Path(__file__).parents[2] / "examples" / "schedules" / "oak-county.yaml"
PROGRAM = [sys.executable, "-m", "locutorio.command.main"]
PASSWORD = "three quiet lanterns"


def environment(home: Path) -> dict[str, str]:
    """Give an environment that names nothing of this machine."""
    sources = {name: value for name, value in os.environ.items() if name == "PYTHONPATH"}
    return {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home), "PYTHONUTF8": "1", **sources}


def run(home: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=environment(home),
    )


def status(port: int, address: str) -> int:
    """Give the status with which a page is answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", address)
    answer = connection.getresponse().status
    connection.close()
    return answer


def test_the_demo_names_who_can_sign_in_and_leaves_nothing(tmp_path: Path) -> None:
    """It prints the addresses, the names and the password, answers there, and leaves nothing behind."""
    with subprocess.Popen(
        [*PROGRAM, "demo"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(tmp_path),
    ) as demo:
        assert demo.stdout is not None
        said = ""
        while "password" not in said:
            line = demo.stdout.readline()
            assert line, demo.stderr.read() if demo.stderr else ""
            said += line
        port = ADDRESS.search(said)
        assert port, said
        assert (status(int(port[1]), "/en/sign-in"), status(int(port[1]), "/es/")) == (200, 200)
        assert list(tmp_path.glob("locutorio-demo-*"))
        demo.send_signal(signal.SIGTERM)
        _, error = demo.communicate(timeout=30)

    assert (demo.returncode, error) == (0, "")
    assert {"juniper", "azucena", "auditor"} <= {*said.split()}
    assert not list(tmp_path.glob("locutorio-demo-*"))


def test_an_establishment_is_opened_and_served_for_good(tmp_path: Path) -> None:
    """With a schedule and an account it is served, and is there again after the server ended."""
    database = ["--database", str(tmp_path / "oak.db")]
    opening = ["open", "oak", "--name", "Oak", "--law", "arcadia", "--schedule", str(SCHEDULE), *database]
    assert run(tmp_path, *opening).stdout == "Oak (oak) is open\n"
    made = [
        "account",
        "first",
        "--establishment",
        "oak",
        "--role",
        "administrator",
        "--password",
        "-",
        *database,
    ]
    assert run(tmp_path, *made, given=PASSWORD).returncode == 0
    taken = run(tmp_path, *made, given=PASSWORD)
    assert (taken.returncode, "is taken" in taken.stderr) == (3, True)

    for _ in range(2):
        with subprocess.Popen(
            [*PROGRAM, "serve", *database],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(tmp_path),
        ) as served:
            assert served.stdout is not None
            port = ADDRESS.search(served.stdout.readline())
            assert port
            assert status(int(port[1]), "/en/sign-in") == 200
            served.send_signal(signal.SIGTERM)
            assert served.communicate(timeout=30)[1] == ""

    for more in (["--reset"], ["--reset", "--everything"], ["--stop"]):
        changed = run(
            tmp_path, "account", "first", "--establishment", "oak", *more, *database, given=PASSWORD
        )
        assert changed.returncode == 0, changed.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["serve"], "no database is named"),
        (["account", "a", "--establishment", "oak", "--role", "king", "--password", "-"], "is no role"),
        (["account", "a", "--establishment", "oak", "--role", "gate", "--password", "-"], "characters"),
        (["account", "a", "--establishment", "elm", "--role", "gate", "--password", "-"], "no establishment"),
        (["account", "a", "--establishment", "oak", "--role", "family", "--password", "-"], "has the number"),
    ],
)
def test_what_cannot_be_done_is_told(tmp_path: Path, arguments: list[str], told: str) -> None:
    """Each misuse ends with what is wrong and what to do, and never with a traceback."""
    database = ["--database", str(tmp_path / "oak.db")]
    opening = ["open", "oak", "--name", "Oak", "--law", "arcadia", "--schedule", str(SCHEDULE), *database]
    assert run(tmp_path, *opening).returncode == 0
    given = "short" if "characters" in told else PASSWORD
    ended = run(tmp_path, *arguments, *(database if arguments != ["serve"] else []), given=given)

    assert ended.returncode in (2, 3)
    assert told in ended.stderr
    assert "What to do:" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_damaged_database_is_told(tmp_path: Path) -> None:
    """What a command meets while it reads is told with what to do: never as the program's own fault."""
    file = tmp_path / "oak.db"
    opening = ["open", "oak", "--name", "Oak", "--law", "arcadia", "--schedule", str(SCHEDULE)]
    assert run(tmp_path, *opening, "--database", str(file)).returncode == 0
    whole = file.read_bytes()
    with sqlite3.connect(file) as stored:
        (page,) = stored.execute("SELECT rootpage FROM sqlite_master WHERE name = 'store_establishment'")
        (size,) = stored.execute("PRAGMA page_size").fetchone()
    begins = (page[0] - 1) * size
    file.write_bytes(whole[:begins] + b"\xff" * size + whole[begins + size :])

    made = ["account", "first", "--establishment", "oak", "--role", "administrator", "--password", "-"]
    ended = run(tmp_path, *made, "--database", str(file), given=PASSWORD)

    assert (ended.returncode, "malformed" in ended.stderr) == (3, True), ended.stderr
    assert "What to do:" in ended.stderr
