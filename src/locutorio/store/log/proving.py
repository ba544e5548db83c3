"""What somebody is given to prove an entry elsewhere: receipts, proof files, all entries about a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from uuid import UUID

from locutorio.kernel.faults import Fault
from locutorio.record.checkpoint import Checkpoint
from locutorio.record.complete import ENTRY, PROOF, Complete, Proved
from locutorio.record.entry import Fields, read
from locutorio.record.notes import Note
from locutorio.record.proof import Policy, Proof, believe
from locutorio.record.rollcall import RollCall
from locutorio.record.sealing import entry_key
from locutorio.record.tree import Reader, inclusion, wanted
from locutorio.record.unproved import Unproved
from locutorio.store.context import within
from locutorio.store.keys import kept_keys, known_pseudonyms
from locutorio.store.log.nodes import nodes
from locutorio.store.log.reading import Content, content_of, key_name, payloads
from locutorio.store.log.rolling import rows_before
from locutorio.store.log.succeeding import changes_of, link
from locutorio.store.models import Entry, Leaf, Log, Paper, Request, Signed

SEALED, KEY = ".sealed", ".key"
LOOKED_AT = 100
ENTERING = ("enter_paper", "approve_proposal")
_LATER = "wait until the witnesses have signed the log, usually a minute, then ask again"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where something stands in the log: the entry, its index, the hash by which it stands, in hexadecimal.

    ``index`` and ``hash`` are none while it waits for its place. ``proved`` says whether a proof can be had:
    enough witnesses have seen it, in the state of ``size`` entries with the hash ``root``;
    that is ``witnesses`` of them, 0 where none is needed.
    """

    entry: UUID
    index: int | None = None
    hash: str = ""
    proved: bool = False
    size: int = 0
    root: str = ""
    witnesses: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """One entry about somebody: its leaf and fields, what it holds (None if erased), its proof if any."""

    leaf: Leaf
    fields: Fields
    content: Content | None
    proved: Proved | None


@within
def leaf_of(establishment: UUID, entry: UUID) -> Leaf | None:
    """Give where an entry stands: what was asked and answered; None while it waits."""
    return Leaf.objects.filter(establishment=establishment, entry_id=entry, part=0).first()


@within
def leaf_of_notice(establishment: UUID, notice: UUID) -> Leaf | None:
    """Give where a notice stands as it was written to its reader; None while it waits."""
    return Leaf.objects.filter(establishment=establishment, notice=notice).first()


@within
def leaf_of_request(establishment: UUID, request: UUID) -> Leaf | None:
    """Give where it stands that somebody asked for a visit; None while it waits, or of a file."""
    asked = Request.objects.filter(establishment=establishment, id=request).values_list("asked_at", "person")
    at, person = asked.get()
    entries = Entry.objects.filter(establishment=establishment, action="request_visit", at=at, person=person)
    leaves = Leaf.objects.filter(establishment=establishment, part=0, entry_id__in=entries.values("id"))
    for leaf in leaves.order_by("index"):
        content = content_of(establishment, leaf.entry_id)
        if content is not None and content["answer"].get("request") == str(request):
            return leaf
    return None


@within
def leaf_of_paper(establishment: UUID, paper: UUID) -> Leaf | None:
    """Give where it stands that a paper was entered, by one or by two; None while it waits, or of a file."""
    kept = Paper.objects.filter(establishment=establishment, id=paper).values_list("known_at", "person")
    at, person = kept.get()
    entries = Entry.objects.filter(establishment=establishment, action__in=ENTERING, at=at, person=person)
    leaves = Leaf.objects.filter(establishment=establishment, part=0, entry_id__in=entries.values("id"))
    for leaf in leaves.order_by("index"):
        content = content_of(establishment, leaf.entry_id)
        if content is None:
            continue
        answer = content["answer"]
        if str(paper) in {answer.get("paper"), answer.get("done", {}).get("paper")}:
            return leaf
    return None


def receipt(leaf: Leaf, policy: Policy) -> Receipt:
    """Give the receipt of a leaf."""
    seen = _witnessed(leaf.establishment_id, policy, leaf.index)
    stands = leaf.entry_id, leaf.index, bytes(leaf.hash).hex()
    if seen is None:
        return Receipt(*stands)
    state = Checkpoint.parse(seen.text)
    witnesses = len(believe(seen, policy).witnessed)
    return Receipt(*stands, proved=True, size=state.size, root=state.root.hex(), witnesses=witnesses)


def proof_files(leaf: Leaf, policy: Policy, name: str, *, content: bool) -> dict[str, bytes]:
    """Give a leaf and its proof as files.

    Args:
        leaf: which.
        policy: by which enough witnesses must have signed.
        name: what the files are called, before their endings.
        content: whether its holder may read it: then its sealed content and the key of that content alone.

    Raises:
        Fault: too few witnesses have signed yet, or the content was erased.
    """
    proved = _proved(leaf, _seen(leaf.establishment_id, policy, leaf.index))
    files = {f"{name}{ENTRY}": proved.entry, f"{name}{PROOF}": proved.proof}
    return {**files, **(_sealed(leaf, name) if content else {})}


def _sealed(leaf: Leaf, name: str) -> dict[str, bytes]:
    kept = key_name(leaf.establishment_id, leaf.subject, leaf.kept_as)
    key = kept_keys(leaf.establishment_id, [kept]).get(kept)
    if key is None or leaf.seal is None:
        raise Fault(
            "the content of this entry was erased",
            remedy="ask for the proof without its content: it still shows that the entry was made",
        )
    which = entry_key(key, str(read(bytes(leaf.body))["id"])).hex()
    return {f"{name}{SEALED}": bytes(leaf.seal), f"{name}{KEY}": which.encode()}


