"""A paper as a file brings it, compared with those that are here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from locutorio.actions.importing.remarks import Unread
from locutorio.facts.case import PAPERS_MAX
from locutorio.store import changes
from locutorio.store.imported import papers_here
from locutorio.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Brought:
    """A paper of a file: it holds from ``since`` up to, not including, ``until``."""

    person: UUID
    contact: UUID | None
    form: str
    facts: Mapping[str, str]
    since: date | None
    until: date | None
    source: str


class Papers:
    """The papers that are here and those that the file has brought so far."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        entered = papers_here(tx.establishment)
        self._here = [Brought(*(getattr(row, name) for name in Brought.__slots__)) for row in entered]
        self._count = Counter(row.person for row in entered if row.ended_on is None)

    def here(self, found: Brought) -> bool:
        """Tell whether a paper is here already, also where it was ended since: it does not come back.

        Raises:
            Unread: it is, and says something else; or the person has as many as a case can hold.
        """
        if found in self._here:
            return True
        if any(_same_paper(one, found) for one in self._here):
            raise Unread("paper_says_otherwise", column="paper_no")
        if self._count[found.person] >= PAPERS_MAX:
            raise Unread("papers_many", column="inmate_person_no", most=str(PAPERS_MAX))
        return False

    def bring(self, found: Brought) -> None:
        """Know that a paper will be here."""
        self._here.append(found)
        self._count[found.person] += 1

    def write(self, found: Brought) -> None:
        """Enter a paper."""
        columns = {name: getattr(found, name) for name in ("form", "since", "until", "source")}
        ids = {"person_id": found.person, "contact_id": found.contact}
        changes.add_paper(self._tx, {**columns, **ids, "facts": dict(found.facts)})


def _same_paper(one: Brought, other: Brought) -> bool:
    """Tell whether two are one paper: of one number about the same people, and for the same thing."""
    return _number(one) == _number(other)


def _number(one: Brought) -> tuple[object, ...]:
    stated = frozenset(name for name, value in one.facts.items() if value == "yes")
    return one.person, one.contact, one.form, one.source, stated
