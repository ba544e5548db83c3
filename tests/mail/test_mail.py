"""Items of mail: decided when they are logged; let through, stopped or rejected, and both sides told."""

from __future__ import annotations

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest

from locutorio.actions.decide_mail import Knowing, decide_mail
from locutorio.actions.enter_paper import NewPaper, enter_paper
from locutorio.actions.export_person import Exporting, export_person
from locutorio.actions.log_mail import NewMail, Somebody, log_mail
from locutorio.actions.mail_shown import mail_item, mail_of_person, mail_waiting, own_mail
from locutorio.actions.pass_mail import Passing, pass_mail
from locutorio.actions.reject_mail import Appealing, Rejecting, appeal_mail, reject_mail
from locutorio.actions.review_mail import Returning, Reviewing, end_review, review_mail
from locutorio.kernel.faults import Fault
from locutorio.store.actor import PROGRAM, Actor
from locutorio.store.models import Fact, Notice
from tests.establishment import FOUNDED
from tests.mail.post import DAY, PostRoom, post_room

pytestmark = pytest.mark.usefixtures("store")
WHY = "Page 2 draws the fence and the hours of the patrol."


def test_a_general_letter_is_let_through() -> None:
    """It is permitted when it is logged, inspected, handed over, and nobody is sent a notice."""
    post = post_room()
    one = post.log("one")
    assert (one.outcome, one.standing) == ("permit", "waiting")
    done = pass_mail(Passing(one.mail, "through", "read"), post.sent("pass"))
    assert done.standing == "handed_over"
    row = post.row(one)
    assert (row.opened, row.ended_at) == ("read", FOUNDED)
    assert post.told(one) == {"person": [], "contact": []}
    with pytest.raises(Fault, match="is handed over"):
        pass_mail(Passing(one.mail, "through"), post.sent("again"))


def test_special_mail_is_never_read() -> None:
    """A marked letter of a lawyer is opened before the person only, and goes to nobody who reads it."""
    post = post_room()
    one = post.log("one", contact="holly", letter_marked_special="yes")
    lawyer = NewMail(
        post.oak.people["rowan"],
        "incoming",
        DAY,
        new=Somebody("Wren"),
        facts={"contact.role": "attorney", "letter.marked_special": "yes", "contact.public_office": "none"},
    )
    special = log_mail(lawyer, post.sent("special"))
    assert not post.row(one).special
    assert post.row(special).special
    with pytest.raises(Fault, match="special mail, which nobody reads"):
        review_mail(Reviewing(special.mail, "translators", DAY), post.sent("review"))
    for opened in ("inspected", "read"):
        with pytest.raises(Fault, match="in a way that the law does not allow"):
            pass_mail(Passing(special.mail, "through", opened), post.sent(opened))
    with pytest.raises(Fault, match="does not let this item be rejected"):
        reject_mail(Rejecting(special.mail, "escape", WHY), post.sent("reject"))
    done = pass_mail(Passing(special.mail, "through", "before_the_person"), post.sent("pass"))
    assert done.standing == "handed_over"


def test_the_limits_of_a_unit_bind() -> None:
    """Six sheets, one letter a week each way in a communications unit: the rest is stopped, both are told."""
    post = post_room(person_unit="communications_management")
    thick = post.log("thick", letter_sheets="7")
    assert (thick.outcome, thick.standing) == ("refuse", "stopped")
    assert post.told(thick) == {"person": ["mail_stopped"], "contact": ["mail_stopped"]}
    first = post.log("first", letter_sheets="6")
    assert first.outcome == "permit"
    second = post.log("second", letter_sheets="1", days=1)
    assert second.standing == "stopped"
    out = post.log("out", "outgoing", letter_sheets="1", days=1)
    assert out.outcome == "permit"
    assert post.log("out again", "outgoing", letter_sheets="1", days=2).standing == "stopped"
    assert post.log("next week", letter_sheets="6", days=7).outcome == "permit"


def test_whom_a_letter_goes_to_learns_nothing_of_one_that_is_stopped() -> None:
    """Of what goes out the sender is the person: the addressee is told nothing."""
    post = post_room(person_unit="communications_management")
    one = post.log("one", "outgoing", letter_sheets="9")
    assert post.told(one) == {"person": ["mail_stopped"], "contact": []}


