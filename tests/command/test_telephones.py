"""`locutorio telephony telephone` and `number`: what the telephones of an establishment are told."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from locutorio.store import calls, privileged
from tests.command.test_serving import run
from tests.databases import fresh
from tests.establishment import founded
from tests.telephony.wire import lacking


def test_a_secret_is_printed_once(tmp_path: Path) -> None:
    """What is printed opens the telephone; again, or of a name in use, nothing is; stopped, it is gone."""
    with fresh("sqlite") as store:
        oak = founded()
        ours = ("--establishment", "oak", "--database", store.where)
        made = run(tmp_path, "telephony", "telephone", "north-1", *ours, "--wing", "north")
        secret = made.stdout.split()[-1]
        (row,) = calls.telephones(oak.id)
        assert row.ha1 == hashlib.md5(f"north-1:locutorio:{secret}".encode()).hexdigest()
        assert row.wing == "north"
        again = run(tmp_path, "telephony", "telephone", "north-1", *ours)
        assert (again.returncode != 0, again.stdout) == (True, "")
        assert run(tmp_path, "telephony", "telephone", "north-1", *ours, "--stop").returncode == 0
        assert calls.telephones(oak.id) == []


@pytest.mark.skipif(lacking("kamailio", "rtpengine") != "", reason=lacking("kamailio", "rtpengine"))
def test_a_plane_is_written(tmp_path: Path) -> None:
    """A plane of an establishment is written with its telephones, and says what was written."""
    with fresh("sqlite") as store:
        founded()
        ours = ("--establishment", "oak", "--database", store.where)
        run(tmp_path, "telephony", "telephone", "north-1", *ours)
        home = tmp_path / "telephony"
        written = run(
            tmp_path,
            "telephony",
            "config",
            *ours,
            *("--trunk", "127.0.0.1:5090", "--points", "2", "--home", str(home)),
        )
        assert written.returncode == 0, written.stderr
        assert "1 telephones" in written.stdout
        plane = json.loads((home / "plane.json").read_text())
        assert (plane["establishment"], plane["points"]) == ("oak", 2)


def test_a_number_is_registered_at_the_machine(tmp_path: Path) -> None:
    """Before there are two people who can: it stands, and a second time it says that it does already."""
    with fresh("sqlite") as store:
        oak = founded()
        ours = ("--establishment", "oak", "--database", store.where, "--name", "Ana Ibáñez")
        made = run(tmp_path, "telephony", "number", "(202) 555-0110", *ours)
        assert made.returncode == 0, made.stderr
        (row,) = privileged.entered(oak.id)
        assert (row.number, row.kind, row.name) == ("+12025550110", "counsel", "Ana Ibáñez")
        again = run(tmp_path, "telephony", "number", "+12025550110", *ours)
        assert again.returncode != 0
        assert "registered already" in again.stderr
