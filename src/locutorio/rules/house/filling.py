"""Fills the skeleton of a pack with the rules of one establishment: what a memo changed becomes a dated row,
or a provision with a first and a last day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import yaml

from locutorio.kernel.texts import Node, read_bytes, read_documents
from locutorio.rules.house.reading import HouseRules
from locutorio.rules.house.stretches import Stretch, blanks, cited, stretches

FOLDER = Path(__file__).parent / "skeleton"
ONLY, CASES, PROVISIONS, NUMBERS = "only", "cases", "provisions", "numbers"
_APART = ("citation", NUMBERS)
_LINE_LENGTH_MAX = 100_000

Tree = Any  # text, a list or a block of such: a YAML document whose scalars are all text
Block = dict[str, Tree]


@dataclass(slots=True)
class _Variant:
    """One text of a provision over the stretches in which it stands unchanged, but for numbers and citation.

    ``own`` is its name inside the file, ``full`` its name in the pack.
    """

    own: str
    full: str
    written: Block
    stretches: list[Stretch]


def pack_files(rules: HouseRules) -> Mapping[str, str]:
    """Give the files of the pack that these rules become: the path inside the pack's folder, and the text."""
    filling = _Filling(rules)
    return {path: filling.text(path) for path in skeleton()}


@cache
def skeleton() -> Mapping[str, list[Block]]:
    """Give the documents of each file of the skeleton; read once."""
    return {
        path.relative_to(FOLDER).as_posix(): [
            _plain(document) for document in read_documents(read_bytes(path), path.name, most=2)
        ]
        for path in sorted(FOLDER.rglob("*.yaml"))
    }


class _Filling:
    """Fills one file after another, once it is known which texts of each provision there are."""

    def __init__(self, rules: HouseRules) -> None:
        self._stretches = stretches(rules)
        self._blanks = [blanks(rules, self._stretches, at) for at in range(len(self._stretches))]
        standing = [one.flags() for one in self._stretches]
        always = {f"{flag} always" for flag in frozenset.intersection(*standing)}
        self._flags = [flags | always for flags in standing]
        self._variants: dict[str, list[_Variant]] = {}
        for law, *_ in skeleton().values():
            prefix = f"{law['form']}." if "form" in law else ""
            for provision in law.get(PROVISIONS, ()):
                self._variants[prefix + provision["id"]] = list(self._texts(provision, prefix))

    def text(self, path: str) -> str:
        """Give the text of one file."""
        law, *cases = skeleton()[path]
        last = len(self._stretches) - 1
        if CASES in law:
            documents = [{CASES: [self._worked(case, last) for case in self._filled(law[CASES], last)]}]
        elif PROVISIONS not in law:
            documents = [self._filled(law, last)]
        else:
            prefix = f"{law['form']}." if "form" in law else ""
            texts = [one for provision in law[PROVISIONS] for one in self._variants[prefix + provision["id"]]]
            head = self._filled({key: value for key, value in law.items() if key != PROVISIONS}, 0)
            micro = [one for block in cases for one in self._micro(block[CASES])]
            documents = [{**head, PROVISIONS: [self._provision(one) for one in texts]}, {CASES: micro}]
        return yaml.safe_dump_all(documents, sort_keys=False, allow_unicode=True, width=_LINE_LENGTH_MAX)

    def _texts(self, provision: Block, prefix: str) -> Iterator[_Variant]:
        """Give each text of a provision with the days on which it stands, one after another."""
        found: list[_Variant] = []
        for at, stretch in enumerate(self._stretches):
            filled = self._filled([provision], at)
            if not filled:
                continue
            last = found[-1] if found else None
            if last and last.stretches[-1].until == stretch.since and _same(last.written, filled[0]):
                last.stretches.append(stretch)
                continue
            own = f"{provision['id']}.{len(found) + 1}" if found else provision["id"]
            found.append(_Variant(own, prefix + own, filled[0], [stretch]))
        yield from found

    def _provision(self, variant: _Variant) -> Block:
        until = variant.stretches[-1].until
        days = {"from": variant.stretches[0].since.isoformat()}
        written: Block = {**variant.written, "id": variant.own, "status": "verified", **days}
        if until:
            written["until"] = until.isoformat()
        if NUMBERS in written:
            written[NUMBERS] = {
                name: block if "rows" in block else {**block, "rows": self._rows(name, variant.stretches)}
                for name, block in written[NUMBERS].items()
            }
        if "overrides" in written:
            written["overrides"] = [one.full for name in written["overrides"] for one in self._variants[name]]
        return written

    def _rows(self, name: str, within: Sequence[Stretch]) -> list[Block]:
        """Give the dated rows of a number: one for each day on which a memo changed it."""
        rows: list[Block] = []
        for stretch in within:
            one = stretch.laid[name]
            value = str(one.rule.value)
            if not rows or rows[-1]["value"] != value:
                day = stretch.since.isoformat()
                rows.append({"from": day, "value": value, "citation": cited(one)})
        return rows

    def _worked(self, case: Block, at: int) -> Block:
        """Let a worked case expect each provision by the name of the text that stands that day."""
        expect = dict(case["expect"])
        if "reasons" in expect:
            texts = [one for name in expect["reasons"] for one in self._variants[name]]
            expect["reasons"] = [one.full for one in texts if self._stretches[at] in one.stretches]
        return {**case, "expect": expect}

    def _micro(self, cases: Sequence[Block]) -> Iterator[Block]:
        """Give the micro-cases of each provision in each stretch in which it stands."""
        for at, stretch in enumerate(self._stretches):
            for case in cases:
                for variant in self._variants[case["speaks"]]:
                    if stretch in variant.stretches:
                        yield {**self._filled(case, at), "speaks": variant.full}

    def _filled(self, tree: Tree, at: int) -> Tree:
        return _fill(tree, self._blanks[at], self._flags[at])


def _same(one: Block, other: Block) -> bool:
    return {k: v for k, v in one.items() if k not in _APART} == {
        k: v for k, v in other.items() if k not in _APART
    }


def _plain(node: Node) -> Tree:
    if isinstance(node.value, str):
        return node.value
    if isinstance(node.value, list):
        return [_plain(item) for item in node.value]
    return {name: _plain(item) for name, item in node.value.items()}


def _fill(tree: Tree, words: Mapping[str, str | list[str]], flags: frozenset[str] | set[str]) -> Tree:
    """Put words into the blanks, and leave out of lists what the rules do not have."""
    if isinstance(tree, str):
        word = words.get(tree.removeprefix("$")) if tree.startswith("$") else None
        return list(word) if isinstance(word, list) else Template(tree).substitute(words)
    if isinstance(tree, list):
        return [_fill(item, words, flags) for item in tree if _holds(item, flags)]
    return {name: _fill(item, words, flags) for name, item in tree.items() if name != ONLY}


def _holds(item: Tree, flags: frozenset[str] | set[str]) -> bool:
    wanted = item.get(ONLY, []) if isinstance(item, dict) else []
    return all((flag.removeprefix("not ") in flags) is not flag.startswith("not ") for flag in wanted)
