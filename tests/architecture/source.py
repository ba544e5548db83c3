"""The repository as its own tests read it: its files, the names in its code, its documents."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "locutorio"
NOT_OURS = ("src/locutorio/web/static/vendor/", "tests/web/vendor/", "LICENSE", "uv.lock")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Name:
    """A name that our code gives to something, and the line where it does."""

    text: str
    path: str
    line: int

    @property
    def words(self) -> tuple[str, ...]:
        """Its words in lower case: ``PersonInCustody`` and ``person_in_custody`` have the same."""
        return tuple(word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", self.text))


@cache
def files() -> tuple[str, ...]:
    """Give the paths of every text file of the repository that is ours, tracked or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    return tuple(
        sorted(
            path
            for path in set(listed)
            if path
            and (ROOT / path).is_file()
            and not path.startswith(NOT_OURS)
            and b"\0" not in (ROOT / path).read_bytes()[:8000]
        )
    )


@cache
def read(path: str) -> str:
    """Give the text of a file of the repository."""
    return (ROOT / path).read_text("utf-8")


@cache
def python_files() -> tuple[str, ...]:
    """Give the paths of our Python files."""
    return tuple(path for path in files() if path.endswith(".py"))


def functions(path: str) -> Iterator[Function]:
    """Give every function of a Python file, nested ones too."""
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, Function):
            yield node


def names(path: str) -> Iterator[Name]:
    """Give every name that a Python file defines: of functions, classes, arguments and variables."""
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield Name(node.name, path, node.lineno)
        elif isinstance(node, ast.arg):
            yield Name(node.arg, path, node.lineno)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield Name(node.id, path, node.lineno)


@cache
def project() -> dict[str, Any]:
    """Give pyproject.toml."""
    return tomllib.loads(read("pyproject.toml"))


def rows(markdown: str) -> Iterator[tuple[str, ...]]:
    """Give the cells of every row of every table, without its head and its rule."""
    for table in re.findall(r"(?:^\|.*\|\n)+", markdown, flags=re.MULTILINE):
        for line in table.splitlines()[2:]:
            yield tuple(cell.strip() for cell in line.strip("|").split("|"))


def blocks(markdown: str, language: str) -> Iterator[str]:
    """Give the text of every fenced block in a language."""
    yield from re.findall(rf"^```{language}\n(.*?)^```$", markdown, flags=re.MULTILINE | re.DOTALL)
