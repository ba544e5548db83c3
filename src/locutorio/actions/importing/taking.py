"""Takes a file into the store in one transaction: what is new, what is other than before, what is refused.

A row that cannot be taken leaves the others alone. What rests on those who changed is decided again.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Generic, TypeVar
from uuid import UUID

from locutorio.actions import deciding, replay
from locutorio.actions.authority import About, authorize
from locutorio.actions.importing.read_row import ReadRow
from locutorio.actions.importing.reading import ReadFile
from locutorio.actions.importing.remarks import Remark, Unread
from locutorio.actions.offer_places import offer_places
from locutorio.actions.offering_again import offer_again
from locutorio.actions.plain import as_plain
from locutorio.store import people, replaying
from locutorio.store.locks import hold_establishment, hold_person, share_establishment
from locutorio.store.people import PersonRow
from locutorio.store.transaction import Sent, Transaction, perform

NEW, CHANGED, SAME = "new", "changed", "same"
NAMING = frozenset({"name", "why"})
RowOf = TypeVar("RowOf")


@dataclass(frozen=True, slots=True)
class Step:
    """What a row comes to: new, changed or the same; whom it reaches; how it is written; what to say.

    ``said`` holds columns and sentences of ``changed``; ``about`` the person and contacts whose row it is.
    """

    made: str
    persons: frozenset[UUID] = frozenset()
    write: Callable[[], object] = lambda: None
    said: tuple[tuple[str, str], ...] = ()
    about: frozenset[UUID] = frozenset()


class Taker(ABC, Generic[RowOf]):
    """Compares rows of one kind with what is there, inside one transaction."""

    def __init__(self, tx: Transaction, reading: ReadFile) -> None:
        self.tx = tx
        self.reading = reading

    @abstractmethod
    def step(self, row: RowOf) -> Step:
        """Say what a row comes to; nothing is written yet.

        Raises:
            Unread: it cannot be taken; its value ``column`` says which cell is wrong.
        """

    def finish(self) -> None:
        """Write what is written at once for all rows."""

    def was(self) -> Mapping[UUID, PersonRow]:
        """Give the people who change, as they were: the schedule may offer them other times now."""
        return {}


@dataclass(frozen=True, slots=True)
class Taken:
    """A file taken in: its reading, with the rows that the store did not take among those not taken, and how
    many rows made something new, changed something, or were there already. ``withdrawn`` and ``at_risk``:
    how many bookings could not stay as they were.
    """

    reading: ReadFile
    new: int
    changed: int
    same: int
    withdrawn: int = 0
    at_risk: int = 0


class _Undone(Exception):
    """Ends a dry run inside its transaction, so that nothing of it is kept."""

    def __init__(self, done: Sequence[tuple[Mapping[str, Any], Sequence[Remark]]]) -> None:
        super().__init__("dry run")
        self.done = done


@dataclass(slots=True)
class _Work:
    counts: Counter[str] = field(default_factory=Counter)
    said: list[Remark] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    lines: defaultdict[UUID, list[int]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class Job:
    """A file to take, and what compares its rows with what is there."""

    reading: ReadFile
    taker: Callable[[Transaction, ReadFile], Taker[Any]]

    @property
    def arguments(self) -> dict[str, Any]:
        """What the change rests on: the hashes of the lines and of how they were read, and how many.

        No word of a file is among it: what its rows change is kept with each person, under their own key.
        """
        lines = repr([entry.line for entry in self.reading.rows])
        read = json.dumps([as_plain(entry.row) for entry in self.reading.taken], sort_keys=True)
        return {
            "lines": len(self.reading.rows),
            "content": sha256(lines.encode()).hexdigest(),
            "read": sha256(read.encode()).hexdigest(),
        }


def take(job: Job, sent: Sent) -> Taken:
    """Take a file, as one change."""
    authorize(sent.by, "take_in", About(sent.establishment))
    said: list[Remark] = []

    def work(tx: Transaction) -> Mapping[str, Any]:
        answer, said[:] = _work(tx, job)
        return answer

    answer = perform(sent.command(f"import_{job.reading.kind}", job.arguments), work)
    if answer["withdrawn"] or answer["moved"] or (job.reading.kind == "bookings" and answer[CHANGED]):
        offer_places(sent)
    return _taken(job, answer, said or [Remark(**remark) for remark in answer["remarks"]])


def tried(jobs: Sequence[Job], sent: Sent) -> list[Taken]:
    """Do all that taking some files one after the other would do, and keep nothing of it."""
    authorize(sent.by, "take_in", About(sent.establishment))

    def work(tx: Transaction) -> Mapping[str, Any]:
        raise _Undone([_work(tx, job) for job in jobs])

    command = sent.command("import_tried", {job.reading.kind: job.arguments for job in jobs})
    try:
        perform(command, work)
    except _Undone as undone:
        return [_taken(job, *done) for job, done in zip(jobs, undone.done, strict=True)]
    raise AssertionError("a dry run always ends so")


def _taken(job: Job, answer: Mapping[str, Any], said: Sequence[Remark]) -> Taken:
    counts = {name: answer[name] for name in (NEW, CHANGED, SAME, "withdrawn", "at_risk")}
    return Taken(_with(job.reading, said), **counts)


def _work(tx: Transaction, job: Job) -> tuple[dict[str, Any], list[Remark]]:
    """Do it; give what the entry answers, and all that there is to say, with names."""
    share_establishment(tx)
    taker = job.taker(tx, job.reading)
    done = _planned(job.reading.taken, taker)
    if done.steps and job.reading.kind != "bookings":
        hold_establishment(tx)  # so that nobody asks meanwhile for whom the file changes
        taker = job.taker(tx, job.reading)
        done = _planned(job.reading.taken, taker)
    persons = frozenset[UUID]().union(*(step.persons for step in done.steps))
    hold_person(tx, *persons)
    for step in done.steps:
        step.write()
    taker.finish()
    replayed = _decide_again(tx, persons, taker.was())
    tx.apart = {whom: {"lines": lines} for whom, lines in done.lines.items()}
    answer = {
        **{made: done.counts[made] for made in (NEW, CHANGED, SAME)},
        "withdrawn": len(replayed.withdrawn),
        "at_risk": len(replayed.at_risk),
        "moved": len(replayed.moved),
        "remarks": as_plain([_unnamed(remark) for remark in done.said]),
    }
    return answer, done.said


def _unnamed(remark: Remark) -> Remark:
    """Give a remark as it is kept: whom it names is left out, since no key of theirs is over it."""
    return replace(
        remark, values={name: "…" if name in NAMING else said for name, said in remark.values.items()}
    )


def _decide_again(
    tx: Transaction, persons: frozenset[UUID], was: Mapping[UUID, PersonRow]
) -> replay.Replayed:
    """Look again at what is booked of people, by the schedule where they changed, and by the law."""
    done = replay.Replayed()
    schedule = deciding.read(people.establishment(tx.establishment).schedule) if was else None
    if schedule is not None:
        standing = replaying.standing(tx.establishment, tx.at, persons=was)
        offer_again(tx, standing, schedule, schedule, done, was=lambda person: was[person.id])
    return replay.replay(tx, persons, done)


def _planned(rows: Iterable[ReadRow], taker: Taker[Any]) -> _Work:
    """Find out what each row comes to, in order."""
    done = _Work()
    for entry in rows:
        line = entry.line.number
        try:
            step = taker.step(entry.row)
        except Unread as why:
            values = dict(why.values)
            done.said.append(Remark(line, values.pop("column", ""), "", f"refused.{why.key}", values))
            continue
        done.counts[step.made] += 1
        done.said += [Remark(line, column, "", f"changed.{key}") for column, key in step.said]
        if step.made != SAME:
            done.steps.append(step)
            for whom in step.about:
                done.lines[whom].append(line)
    return done


def _with(reading: ReadFile, remarks: Iterable[Remark]) -> ReadFile:
    """Give a reading with more remarks; rows that one of them refuses are not taken."""
    by_line: dict[int, list[Remark]] = {}
    for remark in remarks:
        by_line.setdefault(remark.line, []).append(remark)

    def one(entry: ReadRow) -> ReadRow:
        more = by_line.get(entry.line.number, [])
        repeated = by_line.get(entry.same_as, []) if entry.same_as else []
        refusing = [remark for remark in repeated if remark.refuses]
        if any(remark.refuses for remark in more) or refusing:
            return entry.without(*more, *(replace(remark, line=entry.line.number) for remark in refusing))
        return replace(entry, remarks=(*entry.remarks, *more))

    return replace(reading, rows=tuple(map(one, reading.rows)))
