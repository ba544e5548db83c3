"""The first page: what a person wants to know, by which law, for which day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from locutorio.actions import interview, shelf
from locutorio.actions.interview import Said, Step
from locutorio.facts.vocabulary import vocabulary
from locutorio.kernel.faults import Fault, Faults
from locutorio.notices.words import Words
from locutorio.web.frame import Field
from locutorio.web.open.carried import ANSWER, QUESTION, fields
from locutorio.web.open.given import NO_DAY, DayField, DayTyped, day_fields, day_typed, typed_day
from locutorio.web.open.law import INVENTED
from locutorio.web.open.search import Choice
from locutorio.web.words import say, words

ABOUT = "request.about"
FIRST_LAW = "us-federal"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with what was entered: in words, and the field where it can be put right."""

    says: str
    at: str


@dataclass(frozen=True, slots=True)
class Beginning:
    """What was entered on the first page, right or wrong."""

    about: str = ""
    law: str = FIRST_LAW
    day: DayTyped = NO_DAY
    kept: tuple[Field, ...] = ()

    def fields(self) -> tuple[Field, ...]:
        """Give the fields that carry all of it."""
        day = (("day", self.day.day), ("month", self.day.month), ("year", self.day.year))
        return (
            Field("about", self.about),
            Field("law", self.law),
            *(Field(*part) for part in day),
            *self.kept,
        )


@dataclass(frozen=True, slots=True)
class BeginningPage:
    """The first page. ``kept`` carries the answers of a person who came back to change the question."""

    abouts: tuple[Choice, ...]
    laws: tuple[Choice, ...]
    day: tuple[DayField, ...]
    problems: tuple[Problem, ...]
    wrong: frozenset[str]
    kept: tuple[Field, ...]
    action: str
    form: str


def laws() -> tuple[str, ...]:
    """Give the names of the laws whose proof is stored; the invented one, made for learning, comes last."""
    return tuple(sorted(filter(_active, shelf.laws()), key=lambda name: name == INVENTED))


def _active(name: str) -> bool:
    try:
        shelf.shelf(name)
    except (Fault, Faults):
        return False
    return True


def page(beginning: Beginning, lang: str, problems: Mapping[str, str]) -> BeginningPage:
    """Give the first page with what was entered; ``problems`` holds the name of a sentence for each field."""
    told = words(lang)
    about = vocabulary().facts[ABOUT].values
    return BeginningPage(
        abouts=tuple(Choice(name, told[f"about_{name}"], name == beginning.about) for name in about),
        laws=tuple(Choice(name, shelf.pack(name).title[lang], name == beginning.law) for name in laws()),
        day=day_fields(beginning.day, lang),
        problems=tuple(
            Problem(say(lang, f"problem_{name}", day=_first_day(beginning.law, lang)), at)
            for at, name in problems.items()
        ),
        wrong=frozenset(problems),
        kept=beginning.kept,
        action=reverse("interview", args=[lang]),
        form=reverse("form", args=[lang]),
    )


def _first_day(law: str, lang: str) -> str:
    return Words(lang).day(shelf.pack(law).first_day)


def again(said: Said) -> Beginning:
    """Give the first page's fields for a question that is to be changed."""
    kept = tuple(field for field in fields(said) if field.name not in QUESTION)
    return Beginning(said.about, said.law, day_typed(said.on), kept)


def entered(post: Mapping[str, str], kept: tuple[Field, ...]) -> Beginning:
    """Give what was entered; words that the page does not offer count as nothing."""
    about, law = post.get("about", ""), post.get("law", "")
    return Beginning(
        about if about in vocabulary().facts[ABOUT].values else "",
        law if law in laws() else FIRST_LAW,
        typed_day(post),
        kept,
    )


def begun(beginning: Beginning, today: date, lang: str) -> tuple[Said, Step] | dict[str, str]:
    """Give the question with the first step of its interview, or what is wrong by the field where it stands.

    Answers given before are kept, unless the law has changed under them.
    """
    problems: dict[str, str] = {}
    on = today.isoformat() if beginning.day.empty else beginning.day.iso()
    if not beginning.about:
        problems["about-0"] = "about"
    if on is None:
        problems["day"] = "day"
    elif date.fromisoformat(on) < shelf.pack(beginning.law).first_day:
        problems["day"] = "day_early"
    if problems or on is None:
        return problems
    said = Said(
        law=beginning.law,
        about=beginning.about,
        on=on,
        asked_on=min(on, today.isoformat()),
        answers=tuple(_pair(field.value) for field in beginning.kept if field.name == ANSWER),
        adopt=tuple(field.value for field in beginning.kept if field.name != ANSWER),
    )
    for kept in (said, replace(said, answers=(), adopt=())):
        try:
            return kept, interview.step(kept, lang)
        except (Fault, Faults):
            continue
    return {"about-0": "about_law"}


def _pair(written: str) -> tuple[str, str]:
    path, _, value = written.partition("=")
    return path, value
