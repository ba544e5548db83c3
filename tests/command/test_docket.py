"""The command `docket`: leads in words and as JSON, nothing told twice, a clear answer to bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from locutorio.actions.watch_docket import Watching, watch_docket
from locutorio.command.main import app
from locutorio.dockets.watching import Watched
from tests.databases import fresh
from tests.dockets.files import CASE, feed, needs_parser
from tests.establishment import founded

REFUSED = 3
AT = "Mon, 05 Jan 2026 10:00:00 GMT"


def run(*options: str) -> tuple[int, str, str]:
    """Run the command."""
    result = CliRunner().invoke(app, ["docket", *options])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Give an invented feed of one order and one letter."""
    needs_parser()
    path = tmp_path / "feed.xml"
    path.write_bytes(feed(("Order", AT), ("Letter", "Mon, 05 Jan 2026 11:00:00 GMT")))
    return str(path)


@pytest.mark.parametrize(("lang", "told"), [("en", "Nothing was changed"), ("es", "No se ha cambiado nada")])
def test_leads_are_told_in_both_languages(file: str, lang: str, told: str) -> None:
    """What to look at, that nothing was changed, and what is not known."""
    code, out, _ = run(file, "--lang", lang)
    assert code == 0
    assert told in out
    assert CASE in out


def test_what_was_told_is_not_told_again(file: str, tmp_path: Path) -> None:
    """With a file that keeps what was read, the second run has no lead, and the file stays byte for byte."""
    seen = tmp_path / "seen.json"
    first = json.loads(run(file, "--seen", str(seen), "--read-at", "2026-01-06T00:00Z", "--json")[1])
    kept = seen.read_bytes()
    second = json.loads(run(file, "--seen", str(seen), "--read-at", "2026-01-06T00:00Z", "--json")[1])
    assert (len(first["new"]), len(second["new"]), second["counted"]["again"]) == (2, 0, 2)
    assert first["applied"] == []
    assert seen.read_bytes() == kept


def test_a_feed_cut_short_says_so(file: str, tmp_path: Path) -> None:
    """A file whose end is missing gives what it holds, and says that the rest was not read."""
    short = tmp_path / "short.xml"
    short.write_bytes(Path(file).read_bytes()[:-30])
    code, out, _ = run(str(short))
    assert code == 0
    assert "cut short" in out
    assert "Order" in out


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "no feed, no docket sheet and no mailed notice"),
        (b"\x00\xff" * 40, "no feed, no docket sheet and no mailed notice"),
        (b"/etc/passwd", "no feed, no docket sheet and no mailed notice"),
        (b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><rss></rss>', "no feed, no docket sheet"),
        (b"<html><body>Sign in</body></html>", "does not say which court"),
        (b"<html><body>ecf.zzd.uscourts.gov Sign in</body></html>", "holds no docket entry"),
        (
            b"<?xml version='1.0'?><rss><link>https://ecf.zzd.uscourts.gov</link></rss>",
            "holds no docket entry",
        ),
        (b"Subject: x\nSubject: y\n\necf.zzd.uscourts.gov", "docket"),
    ],
)
def test_what_is_no_docket_is_refused(raw: bytes, told: str, tmp_path: Path) -> None:
    """Each gives a sentence with what to do, exit code 3, and never a traceback."""
    needs_parser()
    path = tmp_path / "given"
    path.write_bytes(raw)
    code, _, err = run(str(path))
    assert code == REFUSED
    assert told in " ".join(err.split())
    assert "What to do" in err


def test_a_file_of_something_else_is_not_taken_for_what_was_read(file: str, tmp_path: Path) -> None:
    """A file that holds something else is refused, and stays as it is."""
    for text in (
        "{}",
        "[]",
        "nonsense",
        '{"format": "locutorio-dockets-seen-1", "entries": [{}], "spans": {}}',
    ):
        other = tmp_path / "other.json"
        other.write_text(text)
        code, _, err = run(file, "--seen", str(other))
        assert code == REFUSED
        assert "does not hold what was read" in " ".join(err.split())
        assert other.read_text() == text


def test_a_missing_file_and_a_moment_that_is_none_are_refused(file: str) -> None:
    """Named with what to do."""
    assert run("nowhere.xml")[0] == REFUSED
    assert run(file, "--read-at", "noon")[0] == REFUSED


def test_a_folder_is_taken_into_an_establishment_once(file: str, tmp_path: Path) -> None:
    """Each file becomes leads of whose case is watched; run again, it says that nothing was done."""
    with fresh("sqlite") as store:
        here = ("--establishment", "oak", "--database", store.where)
        oak = founded()
        watch_docket(Watching(oak.people["rowan"], Watched("zzd", CASE)), oak.sent("watch"))
        code, out, _ = run(file, file, *here)
        assert code == 0
        assert out.splitlines()[0].startswith("feed.xml: leads that are new: 2; changed: 0")
        assert out.splitlines()[1].startswith("feed.xml: taken before")
        code, out, _ = run(file, *here, "--lang", "es")
        assert (code, out) == (0, "feed.xml: ya se tomó para los mismos casos, así que no se hizo nada.\n")
        watch_docket(Watching(oak.people["linden"], Watched("zzd", CASE)), oak.sent("other"))
        _, out, _ = run(file, *here)
        assert "new: 2; changed: 0" in out
        assert "read before: 2" in out
        assert run(file, *here[2:], "--establishment", "elm")[0] == REFUSED
        assert run(file, *here, "--json")[0] == 2
