"""The decision point's door: only so much is in hand, and nothing is done for somebody who is gone."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest

from locutorio.kernel.faults import Fault
from locutorio.telephony import point_server
from locutorio.telephony.decision_point import DecisionPoint
from locutorio.telephony.point_server import Server
from locutorio.telephony.questions import Question
from tests.telephony.standing_by import SECRET, credential
from tests.telephony.test_questions import QUESTION, written

HEADERS = {"Authorization": credential()}


class Point:
    """Answers what a test says, and keeps who was asked about."""

    def __init__(self, does: Callable[[], Any]) -> None:
        self.does = does
        self.asked: list[str] = []

    def authorize(self, question: Question, _until: float) -> Any:
        self.asked.append(question.called)
        return self.does()


class Waits:
    """Answers once the test says so."""

    def __init__(self) -> None:
        self.begun, self.go = threading.Event(), threading.Event()

    def __call__(self) -> dict[str, int]:
        self.begun.set()
        assert self.go.wait(5)
        return {}


@pytest.fixture(autouse=True, params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve as on each kind of database."""
    monkeypatch.setattr(point_server, "database_kind", lambda: request.param)


@contextmanager
def serving(point: Point) -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        with Server(listening, cast("DecisionPoint", point), SECRET) as server:
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            yield server
            server.shutdown()


def opened(server: Server, called: str) -> http.client.HTTPConnection:
    """Ask, and leave the answer for later."""
    door = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=5)
    door.request("POST", "/v1/authorize", written(QUESTION, called=called), HEADERS)
    return door


def status(server: Server, called: str) -> int:
    door = opened(server, called)
    try:
        return door.getresponse().status
    finally:
        door.close()


def test_several_on_one_connection() -> None:
    """One after another is answered with what the point says."""
    point = Point(lambda: {"v": 1})
    with serving(point) as server:
        door = opened(server, "101")
        assert door.getresponse().read() == b'{"v": 1}'
        door.request("POST", "/v1/authorize", written(QUESTION, called="102"), HEADERS)
        assert door.getresponse().read() == b'{"v": 1}'
        door.close()
    assert point.asked == ["101", "102"]


@pytest.mark.parametrize("error", [Fault("the database is away"), ValueError("a defect")])
def test_no_answer_is_told_as_none(error: Exception, capfd: pytest.CaptureFixture[str]) -> None:
    """A database that is away and a defect are both told, and both give the next who asks their answer."""

    def fails() -> None:
        raise error

    point = Point(fails)
    with serving(point) as server:
        assert status(server, "101") == 503
        assert str(error) in capfd.readouterr().err
        point.does = dict
        assert status(server, "102") == 200


@contextmanager
def one_in_hand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Serve where one question takes all the room; then it has its answer, and of others the next alone."""
    monkeypatch.setattr(point_server, "AT_ONCE", 1)
    waits = Waits()
    point = Point(waits)
    with serving(point) as server:
        first = opened(server, "101")
        assert waits.begun.wait(5)
        yield server
        waits.go.set()
        assert first.getresponse().status == 200
        assert status(server, "103") == 200
        first.close()
    assert point.asked == ["101", "103"]


def test_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """What finds no room in time is told so and never done; what came in time has its answer."""
    monkeypatch.setattr(point_server, "ANSWER_SECONDS", 0.2)
    with one_in_hand(monkeypatch) as server:
        assert status(server, "102") == 503


def test_nobody_is_there_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was asked by somebody who has hung up is not begun: the standby was asked meanwhile."""
    with one_in_hand(monkeypatch) as server:
        opened(server, "102").close()
