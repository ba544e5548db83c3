"""What a media relay is asked by: rtpengine's NG protocol, one datagram there and one back (bencode)."""

from __future__ import annotations

import secrets
import socket
from typing import Any

LOOPBACK = "127.0.0.1"
ANSWER_SECONDS = 0.3
_ANSWER_LENGTH_MAX = 65_535
_UNKNOWN_CALL = "unknown call"


class RelayGone(Exception):
    """No relay answers: it is dead, hangs, or says what nobody can read."""


class RelayRefused(Exception):
    """The relay answered that it does not do what it was asked; the text is its own."""

    @property
    def unknown_call(self) -> bool:
        """Whether it does not know the call: it is over, or the relay was started anew in between."""
        return _UNKNOWN_CALL in str(self).lower()


class Relay:
    """A media relay of this machine, by the port on which it is controlled."""

    def __init__(self, port: int, seconds: float = ANSWER_SECONDS) -> None:
        self._port, self._seconds = port, seconds

    def ask(self, command: str, **fields: object) -> dict[str, Any]:
        """Have one command done and give the answer; in the names of ``fields`` ``_`` stands for ``-``.

        Raises:
            RelayGone: there was no answer in time; at once where nobody listens.
            RelayRefused: the answer is an error.
        """
        cookie = secrets.token_hex(6).encode()
        asked = {"command": command} | {name.replace("_", "-"): value for name, value in fields.items()}
        try:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
                door.settimeout(self._seconds)
                door.connect((LOOPBACK, self._port))
                door.send(cookie + b" " + bencoded(asked))
                data = door.recv(_ANSWER_LENGTH_MAX)
            came, _, text = data.partition(b" ")
            answer = bdecoded(text)
        except (OSError, ValueError) as error:
            raise RelayGone(str(error)) from error
        if came != cookie or not isinstance(answer, dict):
            raise RelayGone("the answer is to another question")
        if answer.get("result") == "error":
            raise RelayRefused(str(answer.get("error-reason", "")))
        return answer


def bencoded(value: object) -> bytes:
    """Write texts, whole numbers, lists and tables of them in bencode."""
    match value:
        case int():
            return b"i%de" % value
        case str():
            data = value.encode()
            return b"%d:%s" % (len(data), data)
        case list() | tuple():
            return b"l" + b"".join(map(bencoded, value)) + b"e"
        case dict():
            return b"d" + b"".join(bencoded(key) + bencoded(each) for key, each in value.items()) + b"e"
        case _:
            raise TypeError(f"{type(value).__name__} is not written in bencode")


def bdecoded(data: bytes) -> Any:
    """Read bencode; texts that are not UTF-8 have what is wrong in them replaced.

    Raises:
        ValueError: it is malformed, or something follows it.
    """
    value, end = _value(data, 0)
    if end != len(data):
        raise ValueError("something follows what was read")
    return value


def _value(data: bytes, at: int) -> tuple[Any, int]:
    kind = data[at : at + 1]
    if kind == b"i":
        end = data.index(b"e", at)
        return int(data[at + 1 : end]), end + 1
    if kind in (b"l", b"d"):
        values, at = [], at + 1
        while data[at : at + 1] != b"e":
            value, at = _value(data, at)
            values.append(value)
        if kind == b"l":
            return values, at + 1
        if len(values) % 2 or not all(isinstance(key, str) for key in values[::2]):
            raise ValueError("a table has a key that is no text, or without a value")
        return dict(zip(values[::2], values[1::2], strict=True)), at + 1
    colon = data.index(b":", at)
    end = colon + 1 + int(data[at:colon])
    if not data[at:colon].isdigit() or end > len(data):
        raise ValueError("a text ends early")
    return data[colon + 1 : end].decode(errors="replace"), end
