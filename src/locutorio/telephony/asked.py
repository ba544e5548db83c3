"""What the engine asks over HTTP, on loopback: read as the engine writes it, and answered in one piece."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hmac import compare_digest
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any

BODY_BYTES_MAX = 32_000
_LENGTH_DIGITS_MAX = 6
_LINE_BYTES_MAX, _LINES_MAX = 8_192, 50


class Asked(BaseHTTPRequestHandler):
    """One connection of the engine, for as long as it stays. Nothing of who called whom is written.

    The headers are read here: the library reads them as those of a letter, which costs more than the
    answer to a good part of what is asked.
    """

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    raw_requestline: bytes
    said: Mapping[str, str]

    def parse_request(self) -> bool:
        """Read the first line and the headers; where they are not as they must be, say so and hang up."""
        self.close_connection = True
        self.command, self.request_version = "", self.protocol_version
        self.requestline = self.raw_requestline.decode("latin-1").rstrip("\r\n")
        words = self.requestline.split(" ")
        said = self._headers()
        if len(words) != 3 or words[2] not in {"HTTP/1.0", "HTTP/1.1"} or said is None:
            self.answer(HTTPStatus.BAD_REQUEST, {"why": "it is no request of the engine"})
            return False
        self.command, self.path, self.request_version = words
        self.said = said
        self.close_connection = words[2] == "HTTP/1.0" or said.get("connection", "").lower() == "close"
        if said.get("expect", "").lower() == "100-continue":
            self.handle_expect_100()
            self.wfile.flush()
        return True

    def log_message(self, *_: object) -> None:
        """Write no line about who called whom."""

    def body(self, credential: bytes) -> bytes | None:
        """Give what was sent, if it is whole and from whoever has the secret; answer who is not."""
        length = self.said.get("content-length", "")
        counted = length.isdecimal() and len(length) <= _LENGTH_DIGITS_MAX
        if not counted or int(length) > BODY_BYTES_MAX or "transfer-encoding" in self.said:
            self.close_connection = True
            self.answer(HTTPStatus.BAD_REQUEST, {"why": "its length is none, or too great"})
            return None
        data = self.rfile.read(int(length))
        if not compare_digest(self.said.get("authorization", "").encode("latin-1"), credential):
            self.answer(HTTPStatus.UNAUTHORIZED, {})
            return None
        return data

    def answer(self, status: HTTPStatus, what: Mapping[str, Any]) -> None:
        """Send an answer."""
        data = json.dumps(what).encode()
        close = "Connection: close\r\n" if self.close_connection else ""
        head = f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: application/json\r\n"
        self.wfile.write(f"{head}Content-Length: {len(data)}\r\n{close}\r\n".encode() + data)

    def _headers(self) -> Mapping[str, str] | None:
        """Read the headers, by their names in small letters; None where they are none, or too many."""
        said: dict[str, str] = {}
        for _ in range(_LINES_MAX):
            line = self.rfile.readline(_LINE_BYTES_MAX + 1).decode("latin-1")
            if line in {"\r\n", "\n"}:
                return said
            name, colon, value = line.partition(":")
            key = name.lower()
            if not colon or not line.endswith("\n") or name != name.strip() or key in said:
                return None
            said[key] = value.strip()
        return None
