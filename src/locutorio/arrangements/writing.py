"""Adds a line to the text of a file of promises and events; everything else in it stays as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from locutorio.kernel.faults import Fault

BLOCKS = ("promises", "events")
_TOP = re.compile(r"[A-Za-z_][A-Za-z0-9_]*:")
_ITEM = re.compile(r"( *)- ")
_PLAIN = re.compile(r"[a-z0-9_]+(-[a-z0-9_]+)*")


def with_entry(text: str, block: str, entry: Mapping[str, str]) -> str:
    """Add one entry at the end of ``promises`` or ``events``, which is begun where it is missing.

    Raises:
        Fault: the block is not written one entry to a line, so that nothing can be added by itself.
    """
    assert block in BLOCKS
    lines = _lines(text)
    written = ", ".join(f"{name}: {scalar(value)}" for name, value in entry.items())
    at = next((number for number, line in enumerate(lines) if line.startswith(f"{block}:")), None)
    if at is None:
        return "\n".join([*lines, f"{block}:", f"  - {{{written}}}", ""])
    rest = lines[at].removeprefix(f"{block}:").partition("#")[0].strip()
    if rest not in {"", "[]"}:
        raise Fault(
            f"`{block}:` is written on one line, so nothing can be added to it here",
            remedy="write each entry on a line of its own, beginning with a dash",
        )
    lines[at] = f"{block}:"
    ends = next((n for n in range(at + 1, len(lines)) if _TOP.match(lines[n])), len(lines))
    while ends > at + 1 and (not lines[ends - 1].strip() or lines[ends - 1].startswith("#")):
        ends -= 1
    dashes = [match for line in lines[at + 1 : ends] if (match := _ITEM.match(line))]
    indent = dashes[0][1] if dashes else "  "
    return "\n".join([*lines[:ends], f"{indent}- {{{written}}}", *lines[ends:], ""])


def with_line(text: str, name: str, value: str) -> str:
    """Set one line of the file, such as ``complete_until``; a new one stands first."""
    lines = _lines(text)
    kept = [line for line in lines if not line.startswith(f"{name}:")]
    return "\n".join([f"{name}: {scalar(value)}", *kept, ""])


def _lines(text: str) -> list[str]:
    return text.rstrip("\n").split("\n") if text.strip() else []


def scalar(text: str) -> str:
    """Write a text as YAML that reads back as the same text."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
