"""The pages of recordings: who sees that there are some, who hears one, what that leaves in the record."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from uuid import UUID

import pytest

from locutorio.actions.clock import now
from locutorio.actions.create_account import Role
from locutorio.actions.destroy_recordings import destroy_recordings
from locutorio.actions.open_recording import FOLDER
from locutorio.actions.seal_recordings import seal_everywhere
from locutorio.store.models import Entry
from locutorio.web.words import words
from tests.databases import fresh
from tests.establishment import Oak, founded
from tests.recordings.kept import NUMBER, VOICES, keeps_recordings, recorded, registered
from tests.web.seated import Seated, account

SAID = {"why": "a threat was reported", "authority": "order 12 of the county court"}


@pytest.fixture
def oak(quick_passwords: None) -> Iterator[Oak]:
    """An establishment that records, with those of its staff whom that concerns."""
    with fresh("sqlite"):
        made = founded()
        keeps_recordings(made)
        for name in ("monitoring", "records", "gate", "governor"):
            account(made, name, Role(name))
        yield made


@pytest.fixture
def kept(oak: Oak, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """A recording, where the pages look for it."""
    monkeypatch.setenv(FOLDER, str(tmp_path))
    return recorded(oak, tmp_path)


def entries(name: str) -> int:
    """Count the entries of an act."""
    return Entry.objects.filter(action=name).count()


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_recording_is_heard_once_it_is_said_why(oak: Oak, kept: UUID, lang: str) -> None:
    """Not before: the sound leads back to the page. After, each time that it leaves is an entry first."""
    one, told = Seated("monitoring", lang), words(lang)
    rows = one.page(f"staff/person/{oak.people['rowan']}/recordings")
    assert told["recording_kept"] in rows
    page, sound = f"staff/recording/{kept}", f"staff/recording/{kept}/sound"
    assert NUMBER in one.page(page)
    assert one.get(sound).status_code == 302
    assert entries("play_recording") == 0
    empty = one.post(f"{page}/open", {"why": " ", "authority": "rule 4"}, seen=page)
    assert empty.status_code == 409
    assert told["recording_unsaid"] in unescape(empty.content.decode())
    assert one.post(f"{page}/open", SAID, seen=page).status_code == 303
    assert f"/{lang}/{sound}" in one.page(page)
    assert entries("open_recording") == 1
    assert entries("play_recording") == 0
    for count in (1, 2):
        given = one.get(sound)
        assert given.content == VOICES
        assert given.headers["Content-Type"] == "audio/wav"
        assert given.headers["Cache-Control"] == "no-store"
        assert entries("play_recording") == count


def test_only_those_who_may_hear_one_are_asked_why(oak: Oak, kept: UUID) -> None:
    """Records see that there is one and no form; the gate sees nothing; neither is given a sound."""
    page = f"staff/recording/{kept}"
    records, gate = Seated("records"), Seated("gate")

    assert words("en")["recording_kept"] in records.page(page)
    assert "<audio" not in records.page(page)
    assert f"{page}/open" not in records.page(page)
    for one in (records, gate):
        assert one.get(f"{page}/sound").status_code in (403, 404)
        assert one.post(f"{page}/open", SAID).status_code in (403, 404)
    assert gate.get(page).status_code in (403, 404)
    assert entries("play_recording") == 0


@pytest.mark.parametrize("became", ["sealed", "destroyed"])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_what_nobody_may_hear_any_more_says_so(oak: Oak, kept: UUID, lang: str, became: str) -> None:
    """Also to somebody who said why before: the sound is not given, and the page has no form."""
    one, page = Seated("governor", lang), f"staff/recording/{kept}"
    assert one.post(f"{page}/open", SAID, seen=page).status_code == 303
    if became == "sealed":
        registered(oak)
        seal_everywhere(now())
    else:
        destroy_recordings(oak.id, now().replace(year=now().year + 1))

    assert one.get(f"{page}/sound").status_code == 409
    said = one.page(page)
    assert words(lang)[f"recording_{became}_what"] in said
    assert "<audio" not in said
    refused = one.post(f"{page}/open", SAID, seen="account")
    assert refused.status_code == 409
    assert words(lang)[f"recording_{became}_what"] in unescape(refused.content.decode())
