"""What was read of dockets so far. Reading the same again, in another order or a part of it, adds nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from itertools import pairwise

from locutorio.dockets.entries import DocketEntry, Key, key_of

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of an entry, with the first and the last moment at which it was read, and where."""

    text: str
    first_read_at: datetime
    last_read_at: datetime
    sources: frozenset[str]


@dataclass(frozen=True, slots=True)
class Known:
    """All that was read of one entry: every wording of it side by side, none thrown away.

    ``entry`` says which it is: court, case, number, paper and days. Its words are the wordings.
    """

    key: Key
    defendants: frozenset[str]
    kinds: tuple[str, ...]
    wordings: tuple[Wording, ...]
    entry: DocketEntry

    @property
    def name(self) -> str:
        """Give a short name that is the same whenever and in whatever order the entry is read."""
        return sha256("\n".join(self.key).encode()).hexdigest()[:12]

    @property
    def sources(self) -> frozenset[str]:
        """Give the kinds of files in which it was read with its text."""
        return frozenset().union(*(one.sources for one in self.wordings))

    @property
    def text(self) -> str:
        """Give the wording read last."""
        return self.wordings[-1].text if self.wordings else ""


@dataclass(frozen=True, slots=True)
class Seen:
    """Every entry read so far by its key, and for each court the spans of time that its feeds covered."""

    known: Mapping[Key, Known] = field(default_factory=dict)
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a reading added: entries never read before, entries that say more, and the count of the rest."""

    seen: Seen
    new: tuple[Known, ...]
    changed: tuple[Known, ...]
    again: int


def take(seen: Seen, entries: Iterable[DocketEntry], read_at: datetime) -> Taken:
    """Add what one file says. Entries of one event are one; the file's order says nothing."""
    known, new, changed, again = dict(seen.known), [], [], 0
    for key, one in _known_of(entries, read_at).items():
        before = known.get(key)
        after = joined(before, one) if before else one
        known[key] = after
        if before is None:
            new.append(after)
        elif _says(before) != _says(after):
            changed.append(after)
        else:
            again += 1
    return Taken(Seen(known, seen.spans), tuple(new), tuple(changed), again)


def joined(one: Known, other: Known) -> Known:
    """Give what both readings say together; in whichever order they come it is the same."""
    entry = min(one.entry, other.entry, key=_fullest)
    return Known(
        one.key,
        one.defendants | other.defendants,
        tuple(sorted({*one.kinds, *other.kinds})),
        _wordings((*one.wordings, *other.wordings)),
        entry,
    )


def covering(seen: Seen, court: str, entries: Iterable[DocketEntry]) -> Seen:
    """Add the span that a feed covers: from its oldest to its newest item, and no more than it shows."""
    moments = [one.filed_at for one in entries if one.filed_at is not None]
    if not moments:
        return seen
    spans = _merged((*seen.spans.get(court, ()), (min(moments), max(moments))))
    return Seen(seen.known, {**seen.spans, court: spans})


def unseen(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Give the times between the spans: what a court entered then was in no feed that was read."""
    return tuple((before[1], after[0]) for before, after in pairwise(spans))


def _known_of(entries: Iterable[DocketEntry], read_at: datetime) -> dict[Key, Known]:
    """Merge the entries of one file by key: what one event is called comes together."""
    found: dict[Key, Known] = {}
    for entry in entries:
        key = key_of(entry)
        wording = (Wording(entry.text, read_at, read_at, frozenset((entry.source,))),) if entry.text else ()
        which = replace(entry, defendants=(), kinds=(), text="")
        one = Known(key, frozenset(entry.defendants), entry.kinds, wording, which)
        found[key] = joined(found[key], one) if key in found else one
    return found


def _wordings(wordings: Iterable[Wording]) -> tuple[Wording, ...]:
    found: dict[str, Wording] = {}
    for one in wordings:
        before = found.get(one.text, one)
        found[one.text] = Wording(
            one.text,
            min(before.first_read_at, one.first_read_at),
            max(before.last_read_at, one.last_read_at),
            before.sources | one.sources,
        )
    return tuple(sorted(found.values(), key=lambda one: (one.last_read_at, one.first_read_at, one.text)))


def _says(known: Known) -> object:
    return (known.defendants, known.kinds, {one.text for one in known.wordings})


def _fullest(entry: DocketEntry) -> tuple[bool, bool, str]:
    return (entry.entered_on is None, entry.filed_at is None, repr(entry))


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)
