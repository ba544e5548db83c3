"""The jail of `make demo`, opened once for all tests of a process; each test has a copy of its own."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from locutorio.actions import clock, shelf
from locutorio.actions.demo.opening import open_demo
from locutorio.store.databases import database
from locutorio.store.start import migrate, use


@cache
def _template() -> Path:
    home = Path(tempfile.mkdtemp(prefix="locutorio-demo-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    before = [*shelf._known]
    shelf.known(home / shelf.RULES)
    use(database(str(home / "demo")))
    migrate()
    open_demo(clock.now())
    use({})
    shelf._known[:] = before
    return home / "demo"


@contextmanager
def demo() -> Iterator[Path]:
    """Let this process work on a jail as `make demo` opens it; give the file of its database."""
    template = _template()
    before = [*shelf._known]
    with tempfile.TemporaryDirectory(prefix="locutorio-demo-") as folder:
        shelf.known(Path(shutil.copytree(template.parent / shelf.RULES, Path(folder) / shelf.RULES)))
        copy = Path(shutil.copyfile(template, Path(folder) / "demo"))
        shutil.copyfile(f"{template}-keys", f"{copy}-keys")
        use(database(str(copy)))
        try:
            yield copy
        finally:
            use({})
            shelf._known[:] = before
