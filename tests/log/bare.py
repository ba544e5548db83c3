"""The second verifier on a machine without Locutorio: its Python imports the signature library alone."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import cryptography

from tests.architecture.source import ROOT

NEEDED = ("cryptography", "cffi", "_cffi_backend*", "pycparser")


@cache
def _packages() -> Path:
    """Give a directory that holds the signature library and what it needs, by links."""
    folder, site = Path(mkdtemp(prefix="locutorio-bare-")), Path(cryptography.__file__).parents[1]
    for pattern in NEEDED:
        for found in site.glob(pattern):
            (folder / found.name).symlink_to(found)
    return folder


def python(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run Python without the packages of this environment, in a directory of its own."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", *map(str, arguments)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=_packages(),
        env={},
    )


def verify_proof(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run verifier/verify_proof.py there."""
    begin = (
        f"import sys, runpy; sys.path.append({str(_packages())!r}); sys.argv.pop(0); "
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    return python("-c", begin, ROOT / "verifier" / "verify_proof.py", *arguments)
