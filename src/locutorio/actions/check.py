"""Checks a pack: its cases now; validity and proofs with checks.py and proofs.py."""

from __future__ import annotations

from collections.abc import Iterator

from locutorio.actions import shelf
from locutorio.decisions.running import CaseResult, judges_of, run_micro, run_worked


def worked(name: str) -> Iterator[CaseResult]:
    """Decide every worked case of a shipped pack."""
    yield from run_worked(shelf.pack(name), shelf.cases(name), judges_of(shelf.shelf(name)))


def micro(name: str) -> Iterator[str]:
    """Run every micro-case of a shipped pack; give what differs."""
    books = shelf.shelf(name)
    for one in shelf.cases(name).micro:
        day = one.facts.get("request.on")
        provision = shelf.pack(name).provisions.get(one.provision)
        on = provision.since if provision else shelf.pack(name).first_day
        if day is not None and not isinstance(day, (bool, int, str)) and day > on:
            on = day
        for difference in run_micro(one, books.on(max(on, shelf.pack(name).first_day))):
            yield f"{one.file}:{one.line}: {difference}"
