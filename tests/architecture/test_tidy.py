"""The house is tidy: short files, short functions, one word for each concept, nothing left lying about."""

import ast
import re
from collections.abc import Iterator

import pytest

from locutorio.facts.vocabulary import vocabulary
from tests.architecture.source import (
    ROOT,
    Name,
    files,
    functions,
    names,
    project,
    python_files,
    read,
    rows,
)

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 60
CLOCK = "src/locutorio/actions/clock.py"
FIRST_TABLES = "src/locutorio/store/migrations/0001_initial.py"
CLOCK_CALLS = {"now", "utcnow", "today", "time", "time_ns"}
EMPTY_PACKAGE_NAMES = {"utils", "util", "helpers", "common", "misc", "lib"}
TOOLS = {"uv", "chromium", "kamailio", "rtpengine-daemon", "iptables", "sip-tester"}
LEFT_OPEN = re.compile(r"\b(?:T[O]DO|F[I]XME|X[X]X|H[A]CK)\b")
MACHINE_PATH = re.compile(r"(?<![\w.~])/(?:work|root|home|Users|tmp|mnt|opt)/\w")


def never() -> dict[str, str]:
    """Give each word that GLOSSARY.md says may never stand in a name, with the word to use."""
    return {
        word: use
        for _, use, banned, *_ in rows(read("GLOSSARY.md"))
        for word in re.split(r",\s*", banned)
        if word
    }


def vocabulary_names() -> Iterator[Name]:
    """Give every name that the vocabulary defines: of facts, offices, conditions and the rest."""
    words = vocabulary()
    for section in (words.facts, words.offices, words.conditions, words.allowances, words.flags, words.units):
        for name in section:
            yield Name(name, "the vocabulary", 0)


@pytest.mark.parametrize("path", [path for path in python_files() if path != FIRST_TABLES])
def test_no_file_is_long(path: str) -> None:
    """Every Python file can be read in one sitting; the first tables are as Django prints them."""
    length = len(read(path).splitlines())

    assert length <= FILE_LINES_MAX


@pytest.mark.parametrize("path", python_files())
def test_no_function_is_long(path: str) -> None:
    """Every function fits on a screen."""
    long = [f.name for f in functions(path) if (f.end_lineno or 0) - f.lineno >= FUNCTION_LINES_MAX]

    assert long == []


def test_the_glossary_names_words_to_avoid() -> None:
    """The tables are read: the words that matter most are among those avoided."""
    assert {"inmate", "prisoner", "visitor", "prison", "verdict", "whitelist", "utils"} <= never().keys()


def test_one_word_for_each_concept() -> None:
    """No name in the code or the vocabulary uses a word that the glossary avoids."""
    avoided = never()
    found = [
        f"{name.path}:{name.line}: {name.text}: not “{word}” but {avoided[word]}"
        for name in [*(name for path in python_files() for name in names(path)), *vocabulary_names()]
        for word in name.words
        if word in avoided
    ]

    assert found == []


def test_no_package_has_an_empty_name() -> None:
    """A module is named after what it is about."""
    parts = {part.removesuffix(".py") for path in python_files() for part in path.split("/")}

    assert parts & EMPTY_PACKAGE_NAMES == set()


def clock_readings(path: str) -> Iterator[int]:
    """Give the lines that read the time of day. A stopwatch, such as ``perf_counter``, does not."""
    for node in ast.walk(ast.parse(read(path))):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in CLOCK_CALLS
            and ast.unparse(node.value).split(".")[-1] in {"datetime", "date", "time", "timezone"}
        ):
            yield node.lineno


def test_only_one_file_reads_the_clock() -> None:
    """Time is an argument everywhere but in the one file that asks for it."""
    reading = [f"{path}:{line}" for path in python_files() if path != CLOCK for line in clock_readings(path)]

    assert reading == []


@pytest.mark.parametrize("what", [LEFT_OPEN, MACHINE_PATH], ids=["left open", "a path of one machine"])
def test_nothing_is_left_lying_about(what: re.Pattern[str]) -> None:
    """No file holds a note of work to come, or a path that exists on one machine only."""
    found = [
        f"{path}:{number}: {line.strip()}"
        for path in files()
        for number, line in enumerate(read(path).splitlines(), 1)
        if what.search(line)
    ]

    assert found == []


def test_every_dependency_has_a_reason() -> None:
    """Every package named in pyproject.toml has a row in docs/dependencies.md, and every row a package."""
    settings = project()
    groups = settings["dependency-groups"].values(), settings["project"]["optional-dependencies"].values()
    lines = [
        *settings["project"]["dependencies"],
        *(line for group in groups for some in group for line in some),
    ]
    packages = {re.split(r"[\[<>=!~; ]", line)[0].lower() for line in lines}
    explained = {cells[0].split("`")[1] for cells in rows(read("docs/dependencies.md"))} - TOOLS

    assert explained == packages


def test_the_lock_names_public_addresses_only() -> None:
    """Every package comes from PyPI, so anyone can fetch what we fetched."""
    addresses = set(re.findall(r"[a-z]+://[^/\"]+", (ROOT / "uv.lock").read_text("utf-8")))

    assert addresses == {"https://pypi.org", "https://files.pythonhosted.org"}
