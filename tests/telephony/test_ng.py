"""A relay is asked and its answer read, or it is gone; there is nothing between."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locutorio.telephony.ng import LOOPBACK, Relay, RelayGone, RelayRefused, bdecoded, bencoded

VALUES = st.recursive(
    st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(value=VALUES)
def test_what_is_written_is_read(value: object) -> None:
    """Texts, numbers, lists and tables come back as they were."""
    assert bdecoded(bencoded(value)) == value


@given(data=st.binary(max_size=60))
def test_whatever_comes_is_read_or_is_none(data: bytes) -> None:
    """Bytes that are no bencode are said to be none, by that one error."""
    try:
        bdecoded(data)
    except ValueError:
        return


@contextmanager
def answering(answer: bytes, *, cookie: bool = True) -> Iterator[Relay]:
    """A relay that gives one answer."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind((LOOPBACK, 0))

        def say() -> None:
            asked, whom = door.recvfrom(4_096)
            door.sendto((asked.partition(b" ")[0] if cookie else b"other") + b" " + answer, whom)

        thread = threading.Thread(target=say)
        thread.start()
        yield Relay(door.getsockname()[1], seconds=2)
        thread.join()


def test_an_answer_is_given_and_a_refusal_says_why() -> None:
    """What the relay answers is given; where it refuses its own words are."""
    with answering(bencoded({"result": "pong"})) as relay:
        assert relay.ask("ping") == {"result": "pong"}
    with (
        answering(bencoded({"result": "error", "error-reason": "Unknown call-id"})) as relay,
        pytest.raises(RelayRefused) as refused,
    ):
        relay.ask("query", call_id="1")
    assert refused.value.unknown_call


@pytest.mark.parametrize("answer", [b"d6:result", b"i1e", b"", b"d1:ai1e1:be", b"di1ei2ee"])
def test_what_nobody_can_read_is_no_answer(answer: bytes) -> None:
    """A malformed answer is as none."""
    with answering(answer) as relay, pytest.raises(RelayGone):
        relay.ask("ping")


def test_an_answer_to_another_question_is_no_answer() -> None:
    """Only the answer that bears the question's own mark counts."""
    with answering(bencoded({"result": "pong"}), cookie=False) as relay, pytest.raises(RelayGone):
        relay.ask("ping")


def test_where_nobody_listens_the_relay_is_gone_at_once() -> None:
    """A dead relay is not waited for, and one that hangs only so long."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind((LOOPBACK, 0))
        with pytest.raises(RelayGone):
            Relay(door.getsockname()[1], seconds=0.1).ask("ping")
        port = door.getsockname()[1]
    with pytest.raises(RelayGone):
        Relay(port, seconds=30).ask("ping")
