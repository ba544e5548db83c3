"""Papers that cannot be entered as they are: undated, unnumbered, entered before, against themselves."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from uuid import UUID

from locutorio.actions.new_paper import EARLIER, EXTENDS, NAMES_CONTACT, NewPaper, form_of
from locutorio.facts.case import UNKNOWN
from locutorio.facts.vocabulary import Text, vocabulary
from locutorio.kernel.faults import Fault
from locutorio.kernel.moments import day
from locutorio.rules.provision import Form, Pack
from locutorio.store import changes
from locutorio.store.entered import PaperRow

_NAMED_ALONE = {"persons_rule": "named"}
_COVERS = "covers_"
_NO = frozenset({"no", "false"})
# What a paper says of a kind of contact, and the number that says otherwise.
_AGAINST = (
    ("calls_rule", frozenset({"none", "not_limited"}), "calls_per_month"),
    ("visits_rule", frozenset({"none", "not_limited"}), "visits_per_month"),
)


class NotEntered(Fault):
    """A paper was not entered, and whoever entered it can say more. ``name`` says why, with ``values``."""

    def __init__(self, name: str, what: str, *, remedy: str, why: str = "", **values: str | Text) -> None:
        super().__init__(what, why=why, remedy=remedy)
        self.name = name
        self.values: Mapping[str, str | Text] = values


def refuse_unusable(what: NewPaper, facts: Mapping[str, str], law: Pack, at: UUID, today: date) -> None:
    """Refuse a paper that says two things, was entered before, or does to another what cannot be.

    Args:
        what: the paper.
        facts: all that it states.
        law: the establishment's.
        at: the establishment.
        today: by its clock.

    Raises:
        NotEntered: at the first reason.
    """
    form = form_of(what, law)
    _refuse_days(what, facts, today)
    _refuse_against_itself(what, facts, form)
    papers = {row.id: row for row in changes.papers_of(at, what.person)}
    _refuse_earlier(what, papers)
    _refuse_again(what, facts, papers.values())


def refuse_unproven(what: NewPaper, facts: Mapping[str, str], law: Pack) -> None:
    """Refuse a paper that binds others, entered by staff, which says no day, no number or not whose it is.

    Raises:
        NotEntered: at the first reason.
    """
    signed = facts.get("signed_on", "")
    if "signed_on" in form_of(what, law).parameters and signed in {"", UNKNOWN}:
        raise NotEntered(
            "undated",
            "this paper does not say on which day it was signed",
            why="what it orders, and when it ends, is counted from that day",
            remedy="ask whoever made it for a copy with its day; in danger, take an emergency measure",
        )
    if not (what.number and what.office):
        raise NotEntered(
            "unnumbered",
            "this paper has no number, or nobody said whose it is",
            why="without them nobody can find it again, or see that it was entered twice",
            remedy="write its number, and the court or office that made it, as they stand on it",
        )


def _refuse_days(what: NewPaper, facts: Mapping[str, str], today: date) -> None:
    if what.since and what.until and what.until <= what.since:
        raise NotEntered(
            "backwards",
            "the paper ends before it begins",
            why="its end is the first day on which it does not hold any more",
            remedy="check the two days",
        )
    signed = facts.get("signed_on", "")
    if signed in {"", UNKNOWN, "none"}:
        return
    if day(signed) > today:
        raise NotEntered(
            "signed_later",
            f"the paper is signed on {signed}, and that day is still to come",
            remedy="look at the paper again; if it says so, ask whoever made it",
        )
    if what.until and what.until <= day(signed):
        raise NotEntered(
            "over_when_signed",
            f"the paper ends on {what.until.isoformat()}, and was signed on {signed}",
            remedy="look at the two days on the paper; if it says so, ask whoever made it",
        )


def _refuse_against_itself(what: NewPaper, facts: Mapping[str, str], form: Form) -> None:
    for first, second in _against(what, facts, form):
        raise NotEntered(
            "against_itself",
            f"the paper says two things: {first['en']}; {second['en']}",
            why="nobody can follow both, and the program does not choose",
            remedy="look at the paper again; if it says both, ask whoever made it which holds",
            first=first,
            second=second,
        )
    covers = [word for word in form.parameters if word.startswith(_COVERS)]
    if covers and all(facts.get(word) in _NO for word in covers):
        raise NotEntered(
            "covers_nothing",
            "by what was filled in, this paper bears on no kind of contact",
            remedy="look at the paper again: does it say visits, calls or letters?",
        )


def _against(what: NewPaper, facts: Mapping[str, str], form: Form) -> Iterator[tuple[Text, Text]]:
    """Give each two things that a paper says and nobody can follow both of."""
    words = vocabulary().facts
    for rule, values, number in _AGAINST:
        said = facts.get(rule, "")
        if said in values and facts.get(number, "0") not in {"", "0", UNKNOWN}:
            kind = words[f"instrument.{number}"]
            count = {lang: f"{label}: {facts[number]}" for lang, label in kind.label.items()}
            yield words[f"instrument.{rule}"].values[said], count
    for rule, said in _NAMED_ALONE.items():
        if facts.get(rule) == said and NAMES_CONTACT in form.parameters and what.contact is None:
            yield (
                words[f"instrument.{rule}"].values[said],
                {"en": "it names nobody", "es": "no nombra a nadie"},
            )


def _refuse_earlier(what: NewPaper, papers: Mapping[UUID, PaperRow]) -> None:
    if what.earlier is None and not what.earlier_how:
        return
    earlier = papers.get(what.earlier) if what.earlier is not None else None
    if what.earlier_how not in EARLIER or earlier is None:
        raise NotEntered(
            "earlier",
            "it is not said which earlier paper of this person it bears on, and how",
            remedy="choose the paper, and whether this one supersedes, vacates or extends it",
        )
    if earlier.ended_on is not None:
        raise NotEntered(
            "earlier_ended",
            f"the earlier paper ended on {earlier.ended_on.isoformat()}",
            why="what has ended is not superseded, vacated or extended",
            remedy="enter this paper by itself, or choose another earlier one",
        )
    if what.earlier_how != EXTENDS:
        return
    if earlier.form != what.form:
        raise NotEntered(
            "extends_another",
            "a paper is extended by one of the same form",
            remedy="choose the form of the earlier paper, or say that this one supersedes it",
        )
    if not what.quote:
        raise NotEntered(
            "extension_unproved",
            "it is not said on what the extension rests",
            why="whoever approves it, and whoever contests it, must be able to read that",
            remedy="quote the passage that gives the reasons, with its page",
        )


def _refuse_again(what: NewPaper, facts: Mapping[str, str], papers: Iterable[PaperRow]) -> None:
    """Refuse what was entered before under its number, whether it says the same or something else."""
    if not what.number:
        return
    for row in papers:
        same = (row.form, row.contact) == (what.form, what.contact) and row.ended_on is None
        if not same or _mark(row.number, row.office) != _mark(what.number, what.office):
            continue
        if row.id == what.earlier:
            continue
        if (dict(row.facts), row.since, row.until) == (dict(facts), what.since, what.until):
            raise NotEntered(
                "duplicate",
                f"this paper was entered on {row.known_at.date().isoformat()}",
                why="its form, number and office are those of a paper that is in force, and it says the same",
                remedy="nothing is left to do: it holds already",
            )
        raise NotEntered(
            "differs",
            f"a paper with this number was entered on {row.known_at.date().isoformat()}, and says otherwise",
            why="one of the two is wrong, or the later one changes the earlier one",
            remedy="compare them; if this one takes its place, say that it supersedes that one",
        )


def _mark(*texts: str) -> tuple[str, ...]:
    """Tell one number and office from another: without case, width, spaces or signs between."""
    plain = (unicodedata.normalize("NFKC", one).casefold() for one in texts)
    return tuple("".join(char for char in one if char.isalnum()) for one in plain)
