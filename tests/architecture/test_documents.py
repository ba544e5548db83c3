"""The documents say what is true: links lead somewhere, commands exist, shown outputs are real."""

import json
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT, blocks, files, read, rows

DOCUMENTS = tuple(path for path in files() if path.endswith(".md") and not path.startswith("src/"))
SCREENS_MAX, SCREEN_LINES = 3, 50
LEFT_OUT = "[…]"


@pytest.mark.parametrize("path", DOCUMENTS)
def test_links_lead_somewhere(path: str) -> None:
    """Every link to a file of the repository points at one that exists."""
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", read(path))
    lost = [target for target in targets if not (ROOT / path).parent.joinpath(target).exists()]

    assert lost == []


@pytest.mark.parametrize("path", DOCUMENTS)
def test_make_targets_exist(path: str) -> None:
    """Every `make` target that a document names is in the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), flags=re.MULTILINE))
    named = set(re.findall(r"(?:`|^ {4}|^\$ )make ([a-z]+)\b", read(path), flags=re.MULTILINE))

    assert named <= targets


@pytest.mark.parametrize("path", DOCUMENTS)
def test_commands_exist(path: str) -> None:
    """Every `locutorio` command that a document names is one."""
    named = set(re.findall(r"(?:`|^ {4}|^\$ )locutorio ([a-z][a-z-]*)", read(path), flags=re.MULTILINE))

    for command in sorted(named):
        assert run(f"locutorio {command} --help").returncode == 0, command


@cache
def run(command: str) -> subprocess.CompletedProcess[str]:
    """Run a `locutorio` command line of a document, from the root of the repository."""
    program, *arguments = shlex.split(command)
    assert program == "locutorio"
    return subprocess.run(
        [str(Path(sys.executable).with_name("locutorio")), *arguments],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={
            "PATH": "",
            "COLUMNS": "120",
            "NO_COLOR": "1",
            "PYTHONUTF8": "1",
            "PYTHONPATH": str(ROOT / "src"),
        },
    )


def shown() -> list[tuple[str, str, str]]:
    """Give document, command and printed output of every block that shows a run of the program."""
    return [
        (path, block.split("\n", 1)[0].removeprefix("$ "), block.split("\n", 1)[1])
        for path in DOCUMENTS
        for block in blocks(read(path), "console")
        if block.startswith("$ locutorio ")
    ]


def test_the_readme_shows_a_real_answer() -> None:
    """The first screen of the README shows the program deciding."""
    first_screen = "\n".join(read("README.md").splitlines()[:SCREEN_LINES])

    assert "$ locutorio decide examples/" in first_screen


@pytest.mark.parametrize(("path", "command", "output"), shown())
def test_shown_output_is_what_is_printed(path: str, command: str, output: str) -> None:
    """An output shown in a document is what the program prints; “[…]” stands for lines left out."""
    printed = run(command).stdout
    parts = [part.strip("\n") for part in output.split(LEFT_OUT)]
    pattern = r"\n(?:.*\n)*".join(re.escape(part) for part in parts if part)

    assert re.search(rf"^{pattern}$", printed, flags=re.MULTILINE), (
        f"{path} shows what is not printed:\n{printed}"
    )


def test_the_architecture_fits_three_screens_and_names_every_package() -> None:
    """ARCHITECTURE.md is short, and no package is missing from its tree."""
    text = read("ARCHITECTURE.md")
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}

    assert len(text.splitlines()) <= SCREENS_MAX * SCREEN_LINES
    assert {package for package in packages if f"{package}/" not in text} == set()


@pytest.mark.parametrize("path", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_files_named_exist(path: str) -> None:
    """Every Python file that a walk or a recipe names is there."""
    named = set(re.findall(r"`([a-z_/]+\.py)`", read(path)))
    lost = {name for name in named if not list(PACKAGE.rglob(name)) and not (ROOT / name).exists()}

    assert lost == set()


@pytest.mark.parametrize("folder", ["docs/adr", "docs/readings"])
def test_numbered_documents_are_listed(folder: str) -> None:
    """Every numbered document is listed with its title, each number once and in order."""
    numbered = sorted(path for path in files() if re.match(rf"{folder}/\d{{4}}-[a-z0-9-]+\.md$", path))
    expected = [f"| [{Path(path).name[:4]}]({Path(path).name}) | {title(path)} |" for path in numbered]
    listed = re.findall(r"^\| \[\d{4}\].*$", read(f"{folder}/README.md"), flags=re.MULTILINE)

    assert listed == expected, "\n".join(["the index should be:", *expected])
    assert len({Path(path).name[:4] for path in numbered}) == len(numbered)


def title(path: str) -> str:
    """Give the first heading of a numbered document without its number."""
    return re.sub(r"^# (?:Reading )?\d+[.:]? *", "", read(path).splitlines()[0])


def test_every_example_is_listed() -> None:
    """Each example file has a row in examples/README.md, with its question and its answer."""
    files_here = (path for path in files() if re.match(r"examples/[^/]*\.yaml$", path))
    examples = {path.removeprefix("examples/") for path in files_here}
    listed = {linked(row[0]) for row in rows(read("examples/README.md"))}

    assert listed == examples


@pytest.mark.parametrize("row", list(rows(read("examples/README.md"))), ids=lambda row: linked(row[0]))
def test_every_example_has_the_answer_it_is_listed_with(row: tuple[str, ...]) -> None:
    """The answer beside an example is the one the program gives."""
    name, *_, answer = row
    decided = run(f"locutorio decide examples/{linked(name)} --json")

    assert decided.returncode == 0, decided.stderr
    assert json.loads(decided.stdout)["decision"]["outcome"] == answer.strip("`")


def linked(cell: str) -> str:
    """Give the target of the link in a cell of a table."""
    return cell.rpartition("](")[2].removesuffix(")")