@within
def all_about(establishment: UUID, whom: UUID, policy: Policy) -> dict[str, bytes]:
    """Give every entry about a person or contact up to the last roll call, as files that show that it is all.

    Raises:
        Fault: there is no roll call yet with an entry about them, or too few witnesses have signed it.
    """
    subject = known_pseudonyms(establishment, [whom]).get(whom)
    called = Log.objects.filter(establishment=establishment).values_list("called", flat=True).first()
    if called is None or subject is None:
        raise _nothing_yet()
    note = _seen(establishment, policy, called)
    roll = RollCall(rows_before(establishment, called))
    try:
        row, place = roll.place(str(subject))
    except KeyError:
        raise _nothing_yet() from None
    leaves = [
        *Leaf.objects.filter(establishment=establishment, subject=subject, index__lt=called).order_by("index")
    ]
    proofs = _all_proved([*leaves, Leaf.objects.get(establishment=establishment, index=called)], note)
    return Complete(row, place, proofs[-1], tuple(proofs[:-1])).files()


@within
def everything_about(establishment: UUID, whom: UUID, policy: Policy) -> list[Held]:
    """Give every entry about a person, opened, in the order of the log, with what proves it elsewhere."""
    subject = known_pseudonyms(establishment, [whom]).get(whom)
    leaves = [*Leaf.objects.filter(establishment=establishment, subject=subject).order_by("index")]
    if subject is None or not leaves:
        return []
    note = _witnessed(establishment, policy, leaves[0].index)
    seen = int(note.text.split("\n")[1]) if note else 0
    proved = [leaf for leaf in leaves if leaf.index < seen]
    proofs = _all_proved(proved, note) if note else []
    return [
        Held(leaf, read(bytes(leaf.body)), content, proof)
        for leaf, content, proof in zip_longest(leaves, payloads(leaves), proofs)
    ]


def files_of(held: Held, name: str) -> dict[str, bytes]:
    """Give an entry, its proof, its sealed content and the key of that alone; no file before its proof."""
    if held.proved is None:
        return {}
    files = {f"{name}{ENTRY}": held.proved.entry, f"{name}{PROOF}": held.proved.proof}
    return {**files, **(_sealed(held.leaf, name) if held.content is not None else {})}


@within
def can_prove_all(establishment: UUID, whom: UUID, policy: Policy) -> bool:
    """Tell whether the last roll call counts an entry about somebody, and enough witnesses have signed it."""
    subject = known_pseudonyms(establishment, [whom]).get(whom)
    called = Log.objects.filter(establishment=establishment).values_list("called", flat=True).first()
    if called is None or subject is None:
        return False
    counted = Leaf.objects.filter(establishment=establishment, subject=subject, index__lt=called)
    return counted.exists() and _witnessed(establishment, policy, called) is not None


@within
def change_files(establishment: UUID) -> dict[str, bytes]:
    """Give each change of the log's keys or witnesses, its entry, and its proof to whom believed before.

    Raises:
        Fault: a change cannot be read, or too few of those believed before it have signed it yet.
    """
    files: dict[str, bytes] = {}
    for number, change in enumerate(changes_of(establishment), 1):
        found = link(establishment, change)
        if found is None:
            raise Fault(
                f"change {number} of keys or witnesses is not signed by enough of those before it",
                why="whoever believes them cannot know who comes after them",
                remedy="wait until the log was signed again; otherwise give the new policy by another way",
            )
        proved = _proved(*found)
        files[f"{number:04}.change"] = change.written()
        files[f"{number:04}{ENTRY}"], files[f"{number:04}{PROOF}"] = proved.entry, proved.proof
    return files


def _nothing_yet() -> Fault:
    return Fault(
        "no roll call counts an entry about this person yet",
        remedy="ask again after the next one: it is daily",
    )


def _seen(establishment: UUID, policy: Policy, index: int) -> Note:
    note = _witnessed(establishment, policy, index)
    if note is None:
        raise Fault(
            "this entry cannot be proved yet",
            why="too few witnesses have signed the log since",
            remedy=_LATER,
        )
    return note


@within
def _witnessed(establishment: UUID, policy: Policy, index: int) -> Note | None:
    """Give the latest checkpoint over an index that enough witnesses signed, among the latest ones."""
    rows = Signed.objects.filter(establishment=establishment, size__gt=index).order_by("-size", "-at", "-id")
    for data in rows.values_list("note", flat=True)[:LOOKED_AT]:
        try:
            note = Note.parse(bytes(data))
            if len(believe(note, policy).witnessed) >= policy.quorum:
                return note
        except Unproved:
            continue
    return None


def _proved(leaf: Leaf, note: Note) -> Proved:
    return _all_proved([leaf], note)[0]


def _all_proved(leaves: Sequence[Leaf], note: Note) -> list[Proved]:
    """Prove leaves by one checkpoint; the tree is read once for all."""
    establishment, size = leaves[0].establishment_id, int(note.text.split("\n")[1])

    def paths(read: Reader) -> list[tuple[bytes, ...]]:
        return [inclusion(leaf.index, size, read) for leaf in leaves]

    found = paths(nodes(establishment, wanted(paths)))
    return [
        Proved(bytes(leaf.body), Proof(leaf.index, path, note).written())
        for leaf, path in zip(leaves, found, strict=True)
    ]
