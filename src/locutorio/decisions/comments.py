"""What overlays say beside a decision that was made without them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from locutorio.decisions.decision import Comment, Decision, Outcome
from locutorio.decisions.findings import Findings
from locutorio.decisions.papers import speaking
from locutorio.decisions.weigh import YES, Said
from locutorio.decisions.weighing import raw_facts
from locutorio.facts.snapshot import Snapshot
from locutorio.rules.generate import Facts, raw
from locutorio.rules.rulebook import ABOUT, Rulebook, Speakers


def comments(snapshot: Snapshot, decision: Decision, overlays: Iterable[Rulebook]) -> tuple[Comment, ...]:
    """Give what surely speaks of a case, or of a paper that stands in it, in each overlay.

    What an unknown fact leaves open is not said.
    """
    return tuple(
        Comment(overlay=book.pack.name, title=book.pack.title, finding=findings.of(one))
        for book in overlays
        for findings in [Findings(book, snapshot)]
        for one in _said(snapshot, decision, book)
        if one.state == YES
    )


def asked(snapshot: Snapshot, book: Rulebook) -> tuple[Speakers, Facts]:
    """Give what of an overlay could speak of a case, and the facts it reads."""
    about = snapshot.question.about
    return book.general(about), {**raw_facts(snapshot, book), ABOUT: about}


def _said(snapshot: Snapshot, decision: Decision, book: Rulebook) -> Iterator[Said]:
    speakers, facts = asked(snapshot, book)
    yield from speaking(speakers, book, facts, snapshot.adopted)
    kinds = {paper.name: paper.kind for paper in decision.instruments if paper.standing is Outcome.STANDS}
    for paper in snapshot.papers:
        if paper.name in kinds:
            own = {**facts, **{path: raw(value) for path, value in paper.facts.items()}}
            yield from speaking(book.judges(kinds[paper.name]), book, own, snapshot.adopted, paper.name)
