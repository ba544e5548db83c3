"""Whose key is over what: no word about a person or a contact stands under the establishment's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from locutorio.actions.break_glass import Breaking, break_glass
from locutorio.actions.change_account import change_password, stop_account
from locutorio.actions.create_account import NewAccount, Role, create_account
from locutorio.actions.enter_fact import NewFact, enter_fact
from locutorio.actions.erase_due import erase_due
from locutorio.actions.make_token import NewToken, make_token
from locutorio.actions.order_erasure import order_erasure
from locutorio.actions.review_break_glass import Review, review_break_glass
from locutorio.store import accounts
from locutorio.store.log.reading import HERE, payload
from locutorio.store.log.sequencer import sequence
from locutorio.store.models import Account, Entry, Leaf, Token
from locutorio.store.transaction import Transaction, perform
from tests.databases import Store
from tests.establishment import Oak
from tests.replay.booked import founded
from tests.store.planting import MARK
from tests.store.test_erasing import LATER, faults, opened
from tests.store.test_repeated import Doing, _weeks, _what_is_changed
from tests.two_people.officers import lifting, officers, order

_NO_WORD = re.compile(r"|[0-9a-f-]{32,}|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.+]+)?")
_STAFF = "an account of staff: whoever works there is nobody's file"
_RULES = "what the establishment goes by: it is about nobody"
_COURT = "of which court a file is: many cases, and nobody's"
_SLOT = "when and where there are visits, not who comes"
_REGISTER = (
    "a number of an office, or of a lawyer as a lawyer, which the establishment registers for everybody"
)
WHY = {
    ".store_slot.key": _SLOT,
    ".store_slot.room": _SLOT,
    ".store_slot.session": _SLOT,
    ".store_establishment.": _RULES,
    "change_schedule.asked.schedule": _RULES,
    "change_rules.asked.law": _RULES,
    "change_retention.": _RULES,
    "close_date.asked.reason": "why a day is closed, for all to read; the page says to name nobody",
    ".store_closure.reason": "the same",
    ".store_erasure.kind": "that it was a person or a contact",
    ".store_erasure.rule": "kept for ever: whoever writes a ground is told to name nobody",
    ".store_account.": _STAFF,
    ".store_role.role": _STAFF,
    ".store_told.": _STAFF,
    "create_account.asked.": _STAFF,
    "change_password.asked.name": _STAFF,
    "stop_account.asked.name": _STAFF,
    "take_docket.asked.court": _COURT,
    ".store_feedspan.court": _COURT,
    "enter_privileged.": _REGISTER,
    "end_privileged.": _REGISTER,
    ".store_privilegednumber.": _REGISTER,
    ".noted.alone": "a sentence of the program",
}
"""Every word that was found under the establishment's key, by its action and where it stands in an entry."""


def test_no_word_about_anybody_stands_under_the_establishments_key(store: Store) -> None:
    """Every action is sent, and each word of every entry is its subject's, or stands here with its reason."""
    do = Doing(founded())
    sequence(do.oak.id)
    first = Leaf.objects.count()
    _weeks(do)
    _what_is_changed(do)
    sequence()
    _together(do.oak)
    sequence()
    found: dict[str, str] = {}
    actions = dict(Entry.objects.values_list("id", "action"))  # officers of the tests are made without one
    for leaf in Leaf.objects.filter(establishment=do.oak.id, index__gte=first, entry_id__in=actions):
        if leaf.subject is None or leaf.kept_as == HERE:
            action = actions[leaf.entry_id]
            found |= {f"{action}{path}": said for path, said in _words(_content(leaf))}
    unexplained = {where: said for where, said in found.items() if not _explained(where)}
    assert not unexplained
    assert all(any(_at(where, why) for where in found) for why in WHY), "a reason that nothing needs any more"


def _explained(where: str) -> bool:
    return any(_at(where, why) for why in WHY)


def _at(where: str, why: str) -> bool:
    """Tell whether a reason is of a place: of any action where it begins with a dot."""
    return where[where.index(".") :].startswith(why) if why.startswith(".") else where.startswith(why)


def _content(leaf: Leaf) -> dict[str, Any]:
    content = payload(leaf)
    assert content is not None
    changes = content.pop("changes")
    content.pop("digest", None)
    return {**content, **{change["table"]: change["row"] for change in changes}}


def _words(found: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Give every text that is more than an identifier, a hash or a moment, and where it stands."""
    if isinstance(found, dict):
        for name, value in found.items():
            yield from _words(value, f"{path}.{name}")
    elif isinstance(found, list):
        for value in found:
            yield from _words(value, path)
    elif isinstance(found, str) and not _NO_WORD.fullmatch(found):
        yield path, found


def _together(oak: Oak) -> None:
    """What two do, what one does in an emergency, and what people do with their own accounts."""
    staff = officers(oak)
    staff.approve(staff.proposed(lifting(order(oak, "linden", "myrtle"))))
    what = Breaking(oak.people["linden"], oak.contacts["laurel"], "stop", "somebody said so")
    broken = break_glass(what, staff.sent("tansy", "breaks"))
    review_break_glass(Review(broken, "right", "it was needed"), staff.sent("yarrow", "reviews"))
    _theirs(oak, "birch.laurel", Role.FAMILY, contact=oak.contacts["laurel"])
    _theirs(oak, "birch.linden", Role.PERSON, person=oak.people["linden"])
    fact = NewFact("contact.convicted", "no", contact=oak.contacts["myrtle"])
    enter_fact(fact, oak.sent("a fact of nobody's visit"))


def _theirs(oak: Oak, name: str, role: Role, **whom: Any) -> None:
    """Let somebody have an account, which is changed and stopped."""
    new = NewAccount(name, "nine paper lanterns", role, **whom)
    account = create_account(new, oak.sent(f"account {name}"))
    if role == Role.FAMILY:
        make_token(NewToken(account, f"{name} at home"), oak.sent(f"token {name}"))
    change_password(name, "another quiet afternoon", oak.sent(f"password {name}"))
    stop_account(name, oak.sent(f"stop {name}"))


def test_an_account_is_erased_with_who_has_it_unless_it_is_anothers_too(store: Store) -> None:
    """An account's name stands under the key of who has it; one that stays is told anew, and verifies."""
    oak = founded()
    whom = {"rowan": oak.contacts["willow"], "hazel": oak.contacts["holly"]}
    new = NewAccount(f"{MARK}.willow", "nine paper lanterns", Role.FAMILY, contact=whom["rowan"])
    create_account(new, oak.sent("of one alone"))
    both = create_account(replace(new, name="birch.both"), oak.sent("of both"))
    perform(oak.sent("the other").command("give", {}), lambda tx: _also(tx, both, whom["hazel"]))
    make_token(NewToken(both, "at home"), oak.sent("token"))
    sequence(oak.id)
    order_erasure(oak.people["rowan"], "order 12", oak.sent("order"))
    assert erase_due(oak.id, LATER).erased == 2
    assert [*Account.objects.values_list("name", flat=True)] == ["birch.both"]
    assert not Token.objects.exists()
    assert MARK not in opened(oak)
    assert not faults(oak)
    order_erasure(oak.people["hazel"], "order 13", oak.sent("order of the other"))
    erase_due(oak.id, LATER)
    assert not Account.objects.exists()
    assert "birch.both" not in opened(oak)


def _also(tx: Transaction, account: UUID, contact: UUID) -> dict[str, str]:
    accounts.give_role(tx, account, Role.FAMILY, contact=contact)
    return {}
