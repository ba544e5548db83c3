"""Drafts of the federal law for tests: one with a number that changes, one with a provision more."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

from locutorio.rules.packs import folder_of

SECTION = Path("cfr_540_d") / "540_44.yaml"
NUMBER = "rows: [{from: 2025-01-27, value: 16, citation: 28 CFR 540.44(e)}]"
HIGHER = "rows: [{from: 2025-01-27, value: 18, citation: a draft of a test}]"
BEFORE = "  - id: 540.44.e.child_escort\n"
ADDED = "draft.friend_with_conviction"
PROVISION = f"""  - id: {ADDED}
    citation: a draft of a test
    says:
      en: A friend who has a criminal conviction may not visit.
      es: Una amistad que tiene una condena penal no puede visitar.
    when:
      - request.about in ["visit", "entry"]
      - contact.relation == "friend"
      - contact.convicted
    then:
      - prohibit: yes
"""


def changed_number(into: Path) -> Path:
    """Write a draft in which a child needs an adult up to 18; give its folder."""
    return _draft(into / "number", BEFORE + _after(BEFORE), NUMBER, HIGHER)


def new_provision(into: Path) -> Path:
    """Write a draft that keeps friends with a conviction out; give its folder."""
    return _draft(into / "added", BEFORE, BEFORE, PROVISION + BEFORE)


def only_words(into: Path) -> Path:
    """Write a draft that says the same in other words; give its folder."""
    was = "A child under 16 may visit only with a responsible adult who stays with them."
    return _draft(into / "words", was, was, "A child under 16 comes only with an adult who stays.")


def _after(start: str) -> str:
    text = (folder_of("us-federal") / SECTION).read_text("utf-8")
    rest = text.partition(start)[2]
    return rest[: rest.index(NUMBER) + len(NUMBER)]


def _draft(folder: Path, around: str, was: str, becomes: str) -> Path:
    """Copy the federal pack and change one thing inside a text that stands there once."""
    copytree(folder_of("us-federal"), folder)
    file = folder / SECTION
    text = file.read_text("utf-8")
    assert text.count(around) == 1
    file.write_text(text.replace(around, around.replace(was, becomes)), "utf-8")
    return folder
