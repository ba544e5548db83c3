"""Says that a notice was read by the one it was sent to."""

from __future__ import annotations

from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.store import notices
from locutorio.store.transaction import Sent, perform


def read_notice(notice: UUID, sent: Sent) -> bool:
    """Note that a notice was read; tell whether it was the first time, which is the one that is kept.

    Args:
        notice: which.
        sent: by whom, and when.

    Raises:
        Refused: there is no such notice to whom the account acts for.
    """
    authorize(sent.by, "read_notice", About(sent.establishment, "notice", notice))
    command = sent.command("read_notice", {"notice": str(notice)})
    return bool(perform(command, lambda tx: {"first": notices.mark_read(tx, notice)})["first"])