def test_what_was_stopped_uses_nothing_up() -> None:
    """A letter that did not go through is not counted against the next one of the week."""
    post = post_room(person_unit="communications_management")
    assert post.log("thick", letter_sheets="7").standing == "stopped"
    assert post.log("thin", letter_sheets="6").outcome == "permit"


def test_a_rejection_is_told_to_both_with_reason_route_and_deadline() -> None:
    """Both letters give the ground and what was written; the person's has the form and the last day."""
    post = post_room()
    one = post.log("one")
    reject_mail(Rejecting(one.mail, "escape", WHY), post.sent("reject"))
    assert post.row(one).standing == "rejected"
    assert post.told(one) == {"person": ["mail_rejected"], "contact": ["mail_rejected"]}
    to_person = str(Notice.objects.get(mail=one.mail, person__isnull=False).letter)
    to_contact = str(Notice.objects.get(mail=one.mail, contact__isnull=False).letter)
    for letter in (to_person, to_contact):
        assert WHY in letter
        assert "escape" in letter
        assert "another official" in letter.lower() or "other than" in letter
    assert "BP-9" in to_person
    assert "22 November 2026" in to_person
    assert "BP-9" not in to_contact


def test_a_letter_that_shows_a_crime_is_told_to_nobody() -> None:
    """Neither side is told, it does not go back, and the person sees it as one that waits."""
    post = post_room()
    one = post.log("one")
    reject_mail(Rejecting(one.mail, "crime", WHY), post.sent("reject"))
    assert post.told(one) == {"person": [], "contact": []}
    with pytest.raises(Fault, match="does not go back"):
        pass_mail(Passing(one.mail, "back"), post.sent("back"))
    rowan = post.oak.people["rowan"]
    held = Actor(None, frozenset({"person"}), (), rowan, establishment=post.oak.id)
    (seen,) = own_mail(held, post.oak.id, FOUNDED)
    assert (seen.row.standing, seen.row.ground, seen.row.why) == ("waiting", "", "")
    given = export_person(
        Exporting(rowan, "them", "they asked", for_person=True), post.sent("export", days=1)
    )
    (row,) = json.loads(given["file.json"])["rows"]["store_mail"]
    assert (row["standing"], row["ended_at"], "ground" in row) == ("waiting", None, False)


@pytest.mark.parametrize("ground", ["opinion", "none_given"])
def test_an_opinion_is_no_ground(ground: str) -> None:
    """A rejection that would not stand is not made: the fault gives the words of the law."""
    post = post_room()
    one = post.log("one")
    with pytest.raises(Fault, match="would not stand") as refused:
        reject_mail(Rejecting(one.mail, ground, WHY), post.sent("reject"))
    assert "opinion" in refused.value.why
    assert post.row(one).standing == "waiting"


def test_another_official_decides_the_appeal() -> None:
    """Not the one who rejected it; what is overturned waits again, and both sides are told."""
    post = post_room()
    one = post.log("one")
    first, other = (Actor(uuid4(), frozenset({"governor"}), establishment=post.oak.id) for _ in range(2))
    reject_mail(Rejecting(one.mail, "code", WHY), post.sent("reject", by=first))
    with pytest.raises(Fault, match="does not decide the appeal"):
        appeal_mail(Appealing(one.mail, "upheld", "No."), post.sent("same", by=first))
    appeal_mail(Appealing(one.mail, "overturned", "It is a crossword."), post.sent("other", days=1, by=other))
    assert post.row(one).standing == "waiting"
    assert post.told(one)["contact"] == ["mail_rejected", "mail_appeal"]
    assert pass_mail(Passing(one.mail, "through", "read"), post.sent("pass")).standing == "handed_over"


