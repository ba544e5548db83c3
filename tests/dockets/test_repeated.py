"""A feed or sheet that is read again, in another order or cut short changes nothing twice."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from locutorio.dockets import keeping
from locutorio.dockets.entries import FEED, SHEET
from locutorio.dockets.reading import Parsed, Reading, read
from locutorio.dockets.seen import Seen
from tests.dockets.files import CASE, entry, sheet

START = datetime(2026, 1, 5, tzinfo=UTC)
TEXTS = (
    "ORDER: no contact.",
    "ORDER: visitation.",
    "Mail Returned.",
    "SEALED DOCUMENT",
    "Set/Reset Hearings",
)
KINDS = ("Order", "Order(Other)", "Letter", "~Util - Set Hearings", "Order on Motion to Appoint Counsel")

seconds = st.integers(0, 40)
items = st.lists(
    st.tuples(st.sampled_from(KINDS), seconds, st.sampled_from((None, "111", "222"))), min_size=1, max_size=20
)
entries = st.lists(
    st.tuples(
        st.sampled_from(TEXTS),
        st.sampled_from((None, "1", "2", "5")),
        st.integers(1, 3),
        st.sampled_from((None, "9")),
    ),
    min_size=1,
    max_size=15,
)


def feed_of(some: list[tuple[str, int, str | None]]) -> Parsed:
    """Give a feed of items, as the parser gives them one by one."""
    dockets = [
        {
            "court_id": "zzd",
            "docket_number": CASE,
            "docket_entries": [
                {
                    "date_filed": START + timedelta(hours=hour),
                    "description": "",
                    "short_description": kind,
                    "document_number": None,
                    "pacer_doc_id": document or "",
                }
            ],
        }
        for kind, hour, document in some
    ]
    return Parsed("feed.xml", FEED, "zzd", tuple(dockets))


def sheet_of(some: list[tuple[str, str | None, int, str | None]]) -> Parsed:
    """Give a sheet of entries."""
    return sheet(
        *(entry(text, number, f"2024-03-0{day}", document=paper) for text, number, day, paper in some)
    )


def in_turn(files: list[Parsed], moments: list[datetime]) -> list[Reading]:
    """Read files one after another, keeping on disk what was read between two."""
    seen, found = Seen(), []
    for file, at in zip(files, moments, strict=True):
        found.append(read([file], seen, at))
        seen = keeping.from_json(json.loads(json.dumps(keeping.as_json(found[-1].seen))), "seen.json")
    return found


def news(found: list[Reading]) -> list[tuple[object, ...]]:
    """Give what was told as new or changed, by what was then known of it."""
    return [
        (lead.known.name, lead.known.kinds, tuple(one.text for one in lead.known.wordings))
        for one in found
        for lead in (*one.new, *one.changed)
    ]


def is_apart(some: list[tuple[object, ...]]) -> bool:
    return len(some) == len(set(some))


@given(items, st.data())
def test_a_feed_in_pieces_says_what_the_whole_says(
    some: list[tuple[str, int, str | None]], data: st.DataObject
) -> None:
    """Cut into overlapping pieces, shuffled and repeated, a feed leaves what the whole leaves."""
    cuts = data.draw(st.lists(st.tuples(st.integers(0, len(some)), st.integers(0, len(some))), max_size=6))
    pieces = [some, *(some[min(cut) : max(cut)] for cut in cuts)]
    pieces = [data.draw(st.permutations(piece)) for piece in data.draw(st.permutations(pieces))]
    found = in_turn([feed_of(piece) for piece in pieces], [START] * len(pieces))
    whole = read([feed_of(some)], Seen(), START)
    assert found[-1].seen == whole.seen
    assert is_apart(news(found))
    names = [lead.known.name for one in found for lead in one.new]
    assert is_apart([(name,) for name in names])
    told = {lead.known.name for one in found for lead in (*one.new, *one.changed)}
    assert told == {lead.known.name for lead in whole.new}


@given(entries, st.data())
def test_a_sheet_in_pieces_says_what_the_whole_says(
    some: list[tuple[str, str | None, int, str | None]], data: st.DataObject
) -> None:
    """Sheets of several days, read in any order, leave the same; no entry is new twice."""
    cuts = data.draw(st.lists(st.tuples(st.integers(0, len(some)), st.integers(0, len(some))), max_size=5))
    pieces = [(START + timedelta(days=day), some[min(cut) : max(cut)]) for day, cut in enumerate(cuts)]
    pieces.append((START, some))
    shuffled = data.draw(st.permutations(pieces))
    found = in_turn([sheet_of(piece) for _, piece in shuffled], [at for at, _ in shuffled])
    again = in_turn([sheet_of(piece) for _, piece in pieces], [at for at, _ in pieces])
    assert found[-1].seen == again[-1].seen
    assert is_apart([(lead.known.name,) for one in found for lead in one.new])
    last = read([sheet_of(some)], found[-1].seen, START)
    assert (last.new, last.changed) == ((), ())


@given(st.lists(st.tuples(seconds, seconds), min_size=1, max_size=8), st.data())
def test_what_no_feed_covered_is_told_in_any_order(
    windows: list[tuple[int, int]], data: st.DataObject
) -> None:
    """Hours between the first and the last item that lie in no window are told, those in one are not."""
    files = [feed_of([("Order", start, None), ("Order", end, None)]) for start, end in windows]
    shuffled = data.draw(st.permutations(files))
    told = in_turn(shuffled, [START] * len(files))[-1].unseen
    covered = {hour for start, end in windows for hour in range(2 * min(start, end), 2 * max(start, end) + 1)}
    hours = range(min(covered), max(covered) + 1)
    missing = {hour for hour in hours if hour not in covered}
    said = {
        hour
        for hour in hours
        for _, (start, end) in told
        if start < START + timedelta(minutes=30 * hour) < end
    }
    assert said == missing


def test_a_weekend_without_a_feed_is_told() -> None:
    """Two feeds of a day each with a day between: the day between is named."""
    first, second = feed_of([("Order", 0, None), ("Order", 5, None)]), feed_of([("Order", 30, None)])
    ((court, (start, end)),) = in_turn([first, second], [START, START])[-1].unseen
    assert (court, start, end) == ("zzd", START + timedelta(hours=5), START + timedelta(hours=30))


def test_files_of_other_kinds_cover_no_time() -> None:
    """A sheet says nothing of what a feed would have shown."""
    assert read([Parsed("sheet.html", SHEET, "zzd", ())], Seen(), START).seen.spans == {}
