"""The scans of `make check` find what they are for: they are tried on something planted."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.scans import licences, planted
from tests.scans.__main__ import NEEDED, ROOT, VARIABLE, weaknesses
from tests.scans.advisories import WEAK, locked

TOKEN = "ghp_" + "Zk4" * 12


def test_a_planted_secret_is_found(tmp_path: Path) -> None:
    """A token, a private key and a password in files that git knows are each told with file and line."""
    texts = {
        "a.py": f'x = 1\ntoken = "{TOKEN}"\n',
        "b.pem": "-----BEGIN " + "PRIVATE KEY-----\nMC4=\n",
        "c.yaml": "address: postgresql://visits:" + "Rj7wq2Lk@db.example/oak\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    git = ["git", "-c", "safe.directory=*", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q"], check=True)
    (tmp_path / "unknown.py").write_text(texts["a.py"])
    subprocess.run([*git, "add", *texts], check=True)

    lines = list(planted.wrong(tmp_path, planted.tracked(tmp_path), frozenset()))

    assert {line.split(":")[0] for line in lines} == {"a.py, line 2", "b.pem, line 1", "c.yaml, line 1"}


def test_what_is_known_to_be_none_is_passed_once_it_is_exact(tmp_path: Path) -> None:
    """What was looked at is not told again; what is listed and stands nowhere any more is told."""
    (tmp_path / "a.py").write_text(f'token = "{TOKEN}"\n')
    seen = frozenset(planted.found(tmp_path, ["a.py"]))

    assert len(seen) == 1
    assert list(planted.wrong(tmp_path, ["a.py"], seen)) == []
    (tmp_path / "a.py").write_text("token = None\n")
    assert ["no longer stands in a.py" in line for line in planted.wrong(tmp_path, ["a.py"], seen)] == [True]


def test_the_list_of_what_is_none_is_small() -> None:
    """Few lines, each of a file that git knows."""
    assert {file for file, _, _ in planted.known()} <= set(planted.tracked(ROOT))
    assert len(planted.known()) < 40


@contextmanager
def answering(status: int, answer: Callable[[list[dict[str, Any]]], object]) -> Iterator[str]:
    """Serve in place of the database, on this machine; ``answer`` is given what is asked."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            said = answer(asked)
            body = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def knowing(*names: str) -> Callable[[list[dict[str, Any]]], object]:
    """Answer as the database does, which knows one weakness of each of some packages."""
    weak = {"vulns": [{"id": "GHSA-0000-0000-0000", "modified": "2026-01-01T00:00:00Z"}]}
    return lambda asked: {"results": [weak if one["package"]["name"] in names else {} for one in asked]}


def test_every_package_is_looked_up_and_a_weakness_fails(capsys: pytest.CaptureFixture[str]) -> None:
    """It is told with its number and its package, and of how many packages was asked."""
    packages = locked(ROOT)
    assert len(packages) > 60
    with answering(200, knowing(WEAK[0])) as address:
        assert weaknesses(address) == []
        assert f"weaknesses: {len(packages)} packages of uv.lock looked up at" in capsys.readouterr().out
    with answering(200, knowing(WEAK[0], "django")) as address:
        (version,) = (version for name, version in packages if name == "django")
        assert weaknesses(address) == [f"weaknesses are known of django {version}: GHSA-0000-0000-0000"]


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (500, knowing(WEAK[0])),
        (403, knowing(WEAK[0])),
        (200, lambda _: b"<html>sign in to this network</html>"),
        (200, lambda _: {}),
        (200, lambda _: {"results": [None]}),
        (200, lambda _: {"results": []}),
        (200, lambda asked: {"results": [{}] * (len(asked) - 1)}),
        (200, knowing()),
        (200, knowing("django")),
    ],
)
def test_what_was_not_looked_up_is_told(
    status: int,
    answer: Callable[[list[dict[str, Any]]], object],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Refused, something else than the database, fewer answers, or one that knows nothing: never clean."""
    with answering(status, answer) as address:
        assert weaknesses(address) == []
        told = capsys.readouterr().out
        assert "weaknesses: NOT LOOKED UP, of none of the" in told
        assert address in told
        monkeypatch.setenv(VARIABLE, NEEDED)
        assert weaknesses(address)
    capsys.readouterr()
    assert weaknesses(address)
    assert "cannot be reached" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("licence", "may"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-3-Clause", True),
        ("GPL-3.0-only OR MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("not stated", False),
    ],
)
def test_a_licence_is_weighed_as_it_is_written(licence: str, may: bool) -> None:
    """One of several suffices where the package offers a choice; all must fit where it does not."""
    assert licences.allowed(licence) is may


def test_the_packages_at_run_time_are_all_looked_at() -> None:
    """Those that pyproject.toml names and those they need are there, and none is under another licence."""
    assert {"django", "psycopg", "asgiref", "pydantic-core", "fido2"} <= set(licences.run_time())
    assert list(licences.wrong()) == []


def test_a_licence_that_is_only_in_the_classifiers_is_read() -> None:
    """A package that states its licence the old way, or not at all, is read so."""
    about: Message[str, str] = Message()
    about["License"] = "see the file"
    about["Classifier"] = "License :: OSI Approved :: GNU General Public License (GPL)"

    assert licences.licence_of(about) == "gnu general public license"
    assert licences.licence_of(Message()) == "not stated"
