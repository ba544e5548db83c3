"""Every sentence that a reading can say is in the catalogue, in both languages, and none is idle."""

from __future__ import annotations

import re

from locutorio.notices.catalogue import sentences
from tests.architecture.source import ROOT
from tests.importing.files import keys, read_rows
from tests.importing.hazards import HAZARDS

SOURCES = sorted((ROOT / "src/locutorio/actions/importing").glob("*.py"))


def test_every_sentence_is_used() -> None:
    """Each sentence of the catalogue is named somewhere in the code."""
    code = "\n".join(path.read_text("utf-8") for path in SOURCES)
    known = {
        key.split(".", 2)[2]
        for key in sentences("en")
        if re.match(r"importing\.(whole|changed|refused)\.", key)
    }
    unused = {key for key in known if f'"{key}"' not in code and f".{key}" not in code}

    assert unused == set()


def test_both_languages_fill_the_same_blanks() -> None:
    """Each sentence has the same placeholders in English and in Spanish."""
    english, spanish = sentences("en"), sentences("es")

    for key in (key for key in english if key.startswith("importing.")):
        assert set(re.findall(r"{(\w+)}", english[key])) == set(re.findall(r"{(\w+)}", spanish[key])), key


def test_every_hazard_is_told_without_a_blank_left() -> None:
    """What is said of each hazard can be said: its sentence exists and every placeholder is filled."""
    from locutorio.actions.importing.report import report

    for one in HAZARDS:
        reading = read_rows(one.kind, one.rows, one.codes)
        for lang in ("en", "es"):
            assert not re.search(r"{\w*}", "\n".join(report(reading, lang)))
        assert keys(reading) is not None
