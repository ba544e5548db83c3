"""Petitions that an establishment keeps: noted, told, ruled on, and what is granted is done at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from locutorio.actions.attach_letter import attach_letter
from locutorio.actions.authority import Refused
from locutorio.actions.documents import NewFile
from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.actions.enter_petition import Ask, NewPetition, enter_petition
from locutorio.actions.keep_document import keep_document
from locutorio.actions.list_contact import Listing, list_contact
from locutorio.actions.note_petition import Noting, note_petition, withdraw_petition
from locutorio.actions.petitions_seen import petition_seen, petitions_due, petitions_seen
from locutorio.actions.roles import Role
from locutorio.actions.rule_petition import Ruling, arguments_of, rule_petition
from locutorio.actions.two_people import NotByTwo
from locutorio.actions.visits_seen import notice
from locutorio.kernel.faults import Fault
from locutorio.notices.petition import compose
from locutorio.notices.text import letter_as_text
from locutorio.remedies.routes import Standing
from locutorio.remedies.telling import Stage
from locutorio.store import changes, notices, people
from locutorio.store.actor import PROGRAM, Actor
from tests.databases import Store
from tests.establishment import FOUNDED, Oak, founded
from tests.two_people.officers import officers

NOW = datetime(2026, 12, 1, 17, tzinfo=UTC)
TODAY = date(2026, 12, 1)


@pytest.fixture
def oak(store: Store) -> Oak:
    """An establishment under federal law."""
    return founded(law="us-federal")


def asked(oak: Oak, name: str = "asks", **more: Any) -> UUID:
    """Enter a complaint of Rowan's to the Warden, about 20 November."""
    given = {
        "office": "warden",
        "asks": (Ask("Visits by Alder"),),
        "clock": "bp9",
        "arose_on": date(2026, 11, 20),
        "written_on": date(2026, 11, 21),
        **more,
    }
    return enter_petition(NewPetition(oak.people["rowan"], **given), oak.sent(name, NOW))


def noted(oak: Oak, petition: UUID, kind: str, on: date | None, **more: Any) -> UUID:
    """Note one event."""
    what = Noting(petition, kind, on, **{"proof": "a stamp", **more})
    return note_petition(what, oak.sent(f"{petition} {kind} {on} {more}", NOW))


def told(oak: Oak, petition: UUID, now: datetime = NOW, lang: str = "en") -> str:
    """Give all that is told of a petition, as text."""
    found = petition_seen(PROGRAM, oak.id, petition, now, lang)
    return " ".join(letter_as_text(compose(found.told, lang)).split())


def by(oak: Oak, role: Role) -> Actor:
    """Give somebody of a role, who says why they look."""
    person = oak.people["rowan"] if role is Role.PERSON else None
    return Actor(oak.id, frozenset({role}), (), person, establishment=oak.id, purpose="a review")


def test_a_petition_is_told_with_its_days_and_deadlines(oak: Oak) -> None:
    """Written, sent and filed stand apart with their proofs; the answer is due by the law's own count."""
    made = asked(oak)
    noted(oak, made, "sent", date(2026, 11, 21), proof="")
    noted(oak, made, "filed", date(2026, 11, 25), by="the clerk")
    text = told(oak, made)
    assert "21 November 2026: sent. Nothing shows it yet: it is only said." in text
    assert "25 November 2026: filed, by the clerk. Shown by: a stamp." in text
    assert "The answer is due by 15 December 2026 (28 CFR 542.18)." in text
    assert "Not yet: the Regional Director." in text
    assert "vence el 15 de diciembre de 2026" in told(oak, made, lang="es")
    late = told(oak, made, NOW + timedelta(days=20))
    assert "It did not come in time: you may take that as a denial, or wait." in late
    assert "Open: the Regional Director. No answer came in time" in late


def test_what_waits_is_shown_by_office_with_the_soonest_due_first(oak: Oak) -> None:
    """The page of what waits counts by office, and leaves out what was ruled on or taken back."""
    first, second, third = (asked(oak, name) for name in ("first", "second", "third"))
    noted(oak, first, "filed", date(2026, 11, 28))
    noted(oak, second, "filed", date(2026, 11, 22))
    withdraw_petition(third, TODAY, oak.sent("withdraws", NOW))
    court = asked(oak, "court", office="court", clock="")
    shown = petitions_due(PROGRAM, oak.id, "", 0, NOW)
    assert shown.counts == {"warden": 2, "court": 1}
    assert [one.row.id for one in shown.rows] == [second, first, court]
    assert [one.due_on for one in shown.rows] == [date(2026, 12, 12), date(2026, 12, 18), None]
    ruled = Ruling(second, "denied", date(2026, 11, 30))
    rule_petition(ruled, oak.sent("rules", NOW))
    assert [one.row.id for one in petitions_due(PROGRAM, oak.id, "warden", 0, NOW).rows] == [first]


