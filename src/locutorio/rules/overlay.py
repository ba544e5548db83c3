"""An overlay: a standard without binding force that comments on a case and never decides it."""

from __future__ import annotations

from collections.abc import Iterable

from locutorio.kernel.faults import Fault, Faults
from locutorio.rules.provision import ContestedQuestion, Form, Provision, Raise

_WHY = "an overlay comments and never decides"


def refuse_deciding(
    provisions: Iterable[Provision], forms: Iterable[Form], questions: Iterable[ContestedQuestion]
) -> None:
    """Refuse everything in an overlay that could take part in a decision.

    Raises:
        Faults: each provision that does more than flag, each form, each contested question.
    """
    found = [
        Fault(fault, where=one.place, why=_WHY, remedy=remedy)
        for one in provisions
        for fault, remedy in _of(one)
    ]
    found += [
        Fault(
            f"the overlay holds {what} {one.name}",
            where=one.place,
            why=_WHY,
            remedy="take it out, or into a law",
        )
        for what, held in (("a form", forms), ("the contested question", questions))
        for one in held
    ]
    if found:
        raise Faults(found)


def _of(one: Provision) -> Iterable[tuple[str, str]]:
    if not one.effects or not all(isinstance(effect, Raise) for effect in one.effects):
        yield f"{one.name} does something else than flag", "let its only effect be `flag: NAME`"
    if one.about == "clock":
        yield f"{one.name} is about a clock", "take the line `about:` out"
    if one.residual or one.side or one.overrides:
        yield f"{one.name} is residual, takes a side or overrides", "take that line out"
