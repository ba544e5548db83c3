"""Gives what somebody can prove elsewhere: an entry, a notice they were sent, all entries about a person."""

from __future__ import annotations

from uuid import UUID

from locutorio.actions.authority import About, authorize, reading
from locutorio.kernel.faults import Fault
from locutorio.record.proof import Policy
from locutorio.store.actor import Actor
from locutorio.store.log import proving
from locutorio.store.log.proving import Receipt
from locutorio.store.log.succeeding import policy_of

__all__ = ["Receipt"]


def receipt_of_notice(by: Actor, at: UUID, notice: UUID) -> Receipt | None:
    """Give where a notice stands in the log; None while it waits for its place.

    Raises:
        Refused: it is not theirs.
        Fault: the log's keys cannot be used.
    """
    with reading(by, "read_receipt", About(at, "notice", notice)):
        leaf = proving.leaf_of_notice(at, notice)
        return proving.receipt(leaf, policy_of(at)) if leaf else None


def receipt_of_request(by: Actor, at: UUID, request: UUID) -> Receipt | None:
    """Give where it stands in the log that somebody asked; None while it waits for its place.

    Raises:
        Refused: it is not theirs.
        Fault: the log's keys cannot be used.
    """
    with reading(by, "read_request_receipt", About(at, "request", request)):
        leaf = proving.leaf_of_request(at, request)
        return proving.receipt(leaf, policy_of(at)) if leaf else None


def receipt_of_paper(by: Actor, at: UUID, paper: UUID) -> Receipt | None:
    """Give where it stands in the log that a paper was entered; None while it waits for its place.

    Raises:
        Refused: it is not theirs.
        Fault: the log's keys cannot be used.
    """
    with reading(by, "read_paper", About(at, "paper", paper)):
        leaf = proving.leaf_of_paper(at, paper)
        return proving.receipt(leaf, policy_of(at)) if leaf else None


def prove_paper(by: Actor, at: UUID, paper: UUID) -> dict[str, bytes]:
    """Give the proof that a paper was entered as files, with all that was entered, by whom and what followed.

    Raises:
        Refused: it is not theirs.
        Fault: it is not in the log yet, too few witnesses have signed, or it was erased.
    """
    with reading(by, "prove_paper", About(at, "paper", paper)):
        leaf = proving.leaf_of_paper(at, paper)
        if leaf is None:
            raise _unknown()
        return proving.proof_files(leaf, policy_of(at), "paper", content=True)


def prove_notice(by: Actor, at: UUID, notice: UUID) -> dict[str, bytes]:
    """Give the proof of a notice as files, with the notice as it was written.

    It is sealed, as it stands in the log, and the key of this one seal is given with it.

    Raises:
        Refused: it is not theirs.
        Fault: it is not in the log yet, too few witnesses have signed, or it was erased.
    """
    with reading(by, "prove_notice", About(at, "notice", notice)):
        leaf = proving.leaf_of_notice(at, notice)
        if leaf is None:
            raise _unknown()
        return proving.proof_files(leaf, policy_of(at), "notice", content=True)


def prove_entry(by: Actor, at: UUID, id_: UUID, name: str) -> dict[str, bytes]:
    """Give the proof that an entry was made, or that of a notice, as files; what it holds stays sealed.

    Raises:
        Refused: it is not theirs.
        Fault: there is none of that identifier in the log, or too few witnesses have signed.
    """
    with reading(by, "prove_entry", About(at)):
        return _files(at, id_, name, policy_of(at), content=False)


def prove_content(by: Actor, at: UUID, id_: UUID, name: str) -> dict[str, bytes]:
    """Give the same with what the entry holds, sealed, and the key of this one seal.

    Raises:
        Refused: it is not theirs.
        Fault: as of `prove_entry`, or it was erased.
    """
    with reading(by, "prove_content", About(at)):
        return _files(at, id_, name, policy_of(at), content=True)


def prove_all(by: Actor, at: UUID, whom: UUID) -> dict[str, bytes]:
    """Give every entry about a person in custody up to the last roll call, with what shows that it is all.

    Raises:
        Refused: it is not theirs.
        Fault: there is no roll call yet with an entry about them, or too few witnesses have signed it.
    """
    with reading(by, "prove_all", About(at, "person", whom)):
        return proving.all_about(at, whom, policy_of(at))


def all_can_be_proved(by: Actor, at: UUID, whom: UUID) -> bool:
    """Tell whether `prove_all` has something to give.

    Raises:
        Refused: it is not theirs.
        Fault: the log's keys cannot be used.
    """
    with reading(by, "prove_all", About(at, "person", whom)):
        return proving.can_prove_all(at, whom, policy_of(at))


def whom_to_believe(by: Actor, at: UUID) -> Policy:
    """Give whom this installation believes about its log: its keys, its witnesses, how many of them.

    Raises:
        Refused: it is not theirs.
        Fault: a key or the file of the witnesses cannot be read.
    """
    authorize(by, "verify_log", About(at))
    return policy_of(at)


def changes_proved(by: Actor, at: UUID) -> dict[str, bytes]:
    """Give each change of the log's keys or witnesses as files, proved to those who believed the ones before.

    Raises:
        Refused: it is not theirs.
        Fault: too few of those before have signed a change.
    """
    with reading(by, "verify_log", About(at)):
        return proving.change_files(at)


def _files(at: UUID, id_: UUID, name: str, policy: Policy, *, content: bool) -> dict[str, bytes]:
    leaf = proving.leaf_of_notice(at, id_) or proving.leaf_of(at, id_)
    if leaf is None:
        raise _unknown()
    return proving.proof_files(leaf, policy, name, content=content)


def _unknown() -> Fault:
    return Fault(
        "there is no such entry in the log",
        why="it has another identifier, or it still waits for its place",
        remedy="look at its receipt, and ask again in a minute",
    )
