"""Files by others are the files they say they are."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "src/locutorio/web/static/vendor/uswds", ROOT / "tests/web/vendor")
ROW = re.compile(r"^\| `([^`]+)` \| `([0-9a-f]{64})` \|$", re.MULTILINE)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_file_by_others_has_the_hash_that_its_origin_states(folder: Path) -> None:
    """ORIGIN.md names every file of its folder with its SHA-256, and no other file stands there."""
    stated = dict(ROW.findall((folder / "ORIGIN.md").read_text(encoding="utf-8")))
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "ORIGIN.md"
    }

    assert found == stated


def test_the_styles_load_nothing_that_is_not_beside_them() -> None:
    """Every file that a style sheet names stands beside it; none is on another host."""
    static = ROOT / "src/locutorio/web/static"
    for sheet in static.rglob("*.css"):
        for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", sheet.read_text(encoding="utf-8")):
            assert (sheet.parent / address).is_file(), f"{sheet.name}: {address}"
