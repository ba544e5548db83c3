"""What another program finds of the structure of each kind of paper: every text is tagged, in order."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from locutorio.notices import catalogue
from locutorio.notices.compose import compose
from locutorio.notices.handout import handouts_pdf
from locutorio.notices.pdf import FOLDER, pdf
from tests.notices.examples import decision
from tests.notices.test_handouts import slips

MADE_ON = date(2026, 12, 5)
ELEMENT = re.compile(
    r"^(?P<indent> *)(?P<kind>[A-Z][A-Za-z0-9]*)(?: \"[^\"]*\")? \((?:block|inline)\)", re.MULTILINE
)
TEXT = re.compile(r'^ *"(.*)"$', re.MULTILINE)
LEVEL = re.compile(r"H([1-6])$")


def letter(lang: str) -> bytes:
    return pdf(compose(decision(), lang), lang, MADE_ON)


def slip_of(lang: str) -> bytes:
    made, handout = slips(lang)[0]
    return handouts_pdf(handout.title, (handout,), lang, made.on)


PAPERS: dict[str, Callable[[str], bytes]] = {"letter": letter, "handout": slip_of}


def asked(program: str, *arguments: str | Path) -> str:
    """Give what a program of poppler, which shares nothing with what made the paper, says of it."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"needs {program}")
    said = subprocess.run([found, *arguments], check=True, capture_output=True)
    return said.stdout.decode(errors="replace")


def bare(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


@pytest.mark.parametrize("lang", catalogue.LANGUAGES)
@pytest.mark.parametrize("kind", PAPERS)
def test_another_program_finds_the_structure(kind: str, lang: str, tmp_path: Path) -> None:
    """
    Tagged, one heading of the first level, no level left out, lists with items and their labels; every word
    that is printed stands in the structure, in the order in which it is read, but for the foot of each page.
    """
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(PAPERS[kind](lang))
    tree = asked("pdfinfo", "-struct-text", paper)
    kinds = [found["kind"] for found in ELEMENT.finditer(tree)]
    levels = [int(found[1]) for one in kinds if (found := LEVEL.match(one))]
    assert "Tagged:          yes" in asked("pdfinfo", paper)
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert kinds.count("LI") == kinds.count("Lbl") == kinds.count("LBody") > 0
    assert {"P", "L"} <= {*kinds} <= {"P", "L", "LI", "Lbl", "LBody", "Span", *(f"H{one}" for one in levels)}

    read_aloud = bare("".join(TEXT.findall(tree)))
    lines = [bare(line) for line in asked("pdftotext", "-layout", paper, "-").splitlines()]
    foot = catalogue.say(lang, "foot.advice")
    said = [line for line in lines if line and bare(foot) not in line]
    assert [line for line in said if line not in read_aloud and line.lstrip("•") not in read_aloud] == []


def test_every_template_is_looked_at() -> None:
    """A kind of paper that is added is added here: each template but the sheet that all are printed on."""
    assert {one.stem for one in FOLDER.glob("*.typ")} - {"paper"} == {*PAPERS}
