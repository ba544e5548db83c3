"""Writes a chronicle as one page that stands alone: pictures, no script, nothing from elsewhere, to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from locutorio.notices.catalogue import say
from locutorio.notices.history_picture import Picture
from locutorio.notices.letter import Block, FindingBlock, Items, Letter, Paragraph, Section
from locutorio.notices.standing import standing_page


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """What stands on the page: the picture, the day that is told if one is, the whole."""

    lang: str
    picture: Picture
    day: Letter | None
    day_line: str
    whole: Letter
    contradictions: tuple[Section, ...]
    events: tuple[Section, ...]


def as_page(page: HistoryPage) -> str:
    """Write the page as HTML."""
    whole, lang = page.whole, page.lang
    parts = [
        _part("picture", say(lang, "history.picture.heading"), _picture(page)),
        _part("day", page.day.title, _day(page.day)) if page.day else "",
        _sections("contradictions", say(lang, "history.page.contradictions"), page.contradictions),
        _sections("events", say(lang, "history.page.events"), page.events),
    ]
    return standing_page(lang, "history", whole.title, (whole.headline, *whole.lead), parts, whole.foot)


def _part(name: str, heading: str, inner: str) -> str:
    return f'<section aria-labelledby="{name}"><h2 id="{name}">{escape(heading)}</h2>{inner}</section>'


def _picture(page: HistoryPage) -> str:
    told = page.picture
    key = "".join(f"<li>{svg} {escape(says)}</li>" for svg, says in told.key)
    day = f"<p>{escape(page.day_line)}</p>" if page.day_line else ""
    strips = "".join(
        f'<figure><div class="whole"><h3 id="{one.name}">{escape(one.heading)}</h3>{one.svg}</div>'
        f"<figcaption>{_list(one.told)}</figcaption></figure>"
        for one in told.strips
    )
    return f'<p>{escape(told.what)}</p>{day}{told.patterns}<ul class="key">{key}</ul>{strips}'


def _day(letter: Letter) -> str:
    lead = "".join(f"<p>{escape(text)}</p>" for text in letter.lead)
    return lead + "".join(_section(one) for one in letter.sections)


def _sections(name: str, heading: str, sections: tuple[Section, ...]) -> str:
    return _part(name, heading, "".join(map(_section, sections))) if sections else ""


def _section(section: Section) -> str:
    return f"<section><h3>{escape(section.heading)}</h3>{''.join(_blocks(section.blocks))}</section>"


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(text):
                yield f"<p>{escape(text)}</p>"
            case Items(items, intro):
                yield (f"<p>{escape(intro)}</p>" if intro else "") + (_list(items) if items else "")
            case FindingBlock():
                law = f"{block.citation}, {block.lead}: {block.says}"
                yield f'<p class="law">{escape(" ".join((law, *block.marks)))}</p>'


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in items)}</ul>"
