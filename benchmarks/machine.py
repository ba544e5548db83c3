"""What a figure was measured on."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def processor() -> str:
    """Give the model of the processor, as Linux names it, or the machine's kind."""
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text("utf-8").splitlines() if listed.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


def described() -> dict[str, object]:
    """Give processor, cores, load and the versions everything else rests on."""
    return {
        "processor": processor(),
        "cores": os.cpu_count() or 1,
        "load": round(os.getloadavg()[0], 1),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
    }
