"""Runs the page as a process and a browser beside it, in folders that are searched for what was entered."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, quote_plus

from playwright.sync_api import BrowserContext, Page, Request, Response

STORAGE = """async () => JSON.stringify([
    document.cookie, {...localStorage}, {...sessionStorage}, history.state, window.name,
    (await indexedDB.databases()).map(one => one.name), await caches.keys(),
    (await navigator.serviceWorker?.getRegistrations() ?? []).length])"""
NO_STORAGE = '["",{},{},null,"",[],[],0]'


@dataclass
class Server:
    """The page as a process of its own. ``home``, ``scratch`` and ``folder`` are all it can call its own."""

    site: str
    process: subprocess.Popen[str]
    places: tuple[Path, ...]

    def end(self) -> str:
        """End the process; give all that it said on its outputs after its address."""
        self.process.terminate()
        out, error = self.process.communicate(timeout=30)
        return out + error

    def files(self) -> list[Path]:
        """Give every file that stands in its places."""
        return [path for place in self.places for path in place.rglob("*") if path.is_file()]


def no_byte_to_disk() -> None:
    """Let this process put not one byte into a file from now on."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


@contextmanager
def serving(root: Path, *, may_write: bool = True) -> Iterator[Server]:
    """Serve the page from folders below a root; where it may not write, no byte can go to any file."""
    places = tuple(root / name for name in ("home", "scratch", "folder"))
    for place in places:
        place.mkdir(parents=True)
    home, scratch, folder = map(str, places)
    process = subprocess.Popen(
        [sys.executable, "-m", "locutorio.web"],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "HOME": home,
            "TMPDIR": scratch,
            "XDG_CACHE_HOME": f"{home}/cache",
            "XDG_DATA_HOME": f"{home}/data",
            "PYTHONUTF8": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=None if may_write else no_byte_to_disk,  # noqa: PLW1509 - no thread runs between
    )
    assert process.stdout is not None
    server = Server(process.stdout.readline().strip(), process, places)
    try:
        yield server
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


@dataclass
class Wire:
    """What a browser window asked for and was told: addresses, where they lead, referrers, cookies."""

    seen: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Note everything of a window."""
        context.on("request", self._request)
        context.on("response", self._response)

    def _request(self, request: Request) -> None:
        self.seen += [request.url, request.headers.get("referer", ""), request.headers.get("cookie", "")]

    def _response(self, response: Response) -> None:
        self.seen += [
            response.headers.get(name, "") for name in ("location", "set-cookie", "link", "refresh")
        ]


def storage(page: Page) -> str:
    """Give what the page keeps in the browser, as JSON."""
    kept: str = page.evaluate(STORAGE)
    return kept


def written(fact: str) -> set[bytes]:
    """Give the ways in which an entered fact may stand in a file."""
    ways = {fact, quote(fact), quote_plus(fact)}
    return {way.encode(code) for way in ways for code in ("utf-8", "utf-16-le")}


def found_in(folder: Path, facts: Iterable[str]) -> list[tuple[str, str]]:
    """Give (file, fact) for every entered fact that stands in a file, or in the name of one."""
    needles = [(fact, way) for fact in facts for way in written(fact)]
    found = set()
    for path in folder.rglob("*"):
        raw = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        raw += str(path.relative_to(folder)).encode()
        found |= {(str(path.relative_to(folder)), fact) for fact, way in needles if way in raw}
    return sorted(found)


def found_among(texts: Iterable[str], facts: Iterable[str]) -> list[tuple[str, str]]:
    """Give (text, fact) for every entered fact that stands in a text."""
    ways = {way for fact in facts for way in (fact, quote(fact), quote_plus(fact))}
    return [(text[:200], way) for text in texts for way in ways if way in text]
