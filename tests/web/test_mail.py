"""Mail on the pages: logged and decided, asked for what is missing, rejected; what each side sees of it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from locutorio.actions.create_account import Role
from locutorio.web.words import words
from tests.databases import fresh
from tests.mail.post import PostRoom, post_room
from tests.web.seated import Seated, account

WHY = "Page 2 draws the fence."


@pytest.fixture
def post(quick_passwords: None) -> Iterator[PostRoom]:
    """A post room with an officer, two governors, the person, and the one who writes to them."""
    with fresh("sqlite"):
        made = post_room()
        oak = made.oak
        account(oak, "visits", Role.VISITS)
        account(oak, "governor", Role.GOVERNOR)
        account(oak, "deputy", Role.GOVERNOR)
        account(oak, "rowan", Role.PERSON, person=oak.people["rowan"])
        account(oak, "alder", Role.FAMILY, contact=oak.contacts["alder"])
        yield made


def logged(post: PostRoom, officer: Seated, **said: str) -> str:
    """Log an item on the page; give the address of its own."""
    at = f"staff/person/{post.oak.people['rowan']}/mail"
    fields = {
        "direction": "incoming",
        "on": "2026-11-02",
        "contact": str(post.oak.contacts["alder"]),
        "fact:letter.item": "letter",
        "fact:letter.marked_special": "no",
        "fact:letter.electronic": "no",
        "fact:contact.public_office": "none",
        "fact:request.language": "english",
        **said,
    }
    answer = officer.post(at, fields, seen=at)
    assert answer.status_code == 303, answer.content.decode()
    address: str = answer.headers["Location"].removeprefix(f"/{officer.lang}/")
    return address


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_letter_goes_through(post: PostRoom, lang: str) -> None:
    """It is logged and decided, stands on the page of what waits, is handed over, and the person sees it."""
    told, officer = words(lang), Seated("visits", lang)
    at = logged(post, officer)
    assert told["mail_did_logged"] in officer.page(at)
    assert "Alder Ash" in officer.page("staff/mail")
    item = at.partition("?")[0]
    passed = officer.post(item, {"do": "pass", "way": "through", "opened": "read"}, seen=item)
    assert passed.status_code == 303
    assert told["mail_none"] in officer.page("staff/mail")
    own = Seated("rowan", lang).page("own/mail")
    assert "Alder Ash" in own
    assert told["mail_standing_handed_over"] in own


def test_what_is_missing_is_asked_on_the_page(post: PostRoom) -> None:
    """A letter of somebody nobody knows asks what it needs; answered there, it has an answer."""
    officer = Seated("visits")
    at = logged(
        post,
        officer,
        contact="",
        surname="Wren",
        **{"fact:contact.role": "social", "fact:letter.item": "package"},
    ).partition("?")[0]
    page = officer.page(at)
    assert words("en")["outcome_pending"] in page
    assert 'name="fact:approval.package"' in page
    early = officer.post(at, {"do": "pass", "way": "through", "opened": "inspected"}, seen=at)
    assert early.status_code == 409
    assert words("en")["gate_fault_mail_open"] in early.content.decode()
    officer.post(at, {"do": "decide", "fact:approval.package": "yes"}, seen=at)
    assert words("en")["outcome_permit"] in officer.page(at)


def test_a_rejection_reaches_both_and_another_decides_the_appeal(post: PostRoom) -> None:
    """The officer cannot reject, a governor does; sender and person read why; the deputy overturns it."""
    officer, governor, deputy = Seated("visits"), Seated("governor"), Seated("deputy")
    at = logged(post, officer).partition("?")[0]
    rejecting = {"do": "reject", "ground": "escape", "why": WHY}
    assert words("en")["mail_reject_go"] not in officer.page(at)
    assert officer.post(at, rejecting, seen=at).status_code == 409
    opinion = governor.post(at, {**rejecting, "ground": "opinion"}, seen=at)
    assert words("en")["gate_fault_mail_stands"] in opinion.content.decode()
    assert governor.post(at, rejecting, seen=at).status_code == 303
    for reader in (Seated("rowan", "es"), Seated("alder")):
        page = reader.page("visits/notices")
        assert WHY in reader.page(_notice(page))
    appeal = {"do": "appeal", "outcome": "overturned", "why": "It is a map of a park."}
    same = governor.post(at, appeal, seen=at)
    assert words("en")["gate_fault_mail_same"] in same.content.decode()
    assert deputy.post(at, appeal, seen=at).status_code == 303
    assert words("en")["mail_standing_waiting"] in officer.page(at)


def test_nobody_else_sees_it(post: PostRoom) -> None:
    """No page of mail is for the family or the person, but the person's own list."""
    at = logged(post, Seated("visits")).partition("?")[0]
    for name in ("rowan", "alder"):
        for address in ("staff/mail", at, f"staff/person/{post.oak.people['rowan']}/mail"):
            assert Seated(name).get(address).status_code in (403, 404)
    assert Seated("alder").get("own/mail").status_code == 403
    visits = Seated("visits")
    assert visits.get(f"staff/mail/{UUID(int=7)}").status_code == 404
    for sent in ({}, {"do": "pass"}):
        assert visits.post(f"staff/mail/{UUID(int=7)}", sent).status_code == 404


def test_what_cannot_be_is_said_on_the_page(post: PostRoom) -> None:
    """A day to come, nobody outside: the form comes back with why, and nothing is kept."""
    officer = Seated("visits", "es")
    at = f"staff/person/{post.oak.people['rowan']}/mail"
    fields = {"direction": "incoming", "on": "2026-11-02", "contact": "", "surname": ""}
    answer = officer.post(at, fields, seen=at)
    assert answer.status_code == 409
    assert words("es")["gate_fault_mail_whom"] in answer.content.decode()
    later = officer.post(at, {**fields, "surname": "Wren", "on": "2199-01-01"}, seen=at)
    assert words("es")["gate_fault_mail_day"] in later.content.decode()
    assert words("es")["mail_items_none"] in officer.page(at)


def _notice(page: str) -> str:
    start = page.index("visits/notice/")
    return page[start : page.index('"', start)]
