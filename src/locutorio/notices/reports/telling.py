"""What both reports say: who was asked, under which law, what was taken for granted, what to beware of."""

from __future__ import annotations

from collections.abc import Iterable

from locutorio.notices.reports.amounts import count
from locutorio.notices.reports.report import Bar, Column, Table
from locutorio.notices.reports.values import Law, Scope
from locutorio.notices.words import Words, clean

_HASH_SHOWN = 12


def columns(words: Words, *named: tuple[str, str]) -> tuple[Column, ...]:
    """Give columns by name and kind, with their headings."""
    return tuple(Column(name, words.say(f"report.column.{name}"), kind) for name, kind in named)


def outcome(words: Words, name: str) -> str:
    """Give the words for an outcome, as a heading has them."""
    return words.say(f"report.outcome.{name}")


def question(words: Words, scope: Scope) -> str:
    """Say what was asked of every row."""
    key = f"title.{scope.about}"
    day = words.day(scope.on)
    return words.say(key, day=day) if words.has(key) else words.say("title.other", about=scope.about, day=day)


def asked(words: Words, scope: Scope) -> Iterable[str]:
    """Say how many rows were asked what, and what was taken of papers."""
    asking = question(words, scope)
    yield words.say("report.scope", file=clean(scope.file), rows=count(words, scope.rows), question=asking)
    if "all" in scope.complete:
        yield words.say("report.complete_all")
    elif scope.complete:
        yield words.say("report.complete_some", kinds=words.apart(scope.complete))
    else:
        yield words.say("report.complete_none")


def law(words: Words, one: Law) -> str:
    """Name a law with its version."""
    title = clean(one.title[words.lang])
    return words.say("impact.law", title=title, pack=clean(one.pack), hash=one.hash[:_HASH_SHOWN])


def foot(words: Words, scope: Scope, laws: Iterable[Law]) -> tuple[str, ...]:
    """Say how far a report can be relied on; what holds of both laws is said once."""
    return tuple(dict.fromkeys(_foot(words, scope, laws)))


def _foot(words: Words, scope: Scope, laws: Iterable[Law]) -> Iterable[str]:
    for one in laws:
        title, pack = clean(one.title[words.lang]), clean(one.pack)
        yield words.say("foot.rules_hash", title=title, pack=pack, hash=one.hash[:_HASH_SHOWN])
        usual, oldest = words.day(one.read_on), words.day(one.oldest_read_on)
        yield words.say("foot.read" if usual == oldest else "report.read", day=usual, oldest=oldest)
        if scope.on > one.oldest_read_on:
            yield words.say("foot.later", on=words.day(scope.on), read=oldest)
        reviewed = one.reviewed_by != "nobody"
        yield (
            words.say("foot.reviewed", name=clean(one.reviewed_by)) if reviewed else words.say("foot.nobody")
        )
    yield words.say("foot.advice")
    yield words.say("report.moved_on", day=words.day(scope.on))
    if scope.adopted:
        yield words.say("foot.adopted", names=words.apart(clean(name) for name in scope.adopted))
    if scope.unread:
        yield words.say("report.unread", columns=words.apart(clean(name) for name in scope.unread))


def assumed(words: Words, scope: Scope) -> Table:
    """List the facts that were taken as usual."""
    return table(
        words,
        "survey.assumed",
        columns(words, ("fact", "text"), ("value", "text")),
        tuple((words.label(path), words.value(path, value)) for path, value in scope.assumed),
    )


def table(
    words: Words,
    key: str,
    headed: tuple[Column, ...],
    rows: tuple[tuple[str | int | float, ...], ...],
    bars: tuple[Bar, ...] = (),
) -> Table:
    """Make the table whose heading, introduction and empty sentence the catalogue has under a key."""
    name = key.rpartition(".")[2]
    empty = words.say(f"{key}.empty") if not rows else ""
    return Table(name, words.say(f"{key}.heading"), words.say(f"{key}.intro"), headed, rows, empty, bars)
