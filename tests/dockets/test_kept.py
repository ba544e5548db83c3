"""Leads kept in an establishment: for whom they are, told once, closed by a person; nothing is applied."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from locutorio.actions import take_docket as taking
from locutorio.actions.answer_lead import Answering, answer_lead
from locutorio.actions.leads_seen import leads_of_person, open_leads
from locutorio.actions.take_docket import DocketTaken, take_docket
from locutorio.actions.watch_docket import Watching, end_watch, watch_docket
from locutorio.dockets.entries import FEED
from locutorio.dockets.keeping import known_as_json
from locutorio.dockets.reading import Parsed, read
from locutorio.dockets.seen import Seen
from locutorio.dockets.watching import Watched
from locutorio.kernel.faults import Fault
from locutorio.store.actor import PROGRAM
from locutorio.store.log.sequencer import sequence
from locutorio.store.models import Booking, Decided, Docketed, Fact, FeedSpan, Leaf, Paper
from locutorio.store.transaction import perform
from tests import establishment
from tests.databases import Store
from tests.dockets.files import CASE, REAL, entry, feed, needs_parser, real, sheet
from tests.dockets.test_repeated import feed_of
from tests.establishment import FOUNDED, Oak

HOUR = timedelta(hours=1)
NO_CONTACT, VISIT = "ORDER: no contact with the witness.", "ORDER granting visitation at the jail."
HERE = Watched("zzd", CASE, "1")


@pytest.fixture
def oak(store: Store) -> Oak:
    return establishment.founded()


def watched(oak: Oak, case: Watched = HERE, person: str = "rowan") -> UUID:
    """Watch a case for somebody."""
    return watch_docket(Watching(oak.people[person], case), oak.sent(f"watch {person} {case.case}"))


def taken(oak: Oak, file: Parsed, hours: int = 1) -> Mapping[str, Any]:
    """Take a file that was parsed already."""
    sent = oak.sent(f"take {hours}", FOUNDED + hours * HOUR)
    return perform(sent.command("take_docket", {}), lambda tx: taking._work(tx, file))


def leads(oak: Oak, person: str = "rowan") -> list[str]:
    """Give the texts of the leads of somebody, as they are now."""
    found = leads_of_person(PROGRAM, oak.id, oak.people[person])
    return [one.lead.known.text for one in found.leads]


def paper_of(oak: Oak, person: str) -> UUID:
    """Put a bare paper about somebody there."""
    made = Paper.objects.create(
        id=oak.sent(f"paper {person}").id,
        establishment_id=oak.id,
        person_id=oak.people[person],
        form="court_no_contact",
        known_at=FOUNDED,
    )
    return made.id


def test_a_file_becomes_leads_of_those_whose_case_it_is(oak: Oak) -> None:
    """Each of two people in one case sees what names them or nobody; others' cases are counted alone."""
    watched(oak)
    watched(oak, Watched("zzd", CASE, "2"), "linden")
    done = taken(
        oak,
        sheet(
            entry(f"{NO_CONTACT[:-1]} as to A Person (1).", "5"),
            entry(f"{VISIT[:-1]} as to B Person (2).", "6"),
            entry("ORDER: letters are to be read.", "7"),
            entry("Set/Reset Hearings as to A Person (1)", "8"),
        ),
    )
    assert [*done.items()] == [
        *(("new", 4), ("changed", 0), ("other_defendants", 2), ("counted", 2), ("again", 0)),
        ("other_cases", 0),
    ]
    assert [text[:24] for text in leads(oak)] == ["ORDER: no contact with t", "ORDER: letters are to be"]
    assert [text[:24] for text in leads(oak, "linden")] == [
        "ORDER granting visitatio",
        "ORDER: letters are to be",
    ]
    assert leads_of_person(PROGRAM, oak.id, oak.people["rowan"]).counted == 2
    other = taken(oak, sheet(entry(NO_CONTACT), case="3:24-cr-00009"), 2)
    assert (other["new"], other["other_cases"]) == (0, 1)


def test_nothing_is_applied(oak: Oak) -> None:
    """No fact, paper, decision or booking comes of a lead."""
    watched(oak)
    facts = Fact.objects.count()
    taken(oak, sheet(entry(NO_CONTACT), entry(VISIT, "6")))
    assert len(leads(oak)) == 2
    assert Fact.objects.count() == facts
    assert not Paper.objects.exists()
    assert not Decided.objects.exists()
    assert not Booking.objects.exists()


