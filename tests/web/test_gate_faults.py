"""Whatever the gate refuses to do, the page says why in the reader's language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import locutorio
from locutorio.kernel.faults import Fault
from locutorio.web.staff.faults import _KNOWN, fault_said
from locutorio.web.words import words

ROOT = Path(locutorio.__file__).parent
FILES = (
    *(f"actions/{name}.py" for name in ("at_gate", "entry", "record_arrival", "refuse_entry", "start_visit")),
    *(f"actions/{name}.py" for name in ("end_visit", "mark_missed", "make_up_time")),
    *(f"arrangements/{name}.py" for name in ("gate_clock", "lost_time")),
)
SHOWN_ONLY_BY_A_WRONG_PROGRAM = {"a level of search has a short name", "the note is longer than 7 characters"}


def said() -> Iterator[str]:
    """Give what each fault of the gate says, with a 7 where it names something."""
    for file in FILES:
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Fault":
                yield _text(node.args[0])


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    assert isinstance(node, ast.Constant), ast.dump(node)
    return str(node.value)


def test_every_fault_of_the_gate_is_said_in_both_languages() -> None:
    """No officer who reads Spanish is told in English why something was not done."""
    other = {lang: words(lang)["gate_fault_other"] for lang in ("en", "es")}
    found = [*said()]
    unsaid = [
        what
        for what in found
        if what not in SHOWN_ONLY_BY_A_WRONG_PROGRAM
        and any(fault_said(Fault(what), lang)[0] == other[lang] for lang in other)
    ]

    assert len(found) > 25
    assert unsaid == []


def test_each_sentence_is_filled() -> None:
    """What a sentence leaves open is found in the fault."""
    for name, pattern in _KNOWN.items():
        for lang in ("en", "es"):
            open_ = {slot for _, slot, _, _ in Formatter().parse(words(lang)[f"gate_fault_{name}"]) if slot}
            assert open_ <= set(pattern.groupindex), (name, lang)
