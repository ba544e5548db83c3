"""The one-page form as it is sent: its fields read into what was filled in, and written as hidden fields."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from locutorio.actions import shelf
from locutorio.actions.form import PAPER, Filled, FilledPaper
from locutorio.facts.case import NAME_LENGTH_MAX, NONE, UNKNOWN
from locutorio.facts.vocabulary import vocabulary
from locutorio.notices.words import clean
from locutorio.web.frame import Field
from locutorio.web.open.beginning import ABOUT, FIRST_LAW, laws

MARK = "form"
TYPED_MAX = 40
SOURCE_MAX = 2_000
KEPT_MAX = 100_000
PAPERS_READ_MAX = 50
_CLOCK = re.compile(r"clock:[A-Za-z0-9_]{1,60}")
_BY_HAND = (NONE, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the fields of one fact; ``before`` is "" or "p0." for a fact of the first paper."""

    before: str
    path: str

    @property
    def value(self) -> str:
        return f"{self.before}f.{self.path}"

    @property
    def instead(self) -> str:
        """Of the box that says what a day field cannot: that it has not come about, or is not known."""
        return f"{self.before}instead.{self.path}"

    @property
    def keep(self) -> str:
        return f"{self.before}keep.{self.path}"

    @property
    def kept(self) -> str:
        return f"{self.before}kept.{self.path}"


def of_paper(index: int) -> str:
    """Give what the names of the fields of a paper begin with."""
    return f"p{index}."


def read(post: Mapping[str, str]) -> Filled:
    """Read what was filled in, right or wrong; a law or a question not offered counts as the first."""
    law, about = post.get("law", ""), post.get("about", "")
    law = law if law in laws() else FIRST_LAW
    papers = tuple(paper for index in _indices(post) if (paper := _paper(post, law, index)))
    known = vocabulary().facts[ABOUT].values
    if about.startswith(PAPER):
        offered = about.removeprefix(PAPER) in {paper.name for paper in papers}
    else:
        offered = about in known or _CLOCK.fullmatch(about) is not None
    said, kept = _facts(post, "")
    return Filled(
        law=law,
        about=about if offered else next(iter(known)),
        on=_typed(post, "on"),
        asked_on=_typed(post, "asked_on"),
        said=said,
        kept=kept,
        papers=papers,
        complete=None if post.get("complete") == "all" else _complete(post, law),
        adopt=tuple(clean(post.get("adopt", "")).replace(",", " ").split())[:PAPERS_READ_MAX],
    )


def _typed(post: Mapping[str, str], name: str) -> str:
    return clean(post.get(name, ""))[:TYPED_MAX]


def _complete(post: Mapping[str, str], law: str) -> frozenset[str]:
    return frozenset(kind for kind in shelf.pack(law).kinds if post.get(f"k.{kind}") == NONE)


def _facts(post: Mapping[str, str], before: str) -> tuple[dict[str, str], dict[str, str]]:
    """Read facts: a value, or what a file said of it where that is to be kept."""
    said, kept = {}, {}
    for path in vocabulary().facts:
        names = Names(before, path)
        value = _typed(post, names.value) or _instead(post, names)
        if value:
            said[path] = value
        elif names.keep in post and names.kept in post:
            kept[path] = post[names.kept][:KEPT_MAX].replace("\r\n", "\n")
    return said, kept


def _instead(post: Mapping[str, str], names: Names) -> str:
    value = post.get(names.instead, "")
    return value if value in _BY_HAND else ""


def _indices(post: Mapping[str, str]) -> Iterator[int]:
    return (index for index in range(PAPERS_READ_MAX) if f"{of_paper(index)}name" in post)


def _paper(post: Mapping[str, str], law: str, index: int) -> FilledPaper | None:
    before = of_paper(index)
    form = post.get(f"{before}form", "")
    if form not in shelf.pack(law).forms:
        return None
    said, kept = _facts(post, before)
    return FilledPaper(
        name=clean(post[f"{before}name"])[:NAME_LENGTH_MAX],
        form=form,
        said=said,
        kept=kept,
        known_at=_typed(post, f"{before}known_at"),
        source=clean(post.get(f"{before}source", ""))[:SOURCE_MAX],
    )


def changed(filled: Filled, post: Mapping[str, str]) -> Filled:
    """Give the form with the papers that were asked to be added, and without the one to be taken out."""
    do, _, index = post.get("do", "").partition(":")
    papers = list(filled.papers)
    if do == "remove" and index.isdigit() and int(index) < len(papers):
        del papers[int(index)]
    forms = shelf.pack(filled.law).forms
    for kind in shelf.pack(filled.law).kinds:
        form = post.get(f"k.{kind}", "")
        if form in forms and forms[form].kind == kind:
            papers.append(FilledPaper(_free_name(kind, papers), form))
    return replace(filled, papers=tuple(papers))


def _free_name(kind: str, papers: list[FilledPaper]) -> str:
    taken = {paper.name for paper in papers}
    return next(name for number in range(1, len(papers) + 2) if (name := f"{kind}-{number}") not in taken)


def fields(filled: Filled) -> tuple[Field, ...]:
    """Give the hidden fields that carry the whole form."""
    return tuple(Field(name, value) for name, value in _fields(filled))


def _fields(filled: Filled) -> Iterator[tuple[str, str]]:
    yield MARK, "1"
    yield from (
        ("law", filled.law),
        ("about", filled.about),
        ("on", filled.on),
        ("asked_on", filled.asked_on),
    )
    yield from _fact_fields(filled, "")
    for index, paper in enumerate(filled.papers):
        before = of_paper(index)
        yield from ((f"{before}name", paper.name), (f"{before}form", paper.form))
        yield from ((f"{before}known_at", paper.known_at), (f"{before}source", paper.source))
        yield from _fact_fields(paper, before)
    if filled.complete is None:
        yield "complete", "all"
    yield from ((f"k.{kind}", NONE) for kind in sorted(filled.complete or ()))
    if filled.adopt:
        yield "adopt", " ".join(filled.adopt)


def _fact_fields(part: Filled | FilledPaper, before: str) -> Iterator[tuple[str, str]]:
    for path, value in part.said.items():
        names = Names(before, path)
        yield (names.instead if value in _BY_HAND else names.value), value
    for path, text in part.kept.items():
        yield from ((Names(before, path).keep, "1"), (Names(before, path).kept, text))
