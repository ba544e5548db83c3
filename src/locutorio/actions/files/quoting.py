"""Whether a passage that somebody quotes stands in the text that was read of a file, and on which page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

_QUOTES = str.maketrans("\u2018\u2019\u201c\u201d\u00ab\u00bb", '\'\'""""')
_LEFT_OUT = re.compile(r"[\s\u00ad\u2010-\u2015-]+")


def pages_with(text: Sequence[str], passage: str) -> tuple[int, ...]:
    """Give the pages, from 1, on which a passage stands word for word; the first of two that it runs over.

    Spaces, breaks of lines, hyphens and the shape of quotation marks do not count. An empty passage stands
    nowhere.
    """
    sought = _bare(passage)
    if not sought:
        return ()
    pages = [_bare(page) for page in text]
    found = [number for number, page in enumerate(pages, 1) if sought in page]
    if found:
        return tuple(found)
    return tuple(number for number, (one, after) in enumerate(pairwise(pages), 1) if sought in one + after)


def _bare(text: str) -> str:
    return _LEFT_OUT.sub("", unicodedata.normalize("NFKC", text).translate(_QUOTES))
