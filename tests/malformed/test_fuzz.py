"""Whatever a text holds, it leads to words about what is wrong, or to a decision that can be told."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from locutorio.actions import answer
from locutorio.actions.check import load
from locutorio.decisions.running import judges_of, run_worked
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault, Faults
from locutorio.kernel.texts import Node, read_documents
from locutorio.notices.document import as_document
from locutorio.notices.text import as_text
from locutorio.rules.checks import faults
from tests.malformed.inputs import ARCADIA, GOOD

EXAMPLES = Path(__file__).parents[2] / "examples"
CASES = [
    GOOD,
    (EXAMPLES / "arcadia-child-visit.yaml").read_text("utf-8"),
    GOOD.replace("kind: contact, about: visit", "kind: clock, clock: review"),
    GOOD.replace("kind: contact, about: visit", "kind: instrument, instrument: s1")
    + "instruments:\n"
    + "  - {id: s1, form: sanction, from: 2025-03-01, until: 2025-03-20, known_at: 2025-03-02,"
    + " source: a letter, facts: {decider: establishment, visits_left: 1, covers_calls: yes}}\n"
    + "  - {id: s2, form: order_no_visits, from: 2025-02-01, facts: {decider: court}}\n",
]
FEDERAL = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.yaml"))]
FILES = sorted(path.relative_to(ARCADIA).as_posix() for path in ARCADIA.rglob("*.yaml"))
WORDS = vocabulary()
SIGNS = "- : ? # --- | > % @ ` [ ] { } , ' \" \\ &a *a !!int << é == < + ()"
VALUES = "yes no unknown null ~ 0 1 -1 99999 100000 1e9 0x1 .inf true"
DAYS = "2025-02-30 2025-03-10 1900-01-01 2200-12-31 2201-01-01 0000-00-00 2025-03-10T09:00Z"
NAMES = "not in number.x any: all: __class__ contact instrument clock until from known_at value late work"
BLANKS = ["", " ", "\n", "\n  ", "\t", "- ", ": ", "\n---\n"]
HIDDEN = ["\0", "\ufeff", "\u202e", "e\u0301", "x" * 600]
PARTS = [
    *('date("2025-03-10")', "refer: cq_cousin", "residual: yes", "about: clock", "about: instrument"),
    *("side: cq_cousin.wide", "from: unknown", "{value: unknown}", "instruments: []", "facts: {}"),
]
STRANGE = [*f"{SIGNS} {VALUES} {DAYS} {NAMES}".split(), *BLANKS, *HIDDEN, *PARTS]
POOL = [*STRANGE, *sorted(WORDS.facts), *sorted(WORDS.offices)]


def tokens(text: str) -> list[str]:
    """Cut a text into words, runs of blanks and single signs."""
    return re.findall(r"[\w.-]+|\n *| +|.", text)


@st.composite
def edited(draw: st.DrawFn, texts: list[str]) -> str:
    """Give a text with a few of its words deleted, doubled, exchanged or added."""
    parts = tokens(draw(st.sampled_from(texts)))
    for _ in range(draw(st.integers(1, 4))):
        at, other = draw(st.integers(0, len(parts) - 1)), draw(st.integers(0, len(parts) - 1))
        match draw(st.sampled_from(["delete", "double", "exchange", "add", "replace"])):
            case "delete" if len(parts) > 1:
                del parts[at]
            case "double":
                parts.insert(at, parts[at])
            case "exchange":
                parts[at], parts[other] = parts[other], parts[at]
            case "add":
                parts.insert(at, draw(st.sampled_from(POOL)))
            case _:
                parts[at] = draw(st.sampled_from([*POOL, parts[other]]))
    return "".join(parts)


structures = st.recursive(
    st.one_of(st.sampled_from(POOL), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(POOL), inner, max_size=4)
    ),
    max_leaves=12,
)


def decide(raw: bytes) -> None:
    """Read and decide a case; a decision is told in both languages, a fault in its own words."""
    try:
        decision = answer.answer(answer.read(raw, "case.yaml"))
    except (Fault, Faults) as fault:
        refuse_wordless(fault)
        return
    for lang in ("en", "es"):
        assert as_text(decision, lang)
        assert as_document(decision, lang)


def refuse_wordless(fault: Fault | Faults) -> None:
    """Fail where an error does not say what to do next."""
    assert "What to do: " in str(fault)


def scalars(node: Node) -> Iterator[Node]:
    """Give every scalar below a node that is a value."""
    if isinstance(node.value, str):
        yield node
        return
    for inner in node.value if isinstance(node.value, list) else node.value.values():
        yield from scalars(inner)


@given(st.binary(max_size=200))
def test_random_bytes(raw: bytes) -> None:
    """Bytes that nobody wrote on purpose are refused in words."""
    decide(raw)


@given(
    st.dictionaries(
        st.sampled_from(["law", "question", "facts", "instruments", "complete", "adopt"]), structures
    )
)
def test_random_structures(tree: dict[str, object]) -> None:
    """Lists and blocks of any shape, under the names a case has, are refused in words."""
    decide(yaml.safe_dump({"law": "arcadia", **tree}, default_style='"', allow_unicode=True).encode())


@given(edited(CASES))
def test_random_edits_of_a_case(text: str) -> None:
    """A case with a few words changed is refused in words, or decided and told."""
    decide(text.encode("utf-8", "surrogatepass"))


@given(edited(FEDERAL))
def test_random_edits_of_an_example(text: str) -> None:
    """The same of the shipped examples under federal law."""
    decide(text.encode("utf-8", "surrogatepass"))


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of Arcadia whose files may be changed."""
    return Path(shutil.copytree(ARCADIA, tmp_path_factory.mktemp("packs") / "law"))


@given(st.data())
def test_random_edits_of_a_pack(law: Path, data: st.DataObject) -> None:
    """A pack with a few words of one file changed is refused in words, or is invalid, or decides."""
    file = data.draw(st.sampled_from(FILES))
    text = (ARCADIA / file).read_text("utf-8")
    try:
        (law / file).write_bytes(data.draw(edited([text])).encode("utf-8", "surrogatepass"))
        checked = load(str(law))
        if not any(faults(checked.pack, WORDS)):
            list(run_worked(checked.pack, checked.cases, judges_of(checked.shelf)))
    except (Fault, Faults) as fault:
        refuse_wordless(fault)
    finally:
        (law / file).write_text(text, "utf-8")


@given(st.sampled_from(CASES), st.data())
def test_places_are_those_of_the_text(text: str, data: st.DataObject) -> None:
    """The place of a value, as an error would name it, is where the value stands in the text."""
    (document,) = read_documents(text.encode(), "case.yaml")
    node = data.draw(st.sampled_from(list(scalars(document))))
    line = text.split("\n")[node.line - 1]

    assert isinstance(node.value, str)
    assert line[node.column - 1 :].removeprefix('"').startswith(node.value)
    assert line[node.at(0).column - 1 :].startswith(node.value)
