"""What a command answered that was carried out before: from what waits for the log, or from the log."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from locutorio.kernel.faults import Fault
from locutorio.store.commands import Command
from locutorio.store.context import within
from locutorio.store.log.reading import content_of
from locutorio.store.models import Entry


@within
def carried_out(establishment: UUID, command: UUID) -> bool:
    """Tell whether the command of an identifier was carried out."""
    return Entry.objects.filter(establishment=establishment, command=command).exists()


def answered_before(command: Command) -> dict[str, Any] | None:
    """Give what a command answered, if it was carried out.

    Raises:
        Fault: its identifier was used for something else, or what it was about was erased since.
    """
    found = (
        Entry.objects.filter(establishment=command.establishment, command=command.id)
        .values_list("id", flat=True)
        .first()
    )
    if found is None:
        return None
    content = content_of(command.establishment, found)
    if content is None:
        raise Fault(
            f"the change {command.id} was made before, and what it was about was erased since",
            why="its answer stood in what was erased",
            remedy="nothing was changed: look at how things stand now",
        )
    if content["digest"] != command.digest:
        raise Fault(
            f"the identifier {command.id} was used for another change",
            why="each change has an identifier of its own, so that none is made twice",
            remedy="nothing was changed: send it with a new identifier",
        )
    return dict(content["answer"])
