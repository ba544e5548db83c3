"""What looks odd and is not malformed is accepted, and what surrounds a pack may be broken."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from locutorio.rules.packs import proved_hash, read_pack
from tests.malformed.inputs import ARCADIA, GOOD, fact, good
from tests.malformed.running import Outcome, invoke

HEBREW = "\u05de\u05db\u05ea\u05d1"
ARABIC = "\u0631\u0633\u0627\u0644\u0629"
PERSIAN = "\u0646\u0627\u0645\u0647\u200c\u0647\u0627"
COMBINED = "Jose\u0301"
CODE = "{0.__class__} %s ${HOME} __import__('os')"
SOURCES = [HEBREW, ARABIC, PERSIAN, COMBINED, CODE, "\U0001f469\u200d\U0001f467", "x" * 5000, "a  b"]


def decided(text: str | bytes, folder: Path, *more: str) -> Outcome:
    """Decide a case in a folder."""
    (folder / "case.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return invoke(["decide", "case.yaml", *more], folder)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: ascii(source)[:20])
def test_any_writing_may_stand_in_a_source(source: str, tmp_path: Path) -> None:
    """Right-to-left text, combining characters and what looks like code are text where only text is read."""
    quoted = json.dumps(source, ensure_ascii=False)
    found = decided(
        good("arcadia.listed: yes", f"arcadia.listed: {{value: no, source: {quoted}}}"), tmp_path, "--json"
    )

    assert (found.code, found.error) == (0, "")
    assert json.loads(found.out)
    assert found.touched == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace("\n", "\r\n"),
        f"---\n{GOOD}...\n",
        f"%YAML 1.1\n---\n{GOOD}",
        GOOD.removesuffix("\n"),
        f"# {HEBREW}\n{GOOD}\n\n# end",
        fact("  contact.age: unknown"),
        good("contact.role: social", '"contact.role": "social"'),
        good("complete: all", "complete: [order, sanction]"),
    ],
    ids=["bom", "crlf", "marks", "version", "no-newline", "comments", "unknown", "quoted", "kinds"],
)
def test_a_case_may_be_written_in_many_ways(text: str | bytes, tmp_path: Path) -> None:
    """A byte order mark, other line ends, quotation marks and comments change no answer."""
    found, plain = decided(text, tmp_path), decided(GOOD, tmp_path)

    assert (found.code, found.error) == (0, "")
    if b"unknown" not in (text if isinstance(text, bytes) else text.encode()):
        assert found.out == plain.out


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system does not let us read is refused with the system's reason."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    found = invoke(["decide", "case.yaml"], tmp_path)

    assert found.code == 3
    assert "case.yaml cannot be read (Permission denied)" in found.error
    assert "What to do: " in found.error


def test_a_fault_of_the_program_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the program itself fail, it says so, asks for a report, and ends with code 1."""

    def fail(*_: object, **__: object) -> NoReturn:
        raise NotImplementedError("a\x1b[2Jb")

    monkeypatch.setattr("locutorio.actions.answer.answer", fail)
    found = decided(GOOD, tmp_path)

    assert (found.code, found.out, found.escaped) == (1, "", None)
    assert "the program itself failed (NotImplementedError: a<U+001B>[2Jb)" in found.error
    assert "What to do: please report it" in found.error


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"hash": 3}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"hash": "' + b"0" * 64 + b'"}',
    ],
    ids=["empty", "cut", "list", "null", "number", "bytes", "brackets", "other"],
)
def test_a_corrupt_proof_proves_nothing(stored: bytes, tmp_path: Path) -> None:
    """A proof that cannot be read, or is of another text, is no proof; a check writes it anew."""
    law = Path(shutil.copytree(ARCADIA, tmp_path / "law"))
    (law / "proof.json").write_bytes(stored)

    assert proved_hash(law) != read_pack(law).hash


def test_a_check_writes_the_proof_anew(tmp_path: Path) -> None:
    """Over a corrupt proof, a check stores the one it has made."""
    law = Path(shutil.copytree(ARCADIA, tmp_path / "law"))
    (law / "proof.json").write_bytes(b"\xff")
    found = invoke(["check", "law"], tmp_path)

    assert (found.code, found.error) == (0, "")
    assert proved_hash(law) == read_pack(law).hash


def test_a_proof_that_cannot_be_stored(tmp_path: Path) -> None:
    """Where the proof cannot be written, the check says so; the pack is not called active."""
    law = Path(shutil.copytree(ARCADIA, tmp_path / "law"))
    (law / "proof.json").unlink()
    (law / "proof.json").mkdir()
    found = invoke(["check", "law"], tmp_path)

    assert found.code == 3
    assert "the proof cannot be stored in law/proof.json" in found.error
    assert "--no-write" in found.error
    assert "is active" not in found.out
