"""A program of its own: reads the text of a PDF that nobody trusts, within limits, page by page.

It takes the file on its standard input and writes one line of JSON for what it is (pages, locked), one for
each page, and a last one. What it writes before it is ended is of use.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import IO, Any

MEMORY_BYTES_MAX = 768 * 2**20
SECONDS_MAX = 30
PAGES_MAX, COUNT_MAX = 1_000, 100_000
PAGE_LENGTH_MAX, TEXT_LENGTH_MAX = 100_000, 3_000_000
PAGES, LOCKED, TEXT, PICTURE, FAILED, CUT, DONE = (
    *("pages", "locked", "text", "picture", "failed", "cut"),
    "done",
)


def limited() -> None:
    """Give up memory, time and files beyond what reading needs, where the system knows such limits."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES_MAX),
        (resource.RLIMIT_CPU, SECONDS_MAX),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def lines(data: bytes) -> Iterator[Mapping[str, Any]]:
    """Give what is found, piece by piece."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        yield {LOCKED: True}
        return
    count = min(len(reader.pages), COUNT_MAX)
    yield {PAGES: count}
    left = TEXT_LENGTH_MAX
    for number in range(min(count, PAGES_MAX)):
        if left <= 0:
            break
        found = _page(reader, number, min(left, PAGE_LENGTH_MAX))
        left -= len(found.get(TEXT, ""))
        yield found
    yield {DONE: True}


def _page(reader: Any, number: int, most: int) -> dict[str, Any]:
    """Give the text of a page, and whether it holds a picture; or why it could not be read."""
    try:
        page = reader.pages[number]
        text = page.extract_text()
        picture = _has_picture(page)
    except (MemoryError, RecursionError):
        return {FAILED: "heavy"}
    except Exception as error:  # noqa: BLE001 - a file that nobody trusts fails in ways nobody can list
        return {FAILED: "heavy" if "Limit" in type(error).__name__ else "broken"}
    said = "".join(" " if one in "\x00\x0b\x0c" or "\ud800" <= one <= "\udfff" else one for one in text)
    return {TEXT: said[:most], PICTURE: picture, CUT: len(said) > most}


def _has_picture(page: Any) -> bool:
    resources = page.get("/Resources")
    drawn = resources.get_object().get("/XObject") if resources is not None else None
    named = drawn.get_object().values() if drawn is not None else ()
    return any(one.get_object().get("/Subtype") == "/Image" for one in named)


def main(source: IO[bytes], out: IO[str]) -> None:
    """Read, and write what is found as it is found."""
    limited()
    try:
        for line in lines(source.read()):
            out.write(json.dumps(line) + "\n")
            out.flush()
    except (MemoryError, RecursionError):
        out.write(json.dumps({FAILED: "heavy"}) + "\n")
    except Exception as error:  # noqa: BLE001 - as above
        heavy = "Limit" in type(error).__name__
        out.write(json.dumps({FAILED: "heavy" if heavy else "broken"}) + "\n")


if __name__ == "__main__":
    import logging

    logging.disable()
    main(sys.stdin.buffer, sys.stdout)
