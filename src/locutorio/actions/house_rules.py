"""Adopts the rules that an establishment makes itself: a form becomes a pack of law, checked and proved."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from locutorio.actions import check
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault
from locutorio.kernel.texts import Node, read_bytes, read_documents
from locutorio.rules.house.fields import Field, Fields, fields
from locutorio.rules.house.filling import pack_files
from locutorio.rules.house.reading import NONE, Entered, HouseRules, Memo, read_form
from locutorio.rules.packs import pack_hash, proved_hash

__all__ = ["Adopted", "Field", "Fields", "HouseRules", "adopt", "adopted_in", "entered", "form_fields"]
__all__ += ["Ready", "form_text", "pack_files", "proved", "read_rules", "shown"]

ITEM = ".item"
_LINE_LENGTH_MAX = 110


@dataclass(frozen=True, slots=True)
class Adopted:
    """What came of adopting rules: the pack, where it stands, what was checked, and whether anything is new.

    ``folder`` is None after a dry run: nothing was written.
    """

    pack: str
    folder: Path | None
    lines: tuple[str, ...]
    changed: bool


def form_fields() -> Fields:
    """Give the fields of the form with their words in each language, in the order in which they are asked."""
    return fields()


def read_rules(raw: bytes, name: str) -> HouseRules:
    """Read the rules of an establishment from the bytes of its form.

    Raises:
        Fault, Faults: it cannot be used, and why.
    """
    return read_form(_document(raw, name))


def entered(answers: Mapping[str, str | Sequence[str]], before: HouseRules | None = None) -> HouseRules:
    """Read rules as a page sends them: one memo, which follows those of ``before`` if there are any.

    Args:
        answers: `number`, `signed_on`, `from`, `entered_on`; NAME and NAME.item of each field (an empty one
            is not laid down); without ``before`` also `house`, `name.en`, `name.es` and `zone`.
        before: the rules adopted so far.

    Raises:
        Faults: everything that cannot be used; the `file` of each place is the name of the answer.
    """
    document = _document(form_text(before).encode(), "the rules adopted so far") if before else _block({})
    assert isinstance(document.value, dict)
    memos = document.value["memos"].value if before else []
    assert isinstance(memos, list)
    memo = {name: _answer(answers, name) for name in ("number", "signed_on", "from")}
    said = {name: _said(answers, known) for name, known in fields().by_name.items()}
    rules = {name: node for name, node in said.items() if node and (before is None or answers.get(name))}
    memos.append(_block({**memo, "rules": _block(rules)}))
    head = {"entered_on": _answer(answers, "entered_on"), "memos": Node(memos, "memos", 1, 1)}
    if before is None:
        head |= {"house": _answer(answers, "house"), "zone": _answer(answers, "zone")}
        head["name"] = _block({language: _answer(answers, f"name.{language}") for language in ("en", "es")})
    document.value.update(head)
    return read_form(document)


def form_text(rules: HouseRules) -> str:
    """Give the text of the form; reading it back gives the same rules."""
    document = {
        "house": rules.code,
        "name": dict(rules.name),
        "zone": rules.zone,
        "entered_on": rules.entered_on.isoformat(),
        "memos": [
            {
                "number": memo.number,
                "signed_on": memo.signed_on.isoformat(),
                "from": memo.since.isoformat(),
                "rules": {
                    n: {"value": _written(rule.value), "item": rule.item} for n, rule in memo.rules.items()
                },
            }
            for memo in rules.memos
        ],
    }
    return yaml.safe_dump(
        document, sort_keys=False, allow_unicode=True, default_flow_style=None, width=_LINE_LENGTH_MAX
    )


def shown(memo: Memo, lang: str) -> tuple[tuple[str, str, str], ...]:
    """Give what a memo lays down, in words: what, how it is answered, and the item of the memo."""
    known = fields()
    rows = ((known.by_name[name], rule) for name, rule in memo.rules.items())
    return tuple((one.label[lang], _told(one, rule.value, lang), rule.item) for one, rule in rows)


def adopted_in(folder: Path, code: str) -> HouseRules | None:
    """Give the rules that were adopted in a folder, or None.

    Raises:
        Fault, Faults: what stands there cannot be read.
    """
    form = folder / f"house-{code}.yaml"
    return read_rules(read_bytes(form), form.name) if form.is_file() else None


def adopt(rules: HouseRules, folder: Path, *, replace: bool = False, dry_run: bool = False) -> Adopted:
    """Make a pack of the rules, check it, prove it, and put it in ``folder`` beside the form.

    Rules adopted before are followed, not rewritten: their memos stay as they are, and later ones are added.
    A pack that fails a check is not put there.

    Args:
        rules: as read.
        folder: where packs outside the program stand; made if it is missing.
        replace: these rules take the place of those adopted before, for every day.
        dry_run: check and prove, and write nothing.

    Raises:
        Fault: the rules contradict those adopted, make no valid pack, or cannot be written.
    """
    with proved(rules, folder, replace=replace, dry_run=dry_run) as ready:
        if not ready.lines:
            told = (f"{rules.pack} is adopted already: nothing was changed",)
            return Adopted(rules.pack, ready.target, told, changed=False)
        if dry_run:
            return Adopted(rules.pack, None, ready.lines, changed=True)
        ready.put()
    return Adopted(rules.pack, ready.target, ready.lines, changed=True)


@dataclass(slots=True)
class Ready:
    """A pack that was checked and proved, and can be put in its place; without ``lines`` it stands there."""

    rules: HouseRules
    target: Path
    room: Path
    lines: tuple[str, ...]
    placed: bool = False

    def put(self) -> None:
        """Put it where packs stand, beside its form; once, however often it is asked."""
        if self.placed or not self.lines:
            return
        _put(self.room / self.rules.pack, self.target, self.room)
        self.placed = True
        form = self.target.with_name(f"{self.rules.pack}.yaml")
        if form.exists():
            form.rename(self.room / "form before")
        (self.room / "form").write_text(form_text(self.rules), encoding="utf-8")
        (self.room / "form").replace(form)

    def take_back(self) -> None:
        """Put back what stood there before, if this was put in its place."""
        if not self.placed:
            return
        self.placed = False
        self.target.rename(self.room / self.rules.pack)
        form = self.target.with_name(f"{self.rules.pack}.yaml")
        form.unlink(missing_ok=True)
        for away, back in ((self.room / "before", self.target), (self.room / "form before", form)):
            if away.exists():
                away.rename(back)


@contextmanager
def proved(
    rules: HouseRules, folder: Path, *, replace: bool = False, dry_run: bool = False
) -> Iterator[Ready]:
    """Make a pack of the rules, check and prove it, to be put in its place; taken back where that fails.

    Raises:
        Fault: the rules contradict those adopted, make no valid pack, or cannot be written.
    """
    before = None if replace else adopted_in(folder, rules.code)
    if before:
        _refuse_rewritten(before, rules)
    target = folder / rules.pack
    with _room(None if dry_run else folder) as room:
        made = room / rules.pack
        for path, text in pack_files(rules).items():
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            (made / path).write_text(text, encoding="utf-8")
        stands = before == rules and proved_hash(target) == pack_hash(made) == pack_hash(target)
        ready = Ready(rules, target, room, () if stands else tuple(_checked(made, write=not dry_run)))
        try:
            yield ready
        except BaseException:
            ready.take_back()
            raise


def _checked(made: Path, *, write: bool) -> Iterator[str]:
    for line, passed in check.report(str(made), write=write):
        if not passed:
            raise Fault(
                "these rules make no valid pack of law, and nothing was adopted",
                why=line,
                remedy="change the rule it names; if none is wrong, report it with the form: SECURITY.md",
            )
        yield line


def _put(made: Path, target: Path, room: Path) -> None:
    """Put a pack in the place of the one that stands there, which goes back if that fails."""
    away = room / "before"
    if target.exists():
        target.rename(away)
    try:
        made.rename(target)
    except OSError:
        if away.exists():
            away.rename(target)
        raise


@contextmanager
def _room(folder: Path | None) -> Iterator[Path]:
    """Give an empty folder to work in, gone afterwards; inside ``folder`` if there is one."""
    try:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(prefix=".adopting-", dir=folder))
        try:
            yield room
        finally:
            shutil.rmtree(room, ignore_errors=True)
    except OSError as error:
        raise Fault(
            f"the rules cannot be written in {folder or error.filename} ({error.strerror})",
            why="nothing that was adopted before was changed",
            remedy="name a folder where you may write and that has room, and run the command again",
        ) from error


def _refuse_rewritten(before: HouseRules, rules: HouseRules) -> None:
    for at, memo in enumerate(before.memos):
        if rules.memos[at : at + 1] != (memo,):
            raise Fault(
                f"memo {memo.number} was adopted, and these rules leave it out or say something else of it",
                why="days that have passed keep the rules they had",
                remedy="write what changed as a later memo; if the form was typed wrongly, use --replace",
            )


def _document(raw: bytes, name: str) -> Node:
    documents = read_documents(raw, name)
    if not documents:
        raise Fault(f"{name} is empty", remedy="examples/house/oak-county.yaml is a form to begin from")
    return documents[0]


def _block(entries: Mapping[str, Node]) -> Node:
    return Node(dict(entries), "the form", 1, 1)


def _answer(answers: Mapping[str, str | Sequence[str]], name: str) -> Node:
    value = answers.get(name, "")
    return Node(value if isinstance(value, str) else [Node(one, name, 1, 1) for one in value], name, 1, 1)


def _said(answers: Mapping[str, str | Sequence[str]], known: Field) -> Node | None:
    """Give the rule of a field as the form has it; None where an optional one is left empty."""
    if known.optional and not answers.get(known.name):
        return None
    return _block({"value": _answer(answers, known.name), "item": _answer(answers, f"{known.name}{ITEM}")})


def _written(value: Entered) -> str | int | list[str]:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return list(value)
    return NONE if value is None else value


def _told(known: Field, value: Entered, lang: str) -> str:
    if isinstance(value, tuple):
        return ", ".join(known.values[word][lang] for word in value)
    if isinstance(value, str):
        return known.values[value][lang]
    if isinstance(value, int) and not isinstance(value, bool):
        unit = vocabulary().units[known.unit or ""]
        return f"{value} {(unit.one if value == 1 else unit.many)[lang]}"
    return fields().words[str(_written(value))][lang]
