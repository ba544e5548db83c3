"""Answers that were given before: the same case has the same answer, so it is worked out once.

An answer rests on the case and the law alone. What is kept is found by all of the case, whoever it is about,
under the edition of the law.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from threading import Lock

from locutorio.actions import answer, shelf
from locutorio.actions.case_text import case_text
from locutorio.decisions.decision import Decision
from locutorio.facts.case import Case
from locutorio.notices.document import Json, as_document
from locutorio.store.statements import Written

_KEPT_MAX = 5_000


@dataclass
class Judged:
    """A case with its answer; its text, and the answer in a language, are made when first asked for."""

    case: Case
    decision: Decision
    _documents: dict[str, Written] = field(default_factory=dict)
    _text: str = ""

    @property
    def text(self) -> str:
        """The case as a file."""
        if not self._text:
            self._text = case_text(self.case)
        return self._text

    def document(self, language: str) -> Mapping[str, Json]:
        """Give the answer in a language, as it is kept."""
        if language not in self._documents:
            self._documents[language] = Written(as_document(self.decision, language))
        return self._documents[language]


_judged: OrderedDict[Hashable, Judged] = OrderedDict()
_lock = Lock()


def judged(case: Case) -> Judged:
    """Give the answer to a case, as it was worked out before or now.

    Raises:
        Fault: as `answer.answer`.
    """
    key = _key(case)
    with _lock:
        found = _judged.get(key)
    if found is None:
        found = Judged(case, answer.answer(case))
    with _lock:
        _judged[key] = found
        _judged.move_to_end(key)
        while len(_judged) > _KEPT_MAX:
            _judged.popitem(last=False)
    return found


def _key(case: Case) -> Hashable:
    papers = tuple(
        (one.name, one.form, tuple(one.facts.items()), one.known_at, one.source) for one in case.papers
    )
    edition = (case.law, shelf.pack(case.law).hash)
    return (*edition, case.question, tuple(case.facts.items()), papers, case.complete, case.adopt)