def test_a_denial_tells_the_person_where_to_turn_and_until_when(oak: Oak) -> None:
    """The person finds a notice with the reasons, the next office and its last day, in the same change."""
    made = asked(oak)
    noted(oak, made, "filed", date(2026, 11, 25))
    rule_petition(Ruling(made, "denied", date(2026, 11, 30), says="No room"), oak.sent("rules", NOW))
    (notice,) = notices.notices_of(oak.id, person=oak.people["rowan"])
    text = " ".join(letter_as_text(notice.letter).split())
    assert notice.kind == "petition_ruled"
    assert "Reasons: No room." in text
    assert "The answer can be contested there until 20 December 2026." in text
    assert petition_seen(PROGRAM, oak.id, made, NOW, "en").told.seen.stage is Stage.RULED


def test_what_is_granted_is_done_in_the_same_change(oak: Oak) -> None:
    """A grant ends the paper that was contested and lists the contact who was asked for; both are told."""
    rowan, holly = oak.people["rowan"], oak.contacts["holly"]
    paper = enter_paper(
        NewPaper(rowan, "visitor_suspended", contact=holly, since=date(2026, 11, 10)),
        oak.sent("paper", NOW),
    ).paper
    list_contact(Listing(rowan, holly, "denied", relation="friend"), oak.sent("denied", NOW))
    made = asked(
        oak,
        asks=(Ask("Lift the suspension", "end_paper"), Ask("List Holly", "list_contact"), Ask("More")),
        paper=paper,
        contact=holly,
    )
    what = Ruling(made, "part", TODAY, granted=(0, 1))
    rule_petition(what, oak.sent("rules", NOW))
    assert changes.paper(oak.id, paper).ended_on == TODAY
    listed = {one.contact: one for one in people.listed_of(oak.id, rowan)}[holly]
    assert (listed.status, listed.relation) == ("approved", "friend")
    assert "Lift the suspension. Granted." in told(oak, made)
    assert "More. Not granted." in told(oak, made)


def test_what_is_not_granted_is_not_done(oak: Oak) -> None:
    """Denied, or granted in another part: the paper stands as it did."""
    rowan = oak.people["rowan"]
    paper = enter_paper(
        NewPaper(rowan, "visitor_suspended", contact=oak.contacts["holly"], since=date(2026, 11, 10)),
        oak.sent("paper", NOW),
    ).paper
    for outcome, granted in (("denied", ()), ("part", (1,)), ("rejected", ()), ("without_prejudice", ())):
        made = asked(oak, outcome, asks=(Ask("Lift it", "end_paper"), Ask("More")), paper=paper)
        rule_petition(Ruling(made, outcome, TODAY, granted=granted), oak.sent(f"rules {outcome}", NOW))
    assert changes.paper(oak.id, paper).ended_on is None


def test_two_people_enter_a_ruling_that_does_something(oak: Oak) -> None:
    """An officer alone enters a denial, and not a grant that ends a paper."""
    rowan, records = oak.people["rowan"], by(oak, Role.RECORDS)
    paper = enter_paper(
        NewPaper(rowan, "visitor_suspended", since=date(2026, 11, 10)), oak.sent("p", NOW)
    ).paper
    made = asked(oak, asks=(Ask("Lift it", "end_paper"),), paper=paper)
    with pytest.raises(NotByTwo):
        rule_petition(Ruling(made, "granted", TODAY), oak.sent("alone", NOW, records))
    assert changes.paper(oak.id, paper).ended_on is None
    rule_petition(Ruling(made, "denied", TODAY), oak.sent("denies", NOW, records))


