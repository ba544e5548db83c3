"""The sentences of the pages themselves, in every language. What a decision says stands in ``notices``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from locutorio.kernel.texts import read_bytes, read_documents

FOLDER = Path(__file__).with_name("sentences")


@cache
def _read() -> Mapping[str, Mapping[str, str]]:
    documents = [
        document
        for path in sorted(FOLDER.glob("*.yaml"))
        for document in read_documents(read_bytes(path), path.name)
    ]
    found: dict[str, Mapping[str, str]] = {}
    for document in documents:
        for name, node in document.entries().items():
            if name in found:
                raise ValueError(f"two sentences are called {name}: one of them would stand for both")
            found[name] = {lang: text.text() for lang, text in node.entries(required=["en", "es"]).items()}
    return found


@cache
def words(lang: str) -> Mapping[str, str]:
    """Give every sentence in one language, by name.

    Raises:
        ValueError: two sentences have one name.
    """
    return {name: texts[lang] for name, texts in _read().items()}


def say(lang: str, name: str, /, **slots: object) -> str:
    """Give one sentence with its slots filled.

    Raises:
        KeyError: there is no such sentence, or a slot was left empty.
    """
    return words(lang)[name].format(**slots)
