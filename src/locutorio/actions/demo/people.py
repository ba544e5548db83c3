"""Draws the people of an invented jail and those who visit them. Every name is made of common words.

The same seed and the same day give the same people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

HELD = 200
FIRST_NUMBER = 4_001


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FORENAMES = {
    ("en", "female"): _words(
        "Bryony Fern Garnet Ginger Hazel Heather Holly Ivy Juniper Laurel Marina Olive Opal Pearl Poppy Wren"
    ),
    ("en", "male"): _words(
        "Aspen Clay Cliff Dale Flint Forest Glen Heath Jasper Jay Linden Reed Robin Rowan Rusty"
    ),
    ("es", "female"): _words(
        "Alba Azucena Celeste Coral Dalia Estrella Gema Iris Luz Nieves Paloma Perla Rocío Rosa Vera Violeta"
    ),
    ("es", "male"): _words(
        "Amable Bruno Clemente Fidel Jacinto Justo Lirio Modesto Narciso Plácido Prudencio Severo"
    ),
}
_SURNAMES = {
    "en": (
        _words("Alder Ash Birch Briar Cedar Clover Elm Fern Gorse Hazel Heather Maple Moss Thistle Yarrow"),
        _words("brook croft dell field ford gate grove hollow mere ridge stead water way wick"),
    ),
    "es": (
        _words("Campo Fuente Monte Peña Piedra Prado Puente Río Roble Sierra Valle Vega"),
        _words("alto claro dorado fresco grande hondo largo manso nuevo pardo sereno verde"),
    ),
}
_SPANISH, _WOMAN, _WORKER, _APART = 0.3, 0.12, 0.2, 0.03
_RELATIONS = ("mother", "father", "spouse", "partner", "sibling", "friend", "grandparent", "cousin")
_GENERATIONS = {"mother": 24, "father": 27, "grandparent": 48}
_SEXES = {"mother": "female", "father": "male"}
_ELDEST = 88
_NOT_APPROVED = 0.12
_YEAR_DAYS = 365.25


@dataclass(frozen=True, slots=True)
class Outside:
    """Somebody who visits, and their place on the list. ``guarded_by``: the adult of a child, by position."""

    number: str
    surname: str
    forenames: str
    born_on: date
    language: str
    relation: str
    status: str
    guarded_by: int | None = None


@dataclass(frozen=True, slots=True)
class Inside:
    """Somebody held, with those who visit them."""

    number: str
    surname: str
    forenames: str
    born_on: date
    sex: str
    unit: str
    language: str
    legal_status: str
    held_since: datetime
    statuses: tuple[str, ...] = ()
    visited_by: tuple[Outside, ...] = field(default=())


def people(seed: int, today: date) -> Iterator[Inside]:
    """Draw those who are held on a day, each with up to four people who visit."""
    draws = Random(seed)  # noqa: S311 - nothing is kept secret with it
    for index in range(HELD):
        yield _inside(draws, index, today)


def _inside(draws: Random, index: int, today: date) -> Inside:
    lang = "es" if draws.random() < _SPANISH else "en"
    sex = "female" if draws.random() < _WOMAN else "male"
    wing = "W" if sex == "female" else "NS"[index % 2]
    surname, born_on = _surname(draws, lang), _born(draws, today, 19, 64)
    statuses = [
        name
        for name, share in (("worker", _WORKER), ("restrictive_housing", _APART))
        if draws.random() < share
    ]
    return Inside(
        number=f"26-{FIRST_NUMBER + index:05}",
        surname=surname,
        forenames=draws.choice(_FORENAMES[lang, sex]),
        born_on=born_on,
        sex=sex,
        unit=f"{wing}-{1 + index % 4}-{1 + index // 4:03}",
        language=lang,
        legal_status=draws.choice(("pretrial", "pretrial", "unsentenced", "sentenced")),
        held_since=datetime.combine(today, datetime.min.time(), UTC) - timedelta(days=draws.randint(15, 400)),
        statuses=tuple(statuses[:1]),
        visited_by=tuple(_visitors(draws, index, surname, lang, born_on, today)),
    )


def _visitors(
    draws: Random, index: int, surname: str, lang: str, born_on: date, today: date
) -> Iterator[Outside]:
    relations = draws.sample(_RELATIONS, draws.randint(1, 2))
    children = draws.randint(0, 2) if {"spouse", "partner"} & {*relations} else 0
    adult = next((at for at, one in enumerate(relations) if one in ("spouse", "partner")), None)
    for at, relation in enumerate([*relations, *["child"] * children]):
        child = relation == "child"
        kin = relation not in ("friend", "partner")
        yield Outside(
            number=f"C{FIRST_NUMBER + index:05}{at + 1}",
            surname=surname if kin else _surname(draws, lang),
            forenames=draws.choice(
                _FORENAMES[lang, _SEXES.get(relation) or draws.choice(("female", "male"))]
            ),
            born_on=_born(draws, today, 1, 15) if child else _adult(draws, today, born_on, relation),
            language=lang,
            relation=relation,
            status="asked" if not child and draws.random() < _NOT_APPROVED else "approved",
            guarded_by=adult if child else None,
        )


def _surname(draws: Random, lang: str) -> str:
    first, second = _SURNAMES[lang]
    return f"{draws.choice(first)}{draws.choice(second)}"


def _born(draws: Random, today: date, youngest: int, eldest: int) -> date:
    return today - timedelta(days=draws.randint(int(youngest * _YEAR_DAYS) + 1, int(eldest * _YEAR_DAYS)))


def _adult(draws: Random, today: date, born_on: date, relation: str) -> date:
    """Give the day of birth of an adult who visits: a generation or two before the person's, or near it."""
    days = int(_GENERATIONS.get(relation, 0) * _YEAR_DAYS) + draws.randint(-700, 700)
    earliest, latest = (today - timedelta(days=int(years * _YEAR_DAYS)) for years in (_ELDEST, 19))
    return min(max(born_on - timedelta(days=days), earliest), latest)