def test_a_grant_that_two_people_entered_is_done(oak: Oak) -> None:
    """One of records proposes the ruling as shown, the governor approves it, and the paper has ended."""
    rowan, on = oak.people["rowan"], FOUNDED.date()
    paper = enter_paper(NewPaper(rowan, "visitor_suspended", since=on), oak.sent("suspends")).paper
    what = NewPetition(rowan, "warden", (Ask("Lift it", "end_paper"),), paper=paper, written_on=on)
    made = enter_petition(what, oak.sent("asks"))
    staff = officers(oak)
    staff.add("clover", "records", "Clover, staff 21")
    granted = arguments_of(Ruling(made, "granted", on, "letter of 3 November"))
    proposal = staff.proposed(granted, "rule_petition", "clover")
    assert changes.paper(oak.id, paper).ended_on is None
    staff.approve(proposal)
    assert changes.paper(oak.id, paper).ended_on == on


def test_the_establishment_does_not_see_a_sensitive_petition(oak: Oak) -> None:
    """Records and governor find nothing under its name; the person, the liaison and the ombudsman do."""
    made = asked(oak, office="regional_director", clock="", sensitive=True)
    for role in (Role.RECORDS, Role.GOVERNOR):
        with pytest.raises(Refused):
            petition_seen(by(oak, role), oak.id, made, NOW, "en")
        assert petitions_seen(by(oak, role), oak.id, oak.people["rowan"], NOW)[1] == ()
        assert petitions_due(by(oak, role), oak.id, "", 0, NOW).rows == ()
    with pytest.raises(Refused):
        rule_petition(Ruling(made, "denied", TODAY), oak.sent("x", NOW, by(oak, Role.RECORDS)))
    for role in (Role.PERSON, Role.LIAISON, Role.OMBUDSMAN):
        assert petition_seen(by(oak, role), oak.id, made, NOW, "en").row.sensitive


def test_a_rejected_form_says_until_when_it_can_be_put_right(oak: Oak) -> None:
    """The person is told that nothing is lost, the reason, and the day; filed again it waits again."""
    made = asked(oak)
    noted(oak, made, "filed", date(2026, 11, 22))
    ruled = Ruling(made, "rejected", date(2026, 11, 24), says="Two pages too many", until=date(2026, 12, 8))
    rule_petition(ruled, oak.sent("rejects", NOW))
    assert "The form can be put right until 8 December 2026." in told(oak, made)
    noted(oak, made, "filed", date(2026, 11, 26))
    found = petition_seen(PROGRAM, oak.id, made, NOW, "en").told
    assert found.seen.stage is Stage.PENDING
    assert found.due.answer is not None
    assert found.due.answer.last_day == date(2026, 12, 16)


def test_an_extension_is_told_in_writing(oak: Oak) -> None:
    """The office takes its extra time once: the person finds a notice, and the later day is the one."""
    made = asked(oak)
    noted(oak, made, "filed", date(2026, 11, 25))
    noted(oak, made, "extended", date(2026, 11, 30))
    (notice,) = notices.notices_of(oak.id, person=oak.people["rowan"])
    assert "4 January 2027" in letter_as_text(notice.letter)


def test_what_was_noted_wrongly_is_taken_back_and_stays_to_be_seen(oak: Oak) -> None:
    """Nothing is changed or lost: the wrong filing stands as taken back, and does not count."""
    made = asked(oak)
    wrong = noted(oak, made, "filed", date(2026, 11, 22))
    noted(oak, made, "taken_back", TODAY, of=wrong, says="another person's")
    found = petition_seen(PROGRAM, oak.id, made, NOW, "en").told.seen
    assert (found.stage, [one.id for one in found.taken_back]) == (Stage.WRITTEN, [str(wrong)])
    assert "Noted wrongly, and taken back" in told(oak, made)


def test_an_appeal_counts_from_the_answer_that_it_contests(oak: Oak) -> None:
    """The second form's last day is reckoned from the first signature, and it names the next office."""
    made = asked(oak)
    noted(oak, made, "filed", date(2026, 11, 22))
    rule_petition(Ruling(made, "denied", date(2026, 11, 25)), oak.sent("rules", NOW))
    appeal = asked(oak, "appeal", office="regional_director", clock="bp10", follows=made, arose_on=None)
    assert "Last day to file it: 15 December 2026 (28 CFR 542.15(a))." in told(oak, appeal)
    assert "It contests the answer to an earlier petition, to the Warden." in told(oak, appeal)


def test_a_court_that_has_no_power_is_closed_and_another_is_named(oak: Oak) -> None:
    """Denied without prejudice for want of power: routes say which office is closed and which is named."""
    made = asked(oak, office="court", clock="", office_name="District court NY-E")
    ruled = Ruling(made, "without_prejudice", TODAY, says="BOP alone", closes=True, next="warden")
    rule_petition(ruled, oak.sent("rules", NOW))
    found = {one.to: one.standing for one in petition_seen(PROGRAM, oak.id, made, NOW, "en").told.routes}
    assert found == {"court": Standing.CLOSED, "warden": Standing.OPEN}
    assert "District court NY-E" in told(oak, made)


