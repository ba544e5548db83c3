"""``python -m locutorio.web``: serve on the port that PORT names in the environment, or on a free one."""

import os
import sys

from locutorio.kernel.faults import Fault, Faults
from locutorio.web.serve import serve


def _port() -> int | None:
    """Give the port asked for.

    Raises:
        Fault: PORT is no number of a port.
    """
    named = os.environ.get("PORT", "")
    if not named:
        return None
    if not named.isascii() or not named.isdigit():
        raise Fault(f'PORT is "{named}"', why="a port is a number", remedy="write it like PORT=8000")
    return int(named)


try:
    serve(_port())
except (Fault, Faults) as fault:
    sys.exit(str(fault))
