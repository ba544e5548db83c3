"""Close the control port of the private relay to every process but the engine, where the machine allows it.

Whoever may speak to that port can have a voice of a privileged call sent to themself. The rule is one of the
packet filter: only packets of the engine's user reach the port.
"""

from __future__ import annotations

import os
import subprocess

from locutorio.telephony import config
from locutorio.telephony.plane import Plane

CLOSED = "the private relay is asked by the engine alone"
OPEN = "the private relay's control port is open to this machine: listeners are looked for"


def close_control(plane: Plane) -> str:
    """Close the port and say whether it is closed."""
    if os.geteuid() or config.found("iptables") is None:
        return OPEN
    open_control(plane)
    return CLOSED if _iptables("-I", plane) else OPEN


def open_control(plane: Plane) -> None:
    """Take away every rule that `close_control` made for this port."""
    if os.geteuid() or config.found("iptables") is None:
        return
    while _iptables("-D", plane):
        pass


def _iptables(act: str, plane: Plane) -> bool:
    user = config.user_of("kamailio")
    program = config.found("iptables")
    assert user is not None
    assert program is not None
    rule = [
        *(program, "-w", act, "OUTPUT", "-o", "lo", "-p", "udp", "--dport", str(plane.private_control)),
        *("-m", "owner", "!", "--uid-owner", str(user.pw_uid)),
        *("-m", "comment", "--comment", "locutorio: the private relay", "-j", "REJECT"),
    ]
    return subprocess.run(rule, capture_output=True, check=False).returncode == 0  # noqa: S603 - the packet filter's own program
