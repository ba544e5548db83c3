"""The installed command itself, as a process: its outputs, its exit codes, its pipes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.malformed.cases import CASES
from tests.malformed.inputs import GOOD, Malformed
from tests.malformed.packs import PACKS

COMMAND = str(Path(sys.executable).with_name("locutorio"))
CHOSEN = (
    *(
        "tag-of-code",
        "brackets-100000",
        "ten-megabytes",
        "not-utf-8",
        "day-american",
        "fact-unknown",
        "two-documents",
    ),
    *("code-import", "overrides-in-a-circle", "path-in-the-zone"),
)
SECONDS_MAX = 5


def run(arguments: str, folder: Path, *, given: bytes | None = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a line of the shell in a folder that holds a good case; ``$0`` stands for the command."""
    (folder / "case.yaml").write_text(GOOD, "utf-8")
    return subprocess.run(
        ["sh", "-c", arguments, COMMAND],
        cwd=folder,
        check=False,
        capture_output=True,
        input=given,
        timeout=4 * SECONDS_MAX,
    )


@pytest.mark.parametrize(
    "one", [one for one in (*CASES, *PACKS) if one.name in CHOSEN], ids=lambda one: str(one.name)
)
def test_the_process_refuses(one: Malformed, tmp_path: Path) -> None:
    """The real command refuses as the tests in process say: soon, in words, without running what it read."""
    arguments = one.lay_out(tmp_path)
    before = set(tmp_path.rglob("*"))
    began = time.perf_counter()
    done = subprocess.run([COMMAND, *arguments], cwd=tmp_path, check=False, capture_output=True, text=True)
    seconds = time.perf_counter() - began
    told = done.stdout if one.code == 4 else done.stderr

    assert done.returncode == one.code
    assert [words for words in one.says if words not in told] == []
    assert one.place is None or one.place in told
    assert "Traceback" not in done.stdout + done.stderr
    assert one.code == 4 or done.stdout == ""
    assert set(tmp_path.rglob("*")) == before
    assert seconds < SECONDS_MAX


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("$0 decide - < /dev/null", 3, "standard input is empty"),
        ("$0 decide - <&-", 3, "standard input is closed"),
        ("head -c 9000000 /dev/zero | $0 decide -", 3, "standard input is too large"),
        ("$0 decide case.yaml > /dev/full", 3, "the answer cannot be written"),
        ("$0 decide", 2, "no case file is named"),
        ("$0 decide --sure case.yaml", 2, "No such option"),
        ("$0 decied", 2, "No such command"),
        ("$0 decide nowhere.yaml 2>&-", 3, ""),
        ("printf 'law: \\377' | $0 decide -", 3, "standard input, line 1, column 6: this is not UTF-8"),
        ("$0 decide \"$(printf '\\377')\"", 3, "cannot be read"),
    ],
)
def test_the_process_and_its_pipes(line: str, code: int, says: str, tmp_path: Path) -> None:
    """Whatever its pipes and arguments hold, the command ends with its code and says why."""
    done = run(line, tmp_path)

    assert done.returncode == code
    assert says in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""


@pytest.mark.parametrize(
    "arguments", [["law", "list"], ["decide", "case.yaml", "--json"]], ids=["list", "decide"]
)
def test_a_reader_may_leave(arguments: list[str], tmp_path: Path) -> None:
    """Whoever closes the pipe early, as `head` does, has read enough: nothing went wrong."""
    (tmp_path / "case.yaml").write_text(GOOD, "utf-8")
    running = subprocess.Popen(
        [COMMAND, *arguments], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.read(1)
    running.stdout.close()

    assert running.wait(4 * SECONDS_MAX) == 0
    assert running.stderr.read() == b""
    running.stderr.close()


def test_a_reader_who_leaves_does_not_make_a_pack_valid(tmp_path: Path) -> None:
    """A check whose pipe was closed goes on, and ends with the code of what it found."""
    (one,) = (one for one in PACKS if one.name == "source-unknown")
    one.lay_out(tmp_path)
    running = subprocess.Popen(
        [COMMAND, "check", "law", "--no-write"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()

    assert running.wait(4 * SECONDS_MAX) == 4
    assert running.stderr.read() == b""
    running.stderr.close()


def test_a_terminal_without_accents(tmp_path: Path) -> None:
    """A terminal that knows no accents gets an answer all the same."""
    (tmp_path / "case.yaml").write_text(GOOD, "utf-8")
    done = subprocess.run(
        [COMMAND, "decide", "case.yaml", "--lang", "es"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
        capture_output=True,
    )

    assert done.returncode == 0
    assert done.stderr == b""
    assert b"todav?a" in done.stdout
