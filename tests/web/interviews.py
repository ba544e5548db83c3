"""Interviews whose answers are the facts of worked cases: whom the tests of the pages let ask."""

from dataclasses import dataclass
from functools import cache

from locutorio.actions import shelf
from locutorio.actions.case_text import write_value
from locutorio.facts.case import NONE, UNKNOWN, Case, see
from locutorio.facts.snapshot import Paper, Snapshot, derived
from locutorio.facts.vocabulary import vocabulary
from locutorio.web.open.entries import entries

# One of each kind of contact, of each outcome, with and without papers; `C01b` has every kind of field.
INTERVIEWS = (
    ("us-federal", "A01"),
    ("us-federal", "A06"),
    ("us-federal", "B03"),
    ("us-federal", "C01b"),
    ("us-federal", "C03"),
    ("us-federal", "C15"),
    ("us-federal", "letter-friend-restricted"),
    ("examples", "daughters-escort-no-visa"),
    ("england-wales", "ew-third-visit"),
    ("arcadia", "arcadia-closed-cousin"),
)
EVERY_FIELD = ("us-federal", "C01b")

PAPERS = "instruments"
UNTIL = "instrument.until"


@dataclass(frozen=True)
class Teller:
    """Somebody who knows what a worked case holds, and nothing else."""

    case: Case
    outcome: str

    def seen(self) -> Snapshot:
        """Give what is known on the day of the question."""
        pack = shelf.pack(self.case.law)
        return see(self.case, on=self.case.question.on, zone=pack.zone, kinds=pack.kinds, known_at=None)

    def answer(self, path: str) -> str:
        """Answer a question as a case file writes it; a checklist with its kinds parted by commas."""
        seen = self.seen()
        if path == PAPERS:
            kinds = dict.fromkeys(self._kind(paper) for paper in seen.papers)
            return ",".join(kinds) or (NONE if len(seen.complete) == len(self._kinds()) else UNKNOWN)
        if path.startswith(f"{PAPERS}."):
            kind, _, number = path.removeprefix(f"{PAPERS}.").partition(".")
            return self._form(seen, kind, int(number or "1"))
        before, colon, fact = path.rpartition(":")
        if colon:
            kind, _, number = before.rpartition("-")
            return self._stated(self._papers(seen, kind)[int(number) - 1], fact)
        facts = derived({**seen.facts, "request.on": seen.question.on}, vocabulary())
        return write_value(facts[path]) if path in facts else UNKNOWN

    def _kinds(self) -> list[str]:
        return list(shelf.pack(self.case.law).kinds)

    def _kind(self, paper: Paper) -> str:
        return shelf.pack(self.case.law).forms[paper.form].kind

    def _papers(self, seen: Snapshot, kind: str) -> list[Paper]:
        return [paper for paper in seen.papers if self._kind(paper) == kind]

    def _form(self, seen: Snapshot, kind: str, number: int) -> str:
        papers = self._papers(seen, kind)
        if number <= len(papers):
            return papers[number - 1].form
        return NONE if kind in seen.complete else UNKNOWN

    def _stated(self, paper: Paper, fact: str) -> str:
        if fact not in paper.facts:
            return NONE if fact == UNTIL else UNKNOWN
        return write_value(paper.facts[fact])


@cache
def teller(pack: str, name: str) -> Teller:
    """Give who tells a worked case."""
    entry = entries()[pack, name]
    return Teller(entry.case, entry.decide().outcome.value)
