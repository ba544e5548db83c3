"""Checks a pack: is it valid, do its cases hold, does every provision speak somewhere, are its safety
properties proved.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from locutorio.actions import answer, shelf
from locutorio.decisions.cases import CaseBook, WorkedCase, read_cases, snapshot_of
from locutorio.decisions.running import (
    CaseResult,
    judges_of,
    run_commented,
    run_micro,
    run_worked,
    silent_in,
    spoken_in,
)
from locutorio.facts.vocabulary import vocabulary
from locutorio.facts.words import refuse_unknown
from locutorio.kernel.faults import Fault
from locutorio.rules.checks import faults
from locutorio.rules.packs import PROOF, read_pack
from locutorio.rules.provision import Pack
from locutorio.rules.rulebook import Shelf

if TYPE_CHECKING:
    from locutorio.decisions.proofs import Proof

Lines = Iterator[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Checked:
    """A pack under check, with its cases."""

    folder: Path
    pack: Pack
    cases: CaseBook
    shelf: Shelf


def load(name: str) -> Checked:
    """Read a pack by its name or its folder.

    Raises:
        Fault, Faults: it cannot be read, and why.
    """
    folder = pack_folder(name)
    pack = read_pack(folder)
    cases = read_cases(folder, pack, vocabulary())
    checked = Checked(folder, pack, cases, Shelf(pack))
    for worked_case in cases.worked:
        for what, known in _words(checked, worked_case).items():
            refuse_unknown(worked_case.case.words, what, known)
    return checked


def _words(checked: Checked, worked_case: WorkedCase) -> Mapping[str, Collection[str]]:
    """Give the words a worked case may use: those of its law, which for an overlay's case is another pack."""
    if not checked.pack.overlay:
        return answer.known_words(checked.pack)
    refuse_unknown(worked_case.case.words, "law", shelf.laws())
    law = answer.known_words(shelf.pack(worked_case.case.law))
    return {**law, "adopt": {*law["adopt"], *answer.adoptable(checked.pack)}}


def pack_folder(name: str) -> Path:
    """Give the folder of a pack: a known one by its name, or any folder that holds pack.yaml."""
    try:
        if "/" not in name and not Path(name).is_dir():
            return shelf.folder_of(name)
        found = (Path(name) / "pack.yaml").is_file()
    except (OSError, ValueError):
        found = False
    if not found:
        raise Fault(
            f'"{name}" is not a pack of law',
            why="a pack is a folder that holds a file pack.yaml",
            remedy=f"name such a folder, or one of: {', '.join(shelf.packs())}",
        )
    return Path(name)


def worked(name: str) -> Iterator[CaseResult]:
    """Decide every worked case of a shipped pack."""
    pack = shelf.pack(name)
    yield from results(Checked(shelf.folder_of(name), pack, shelf.cases(name), Shelf(pack)))


def results(checked: Checked) -> Iterator[CaseResult]:
    """Decide every worked case of a pack; those of an overlay each under its own law."""
    if checked.pack.overlay:
        yield from run_commented(checked.cases, lambda law: Shelf(shelf.pack(law)), checked.shelf)
    else:
        yield from run_worked(checked.pack, checked.cases, judges_of(checked.shelf))


def micro(checked: Checked) -> Iterator[str]:
    """Run every micro-case; give what differs, with file and line."""
    for one in checked.cases.micro:
        provision = checked.pack.provisions.get(one.provision)
        since = provision.since if provision else checked.pack.first_day
        stated = one.facts.get("request.on")
        days = [checked.pack.first_day, since, *([stated] if isinstance(stated, date) else [])]
        for difference in run_micro(one, checked.shelf.on(max(days))):
            yield f"{one.file}:{one.line}: {difference}"


def report(name: str, *, write: bool) -> Lines:
    """Give each line of a check with whether it passed; the last says what the pack now is.

    Args:
        name: a shipped pack or a folder.
        write: store the proof beside the pack, with its hash.
    """
    checked = load(name)
    pack = checked.pack
    yield (
        f"{pack.name}: {len(pack.provisions)} provisions, {len(pack.forms)} forms, hash {pack.hash[:16]}",
        True,
    )
    sound = True
    for part in (_valid, _cases, _coverage):
        for line, passed in part(checked):
            sound = sound and passed
            yield line, passed
        if part is _valid and not sound:
            break
    if not sound:
        yield f"{pack.name} is not valid: nothing was proved", False
        return
    yield from _proved(checked, write=write)


