"""The page under test: a client without a network, a server on a free port of this machine, and a browser."""

import functools
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from locutorio.actions import answer
from locutorio.decisions.decision import Decision
from locutorio.web.open.entries import Entry, entries
from locutorio.web.serve import make_server
from tests.web.windows import WIDTHS, window

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session", autouse=True)
def _settings() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "locutorio.web.settings"
    import django

    django.setup()


@pytest.fixture
def remembering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each case be decided once for all tests: its answer is a function of the case."""
    monkeypatch.setattr(Entry, "decide", lambda entry: _decided(entry.shelf, entry.name))


@functools.cache
def _decided(shelf: str, name: str) -> Decision:
    return answer.answer(entries()[shelf, name].case)


@pytest.fixture
def quick_passwords() -> Iterator[None]:
    """Let passwords be hashed in no time, which nobody may who keeps any."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False, HTTP_HOST="127.0.0.1")


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """Give the address of a server that runs beside the tests."""
    with make_server(None) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def chromium() -> str:
    """Give the path of the machine's own Chromium; without one the test is skipped."""
    found = os.environ.get("CHROMIUM") or (CHROMIUM if Path(CHROMIUM).exists() else shutil.which("chromium"))
    if not found:
        pytest.skip("needs chromium")
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Give what drives browsers; one process can hold no more than one.

    It leaves a loop behind in this thread, which Django takes for a reason not to ask its database there.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Give the machine's own Chromium."""
    started = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
    yield started
    started.close()


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest) -> str:
    """Give each width of a window, by its name."""
    return str(request.param)


@pytest.fixture
def page(browser: Browser, site: str, width: str) -> Iterator[Page]:
    """Give a window of a width, in which scripts run."""
    with window(browser, site, width) as opened:
        yield opened


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Give the folder for screenshots: the one that ARTEFACTS names, or `build/pages`, which git ignores."""
    folder = Path(os.environ.get("ARTEFACTS") or ROOT / "build" / "pages")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
