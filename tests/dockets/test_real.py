"""Real files of courts: read as the parser's published answers say, and every hazard they are known for."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from locutorio.dockets.entries import FEED, MAIL
from tests.dockets.files import NAMES, REAL, answer, kinds_of, lead_of, needs_parser, reading, real

CONTACT_CASE = "district/casd_6.html"


def plain(value: Any) -> Any:
    """Give days and moments as the answers write them."""
    return json.loads(json.dumps(value, default=lambda day: day.isoformat()))


@pytest.mark.parametrize("name", NAMES)
def test_the_parser_reads_what_its_answer_says(name: str) -> None:
    """The version that is locked gives, for each file, the answer that stands beside it, field for field."""
    parsed = real(name)
    said = answer(name)
    if parsed.source == FEED:
        from juriscraper.pacer import PacerRssFeed

        feed = PacerRssFeed(said[0]["court_id"])
        feed._parse_text(BytesIO((REAL / name).read_bytes()))
        assert plain(feed.data) == said
    elif parsed.source == MAIL:
        assert [{**one, "court_id": None} for one in plain(parsed.dockets)] == [
            {**one, "court_id": None} for one in said["dockets"]
        ]
    else:
        assert plain(list(parsed.dockets)) == [said]


@pytest.mark.parametrize("name", NAMES)
def test_no_entry_of_an_answer_is_lost(name: str) -> None:
    """Each entry of the parser's answer is among ours, with its number, its moment or day and its words."""
    found = reading(real(name))
    said = answer(name)
    dockets = said if isinstance(said, list) else said.get("dockets") or [said]
    ours = {
        (one.entry.case, one.entry.number, filed.isoformat()): one
        for one in found.seen.known.values()
        if (filed := one.entry.filed_at or one.entry.filed_on)
    }
    texts = {said.text for one in found.seen.known.values() for said in one.wordings}
    assert sum(len(docket["docket_entries"]) for docket in dockets) > 0
    for docket in dockets:
        for entry in docket["docket_entries"]:
            one = ours[docket["docket_number"], entry["document_number"], entry["date_filed"]]
            assert " ".join(entry["description"].split()) in texts | {""}
            if len(dockets) > 1:
                kinds = {kind.strip() for kind in entry["short_description"].split(" AND ")}
                assert kinds <= set(one.kinds) | {" AND ".join(one.kinds), ""}


@pytest.mark.parametrize("name", NAMES)
def test_reading_again_says_nothing_new(name: str) -> None:
    """A file that is read twice has no lead the second time, and what is kept does not change."""
    first = reading(real(name))
    second = reading(real(name), before=first.seen)
    assert (second.new, second.changed) == ((), ())
    assert second.seen == first.seen
    assert second.again == len(first.seen.known)


def test_a_feed_of_one_item_that_is_no_case_counts_it() -> None:
    """What the parser cannot read of a feed is counted, not passed over."""
    assert real("rss/wvsd.xml").unread == 1


def test_a_visit_on_bail_is_no_visit_in_custody() -> None:
    """A stay with family on bail is a condition of release, and hangs on an event that may not come."""
    found = reading(real(CONTACT_CASE))
    for number in ("15", "19"):
        assert "release_condition" in kinds_of(lead_of(found, number))
        assert "visit" not in kinds_of(lead_of(found, number))
    assert any(touch.depends_on.startswith("If ") for touch in lead_of(found, "15").touches)


def test_what_a_minute_entry_takes_back_is_pointed_at() -> None:
    """An order vacated without its number: what it may be is named, and nothing is undone."""
    lead = lead_of(reading(real(CONTACT_CASE)), "19")
    assert "vacated" in kinds_of(lead)
    assert [one.entry.number for one in lead.undoes] == ["15", "17"]


def test_a_letter_rejected_for_form_is_neither_granted_nor_denied() -> None:
    """A rejected letter is told as sent back for its form."""
    found = reading(real(CONTACT_CASE))
    assert all("rejected_for_form" in kinds_of(lead_of(found, number)) for number in ("10", "24"))


