"""What is read of one event: its dates, and each of its texts with the statements in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from locutorio.chronicle.amounts import key_of, read_range
from locutorio.chronicle.forms import Source, read_text
from locutorio.chronicle.people import SOCIAL, People, parts_of
from locutorio.chronicle.phrases import any_of, channels_in, class_in, holds_any, phrases, terms_in
from locutorio.chronicle.values import (
    CHANNELS,
    OF_A_CLASS,
    Amount,
    Event,
    Force,
    Raw,
    Signal,
    Statement,
    Told,
)

STRUCTURE = frozenset(
    (
        *("id", "date", "date_basis", "trust", "who", "doc", "pages", "filed", "entered", "to"),
        *("answers", "outcome", "place", "from", "margin_days", "means"),
    )
)
_SHARED = ("to", "who", "must_choose", "kinds", "minutes_each")
NO, YES = ("none", "no"), ("yes",)
_ONLY = re.compile(r"(?P<channels>.+?) only(?P<rest>,.*)?")
_IN_ALL = re.compile(r"(?P<channel>\w+?)_(?:in_all|out|in|out_so_far)")
_GO_ON = re.compile(r"\bgo on\b")
_NOTICE = re.compile(r"(?P<channel>[a-z]+)_notice_days")
Found = Iterator[Statement | Signal]


@dataclass(frozen=True, slots=True)
class _Texts:
    """An event as far as it stands, and who its tokens are."""

    event: Event
    people: People
    asked: tuple[str, ...]

    def source(self, path: str, text: str, force: Force, *, yes: bool = True, whole: str = "") -> Source:
        """Make the source of a text of this event."""
        event = self.event
        return Source(
            event.name,
            path,
            text,
            force,
            event.days,
            self.people,
            event.who,
            yes=yes,
            asked=self.asked,
            whole=whole or text,
        )


_FORCES: Mapping[str, tuple[Force, bool]] = {
    "asks": (Force.ASKED, True),
    "granted": (Force.DECREED, True),
    "denied": (Force.DECREED, False),
}


def read_texts(event: Event, people: People) -> tuple[Told, ...]:
    """Read every text of an event that is not part of its frame."""
    asks = list(_texts_of(event.raw.get("asks", "")))
    asked = channels_in(" ".join([one for one in asks if _GO_ON.search(one)] or asks))
    texts = _Texts(event, people, asked)
    found: list[Told] = []
    for key, raw in event.raw.items():
        if key not in STRUCTURE:
            found.extend(_told(texts, key, raw))
    return _with_used(tuple(found))


def _texts_of(raw: Raw) -> Iterator[str]:
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, tuple):
        for one in raw:
            yield from _texts_of(one)
    else:
        for key, one in raw.items():
            yield f"{key}: {' | '.join(_texts_of(one))}"


def _told(texts: _Texts, key: str, raw: Raw) -> Iterator[Told]:
    if isinstance(raw, Mapping):
        yield from _mapping(texts, key, raw)
    elif isinstance(raw, tuple):
        for one in raw:
            yield _one(key, " | ".join(_texts_of(one)), _of_text(texts, key, " | ".join(_texts_of(one))))
    else:
        of_visit = key == "contact" and texts.event.what in CHANNELS
        kind = key == "what" and raw in phrases().lists["kinds"]
        for part in parts_of(raw):
            told = _one(key, part, _of_text(texts, key, part, raw))
            yield replace(told, used=True) if of_visit or kind else told


def _one(path: str, text: str, found: Found) -> Told:
    listed = list(found)
    return Told(
        path,
        text,
        tuple(one for one in listed if isinstance(one, Statement)),
        tuple(one for one in listed if isinstance(one, Signal)),
    )


def _of_text(texts: _Texts, key: str, text: str, whole: str = "") -> Found:
    force, yes = _FORCES.get(key, (Force.STATED, True))
    event = texts.event
    if key == "what" and text in CHANNELS and _of_contacts(texts, text):
        source = texts.source(key, text, Force.FACT)
        yield source.states((text,), yes=True, whom=event.who, terms=_terms_of(event))
        return
    if key == "barred":
        yield texts.source(key, text, Force.STATED).states(
            channels_in(event.what), yes=False, whom=texts.people.in_text(text)
        )
        return
    yield from read_text(texts.source(key, text, force, yes=yes, whole=whole))


def _of_contacts(texts: _Texts, channel: str) -> bool:
    """Whether an event is contact: a letter of a lawyer goes to a court or an office."""
    classes = {texts.people.class_of(token) for token in texts.event.who} - {None}
    return SOCIAL in classes if channel == "letter" else bool(classes)


def _terms_of(event: Event) -> tuple[str, ...]:
    text = event.raw.get("contact")
    return (text,) if isinstance(text, str) else ()


def _mapping(texts: _Texts, key: str, raw: Mapping[str, Raw]) -> Iterator[Told]:
    """Read a block: the names of its lines say what they are about, lines beside them who shares it."""
    states = key.startswith("states_")
    force = Force.TERMS if states else (Force.MEASURE if _imposed(texts.event) else Force.STATED)
    for name, value in raw.items():
        path, text = f"{key}.{name}", " | ".join(_texts_of(value))
        source = texts.source(path, text, force)
        yield _one(path, text, _line(source, name, raw, states=states))


def _imposed(event: Event) -> bool:
    return "regime" in event.raw


def _line(source: Source, name: str, block: Mapping[str, Raw], *, states: bool) -> Found:
    value, text = block[name], source.text
    amount = key_of(name)
    if amount is not None:
        yield from _amount(source, amount, block)
    elif _IN_ALL.fullmatch(name) and read_range(text) and channels_in(name.replace("_", " ")):
        low, high = read_range(text) or (0, 0)
        yield replace(source, force=Force.FACT).states(
            channels_in(name.replace("_", " ")), yes=high > 0, amount=Amount(low, high)
        )
    elif _NOTICE.fullmatch(name) and text.isdigit() and channels_in(name.replace("_", " ")):
        notice = f"notice of {text} days"
        words = channels_in(name.replace("_", " "))
        yield source.states(words, yes=True, classes=(SOCIAL,), terms=(notice,))
    elif states and name in phrases().channels and isinstance(value, tuple):
        yield source.states(channels_in(name), yes=True, classes=(SOCIAL,), terms=tuple(_texts_of(value)))
    elif name in _SHARED:
        yield from ()
    else:
        yield from _somebody(source, name)


def _amount(source: Source, key: tuple[str, str, bool], block: Mapping[str, Raw]) -> Found:
    words, unit, pooled = key
    channels, named, count = channels_in(words), class_in(_other_words(words)), read_range(source.text)
    if not channels or count is None:
        return
    kinds: tuple[str, ...] = ()
    if pooled:
        written = " ".join(_texts_of(block.get("kinds", "")))
        kinds = tuple(
            phrases().classes[word] for word in re.findall(rf"\b(?:{any_of(phrases().classes)})\b", written)
        ) or ("every_kind",)
    social = named == SOCIAL
    minutes = " ".join(_texts_of(block.get("minutes_each", "")))
    to: tuple[str, ...] = ()
    if social:
        of_channel = ("to", "must_choose") if channels == ("call",) else ("who",)
        to = tuple(one for line in of_channel if line in block for one in _texts_of(block[line]))
    yield source.states(
        channels,
        yes=count[1] > 0,
        classes=kinds if pooled else (named or SOCIAL,),
        amount=Amount(
            *count,
            unit,
            minutes=int(minutes) if social and channels == ("call",) and minutes.isdigit() else None,
            pooled=kinds,
            to=to,
        ),
    )


def _other_words(words: str) -> str:
    """Give the words of a key but those of its channel."""
    return " ".join(word for word in words.split() if word not in phrases().channels)


def _somebody(source: Source, name: str) -> Found:
    """Read `spouse: none`, `visits_social: none`, `legal: yes`, `spouse: letters only`, or clauses."""
    words = name.replace("_", " ")
    named = source.whom(words)
    if not named:
        return
    channels = channels_in(words)
    if source.text in (*NO, *YES):
        every = CHANNELS if "whom" in named else OF_A_CLASS
        yield source.states(channels or every, yes=source.text in YES, **named)
        return
    only = _ONLY.fullmatch(source.text)
    if only and channels_in(only["channels"]):
        allowed = channels_in(only["channels"])
        yield source.states(allowed, yes=True, terms=terms_in(only["rest"] or ""), **named)
        yield source.states(tuple(one for one in CHANNELS if one not in allowed), yes=False, **named)
        return
    yield from read_text(source)


def _with_used(told: tuple[Told, ...]) -> tuple[Told, ...]:
    """Mark the lines that another line of their block was read with: who, how long, of which kinds."""
    blocks = {one.path.rpartition(".")[0] for one in told if one.statements and "_per_" in one.path}
    used = {f"{block}.{name}" for block in blocks for name in _SHARED}
    return tuple(replace(one, used=True) if one.path in used else one for one in told)


def is_petition(event: Event) -> bool:
    """Whether an event asks an office or a court for something."""
    return "asks" in event.raw or holds_any(event.what, "petitions")


def is_conviction(event: Event) -> bool:
    """Whether an event is the conviction of the person."""
    return event.what in phrases().lists["convictions"]
