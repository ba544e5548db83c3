"""Each hostile text in each part of each request that the API's document names."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from locutorio.web.api.document import document
from locutorio.web.problems import UNDER
from tests.web.payloads import BYTES, TEXTS
from tests.web.payloads import FILES as CASES

SEED = 31
ODD: tuple[object, ...] = (
    None,
    True,
    -1,
    0,
    2**63,
    1.5,
    [],
    {},
    [[]],
    {"a": {"a": {}}},
    "x" * 30_000,
    ["a"] * 900,
)
RAW = (
    *(b"", b"null", b"[]", b"{", b"\xff\xfe{}", b'{"command": 1, "command": 2}', b"[" * 50_000, b"NaN"),
    *(b'{"slot": "\\ud800"}', b'{"slot": 1e400}', b'{"slot": ' + b"9" * 5_000 + b"}", b'"' * 50_000),
    *(b'{"__proto__": {"role": "administrator"}}', b'{"constructor": {}}', b"a=b&c=d", b"<x/>"),
)
ADDED = ("role", "roles", "approved", "is_counsel", "establishment", "actor", "factor", "outcome", "id")


@dataclass(frozen=True)
class Sent:
    """One request; ``of`` tells what it tries."""

    of: str
    method: str
    address: str
    body: bytes = b""


def attacks(known: Mapping[str, str]) -> Iterator[Sent]:
    """Give every attack; ``known`` is what stands for each name where another part is attacked."""
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield from _addressed(path, method.upper(), operation, known)
            if "requestBody" in operation:
                yield from _bodies(_named(path, known), operation, known)


def _addressed(
    path: str, method: str, operation: Mapping[str, Any], known: Mapping[str, str]
) -> Iterator[Sent]:
    body = _body(operation, known)
    for parameter in operation["parameters"]:
        name = parameter["name"]
        rng = random.Random(f"{SEED}{path}{name}")
        for text in rng.sample(TEXTS, 40):
            part = quote(text.encode("utf-8", "surrogatepass"), safe="")[:3_000]
            if parameter["in"] == "path":
                address = _named(path, {**known, name: part})
                yield Sent(f"{name}={text[:30]!r}", method, address, body)
            else:
                yield Sent(f"?{name}={text[:30]!r}", method, f"{_named(path, known)}?{name}={part}", body)
        for raw in BYTES if parameter["in"] == "query" else ():
            said = quote(raw) if b"%" not in raw else raw.decode()
            yield Sent(f"?{name}={raw!r}", method, f"{_named(path, known)}?{name}={said}", body)
    for added in ADDED:
        yield Sent(f"?{added}", method, f"{_named(path, known)}?{added}=administrator", body)


def _bodies(address: str, operation: Mapping[str, Any], known: Mapping[str, str]) -> Iterator[Sent]:
    good = json.loads(_body(operation, known))
    for raw in (*RAW, *(CASES[name] for name in ("laughs", "tag", "deep-flow", "keys", "json", "xml"))):
        yield Sent(f"body {raw[:30]!r}", "POST", address, raw[:110_000])
    for name in good:
        rng = random.Random(f"{SEED}{address}{name}")
        for value in (*rng.sample(TEXTS, 40), *ODD):
            yield Sent(f"{name}={str(value)[:30]!r}", "POST", address, _json({**good, name: value}))
        yield Sent(f"without {name}", "POST", address, _json({key: good[key] for key in good if key != name}))
    for name in ADDED:
        yield Sent(f"with {name}", "POST", address, _json({**good, name: "administrator"}))


def _json(value: object) -> bytes:
    return json.dumps(value).replace("COMMAND", str(uuid4())).encode()


def _named(path: str, known: Mapping[str, str]) -> str:
    part = path.removeprefix(UNDER).partition("/")[0]
    for name in ("id", "person", "law", "name", "secret"):
        path = path.replace(f"{{{name}}}", known.get(f"{name} of {part}", known.get(name, "x")))
    return path


def _body(operation: Mapping[str, Any], known: Mapping[str, str]) -> bytes:
    """Give a body that can be used, but for its command."""
    if "requestBody" not in operation:
        return b""
    values: dict[str, object] = {
        "command": "COMMAND",
        "person": known["person"],
        "party": [{"contact": known["contact"], "lap": False}],
        "on": "2026-12-05",
        "note": "",
        "slot": "hall@2026-12-05T10:00",
        "hold": True,
        "why": "ill",
        "law": "arcadia",
        "question": {"kind": "contact", "about": "visit", "on": "2026-12-05"},
    }
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    schema = document()["components"]["schemas"].get(schema.get("$ref", "").rpartition("/")[2], schema)
    return _json({name: values[name] for name in schema["properties"] if name in values})
