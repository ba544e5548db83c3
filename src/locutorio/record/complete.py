"""All entries about one person, as files that show by themselves that none was left out."""

from __future__ import annotations

from dataclasses import dataclass

from locutorio.record.checkpoint import SIZE_MAX, base64_of, bytes_of, number_of
from locutorio.record.entry import Fields, read
from locutorio.record.proof import Policy, Proof, check
from locutorio.record.rollcall import Place, Row, check_complete, check_row
from locutorio.record.unproved import Unproved

ROW, ROLL = "row", "roll"
PROOF, ENTRY = ".tlog-proof", ".json"
_LINES = 5


@dataclass(frozen=True, slots=True)
class Proved:
    """One entry with the proof that it stands in the log."""

    entry: bytes
    proof: bytes


@dataclass(frozen=True, slots=True)
class Complete:
    """The row of a person on a roll call, the roll call's own entry, and all entries about the person."""

    row: Row
    place: Place
    roll: Proved
    about: tuple[Proved, ...]

    def files(self) -> dict[str, bytes]:
        """Give each file by its name, in the order in which a reader wants them."""
        said = (self.row.subject, self.row.count, self.row.last, self.place.index, self.place.size)
        lines = [*map(str, said), *map(base64_of, self.place.path)]
        width = len(str(len(self.about)))
        named = {ROLL: self.roll, **{f"{at:0{width}}": one for at, one in enumerate(self.about, 1)}}
        files = {ROW: ("\n".join(lines) + "\n").encode()}
        for name, one in named.items():
            files |= {f"{name}{ENTRY}": one.entry, f"{name}{PROOF}": one.proof}
        return files

    @classmethod
    def parse(cls, files: dict[str, bytes]) -> Complete:
        """Read such files. Nothing of them may be believed before `check_all`.

        Raises:
            Unproved: if one is missing or malformed.
        """
        try:
            lines = files[ROW].decode("ascii").split("\n")
            stems = sorted(name.removesuffix(PROOF) for name in files if name.endswith(PROOF))
            found = {stem: Proved(files[stem + ENTRY], files[stem + PROOF]) for stem in stems}
            roll = found.pop(ROLL)
        except (KeyError, UnicodeDecodeError) as error:
            raise Unproved("one of the files is missing or is no text") from error
        if lines.pop() or len(lines) < _LINES:
            raise Unproved("the row is malformed", "it is five lines and the hashes that lead to the roll")
        count, last, index, size = (number_of(line, SIZE_MAX) for line in lines[1:_LINES])
        place = Place(index, size, tuple(map(bytes_of, lines[_LINES:])))
        return cls(Row(lines[0], count, last), place, roll, tuple(found.values()))


def check_all(shown: Complete, policy: Policy) -> None:
    """Check that these are all entries about the person that stood before the roll call.

    Raises:
        Unproved: if one is missing, is about somebody else, or is not proved.
    """
    check(shown.roll.proof, shown.roll.entry, policy)
    called = read(shown.roll.entry)
    root = called.get("roll")
    if not isinstance(root, str) or called.get("people") != shown.place.size:
        raise Unproved("the entry is no roll call, or of more or fewer people")
    check_row(shown.row, shown.place, bytes.fromhex(root))
    for one in shown.about:
        check(one.proof, one.entry, policy)
    check_complete(shown.row, [_stands(one) for one in shown.about], Proof.parse(shown.roll.proof).index)


def _stands(one: Proved) -> tuple[int, Fields]:
    return Proof.parse(one.proof).index, read(one.entry)
