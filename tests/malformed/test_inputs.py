"""Whatever is given to the command, it is refused in words, at its place, with what to do next."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from locutorio.facts.vocabulary import FOLDER, read_vocabulary
from locutorio.kernel.faults import Fault
from tests.malformed.arguments import ARGUMENTS, Arguments
from tests.malformed.cases import CASES
from tests.malformed.inputs import Malformed
from tests.malformed.packs import PACKS, VOCABULARIES
from tests.malformed.promises import PROMISES
from tests.malformed.running import ANSWERS, outcome

FILES = [*CASES, *PACKS, *PROMISES]
ALL: list[Malformed | Arguments] = [*FILES, *ARGUMENTS]
SECONDS_MAX = 5
FEWEST = 100
# Errors about a whole file, or about a day that only the law knows: no line of the text is wrong.
WHOLE = {
    *("empty", "only-comments", "ten-megabytes", "pack-empty", "section-empty", "section-of-10-megabytes"),
    *("day-before-the-law", "holidays-of-nowhere", "too-many-periods"),
}
PLACE = re.compile(r"^\S+\.yaml, line [1-9]\d*, column [1-9]\d*: .", re.MULTILINE)
REMEDY = re.compile(r"^  What to do: .{5,}[.?]$", re.MULTILINE)


def name_of(one: Malformed | Arguments) -> str:
    """Give the name of an input, as the test is called."""
    return f"{one.kind}-{one.name}" if isinstance(one, Malformed) else f"argument-{one.name}"


def test_there_are_many_and_each_has_its_name() -> None:
    """At least a hundred malformed inputs are tried, and no two share a name."""
    names = [name_of(one) for one in [*ALL, *VOCABULARIES]]

    assert len(names) >= FEWEST
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("one", ALL, ids=name_of)
def test_a_malformed_input_is_refused(one: Malformed | Arguments) -> None:
    """Each ends with its exit code and the expected words: no traceback, no answer, no code run."""
    found = outcome(one)

    assert found.escaped is None
    assert found.code == one.code
    assert [words for words in one.says if words not in found.told + found.out] == []
    assert "Traceback" not in found.out + found.error
    assert not any(words in found.out for words in ANSWERS)
    assert found.touched == frozenset()
    assert found.seconds < SECONDS_MAX


@pytest.mark.parametrize("one", FILES, ids=name_of)
def test_an_error_has_its_place(one: Malformed) -> None:
    """An error in a text begins with the file, the line and the column where a person must look."""
    told = outcome(one).told

    if one.name in WHOLE:
        assert not PLACE.search(told)
    else:
        assert PLACE.search(told)
        assert one.place is None or one.place in told


@pytest.mark.parametrize("one", [one for one in ALL if one.code != 2], ids=name_of)
def test_an_error_says_what_to_do(one: Malformed | Arguments) -> None:
    """Every error says what to do next, on a line of its own, and is short enough to be read."""
    told = outcome(one).told

    assert REMEDY.search(told)
    assert max(len(line) for line in told.splitlines()) < 700


@pytest.mark.parametrize("one", VOCABULARIES, ids=name_of)
def test_a_malformed_vocabulary_is_refused(one: Malformed, tmp_path: Path) -> None:
    """The words that packs and cases may use are read as strictly as these."""
    shutil.copytree(FOLDER, tmp_path / "words")
    (tmp_path / "words" / one.file).write_bytes(one.raw)

    with pytest.raises(Fault) as refused:
        read_vocabulary(tmp_path / "words")

    told = str(refused.value)
    assert [words for words in one.says if words not in told] == []
    assert PLACE.search(told)
    assert one.place is None or told.startswith(one.place)
    assert REMEDY.search(told)
