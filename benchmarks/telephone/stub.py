"""A point that always says yes, and keeps nothing: python stub.py PORT."""

from __future__ import annotations

import asyncio
import json
import re
import sys

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


async def _served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            body = await reader.readexactly(int(length[1])) if length else b"{}"
            answer = b"{}"
            if b"/v1/authorize" in head[:40]:
                answer = _yes(json.loads(body))
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(answer), answer))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def _yes(asked: dict[str, str]) -> bytes:
    return json.dumps(
        {
            "v": 1,
            "attempt": asked["attempt"],
            "decision": "allow",
            "person": asked["person"],
            "media": "private",
            "limit_seconds": 900,
            "expires_at": 2_000_000_000,
            "called": asked["called"],
            "code": 0,
            "phrase": "",
            "reason": "",
            "language": "en",
            "announce": None,
        }
    ).encode()


async def _serve(port: int) -> None:
    server = await asyncio.start_server(_served, "127.0.0.1", port, backlog=256)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