@pytest.mark.parametrize("seed", range(4))
def test_files_read_again_in_any_order_and_in_pieces_leave_what_one_reading_leaves(
    oak: Oak, seed: int
) -> None:
    """Entries and feeds, repeated, reordered and cut: the same entries, the same leads, each told once."""
    chance = random.Random(seed)
    texts = (NO_CONTACT, VISIT, "Set/Reset Hearings", "SEALED DOCUMENT", "Mail Returned as Undeliverable")
    entries = [
        entry(chance.choice(texts), chance.choice((None, "1", "2", "5")), f"2024-03-0{chance.randint(1, 3)}")
        for _ in range(12)
    ]
    items: list[tuple[str, int, str | None]] = [
        (chance.choice(("Order", "Letter", "~Util")), chance.randint(0, 9), None) for _ in range(8)
    ]
    whole = read([sheet(*entries), feed_of(items)], Seen(), FOUNDED + HOUR, {CASE})
    pieces = [sheet(*entries[at:to]) for at, to in ((0, 12), (0, 5), (3, 9), (7, 12), (6, 8))]
    pieces += [feed_of(items[at:to]) for at, to in ((0, 8), (2, 6), (5, 8))]
    order = chance.choices(pieces, k=6) + pieces
    chance.shuffle(order)

    watched(oak, Watched("zzd", CASE))
    told = 0
    for number, piece in enumerate(order):
        sent = oak.sent(f"take {number}", FOUNDED + HOUR)
        work = partial(taking._work, file=piece)
        told += perform(sent.command("take_docket", {}), work)["new"]
    rows = {row.name: row for row in Docketed.objects.all()}
    assert {name: row.known for name, row in rows.items()} == {
        one.name: known_as_json(one) for one in whole.seen.known.values()
    }
    leads = {one.known.name for one in whole.new}
    assert {name for name, row in rows.items() if row.standing == "open"} == leads
    assert told == len(leads)


def test_a_lead_is_closed_by_a_paper_or_a_reason_and_opens_again(oak: Oak) -> None:
    """Once; by a paper about the same person; and what the court changes afterwards is looked at again."""
    watched(oak)
    taken(oak, sheet(entry(NO_CONTACT), entry(VISIT, "6")))
    first, second = (one.row.id for one in open_leads(PROGRAM, oak.id).leads)
    with pytest.raises(Fault, match="somebody else"):
        answer_lead(Answering(first, paper_of(oak, "linden")), oak.sent("wrong"))
    for unsaid in (Answering(first), Answering(first, paper_of(oak, "hazel"), "both")):
        with pytest.raises(Fault, match="by a paper, or by a reason"):
            answer_lead(unsaid, oak.sent("unsaid"))
    paper = paper_of(oak, "rowan")
    answer_lead(Answering(first, paper), oak.sent("answer"))
    answer_lead(Answering(second, why="It is about another jail."), oak.sent("dismiss"))
    assert open_leads(PROGRAM, oak.id).leads == ()
    with pytest.raises(Fault, match="not open"):
        answer_lead(Answering(first, why="again"), oak.sent("again"))
    assert taken(oak, sheet(entry(NO_CONTACT), entry(VISIT, "6")), 2)["again"] == 2
    assert open_leads(PROGRAM, oak.id).leads == ()

    assert taken(oak, sheet(entry("ORDER: contact by letter. Modified on 3/9/2024")), 3)["changed"] == 1
    (again,) = open_leads(PROGRAM, oak.id).leads
    assert (again.row.id, again.row.paper, len(again.lead.known.wordings)) == (first, paper, 2)
    assert again.row.changed_at == FOUNDED + 3 * HOUR


def test_a_lead_that_loses_its_words_is_looked_at_again(oak: Oak) -> None:
    """An order whose text a feed did not give, and that turns out to be about nothing here, stays a lead."""
    watched(oak)
    taken(oak, sheet(entry("ORDER: no contact with the witness.")))
    assert taken(oak, sheet(entry("ORDER: hearing set.")), 2)["changed"] == 1
    (lead,) = open_leads(PROGRAM, oak.id).leads
    assert lead.row.changed_at


