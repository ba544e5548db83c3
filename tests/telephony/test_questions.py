"""What the engine asks and tells is read strictly; what strangers choose in it keeps no event away."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from locutorio.telephony.questions import Malformed, read_event, read_question

ATTEMPT = "0192f0c0-1111-4222-8333-444455556666"
QUESTION: dict[str, Any] = {
    "v": 1,
    "attempt": ATTEMPT,
    "boot": "b1",
    "telephone": "north-1",
    "person": "1001",
    "pin": "918273",
    "called": "+12025550101",
    "call_id": "abc@127.0.0.1",
    "from_tag": "t1",
    "cseq": 2,
    "source": "127.0.0.1:5070",
    "sdp": "v=0\r\n",
}
EVENT: dict[str, Any] = {
    "v": 1,
    "event": "ended",
    "attempt": ATTEMPT,
    "why": "caller",
    "t_end": "1790000000.25",
}


def written(said: dict[str, Any], **other: Any) -> bytes:
    return json.dumps({name: value for name, value in {**said, **other}.items() if value is not ...}).encode()


def test_question() -> None:
    """A question is read whole, and its PIN is shown by no text of it."""
    found = read_question(written(QUESTION))
    assert (found.telephone, found.person, found.pin, found.called) == (
        "north-1",
        "1001",
        "918273",
        "+12025550101",
    )
    assert found.engine["cseq"] == 2
    assert "918273" not in repr(found)


@pytest.mark.parametrize(
    "other",
    [
        *({name: ...} for name in QUESTION),
        *({name: None} for name in QUESTION),
        *({name: "\ud800"} for name in QUESTION),
        *({name: "x" * 9_000} for name in QUESTION),
        *({name: []} for name in QUESTION),
        {"v": 2},
        {"v": True},
        {"v": "1"},
        {"cseq": True},
        {"cseq": -1},
        {"cseq": 2**31},
        {"cseq": 1.5},
        {"attempt": ATTEMPT.upper()},
        {"attempt": "{" + ATTEMPT + "}"},
        {"attempt": ATTEMPT.replace("-", "")},
        {"telephone": ""},
        {"telephone": "north 1"},
        {"telephone": "north-1\n"},
        {"person": "1001'"},
        {"person": ""},
        {"pin": "12a4"},
        {"pin": ""},
        {"called": "5"},
        {"called": "+1202555010x"},
        {"called": "+12025550101\n"},
        {"called": "\uff11\uff12\uff13\uff14"},
        {"sdp": "v=0\x00"},
        {"call_id": "a b"},
    ],
)
def test_no_question(other: dict[str, Any]) -> None:
    """What lacks something, or has something of another form, is no question; none of it is repeated."""
    with pytest.raises(Malformed) as told:
        read_question(written(QUESTION, **other))
    assert "918273" not in str(told.value)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"1", b"null", b"[" * 100_000, b"\xff", b"NaN"])
def test_no_json(data: bytes) -> None:
    """What is no object is neither a question nor an event."""
    for read in (read_question, read_event):
        with pytest.raises(Malformed):
            read(data)


def test_line_without_person() -> None:
    """A line that anybody may call is asked for without saying who calls."""
    assert read_question(written(QUESTION, person="", pin="")).person == ""


def test_event() -> None:
    """An event has its moment by the engine's clock, and what the engine knows the call by."""
    found = read_event(written(EVENT, t_start="1789999990.5", h_entry=4, h_id=7, to_tag="f"))
    assert found.at == datetime.fromtimestamp(1_790_000_000.25, UTC)
    assert found.began == datetime.fromtimestamp(1_789_999_990.5, UTC)
    assert found.engine == {"h_entry": 4, "h_id": 7, "to_tag": "f"}


@pytest.mark.parametrize(
    "other",
    [
        {"to_tag": "\ud800\x00" * 400},
        {"to_tag": 5},
        {"why": "é\n" * 900},
        {"code": "<null>"},
        {"t_end": "nan"},
        {"t_end": "1e30"},
        {"t_end": 5},
        {"h_entry": "<null>"},
        {"cseq": 2**70},
    ],
)
def test_event_with_anything(other: dict[str, Any]) -> None:
    """Whatever a far end puts into its tags and reasons, the end of its call is read."""
    found = read_event(written(EVENT, **other))
    assert str(found.attempt) == ATTEMPT
    assert json.dumps(dict(found.engine)).isascii()
    assert all(len(str(value)) <= 255 for value in found.engine.values())


@pytest.mark.parametrize("other", [{"event": "begun"}, {"event": None}, {"attempt": ...}, {"v": ...}])
def test_no_event(other: dict[str, Any]) -> None:
    """What is of no known event or of no attempt is none."""
    with pytest.raises(Malformed):
        read_event(written(EVENT, **other))