def test_who_reads_it_has_so_many_days() -> None:
    """14 business days for English, 60 for another language; past them it is overdue and stands first."""
    post = post_room()
    english, other = post.log("english"), post.log("other", request_language="other")
    for one in (other, english):
        review_mail(Reviewing(one.mail, "FBI", DAY), post.sent(f"review {one.mail}"))
    now = FOUNDED + timedelta(days=24)
    seen = mail_waiting(PROGRAM, post.oak.id, now)
    assert [one.row.id for one in seen] == [english.mail, other.mail]
    assert [(one.due.last_day, one.due.late) for one in seen if one.due] == [
        (date(2026, 11, 23), True),
        (date(2027, 2, 1), False),
    ]
    end_review(Returning(english.mail, DAY + timedelta(days=24)), post.sent("back", days=24))
    assert post.row(english).standing == "waiting"
    due = {one.row.id: one.due for one in mail_waiting(PROGRAM, post.oak.id, now)}
    assert due[english.mail] is None


def test_what_is_not_known_is_asked_and_then_decided() -> None:
    """A letter of which something is not known waits; once it is said there is an answer, also later on."""
    post = post_room(contact_supervision="unknown")
    one = post.log("one")
    assert one.outcome == "pending"
    with pytest.raises(Fault, match="no answer yet"):
        pass_mail(Passing(one.mail, "through"), post.sent("pass"))
    asks = mail_item(PROGRAM, post.oak.id, one.mail, "en", FOUNDED).asks
    assert asks[0] == "contact.supervision"
    again = decide_mail(Knowing(one.mail, {"contact.supervision": "none"}), post.sent("known"))
    assert again.outcome == "permit"
    entered = Fact.objects.get(path="contact.supervision", contact=post.oak.contacts["alder"])
    assert entered.person_id == post.oak.people["rowan"]
    assert mail_item(PROGRAM, post.oak.id, one.mail, "en", FOUNDED).asks == ()


def test_an_order_that_lands_meanwhile_stops_it() -> None:
    """What was permitted when it was logged is decided again before it is handed over."""
    post = post_room()
    one = post.log("one", contact="holly")
    order = NewPaper(
        post.oak.people["rowan"],
        "letters_restricted",
        facts={
            "decider": "warden",
            "signed_on": "2026-11-02",
            "restriction_basis": "no_report",
            "names_listed_factor": "yes",
            "reasons_before": "yes",
            "answer_heard": "yes",
            "written_reasons": "yes",
            "appeal_told": "yes",
            "discipline_followed": "no",
            "letters_per_week": "0",
        },
        since=DAY,
    )
    entered = enter_paper(order, post.sent("order"))
    assert entered.standing == "stands"
    decide_mail(Knowing(one.mail, {"contact.on_letter_list": "no"}), post.sent("known"))
    assert post.row(one).standing == "stopped"
    assert post.told(one)["person"] == ["mail_stopped"]


def test_a_law_without_such_a_paper_knows_no_rejection() -> None:
    """Where the law's forms have no rejection of a letter, none is made up."""
    post = post_room(law="england-wales")
    one = post.log("one")
    with pytest.raises(Fault, match="is no ground"):
        reject_mail(Rejecting(one.mail, "escape", WHY), post.sent("reject"))


@pytest.mark.parametrize(
    ("direction", "facts", "said"),
    [
        ("sideways", {}, "no way that mail goes"),
        ("incoming", {"person.unit": "general"}, "is not said of an item"),
        ("incoming", {"letter.sheets": "many"}, "letter.sheets"),
        ("incoming", {"letter.direction": "outgoing"}, "is not said of an item"),
    ],
)
def test_what_cannot_be_is_refused(direction: str, facts: dict[str, str], said: str) -> None:
    """A word that means nothing here is refused with what can be said, and nothing is kept."""
    post = post_room()
    what = NewMail(post.oak.people["rowan"], direction, DAY, contact=post.oak.contacts["alder"], facts=facts)
    with pytest.raises(Fault, match=said):
        log_mail(what, post.sent("one"))
    assert mail_of_person(PROGRAM, post.oak.id, post.oak.people["rowan"], FOUNDED).items == ()


def test_what_is_to_come_is_not_logged() -> None:
    """Neither a day to come, nor mail with nobody."""
    post: PostRoom = post_room()
    rowan, alder = post.oak.people["rowan"], post.oak.contacts["alder"]
    with pytest.raises(Fault, match="is to come"):
        log_mail(NewMail(rowan, "incoming", DAY + timedelta(days=1), contact=alder), post.sent("later"))
    with pytest.raises(Fault, match="with whom"):
        log_mail(NewMail(rowan, "incoming", DAY), post.sent("nobody"))
