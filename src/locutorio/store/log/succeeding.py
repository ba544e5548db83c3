"""The keys and witnesses of a log as they follow each other: what is kept of each change beside its keys.

Each change is a file, in the form of `record.succession`; an entry of the log holds its hash. Once there is
one, whom this installation believes is what the last one says, and the witnesses that are asked are those of
a file of this log, written with it. So neither can be changed by hand unseen.
"""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from locutorio.kernel.faults import Fault
from locutorio.record.notes import Key, Note
from locutorio.record.proof import Policy, believe
from locutorio.record.succession import Change
from locutorio.record.unproved import Unproved
from locutorio.store.context import within
from locutorio.store.keyring import folder, kept
from locutorio.store.log.asking import FILE, Witnesses
from locutorio.store.log.signing import LogSigner, base_of
from locutorio.store.models import Entry, Leaf, Signed

_CHANGE = "change"


def origin_of(establishment: UUID) -> str:
    """Give the name of a log."""
    return f"locutorio/{establishment}"


def signer_of(establishment: UUID) -> LogSigner:
    """Give the signer of a log. Its keys are drawn where nobody has signed the log yet.

    Raises:
        Fault: a key is missing or cannot be used.
    """
    return LogSigner(folder(), origin_of(establishment), make=not _is_signed(establishment))


def changes_of(establishment: UUID) -> list[Change]:
    """Give every change of a log's keys or witnesses, the first one first.

    Raises:
        Fault: a file cannot be read.
    """
    return [Change.parse(path.read_bytes()) for path in _files(establishment)]


def witnesses_of(establishment: UUID) -> Witnesses:
    """Give who are asked to sign a log: by the file of this log, or the one of the whole installation.

    Raises:
        Fault: it cannot be read.
    """
    own = _own(establishment)
    return Witnesses.of(own if own.exists() else folder() / FILE)


def policy_of(establishment: UUID) -> Policy:
    """Give whom this installation believes about a log: what its last change says; before the first one, its
    keys and the witnesses that it was set up with.

    Raises:
        Fault: a key, a change or the file of the witnesses cannot be read.
    """
    made = changes_of(establishment)
    if made:
        return made[-1].after
    known = witnesses_of(establishment)
    return Policy(origin_of(establishment), signer_of(establishment).keys[:2], known.keys, known.quorum)


def by_hand(establishment: UUID, named: list[str]) -> list[str]:
    """Say where keys or witnesses are other than the entries of the log say.

    Args:
        establishment: whose log.
        named: the hashes of the changes that its entries name, in order.
    """
    made = changes_of(establishment)
    found = []
    if [one.hash for one in made] != named:
        found.append("keys or witnesses were changed, and the entries of the log do not say so")
    known = witnesses_of(establishment)
    if made and ({*known.keys}, known.quorum) != ({*made[-1].after.witnesses}, made[-1].after.quorum):
        found.append("the witnesses that are asked are not those whom two people chose")
    return found


class Succeeding:
    """One change that is made: its files are written before its entry, and taken back if that fails."""

    def __init__(self, establishment: UUID) -> None:
        self._establishment = establishment
        self._made: list[Path] = []
        self._before: dict[Path, bytes | None] = {}

    def keys(self) -> Change:
        """Draw new keys, which sign from now on beside those before them.

        Raises:
            Fault: the keys before them sign still beside older ones, or a key cannot be written.
        """
        before, signer = policy_of(self._establishment), signer_of(self._establishment)
        if len(signer.generations) > 1:
            raise Fault(
                "the keys that were replaced last sign still",
                remedy="retire them first, once the witnesses know the new ones",
            )
        self._made += signer.rotate()
        after = Policy(
            before.origin, signer_of(self._establishment).keys[-2:], before.witnesses, before.quorum
        )
        return self._written(Change(before, after))

    def witnesses(self, text: str) -> Change:
        """Ask other witnesses from now on.

        Raises:
            Fault: the text says no witnesses, or a file cannot be written.
        """
        before, known = policy_of(self._establishment), Witnesses.parse(text)
        after = Policy(before.origin, before.log, known.keys, known.quorum)
        self._replaced(_own(self._establishment), text.encode())
        return self._written(Change(before, after))

    def take_back(self) -> None:
        """Put everything back as it was, if anything was written."""
        for path in self._made:
            path.unlink(missing_ok=True)
        for path, data in self._before.items():
            if data is None:
                path.unlink(missing_ok=True)
            else:
                kept(path, data)
        self._made.clear()
        self._before.clear()

    def _written(self, change: Change) -> Change:
        number = len(_files(self._establishment)) + 1
        self._replaced(_base(self._establishment, f"{number:04}.{_CHANGE}"), change.written())
        return change

    def _replaced(self, path: Path, data: bytes) -> None:
        self._before[path] = path.read_bytes() if path.exists() else None
        kept(path, data)


def replaced_keys(establishment: UUID) -> tuple[Key, ...]:
    """Give the keys that sign still, and are no longer those of the log.

    Raises:
        Fault: a key cannot be used.
    """
    return signer_of(establishment).keys[:-2]


@within
def is_linked(establishment: UUID) -> bool:
    """Tell whether a checkpoint over the last change of keys is signed by those before it and by those after.

    Raises:
        Fault: a change cannot be read.
    """
    turns = [one for one in changes_of(establishment) if one.before.log != one.after.log]
    return bool(turns) and link(establishment, turns[-1]) is not None


@within
def link(establishment: UUID, change: Change) -> tuple[Leaf, Note] | None:
    """Give the entry of a change, and the first checkpoint over it that those believed before have signed.

    None where the entry is not in the log yet, or too few of them have signed it.
    """
    entries = Entry.objects.filter(establishment=establishment, action="approve_proposal").values("id")
    leaves = Leaf.objects.filter(establishment=establishment, part=0, entry_id__in=entries).order_by("index")
    leaf = next((one for one in leaves if change.hash.encode() in bytes(one.body)), None)
    if leaf is None:
        return None
    rows = Signed.objects.filter(establishment=establishment, size__gt=leaf.index).order_by("size", "at")
    for data in rows.values_list("note", flat=True).iterator():
        note = Note.parse(bytes(data))
        try:
            if len(believe(note, change.before).witnessed) >= change.before.quorum:
                believe(note, Policy(change.after.origin, change.after.log, (), 0))
                return leaf, note
        except Unproved:
            continue
    return None


@within
def _is_signed(establishment: UUID) -> bool:
    return Signed.objects.filter(establishment=establishment).exists()


def _base(establishment: UUID, ending: str) -> Path:
    base = base_of(folder(), origin_of(establishment))
    return base.with_name(f"{base.name}.{ending}")


def _own(establishment: UUID) -> Path:
    return _base(establishment, FILE)


def _files(establishment: UUID) -> list[Path]:
    base = base_of(folder(), origin_of(establishment))
    return sorted(base.parent.glob(f"{base.name}.[0-9]*.{_CHANGE}"))
