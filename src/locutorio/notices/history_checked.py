"""Tells what a file expects, line by line, and whether it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from locutorio.chronicle.expecting import Checked
from locutorio.notices.catalogue import say
from locutorio.notices.words import clean


def check_as_lines(lines: Sequence[tuple[str, Checked]], lang: str) -> Iterator[str]:
    """Give each line with the day or the contradiction it is of, then how many are met."""
    for of, one in lines:
        key = "met" if one.met else "not_met"
        told = {"of": clean(of), "name": clean(one.name), "wanted": clean(one.wanted)}
        yield say(lang, f"history.check.{key}", **told)
        yield say(lang, "history.check.shown", shown=clean(one.shown))
    if not lines:
        yield say(lang, "history.check.none")
        return
    met = sum(one.met for _, one in lines)
    yield say(lang, "history.check.total", met=str(met), all=str(len(lines)))
