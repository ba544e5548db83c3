"""Who signs a log: its keys, and what it signed last, in files beside the database and not in it.

A signer has a memory of its own. A database that was cut, changed or put back from an old copy is not signed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from locutorio.kernel.faults import Fault
from locutorio.record.checkpoint import Checkpoint
from locutorio.record.notes import Key, Kind, Note, Signer
from locutorio.record.tree import EMPTY_ROOT, Reader, check_consistency, consistency, root_at, wanted
from locutorio.record.unproved import Unproved
from locutorio.store.keyring import kept, locked, secret

KINDS = {Kind.ED25519: "ed25519", Kind.ML_DSA_44: "ml-dsa-44"}
_REMEDY = "do not go on: keep the database as it is, and run `locutorio verify` with a witness"
Fetch = Callable[[list[tuple[int, int]]], Reader]


def base_of(folder: Path, origin: str) -> Path:
    """Give what the files of a log are named by, in a directory of keys, before their endings."""
    return folder / quote(origin, safe="")


class LogSigner:
    """The keys of one log and the last checkpoint that they signed.

    Args:
        folder: the directory of the keys.
        origin: the name of the log.
        make: whether keys are drawn where there are none: for a log that nobody has signed yet.
    """

    def __init__(self, folder: Path, origin: str, *, make: bool = False) -> None:
        self.origin = origin
        self._base = base_of(folder, origin)
        with locked(self._file("lock")):
            signed = self._file("signed").exists()
            made = [path.name for path in folder.glob(f"{self._base.name}.*.{KINDS[Kind.ED25519]}")]
            self.generations = sorted(int(name.rsplit(".", 2)[1]) for name in made) or [1]
            self._signers = tuple(
                Signer(origin, kind, secret(self._file(f"{number}.{word}"), make=make and not signed))
                for number in self.generations
                for kind, word in KINDS.items()
            )

    @property
    def keys(self) -> tuple[Key, ...]:
        """Its public keys, the oldest first."""
        return tuple(one.key for one in self._signers)

    def last(self) -> Checkpoint:
        """Give the last state that was signed; the empty log where there is none.

        Raises:
            Fault: what it kept cannot be read.
        """
        try:
            return Checkpoint.parse(self._file("signed").read_text("utf-8"))
        except FileNotFoundError:
            return Checkpoint(self.origin, 0, EMPTY_ROOT)
        except (OSError, ValueError, Unproved) as error:
            raise Fault(
                f"what {self.origin} signed last cannot be read",
                why=str(error),
                remedy=f"put {self._file('signed')} back, or write the last checkpoint of a witness into it",
            ) from error

    def sign(self, size: int, fetch: Fetch, at: int) -> Note:
        """Sign the state of the stored tree at a size. What was signed is on disk before this returns.

        Args:
            size: how many entries.
            fetch: gives a reader of the stored nodes that are named by level and index.
            at: the second since 1970, UTC.

        Raises:
            Fault: the log holds fewer entries than were signed before, or not the same ones.
        """
        with locked(self._file("lock")):
            last = self.last()
            if size < last.size:
                raise Fault(
                    f"the log {self.origin} holds {size} entries, and {last.size} were signed before",
                    why="entries were taken away, or the database was put back from an older copy",
                    remedy=_REMEDY,
                )
            read = fetch(wanted(lambda read: (consistency(last.size, size, read), root_at(size, read))))
            state = Checkpoint(self.origin, size, root_at(size, read))
            try:
                check_consistency(last.size, last.root, size, state.root, consistency(last.size, size, read))
            except Unproved as error:
                raise Fault(
                    f"the first {last.size} entries of {self.origin} are not those that were signed before",
                    why="an entry was changed, taken away or put in",
                    remedy=_REMEDY,
                ) from error
            text = state.text()
            note = Note(text, tuple(one.sign(text, at) for one in self._signers))
            kept(self._file("signed"), text.encode())
            return note

    def rotate(self) -> list[Path]:
        """Add new keys, and give their files. From then on both sign, until the old ones are retired."""
        with locked(self._file("lock")):
            number = self.generations[-1] + 1
            made = [self._file(f"{number}.{word}") for word in KINDS.values()]
            for path in made:
                secret(path, make=True)
            return made

    def retire(self) -> None:
        """Destroy all keys but the newest. What they signed can still be checked.

        Raises:
            Fault: there are no newer ones.
        """
        if len(self.generations) == 1:
            raise Fault("there are no newer keys", remedy="make some first, and let witnesses know them")
        with locked(self._file("lock")):
            for number in self.generations[:-1]:
                for word in KINDS.values():
                    self._file(f"{number}.{word}").unlink(missing_ok=True)

    def _file(self, ending: str) -> Path:
        return self._base.with_name(f"{self._base.name}.{ending}")
