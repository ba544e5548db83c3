"""What overlays say beside a decision that was made without them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from locutorio.decisions.decision import Comment
from locutorio.decisions.findings import Findings
from locutorio.decisions.papers import speaking
from locutorio.decisions.weigh import YES
from locutorio.decisions.weighing import raw_facts
from locutorio.facts.snapshot import Snapshot
from locutorio.rules.generate import Facts
from locutorio.rules.rulebook import ABOUT, Rulebook, Speakers


def comments(snapshot: Snapshot, overlays: Iterable[Rulebook]) -> tuple[Comment, ...]:
    """Give what surely speaks of a case in each overlay; what an unknown fact leaves open is not said."""
    return tuple(comment for book in overlays for comment in _of(snapshot, book))


def asked(snapshot: Snapshot, book: Rulebook) -> tuple[Speakers, Facts]:
    """Give what of an overlay could speak of a case, and the facts it reads."""
    about = snapshot.question.about
    return book.general(about), {**raw_facts(snapshot, book), ABOUT: about}


def _of(snapshot: Snapshot, book: Rulebook) -> Iterator[Comment]:
    findings = Findings(book, snapshot)
    speakers, facts = asked(snapshot, book)
    for one in speaking(speakers, book, facts, snapshot.adopted):
        if one.state == YES:
            yield Comment(overlay=book.pack.name, title=book.pack.title, finding=findings.of(one))
