"""Items of mail as lists show them: between whom, where each stands, and what is due of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from locutorio.actions.mail_shown import MailSeen
from locutorio.notices.words import clean
from locutorio.store.mail import IN_REVIEW, LET_THROUGH, REJECTED, STOPPED
from locutorio.web.saying import day_said
from locutorio.web.words import say, words

_TONES = {**dict.fromkeys(LET_THROUGH, "permit"), REJECTED: "refuse", STOPPED: "refuse", IN_REVIEW: "pending"}


@dataclass(frozen=True, slots=True)
class MailLine:
    """One item: ``whose`` says of which person it is, ``address`` leads to it; either may be empty."""

    says: str
    whose: str
    standing: str
    tone: str
    notes: tuple[str, ...]
    late: bool
    address: str


def mail_line(seen: MailSeen, lang: str, *, whose: bool, linked: bool) -> MailLine:
    """Give one item of a list.

    Args:
        seen: the item.
        lang: of the words.
        whose: whether to say of which person it is.
        linked: whether it leads to its page.
    """
    row, told = seen.row, words(lang)
    who = say(lang, f"mail_whose_{row.direction}", name=clean(seen.named.person), number=seen.named.number)
    notes = [told["mail_special"]] if row.special else []
    return MailLine(
        says=mail_said(seen, lang),
        whose=who if whose else "",
        standing=told[f"mail_standing_{row.standing}"],
        tone=_TONES.get(row.standing, "lapsed"),
        notes=(*notes, *due_said(seen, lang)),
        late=bool(seen.due and seen.due.late),
        address=reverse("staff-mail-item", args=[lang, row.id]) if linked else "",
    )


def mail_said(seen: MailSeen, lang: str) -> str:
    """Say from or to whom outside an item goes, and when it came or was handed in."""
    day = day_said(lang, seen.row.on)
    return say(lang, f"mail_{seen.row.direction}", contact=clean(seen.named.contact), day=day)


def due_said(seen: MailSeen, lang: str) -> tuple[str, ...]:
    """Say who reads or translates an item and until when, with the arithmetic."""
    row, due = seen.row, seen.due
    if row.standing != IN_REVIEW or row.review_since is None:
        return ()
    if due is None:
        return (say(lang, "mail_away", office=clean(row.reviewed_by)),)
    said = say(
        lang,
        "mail_late" if due.late else "mail_due",
        office=clean(row.reviewed_by),
        day=day_said(lang, due.last_day),
        citation=clean(due.citation),
    )
    counted = say(lang, f"mail_due_{due.count}", since=day_said(lang, row.review_since), days=due.days)
    return said, counted
