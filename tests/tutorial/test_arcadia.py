"""The tutorial is followed to the letter: each file written, each command run, each output compared."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import ROOT, read

TUTORIAL = "docs/tutorial/arcadia.md"
FILE = Path("my-arcadia/custody_act/4_9_party.yaml")
STATUS = "$ echo $?\n"


def steps() -> Iterator[tuple[str, str]]:
    """Give the language and text of every block of the tutorial, in order."""
    for found in re.finditer(
        r"^```(yaml|console)\n(.*?)^```$", read(TUTORIAL), flags=re.MULTILINE | re.DOTALL
    ):
        yield found[1], found[2]


def written(before: str, block: str) -> str:
    """Give the file after a block: a section of law takes the place of the law, anything else is added."""
    if not block.startswith("instrument:"):
        return before + block
    _, mark, cases = before.partition("---\n")
    return block + mark + cases


def settled(text: str) -> str:
    """Give an output without what differs from one run to the next."""
    return re.sub(r"\(\d+\.\d s\)", "(time)", re.sub(r"hash [0-9a-f]{16}", "hash", text))


def test_the_tutorial_shows_what_happens(tmp_path: Path) -> None:
    """Whoever follows the tutorial sees on the screen what it shows."""
    (tmp_path / "src").symlink_to(ROOT / "src")
    (tmp_path / ".venv").symlink_to(Path(sys.prefix))
    followed = 0
    for language, block in steps():
        if language == "yaml":
            path = tmp_path / FILE
            path.write_text(written(path.read_text("utf-8") if path.exists() else "", block), "utf-8")
            continue
        command, _, shown = block.removeprefix("$ ").partition("\n")
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        output, _, status = shown.partition(STATUS)

        assert settled(done.stdout + done.stderr) == settled(output), command
        assert str(done.returncode) == (status.strip() or "0"), command
        followed += 1

    assert followed == read(TUTORIAL).count("```console")
    assert not (tmp_path / "my-arcadia").exists()
