"""The one digit that a recorder listens for: either party presses five to say that the call is privileged."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable

from locutorio.telephony.ng import LOOPBACK

CLAIM = 5
_LENGTH_MAX = 4_096


def listened(port: int, claimed: Callable[[str, str], object]) -> None:
    """Hear what is pressed, as the relay tells it, for good; every other digit is forgotten at once.

    Args:
        port: where the relay tells it.
        claimed: what is done with the call and the tag of the party that pressed five.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind((LOOPBACK, port))
        while True:
            try:
                told = json.loads(door.recv(_LENGTH_MAX))
                if told["event"] == CLAIM:
                    claimed(str(told["callid"]), str(told["source_tag"]))
            except (ValueError, LookupError, TypeError):
                continue
