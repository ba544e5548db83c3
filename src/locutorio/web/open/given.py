"""What a person gave as an answer: read from a form, or kept as it was typed with what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from locutorio.actions.interview import Asked, not_known
from locutorio.kernel.moments import YEAR_MAX, YEAR_MIN, day
from locutorio.notices.words import Words
from locutorio.web.open.search import Choice, choices
from locutorio.web.words import words

UNKNOWN = "unknown"
DAY_PARTS = ("day", "month", "year")
MONTHS = range(1, 13)
TYPED_MAX = 20
KIND_OF_DAY = "visit.day"
WEEKEND = {5: "saturday", 6: "sunday"}


@dataclass(frozen=True, slots=True)
class DayTyped:
    """A day as it stands in its three fields."""

    day: str = ""
    month: str = ""
    year: str = ""

    @property
    def empty(self) -> bool:
        return not (self.day or self.month or self.year)

    def iso(self) -> str | None:
        """Give the day as YYYY-MM-DD, or None where there is no such day in the years that cases know."""
        if not all(part.isascii() and part.isdigit() for part in (self.day, self.month, self.year)):
            return None
        try:
            found = date(int(self.year), int(self.month), int(self.day))
        except (ValueError, OverflowError):
            return None
        return found.isoformat() if YEAR_MIN <= found.year <= YEAR_MAX else None


NO_DAY = DayTyped()


@dataclass(frozen=True, slots=True)
class Given:
    """What was given. ``value`` is as a case file writes it, None where nothing can be read of it.

    ``problem`` names the sentence that says why, as in ``problem_NAME``.
    """

    value: str | None = None
    typed: str = ""
    day: DayTyped = NO_DAY
    ticked: tuple[str, ...] = ()
    problem: str = ""


def typed(post: Mapping[str, str], name: str) -> str:
    """Give what was typed into a field, not more than any answer needs."""
    return post.get(name, "").strip()[:TYPED_MAX]


def typed_day(post: Mapping[str, str]) -> DayTyped:
    """Give the three fields of a day as they were filled in."""
    return DayTyped(*(typed(post, part) for part in DAY_PARTS))


def day_typed(iso: str) -> DayTyped:
    """Give the three fields for a day; a value that is no day leaves them empty."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return DayTyped()
    return DayTyped(str(day.day), str(day.month), str(day.year))


def given(post: QueryDict, asked: Asked) -> Given:
    """Read the answer to a question. A button or a radio button says all by itself."""
    offered = [choice.value for choice in asked.choices]
    chosen = post.get("value", "")
    if chosen == UNKNOWN or chosen in offered:
        return Given(chosen)
    match asked.control:
        case "quantity":
            return _number(typed(post, "number"))
        case "day":
            return _day(typed_day(post))
        case "checklist":
            ticked = tuple(value for value in offered if value in post.getlist("tick"))
            return Given(",".join(ticked), ticked=ticked) if ticked else Given(problem="checklist")
        case _:
            return Given(problem="choice")


def _number(number: str) -> Given:
    if not number:
        return Given(problem="number_empty")
    if not (number.isascii() and number.isdigit()):
        return Given(typed=number, problem="number")
    return Given(str(int(number)), number)


def _day(day: DayTyped) -> Given:
    if day.empty:
        return Given(problem="day_empty")
    iso = day.iso()
    return Given(iso, day=day, problem="" if iso else "day")


def given_first(asked: Asked, on: str) -> Given:
    """Give what a question shows before it is answered: of the day asked about, its kind by the calendar."""
    if asked.path != KIND_OF_DAY:
        return Given()
    return Given(WEEKEND.get(day(on).weekday(), "weekday"))


def given_now(asked: Asked) -> Given:
    """Give the answer that was given before, as its fields show it."""
    return Given(
        UNKNOWN if not_known(asked.value) else asked.value,
        typed=asked.value if asked.value.isdigit() else "",
        day=day_typed(asked.value),
        ticked=tuple(choice.value for choice in asked.choices if choice.here),
    )


@dataclass(frozen=True, slots=True)
class DayField:
    """One of the three fields of a day."""

    name: str
    label: str
    value: str
    months: tuple[Choice, ...]


def day_fields(day: DayTyped, lang: str) -> tuple[DayField, ...]:
    """Give the three fields, in the order in which the letters write a day; the month is named."""
    told, speak = words(lang), Words(lang)
    months = ((str(number), speak.say(f"month.{number}")) for number in MONTHS)
    return (
        DayField("day", told["day_day"], day.day, ()),
        DayField("month", told["day_month"], "", choices(told["day_choose"], months, day.month.lstrip("0"))),
        DayField("year", told["day_year"], day.year, ()),
    )
