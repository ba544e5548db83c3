"""A letter as it is kept in a store, and read again: the same letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from locutorio.notices.document import letter_as_json
from locutorio.notices.letter import Block, FindingBlock, Items, Letter, Paragraph, Section

_BLOCKS: Mapping[str, type[Paragraph | Items | FindingBlock]] = {
    "paragraph": Paragraph,
    "items": Items,
    "finding": FindingBlock,
}


def as_kept(letter: Letter) -> dict[str, Any]:
    """Give a letter as plain JSON values."""
    return dict(letter_as_json(letter))


def as_letter(kept: Mapping[str, Any]) -> Letter:
    """Give the letter that plain JSON values were made of."""
    return Letter(
        lang=kept["lang"],
        outcome=kept["outcome"],
        title=kept["title"],
        headline=kept["headline"],
        lead=tuple(kept["lead"]),
        sections=tuple(
            Section(one["name"], one["heading"], tuple(map(_block, one["blocks"])))
            for one in kept["sections"]
        ),
        foot=tuple(kept["foot"]),
    )


def _block(kept: Mapping[str, Any]) -> Block:
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
    }
    return _BLOCKS[given.pop("block")](**given)
