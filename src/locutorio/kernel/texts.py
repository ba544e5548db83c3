"""YAML read as plain text: no implicit types, anchors, aliases, tags or double keys. Nodes have places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import yaml

from locutorio.kernel.faults import Fault, Place, suggestion

BYTES_MAX = 500_000
DEPTH_MAX = 40
_CONTROLS = "\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_HIDDEN = re.compile(f"[{_CONTROLS}{_DIRECTIONS}\u2028\u2029\ufeff\ufffe\uffff]")
_WHOLE = re.compile(r"-?[0-9]{1,5}")
_INDENTATION = "let the names of one block begin in the same column, and the lines inside it further right"
_CLOSING = "close the bracket, and put a comma between two entries"
_QUOTES = 'put the value in "quotation marks"'
# What the parser says, in words that tell what to do.
_PROBLEMS = {
    "found a tab character": ("a tab stands where spaces belong", "begin lines with spaces, never with tabs"),
    "found character that cannot start any token": ("no value can begin with this character", _QUOTES),
    "mapping values are not allowed": (
        "a colon stands where none is expected",
        f'put a value that holds a colon in "quotation marks"; {_INDENTATION}',
    ),
    "could not find expected ':'": ("a colon is missing", "write `name: value`"),
    "did not find expected key": ("this line does not fit the block above it", _INDENTATION),
    "did not find expected '-'": ("this line does not fit the list above it", _INDENTATION),
    "did not find expected ',' or ']'": ("a list in [ ] is not closed", _CLOSING),
    "did not find expected ',' or '}'": ("a block in { } is not closed", _CLOSING),
    "did not find expected node content": ("something is missing or too many here", _CLOSING),
    "found unexpected end of stream": (
        "a quotation mark opens here and is never closed",
        "write the second one",
    ),
    "found unknown escape character": (
        "a backslash stands in quotation marks",
        "write 'single quotation marks'",
    ),
    "block sequence entries are not allowed": (
        "a list begins in the wrong place",
        "begin it on a line of its own",
    ),
}


class Node:
    """A scalar (str), a list of nodes or a mapping of nodes, with its place.

    ``inset`` says how far after its place the characters of a scalar begin: 1 after a quotation mark, None
    where they are not written one by one (folded lines, escapes).
    """

    __slots__ = ("_name", "column", "file", "inset", "line", "value")

    def __init__(
        self,
        value: str | list[Node] | dict[str, Node],
        file: str,
        line: int,
        column: int,
        *,
        inset: int | None = None,
    ) -> None:
        self.value = value
        self.file = file
        self.line = line
        self.column = column
        self.inset = inset
        self._name: Node | None = None

    @property
    def place(self) -> Place:
        return Place(self.file, self.line, self.column)

    @property
    def name(self) -> Node:
        """The name under which this node stands in a block; where it has none, the node itself."""
        return self._name or self

    def stands_under(self, name: Node) -> None:
        """Remember the name under which this node stands."""
        self._name = name

    def at(self, offset: int) -> Place:
        """Give the place of a character of the scalar, or of its beginning where that is not known."""
        return Place(self.file, self.line, self.column + (0 if self.inset is None else self.inset + offset))

    def fail(self, what: str, *, why: str = "", remedy: str = "") -> NoReturn:
        """Raise a Fault at this node."""
        raise Fault(what, where=self.place, why=why, remedy=remedy)

    def text(self) -> str:
        """Give the scalar, stripped; an empty one is refused."""
        if not isinstance(self.value, str):
            self.fail(
                "one word or one sentence is expected here, not a list or a block",
                remedy="write it on one line, without brackets or dashes",
            )
        stripped = self.value.strip()
        if not stripped:
            self.name.fail("nothing is written here", remedy="write a value, or leave the line out")
        return stripped

    def items(self) -> Sequence[Node]:
        """Give the list; a single scalar is not taken for a list of one."""
        if not isinstance(self.value, list):
            self.fail("a list is expected here", remedy="write [a, b] or one line for each, with a dash")
        return self.value

    def entries(self, *, required: Sequence[str] = (), optional: Sequence[str] = ()) -> Mapping[str, Node]:
        """Give the mapping, with only known keys; with neither argument any key is taken."""
        if not isinstance(self.value, dict):
            self.fail(
                "a block of lines `name: value` is expected here",
                remedy="write each on a line of its own, or {name: value, name: value}",
            )
        if required or optional:
            known = [*required, *optional]
            for key, node in self.value.items():
                if key not in known:
                    node.name.fail(f'"{key}" is not known here', remedy=suggestion(key, known))
            for key in required:
                if key not in self.value:
                    self.fail(f'"{key}" is missing', remedy=f"add a line `{key}: ...`")
        return self.value

    def choice(self, known: Sequence[str]) -> str:
        """Give the scalar, which must be one of the known words."""
        word = self.text()
        if word not in known:
            self.fail(f'"{word}" is not one of the words known here', remedy=suggestion(word, known))
        return word

    def yes(self) -> bool:
        """Give yes or no (true and false are the same)."""
        return self.choice(["yes", "no", "true", "false"]) in {"yes", "true"}

    def whole(self) -> int:
        """Give a whole number of at most five digits."""
        word = self.text()
        if not _WHOLE.fullmatch(word):
            self.fail(
                f'"{word}" is not a whole number of at most five digits',
                remedy="write digits alone, without words, points, commas or signs",
            )
        return int(word)


def read_bytes(path: Path, most: int = BYTES_MAX) -> bytes:
    """Read a file of at most ``most`` bytes.

    Raises:
        Fault: there is no such file, it cannot be read, or it is too large.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Fault(
            f"{path} cannot be read ({reason or error})",
            remedy="check the name of the file, and that you may read it",
        ) from error
    _refuse_large(raw, str(path), most)
    return raw


