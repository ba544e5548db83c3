"""The layers of ARCHITECTURE.md are kept, and each contract that says so can fail."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the import contracts of the package in a folder."""
    return subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PATH": "", "PYTHONPATH": str(folder), "PYTHONUTF8": "1", "NO_COLOR": "1"},
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package's Python files that a test may spoil."""
    for path in PACKAGE.rglob("*.py"):
        copy = tmp_path / path.relative_to(PACKAGE.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    return tmp_path


def test_the_contracts_are_kept(house: Path) -> None:
    """Imports go down only, and the core reaches for nothing outside."""
    report = lint(house)

    assert report.returncode == 0, report.stdout


@pytest.mark.parametrize(
    ("module", "statement", "contract"),
    [
        ("kernel/moments.py", "import locutorio.facts.vocabulary", "The flow"),
        ("web/serve.py", "import locutorio.command", "The flow"),
        ("kernel/moments.py", "import time", "The core does no I/O"),
        ("notices/compose.py", "import django", "The core does no I/O"),
        ("record/tree.py", "import secrets", "The core does no I/O"),
        ("record/tree.py", "import locutorio.notices.words", "The flow"),
        ("web/serve.py", "import locutorio.decisions.decide", "Doors ask"),
        ("command/__init__.py", "import locutorio.rules.packs", "Doors ask"),
        ("actions/clock.py", "import django", "Django lives in web and store alone"),
        ("kernel/faults.py", "import locutorio.kernel.texts", "No cycles anywhere"),
        ("letters/__init__.py", "", "The flow"),
    ],
)
def test_a_broken_contract_is_seen(house: Path, module: str, statement: str, contract: str) -> None:
    """Each contract fails when a module reaches where it may not, or a package has no place."""
    path = house / "locutorio" / module
    path.parent.mkdir(exist_ok=True)
    text = path.read_text("utf-8") if path.exists() else ""
    path.write_text(f"{text}\n{statement}\n", "utf-8")

    report = lint(house)

    assert report.returncode == 1
    broken = [line for line in report.stdout.splitlines() if line.endswith("BROKEN")]
    assert any(line.startswith(contract) for line in broken), report.stdout
