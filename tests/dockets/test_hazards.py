"""What real dockets do, on invented entries of the same form. Nobody named here exists."""

from __future__ import annotations

from datetime import timedelta

import pytest

from locutorio.dockets.entries import attachments_of, entered_order, entries_of
from locutorio.dockets.terms import days_in, terms_in
from locutorio.dockets.touching import defendants_named
from tests.dockets.files import READ_AT, entry, feed, kinds_of, lead_of, needs_parser, reading, sheet

LATER = READ_AT + timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ORDER granting visitation with the defendant at the jail as to A Person (1).", "visit"),
        ("ORDER: defendant shall have no contact with the witness as to A Person (1).", "contact"),
        ("ORDER allowing a weekly telephone call as to A Person (1).", "call"),
        ("Letter from A Person to the Court.", "letter"),
        ("ORDER appointing CJA counsel as to A Person (1).", "counsel"),
        ("ORDER Setting Conditions of Release as to A Person (1).", "release_condition"),
        ("If bond is posted, Court allows Defendant to visit with mother for one week.", "release_condition"),
        ("Order by Judge A Judge Rejecting Document: Letter. Improper format.", "rejected_for_form"),
        ("Mail Returned as Undeliverable re 4 ORDER. Mail sent to A Person.", "returned_mail"),
        ("ENTRY ERROR - ORDER TO BE RE-ENTERED ON THE DOCKET. ORDER TO CONTINUE.", "entry_error"),
        ("NAME CORRECTION Original Name: A Persn. Corrected Name: A Person.", "entry_error"),
        ("The Court Vacates the Order that would allow Defendant to visit his mother.", "vacated"),
    ],
)
def test_words_that_may_touch_contact_are_told_with_how(text: str, kind: str) -> None:
    """Each way is told with the words that were found, which stand in the entry."""
    lead = lead_of(reading(sheet(entry(text))), "5")
    assert kind in kinds_of(lead)
    assert all(word in text for touch in lead.touches for word in touch.words.split(" ... "))


@pytest.mark.parametrize(
    "text",
    [
        "Set/Reset Hearings as to A Person (1): Status Hearing set for 3/4/2024.",
        "*** Staff Note - documents mailed. Letter to follow.",
        "SENTENCING MEMORANDUM by USA as to A Person.",
        "Telephone conference set before Judge A Judge (Defense Attorney by telephone).",
        "SEALED DOCUMENT as to A Person",
    ],
)
def test_what_does_not_touch_contact_is_counted(text: str) -> None:
    """Housekeeping, sealed and other entries make no lead, and each is counted once."""
    found = reading(sheet(entry(text)))
    counted = found.counted
    assert found.new == ()
    assert counted.housekeeping + counted.sealed + counted.others == 1


def test_a_vacated_order_is_pointed_at_and_not_undone() -> None:
    """Where no number is given, earlier orders on the same matter are named, later ones are not."""
    text = "If bail is posted, Court allows Defendant to visit with mother."
    found = reading(
        sheet(
            entry(text, "4", "2024-02-01"),
            entry("The Court Vacates the Order that allowed a visit on bail.", "5", "2024-03-01"),
            entry(text, "6", "2024-04-01"),
        )
    )
    assert [one.entry.number for one in lead_of(found, "5").undoes] == ["4"]
    assert "4" in {lead.known.entry.number for lead in found.new}


def test_a_correction_that_names_its_order_points_at_it_alone() -> None:
    """An order said to be wrong by its number is that one, whatever else is alike."""
    found = reading(
        sheet(
            entry("ORDER: no contact with the witness.", "4", "2024-02-01"),
            entry("Note: the no contact order was incorrect as set in order 4 of the Court.", "5"),
        )
    )
    assert lead_of(found, "5").mentions == ("4",)
    assert lead_of(found, "5").undoes == ()


def test_a_number_used_twice_is_two_entries_that_name_each_other() -> None:
    """A sealed paper and another of the same number and day are both kept."""
    found = reading(
        sheet(
            entry("SEALED DOCUMENT as to A Person", "7"),
            entry("ORDER: no contact with the witness.", "7", document="0370", entered="2025-05-01"),
        )
    )
    assert len(found.seen.known) == 2
    assert [one.entry.number for one in lead_of(found, "7").same_number] == ["7"]


