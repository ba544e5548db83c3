"""What a record says when what it was shown does not hold."""

from __future__ import annotations

from locutorio.kernel.faults import Fault

_REMEDY = "keep what you were given as it is, and ask the office that gave it for another copy"


class Unproved(Fault):
    """Bytes that claim to be of a record are malformed, or do not prove what they claim. Nothing was changed.

    Args:
        what: what is wrong, one sentence without a full stop.
        why: the rule that it breaks.
    """

    def __init__(self, what: str, why: str = "") -> None:
        super().__init__(what, why=why, remedy=_REMEDY)
