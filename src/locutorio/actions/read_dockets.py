"""Reads files of what courts publish of their dockets, with juriscraper as the parser.

A feed (RSS), a docket sheet (HTML) or a mailed notice. Nothing is fetched or logged.
"""

from __future__ import annotations

import json
import logging
import re
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

from locutorio.actions.writing import written
from locutorio.dockets import keeping
from locutorio.dockets.entries import FEED, MAIL, SHEET, Item
from locutorio.dockets.reading import Parsed
from locutorio.dockets.seen import Seen
from locutorio.kernel.faults import Fault
from locutorio.kernel.texts import read_bytes

FILE_BYTES_MAX = 5_000_000
SEEN_BYTES_MAX = 100_000_000
_HOST = re.compile(rb"ecf\.([a-z0-9]{3,6})\.uscourts\.gov", re.IGNORECASE)
_HEADER = re.compile(rb"[A-Za-z][A-Za-z-]*:[ \t]")
_ENDS = {FEED: b"</rss>", SHEET: b"</html>"}


def parse(raw: bytes, name: str, court: str | None = None) -> Parsed:
    """Read one file of a court.

    Args:
        raw: its bytes.
        name: what to call it in messages.
        court: the court as its own site is called (``nyed``); else taken from the addresses in the file.

    Raises:
        Fault: it is none of the three kinds, names no court, or cannot be read.
    """
    source = _source(raw, name)
    found = _HOST.search(raw)
    of_court = court or (found[1].decode().lower() if found else "")
    if not of_court:
        raise Fault(
            f"{name} does not say which court it is of",
            why="the number of a case says something only together with its court",
            remedy="name the court with --court, as its site is called: nyed",
        )
    pacer = _pacer()
    try:
        dockets, unread = _READERS[source](pacer, raw, of_court)
    except Exception as error:  # a parser of what courts write fails in ways nobody can list
        raise Fault(
            f"{name} cannot be read ({type(error).__name__})",
            why="the parser found something it does not know; nothing of this file was taken",
            remedy="save it from the court's site again; if it stays so, read the docket by hand",
        ) from error
    end = _ENDS.get(source)
    cut_short = end is not None and end not in raw[-2000:].lower()
    if not any(docket.get("docket_entries") for docket in dockets) and not unread:
        raise Fault(
            f"{name} holds no docket entry",
            why="a page to sign in, an empty report or another kind of page looks like this",
            remedy="save the docket sheet, the feed or the notice itself",
        )
    return Parsed(name, source, of_court, tuple(dockets), unread, cut_short)


def read_file(path: Path, court: str | None = None) -> Parsed:
    """Read one file of a court from disk.

    Raises:
        Fault: see ``parse``; or it is missing or too large.
    """
    return parse(read_bytes(path, FILE_BYTES_MAX), path.name, court)


def seen_before(path: Path | None) -> Seen:
    """Give what earlier runs kept in a file; nothing where there is no such file yet.

    Raises:
        Fault: the file is something else.
    """
    if path is None or not path.exists():
        return Seen()
    raw = read_bytes(path, SEEN_BYTES_MAX)
    try:
        tree = json.loads(raw)
    except ValueError:
        tree = None
    return keeping.from_json(tree, path.name)


def keep_seen(path: Path, seen: Seen) -> None:
    """Keep what was read, whole or not at all.

    Raises:
        Fault: it cannot be written.
    """
    written(path, json.dumps(keeping.as_json(seen), ensure_ascii=False, indent=1) + "\n")


def _source(raw: bytes, name: str) -> str:
    start = raw[:4000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<?xml", b"<rss")) and b"<rss" in start and b"<!entity" not in raw.lower():
        return FEED
    if start.startswith((b"<html", b"<!doctype html")):
        return SHEET
    if _HEADER.match(start) and b"\nsubject:" in raw.lower():
        return MAIL
    raise Fault(
        f"{name} is no feed, no docket sheet and no mailed notice",
        why="a feed begins as XML, a sheet as HTML, a notice with the lines of a mail",
        remedy="save it from the court's site, or from the mailbox, as it is",
    )


def _pacer() -> ModuleType:
    log = logging.getLogger("juriscraper.lib.log_tools")
    if not log.handlers:  # the parser would write names of parties to a file of its own
        log.addHandler(logging.NullHandler())
        log.propagate = False
    try:
        from juriscraper import pacer
    except ModuleNotFoundError as missing:
        raise Fault(
            "dockets cannot be read here: the parser is not installed",
            why=f"the package {missing.name} is missing",
            remedy="install Locutorio with its extra: pip install 'locutorio[dockets]'",
        ) from missing
    module: ModuleType = pacer
    return module


def _feed(pacer: Any, raw: bytes, court: str) -> tuple[list[Item], int]:
    feed = pacer.PacerRssFeed(court)
    feed._parse_text(BytesIO(raw))  # noqa: SLF001 - the parser's own way in for a text at hand
    dockets: list[Item] = []
    unread = 0
    for item in feed.feed.entries:
        try:
            docket: Item = {**feed.metadata(item), "docket_entries": feed.docket_entries(item)}
        except AttributeError:
            unread += 1
            continue
        if docket.get("docket_number") and docket.get("docket_entries"):
            dockets.append(docket)
        else:
            unread += 1
    return dockets, unread


def _sheet(pacer: Any, raw: bytes, court: str) -> tuple[list[Item], int]:
    report = pacer.DocketReport(court)
    report._parse_text(_text(raw))  # noqa: SLF001 - the parser's own way in for a text at hand
    return [report.data] if report.data else [], 0


def _mail(pacer: Any, raw: bytes, court: str) -> tuple[list[Item], int]:
    notice = pacer.S3NotificationEmail(court)
    notice._parse_text(_text(raw))  # noqa: SLF001 - the parser's own way in for a text at hand
    data = notice.data or {}
    return [{**docket, "court_id": court} for docket in data.get("dockets") or ()], 0


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


_READERS = {FEED: _feed, SHEET: _sheet, MAIL: _mail}
