"""Which form of a law a kind of restriction is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from locutorio.kernel.texts import read_bytes, read_documents

FILE = Path(__file__).with_name("forms.yaml")
HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Form:
    """A form with what it states. ``by``: court, office or anyone; ``about``: contact, person or either."""

    form: str
    by: str
    about: str
    facts: Mapping[str, str]


class Forms:
    """The forms of one law."""

    def __init__(self, law: str) -> None:
        self.law = law
        self._forms = _all().get(HOUSE if law.startswith(f"{HOUSE}-") else law, {})

    def form(self, kind: str, *, office: str | None, court: bool) -> Form | None:
        """Give the form of a kind of restriction that an authority made; None where none fits.

        Args:
            kind: of restriction.
            office: that made it, None where it is not known which.
            court: whether it is a court.
        """
        found = self._forms.get(kind)
        if found is None or ((found.by == "court") != court and found.by != "anyone"):
            return None
        stated = {"decider": office or "unknown"}
        return Form(found.form, found.by, found.about, {**stated, **found.facts})


@cache
def _all() -> Mapping[str, Mapping[str, Form]]:
    (document,) = read_documents(read_bytes(FILE), FILE.name)
    return {
        law: {
            kind: Form(
                parts.entries()["form"].text(),
                parts.entries()["by"].choice(("court", "office", "anyone")),
                parts.entries()["about"].choice(("contact", "person", "either")),
                {name: value.text() for name, value in parts.entries()["states"].entries().items()},
            )
            for kind, parts in kinds.entries().items()
        }
        for law, kinds in document.entries().items()
    }