def _refuse_large(raw: bytes, file: str, most: int = BYTES_MAX) -> None:
    if len(raw) > most:
        raise Fault(
            f"{file} is too large",
            why=f"no more than {most} bytes are read of one file",
            remedy="check that this is the right file, or split it",
        )


def read_documents(raw: bytes, file: str, *, most: int = 1) -> list[Node]:
    """Read the YAML documents of a text, at most ``most``, from UTF-8 bytes.

    Raises:
        Fault: there are more, or the bytes are not UTF-8, hold hidden characters, are not YAML, or use
        what is
            refused here.
    """
    documents: list[Node] = []
    for document in _documents(raw, file):
        if len(documents) == most:
            document.fail(
                f"another document begins before this line, and no more than {most} can be read",
                why="a line of three dashes (---) begins a new document",
                remedy="take the dashes out, or make two files",
            )
        documents.append(document)
    return documents


def read_first(raw: bytes, file: str) -> Node | None:
    """Read the first YAML document of a text, None where there is none; what follows it is left unread.

    Raises:
        Fault: as for read_documents.
    """
    return next(_documents(raw, file), None)


def _documents(raw: bytes, file: str) -> Iterator[Node]:
    _refuse_large(raw, file)
    try:
        yield from _Builder(file).documents(_decode(raw, file))
    except yaml.YAMLError as error:
        raise _not_yaml(error, file) from error


def _not_yaml(error: yaml.YAMLError, file: str) -> Fault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
    context = getattr(error, "context", None) or ""
    told, remedy = next(
        (words for start, words in _PROBLEMS.items() if problem.startswith(start)),
        (f"this cannot be read as YAML: {problem}", "check quotation marks, colons and indentation"),
    )
    if "flow" in context or "quoted scalar" in context:  # it was opened earlier, and is told where it was
        mark = getattr(error, "context_mark", None) or mark
    where = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
    return Fault(told, where=where, remedy=remedy)


