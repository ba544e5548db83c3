"""The forms of paper that an establishment's law knows, and what each of them states."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from locutorio.actions import shelf
from locutorio.actions.authority import About, reading
from locutorio.actions.new_paper import NAMES_CONTACT
from locutorio.facts.vocabulary import FactKind, Text, vocabulary
from locutorio.kernel.faults import Fault, suggestion
from locutorio.store import people
from locutorio.store.actor import Actor

_BOUNDS = ("from", "until")


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A form: what it is called, where the law has it, and the facts that such a paper states, by name.

    ``of_contact`` tells whether such a paper can be about one contact, ``by_two`` whether two enter it.
    """

    name: str
    title: Text
    kind: Text
    citation: str
    parameters: tuple[tuple[str, FactKind], ...]
    of_contact: bool
    by_two: bool


def paper_forms(by: Actor, at: UUID) -> tuple[PaperForm, ...]:
    """Give the forms of an establishment's law, in its order."""
    with reading(by, "read_papers", About(at)):
        return _forms(at)


def paper_form(by: Actor, at: UUID, name: str) -> PaperForm:
    """Give one form.

    Raises:
        Fault: the law has no such form.
    """
    with reading(by, "read_papers", About(at)):
        forms = {form.name: form for form in _forms(at)}
    if name not in forms:
        raise Fault(f'the law has no form "{name}"', remedy=suggestion(name, forms))
    return forms[name]


def _forms(at: UUID) -> tuple[PaperForm, ...]:
    law = shelf.pack(people.establishment(at).law)
    words = vocabulary().facts
    return tuple(
        PaperForm(
            name,
            form.title,
            law.kinds[form.kind].label,
            form.citation,
            tuple(
                (word, words[f"instrument.{word}"])
                for word in form.parameters
                if word not in {*_BOUNDS, NAMES_CONTACT}
            ),
            NAMES_CONTACT in form.parameters,
            law.kinds[form.kind].by_two,
        )
        for name, form in law.forms.items()
    )
