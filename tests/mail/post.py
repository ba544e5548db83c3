"""An establishment under federal law, of which is known what a letter needs, and mail in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from locutorio.actions.log_mail import MailLogged, NewMail, log_mail
from locutorio.store import mail
from locutorio.store.actor import PROGRAM, Actor
from locutorio.store.identifiers import new_id
from locutorio.store.mail import MailRow
from locutorio.store.models import Fact, Notice
from locutorio.store.transaction import Sent
from tests import establishment
from tests.establishment import FOUNDED, Oak

US = "us-federal"
DAY = date(2026, 11, 2)
KNOWN = {
    "person.unit": "general",
    "person.status": "sentenced",
    "person.security_level": "medium",
    "person.returns_opened_mail": "no",
    "contact.supervision": "none",
}


@dataclass(frozen=True)
class PostRoom:
    """The establishment, and what is done in it, each time a little later."""

    oak: Oak

    def sent(self, name: str, *, days: int = 0, by: Actor = PROGRAM) -> Sent:
        """Give what a door says of a change, so many days later."""
        return self.oak.sent(name, FOUNDED + timedelta(days=days), by)

    def log(
        self, name: str, direction: str = "incoming", contact: str = "alder", *, days: int = 0, **said: str
    ) -> MailLogged:
        """Log an item of Rowan's; ``said`` are facts, with _ for the dot after letter or contact."""
        facts = {path.replace("_", ".", 1): value for path, value in said.items()}
        what = NewMail(
            self.oak.people["rowan"],
            direction,
            DAY + timedelta(days=days),
            contact=self.oak.contacts[contact],
            facts={"request.language": "english", "contact.public_office": "none", **facts},
        )
        return log_mail(what, self.sent(name, days=days))

    def row(self, logged: MailLogged) -> MailRow:
        """Give an item as it stands now."""
        return mail.mail(self.oak.id, logged.mail)

    def told(self, logged: MailLogged) -> Mapping[str, list[str]]:
        """Give the kinds of notice about an item, by whom they are to."""
        found: dict[str, list[str]] = {"person": [], "contact": []}
        for notice in Notice.objects.filter(mail=logged.mail).order_by("at"):
            found["person" if notice.person_id else "contact"].append(notice.kind)
        return found


def post_room(*, law: str = US, **known: str) -> PostRoom:
    """Open it in the database that is used now."""
    oak = establishment.founded(law=law)
    for path, value in {**KNOWN, **{path.replace("_", ".", 1): said for path, said in known.items()}}.items():
        fact(oak, path, value)
    return PostRoom(oak)


def fact(oak: Oak, path: str, value: str, at: datetime = FOUNDED) -> UUID:
    """Enter a fact about the whole establishment."""
    made = Fact.objects.create(id=new_id(at), establishment_id=oak.id, path=path, value=value, known_at=at)
    return made.id
