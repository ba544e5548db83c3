"""The scans of `make check` find what they are for: they are tried on something planted."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.scans import licences, planted
from tests.scans.__main__ import ROOT
from tests.scans.advisories import Result, ask

TOKEN = "ghp_" + "Zk4" * 12
UV = ROOT / ".bootstrap" / "bin" / "uv"


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
def database_of_weaknesses(package: str) -> Iterator[str]:
    """Serve a database on this machine that knows one weakness, of one package."""
    weakness = {
        "id": "GHSA-0000-0000-0000",
        "modified": "2026-01-01T00:00:00Z",
        "summary": "an invented weakness",
        "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
    }

    class Answers(BaseHTTPRequestHandler):
        def answer(self, said: object) -> None:
            body = json.dumps(said).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            hit = [{"id": weakness["id"], "modified": weakness["modified"]}]
            self.answer(
                {"results": [{"vulns": hit} if one["package"]["name"] == package else {} for one in asked]}
            )

        def do_GET(self) -> None:
            self.answer(weakness)

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.skipif(not UV.exists(), reason="needs uv where `make` puts it")
def test_a_known_weakness_fails_the_check_and_an_absent_network_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a package that uv.lock names it is told with its number; of another, or unreached, it is not."""
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    with database_of_weaknesses("django") as address:
        asked = ask(str(UV), ROOT, service=address)
        assert asked.result is Result.FOUND
        assert "GHSA-0000-0000-0000" in asked.said
    with database_of_weaknesses("a-package-that-is-not-here") as address:
        assert ask(str(UV), ROOT, service=address).result is Result.CLEAN
    assert ask(str(UV), ROOT, service=address).result is Result.NOT_LOOKED_UP


def test_uv_that_does_not_ask_is_an_error(tmp_path: Path) -> None:
    """A program that fails for another reason than the network is never taken for a clean answer."""
    with pytest.raises(RuntimeError):
        ask(sys.executable, tmp_path)


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
