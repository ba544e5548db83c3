"""A message of SIP, read and written as it stands on the wire, also where it is meant to be wrong."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass, field

_SHORT = {
    "v": "Via",
    "f": "From",
    "t": "To",
    "i": "Call-ID",
    "m": "Contact",
    "l": "Content-Length",
    "c": "Content-Type",
}


def token() -> str:
    return secrets.token_hex(6)


@dataclass(frozen=True, slots=True)
class Message:
    """``start`` is the first line; headers keep their order and their spelling."""

    start: str
    headers: tuple[tuple[str, str], ...]
    body: str = ""
    raw: str = field(default="", compare=False)

    @classmethod
    def read(cls, data: bytes) -> Message:
        raw = data.decode(errors="replace")
        head, _, body = raw.partition("\r\n\r\n")
        start, *lines = head.split("\r\n")
        pairs = (line.partition(":") for line in lines)
        return cls(start, tuple((_long(name), value.strip()) for name, _, value in pairs), body, raw)

    def written(self) -> bytes:
        lines = [self.start, *(f"{name}: {value}" for name, value in self.headers)]
        lines.append(f"Content-Length: {len(self.body.encode())}")
        return "\r\n".join((*lines, "", self.body)).encode()

    def all(self, name: str) -> list[str]:
        return [value for each, value in self.headers if each.lower() == name.lower()]

    def one(self, name: str) -> str:
        """Give the first header of a name, or nothing."""
        return next(iter(self.all(name)), "")

    @property
    def code(self) -> int:
        """The code of a response; 0 for a request."""
        found = re.match(r"SIP/2\.0 ([1-6][0-9]{2})\b", self.start)
        return int(found[1]) if found else 0

    @property
    def method(self) -> str:
        return self.one("CSeq").split()[-1] if self.code else self.start.split()[0]

    @property
    def why(self) -> str:
        """The word that a refusal gives as its reason."""
        found = re.search(r'text="([^"]*)"', self.one("Reason"))
        return found[1] if found else ""

    def tag(self, name: str) -> str:
        found = re.search(r"tag=([^;>]*)", self.one(name))
        return found[1] if found else ""

    def answer(
        self, code: int, phrase: str, *more: tuple[str, str], tag: str = "", body: str = ""
    ) -> Message:
        """Give a response to this request."""
        kept = [(name, value) for name, value in self.headers if name.lower() in ("via", "record-route")]
        to = self.one("To") + (f";tag={tag}" if tag and not self.tag("To") else "")
        same = [
            ("From", self.one("From")),
            ("To", to),
            ("Call-ID", self.one("Call-ID")),
            ("CSeq", self.one("CSeq")),
        ]
        return Message(f"SIP/2.0 {code} {phrase}", (*kept, *same, *more), body)


def credentials(
    challenge: str, name: str, secret: str, uri: str, *, method: str = "INVITE", first: str = ""
) -> str:
    """Answer a digest challenge; ``first`` stands for what the secret comes to."""
    said = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge))
    first = first or _md5(f"{name}:{said['realm']}:{secret}")
    second = _md5(f"{method}:{uri}")
    cnonce = token()
    if "qop" in said:
        response = _md5(f"{first}:{said['nonce']}:00000001:{cnonce}:auth:{second}")
        more = f', qop=auth, nc=00000001, cnonce="{cnonce}"'
    else:
        response, more = _md5(f"{first}:{said['nonce']}:{second}"), ""
    return (
        f'Digest username="{name}", realm="{said["realm"]}", nonce="{said["nonce"]}", uri="{uri}", '
        f'response="{response}", algorithm=MD5{more}'
    )


def ha1(name: str, realm: str, secret: str) -> str:
    """Give what an engine keeps to check a telephone's secret with."""
    return _md5(f"{name}:{realm}:{secret}")


def _long(name: str) -> str:
    return _SHORT.get(name.strip().lower(), name.strip())


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


def offer(address: str, port: int, *more: str, codecs: str = "0 101") -> str:
    """Give a description of voice: µ-law and keys, at one address and port."""
    lines = (
        "v=0",
        f"o=- 1 1 IN IP4 {address}",
        "s=-",
        f"c=IN IP4 {address}",
        "t=0 0",
        f"m=audio {port} RTP/AVP {codecs}",
        "a=rtpmap:0 PCMU/8000",
        "a=rtpmap:101 telephone-event/8000",
        "a=fmtp:101 0-15",
        *more,
    )
    return "\r\n".join((*lines, ""))
