"""Writes a letter as plain text for a terminal: no colour, no drawing, in an order fit for listening."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from locutorio.decisions.decision import Decision
from locutorio.notices.compose import compose
from locutorio.notices.findings import every_finding
from locutorio.notices.letter import Block, FindingBlock, Items, Letter, Paragraph
from locutorio.notices.words import clean

_INDENT = "  "
_BULLET = "  - "
_KEPT_WHOLE = 40
_NARROWEST = 20
_NO_BREAK = "\N{NO-BREAK SPACE}"


def as_text(decision: Decision, lang: str, width: int = 78) -> str:
    """Tell this decision in plain text, its lines at most ``width`` characters where words allow it.

    Raises:
        Fault: the catalogue does not have this language.
    """
    paper = _Paper(max(width, _NARROWEST), _short_citations(decision))
    return paper.write(compose(decision, lang))


def letter_as_text(letter: Letter, width: int = 78) -> str:
    """Write a letter in plain text, its lines at most ``width`` characters where words allow it."""
    return _Paper(max(width, _NARROWEST), {}).write(letter)


def _short_citations(decision: Decision) -> dict[str, str]:
    """Give the citations that must not be broken over two lines, longest first, with their unbroken form."""
    cited = {clean(finding.citation) for finding in every_finding(decision)}
    short = [citation for citation in cited if len(citation) <= _KEPT_WHOLE]
    return {text: text.replace(" ", _NO_BREAK) for text in sorted(short, key=len, reverse=True)}


class _Paper:
    """A page of a width, on which letters are written."""

    def __init__(self, width: int, kept_whole: dict[str, str]) -> None:
        self._width = width
        self._kept_whole = kept_whole

    def write(self, letter: Letter) -> str:
        opening = (letter.title, letter.headline, " ".join(letter.lead))
        paragraphs = [self._lines(text) for text in opening if text]
        for section in letter.sections:
            paragraphs.append(self._lines(section.heading))
            paragraphs.extend(list(self._block(block)) for block in section.blocks)
        paragraphs.extend(self._lines(text) for text in letter.foot)
        return "\n\n".join("\n".join(lines) for lines in paragraphs) + "\n"

    def _lines(self, text: str, first: str = "", later: str = "") -> list[str]:
        for citation, whole in self._kept_whole.items():
            text = text.replace(citation, whole)
        lines = wrap(
            text,
            self._width,
            initial_indent=first,
            subsequent_indent=later,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return [line.replace(_NO_BREAK, " ") for line in lines]

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph(text):
                yield from self._lines(text, _INDENT, _INDENT)
            case Items(items, intro):
                yield from self._lines(intro, _INDENT, _INDENT)
                yield from self._bullets(items)
            case FindingBlock():
                yield from self._finding(block)

    def _bullets(self, items: tuple[str, ...]) -> Iterator[str]:
        for item in items:
            yield from self._lines(item, _BULLET, " " * len(_BULLET))

    def _finding(self, block: FindingBlock) -> Iterator[str]:
        if block.head:
            yield from self._lines(block.head, _INDENT, _INDENT)
        law = f"{block.citation}, {block.lead}"
        yield from self._lines(f"{law}: {block.says}" if block.says else f"{law}.", _INDENT, _INDENT)
        yield from self._bullets(block.seen + block.marks)
