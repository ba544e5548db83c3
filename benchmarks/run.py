"""`make bench`: one decision on all shipped law, beside Cedar, OPA's Rego, Google's CEL and OpenFisca; then a
million and a half at once, beside OpenFisca and Cedar.

Prints a table and ratios, and writes build/bench.json. Exit 1 if an engine says that others speak.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from benchmarks.report import main

    sys.exit(main())
