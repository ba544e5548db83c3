"""Lets an establishment go by another law, or a newer text of its own; what is booked is decided again.

It takes two people: one proposes the memo that was checked and proved, and another approves it as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from locutorio.actions import house_rules, shelf
from locutorio.actions.authority import About, authorize
from locutorio.actions.house_rules import HouseRules, Ready
from locutorio.actions.open_establishment import refuse_unusable
from locutorio.actions.plain import as_plain
from locutorio.actions.replay import Touched, changed, replay, touched
from locutorio.actions.two_people import (
    Arguments,
    FourEyes,
    Line,
    Shown,
    note_alone,
    refuse_alone,
    refuse_where_two_can,
)
from locutorio.facts.vocabulary import LANGUAGES
from locutorio.kernel.faults import Fault
from locutorio.store import people, replaying
from locutorio.store.actor import Actor
from locutorio.store.locks import hold_establishment
from locutorio.store.transaction import Answer, Sent, Transaction

HASH_SHOWN = 16


def change_rules(law: str, sent: Sent) -> Touched:
    """Go by the pack of this name, as it is now, and decide again all that is booked.

    Raises:
        NotByTwo: somebody asks alone: they propose it, and another approves it.
        Fault: there is no such law, or its safety is not proved.
    """
    authorize(sent.by, "change_rules", About(sent.establishment), at=sent.at)
    refuse_alone("change_rules", sent)

    def work(tx: Transaction) -> Answer:
        note_alone(tx)
        return _change(tx, law)

    return touched(changed(sent, "change_rules", {"law": law}, work))


def refuse_adopting(by: Actor, at: UUID, law: str) -> None:
    """Refuse one person at the machine to adopt the rules by which an establishment goes, where two can.

    Raises:
        Refused: it is not theirs.
        NotByTwo: two people there can do it.
    """
    authorize(by, "change_rules", About(at))
    if people.establishment(at).law == law:
        refuse_where_two_can("change_rules", at, by)


def _change(tx: Transaction, law: str) -> Answer:
    hold_establishment(tx)
    house = people.establishment(tx.establishment)
    refuse_unusable(law, "", house.zone)
    reached = replaying.persons_booked(tx.establishment, tx.at)
    people.change_establishment(tx, {"law": law})
    return {"replayed": as_plain(replay(tx, reached))}


def _folder() -> Path:
    folder = shelf.house_folder()
    if folder is None:
        raise Fault("the program was started without a folder for rules", remedy="ask whoever runs it")
    return folder


def _rules(arguments: Arguments) -> HouseRules:
    return house_rules.read_rules(arguments.get("form", "").encode(), "the memo")


def _shown(at: UUID, arguments: Arguments) -> Shown:
    return Shown(tuple(_lines(at, _rules(arguments))))


def _lines(at: UUID, rules: HouseRules) -> Iterator[Line]:
    """Say by which law it goes now, and each memo that is new with all that it lays down."""
    house, before = people.establishment(at), house_rules.adopted_in(_folder(), rules.code)
    yield Line("law_now", f"{house.law} {shelf.pack(house.law).hash[:HASH_SHOWN]}")
    yield Line("law", rules.pack)
    for memo in rules.memos[len(before.memos) if before else 0 :]:
        yield Line("memo", memo.number)
        yield Line("signed_on", memo.signed_on.isoformat(), "day")
        yield Line("since", memo.since.isoformat(), "day")
        for rows in zip(*(house_rules.shown(memo, lang) for lang in LANGUAGES), strict=True):
            said = (f"{what}: {answer} ({item})" for what, answer, item in rows)
            yield Line("rule", dict(zip(LANGUAGES, said, strict=True)))


@contextmanager
def _around(_sent: Sent, arguments: Arguments) -> Iterator[Ready]:
    """Check and prove the pack before the transaction; put back what stood there where that fails."""
    with house_rules.proved(_rules(arguments), _folder()) as ready:
        yield ready


def _hold(tx: Transaction, _arguments: Arguments, ready: Ready) -> None:
    ready.take_back()
    hold_establishment(tx)


def _run(tx: Transaction, arguments: Arguments, ready: Ready) -> Answer:
    ready.put()
    return _change(tx, _rules(arguments).pack)


FOUR_EYES = FourEyes(
    act="change_rules",
    takes=frozenset({"form"}),
    shown=_shown,
    run=_run,
    hold=_hold,
    around=_around,
)
