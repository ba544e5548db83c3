"""What an event means, written in fields by the keeper of the file, where its words are in no known form."""

from __future__ import annotations

from locutorio.chronicle.people import People
from locutorio.chronicle.phrases import phrases
from locutorio.chronicle.values import CHANNELS, Amount, Event, Force, Statement, Told
from locutorio.kernel.texts import Node

DOES = {"permits": True, "bars": False, "happened": True, "stopped": False}
_FACTS = ("happened", "stopped")
_FIELDS = ("channels", "count", "per", "minutes", "pooled", "terms", "by")
UNITS = ("day", "week", "month", "year")


def read_means(node: Node, event: Event, people: People) -> tuple[Told, ...]:
    """Read the list ``means``: to whom or to which class it does what, in which channels, how often.

    Raises:
        Fault: a line cannot be used, and why.
    """
    return tuple(_meaning(item, event, people) for item in node.items())


def _meaning(node: Node, event: Event, people: People) -> Told:
    entries = node.entries(required=["whom", "does"], optional=_FIELDS)
    whom = [one.text() for one in entries["whom"].items()]
    classes = frozenset(phrases().classes.values())
    for one, item in zip(whom, entries["whom"].items(), strict=True):
        if people.get(one) is None and one not in classes:
            item.fail(
                f'"{one}" is nobody of this file',
                remedy=f"write a token, or one of: {', '.join(sorted(classes))}",
            )
    does = entries["does"].choice(list(DOES))
    channels = (
        tuple(one.choice(list(CHANNELS)) for one in entries["channels"].items())
        if "channels" in entries
        else CHANNELS
    )
    amount = None
    if "count" in entries:
        count = entries["count"].whole()
        amount = Amount(
            count,
            count,
            entries["per"].choice(list(UNITS)) if "per" in entries else "all",
            minutes=entries["minutes"].whole() if "minutes" in entries else None,
            pooled=tuple(one.text() for one in entries["pooled"].items()) if "pooled" in entries else (),
        )
    by = entries["by"].text() if "by" in entries else None
    force = Force.FACT if does in _FACTS else (Force.DECREED if by and by in event.who else Force.STATED)
    text = f"{', '.join(whom)}: {does} {', '.join(channels)}"
    statement = Statement(
        event=event.name,
        path="means",
        text=text,
        force=force,
        channels=channels,
        yes=DOES[does],
        since=event.days,
        whom=tuple(one for one in whom if people.get(one) is not None),
        classes=tuple(one for one in whom if people.get(one) is None),
        terms=tuple(one.text() for one in entries["terms"].items()) if "terms" in entries else (),
        amount=amount,
        by=by,
    )
    return Told("means", text, (statement,))