def test_the_letter_stands_with_its_translation_and_who_made_it(oak: Oak) -> None:
    """Both files belong to the petition, the translation names the letter; a sensitive one has none."""
    rowan, made = oak.people["rowan"], asked(oak)
    first = keep_document(rowan, NewFile("carta.txt", b"Se\xc3\xb1or juez", ("es",), "Rowan"), oak.sent("l"))
    other = NewFile("letter.txt", b"Your honour", ("en",), "A. Sworn", translation_of=first)
    second = keep_document(rowan, other, oak.sent("t"))
    for document in (first, second):
        attach_letter(made, document, oak.sent(f"attaches {document}", NOW))
    letters = petition_seen(PROGRAM, oak.id, made, NOW, "en").letters
    assert [(one.languages, one.made_by, one.translation_of) for one in letters] == [
        (["es"], "Rowan", None),
        (["en"], "A. Sworn", first),
    ]
    hidden = asked(oak, "hidden", sensitive=True)
    with pytest.raises(Fault, match="sensitive"):
        attach_letter(hidden, first, oak.sent("x", NOW))
    with pytest.raises(Fault, match="something else"):
        attach_letter(asked(oak, "another"), first, oak.sent("y", NOW))


def test_no_notice_tells_staff_of_a_sensitive_petition(oak: Oak) -> None:
    """What was ruled on it stands on the person's own page; no notice is written that staff would see."""
    made = asked(oak, office="regional_director", clock="", sensitive=True)
    rule_petition(Ruling(made, "denied", TODAY), oak.sent("rules", NOW))
    assert notices.notices_of(oak.id, person=oak.people["rowan"]) == []
    assert petition_seen(by(oak, Role.PERSON), oak.id, made, NOW, "en").told.seen.stage is Stage.RULED


def test_a_notice_about_a_petition_is_opened_by_those_who_read_petitions(oak: Oak) -> None:
    """The gate and the visits desk open other notices, and not what a person complains of."""
    made = asked(oak)
    rule_petition(Ruling(made, "denied", TODAY), oak.sent("rules", NOW))
    (told_of,) = notices.notices_of(oak.id, person=oak.people["rowan"])
    for role in (Role.GATE, Role.VISITS):
        with pytest.raises(Refused):
            notice(by(oak, role), oak.id, told_of.id)
    for role in (Role.PERSON, Role.RECORDS):
        assert notice(by(oak, role), oak.id, told_of.id).id == told_of.id


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"asks": (Ask("x", "end_paper"),), "paper": UUID(int=7), "sensitive": True}, "by itself"),
        ({"office": "nobody"}, "no office"),
        ({"asks": ()}, "what it asks"),
        ({"asks": (Ask("x", "end_paper"),)}, "not named"),
        ({"clock": "bp99"}, "no deadline"),
        ({"arose_on": date(2027, 1, 1)}, "not come"),
        ({"about": "retaliation", "particulars": {"nothing": "x"}}, "no blank"),
        ({"about": "retaliation", "particulars": {"act_on": "soon"}}, "day"),
        ({"about": "isolation", "particulars": {"person.minutes_alone_a_day": "many"}}, "number"),
        ({"follows": UUID(int=7)}, "not of this person"),
        ({"says": "x" * 20_001}, "longer"),
    ],
)
def test_what_cannot_be_read_is_refused(oak: Oak, wrong: dict[str, Any], why: str) -> None:
    """A petition that asks nothing, or names what is not there, is a fault that says why; nothing is kept."""
    with pytest.raises(Fault, match=why):
        asked(oak, **wrong)
    assert petitions_seen(PROGRAM, oak.id, oak.people["rowan"], NOW)[1] == ()


def test_what_has_not_happened_is_not_noted(oak: Oak) -> None:
    """Tomorrow, an act of its own, and an empty ground are refused."""
    made = asked(oak)
    for kind, on in (
        ("sent", TODAY + timedelta(days=1)),
        ("ruled", TODAY),
        ("opposed", TODAY),
        ("lost", TODAY),
    ):
        with pytest.raises(Fault):
            noted(oak, made, kind, on)
