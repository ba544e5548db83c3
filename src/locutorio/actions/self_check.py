"""Checks an establishment by itself, every night: what it found is an entry, a page and an exit code."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from locutorio.actions.authority import About, reading
from locutorio.actions.break_glass_seen import alarm
from locutorio.actions.deciding import local_day
from locutorio.actions.erase_due import due, erase_due, for_owner, unfinished
from locutorio.actions.keep_hours import displaced, keep_hours
from locutorio.actions.list_contact import PRIVILEGED
from locutorio.actions.plain import as_plain
from locutorio.actions.verify_log import verify_log
from locutorio.kernel.faults import Fault, Faults
from locutorio.store import checks, erasing, people, privileged
from locutorio.store.actor import PROGRAM, Actor
from locutorio.store.backups.taking import WINDOW_DAYS, moments
from locutorio.store.log.outside import unsigned_since, witnesses_asked
from locutorio.store.log.reading import HERE
from locutorio.store.people import establishments
from locutorio.store.registering import carried, signed_last
from locutorio.store.rewriting import can_rewrite
from locutorio.store.transaction import Answer, Sent, Transaction, answering, perform

PLACE, PLACE_OF_KEYS = "LOCUTORIO_BACKUPS", "LOCUTORIO_BACKUP_KEYS"
WAITS_MAX, SIGNED_MAX = timedelta(minutes=5), timedelta(hours=1)
BACKUP_MAX, ERASED_WITHIN = timedelta(hours=26), timedelta(days=2)
CHANGING_REGISTER = ("list_contact", "approve_proposal", "take_in", "erase", "separate")
SAID_MAX = 20


@dataclass(frozen=True, slots=True)
class Checked:
    """One check: its name; what is not well, in plain words, nothing where all is; what is told besides."""

    name: str
    faults: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """What a self-check found, and when."""

    at: datetime
    checked: tuple[Checked, ...]

    @property
    def well(self) -> bool:
        """Tell whether nothing was found."""
        return not any(one.faults for one in self.checked)


def self_check(establishment: UUID, at: datetime) -> SelfCheck:
    """Check one establishment, and keep what was found in its log.

    Raises:
        Fault: the database does not answer, or cannot write.
    """
    root = checks.register_root(establishment, PRIVILEGED)
    found = [Checked(name, tuple(_said(partial(do, establishment, at)))) for name, do in _CHECKS.items()]
    found.append(_witnesses(establishment, at))
    before = checks.last_answer(establishment, "self_check")
    found.append(Checked("register", tuple(_register(establishment, root, before))))

    def work(tx: Transaction) -> Answer:
        tx.kept_as = HERE
        return {"checked": as_plain(found), "register": root}

    sent = Sent(uuid5(establishment, f"self_check {at.isoformat()}"), establishment, at)
    perform(sent.command("self_check", {}), work)
    return SelfCheck(at, tuple(found))


def check_tonight(at: datetime) -> list[Fault]:
    """Once a day, everywhere: keep the hours, erase what is due, and check; give what stood in the way.

    Raises:
        Fault: the database does not answer.
    """
    faults = []
    for establishment in establishments():
        last = checks.last_answer(establishment, "self_check")
        if last is not None and last[0].date() >= at.date():
            continue
        for do in (keep_hours, erase_due):
            try:
                do(establishment, at)
            except (Fault, Faults) as fault:
                faults.append(Fault(str(fault)))
        found = self_check(establishment, at)
        faults += [Fault(f"{one.name}: {said}") for one in found.checked for said in one.faults]
    return faults


def last_self_check(by: Actor, at: UUID) -> SelfCheck | None:
    """Give what the last self-check found.

    Raises:
        Refused: it is not theirs to read.
    """
    with reading(by, "read_self_check", About(at)):
        found = checks.last_answer(at, "self_check")
        if found is None:
            return None
        moment, answer = found
        checked = tuple(
            Checked(one["name"], tuple(one["faults"]), tuple(one["told"])) for one in answer["checked"]
        )
        return SelfCheck(moment, checked)


def _said(check: Callable[[], Iterator[str]]) -> list[str]:
    try:
        return [*check()][:SAID_MAX]
    except Fault as fault:
        return [str(fault)]


def _waiting(establishment: UUID, at: datetime) -> Iterator[str]:
    since = checks.waiting_since(establishment)
    if since is not None and at - since > WAITS_MAX:
        yield f"something waits for the log since {since:%Y-%m-%d %H:%M} UTC"


def _log(establishment: UUID, at: datetime) -> Iterator[str]:
    yield from verify_log(PROGRAM, establishment, at).faults


def _signed(establishment: UUID, at: datetime) -> Iterator[str]:
    since = unsigned_since(establishment)
    if since is not None and at - since > SIGNED_MAX:
        moment = f"{since:%Y-%m-%d %H:%M} UTC"
        yield f"what stands in the log since {moment} is not signed: `locutorio serve` signs it"


def _witnesses(establishment: UUID, at: datetime) -> Checked:
    """Say what the witnesses say; where they cannot be asked, that."""
    try:
        with answering():
            found = witnesses_asked(establishment, at)
    except Fault as fault:
        return Checked("witnesses", (str(fault),))
    return Checked("witnesses", tuple(found.faults[:SAID_MAX]), tuple(found.told[:SAID_MAX]))


def _reviews(establishment: UUID, at: datetime) -> Iterator[str]:
    overdue = alarm(PROGRAM, establishment, at).overdue
    if overdue:
        yield f"what one officer did alone in an emergency is not reviewed in time: {overdue}"


def _retention(establishment: UUID, at: datetime) -> Iterator[str]:
    begun = unfinished(establishment)
    if begun and not can_rewrite():
        yield (
            f"erased, and the files of the server not yet written anew: {begun}. Their owner does it, when"
            f" nobody is at work: {for_owner(establishment)}"
        )
    late = [
        one
        for one in erasing.erasures(establishment)
        if one.finished_at is None
        and at - one.ordered_at > ERASED_WITHIN
        and (can_rewrite() or one.erased_at is None)
    ]
    kept = {one.whom for one in late if erasing.is_held(establishment, one.whom)}
    if len(late) > len(kept):
        yield f"ordered to be erased, and not erased: {len(late) - len(kept)}"
    over = [one for one in due(establishment, at - ERASED_WITHIN) if not erasing.is_held(establishment, one)]
    if over:
        yield f"due to be erased for two days: {len(over)}"


def _hours(establishment: UUID, at: datetime) -> Iterator[str]:
    late = displaced(establishment, at)
    if late:
        yield f"since the rules of the time zone changed, at another hour than was promised: {late} visits"


def _backups(_establishment: UUID, at: datetime) -> Iterator[str]:
    place, keys = os.environ.get(PLACE), os.environ.get(PLACE_OF_KEYS)
    if not place:
        yield f"no folder of backups is named: set {PLACE} to it, and take one every night"
        return
    taken = moments(Path(place))
    if not taken or at - taken[-1] > BACKUP_MAX:
        last = f"{taken[-1]:%Y-%m-%d %H:%M} UTC" if taken else "never"
        yield f"the last backup was taken: {last}"
    old = [one for one in moments(Path(keys)) if at - one > timedelta(days=WINDOW_DAYS + 2)] if keys else []
    if old:
        yield f"what opens backups older than {WINDOW_DAYS + 2} days is still there: {len(old)}"


def _register(
    establishment: UUID, root: str, before: tuple[datetime, dict[str, Any]] | None
) -> Iterator[str]:
    """Say where the register of counsel and consuls is other than it was, and nothing was entered since."""
    if before is None or before[1].get("register") == root:
        return
    if not checks.changed_by(establishment, CHANGING_REGISTER, before[0]):
        yield "who is counsel or consul is other than at the last check, and no entry says so"


def _numbers(establishment: UUID, at: datetime) -> Iterator[str]:
    """Say where the database lacks numbers that were registered and that nobody ended."""
    on = local_day(people.establishment(establishment).zone, at)
    here, over = privileged.kinds(establishment, on), privileged.over(establishment, on)
    lost = carried(signed_last(establishment), here.keys(), over)
    if lost:
        told = ", ".join(line.number for line in lost[:SAID_MAX])
        yield (
            f"registered numbers that nobody ended are not in the database any more: {len(lost)} ({told});"
            " the telephone keeps them private: register them again, by two people"
        )


_CHECKS: dict[str, Callable[[UUID, datetime], Iterator[str]]] = {
    "waiting": _waiting,
    "log": _log,
    "signed": _signed,
    "reviews": _reviews,
    "retention": _retention,
    "hours": _hours,
    "backups": _backups,
    "numbers": _numbers,
}
