"""The server: one line, one machine, a clean end."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from locutorio.kernel.faults import Fault
from locutorio.web.serve import make_server

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)\n")


@contextmanager
def _running() -> Iterator[tuple[subprocess.Popen[str], int]]:
    program = [sys.executable, "-m", "locutorio.web"]
    environment = {name: value for name, value in os.environ.items() if name != "PORT"}
    with subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        match = ADDRESS.fullmatch(line)
        assert match, line
        try:
            yield process, int(match[1])
        finally:
            process.kill()


@pytest.mark.parametrize("interruption", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_it_prints_its_address_alone_serves_and_ends_cleanly(interruption: signal.Signals) -> None:
    """The program prints one line, its address, answers there, and ends without an error when told to."""
    with _running() as (process, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/")
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("Location")) == (302, "/en/")
        connection.close()

        process.send_signal(interruption)
        rest, errors = process.communicate(timeout=20)

        assert (process.returncode, rest, errors) == (0, "", "")


def test_another_name_of_this_server_leaves_no_traceback_on_the_console() -> None:
    """Whoever asks under a wrong name is refused, and the console stays as it was."""
    with _running() as (process, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/en/", headers={"Host": "elsewhere.example"})
        assert connection.getresponse().status == 400
        connection.close()

        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)

        assert errors == ""


def test_a_port_in_use_is_told_in_plain_words() -> None:
    """When another program holds the port, the reader learns which port it is and what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(Fault) as refused:
            make_server(port)

    assert str(port) in str(refused.value)
    assert "another port" in str(refused.value)


@pytest.mark.parametrize("port", ["http", "99999", "-1", "²"])
def test_a_port_that_is_none_is_told_in_plain_words(port: str) -> None:
    """A mistyped port ends the program with one explanation, not with a traceback."""
    program = [sys.executable, "-m", "locutorio.web"]
    ended = subprocess.run(
        program, capture_output=True, text=True, timeout=60, check=False, env={**os.environ, "PORT": port}
    )

    assert (ended.returncode, ended.stdout) == (1, "")
    assert "What to do:" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_silent_browser_keeps_nobody_waiting(site: str) -> None:
    """A browser that opens a connection and says nothing does not keep another reader from an answer."""
    host, port = site.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))):
        connection = http.client.HTTPConnection(host, int(port), timeout=10)
        connection.request("GET", "/")

        assert connection.getresponse().status == 302
        connection.close()
