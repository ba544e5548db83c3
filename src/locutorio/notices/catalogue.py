"""The one message catalogue: every sentence of the program's answers, a folder of files for each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from locutorio.kernel.faults import Fault

FOLDER = Path(__file__).parent / "catalogue"
LANGUAGES = ("en", "es")


def _flat(tree: Mapping[str, object], before: str = "") -> dict[str, str]:
    sentences: dict[str, str] = {}
    for name, value in tree.items():
        key = f"{before}{name}"
        if isinstance(value, Mapping):
            sentences.update(_flat(value, f"{key}."))
        else:
            sentences[key] = str(value)
    return sentences


@cache
def sentences(lang: str) -> Mapping[str, str]:
    """Give every sentence of a language by its dotted key, as written, with its {placeholders}.

    Raises:
        Fault: the catalogue does not have this language.
    """
    if lang not in LANGUAGES:
        raise Fault(
            f'there are no answers in the language "{lang}"', remedy=f"choose one of: {', '.join(LANGUAGES)}"
        )
    found: dict[str, str] = {}
    for path in sorted((FOLDER / lang).glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        found |= _flat(yaml.load(text, Loader=yaml.CBaseLoader))  # noqa: S506 - it makes nothing but text
    return found


def say(lang: str, key: str, **values: str) -> str:
    """Give one sentence with its placeholders filled.

    Raises:
        Fault: there is no such sentence, or a value for one of its placeholders is missing.
    """
    known = sentences(lang)
    if key not in known:
        raise Fault(f'the catalogue of answers has no sentence "{key}" in "{lang}"')
    try:
        return known[key].format_map(values)
    except KeyError as missing:
        raise Fault(f'the sentence "{key}" in "{lang}" needs a value for {missing}') from missing
