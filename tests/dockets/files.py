"""Real files of courts where they are at hand, and invented entries in the form the parser gives."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from locutorio.actions.read_dockets import parse
from locutorio.dockets.entries import SHEET
from locutorio.dockets.leads import Lead
from locutorio.dockets.reading import Parsed, Reading, read
from locutorio.dockets.seen import Seen

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "dockets"
NAMES = (
    *("district/azd.html", "district/casd_3.html", "district/casd_6.html", "district/ncwd_1.html"),
    *("district/wawd.html", "nef/nyed_1.txt", "nef/nyed_2.txt", "nef/nysd_1.txt"),
    *("rss/nyed_1.xml", "rss/sdny_1.xml", "rss/wvsd.xml"),
)
CASE = "3:24-cr-00001"
READ_AT = datetime(2026, 1, 5, 12, tzinfo=UTC)

ITEM = """<item><title><![CDATA[{case} USA v. Nobody]]></title><pubDate>{at}</pubDate>
<guid isPermaLink="true">https://ecf.zzd.uscourts.gov/cgi-bin/DktRpt.pl?1</guid>
<description><![CDATA[[{kind}] USA v. Nobody ]]></description>
<link>https://ecf.zzd.uscourts.gov/cgi-bin/DktRpt.pl?1</link></item>"""
FEED = """<?xml version="1.0" encoding="ISO-8859-1" ?><rss version="2.0"><channel>
<title>District of Nowhere</title><link>https://ecf.zzd.uscourts.gov</link>
<description>Orders in the last 24 Hours</description>{items}</channel></rss>"""


def needs_parser() -> None:
    """Skip where the parser is not installed."""
    if find_spec("juriscraper") is None:
        pytest.skip("needs juriscraper")


@cache
def real(name: str) -> Parsed:
    """Give a real file as the parser reads it, or skip."""
    path = REAL / name
    if not path.exists():
        pytest.skip(f"needs {name}, which is not part of the project")
    needs_parser()
    return parse(path.read_bytes(), path.name)


def answer(name: str) -> Any:
    """Give what stands beside a real file: the parser's answer, which nobody here wrote."""
    return json.loads((REAL / name).with_suffix(".json").read_text("utf-8"))


def sheet(*entries: dict[str, Any], court: str = "zzd", case: str = CASE) -> Parsed:
    """Give an invented docket sheet, as the parser gives one."""
    docket = {
        "court_id": court,
        "docket_number": case,
        "federal_defendant_number": None,
        "docket_entries": list(entries),
    }
    return Parsed("sheet.html", SHEET, court, (docket,))


def entry(
    text: str, number: str | None = "5", filed: str = "2024-03-01", **more: str | None
) -> dict[str, Any]:
    """Give an invented entry of a sheet."""
    return {
        "date_filed": filed,
        "date_entered": more.get("entered", filed),
        "document_number": number,
        "pacer_doc_id": more.get("document"),
        "description": text,
    }


def feed(*items: tuple[str, str], case: str = CASE) -> bytes:
    """Give an invented feed of kinds and moments."""
    return FEED.format(items="".join(ITEM.format(case=case, kind=kind, at=at) for kind, at in items)).encode()


def reading(*files: Parsed, before: Seen | None = None, at: datetime = READ_AT) -> Reading:
    """Read files, of every case that they hold."""
    cases = {one.case for file in files for one in file.entries()}
    return read(files, before or Seen(), at, cases)


def lead_of(found: Reading, number: str | None) -> Lead:
    """Give the one new lead with a number."""
    (lead,) = [one for one in found.new if one.known.entry.number == number]
    return lead


def kinds_of(lead: Lead) -> set[str]:
    """Give the ways in which a lead may touch contact."""
    return {touch.kind for touch in lead.touches}
