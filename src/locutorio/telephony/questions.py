"""What the engine asks and tells, read strictly: what is no question decides nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

VERSION = 1
EVENTS = ("refused", "answered", "ended", "failed", "violation", "forwarding")
TEXT_LENGTH_MAX = 255
_NUMBER_MAX, _CODE_MAX = 2**31, 1_000
_EARLIEST, _LATEST = 946_684_800, 4_102_444_800  # the years 2000 to 2100
_FORMS = {
    "telephone": re.compile(r"[A-Za-z0-9_.-]{1,64}"),
    "person": re.compile(r"[0-9A-Za-z-]{0,32}"),
    "pin": re.compile(r"[0-9]{0,16}"),
    "called": re.compile(r"\+?[0-9]{2,20}"),
    "call_id": re.compile(r"[!-~]{1,255}"),
    "from_tag": re.compile(r"[!-~]{1,255}"),
    "boot": re.compile(r"[!-~]{1,64}"),
    "source": re.compile(r"[0-9A-Fa-f.:\[\]]{1,80}"),
    "sdp": re.compile(r"[\t\r\n -~]{0,8192}"),
}
_ENGINE_TEXTS = ("boot", "call_id", "from_tag", "to_tag", "source", "method")
_ENGINE_NUMBERS = ("cseq", "h_entry", "h_id")


class Malformed(Exception):
    """What came is not what the engine sends; the text says in what, and never repeats what came."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the engine asks of one attempt to call. ``engine`` is how it knows the call."""

    attempt: UUID
    telephone: str
    person: str
    pin: str = field(repr=False)
    called: str
    sdp: str = field(repr=False)
    engine: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Happened:
    """What the engine tells of a call.

    ``at`` is when it happened and ``began`` when the call was answered, by the engine's clock, where it says
    so. ``why`` and ``by`` are as the engine has them, ``code`` is 0 where it names none.
    """

    event: str
    attempt: UUID
    telephone: str
    called: str
    why: str
    by: str
    code: int
    at: datetime | None
    began: datetime | None
    engine: Mapping[str, str | int]


def read_question(data: bytes) -> Question:
    """Read a question.

    Raises:
        Malformed: it is none.
    """
    said = _read(data)
    texts = {name: _formed(said, name, form) for name, form in _FORMS.items()}
    engine: dict[str, str | int] = {name: texts[name] for name in ("boot", "call_id", "from_tag", "source")}
    cseq = _number(said.get("cseq"))
    if cseq < 0:
        raise Malformed("cseq is no number")
    engine["cseq"] = cseq
    kept = {name: texts[name] for name in ("telephone", "person", "pin", "called", "sdp")}
    if bool(kept["person"]) is not bool(kept["pin"]):
        raise Malformed("a person goes with a PIN")
    return Question(attempt=_attempt(said), engine=engine, **kept)


def read_event(data: bytes) -> Happened:
    """Read an event. What others choose in it (tags, reasons) is cut and cleaned: it keeps no event away.

    Raises:
        Malformed: it is none.
    """
    said = _read(data)
    if said.get("event") not in EVENTS:
        raise Malformed("it is no event that is known")
    texts = {name: _cleaned(said.get(name)) for name in _ENGINE_TEXTS}
    numbers = {name: found for name in _ENGINE_NUMBERS if (found := _number(said.get(name))) >= 0}
    at = _moment(said.get("t_end")) if said["event"] == "ended" else _moment(said.get("t_start"))
    return Happened(
        event=said["event"],
        attempt=_attempt(said),
        telephone=_cleaned(said.get("telephone")),
        called=_cleaned(said.get("called")),
        why=_cleaned(said.get("why")),
        by=_cleaned(said.get("by")),
        code=max(0, _number(said.get("code"))) % _CODE_MAX,
        at=at or _moment(said.get("t")),
        began=_moment(said.get("t_start")),
        engine={**{name: text for name, text in texts.items() if text}, **numbers},
    )


def _read(data: bytes) -> dict[str, Any]:
    try:
        said = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Malformed("it is no JSON") from error
    if not isinstance(said, dict):
        raise Malformed("it is no object")
    if type(said.get("v")) is not int or said["v"] != VERSION:
        raise Malformed(f"it is not of version {VERSION}")
    return said


def _attempt(said: Mapping[str, Any]) -> UUID:
    try:
        found = UUID(said["attempt"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Malformed("attempt is no UUID") from error
    if str(found) != said["attempt"]:
        raise Malformed("attempt is not written as a UUID is")
    return found


def _formed(said: Mapping[str, Any], name: str, form: re.Pattern[str]) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not form.fullmatch(value):
        raise Malformed(f"{name} is not as it must be")
    return value


def _number(value: object) -> int:
    """Give a number; -1 for what is none."""
    return value if type(value) is int and 0 <= value < _NUMBER_MAX else -1


def _cleaned(value: object) -> str:
    """Give a text of printable ASCII; the engine writes <null> for what it does not have."""
    if not isinstance(value, str) or value == "<null>":
        return ""
    return "".join(letter if " " <= letter <= "~" else "?" for letter in value[:TEXT_LENGTH_MAX])


def _moment(value: object) -> datetime | None:
    """Read seconds since 1970, as a text with a fraction; none where they are of no day that can be meant."""
    try:
        seconds = float(value) if isinstance(value, str) else None
    except ValueError:
        return None
    if seconds is None or not _EARLIEST < seconds < _LATEST:
        return None
    return datetime.fromtimestamp(seconds, UTC)
