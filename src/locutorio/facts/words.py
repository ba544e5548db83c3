"""The words of a case that only the law it names can know, kept with their places until that law is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from locutorio.kernel.faults import Fault, Place, suggestion
from locutorio.kernel.texts import Node

_LIST = "`locutorio law list --law LAW` shows every name"
_REFUSALS = {
    "law": "is not a law that is here",
    "clock": "is not a clock of this law",
    "form": "is not a form of paper of this law",
    "kind": "is not a kind of paper of this law",
    "adopt": "is not a provision or a catalogue row of this law, so it cannot be adopted",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word and what it names: a law, clock, form, kind of paper, or text to adopt."""

    what: str
    text: str
    place: Place


def words_of(entries: Mapping[str, Node]) -> Iterator[Word]:
    """Give the words of a case, from its entries, that only the law can know."""
    if "law" in entries:
        yield _word("law", entries["law"])
    question = entries["question"].entries()
    if "clock" in question:
        yield _word("clock", question["clock"])
    for paper in entries["instruments"].items() if "instruments" in entries else ():
        yield _word("form", paper.entries()["form"])
    complete = entries.get("complete")
    for kind in complete.items() if complete and isinstance(complete.value, list) else ():
        yield _word("kind", kind)
    for adopted in entries["adopt"].items() if "adopt" in entries else ():
        yield _word("adopt", adopted)


def _word(what: str, node: Node) -> Word:
    return Word(what, node.text(), node.place)


def refuse_unknown(words: Iterable[Word], what: str, known: Collection[str]) -> None:
    """Refuse a word of one sort (law, clock, form, kind or adopt) that is not known.

    Raises:
        Fault: at the first such word.
    """
    for word in words:
        if word.what == what and word.text not in known:
            remedy = suggestion(word.text, known, otherwise=_LIST)
            raise Fault(f'"{word.text}" {_REFUSALS[what]}', where=word.place, remedy=remedy)