def _decode(raw: bytes, file: str) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place(raw[: error.start].decode("utf-8"), file)
        wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
        raise Fault(
            "this is not UTF-8 text" + (" but looks like UTF-16" if wide else ""),
            where=place,
            why=f"byte {error.start + 1} of the file is {raw[error.start]:#04x}",
            remedy="save the file again as UTF-8",
        ) from error
    text = text.removeprefix("\ufeff")
    hidden = _HIDDEN.search(text)
    if hidden:
        raise _unseen(hidden.group(), _place(text[: hidden.start()], file))
    return text


def _place(before: str, file: str) -> Place:
    return Place(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def _unseen(char: str, where: Place) -> Fault:
    return Fault(
        f"a character that nobody can see stands here (U+{ord(char):04X})",
        where=where,
        why="readers would see another text than the program reads",
        remedy="delete it; if the whole file looks like this, save it again as UTF-8 text",
    )


class _Builder:
    """Builds nodes from parser events with a stack of its own, so that depth is bounded."""

    def __init__(self, file: str) -> None:
        self.file = file

    def documents(self, text: str) -> Iterator[Node]:
        stack: list[tuple[Node, Node | None]] = []
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            kind = type(event).__name__
            if kind in {"StreamStartEvent", "StreamEndEvent", "DocumentStartEvent", "DocumentEndEvent"}:
                continue
            mark = event.start_mark
            assert mark is not None, "the parser marks every event"
            place = Place(self.file, mark.line + 1, mark.column + 1)
            self._refuse(event, kind, place)
            if kind in {"SequenceEndEvent", "MappingEndEvent"}:
                done, _ = stack.pop()
                if not stack:
                    yield done
                continue
            node = self._node(event, place)
            if stack:
                stack[-1] = (stack[-1][0], self._attach(*stack[-1], node))
            if kind == "ScalarEvent":
                if not stack:
                    yield node
                continue
            if len(stack) >= DEPTH_MAX:
                raise Fault(
                    f"lists and blocks stand inside each other here more than {DEPTH_MAX} deep",
                    where=place,
                    remedy="take out the brackets or the indentation that is too many",
                )
            stack.append((node, None))

    def _node(self, event: yaml.Event, place: Place) -> Node:
        if not isinstance(event, yaml.ScalarEvent):
            value: list[Node] | dict[str, Node] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
            return Node(value, self.file, place.line, place.column)
        hidden = _HIDDEN.search(event.value)
        if hidden:
            raise _unseen(hidden.group(), place)
        assert event.start_mark is not None
        assert event.end_mark is not None
        inset = 1 if event.style in ("'", '"') else 0
        written = event.end_mark.index - event.start_mark.index - 2 * inset
        plain = written == len(event.value) and event.end_mark.line == event.start_mark.line
        return Node(event.value, self.file, place.line, place.column, inset=inset if plain else None)

    def _attach(self, parent: Node, key: Node | None, node: Node) -> Node | None:
        """Put a node into its parent; give the key that now waits for its value, if any."""
        if isinstance(parent.value, list):
            parent.value.append(node)
            return None
        assert isinstance(parent.value, dict)
        if key is not None:
            assert isinstance(key.value, str)
            node.stands_under(key)
            parent.value[key.value.strip()] = node
            return None
        if not isinstance(node.value, str):
            node.fail("a list or a block stands where a name is expected", remedy="write `name: value`")
        name = node.value.strip()
        if name == "<<":
            node.fail("blocks are not merged with <<", remedy="write the lines out")
        if name in parent.value:
            node.fail(f'"{name}" stands twice in this block', remedy="keep one of them")
        return node

    def _refuse(self, event: yaml.Event, kind: str, place: Place) -> None:
        sign, use = "", ""
        if kind == "AliasEvent":
            sign, use = "*", "repeats another value (an alias)"
        elif getattr(event, "anchor", None):
            sign, use = "&", "names a value to repeat it (an anchor)"
        elif getattr(event, "tag", None):
            sign, use = "!", "chooses the type of a value (a tag)"
        if sign:
            raise Fault(
                f"a value cannot begin with {sign}",
                where=place,
                why=f"in YAML this sign {use}, and every value here is plain text, written out",
                remedy='write the value out, or put it in "quotation marks" if the sign belongs to it',
            )
