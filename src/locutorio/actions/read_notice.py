"""Says that a notice was read by the one it was sent to."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from locutorio.kernel.faults import Fault
from locutorio.store import notices
from locutorio.store.transaction import Sent, perform


def read_notice(notice: UUID, sent: Sent, *, readers: Collection[UUID]) -> bool:
    """Note that a notice was read; tell whether it was the first time, which is the one that is kept.

    Args:
        notice: which.
        sent: by whom, and when.
        readers: the person or the contacts for whom the account reads.

    Raises:
        Fault: there is no such notice to any of them.
    """
    told = notices.notice(sent.establishment, notice)
    if not {told.person, told.contact} & {*readers}:
        raise Fault("there is no such notice to you", remedy="look at the list of your notices")
    command = sent.command("read_notice", {"notice": str(notice)})
    return bool(perform(command, lambda tx: {"first": notices.mark_read(tx, notice)})["first"])