def test_entries_without_a_number_are_kept_apart_by_their_words() -> None:
    """Two orders of one day, neither with a number nor a paper, are two; the same read again is one."""
    one = entry("Minute Entry: no contact with the witness.", None)
    other = entry("Minute Entry: visitation at the jail is allowed.", None)
    found = reading(sheet(one, other, one))
    assert len(found.new) == 2
    assert {lead.known.entry.number for lead in found.new} == {None}


def test_a_text_changed_after_publication_keeps_both_wordings() -> None:
    """The same entry with another text is no new entry: both texts stand, with when they were read."""
    first = reading(sheet(entry("ORDER: no contact with the witness. (Entered: 03/01/2024)")))
    text = "ORDER: contact with the witness by letter. Modified on 3/9/2024 (ab). (Entered: 03/01/2024)"
    second = reading(sheet(entry(text)), before=first.seen, at=LATER)
    (changed,) = second.changed
    assert second.new == ()
    assert [(one.first_read_at, one.last_read_at) for one in changed.known.wordings] == [
        (READ_AT, READ_AT),
        (LATER, LATER),
    ]
    assert changed.known.text == text


def test_words_on_contact_that_are_gone_are_told() -> None:
    """A changed text that no longer speaks of contact goes to a person because the earlier one did."""
    first = reading(sheet(entry("ORDER: no contact with the witness.")))
    second = reading(sheet(entry("ORDER: hearing set.")), before=first.seen, at=LATER)
    assert len(second.changed) == 1


def test_only_a_clerks_note_is_not_another_entry() -> None:
    """An entry without a number to which a clerk added who changed it and when is the same entry."""
    first = reading(sheet(entry("ORDER: no contact. (Entered: 03/01/2024)", None)))
    text = "ORDER: no contact. Modified on 3/9/2024 (ab). (Entered: 03/01/2024)"
    second = reading(sheet(entry(text, None)), before=first.seen, at=LATER)
    assert (len(second.new), len(second.changed)) == (0, 1)


def test_what_is_entered_twice_is_told_as_alike() -> None:
    """The same appearance under two numbers, one with a clerk's note, names the other."""
    text = "NOTICE OF ATTORNEY APPEARANCE A Lawyer appearing for A Person. Removing B Lawyer (Lawyer, A)"
    found = reading(
        sheet(
            entry(f"{text}Attorney A Lawyer added to party A Person(pty:dft) (tc).", "16"),
            entry(f"{text} QC mailer sent re: duplicate entry (tc).", "18", "2024-03-09"),
        )
    )
    assert [one.entry.number for one in lead_of(found, "16").alike] == ["18"]


def test_the_order_of_dates_is_stated() -> None:
    """Leads come by the day entered, then filed, then number, whatever the order in the file."""
    entries = [
        entry("ORDER: no contact, third.", "3", "2024-01-01", entered="2024-05-01"),
        entry("ORDER: no contact, second.", "2", "2024-03-01"),
        entry("ORDER: no contact, first.", "1", "2024-02-01", entered="2024-03-01"),
    ]
    for order in (entries, entries[::-1]):
        found = reading(sheet(*order))
        assert [one.known.entry.number for one in found.new] == ["1", "2", "3"]
        assert [one.known for one in found.new] == sorted(
            (one.known for one in found.new), key=lambda known: entered_order(known.entry)
        )


@pytest.mark.parametrize(
    ("words", "why"),
    [("5/22/20107", "year"), ("2/30/2024", "calendar"), ("13/1/2024", "calendar"), ("1/1/3024", "year")],
)
def test_a_day_that_cannot_be_is_refused(words: str, why: str) -> None:
    """It is told as written with the reason, and the entry goes to a person even if nothing else does."""
    lead = lead_of(reading(sheet(entry(f"Hearing set for {words} is reset."))), "5")
    assert [(one.words, one.day, one.why) for one in lead.days] == [(words, None, why)]


