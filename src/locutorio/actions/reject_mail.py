"""Rejects an item of mail on a ground of the law, and lets another official look at that again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from locutorio.actions import answer, deciding_mail, shelf, telling_mail
from locutorio.actions.authority import About, authorize
from locutorio.actions.decide_mail import held
from locutorio.actions.deciding import knowledge, local_day
from locutorio.actions.deciding_mail import ITEM
from locutorio.actions.plain import as_plain
from locutorio.decisions.decision import Decision, Outcome
from locutorio.facts.case import Case, CasePaper, Dated
from locutorio.facts.snapshot import Question
from locutorio.facts.vocabulary import Text, Value, vocabulary
from locutorio.kernel.faults import Fault, suggestion
from locutorio.notices.mail import OVERTURNED, UPHELD
from locutorio.store import mail, people
from locutorio.store.mail import MailRow
from locutorio.store.transaction import Answer, Sent, Transaction, perform

WORDS_MAX = 2000
OUTCOMES = (UPHELD, OVERTURNED)
_NAMES_ITEM = "names_letter"
_GROUNDS = {"publication": "publication_ground"}
_GROUND = "letter_ground"
_RECEIVED = "publication.refusal_received_on"


@dataclass(frozen=True, slots=True)
class Rejecting:
    """An item, the ground of the law on which it is rejected, and the reasons, which both sides read."""

    mail: UUID
    ground: str
    why: str


@dataclass(frozen=True, slots=True)
class Appealing:
    """What another official decides of a rejection: upheld or overturned, and why."""

    mail: UUID
    outcome: str
    why: str


def grounds(law: str, item: str) -> Mapping[str, Text]:
    """Give the grounds on which a law rejects a kind of item; none where it knows no such paper."""
    form, word = _form(law, item)
    return vocabulary().facts[f"instrument.{word}"].values if form else {}


def reject_mail(what: Rejecting, sent: Sent) -> None:
    """Reject an item. Those whom the law names are told, with the reasons and how to contest it.

    Raises:
        Fault: the law knows no such rejection, it would not stand, or it does not reach this item.
    """
    authorize(sent.by, "reject_mail", About(sent.establishment, "mail", what.mail))
    _refuse_unsaid(what.why)

    def work(tx: Transaction) -> Answer:
        one = held(tx, what.mail)
        known = knowledge(tx.establishment, one.person, [one.contact], known_at=tx.at)
        paper = _paper(tx, one, what, known.establishment.law)
        judged = _judged(tx, one, paper, known.establishment.law)
        _refuse_unreached(tx, one, paper)
        one = replace(
            one,
            standing=mail.REJECTED,
            ground=what.ground,
            why=what.why,
            rejected_by=tx.command.actor,
            ended_at=tx.at,
            ended_by=tx.command.actor,
        )
        mail.change(tx, one)
        telling_mail.rejected(tx, known, one, judged, paper.name)
        return {}

    person = mail.mail(sent.establishment, what.mail).person
    perform(sent.command("reject_mail", as_plain(what), person=person), work)


def appeal_mail(what: Appealing, sent: Sent) -> None:
    """Decide an appeal against a rejection. What is overturned waits again, to be handed over or sent.

    Raises:
        Fault: it is not rejected, it was decided before, or whoever decides rejected it.
    """
    authorize(sent.by, "appeal_mail", About(sent.establishment, "mail", what.mail))
    _refuse_unsaid(what.why)
    if what.outcome not in OUTCOMES:
        raise Fault(f'"{what.outcome}" decides no appeal', remedy=suggestion(what.outcome, OUTCOMES))

    def work(tx: Transaction) -> Answer:
        one = held(tx, what.mail, mail.REJECTED)
        if one.appeal:
            raise Fault("this appeal was decided before", remedy="look at the item again")
        if one.rejected_by is not None and one.rejected_by == tx.command.actor:
            raise Fault(
                "whoever rejected it does not decide the appeal",
                why="another official looks at it again",
                remedy="give it to another official",
            )
        one = replace(one, appeal=what.outcome, appeal_why=what.why, appeal_by=tx.command.actor)
        if what.outcome == OVERTURNED:
            one = replace(one, standing=mail.WAITING, ended_at=None, ended_by=None)
        mail.change(tx, one)
        known = knowledge(tx.establishment, one.person, [one.contact], known_at=tx.at)
        telling_mail.appealed(tx, known, one)
        return {}

    person = mail.mail(sent.establishment, what.mail).person
    perform(sent.command("appeal_mail", as_plain(what), person=person), work)


def _form(law: str, item: str) -> tuple[str, str]:
    """Give the form by which a law rejects a kind of item, or nothing, and its word for the ground."""
    word = _GROUNDS.get(item, _GROUND)
    forms = shelf.pack(law).forms.values()
    found = (form.name for form in forms if {word, _NAMES_ITEM} <= {*form.parameters})
    return next(found, ""), word


def _paper(tx: Transaction, one: MailRow, what: Rejecting, law: str) -> CasePaper:
    """Give the rejection as a paper about this one item."""
    form, word = _form(law, one.facts.get(ITEM, ""))
    known = grounds(law, one.facts.get(ITEM, ""))
    if what.ground not in known:
        raise Fault(
            f'"{what.ground}" is no ground on which the law here rejects an item of this kind',
            why=""
            if known
            else "it knows no such rejection: what its rules stop is stopped when it is decided",
            remedy=suggestion(what.ground, known) if known else "let it through, or give it back",
        )
    today = local_day(people.establishment(tx.establishment).zone, tx.at)
    said: dict[str, Value] = {
        word: what.ground,
        "decider": "warden",
        "signed_on": today,
        "names_letter": True,
        "notice_to_person": True,
        "notice_to_contact": True,
        "appeal_by_same_official": False,
        "by_list": False,
        "cites_material": True,
    }
    states = shelf.pack(law).forms[form].parameters
    facts = {f"instrument.{name}": Dated(value) for name, value in said.items() if name in states}
    facts["instrument.from"] = Dated(today)
    return CasePaper(str(one.id)[-8:], form, facts, None, None)


def _judged(tx: Transaction, one: MailRow, paper: CasePaper, law: str) -> Decision:
    """Ask the law of the rejection itself: it must stand."""
    today = local_day(people.establishment(tx.establishment).zone, tx.at)
    facts: dict[str, tuple[Dated, ...]] = {"clock.event_on": (Dated(today),)}
    if one.facts.get(ITEM) in _GROUNDS:
        facts[_RECEIVED] = (Dated(today),)
    question = Question("instrument", today, subject=paper.name)
    judged = answer.answer(Case(law, question, facts, (paper,), None))
    if judged.outcome is not Outcome.STANDS:
        because = "; ".join(found.says["en"] for found in judged.reasons)
        raise Fault(
            "this rejection would not stand",
            why=because,
            remedy="choose a ground that the law names, or let it through",
        )
    return judged


def _refuse_unreached(tx: Transaction, one: MailRow, paper: CasePaper) -> None:
    """Refuse the rejection of what the law lets through all the same, as special mail."""
    case = deciding_mail.decided(tx, one).member.case
    with_it = answer.answer(replace(case, papers=(*case.papers, paper)))
    if with_it.outcome is Outcome.PERMIT:
        because = "; ".join(found.citation for found in with_it.reasons)
        raise Fault(
            "the law does not let this item be rejected",
            why=because,
            remedy="hand it over as its conditions say",
        )


def _refuse_unsaid(why: str) -> None:
    if not why.strip() or len(why) > WORDS_MAX:
        raise Fault("the reasons are not said", remedy=f"write them in up to {WORDS_MAX} characters")
