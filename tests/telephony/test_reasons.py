"""Every reason that the code can give has its sentence: said to the caller, and shown to staff."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from locutorio.telephony.prompts import LANGUAGES, slugs
from locutorio.web.words import words

SOURCE = Path(__file__).parents[2] / "src" / "locutorio"
DECIDING = ("authorize_call", "deciding_calls", "identify_caller", "note_call")
WORDS = re.compile(r"[a-z]+(-[a-z]+)+")
# What the engine refuses by itself is not announced: no telephone of a house does it.
UNSAID = {
    "bad-call-id",
    "call-id-in-use",
    "extension-not-allowed",
    "given-up",
    "media-elsewhere",
    "no-media-path",
    "no-offer",
    "telephone-not-known",
}


def decided() -> set[str]:
    """Give the reasons that the actions name."""
    texts = (SOURCE / "actions" / f"{name}.py" for name in DECIDING)
    nodes = (node for text in texts for node in ast.walk(ast.parse(text.read_text("utf-8"))))
    constants = (node.value for node in nodes if isinstance(node, ast.Constant))
    return {one for one in constants if isinstance(one, str) and WORDS.fullmatch(one)}


def engines() -> set[str]:
    """Give the reasons that the engine names."""
    text = (SOURCE / "telephony" / "engine" / "kamailio.cfg").read_text("utf-8")
    return set(re.findall(r'\$avp\(why\) = "([a-z-]+)"', text))


def test_every_reason_of_a_decision_is_said() -> None:
    """No caller is told in general what the program knows in particular."""
    assert len(decided()) > 12
    assert decided() <= slugs()


def test_what_the_engine_refuses_by_itself_is_said_or_is_no_callers_doing() -> None:
    """Its reasons are those of decisions, or of what only a telephone that is not as it should be does."""
    assert engines() - slugs() == UNSAID


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_is_shown(lang: str) -> None:
    """Pages have a sentence for each reason that a call can have, said or not."""
    shown = words(lang)
    assert [
        slug for slug in decided() | engines() if f"call_cause_{slug.replace('-', '_')}" not in shown
    ] == []
