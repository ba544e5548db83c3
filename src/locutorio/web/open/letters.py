"""A letter or a sheet as a template draws it: each block with its kind, each finding with its address."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from django.urls import reverse

from locutorio.actions import shelf
from locutorio.notices.letter import Block, FindingBlock, Items, Section

SHOWN, UNFOLDED_MAX = 4, 7


@dataclass(frozen=True, slots=True)
class Drawn:
    """A block. ``kind`` is paragraph, items or finding; ``address`` leads to the provision, if known."""

    kind: str
    value: Block
    address: str = ""


@dataclass(frozen=True, slots=True)
class DrawnSection:
    """A section of a letter; what stands in ``more`` is folded away until the reader asks for it."""

    name: str
    heading: str
    blocks: tuple[Drawn, ...]
    more: tuple[Drawn, ...] = ()


def address_in(laws: Collection[str], lang: str) -> Callable[[str], str]:
    """Give the address of a provision's page, in the first of some laws that has it; else nothing."""

    def address_of(provision: str) -> str:
        law = next((name for name in laws if provision in shelf.pack(name).provisions), None)
        return reverse("provision", args=[lang, law, provision]) if law else ""

    return address_of


def draw(sections: Iterable[Section], address_of: Callable[[str], str]) -> tuple[DrawnSection, ...]:
    """Give the sections of a letter or a sheet; ``address_of`` gives a provision's address, or nothing."""
    return tuple(
        DrawnSection(
            section.name, section.heading, tuple(_drawn(block, address_of) for block in section.blocks)
        )
        for section in sections
    )


def _drawn(block: Block, address_of: Callable[[str], str]) -> Drawn:
    if isinstance(block, FindingBlock):
        return Drawn("finding", block, address_of(block.provision))
    return Drawn("items" if isinstance(block, Items) else "paragraph", block)


def fold(section: DrawnSection) -> DrawnSection:
    """Fold away all but the first findings of a long section. Nothing is folded for a line or two."""
    if sum(block.kind == "finding" for block in section.blocks) <= UNFOLDED_MAX:
        return section
    return replace(section, blocks=section.blocks[:SHOWN], more=section.blocks[SHOWN:])
