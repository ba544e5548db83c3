"""A docket entry as one file gives it, and the stated key by which it is known again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

FEED, SHEET, MAIL = "feed", "sheet", "mail"

Item = Mapping[str, object]
Key = tuple[str, ...]
_ATTACHED = re.compile(r"\(Attachments?: *(.*)\)", re.DOTALL)
_EACH = re.compile(r"(?:^|[,\s])(?:#\s*\d+|\(\d+\))\s*")
_ENTERED = re.compile(r"\(Entered:[^)]*\)")
_MODIFIED = re.compile(r"\bModified\b.*?\b\d{1,2}/\d{1,2}/\d{2,4}\b(?:\s*\([^)]*\))?\.?")
_CHECKED = re.compile(
    r"\bQC mailer sent[^.(]*|(?<=\))\s*Attorney [^()]{1,80} added to party [^()]{1,80}\(pty:[a-z]+\)"
)
_BY_CLERK = re.compile(r"\([a-z]{2,4}(?:, [a-z]{2,4})?\)\.?")


@dataclass(frozen=True, slots=True)
class DocketEntry:
    """One entry, as one file of a court gives it.

    ``case``       the number of the case, without the judge's initials: ``3:24-cr-00001``.
    ``defendants`` numbers of the defendants whose sheet or item it is; empty where the file does not say.
    ``number``     the number on the docket; None for one entry in ten. It is no key: courts use one twice.
    ``document``   the court's own identifier of the paper behind it, or None.
    ``filed_at``   the second of a feed; a sheet and a mail give a day alone.
    ``kinds``      what a feed or a mail calls it; one event that does several things has several.
    ``text``       word for word; empty in a feed.
    """

    court: str
    case: str
    source: str
    defendants: tuple[str, ...] = ()
    number: str | None = None
    document: str | None = None
    filed_on: date | None = None
    filed_at: datetime | None = None
    entered_on: date | None = None
    kinds: tuple[str, ...] = ()
    text: str = ""


def entries_of(docket: Item, source: str) -> Iterator[DocketEntry]:
    """Give the entries of one docket, as the parser gives it. Days may be days or texts YYYY-MM-DD.

    What a feed calls several events of one second stays as it is: see ``merged``.
    """
    entries = docket.get("docket_entries") or ()
    defendant = _text(docket.get("federal_defendant_number"))
    for one in entries if isinstance(entries, Iterable) else ():
        filed = one.get("date_filed")
        kind = _text(one.get("short_description"))
        yield DocketEntry(
            court=str(docket.get("court_id") or ""),
            case=str(docket.get("docket_number") or ""),
            source=source,
            defendants=(defendant,) if defendant else (),
            number=_text(one.get("document_number")),
            document=_text(one.get("pacer_doc_id")),
            filed_on=_day(filed),
            filed_at=_moment(filed) if source == FEED else None,
            entered_on=_day(one.get("date_entered")),
            kinds=(kind,) if kind else (),
            text=" ".join(str(one.get("description") or "").split()),
        )


def key_of(entry: DocketEntry) -> Key:
    """Give what an entry is known by when it is read again.

    The court, the case and the number, with the court's identifier of the paper; where there is no paper, the
    days it was filed and entered, in a feed the second; where there is no number either, the words too.
    """
    start = (entry.court, entry.case, entry.number or "")
    if entry.document:
        return (*start, "paper", entry.document)
    if entry.filed_at is not None:
        return (*start, "second", entry.filed_at.isoformat())
    days = tuple(one.isoformat() if one else "" for one in (entry.filed_on, entry.entered_on))
    return (*start, "days", *days) if entry.number else (*start, "words", *days, stem(entry.text))


def stem(text: str) -> str:
    """Give a text without what the court adds later: when it was entered, that it was modified, by whom."""
    for pattern in (_ENTERED, _MODIFIED, _BY_CLERK, _CHECKED):
        text = pattern.sub(" ", text)
    return " ".join(text.split()).casefold().rstrip(" .")


def attachments_of(text: str) -> tuple[str, ...]:
    """Give the titles of what an entry says is attached, in its order."""
    match = _ATTACHED.search(text)
    if match is None:
        return ()
    depth, inside = 1, ""
    for char in text[match.start(1) :]:
        depth += (char == "(") - (char == ")")
        if not depth:
            break
        inside += char
    return tuple(one.strip(" ,") for one in _EACH.split(inside) if one.strip(" ,"))


def entered_order(entry: DocketEntry) -> tuple[date, date, int]:
    """Give the stated order: by the day entered, then filed, then number. Courts enter late."""
    filed = entry.filed_on or date.min
    number = entry.number or ""
    return (entry.entered_on or filed, filed, int(number) if number.isdecimal() else 0)


def _text(value: object) -> str | None:
    return str(value).strip() or None if value is not None else None


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).date() if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    return date.fromisoformat(value[:10]) if isinstance(value, str) and value else None


def _moment(value: object) -> datetime | None:
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo else None
