"""Keeps each log: puts into it what waits, calls the roll once a day, signs it and asks its witnesses."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from locutorio.actions.authority import About, authorize
from locutorio.actions.note_failures import note_failures
from locutorio.kernel.faults import Fault
from locutorio.record.paper import on_paper
from locutorio.store.actor import PROGRAM, Actor
from locutorio.store.log import checkpoints, rolling, succeeding
from locutorio.store.log.checkpoints import Outcome
from locutorio.store.log.sequencer import sequence
from locutorio.store.people import establishments
from locutorio.store.transaction import answering


def keep_logs(at: datetime) -> list[Fault]:
    """Do it for every establishment whose log has grown for a minute or by a thousand entries.

    First those who did not show who they are become entries.

    Returns:
        what stood in the way of any of them: a witness that does not answer, a log that is not the one that
        was signed before. The others are kept all the same.

    Raises:
        Fault: the database does not answer, or cannot write.
    """
    faults: list[Fault] = []
    with answering():
        try:
            note_failures(at)
        except Fault as fault:
            faults.append(fault)
        for establishment in establishments():
            try:
                sequence(establishment)
                if checkpoints.due(establishment, at):
                    faults += keep_log(PROGRAM, establishment, at).faults
            except Fault as fault:
                faults.append(fault)
    return faults


def keep_log(by: Actor, establishment: UUID, at: datetime) -> Outcome:
    """Keep one log, whether it is time or not.

    Raises:
        Refused: it is not theirs.
        Fault: the log is not the one that was signed before, a key cannot be used, or the database does not
            answer.
    """
    authorize(by, "keep_log", About(establishment))
    with answering():
        sequence(establishment)
        if rolling.last_called(establishment) != at.date():
            rolling.call_roll(establishment, at)
        return checkpoints.sign(establishment, at)


def take_signature(by: Actor, establishment: UUID, given: bytes, at: datetime) -> Outcome:
    """Keep the signature of a witness that is told by hand.

    Raises:
        Refused: it is not theirs.
        Fault: it is not of a checkpoint that is kept here, or no known witness has signed it.
    """
    authorize(by, "keep_log", About(establishment))
    with answering():
        return checkpoints.take(establishment, given, at)


def paper_of(by: Actor, establishment: UUID) -> str:
    """Give the last state that was signed of a log, as it is written on paper.

    Raises:
        Refused: it is not theirs.
    """
    authorize(by, "keep_log", About(establishment))
    return on_paper(succeeding.signer_of(establishment).last())