def _valid(checked: Checked) -> Lines:
    found = list(faults(checked.pack, vocabulary()))
    yield from ((str(fault), False) for fault in found)
    if not found:
        yield "valid: references, numbers, papers, overrides, residuals", True


def _cases(checked: Checked) -> Lines:
    found = list(results(checked))
    for result in found:
        for difference in result.differences:
            yield f"{result.worked.file}:{result.worked.line}: {result.worked.name}: {difference}", False
    failed = sum(not result.passed for result in found)
    yield f"worked cases: {len(found) - failed} pass, {failed} fail", failed == 0
    differences = list(micro(checked))
    yield from ((line, False) for line in differences)
    yield f"micro-cases: {len(checked.cases.micro)}, {len(differences)} differ", not differences


def _coverage(checked: Checked) -> Lines:
    pack = checked.pack
    spoken = {one.provision for one in checked.cases.micro}
    hushed = {one.provision for one in checked.cases.micro if one.silent}
    for result in results(checked):
        if result.decision is not None:
            case = result.worked.case
            spoken |= spoken_in(result.decision)
            snapshot = snapshot_of(case, pack.zone, list(pack.kinds))
            hushed |= silent_in(snapshot, checked.shelf.on(case.question.on))
    silent = sorted(set(pack.provisions) - spoken)
    for name in silent:
        yield f"{pack.provisions[name].place}: {name} speaks in no case", False
    for name in sorted(spoken & set(pack.provisions) - hushed):
        yield (
            f"{pack.provisions[name].place}: {name} is silent in no case: add a change under `silent:`",
            False,
        )
    heard = len(pack.provisions) - len(silent)
    yield f"provisions that speak in a case: {heard}, silent: {len(silent)}", not silent


def _proved(checked: Checked, *, write: bool) -> Lines:
    try:
        from locutorio.decisions.proofs import Prover, solver_version
    except ModuleNotFoundError as error:
        raise Fault(
            "nothing can be proved: the solver is not installed",
            why="a pack decides only once its safety was proved",
            remedy="install it with `pip install 'locutorio[proofs]'`, and run the command again",
        ) from error

    began = time.perf_counter()
    proofs: list[tuple[date, Proof]] = []
    clashes: dict[tuple[str, str], None] = {}
    left: dict[tuple[str, str], None] = {}
    for day in checked.shelf.days():
        prover = Prover(checked.shelf.on(day))
        proofs += [(day, proof) for proof in prover.prove()]
        clashes |= {(right.name, bar.name): None for right, bar in prover.oppositions()}
        left |= {(right.name, bar.name): None for right, bar in prover.left_to_a_person()}
    for right, bar in clashes:
        yield f"{right} and {bar} can oppose each other: write an override or a numbered reading", False
    for right, bar in left:
        yield f"note: {right} and {bar}, of two instruments at one rank, are left to a person (refer)", True
    yield from ((_unproved(proof, day), False) for day, proof in proofs if not proof.proved)
    failed = sum(not proof.proved for _, proof in proofs)
    names: Sequence[str] = sorted({proof.name for _, proof in proofs})
    yield (
        f"proved: {len(proofs) - failed} of {len(proofs)} ({time.perf_counter() - began:.1f} s)",
        failed == 0,
    )
    if failed or clashes:
        yield f"{checked.pack.name} is not active", False
        return
    if write:
        stored = {
            "hash": checked.pack.hash,
            "solver": solver_version(),
            "properties": names,
            "proofs": len(proofs),
        }
        text = json.dumps(stored, indent=2, ensure_ascii=False) + "\n"
        _store(checked.folder / PROOF, text)
    yield (
        f"{checked.pack.name} is active: the proof is stored with its hash"
        if write
        else "proved, not stored",
        True,
    )


def _unproved(proof: Proof, day: date) -> str:
    what = f"not proved: {proof.name}, for {proof.about} on {day}"
    if proof.vacuous:
        return f"{what}: it says nothing, for the facts of its `when` never come together"
    facts = ", ".join(f"{path}: {value}" for path, value in proof.counterexample.items())
    return f"{what}: it fails with {facts}"


def _store(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Fault(
            f"the proof cannot be stored in {path} ({error.strerror})",
            remedy="run the check again with --no-write, or where you may write",
        ) from error
