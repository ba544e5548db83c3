"""One page that stands alone: no script, nothing from elsewhere, its style inside, legible on paper."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

_FOLDER = Path(__file__).parent
POLICY = "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def standing_page(
    lang: str, kind: str, title: str, lead: Iterable[str], parts: Iterable[str], foot: Iterable[str]
) -> str:
    """Write a page as HTML.

    Args:
        lang: its language.
        kind: whose style it has beside what all have: a style sheet of this folder, by its name.
        title: what it is.
        lead: texts that begin it.
        parts: what it holds, as HTML.
        foot: texts that end it.
    """
    style = _text("page.css") + _text(f"{kind}.css")
    return Template(_text("page.html")).substitute(
        lang=lang,
        title=escape(title),
        policy=POLICY.format(digest=b64encode(sha256(style.encode()).digest()).decode()),
        style=style,
        lead="".join(f"<p>{escape(text)}</p>" for text in lead),
        parts="".join(parts),
        foot="".join(f"<p>{escape(text)}</p>" for text in foot),
    )


@cache
def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
