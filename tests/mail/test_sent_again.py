"""Everything that is done with mail, sent again: the same answer, and nothing done twice."""

from __future__ import annotations

from locutorio.actions.decide_mail import Knowing, decide_mail
from locutorio.actions.log_mail import NewMail, Somebody, log_mail
from locutorio.actions.pass_mail import Passing, pass_mail
from locutorio.actions.reject_mail import Appealing, Rejecting, appeal_mail, reject_mail
from locutorio.actions.review_mail import Returning, Reviewing, end_review, review_mail
from tests.databases import Store
from tests.mail.post import DAY, post_room
from tests.store.test_repeated import ELSEWHERE, Doing

DONE = (log_mail, decide_mail, review_mail, end_review, reject_mail, appeal_mail, pass_mail)


def test_what_is_done_with_mail_is_done_once(store: Store) -> None:
    """An item of somebody new is logged, decided, read, rejected, let through on appeal: each also twice."""
    oak = post_room().oak
    do = Doing(oak)
    facts = {"contact.role": "social", "contact.public_office": "none", "request.language": "english"}
    new = NewMail(oak.people["rowan"], "incoming", DAY, new=Somebody("Wren"), facts=facts)
    logged = do(log_mail, new)
    do(decide_mail, Knowing(logged.mail, {"contact.in_letter_breach": "no"}))
    do(review_mail, Reviewing(logged.mail, "translators", DAY))
    do(end_review, Returning(logged.mail, DAY))
    do(reject_mail, Rejecting(logged.mail, "code", "Every third word."))
    do(appeal_mail, Appealing(logged.mail, "overturned", "A crossword."))
    done = do(pass_mail, Passing(logged.mail, "through", "read"))
    assert done.standing == "handed_over"
    assert {action.__name__ for action in DONE} <= ELSEWHERE
    do.all_again()
