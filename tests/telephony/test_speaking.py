"""What a telephone says: every reason has a sentence in both languages, and its sound is of that sentence."""

from __future__ import annotations

import array
import hashlib
import math

import pytest

from locutorio.telephony.prompts import FOLDER, GENERAL, LANGUAGES, Prompt, prompt, slugs
from tests.telephony import speaking

SAID = speaking.sentences()
ALL = pytest.mark.parametrize(
    "told", [prompt(*one) for one in sorted(SAID)], ids=lambda one: f"{one.slug}-{one.language}"
)
ORDER_SECONDS = 2
LONGEST_SECONDS = 13.5


def test_texts_and_sounds_agree() -> None:
    """Each sentence has one sound, made of this very text and unchanged since; no sound is without one."""
    listed = speaking.listed()
    assert {name: says for name, (_, _, says) in listed.items()} == {
        f"{lang}/{slug}.wav": text for (slug, lang), text in SAID.items()
    }
    assert {path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("**/*.wav")} == listed.keys()
    for name, (_, digest, _) in listed.items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest, name


@ALL
def test_a_sound_is_as_a_relay_plays_it(told: Prompt) -> None:
    """Mu-law, 8,000 a second, one channel, as long as is told, loud enough, never longer than is borne."""
    samples = speaking.samples_of(FOLDER / told.name)
    assert (FOLDER / told.name).read_bytes() == speaking.wav(samples)
    assert len(samples) == pytest.approx(told.seconds * speaking.RATE, abs=speaking.RATE / 100)
    assert told.seconds < LONGEST_SECONDS
    assert max(abs(speaking.linear(one)) for one in samples) > speaking.LOUDEST * 0.9


def test_every_sentence_is_said_in_both_languages() -> None:
    """None is missing in one, and none is the same in both."""
    for slug in slugs():
        texts = {prompt(slug, lang).says for lang in LANGUAGES}
        assert len(texts) == len(LANGUAGES), slug


def test_a_reason_without_a_sentence_is_told_in_general() -> None:
    """A caller always hears a word: the general sentence; English where the language is not spoken."""
    assert prompt("a-reason-of-tomorrow", "es") == prompt(GENERAL, "es")
    assert prompt("wrong-pin", "xx") == prompt("wrong-pin", "en")
    assert prompt("a-reason-of-tomorrow", "xx") == prompt(GENERAL, "en")


def test_no_sentence_is_filled_in() -> None:
    """No sentence holds a number, a name or a blank: what is said aloud at a telephone tells of nobody."""
    said = "".join(SAID.values())
    assert not any(sign.isdigit() or sign in "{}<>" for sign in said)


def test_what_an_order_says_fits_its_time() -> None:
    """An order ends a call within two seconds, and its sentence is as short in each language."""
    for lang in LANGUAGES:
        assert prompt("ended-by-order", lang).seconds < ORDER_SECONDS


@pytest.mark.parametrize(
    ("hertz", "kept"), [(300, True), (1000, True), (3000, True), (5000, False), (9000, False)]
)
def test_a_telephone_carries_what_it_can(hertz: int, kept: bool) -> None:
    """Tones of speech pass into the sound as loud as they were; those above fold into no other tone."""
    tone = [int(10_000 * math.sin(2 * math.pi * hertz * index / 22_050)) for index in range(6_000)]
    middle = speaking.resampled(array.array("h", tone), 22_050)[200:-200]
    loudest = max(abs(one) for one in middle)
    assert loudest > 9_000 if kept else loudest < 300


def test_mu_law_there_and_back() -> None:
    """Each sample comes back within the step that its loudness has."""
    for sample in range(-32_000, 32_001, 37):
        assert abs(speaking.linear(speaking.mu_law(sample)) - sample) <= max(4, abs(sample) / 16)