@pytest.mark.parametrize(
    ("words", "day"), [("2/29/2024", "2024-02-29"), ("7/8/19", "2019-07-08"), ("7/8/99", "1999-07-08")]
)
def test_a_day_that_can_be_is_read(words: str, day: str) -> None:
    """Month first, as United States courts write."""
    assert [one.day.isoformat() for one in days_in(f"held on {words}.") if one.day] == [day]


@pytest.mark.parametrize(
    ("text", "amount", "unit", "start"),
    [
        ("within TEN (10) business days of his release on bail.", 10, "business day", "his release on bail"),
        ("within TEN (12) days of release", None, "day", "release"),
        ("within 72 hours of arrest, notify", 72, "hour", "arrest"),
        ("to have two weeks to stay", 2, "week", ""),
    ],
)
def test_a_term_is_read_and_never_counted(text: str, amount: int | None, unit: str, start: str) -> None:
    """Amount, unit and the words of its start; word and digits that differ are no amount."""
    (term,) = terms_in(text)
    assert (term.amount, term.unit, term.start) == (amount, unit, start)


def test_an_order_touches_the_defendants_it_names() -> None:
    """Numbers of counts and months are no defendants."""
    assert defendants_named("ORDER as to A Person (1), B Person (2) count(s) 3. FOURTEEN (14) months.") == (
        "1",
        "2",
    )
    assert defendants_named("ORDER as to A Person, Modifying Conditions of Release (5)") == ()


def test_gaps_are_told_of_a_sheet_alone() -> None:
    """A sheet that begins late lacks only what is between its first and last number."""
    found = reading(sheet(entry("ORDER one", "119"), entry("ORDER two", "121"), entry("ORDER three", "124")))
    (gap,) = found.gaps
    assert gap.numbers == (120, 122, 123)


def test_titles_of_attachments_are_read_with_brackets_in_them() -> None:
    """Both ways of numbering, and a bracket inside a title."""
    assert attachments_of("X (Attachments: # 1 Letter (signed), # 2 Proof)(ab)") == (
        "Letter (signed)",
        "Proof",
    )
    assert attachments_of("X (Attachments: (1) Order, (2) Proof) (ab)")[-1] == "Proof"
    assert attachments_of("X") == ()


def test_cases_that_are_not_watched_are_counted_and_not_kept() -> None:
    """Nothing of a case that nobody watches is kept."""
    from locutorio.dockets.reading import read
    from locutorio.dockets.seen import Seen

    found = read([sheet(entry("ORDER: no contact."))], Seen(), READ_AT, ["1:20-cr-00009"])
    assert (found.new, found.other_cases, len(found.seen.known)) == ((), 1, 0)
    civil = sheet(entry("ORDER: no contact."), case="1:20-cv-00009")
    assert read([civil], Seen(), READ_AT).other_cases == 1


def test_a_feed_of_one_id_keeps_each_second_and_joins_one() -> None:
    """Items that share the id of their case are told apart by their second; those of one second are one."""
    needs_parser()
    from locutorio.actions.read_dockets import parse

    raw = feed(
        ("Order", "Mon, 05 Jan 2026 10:00:00 GMT"),
        ("Order on Motion to Appoint Counsel", "Mon, 05 Jan 2026 10:00:00 GMT"),
        ("STANDING ORDER", "Mon, 05 Jan 2026 09:00:00 GMT"),
        ("~Util - Set Hearings", "Mon, 05 Jan 2026 08:00:00 GMT"),
    )
    found = reading(parse(raw, "feed.xml"))
    assert [one.known.kinds for one in found.new] == [
        ("STANDING ORDER",),
        ("Order", "Order on Motion to Appoint Counsel"),
    ]
    assert found.counted.housekeeping == 1


def test_an_entry_without_any_day_is_kept() -> None:
    """A day that the parser does not give is not made up."""
    (one,) = entries_of({"docket_entries": [{"description": "ORDER"}]}, "sheet")
    assert (one.filed_on, one.entered_on, one.filed_at) == (None, None, None)
