"""Asks the public database of weaknesses (OSV) about every package that uv.lock names."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.request import Request, urlopen

SERVICE = "https://api.osv.dev/v1/querybatch"
SECONDS = 20.0
# The example of the database's own documentation: whoever knows no weakness of it is not that database.
WEAK = ("jinja2", "2.4.1")
Package = tuple[str, str]


class NotLookedUp(Exception):
    """Nobody answered, or not as the database does: nothing is known of any package."""


@dataclass(frozen=True)
class Weak:
    """A package of which weaknesses are known, by their numbers."""

    package: Package
    numbers: tuple[str, ...]

    def __str__(self) -> str:
        return f"{' '.join(self.package)}: {', '.join(self.numbers)}"


def locked(root: Path) -> list[Package]:
    """Give name and version of every package that uv.lock names, of every group, but for our own."""
    packages = tomllib.loads((root / "uv.lock").read_text("utf-8"))["package"]
    return [(one["name"], one["version"]) for one in packages if "registry" in one["source"]]


def ask(packages: Sequence[Package], service: str = SERVICE) -> list[Weak]:
    """Ask about some packages, all in one question; give those of which weaknesses are known.

    Raises:
        NotLookedUp: it cannot be reached, or it does not answer for each of them, or does not know what it
            must.
    """
    asked = [*packages, WEAK]
    queries = [
        {"package": {"name": name, "ecosystem": "PyPI"}, "version": version} for name, version in asked
    ]
    body = json.dumps({"queries": queries}).encode()
    request = Request(service, body, {"Content-Type": "application/json"})
    try:
        with urlopen(request, timeout=SECONDS) as answer:
            results = json.load(answer)["results"]
        numbers = [tuple(str(one["id"]) for one in result.get("vulns", ())) for result in results]
    except (OSError, HTTPException) as error:
        raise NotLookedUp(f"{service} cannot be reached: {error}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotLookedUp(f"{service} answers something else than the database of weaknesses") from error
    if len(numbers) != len(asked):
        raise NotLookedUp(f"{service} answers for {len(numbers)} of {len(asked)} packages")
    if not numbers[-1]:
        raise NotLookedUp(f"{service} knows no weakness of {' '.join(WEAK)}, of which there are some")
    return [Weak(one, found) for one, found in zip(packages, numbers[:-1], strict=True) if found]
