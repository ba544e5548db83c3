"""Leaks that are sown into the program, each a mistake somebody could make; the property finds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from locutorio.actions import decided_shown
from locutorio.notices.audience import Reader
from locutorio.store.models import Contact, Leaf, Person
from tests.privacy.planting import Plan, Step

PLAN = Plan(
    law="us-federal",
    languages=("en", "es", "en"),
    before=(Step("birthday", "linden", "myrtle", 0), Step("told", "hazel", "holly", 0)),
    visits=(
        ("rowan", ("alder",)),
        ("linden", ("laurel", "myrtle")),
        ("hazel", ("holly",)),
        ("rowan", ("alder", "holly")),
        ("hazel", ("alder",)),
    ),
    after=(
        Step("note", "linden", "myrtle", 0),
        Step("supervision", "rowan", "alder", 1),
        Step("order", "hazel", "holly", 0),
        Step("measure", "linden", "laurel", 0),
        Step("separation", "hazel", "alder", 0),
    ),
)


@dataclass(frozen=True)
class Leak:
    """``where`` names a function of the program, ``becomes`` what stands there instead; ``found_by`` one of
    the readers who then learn what they may not.
    """

    says: str
    where: str
    becomes: Callable[..., Any]
    found_by: str


def _everybody(_: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *_: frozenset(Contact.objects.values_list("id", flat=True))


def _to_all(real: Callable[..., Any]) -> Callable[..., Any]:
    return lambda words, what, _: real(words, what, Reader.CONTACT)


def _of_everybody(real: Callable[..., Any]) -> Callable[..., Any]:
    return lambda at, _, readings: [
        one for person in Person.objects.all() for one in real(at, person.id, readings)
    ]


def _whole_entry(real: Callable[..., Any]) -> Callable[..., Any]:
    def leaf_of_notice(at: Any, notice: Any) -> Any:
        leaf = real(at, notice)
        return leaf and Leaf.objects.get(entry_id=leaf.entry_id, part=0)

    return leaf_of_notice


LEAKS = (
    Leak(
        "the vocabulary is not asked who can know a fact",
        "locutorio.notices.audience.may_know",
        lambda _: lambda *_: True,
        "rowan",
    ),
    Leak(
        "papers and limits of the person stay in the letter to a contact",
        "locutorio.notices.audience._cut",
        lambda _: lambda decision, *_: decision,
        "of laurel",
    ),
    Leak(
        "a page shows the whole letter of a decision",
        "locutorio.web.requests_shown.letter_to",
        lambda _: lambda decided, _reader, _naming, lang: decided_shown.letter_of(decided, lang),
        "of laurel",
    ),
    Leak(
        "a page shows the letters of the whole party",
        "locutorio.actions.visits_seen.own_contacts",
        _everybody,
        "of holly",
    ),
    Leak(
        "a family has everybody on the list",
        "locutorio.actions.visits_seen.family",
        _everybody,
        "of laurel",
    ),
    Leak(
        "no read asks whose it is",
        "locutorio.actions.visits_seen.reading",
        lambda _: lambda *_: nullcontext(),
        "of laurel",
    ),
    Leak(
        "the person is told what the officer at the gate wrote",
        "locutorio.notices.refused_at_gate._own",
        _to_all,
        "linden",
    ),
    Leak(
        "a person sees who was told what about others",
        "locutorio.store.disclosing.disclosures",
        _of_everybody,
        "rowan",
    ),
    Leak(
        "the proof of a notice holds the whole entry",
        "locutorio.store.log.proving.leaf_of_notice",
        _whole_entry,
        "of laurel",
    ),
    Leak(
        "an entry names every act that it came of",
        "locutorio.store.log.sequencer.VEILED",
        lambda _: frozenset(),
        "of alder",
    ),
)


@contextmanager
def sown(leak: Leak) -> Iterator[None]:
    """Sow a leak for a while."""
    module, _, name = leak.where.rpartition(".")
    with ExitStack() as stack:
        found = __import__(module, fromlist=[name])
        stack.enter_context(patch.object(found, name, leak.becomes(getattr(found, name))))
        yield
