"""A little of the campaign in which processes of the telephone die under calls."""

import pytest

from tests.telephony import faults
from tests.telephony.wire import lacking


def test_nobody_talks_too_long_or_unseen() -> None:
    """Each process dies at random while people call: no call is too long, unrecorded, or counted wrong."""
    if reason := lacking("kamailio", "rtpengine"):
        pytest.skip(reason)
    done = faults.batch(1, seconds=20)
    assert done.count