def test_what_cannot_be_seen_is_told(oak: Oak) -> None:
    """Numbers that a sheet lacks, and hours since the case is watched that no feed covered."""
    watched(oak)
    start = feed_of([("Order", 7_300, None), ("Order", 7_302, None)])
    later = feed_of([("Order", 7_330, None), ("Order", 7_332, None)])
    taken(oak, sheet(entry(NO_CONTACT, "5"), entry(VISIT, "8")))
    for number, file in enumerate((later, start, later), 2):
        taken(oak, file, number)
    assert FeedSpan.objects.count() == 1
    found = leads_of_person(PROGRAM, oak.id, oak.people["rowan"])
    assert [gap.numbers for gap in found.gaps] == [(6, 7)]
    assert [court for court, _ in found.unseen] == ["zzd"]
    assert start.source == FEED


def test_a_file_is_read_as_it_is(oak: Oak) -> None:
    """The bytes of a feed are read once for everybody; sent again they are the same; others are refused."""
    needs_parser()
    watched(oak)
    data = feed(("Order", "Mon, 05 Jan 2026 10:00:00 GMT"), ("Letter", "Mon, 05 Jan 2026 11:00:00 GMT"))
    sent = oak.sent("feed", FOUNDED + HOUR)
    done = take_docket(data, "feed.xml", None, sent)
    assert done == DocketTaken(2, 0, 0, 0, 0, 0, 0, cut_short=False)
    assert take_docket(data, "feed.xml", None, sent) == done
    half = data[: len(data) // 2 + 150]
    assert take_docket(half, "feed.xml", None, oak.sent("cut", FOUNDED + HOUR)).cut_short
    with pytest.raises(Fault, match="is no feed"):
        take_docket(b"hello", "a.txt", None, oak.sent("other"))
    assert Docketed.objects.count() == 2


def test_every_real_file_is_taken_once(oak: Oak) -> None:
    """Real sheets, feeds and mails of courts, for some cases in each: as they are read by themselves."""
    names = [f"{one.parent.name}/{one.name}" for one in sorted(REAL.glob("*/*")) if one.suffix != ".json"]
    rowan = oak.people["rowan"]
    files = [real(name) for name in names] or [real("rss/nyed_1.xml")]
    for file in files:
        whole = read([file], Seen(), FOUNDED)
        cases = {(one.entry.court, one.entry.case) for one in whole.seen.known.values()}
        for court, case in sorted(cases)[:3]:
            watch = watched(oak, Watched(court, case))
            sent = oak.sent(f"take {file.name} {court} {case}")
            done = perform(sent.command("take_docket", {}), partial(taking._work, file=file))
            expected = [one for one in whole.new if one.known.key[:2] == (court, case)]
            found = [one for one in leads_of_person(PROGRAM, oak.id, rowan).leads if one.row.watch == watch]
            assert [one.lead for one in found] == expected, (file.name, case)
            assert done["new"] == len(expected)
            end_watch(rowan, watch, oak.sent(f"end {court} {case}"))


def test_each_lead_is_in_the_record_of_whom_it_is_about(oak: Oak) -> None:
    """Rows are parted by person, so that each can be proved, given out and erased with them."""
    watched(oak)
    watched(oak, Watched("zzd", CASE, "2"), "linden")
    taken(oak, sheet(entry(NO_CONTACT)))
    sequence(oak.id)
    subjects = {leaf.subject for leaf in Leaf.objects.filter(subject__isnull=False)}
    assert len(subjects) >= 2


@pytest.mark.parametrize(
    "said", [("New York", CASE, ""), ("zzd", "24-cr-1", ""), ("zzd", CASE, "0"), ("zzd", f"{CASE}-ABC", "1")]
)
def test_a_case_is_written_as_courts_write_it(said: tuple[str, str, str]) -> None:
    """What no court would write would watch nothing, and nobody would know."""
    with pytest.raises(Fault):
        Watched(*said)


def test_a_case_is_watched_once_and_no_more_when_ended(oak: Oak) -> None:
    """What is read after a watch ended says nothing; what was read before stays."""
    watch = watched(oak)
    with pytest.raises(Fault, match="watched for this person already"):
        watch_docket(Watching(oak.people["rowan"], HERE), oak.sent("again"))
    taken(oak, sheet(entry(NO_CONTACT)))
    end_watch(oak.people["rowan"], watch, oak.sent("end"))
    with pytest.raises(Fault, match="not watched"):
        end_watch(oak.people["rowan"], watch, oak.sent("end again"))
    assert taken(oak, sheet(entry(VISIT, "6")), 2)["other_cases"] == 1
    assert leads(oak) == [NO_CONTACT]