def test_mail_that_came_back_is_told_with_the_orders_it_held() -> None:
    """The person never got two papers: both are named by number."""
    lead = lead_of(reading(real(CONTACT_CASE)), "13")
    assert "returned_mail" in kinds_of(lead)
    assert lead.mentions == ("10", "9")


def test_one_lawyer_entered_twice_is_told_as_alike() -> None:
    """Two numbers, two days, the same words: each names the other."""
    found = reading(real(CONTACT_CASE))
    assert [one.entry.number for one in lead_of(found, "16").alike] == ["18"]
    assert [one.entry.number for one in lead_of(found, "18").alike] == ["16"]


def test_a_misspelled_name_changes_nothing() -> None:
    """Case and number of the defendant say who; the entry with a misspelled name is of the same defendant."""
    found = reading(real(CONTACT_CASE))
    assert lead_of(found, "9").known.defendants == lead_of(found, "17").known.defendants == {"1"}


def test_terms_counted_from_another_court_stay_open() -> None:
    """Business days and hours are read as written; the day from which they count is not made up."""
    terms = lead_of(reading(real(CONTACT_CASE)), "17").terms
    assert [(one.amount, one.unit) for one in terms] == [(10, "business day"), (72, "hour")]
    assert all("release" in one.start for one in terms)


def test_a_number_used_twice_is_two_entries() -> None:
    """101 and 120 to 122 stand twice and more; every one of them is kept."""
    found = reading(real("district/ncwd_1.html"))
    numbers = [one.entry.number for one in found.seen.known.values()]
    assert numbers.count("101") == 3
    assert [numbers.count(number) for number in ("120", "121", "122")] == [2, 2, 2]
    assert len(found.seen.known) == 159
    assert numbers.count(None) == 44


def test_an_impossible_day_is_refused_and_asked_about() -> None:
    """A year of five digits is no day, and the entry goes to a person for it."""
    (day,) = [one for one in lead_of(reading(real("district/azd.html")), "22").days if one.day is None]
    assert day.words.endswith("20107")
    assert day.why == "year"


def test_absent_numbers_are_told() -> None:
    """Four numbers are absent from the public sheet: something is there that cannot be seen."""
    (gap,) = reading(real("district/azd.html")).gaps
    assert gap.numbers == (6, 16, 18, 23)


def test_one_id_for_a_whole_case_loses_no_order() -> None:
    """The ids of the feed are those of cases: far fewer than its entries, all of which are kept."""
    parsed = real("rss/nyed_1.xml")
    found = reading(parsed)
    assert len(parsed.dockets) == 432
    assert len(found.seen.known) > 333


def test_events_of_one_second_are_one_entry() -> None:
    """What one case has in one second is one entry, with every name that the feed gives it."""
    found = reading(real("rss/nyed_1.xml"))
    assert any({"Order", "Order(Other)"} <= set(one.kinds) for one in found.seen.known.values())


def test_a_feed_without_letters_says_only_that_an_order_is_there() -> None:
    """An order without its text makes a lead that says so; housekeeping is counted."""
    found = reading(real("rss/nyed_1.xml"))
    assert not any("Letter" in one.kinds for one in found.seen.known.values())
    assert any(kinds_of(one) == {"order_not_shown"} for one in found.new)
    assert found.counted.housekeeping > 0


def test_an_order_of_two_defendants_is_of_those_it_names() -> None:
    """Numbers in brackets after the names are defendants, those after counts are not."""
    found = reading(real("district/ncwd_1.html"))
    assert lead_of(found, "289").named == ("1",)


def test_the_files_here_are_all_tried() -> None:
    """No file beside those named here is left unread."""
    needs_parser()
    if not REAL.exists():
        pytest.skip("needs the real dockets, which are not part of the project")
    here = {str(path.relative_to(REAL)) for path in REAL.glob("*/*") if path.suffix != ".json"}
    assert here == set(NAMES)
    assert all(Path(REAL / name).with_suffix(".json").exists() for name in NAMES)
