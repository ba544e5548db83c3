"""What kind of file was sent, and what could be read of it: text by pages, or why not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from locutorio.actions.files import pdf_child
from locutorio.actions.files.pdf_child import CUT, DONE, FAILED, LOCKED, PAGES, PICTURE, TEXT
from locutorio.actions.files.tongues import tongues_of
from locutorio.kernel.faults import Fault

BYTES_MAX = 20_000_000
SECONDS_MAX = 40
AT_ONCE_MAX = 2
PDF, PLAIN, PNG, JPEG = "application/pdf", "text/plain", "image/png", "image/jpeg"
READ, PARTLY, LOCKED_FILE, BROKEN, HEAVY = "read", "partly", "locked", "broken", "heavy"
LETTERS, IS_PICTURE, EMPTY = "letters", "picture", "empty"
_CHILD = [sys.executable, "-I", str(Path(pdf_child.__file__))]
_ENVIRONMENT = ("SYSTEMROOT",)
_EDGE = 1024
_ENDS = {PDF: b"%%EOF", PNG: b"IEND", JPEG: b"\xff\xd9"}
_NOT_IN_TEXT = bytes(one for one in range(32) if one not in b"\t\n\r\x0c\x1b")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_turns = BoundedSemaphore(AT_ONCE_MAX)


@dataclass(frozen=True, slots=True)
class FileRead:
    """What could be read of a file.

    ``became``: read; partly; or, where nothing could be: locked (by a password), broken, heavy (it needs more
    memory or time than a file gets), letters (nobody can tell which), picture, empty.
    ``pages``: how many it has. ``text`` is of those that were looked at, "" for one that could not be read;
    ``unread`` says why, by its number from 1: picture, empty, broken, heavy, cut (its end is missing).
    ``tongues`` are the languages (``en``, ``es``) and scripts (``arabic``) found, each with its pages.
    ``cut_short``: the file has not the end that its kind has.
    """

    media_type: str
    became: str
    pages: int = 0
    text: tuple[str, ...] = ()
    unread: Mapping[int, str] = field(default_factory=dict)
    tongues: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    cut_short: bool = False

    @property
    def plain(self) -> dict[str, Any]:
        """Give all but the text, as the row of a document keeps it."""
        return {
            "became": self.became,
            "pages": self.pages,
            "looked_at": len(self.text),
            "unread": {str(page): why for page, why in self.unread.items()},
            "tongues": {tongue: [*pages] for tongue, pages in self.tongues.items()},
            "cut_short": self.cut_short,
        }


def kind_of(data: bytes) -> str:
    """Give the media type of a file, by what it is and not by its name.

    Raises:
        Fault: it is empty, too large, or none that can be kept.
    """
    if not data:
        raise Fault("the file is empty", remedy="choose the file again")
    if len(data) > BYTES_MAX:
        raise Fault(
            f"the file is larger than {BYTES_MAX // 1_000_000} million bytes",
            why="larger ones keep everybody waiting; it was not kept",
            remedy="split it, or scan it in grey at 200 dots an inch",
        )
    if b"%PDF-" in data[:_EDGE]:
        return PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(_WIDE) or not any(one in data for one in _NOT_IN_TEXT):
        return PLAIN
    raise Fault(
        "the file is no PDF, no picture (PNG, JPEG) and no plain text",
        why="other kinds can run programs, or cannot be opened everywhere; it was not kept",
        remedy="save or print it as PDF, and send that",
    )


def read_file(data: bytes) -> FileRead:
    """Read a file that nobody trusts: nothing in it is run, and it is given up after 40 seconds.

    Raises:
        Fault: it is empty, too large, or none that can be kept.
    """
    media_type = kind_of(data)
    became, pages, text, unread = _READERS[media_type](data)
    end = _ENDS.get(media_type)
    cut_short = end is not None and end not in data[-_EDGE:]
    return FileRead(media_type, became, pages, tuple(text), unread, tongues_of(text), cut_short)


_Found = tuple[str, int, list[str], dict[int, str]]


def _plain(data: bytes) -> _Found:
    try:
        text = data.decode("utf-16" if data.startswith(_WIDE) else "utf-8-sig")
    except UnicodeDecodeError:
        return LETTERS, 0, [], {}
    if not text.strip():
        return EMPTY, 0, [], {}
    most = pdf_child.PAGE_LENGTH_MAX
    pages = [text[at : at + most].replace("\x00", " ") for at in range(0, len(text), most)]
    return READ, len(pages), pages, {}


def _picture(_: bytes) -> _Found:
    return IS_PICTURE, 1, [""], {1: IS_PICTURE}


def _pdf(data: bytes) -> _Found:
    said = [*_said(data)]
    first = said[0] if said else {}
    if LOCKED in first:
        return LOCKED_FILE, 0, [], {}
    if PAGES not in first:
        return (BROKEN if first.get(FAILED) == BROKEN else HEAVY), 0, [], {}
    count, each = first[PAGES], [one for one in said[1:] if DONE not in one]
    text = [one.get(TEXT, "") for one in each]
    unread = {number: why for number, one in enumerate(each, 1) if (why := _why(one))}
    whole = not unread and len(each) == count
    if any(page.strip() for page in text):
        return (READ if whole else PARTLY), count, text, unread
    kinds = {*unread.values()} if len(each) == count else {HEAVY}
    alone = next((one for one in (HEAVY, BROKEN, IS_PICTURE) if one in kinds), EMPTY)
    return alone, count, text, unread


def _why(page: Mapping[str, Any]) -> str:
    """Give why a page was not read whole, or nothing."""
    if FAILED in page:
        return str(page[FAILED])
    if not page[TEXT].strip():
        return IS_PICTURE if page[PICTURE] else EMPTY
    return CUT if page[CUT] else ""


def _said(data: bytes) -> Iterator[Mapping[str, Any]]:
    """Give what a child says of a PDF, as far as it got: it has no secret of ours, and little of anything."""
    known = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    with (
        _turns,
        subprocess.Popen(  # noqa: S603 - a program of ours
            _CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=known
        ) as child,
    ):
        try:
            out, _ = child.communicate(data, timeout=SECONDS_MAX)
        except subprocess.TimeoutExpired:
            child.kill()
            out, _ = child.communicate()
    for line in out.splitlines(keepends=True):
        if line.endswith(b"\n"):
            yield json.loads(line)


_READERS: Mapping[str, Callable[[bytes], _Found]] = {PDF: _pdf, PLAIN: _plain, PNG: _picture, JPEG: _picture}
