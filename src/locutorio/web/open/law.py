"""What the list of provisions and the page of one provision show: plain values, in one language."""

import re
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from locutorio.actions import shelf, statutes
from locutorio.notices.sheet import sheet
from locutorio.notices.words import Words
from locutorio.web.open.letters import DrawnSection, address_in, draw
from locutorio.web.open.search import Choice, choices, counted, found
from locutorio.web.words import say, words

STATUSES = ("verified", "derived", "verified-2", "recalled")
INVENTED = "arcadia"
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class LawRow:
    """One provision in the list."""

    citation: str
    address: str
    status: str
    status_words: str
    says: str
    read: str


@dataclass(frozen=True, slots=True)
class LawSection:
    """The provisions of one section of law."""

    heading: str
    count: str
    rows: tuple[LawRow, ...]


@dataclass(frozen=True, slots=True)
class LawPack:
    """The law of one jurisdiction."""

    name: str
    title: str
    reviewed: str
    sections: tuple[LawSection, ...]


@dataclass(frozen=True, slots=True)
class LawList:
    """The whole list as asked for."""

    packs: tuple[LawPack, ...]
    count: str
    word: str
    choices: tuple[Choice, ...]
    narrowed: bool
    all_address: str


@dataclass(frozen=True, slots=True)
class ProvisionCase:
    """A worked case that names the provision."""

    title: str
    address: str
    outcome: str
    outcome_words: str


@dataclass(frozen=True, slots=True)
class ProvisionPage:
    """One provision."""

    title: str
    law_title: str
    section: str
    status: str
    status_words: str
    says: str
    sections: tuple[DrawnSection, ...]
    source: str
    source_address: str
    cases: tuple[ProvisionCase, ...]


def law_list(lang: str, word: str, status: str) -> LawList:
    """Give the provisions that hold every word and have the status; an unknown status is taken for any."""
    told = words(lang)
    status = status if status in STATUSES else ""
    packs = tuple(pack for name in packs_in_order() if (pack := _pack(name, lang, word, status)).sections)
    number = sum(len(section.rows) for pack in packs for section in pack.sections)
    return LawList(
        packs=packs,
        count=counted(lang, "law_count", number),
        word=word,
        choices=choices(told["search_any"], ((name, told[f"status_{name}"]) for name in STATUSES), status),
        narrowed=bool(word or status),
        all_address=reverse("law", args=[lang]),
    )


def packs_in_order() -> list[str]:
    """Name the shipped packs: laws, what comments on them, and last the invented one, made for learning."""
    return sorted(shelf.packs(), key=lambda name: (name == INVENTED, name in shelf.overlays()))


def _pack(name: str, lang: str, word: str, status: str) -> LawPack:
    pack = shelf.pack(name)
    rows = [row for row in statutes.rows(name, lang, status=status or None) if found(word, (row.searched,))]
    rows.sort(key=lambda row: (_in_order(row.section), _in_order(row.citation), row.name))
    sections = []
    for heading, group in groupby(rows, key=lambda row: row.section):
        listed = tuple(_row(name, row, lang) for row in group)
        sections.append(LawSection(heading, counted(lang, "law_count", len(listed)), listed))
    return LawPack(name, pack.title[lang], _reviewed(pack.reviewed_by, lang), tuple(sections))


def _in_order(text: str) -> list[tuple[int, str]]:
    """Give a key that puts 540.9 before 540.44."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in _DIGITS.split(text)]


def _reviewed(by: str, lang: str) -> str:
    return words(lang)["law_reviewed_nobody"] if by == "nobody" else say(lang, "law_reviewed", name=by)


def _row(pack: str, row: statutes.Row, lang: str) -> LawRow:
    return LawRow(
        citation=row.citation,
        address=reverse("provision", args=[lang, pack, row.name]),
        status=row.status,
        status_words=words(lang)[f"status_{row.status}"],
        says=row.says,
        read=say(lang, "law_read", day=Words(lang).day(row.read_on)),
    )


def provision_page(pack_name: str, name: str, lang: str) -> ProvisionPage:
    """Give the page of a provision that the pack has."""
    pack = shelf.pack(pack_name)
    provision = pack.provisions[name]
    source = pack.sources[provision.source]

    cases = tuple(
        ProvisionCase(
            title[lang],
            reverse("case", args=[lang, pack_name, case]),
            outcome,
            words(lang)[f"outcome_{outcome}"],
        )
        for case, title, outcome in statutes.cases_of(pack_name, name)
    )
    return ProvisionPage(
        title=provision.citation,
        law_title=pack.title[lang],
        section=provision.section,
        status=provision.status,
        status_words=words(lang)[f"status_{provision.status}"],
        says=provision.says[lang],
        sections=draw(sheet(provision, pack, lang), address_in([pack_name], lang)),
        source=source.title[lang],
        source_address=source.url,
        cases=cases,
    )
